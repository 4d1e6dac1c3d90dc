"""The parts of a corpus folder as workers write them: lines, exports and sections of the report.

Most bytes were made by earlier stages; here they are joined with what depends on the place of a
document and on its neighbours. A part with articles is a small corpus folder of its own.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from models.manifest import Summary
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
from tasks.driver.store import Location, read_payload
from tasks.emit.corpus import ALIGNMENTS, ARTICLES, LINE_FILES, PAIRS, REMOVED, Corpus
from tasks.emit.exports import Format, export_bitext
from tasks.emit.jsonl import encode_line, write_raw
from tasks.emit.report import RemovedByDocument, make_sections, write_sections
from tasks.emit.settings import EmitSettings
from tasks.emit.summary import summarise

#: Files and folders of a part that are no files of the corpus.
SECTIONS, EXPORTS = "sections", "exports"
_REMOVED_HERE = "removed-here.jsonl"  # what was removed from the documents of the part's articles


@dataclass(frozen=True, slots=True)
class ArticlePart:
    """Pairs with the places of their alignments, or articles without counterpart.

    ``first`` is the number of the first of them in the report.
    """

    folder: str
    pairs: tuple[tuple[MatchedPair, Location], ...]
    alone: tuple[tuple[PlacedArticle, Unpaired], ...]
    first: int
    settings: EmitSettings


@dataclass(frozen=True, slots=True)
class PlacedDocument:
    """What is written of a document besides its articles.

    ``lines`` is set when something was removed from it, ``extracted`` when its text was extracted
    (the place of the record that has it), ``copy_of`` when it is a copy; ``length`` is in code
    points.
    """

    source: SourceFile
    length: int
    lines: Location | None = None
    extracted: Location | None = None
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """Documents whose removals go to ``folder`` and whose text goes to ``extracted``."""

    folder: str
    documents: tuple[PlacedDocument, ...]
    extracted: str


@dataclass(frozen=True, slots=True)
class PartResult:
    """What a worker answers: the counts of the part, and what it cost."""

    counts: Summary
    times: StageTimes


def make_part(part: ArticlePart | DocumentPart) -> PartResult:
    """Write a part into its folder, which must not be there yet."""
    clock = StageClock()
    folder = Path(part.folder)
    folder.mkdir(parents=True)
    if isinstance(part, DocumentPart):
        with clock.stage("emit"):
            write_raw(folder / REMOVED, map(_removed_lines, part.documents))
            _write_extracted(Path(part.extracted), part.documents)
        return PartResult(Summary(), clock.times())
    with clock.stage("emit"):
        _write_articles(folder, part)
        corpus = Corpus(folder)
        counts = summarise(corpus, files=0, documents=0)
    if part.pairs and part.settings.exports:
        with clock.stage("exports"):
            formats = [Format(name) for name in part.settings.exports]
            export_bitext(corpus, formats, folder / EXPORTS, fragment=True)
    with clock.stage("report"), RemovedByDocument(folder / _REMOVED_HERE) as removed:
        limit = part.settings.removed_length
        write_sections(folder / SECTIONS, make_sections(corpus, removed, limit, first=part.first))
    return PartResult(counts, clock.times())


def _write_articles(folder: Path, part: ArticlePart) -> None:
    """Write the lines of a part's articles, pairs and beads, and what was removed around them."""
    seen: set[tuple[str, int | None]] = set()
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(open(folder / name, "wb"))
            for name in (*LINE_FILES, _REMOVED_HERE)
        }
        for article, pair, why in _articles(part):
            lines = decode_lines(read_payload(article.lines))
            line = finish_article(lines.articles[article.index], article.source, pair, why)
            files[ARTICLES[article.lang]].write(line)
            document = (article.source.path, article.source.record)
            if lines.removed and document not in seen:
                seen.add(document)
                files[_REMOVED_HERE].writelines(
                    finish_removed(suffix, article.source) for suffix in lines.removed
                )
        for matched, location in part.pairs:
            record = decode_pair(read_payload(location))
            files[PAIRS].write(finish_pair(record.pair, matched.how, matched.score))
            files[ALIGNMENTS].write(record.beads)


def _articles(part: ArticlePart) -> Iterator[tuple[PlacedArticle, str | None, Unpaired | None]]:
    for pair, _ in part.pairs:
        yield pair.zh, pair.id, None
        yield pair.en, pair.id, None
    for article, why in part.alone:
        yield article, None, why


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
    """The text of extracted documents, named by the digest that ``source.sha256`` gives."""
    for document in documents:
        if document.extracted is not None:
            text = read_record(document.extracted).extracted
            folder.mkdir(exist_ok=True)
            data = (text or "").encode("utf-8", "replace")
            (folder / f"{document.source.sha256[:16]}.txt").write_bytes(data)
