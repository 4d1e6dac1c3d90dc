"""The pairs file: pairs of documents that the user names."""

from dataclasses import dataclass
from pathlib import Path


class PairsFileError(ValueError):
    """A pairs file that cannot be used; the message is one clear line."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """A line of a pairs file (counted from 1): two documents, in either order."""

    line: int
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class KnownPairs:
    """The pairs of a pairs file; ``name`` is the file's name for messages."""

    rows: tuple[PairRow, ...] = ()
    name: str = ""


def read_pairs_file(path: str | Path) -> KnownPairs:
    """Read a pairs file: UTF-8, two columns with a tab between them, one pair a line.

    A column is a path relative to the input root (with several roots: the root's name first),
    such a path and ``:LINE`` for one record of a JSONL file, or an article's id. Blank lines,
    lines that start with ``#``, and a first line ``zh<TAB>en`` (in either order) are left out.

    Raises PairsFileError for a file that cannot be read, a line that has not two columns, and a
    document that is named on two lines.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise PairsFileError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise PairsFileError(f"{path}: not UTF-8 (byte {error.start})") from None
    rows: list[PairRow] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if not line.strip() or line.startswith("#"):
            continue
        columns = [_plain(column) for column in line.split("\t")]
        if number == 1 and {column.lower() for column in columns} == {"zh", "en"}:
            continue
        if len(columns) != 2 or not all(columns):
            raise PairsFileError(
                f"{path}:{number}: expected two documents with one tab between them"
            )
        for column in columns:
            earlier = seen.setdefault(column, number)
            if earlier != number or columns[0] == columns[1]:
                raise PairsFileError(
                    f"{path}:{number}: {column} is named already on line {earlier}"
                )
        rows.append(PairRow(number, columns[0], columns[1]))
    return KnownPairs(tuple(rows), path.name)


def _plain(column: str) -> str:
    column = column.strip(" ")
    while column.startswith("./"):
        column = column[2:]
    return column
