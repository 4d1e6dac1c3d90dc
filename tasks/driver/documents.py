"""The per-document stages as a shard runs them: ingest, lines, sign.

A worker takes a few hundred units, does for each what the work store does not have yet, appends
the results to its own segment and answers with their places; document text never travels.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from models.ids import make_id
from models.records import (
    Article,
    Ingested,
    Lang,
    Quarantine,
    Removal,
    RemovedLine,
    Script,
    SourceFile,
)
from tasks.driver.clock import StageClock, StageTimes
from tasks.driver.executors.stopping import stop_if_asked
from tasks.driver.ingesting import IngestRecord, ingest_unit
from tasks.driver.revisions import glossary_revision, glossary_words
from tasks.driver.settings import Settings, settings_text
from tasks.driver.store import Key, Location, read_payload, stage_key, thread_writer
from tasks.driver.versions import INGEST, LINES, SIGN, stage_version
from tasks.emit.jsonl import encode_line
from tasks.ingest import Ledger
from tasks.ingest.words import with_words
from tasks.pair import Signature, sign_all
from tasks.read import InputUnit
from tasks.words import dictionary_digest

#: Units that go through the stages together at the most.
_AT_ONCE, _BYTES_AT_ONCE = 32, 1 << 20
_NOWHERE = SourceFile("", "", 0, "")


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
    """What a worker answers: the places of the new results, how many by stage, the cost, and
    ``warnings`` for the log of the run (workers have no log of their own). ``passing`` counts
    results that hold for this run only: another one may have more luck with a file or an engine.
    """

    entries: tuple[tuple[Key, Location], ...]
    done: dict[str, int]
    times: StageTimes
    warnings: tuple[str, ...] = ()
    passing: int = 0


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


def unit_keys(units: Iterable[InputUnit], settings: Settings) -> Iterator[UnitKeys]:
    """The keys of each unit's results: its bytes, and everything the stages read besides."""
    ingest = (stage_version(INGEST), settings_text(settings, "read"))
    lines = (
        stage_version(LINES),
        settings_text(settings, "words"),
        dictionary_digest(settings.words),
        glossary_revision(settings),
    )
    entry = stage_version(SIGN)
    for unit in units:
        key = stage_key("ingest", unit.sha256, unit.format, *ingest)
        yield UnitKeys(key, stage_key("lines", key, *lines), stage_key("entry", key, entry))


def process_units(shard: UnitShard) -> ShardResult:
    """Do for each unit of a shard what is not done yet."""
    clock = StageClock()
    writer = thread_writer(shard.store, shard.run)
    entries: list[tuple[Key, Location]] = []
    done: dict[str, int] = {}
    warnings: list[str] = []
    passing = 0

    def put(stage: str, key: Key, record: object, lasting: bool) -> None:
        # On disk, what holds for this run only gets a key that nobody asks for.
        stored = key if lasting else stage_key("passing", key)
        entries.append((key, writer.put(stored, msgspec.msgpack.encode(record))))
        done[stage] = done.get(stage, 0) + 1

    for tasks in _batches(shard.tasks):
        records: list[IngestRecord] = []
        for task in tasks:
            stop_if_asked()
            if task.ingested is None:
                record = ingest_unit(task.unit, shard.settings, clock, warnings)
                passing += not record.lasting
                put("ingest", task.keys.ingest, record, record.lasting)
            else:
                record = read_record(task.ingested)
            records.append(record)
        for task, record in zip(tasks, records, strict=True):
            if not task.has_lines:
                with clock.stage("words"):
                    lines = _lines(record.ingested, shard.settings)
                put("words", task.keys.lines, lines, record.lasting)
        unsigned = [n for n, task in enumerate(tasks) if not task.has_entry]
        with clock.stage("sign"):
            made = _entries([records[n] for n in unsigned])
        for n, entry in zip(unsigned, made, strict=True):
            put("sign", tasks[n].keys.entry, entry, records[n].lasting)
    writer.sync()
    return ShardResult(tuple(entries), done, clock.times(), tuple(warnings), passing)


def _batches(tasks: Iterable[UnitTask]) -> Iterator[list[UnitTask]]:
    """Tasks that go through each stage together, which is faster: the code and tables of a stage
    then stay in the processor's cache. Large documents have a batch of their own.
    """
    batch: list[UnitTask] = []
    size = 0
    for task in tasks:
        if batch and (len(batch) == _AT_ONCE or size + task.unit.size > _BYTES_AT_ONCE):
            yield batch
            batch, size = [], 0
        batch.append(task)
        size += task.unit.size
    if batch:
        yield batch


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


def _lines(ingested: Ingested, settings: Settings) -> LinesRecord:
    articles = tuple(article_line_prefix(article, settings) for article in ingested.articles)
    only = ingested.articles[0].id if len(ingested.articles) == 1 else None
    return LinesRecord(articles, tuple(_removed(r, only) for r in ingested.removals))


def _removed(removal: Removal, article: str | None) -> bytes:
    line = encode_line(
        RemovedLine("", None, article, removal.pieces, removal.text, removal.reason, removal.rule)
    )
    return line[line.index(b'"article":') :]


def _entries(records: Sequence[IngestRecord]) -> list[UnitEntry]:
    signatures = iter(sign_all([a for record in records for a in record.ingested.articles]))
    return [_entry(record, signatures) for record in records]


def _entry(record: IngestRecord, signatures: Iterator[Signature]) -> UnitEntry:
    """The entry of a document, which takes the signatures of its articles from ``signatures``."""
    ingested = record.ingested
    removed: dict[str, int] = {}
    for removal in ingested.removals:
        removed[removal.reason] = removed.get(removal.reason, 0) + 1
    articles = tuple(
        ArticleEntry(
            id=article.id,
            lang=article.lang,
            script=article.script,
            digest=stage_key("article", msgspec.msgpack.encode(replace(article, source=_NOWHERE))),
            content=make_id(*(block.text for block in article.blocks)),
            sentences=len(article.sentences),
            signature=next(signatures),
        )
        for article in ingested.articles
    )
    return UnitEntry(
        ingested.articles[0].source if articles else _NOWHERE,
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
