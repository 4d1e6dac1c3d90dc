"""The parts of a corpus folder as workers write them: lines, exports and sections of the report.

Most bytes were made by earlier stages; here they are joined with what depends on the place of a
document and on its neighbours. A part with articles is a small corpus folder of its own.
"""

import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from models.records import RemovalReason, RemovedLine, SourceFile, Unpaired
from tasks.driver.catalogue import MatchedPair, PlacedArticle
from tasks.driver.clock import StageClock, StageTimes
from tasks.driver.documents import (
    decode_lines,
    finish_article,
    finish_removed,
    read_record,
)
from tasks.driver.pairs import decode_pair, finish_pair
from tasks.driver.store import Key, Location, read_payload
from tasks.emit.corpus import ALIGNMENTS, ARTICLES, LINE_FILES, PAIRS, REMOVED, Corpus
from tasks.emit.exports import FILES as EXPORT_FILES
from tasks.emit.exports import Format, write_fragments
from tasks.emit.jsonl import encode_line, write_raw
from tasks.emit.report import Outline, RemovedByDocument, make_sections
from tasks.emit.settings import EmitSettings
from tasks.emit.tally import CountedArticle, CountedBead, CountedPair, FreeKey, Tally

_ARTICLE = msgspec.json.Decoder(CountedArticle)
_BEADS = msgspec.json.Decoder(CountedBead)
_PAIR = msgspec.json.Decoder(CountedPair)

#: Files and folders of a part that are no files of the corpus.
SECTIONS, EXPORTS = "sections", "exports"
_REMOVED_HERE = "removed-here.jsonl"  # what was removed from the documents of the part's articles

#: What an item (a pair, or an article without counterpart) is a part of; sizes are in this order.
FILES = (
    *ARTICLES.values(),
    PAIRS,
    ALIGNMENTS,
    *(f"{EXPORTS}/{name}" for names in EXPORT_FILES.values() for name in names),
    SECTIONS,
)


class ItemNote(msgspec.Struct, frozen=True, array_like=True):
    """What an item is in the files of a corpus: its bytes in each of :data:`FILES` (Parquet: rows),
    its counts, and its line in the lists of the report.
    """

    sizes: tuple[int, ...]
    counts: tuple[tuple[str, str, int], ...]
    free_keys: tuple[FreeKey, ...]
    outline: Outline


@dataclass(frozen=True, slots=True)
class ArticlePart:
    """Pairs with the places of their alignments, or articles without counterpart."""

    folder: str
    pairs: tuple[tuple[MatchedPair, Location], ...]
    alone: tuple[tuple[PlacedArticle, Unpaired], ...]
    settings: EmitSettings


@dataclass(frozen=True, slots=True)
class PlacedDocument:
    """What is written of a document besides its articles.

    ``lines`` is set when something was removed from it, ``extracted`` when its text was extracted
    (the place of the record that has it), ``copy_of`` when it is a copy; ``length`` is in code
    points. ``key`` covers all that.
    """

    key: Key
    source: SourceFile
    length: int
    lines: Location | None = None
    extracted: Location | None = None
    copy_of: str | None = None

    @property
    def file_name(self) -> str:
        """The name of the file with its extracted text, from what ``source.sha256`` gives."""
        return f"{self.source.sha256[:16]}.txt"


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """Documents whose removals go to ``folder`` and whose text goes to ``extracted``."""

    folder: str
    documents: tuple[PlacedDocument, ...]
    extracted: str


@dataclass(frozen=True, slots=True)
class PartResult:
    """What a worker answers: the notes of the items of the part, encoded, or the bytes that were
    written of each document, and what it cost.
    """

    notes: tuple[bytes, ...]
    removed: tuple[int, ...]
    times: StageTimes


