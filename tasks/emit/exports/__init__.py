"""Exports of a corpus folder: TSV, Moses, TMX, Parquet, and articles as text files.

All bitext formats hold the same segments in the same order, with the same ids: the beads of the
corpus that have text on both sides and that the selection takes. Selection happens here, never in
the corpus.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

from tasks.emit.corpus import Corpus
from tasks.emit.exports.articles import write_articles
from tasks.emit.exports.formats import DEFAULT_FORMATS, Format
from tasks.emit.exports.fragments import (
    FILES,
    AddPair,
    head_sizes,
    join_fragments,
    open_fragments,
    write_fragments,
)
from tasks.emit.exports.moses import MACHINE, SOURCE, file_names, open_moses
from tasks.emit.exports.parquet import open_parquet
from tasks.emit.exports.selection import (
    EVERYTHING,
    ExportError,
    Segment,
    Selection,
    refusal,
    segments,
)
from tasks.emit.exports.text import unguard_cell
from tasks.emit.exports.tmx import open_tmx
from tasks.emit.exports.tsv import open_tsv

__all__ = [
    "DEFAULT_FORMATS",
    "FILES",
    "AddPair",
    "ExportCounts",
    "ExportError",
    "Format",
    "Segment",
    "Selection",
    "export",
    "export_bitext",
    "head_sizes",
    "join_fragments",
    "open_fragments",
    "unguard_cell",
    "write_fragments",
]


_OPENERS: Mapping[Format, Callable[[Path], AbstractContextManager[Callable[[Segment], None]]]] = {
    Format.TSV: open_tsv,
    Format.MOSES: open_moses,
    Format.TMX: open_tmx,
    Format.PARQUET: open_parquet,
}
_SUFFIXES = {Format.TSV: ".tsv", Format.TMX: ".tmx", Format.PARQUET: ".parquet"}
_ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class ExportCounts:
    """What an export wrote: ``written`` segments (articles for that format), ``machine`` of them
    with a machine-made side, the others ``left_out`` by reason, and the paths of its files.
    """

    format: Format
    written: int
    machine: int
    left_out: dict[str, int]
    files: tuple[Path, ...]


def export(
    folder: Path, format: Format, out: Path, selection: Selection = EVERYTHING
) -> ExportCounts:
    """Export a corpus folder to one format.

    ``out`` is a folder, or a file when its name ends as the format's files do (``.tsv``, ``.tmx``,
    ``.parquet``). Raises :class:`tasks.emit.corpus.CorpusError`, ExportError.
    """
    corpus = Corpus(folder)
    if format is not Format.ARTICLES:
        return export_bitext(corpus, (format,), out, selection)[0]
    target = out / _ARTICLES
    counts = write_articles(corpus, target, selection)
    written, machine = counts.pop("written", 0), counts.pop("machine", 0)
    return ExportCounts(format, written, machine, dict(sorted(counts.items())), (target,))


def export_bitext(
    corpus: Corpus,
    formats: Sequence[Format],
    out: Path,
    selection: Selection = EVERYTHING,
) -> list[ExportCounts]:
    """Export a corpus to several bitext formats in one walk through it. Raises ExportError."""
    if Format.ARTICLES in formats:
        raise ExportError("articles are no bitext: export them by themselves")
    if selection.lang is not None:
        raise ExportError("a bitext has both languages: --lang goes with --to articles only")
    targets = {format: _target(format, out) for format in formats}
    left_out: Counter[str] = Counter()
    written = machine = 0
    with ExitStack() as stack:
        writers = [
            stack.enter_context(_OPENERS[format](target)) for format, target in targets.items()
        ]
        for segment in segments(corpus, selection.script):
            reason = refusal(segment, selection)
            if reason is not None:
                left_out[reason] += 1
                continue
            written += 1
            machine += segment.machine
            for write in writers:
                write(segment)
    reasons = dict(sorted(left_out.items()))
    return [
        ExportCounts(format, written, machine, reasons, _files(format, target, machine > 0))
        for format, target in targets.items()
    ]


def _target(format: Format, out: Path) -> Path:
    """The file, or for Moses the folder, that an export writes."""
    if format is Format.MOSES or out.suffix == _SUFFIXES[format]:
        return out
    return out / f"bitext{_SUFFIXES[format]}"


def _files(format: Format, target: Path, machine: bool) -> tuple[Path, ...]:
    if format is not Format.MOSES:
        return (target,)
    names = file_names(SOURCE) + (file_names(MACHINE) if machine else ())
    return tuple(target / name for name in names)
