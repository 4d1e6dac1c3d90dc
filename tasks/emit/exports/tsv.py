"""Tab-separated values, for spreadsheets and data frames."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tasks.emit.exports.files import replacing
from tasks.emit.exports.selection import Segment
from tasks.emit.exports.text import guard_cell, one_line

COLUMNS = (
    "id",
    "pair",
    "score",
    "zh_origin",
    "en_origin",
    "flags",
    "zh_script",
    "zh_converted_from",
    "zh_ids",
    "en_ids",
    "zh",
    "en",
)


HEAD = ("\t".join(COLUMNS) + "\n").encode()


class _Encoding:
    """Where a writer of :mod:`csv` writes to: its lines are handed back as bytes."""

    def write(self, line: str) -> bytes:
        return line.encode()


@contextmanager
def open_tsv(path: Path) -> Iterator[Callable[[Segment], None]]:
    """Write segments to ``path``: a header, then one line each (see :func:`tsv_encoder`)."""
    encode = tsv_encoder()
    with replacing(path) as file:
        file.write(HEAD)

        def write(segment: Segment) -> None:
            file.write(encode(segment))

        yield write


def tsv_encoder() -> Callable[[Segment], bytes]:
    """A function that makes a line of a segment.

    The dialect is that of spreadsheets (``excel-tab``: a cell with a quotation mark is quoted),
    with LF as line end; no cell holds a tab or a line end. Texts are guarded against being taken
    for formulas, see :func:`tasks.emit.exports.text.guard_cell`.
    """
    # What ``writerow`` gives is what ``write`` gives.
    write_row: Callable[[tuple[str, ...]], Any] = csv.writer(
        _Encoding(),
        dialect="excel-tab",
        lineterminator="\n",
    ).writerow

    def encode(segment: Segment) -> bytes:
        line: bytes = write_row(
            (
                segment.id,
                segment.pair,
                repr(segment.score),
                segment.zh_origin.kind,
                segment.en_origin.kind,
                " ".join(segment.flags),
                segment.script or "",
                segment.converted_from or "",
                " ".join(segment.zh_ids),
                " ".join(segment.en_ids),
                guard_cell(one_line(segment.zh)),
                guard_cell(one_line(segment.en)),
            )
        )
        return line

    return encode
