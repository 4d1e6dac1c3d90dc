"""Line-parallel text as Moses, Marian and most training tools read it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from tasks.emit.exports.files import replacing
from tasks.emit.exports.selection import Segment
from tasks.emit.exports.text import one_line

SIDES = ("zh", "en", "ids")
SOURCE, MACHINE = "bitext", "bitext.machine"


def file_names(stem: str) -> tuple[str, ...]:
    """The three files of a stem: ``bitext.zh``, ``bitext.en``, ``bitext.ids``."""
    return tuple(f"{stem}.{side}" for side in SIDES)


@contextmanager
def open_moses(folder: Path) -> Iterator[Callable[[Segment], None]]:
    """Write segments to files in ``folder``: line k of the three files of a stem belong together.

    ``bitext.*`` hold source text only and are always written. A segment with a machine-made side
    goes to ``bitext.machine.*``; these are there only when there is such a segment.
    """
    with ExitStack() as stack:

        def opened(stem: str) -> list[BinaryIO]:
            return [stack.enter_context(replacing(folder / name)) for name in file_names(stem)]

        streams = {SOURCE: opened(SOURCE)}

        def write(segment: Segment) -> None:
            stem = stem_of(segment)
            if stem not in streams:
                streams[stem] = opened(stem)
            for stream, line in zip(streams[stem], encode_moses(segment), strict=True):
                stream.write(line)

        yield write
    if MACHINE not in streams:
        for name in file_names(MACHINE):
            (folder / name).unlink(missing_ok=True)


def stem_of(segment: Segment) -> str:
    """Which files a segment goes to."""
    return MACHINE if segment.machine else SOURCE


def encode_moses(segment: Segment) -> tuple[bytes, bytes, bytes]:
    """A segment's line in each of the three files of its stem.

    A line of ``.ids`` has, with tabs between: bead id, pair id, Chinese sentence ids, English
    sentence ids (blanks between them), origin of either side.
    """
    ids = (
        segment.id,
        segment.pair,
        " ".join(segment.zh_ids),
        " ".join(segment.en_ids),
        segment.zh_origin.kind,
        segment.en_origin.kind,
    )
    return (
        f"{one_line(segment.zh)}\n".encode(),
        f"{one_line(segment.en)}\n".encode(),
        ("\t".join(ids) + "\n").encode(),
    )
