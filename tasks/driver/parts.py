"""The parts of a corpus folder as workers write them: lines, exports and sections of the report.

Most bytes were made by earlier stages; here they are joined with what depends on the place of a
document and on its neighbours. A part with articles is a small corpus folder of its own.
"""

import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import msgspec

from models.records import (
    Article,
    ArticlePair,
    Bead,
    RemovalReason,
    RemovedLine,
    SourceFile,
    Unpaired,
)
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
from tasks.emit.corpus import ALIGNMENTS, ARTICLES, PAIRS, REMOVED, AlignedPair
from tasks.emit.exports import FILES as EXPORT_FILES
from tasks.emit.exports import AddPair, Format, open_fragments
from tasks.emit.jsonl import encode_line, write_raw
from tasks.emit.report import Outline, Rendered, article_section, pair_section
from tasks.emit.settings import EmitSettings
from tasks.emit.tally import FreeKey, Tally

_ARTICLE = msgspec.json.Decoder(Article)
_BEADS = msgspec.json.Decoder(Bead)
_PAIR = msgspec.json.Decoder(ArticlePair)
_REMOVED = msgspec.json.Decoder(RemovedLine)

#: Files and folders of a part that are no files of the corpus.
SECTIONS, EXPORTS = "sections", "exports"

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
    notes = _write_items(folder, part, clock)
    return PartResult(tuple(notes), (), clock.times())


def _write_items(folder: Path, part: ArticlePart, clock: StageClock) -> list[bytes]:
    """Write the files of a part, item by item; the note of each."""
    formats = [Format(name) for name in part.settings.exports] if part.pairs else []
    limit = part.settings.removed_length
    notes: list[bytes] = []
    with ExitStack() as stack:
        add_pair: AddPair | None = None
        if formats:
            with clock.stage("exports"):
                add_pair = stack.enter_context(open_fragments(formats, folder / EXPORTS))
        names = (*ARTICLES.values(), PAIRS, ALIGNMENTS, SECTIONS)
        files = {name: stack.enter_context(open(folder / name, "wb")) for name in names}
        for matched, location in part.pairs:
            item = _Written(files)
            with clock.stage("emit"):
                aligned = item.write_pair(matched, location)
            if add_pair is not None:
                with clock.stage("exports"):
                    sizes = add_pair(aligned.beads, aligned.zh.script)
                    item.sizes |= {f"{EXPORTS}/{name}": size for name, size in sizes.items()}
            with clock.stage("report"):
                notes.append(item.finish(pair_section(aligned, item.removed_of, limit)))
        for placed, why in part.alone:
            item = _Written(files)
            with clock.stage("emit"):
                article = item.write_article(placed, None, why)
            with clock.stage("report"):
                notes.append(item.finish(article_section(article, item.removed_of, limit)))
        with clock.stage("exports"):  # Arrow holds rows until the end
            stack.close()
    return notes


@dataclass(slots=True)
class _Written:
    """What was written of an item so far, and what is in it. Its lines are handed back as records:
    they are read once for the counts, the exports and the report.
    """

    files: Mapping[str, BinaryIO]
    sizes: dict[str, int] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    removed: dict[tuple[str, int | None], bytes] = field(default_factory=dict)

    def write_pair(self, matched: MatchedPair, location: Location) -> AlignedPair:
        zh = self.write_article(matched.zh, matched.id, None)
        en = self.write_article(matched.en, matched.id, None)
        record = decode_pair(read_payload(location))
        line = finish_pair(record.pair, matched.how, matched.score)
        self._write(PAIRS, line)
        self._write(ALIGNMENTS, record.beads)
        pair, beads = _PAIR.decode(line), tuple(_BEADS.decode_lines(record.beads))
        self.tally.add_pair(pair)
        for bead in beads:
            self.tally.add_bead(bead)
        return AlignedPair(pair, zh, en, beads)

    def write_article(
        self, placed: PlacedArticle, pair: str | None, why: Unpaired | None
    ) -> Article:
        lines = decode_lines(read_payload(placed.lines))
        line = finish_article(lines.articles[placed.index], placed.source, pair, why)
        self._write(ARTICLES[placed.lang], line)
        article = _ARTICLE.decode(line)
        self.tally.add_article(placed.lang, article)
        source = article.source
        self.removed[source.path, source.record] = b"".join(
            finish_removed(suffix, source) for suffix in lines.removed
        )
        return article

    def removed_of(self, source: SourceFile) -> list[RemovedLine]:
        """What was removed from the document of an article of the item."""
        return _REMOVED.decode_lines(self.removed[source.path, source.record])

    def finish(self, section: Rendered) -> bytes:
        """Write the section of the report, the last of an item; its note."""
        self._write(SECTIONS, section.markup.encode())
        counts = sorted(self.tally.counts.items())
        return msgspec.msgpack.encode(
            ItemNote(
                tuple(self.sizes.get(name, 0) for name in FILES),
                tuple((name, key, count) for (name, key), count in counts),
                tuple(sorted(self.tally.free_keys)),
                section.outline,
            )
        )

    def _write(self, name: str, data: bytes) -> None:
        self.sizes[name] = self.files[name].write(data)


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
