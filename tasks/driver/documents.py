"""The per-document stages as a shard runs them: ingest, lines, sign.

A worker takes a few hundred units, does for each what the work store does not have yet, appends
the results to its own segment and answers with their places; document text never travels.
"""

import logging
from dataclasses import dataclass, replace

import msgspec

from models.ids import make_id
from models.records import (
    Article,
    Ingested,
    Lang,
    Quarantine,
    QuarantineReason,
    Removal,
    RemovedLine,
    Script,
    SourceFile,
)
from tasks.driver.clock import StageClock, StageTimes
from tasks.driver.revisions import glossary_revision, glossary_words
from tasks.driver.settings import Settings, settings_text
from tasks.driver.store import Key, Location, read_payload, stage_key, thread_writer
from tasks.driver.versions import INGEST, LINES, SIGN, stage_version
from tasks.emit.jsonl import encode_line
from tasks.ingest import Ledger, LedgerError, account, ingest
from tasks.ingest.words import with_words
from tasks.pair import Signature, sign
from tasks.read import InputUnit, read
from tasks.words import dictionary_digest

log = logging.getLogger("zhen")


@dataclass(frozen=True, slots=True)
class UnitKeys:
    """The keys of one unit's results."""

    ingest: Key
    lines: Key
    entry: Key


@dataclass(frozen=True, slots=True)
class UnitTask:
    """A unit, the keys of its results, and where those lie that are done already."""

    unit: InputUnit
    keys: UnitKeys
    ingested: Location | None
    has_lines: bool
    has_entry: bool


@dataclass(frozen=True, slots=True)
class UnitShard:
    """What a worker gets: units and where to write."""

    tasks: tuple[UnitTask, ...]
    store: str
    run: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What a worker answers: the places of the new results, how many by stage, and the cost."""

    entries: tuple[tuple[Key, Location], ...]
    done: dict[str, int]
    times: StageTimes


@dataclass(frozen=True, slots=True)
class IngestRecord:
    """The stored result of ingest. Paths are left out: they are not part of what a document is."""

    ingested: Ingested
    ledger: Ledger
    length: int
    extracted: str | None = None


@dataclass(frozen=True, slots=True)
class LinesRecord:
    """Output lines of a document, ready but for what depends on its place and its neighbours:
    ``articles`` lack their last fields (see :func:`finish_article`), ``removed`` their first.
    """

    articles: tuple[bytes, ...]
    removed: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """What the global steps need to know of an article."""

    id: str
    lang: Lang
    script: Script | None
    digest: bytes
    content: str
    sentences: int
    signature: Signature


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """What the global steps need to know of a document."""

    source: SourceFile
    length: int
    ledger: Ledger
    articles: tuple[ArticleEntry, ...]
    removed: dict[str, int]
    extracted: bool
    quarantine: Quarantine | None


def unit_keys(unit: InputUnit, settings: Settings) -> UnitKeys:
    """The keys of a unit's results: its bytes, and everything the stages read besides."""
    ingest_key = stage_key(
        "ingest",
        unit.sha256,
        unit.format,
        stage_version(INGEST),
        settings_text(settings, "read"),
    )
    lines_key = stage_key(
        "lines",
        ingest_key,
        stage_version(LINES),
        settings_text(settings, "words"),
        dictionary_digest(settings.words),
        glossary_revision(settings),
    )
    return UnitKeys(ingest_key, lines_key, stage_key("entry", ingest_key, stage_version(SIGN)))


def process_units(shard: UnitShard) -> ShardResult:
    """Do for each unit of a shard what is not done yet."""
    clock = StageClock()
    writer = thread_writer(shard.store, shard.run)
    entries: list[tuple[Key, Location]] = []
    done: dict[str, int] = {}

    def put(stage: str, key: Key, record: object) -> None:
        entries.append((key, writer.put(key, msgspec.msgpack.encode(record))))
        done[stage] = done.get(stage, 0) + 1

    for task in shard.tasks:
        if task.ingested is None:
            record = _ingest(task.unit, shard.settings, clock)
            put("ingest", task.keys.ingest, record)
        else:
            record = read_record(task.ingested)
        if not task.has_lines:
            with clock.stage("words"):
                lines = _lines(record.ingested, shard.settings)
            put("words", task.keys.lines, lines)
        if not task.has_entry:
            with clock.stage("sign"):
                entry = _entry(record)
            put("sign", task.keys.entry, entry)
    writer.sync()
    return ShardResult(tuple(entries), done, clock.times())


