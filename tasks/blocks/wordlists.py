"""Word lists that stand beside the code: one entry a line, ``#`` opens a comment line."""

from functools import cache
from pathlib import Path


@cache
def read_list(path: Path) -> tuple[str, ...]:
    """The entries of a list file, in order."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def read_table(path: Path) -> tuple[tuple[str, ...], ...]:
    """The rows of a tab-separated file, in order."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return tuple(tuple(line.split("\t")) for line in lines if line.strip() and line[0] != "#")
