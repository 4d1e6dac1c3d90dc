"""The version of a stage covers all code that the stage runs: else an upgrade keeps old results."""

import ast
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tasks.driver import versions

ROOT = Path(__file__).parents[3]
#: What a stage's modules import and its results do not depend on.
APART = {
    "models.places",  # where the cache folder is
    "models.manifest",  # how a folder's files are listed
    "models.training.lexicon",  # learning a lexicon for another run
}
#: A package of the stage before that holds a module of the next one.
NEXT = {"ingest": {"tasks.words"}}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[str]:
    """The modules of the project that a module imports when it runs, also inside functions."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or node.module is None:
            continue
        if node.module.split(".")[0] in ("tasks", "models"):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if is_module(full) else node.module


def is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # its parent is no package
        return False


@pytest.mark.parametrize("stage", sorted(versions._STAGES))
def test_what_a_stage_imports_is_part_of_its_version(stage: str) -> None:
    """The zones of a page were not: with changed rules for them a corpus stayed as it was.

    The driver's modules are left out: they carry documents and results, of all stages.
    """
    files = [path for part in versions._STAGES[stage] for _, path in versions._files(part)]
    code = {name_of(path): path for path in files if path.suffix == ".py"}
    needed = {
        name
        for module, path in code.items()
        if not module.startswith("tasks.driver")
        for name in imported(path)
    }
    assert len(code) > 5
    assert needed - code.keys() - APART - NEXT.get(stage, set()) == set()


def test_the_version_of_ingest_is_another_when_a_rule_of_the_zones_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = versions.stage_version.__wrapped__(versions.INGEST)
    own = versions._files
    changed = tmp_path / "sayings.tsv"
    changed.write_text("another\n", encoding="utf-8")

    def files(name: str) -> list[tuple[str, Path]]:
        return [
            (label, changed if label == "tasks.zones/sayings.tsv" else path)
            for label, path in own(name)
        ]

    monkeypatch.setattr(versions, "_files", files)
    assert versions.stage_version.__wrapped__(versions.INGEST) != before
    assert versions.stage_version.__wrapped__(versions.LINES) == versions.stage_version(
        versions.LINES
    )
