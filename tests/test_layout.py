"""The shape of the project: which way imports point, and what light modules must not load."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = {
    "models": {"models"},
    "tasks": {"models", "tasks"},
    "flows": {"models", "tasks", "flows"},
}
# The rooms of tasks/ in the order of the way of a document. What is not named here (numbers,
# language, words: shared basics; ingest, driver, evaluate: the composition) may be used by all
# later ones.
ORDER = ["read", "blocks", "clean", "metadata", "split", "sentences", "pair", "translate", "align",
         "check", "emit"]  # fmt: skip


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at whatever depth."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


def sources() -> list[Path]:
    return [path for top in ALLOWED for path in sorted((ROOT / top).rglob("*.py"))]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    parts = path.relative_to(ROOT).parts
    for name in imports(path):
        top, *rest = name.split(".")
        if top in ALLOWED:
            assert top in ALLOWED[parts[0]], f"{parts[0]} must not import {name}"
        if parts[0] in ("models", "tasks"):
            assert top != "prefect", f"{path} imports prefect"
        if (
            top == "tasks"
            and rest
            and rest[0] in ORDER
            and parts[0] == "tasks"
            and parts[1] in ORDER
        ):
            assert ORDER.index(rest[0]) <= ORDER.index(parts[1]), f"{parts[1]} reaches {name}"


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("flows", ["prefect", "pandas", "torch"]),
        ("flows.cli.app", ["prefect", "numpy", "jieba", "rjieba", "trafilatura", "transformers",
                           "ctranslate2", "torch", "pyarrow", "pydantic"]),
        ("tasks.driver", ["prefect", "torch", "transformers", "jieba", "trafilatura", "pyarrow",
                          "numba", "scipy"]),
        ("tasks.language", ["numpy", "langdetect", "opencc"]),
        ("tasks.sentences", ["numpy", "jieba"]),
    ],
)  # fmt: skip
def test_light_modules_load_nothing_heavy(module: str, heavy: list[str]) -> None:
    code = f"import sys, {module}; print(*sorted(set({heavy!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
