"""What a run is to do, decided from content hashes: inputs, settings, and whether all is done."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b, sha256
from pathlib import Path

from models.records import Quarantine
from tasks.driver.files import write_whole
from tasks.driver.revisions import model_revisions
from tasks.driver.settings import SHARD_SIZE, Settings, output_config
from tasks.driver.versions import all_versions, file_digest
from tasks.read import InputError, InputUnit, scan

_PUBLISHED = "published.json"


@dataclass(frozen=True)
class Plan:
    """Inputs, settings and places of a run. ``out`` and ``work`` are absolute, links resolved;
    ``store_url`` is where results are kept when that is not in ``work``.
    """

    inputs: tuple[Path, ...]
    out: Path
    settings: Settings
    units: tuple[InputUnit, ...]
    refused: tuple[Quarantine, ...]
    pairs_file: Path | None = None
    shard_size: int = SHARD_SIZE
    store_url: str = ""

    @property
    def store(self) -> str:
        """The place of the work store: a folder or a URL."""
        return store_of(self.work, self.store_url)

    @property
    def work(self) -> Path:
        """The folder beside OUT that holds the work store, the lock and the run records."""
        return work_folder(self.out)

    @cached_property
    def key(self) -> str:
        """A digest of everything that decides the bytes of the published folder."""
        digest = blake2b(digest_size=20)
        for part in self._parts():
            data = part.encode("utf-8", "surrogateescape")
            digest.update(len(data).to_bytes(8, "little") + data)
        return digest.hexdigest()

    def _parts(self) -> Iterator[str]:
        yield json.dumps(output_config(self.settings), sort_keys=True)
        yield json.dumps(model_revisions(self.settings), sort_keys=True)
        yield json.dumps(all_versions(), sort_keys=True)
        yield file_digest(self.pairs_file) if self.pairs_file else ""
        for unit in self.units:
            yield f"{unit.path}\0{unit.record}\0{unit.sha256}\0{unit.format}"
        for refused in self.refused:
            yield repr(refused)


def work_folder(out: Path) -> Path:
    """``OUT.zhen``, beside OUT."""
    return out.with_name(f"{out.name}.zhen")


def store_of(work: Path, url: str = "") -> str:
    """The place of a work store: the URL, if there is one, else in the work folder."""
    return url.rstrip("/") or str(work / "work")


def make_plan(
    inputs: Sequence[Path],
    out: Path,
    settings: Settings,
    *,
    pairs_file: Path | None = None,
    shard_size: int = SHARD_SIZE,
    store_url: str = "",
) -> Plan:
    """Look at every input (names, sizes, hashes; nothing is decoded) and say what is to be made.

    Raises :class:`tasks.read.InputError` when an input is missing, or lies inside ``out``.
    """
    out = Path(out).resolve()
    own = [out, work_folder(out)]
    for path in inputs:
        if any(place == path.resolve() or place in path.resolve().parents for place in own):
            raise InputError(f"{path} lies inside the output folder {out}; choose another --out")
    units: list[InputUnit] = []
    refused: list[Quarantine] = []
    for found in scan(inputs, settings.read, exclude=own):
        if isinstance(found, Quarantine):
            refused.append(found)
        else:
            units.append(found)
    return Plan(
        tuple(Path(path) for path in inputs),
        out,
        settings,
        tuple(units),
        tuple(refused),
        pairs_file,
        shard_size,
        store_url,
    )


def is_published(plan: Plan) -> bool:
    """Whether OUT holds just what this plan would make: then there is nothing to do."""
    try:
        noted = json.loads((plan.work / _PUBLISHED).read_bytes())
        manifest = (plan.out / "manifest.json").read_bytes()
        if noted != _note(plan, manifest):
            return False
        files = json.loads(manifest)["files"]
        return all(
            (plan.out / name).stat().st_size == entry["size"] for name, entry in files.items()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def remember(plan: Plan) -> None:
    """Note that OUT now holds what this plan makes."""
    manifest = (plan.out / "manifest.json").read_bytes()
    write_whole(plan.work / _PUBLISHED, json.dumps(_note(plan, manifest)).encode())


def _note(plan: Plan, manifest: bytes) -> dict[str, str]:
    return {"plan": plan.key, "manifest": sha256(manifest).hexdigest()}