def read_record(location: Location) -> IngestRecord:
    """A stored result of ingest."""
    return msgspec.msgpack.decode(read_payload(location), type=IngestRecord)


def finish_article(
    prefix: bytes, source: SourceFile, pair: str | None, unpaired: object | None
) -> bytes:
    """A whole line of ``zh.jsonl`` or ``en.jsonl`` from its stored beginning."""
    tail = b',"source":%b,"pair":%b,"unpaired":%b}\n' % (
        encode_line(source),
        encode_line(pair),
        encode_line(unpaired),
    )
    return prefix + tail


def finish_removed(suffix: bytes, source: SourceFile) -> bytes:
    """A whole line of ``removed.jsonl`` from its stored end."""
    return b'{"source":%b,"record":%b,%b\n' % (
        encode_line(source.path),
        encode_line(source.record),
        suffix,
    )


def article_line_prefix(article: Article, settings: Settings) -> bytes:
    """An article's line, with its words, up to what depends on its place and its neighbours."""
    return _prefix(with_words(article, settings.words, glossary_words(settings.translate)))


def _prefix(article: Article) -> bytes:
    line = encode_line(article)
    return line[: line.rindex(b',"source":{')]


def _ingest(unit: InputUnit, settings: Settings, clock: StageClock) -> IngestRecord:
    with clock.stage("read"):
        document = read(unit, settings.read)
    if isinstance(document, Quarantine):
        return IngestRecord(Ingested((), (), _placeless(document)), Ledger(), 0)
    with clock.stage("ingest"):
        try:
            ingested = ingest(document)
            ledger = account(document, ingested)
        except Exception as error:
            # One document that zhen fails on must not stop the rest, and must not be silent.
            log.exception("%s could not be processed", unit.path)
            kind = "ledger" if isinstance(error, LedgerError) else type(error).__name__
            quarantine = Quarantine(
                unit.path,
                QuarantineReason.INTERNAL_ERROR,
                f"zhen failed on this document ({kind}: {error}); please report it",
                unit.record,
                None,
                unit.sha256,
            )
            ingested = Ingested((), (), quarantine)
            ledger = account(document, ingested)
    articles = tuple(
        replace(article, source=replace(article.source, path="", record=None))
        for article in ingested.articles
    )
    quarantine_record = ingested.quarantine and _placeless(ingested.quarantine)
    return IngestRecord(
        Ingested(articles, ingested.removals, quarantine_record),
        ledger,
        len(document.text),
        document.text if document.extracted else None,
    )


def _placeless(quarantine: Quarantine) -> Quarantine:
    return replace(quarantine, source="", record=None)


def _lines(ingested: Ingested, settings: Settings) -> LinesRecord:
    articles = tuple(article_line_prefix(article, settings) for article in ingested.articles)
    only = ingested.articles[0].id if len(ingested.articles) == 1 else None
    return LinesRecord(articles, tuple(_removed(r, only) for r in ingested.removals))


def _removed(removal: Removal, article: str | None) -> bytes:
    line = encode_line(
        RemovedLine("", None, article, removal.pieces, removal.text, removal.reason, removal.rule)
    )
    return line[line.index(b'"article":') :]


def _entry(record: IngestRecord) -> UnitEntry:
    ingested = record.ingested
    removed: dict[str, int] = {}
    for removal in ingested.removals:
        removed[removal.reason] = removed.get(removal.reason, 0) + 1
    articles = tuple(
        ArticleEntry(
            id=article.id,
            lang=article.lang,
            script=article.script,
            digest=stage_key("article", _prefix(article)),
            content=make_id(*(block.text for block in article.blocks)),
            sentences=len(article.sentences),
            signature=sign(article),
        )
        for article in ingested.articles
    )
    source = ingested.articles[0].source if articles else SourceFile("", "", 0, "")
    return UnitEntry(
        source,
        record.length,
        record.ledger,
        articles,
        removed,
        record.extracted is not None,
        ingested.quarantine,
    )


def decode_entry(payload: bytes) -> UnitEntry:
    """A stored entry."""
    return msgspec.msgpack.decode(payload, type=UnitEntry)


def decode_lines(payload: bytes) -> LinesRecord:
    """Stored lines."""
    return msgspec.msgpack.decode(payload, type=LinesRecord)
