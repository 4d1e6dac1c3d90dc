"""Speed from reading to sentences, for plain text of paragraphs.

    python -m benchmarks.ingest --bitext ../shared/bitext

Makes Chinese and English documents of several sizes from bitext lines, four to a paragraph, reads
each and takes it apart to sentences, and prints MB of text (UTF-8) per second of a processor: of
several documents together, after one that is not counted.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from benchmarks.corpus import bitext_lines
from models.records import Quarantine
from tasks.ingest import account, ingest
from tasks.read import InputUnit, ReadSettings, read, scan

_TOGETHER = 2_000_000  # bytes of documents that are measured together, at least
_LINES = 4  # of a paragraph


def main() -> None:
    """Measure and print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--bitext", type=Path, required=True, help="train.zh.xz, train.en.xz")
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 100_000, 10_000_000])
    arguments = parser.parse_args()
    print("bytes of a document: MB per CPU-second, Chinese and English")
    for size in arguments.sizes:
        speeds = [_speed(arguments.bitext, side, size) for side in (0, 1)]
        print(f"{size:>12,}: " + "  ".join(f"{speed:.2f}" for speed in speeds), flush=True)


def _speed(bitext: Path, side: int, size: int) -> float:
    """MB per CPU-second over documents of ``size`` bytes in one language."""
    paragraphs = _paragraphs(bitext, side)
    with tempfile.TemporaryDirectory(prefix="zhen-bench-") as folder:
        for number in range(1 + -(-_TOGETHER // size)):
            Path(folder, f"{number:06}.txt").write_bytes(_document(paragraphs, size))
        first, *units = (
            u for u in scan([Path(folder)], ReadSettings()) if isinstance(u, InputUnit)
        )
        _take_apart(first)
        start = process_time()
        for unit in units:
            _take_apart(unit)
        return sum(unit.size for unit in units) / 1e6 / (process_time() - start)


def _take_apart(unit: InputUnit) -> None:
    document = read(unit, ReadSettings())
    if isinstance(document, Quarantine):
        raise SystemExit(f"{unit.path} was refused: {document.detail}")
    account(document, ingest(document))


def _paragraphs(bitext: Path, side: int) -> Iterator[bytes]:
    """Paragraphs of consecutive lines, without end."""
    lines = (pair[side] for pair in bitext_lines(bitext))
    joint = " " if side else ""
    while True:
        yield joint.join(next(lines) for _ in range(_LINES)).encode()


def _document(paragraphs: Iterator[bytes], size: int) -> bytes:
    """The next paragraphs, as many as make ``size`` bytes, with blank lines between them."""
    parts: list[bytes] = []
    while size > 0:
        parts.append(next(paragraphs))
        size -= len(parts[-1]) + 2
    return b"\n\n".join(parts)


if __name__ == "__main__":
    main()
