"""Tab-separated values, for spreadsheets and data frames."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

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


@contextmanager
def open_tsv(path: Path, *, fragment: bool = False) -> Iterator[Callable[[Segment], None]]:
    """Write segments to ``path``: a header (a fragment has none), then one line each.

    The dialect is that of spreadsheets (``excel-tab``: a cell with a quotation mark is quoted),
    with LF as line end; no cell holds a tab or a line end. Texts are guarded against being taken
    for formulas, see :func:`tasks.emit.exports.text.guard_cell`.
    """
    with replacing(path) as file:
        if not fragment:
            file.write(HEAD)
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        writer = csv.writer(text, dialect="excel-tab", lineterminator="\n")

        def write(segment: Segment) -> None:
            writer.writerow(
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

        yield write
        text.flush()
        text.detach()