def make_part(part: ArticlePart | DocumentPart) -> PartResult:
    """Write a part into its folder; what a worker that died left there is dropped."""
    clock = StageClock()
    folder = Path(part.folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if isinstance(part, DocumentPart):
        with clock.stage("emit"):
            removed = [_removed_lines(document) for document in part.documents]
            write_raw(folder / REMOVED, removed)
            _write_extracted(Path(part.extracted), part.documents)
        return PartResult((), tuple(map(len, removed)), clock.times())
    with clock.stage("emit"):
        written = _write_articles(folder, part)
        corpus = Corpus(folder)
    if part.pairs and part.settings.exports:
        with clock.stage("exports"):
            formats = [Format(name) for name in part.settings.exports]
            for item, sizes in zip(
                written, write_fragments(corpus, formats, folder / EXPORTS), strict=True
            ):
                item.sizes |= {f"{EXPORTS}/{name}": size for name, size in sizes.items()}
    notes: list[bytes] = []
    with (
        clock.stage("report"),
        RemovedByDocument(folder / _REMOVED_HERE) as gone,
        open(folder / SECTIONS, "wb") as file,
    ):
        sections = make_sections(corpus, gone, part.settings.removed_length)
        for item, section in zip(written, sections, strict=True):
            item.sizes[SECTIONS] = file.write(section.markup.encode())
            notes.append(item.note(section.outline))
    return PartResult(tuple(notes), (), clock.times())


@dataclass(slots=True)
class _Written:
    """What was written of an item so far, and what is in it."""

    sizes: dict[str, int] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    def note(self, outline: Outline) -> bytes:
        counts = sorted(self.tally.counts.items())
        return msgspec.msgpack.encode(
            ItemNote(
                tuple(self.sizes.get(name, 0) for name in FILES),
                tuple((name, key, count) for (name, key), count in counts),
                tuple(sorted(self.tally.free_keys)),
                outline,
            )
        )


def _write_articles(folder: Path, part: ArticlePart) -> list[_Written]:
    """Write the lines of a part's items, and what was removed around their articles."""
    seen: set[tuple[str, int | None]] = set()
    found: list[_Written] = []
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(open(folder / name, "wb"))
            for name in (*LINE_FILES, _REMOVED_HERE)
        }

        def write(item: _Written, name: str, data: bytes) -> None:
            item.sizes[name] = files[name].write(data)

        def write_article(
            item: _Written, article: PlacedArticle, pair: str | None, why: Unpaired | None
        ) -> None:
            lines = decode_lines(read_payload(article.lines))
            line = finish_article(lines.articles[article.index], article.source, pair, why)
            write(item, ARTICLES[article.lang], line)
            item.tally.add_article(article.lang, _ARTICLE.decode(line))
            document = (article.source.path, article.source.record)
            if lines.removed and document not in seen:
                seen.add(document)
                files[_REMOVED_HERE].writelines(
                    finish_removed(suffix, article.source) for suffix in lines.removed
                )

        for matched, location in part.pairs:
            item = _Written()
            write_article(item, matched.zh, matched.id, None)
            write_article(item, matched.en, matched.id, None)
            record = decode_pair(read_payload(location))
            line = finish_pair(record.pair, matched.how, matched.score)
            write(item, PAIRS, line)
            write(item, ALIGNMENTS, record.beads)
            item.tally.add_pair(_PAIR.decode(line))
            for bead in _BEADS.decode_lines(record.beads):
                item.tally.add_bead(bead)
            found.append(item)
        for article, why in part.alone:
            item = _Written()
            write_article(item, article, None, why)
            found.append(item)
    return found


def _removed_lines(document: PlacedDocument) -> bytes:
    if document.copy_of is not None:
        # The text stands in the corpus once already, under the source that the rule names.
        line = RemovedLine(
            document.source.path,
            document.source.record,
            None,
            ((0, document.length),),
            "",
            RemovalReason.DUPLICATE,
            f"same text as {document.copy_of}",
        )
        return encode_line(line) + b"\n"
    if document.lines is None:
        return b""
    lines = decode_lines(read_payload(document.lines))
    return b"".join(finish_removed(suffix, document.source) for suffix in lines.removed)


def _write_extracted(folder: Path, documents: tuple[PlacedDocument, ...]) -> None:
    """Write the text of extracted documents."""
    for document in documents:
        if document.extracted is not None:
            text = read_record(document.extracted).extracted
            folder.mkdir(exist_ok=True)
            data = (text or "").encode("utf-8", "replace")
            (folder / document.file_name).write_bytes(data)
