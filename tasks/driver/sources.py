"""Where the bytes of a new corpus folder are taken from: new parts, and the former corpus."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from tasks.emit.joining import Stretch


@dataclass(frozen=True, slots=True)
class Source:
    """A folder with files that hold the bytes of some things, one after the other.

    ``starts`` has for each file where each of them begins, and at last where the last one ends.
    """

    folder: Path
    starts: Mapping[str, "array[int]"]

    def stretch(self, name: str, first: int, end: int) -> Stretch:
        """The bytes of some things that stand together."""
        starts = self.starts[name]
        return Stretch(self.folder / name, starts[first], starts[end] - starts[first])

    def size(self, name: str, number: int) -> int:
        """The bytes of one thing."""
        starts = self.starts[name]
        return starts[number + 1] - starts[number]


@dataclass(frozen=True, slots=True)
class Run:
    """Things that stand together in a source: those from ``first`` up to ``end``."""

    source: Source
    first: int
    end: int


def source_of(
    folder: Path,
    names: Sequence[str],
    sizes: Iterable[Sequence[int]],
    heads: Mapping[str, int] | None = None,
) -> Source:
    """A folder with files ``names``; ``sizes`` are those of each thing in each of them, ``heads``
    the bytes at the beginning of a file that are no thing's.
    """
    columns = list(zip(*sizes, strict=True)) or [()] * len(names)
    return Source(
        folder,
        {
            name: array("Q", accumulate(column, initial=(heads or {}).get(name, 0)))
            for name, column in zip(names, columns, strict=True)
        },
    )


def runs_of(places: Iterable[tuple[Source, int]]) -> Iterator[Run]:
    """Things given by source and place in it, in as few runs as can be."""
    run: Run | None = None
    for source, place in places:
        if run is not None and run.source is source and run.end == place:
            run = Run(source, run.first, place + 1)
            continue
        if run is not None:
            yield run
        run = Run(source, place, place + 1)
    if run is not None:
        yield run


def stretches(name: str, runs: Iterable[Run]) -> tuple[Stretch, ...]:
    """What a file takes from each run; runs that have nothing in it are left out."""
    found = (run.source.stretch(name, run.first, run.end) for run in runs)
    return tuple(stretch for stretch in found if stretch.size)
