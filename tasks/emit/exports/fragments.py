"""Exports of a part of a corpus, to be put together to those of the whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from models.manifest import FileDigest
from models.records import Bead, Lang, Script
from tasks.emit.corpus import Corpus
from tasks.emit.exports import tmx, tsv
from tasks.emit.exports.formats import Format
from tasks.emit.exports.moses import MACHINE, SOURCE, encode_moses, file_names, stem_of
from tasks.emit.exports.parquet import join_parquet, open_parquet
from tasks.emit.exports.selection import EVERYTHING, Segment, refusal, segments_of
from tasks.emit.joining import Stretch, check_published, join_stretches

_TSV, _TMX, _PARQUET = "bitext.tsv", "bitext.tmx", "bitext.parquet"
#: The files of each format that a run makes. Machine text has files of its own, if there is any.
FILES: Mapping[Format, tuple[str, ...]] = {
    Format.TSV: (_TSV,),
    Format.MOSES: (*file_names(SOURCE), *file_names(MACHINE)),
    Format.TMX: (_TMX,),
    Format.PARQUET: (_PARQUET,),
}
_ONLY_IF_ANY = frozenset(file_names(MACHINE))


#: Takes the beads of a pair and the script of its Chinese side; what was written of them into each
#: file, in bytes (Parquet: rows).
AddPair = Callable[[Iterable[Bead], Script | None], dict[str, int]]


def write_fragments(
    corpus: Corpus, formats: Sequence[Format], folder: Path
) -> list[dict[str, int]]:
    """Write the bitext of every pair to files in ``folder``, without what stands at the beginning
    and the end of a whole file; how much of each file is of each pair, in bytes (Parquet: rows).
    """
    with open_fragments(formats, folder) as add:
        return [
            add(beads, head.script)
            for head, (_, beads) in zip(corpus.heads(Lang.ZH), corpus.alignments(), strict=False)
        ]


@contextmanager
def open_fragments(formats: Sequence[Format], folder: Path) -> Iterator[AddPair]:
    """The same, pair by pair."""
    folder.mkdir()
    with ExitStack() as stack:
        files: dict[str, BinaryIO] = {}
        add_rows = (
            stack.enter_context(open_parquet(folder / _PARQUET, fragment=True))
            if Format.PARQUET in formats
            else None
        )
        encode = _Encoder(formats)

        def add(beads: Iterable[Bead], script: Script | None) -> dict[str, int]:
            group = segments_of(beads, script, None)
            chosen = [segment for segment in group if refusal(segment, EVERYTHING) is None]
            sizes = {}
            for name, data in encode(chosen):
                if name not in files:
                    files[name] = stack.enter_context(open(folder / name, "wb"))
                files[name].write(data)
                sizes[name] = len(data)
            if add_rows is not None:
                sizes[_PARQUET] = len(chosen)
                for segment in chosen:
                    add_rows(segment)
            return sizes

        yield add


class _Encoder:
    """Makes what the text formats have of a pair."""

    def __init__(self, formats: Sequence[Format]) -> None:
        self._formats = formats
        self._tsv = tsv.tsv_encoder()

    def __call__(self, segments: Sequence[Segment]) -> Iterator[tuple[str, bytes]]:
        if not segments:
            return
        if Format.TSV in self._formats:
            yield _TSV, b"".join(map(self._tsv, segments))
        if Format.TMX in self._formats:
            yield _TMX, b"".join(map(tmx.encode_tmx, segments))
        if Format.MOSES in self._formats:
            for stem in (SOURCE, MACHINE):
                lines = [encode_moses(segment) for segment in segments if stem_of(segment) == stem]
                for name, side in zip(file_names(stem), zip(*lines, strict=True), strict=False):
                    yield name, b"".join(side)


def join_fragments(
    formats: Sequence[Format],
    stretches: Mapping[str, Sequence[Stretch]],
    out: Path,
    published: Mapping[Path, str],
) -> dict[str, FileDigest]:
    """Put the exports of a whole corpus together in the folder ``out``; the digests of files whose
    bytes were seen, by name.

    ``stretches`` has what goes into each file, of fragments and of published files; ``published``
    the digests of these (see :func:`tasks.emit.joining.join_stretches`).
    """
    found: dict[str, FileDigest] = {}
    for format in formats:
        head, foot = _ends(format)
        for name in FILES[format]:
            parts = stretches.get(name, ())
            if not parts and name in _ONLY_IF_ANY:
                continue
            if format is Format.PARQUET:
                for path in {stretch.path for stretch in parts} & published.keys():
                    check_published(path, published[path])
                join_parquet(parts, out / name)
            else:
                found[name] = join_stretches(
                    parts, out / name, head=head, foot=foot, published=published
                )
    return found


def head_sizes() -> dict[str, int]:
    """The bytes at the beginning of a file that are of no pair, by its name; zeros left out."""
    return {
        name: len(head)
        for form in Format
        for name in FILES.get(form, ())
        if (head := _ends(form)[0])
    }


def _ends(format: Format) -> tuple[bytes, bytes]:
    """What stands once at the beginning and at the end of a file."""
    if format is Format.TSV:
        return tsv.HEAD, b""
    return (tmx.head(), tmx.FOOT) if format is Format.TMX else (b"", b"")
