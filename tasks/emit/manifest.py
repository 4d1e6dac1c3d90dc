"""The manifest of a corpus folder: written last, and what the folder is held against later."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from models.manifest import SCHEMA_VERSION, FileDigest, Manifest, Summary
from tasks.emit.corpus import LINE_FILES, MANIFEST
from tasks.emit.jsonl import CorpusError, digest_file, encode_line
from tasks.emit.summary import read_manifest
from tasks.emit.version import tool_version

__all__ = [
    "Manifest",
    "digest_folder",
    "make_manifest",
    "read_manifest",
    "signature",
    "verify",
    "write_manifest",
]


def signature(
    config: Mapping[str, Any], defaults: Mapping[str, Any], models: Mapping[str, str]
) -> str:
    """One line that pins a corpus, to be quoted in a paper (in the manner of sacreBLEU).

    It has the versions of zhen and of the schema, the model revisions, every setting that differs
    from its default, and a digest of all settings.

    ``config`` are the settings that can change the output, in sections, ``defaults`` the same with
    default values, ``models`` revisions by name (``lexicon``, ``engine`` …).

    >>> signature({"align": {"beam": 8}}, {"align": {"beam": 4}}, {"lexicon": "l1"})
    ... # doctest: +ELLIPSIS
    'zhen:...|schema:1|lexicon:l1|align.beam:8|config:59806061'
    """
    named = {"zhen": tool_version(), "schema": str(SCHEMA_VERSION)}
    named |= {name: models[name] for name in sorted(models)}
    own, usual = _flat(config), _flat(defaults)
    named |= {key: value for key, value in own.items() if usual.get(key) != value}
    named["config"] = sha256(_canonical(config).encode()).hexdigest()[:8]
    return "|".join(f"{name}:{_clean(value)}" for name, value in named.items())


def make_manifest(
    folder: Path,
    *,
    counts: Summary,
    config: Mapping[str, Any],
    defaults: Mapping[str, Any],
    versions: Mapping[str, str],
    models: Mapping[str, str],
    known: Mapping[str, FileDigest] | None = None,
) -> Manifest:
    """The manifest of a folder that is complete but for it.

    ``known`` has the digests of files that need not be read again, by path inside the folder.
    """
    return Manifest(
        schema_version=SCHEMA_VERSION,
        version=tool_version(),
        signature=signature(config, defaults, models),
        config=dict(config),
        versions=dict(versions),
        models=dict(models),
        counts=counts,
        files=digest_folder(folder, known or {}),
    )


def write_manifest(folder: Path, manifest: Manifest) -> Path:
    """Write ``manifest.json``, with line breaks for human readers; its path."""
    path = folder / MANIFEST
    path.write_bytes(msgspec.json.format(encode_line(manifest), indent=2) + b"\n")
    return path


def digest_folder(folder: Path, known: Mapping[str, FileDigest]) -> dict[str, FileDigest]:
    """The digest of every file of a folder but the manifest, by path inside it, sorted."""
    return {name: known.get(name) or digest_file(path) for name, path in _files(folder).items()}


def verify(folder: Path) -> list[str]:
    """Hold a corpus folder against its manifest; what is wrong, one line each, [] if nothing.

    >>> verify(Path("/nowhere"))
    ['/nowhere is not a published corpus of zhen: no manifest.json']
    """
    try:
        manifest = read_manifest(folder)
    except CorpusError as error:
        return [str(error)]
    found = _files(folder)
    problems = [f"{name} is not in the manifest" for name in found if name not in manifest.files]
    problems += [
        f"{name} is not part of the corpus the manifest describes"
        for name in LINE_FILES
        if name not in manifest.files
    ]
    for name, expected in manifest.files.items():
        if name not in found:
            problems.append(f"{name} is missing")
        elif found[name].stat().st_size != expected.size:
            problems.append(f"{name} has {found[name].stat().st_size} bytes, not {expected.size}")
        elif digest_file(found[name]).sha256 != expected.sha256:
            problems.append(f"{name} has been changed (SHA-256 differs)")
    return problems


def _files(folder: Path) -> dict[str, Path]:
    """Every file of a folder but the manifest, by its path inside as UTF-8 text, sorted."""
    found = {
        str(path.relative_to(folder).as_posix())
        .encode("utf-8", "surrogateescape")
        .decode("utf-8", "backslashreplace"): path
        for path in folder.rglob("*")
        if path.is_file()
    }
    found.pop(MANIFEST, None)
    return dict(sorted(found.items()))


def _flat(config: Mapping[str, Any]) -> dict[str, str]:
    """Settings by ``section.name``, with values as JSON."""
    flat: dict[str, str] = {}
    for section, settings in sorted(config.items()):
        if isinstance(settings, Mapping):
            flat |= {f"{section}.{key}": value for key, value in _flat(settings).items()}
        else:
            flat[section] = _canonical(settings)
    return flat


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _clean(value: str) -> str:
    """A value that cannot be taken for the end of its field or line."""
    return " ".join(value.strip('"').replace("|", "/").split())
