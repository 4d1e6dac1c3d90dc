"""What became of the inputs since the last published run, from a list kept beside the corpus."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tasks.driver.files import write_whole
from tasks.driver.plan import Plan

_LIST = "inputs.json"


@dataclass(frozen=True, slots=True)
class Changes:
    """Numbers of inputs (documents, and files that cannot be one) against the last published run.

    ``moved`` ones have the content that another input had, such as the lines of a JSONL file after
    an added one; they are none of the others.
    """

    new: int = 0
    changed: int = 0
    removed: int = 0
    moved: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.removed or self.moved)


def changes_of(plan: Plan) -> Changes:
    """How the inputs of a plan differ from those of the corpus that is published now.

    Without a list of those (no run yet, or its work folder was deleted) all of them are new.
    """
    return _compared(_read(plan.work), _inputs(plan))


def remember_inputs(plan: Plan) -> None:
    """Note the inputs of a plan as those of the published corpus."""
    write_whole(plan.work / _LIST, msgspec.json.encode(_inputs(plan)))


def _compared(old: Mapping[str, str], now: Mapping[str, str]) -> Changes:
    left = Counter(digest for name, digest in old.items() if now.get(name) != digest)
    moved = 0
    fresh: list[str] = []
    for name, digest in now.items():
        if old.get(name) == digest:
            continue
        if left[digest]:
            left[digest] -= 1
            moved += 1
        else:
            fresh.append(name)
    changed = 0
    for name in fresh:
        if name in old and left[old[name]]:
            left[old[name]] -= 1
            changed += 1
    return Changes(len(fresh) - changed, changed, left.total(), moved)


def _inputs(plan: Plan) -> dict[str, str]:
    """Digests by names; of what cannot be a document the reason stands for the digest."""
    found = {
        unit.path if unit.record is None else f"{unit.path}:{unit.record}": unit.sha256
        for unit in plan.units
    }
    for refused in plan.refused:
        name = refused.source if refused.record is None else f"{refused.source}:{refused.record}"
        found[name] = f"{refused.reason} {refused.sha256 or ''}"
    return found


def _read(work: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode((work / _LIST).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.MsgspecError):
        return {}
