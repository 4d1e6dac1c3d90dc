"""Machine counterparts for articles that have none, when there is an engine."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import msgspec

from models.engines import Engine, EngineSpec, open_engine
from models.ids import make_id
from models.records import Article, Flag, Lang, PairHow, SourceFile, Unpaired
from tasks.driver.catalogue import Catalogue, MatchedPair, PlacedArticle
from tasks.driver.clock import StageClock
from tasks.driver.documents import LinesRecord, ShardResult, article_line_prefix, read_record
from tasks.driver.revisions import engine_spec, glossary_of, glossary_revision
from tasks.driver.settings import Settings, settings_text
from tasks.driver.store import Key, Location, WorkStore, read_payload, stage_key, thread_writer
from tasks.driver.versions import LINES, TRANSLATE, stage_version
from tasks.translate import TranslationCache, translate_articles
from tasks.words import dictionary_digest

#: The file of translated sentences in the work folder.
CACHE_FILE = "translations.sqlite"


@dataclass(frozen=True, slots=True)
class MachineTask:
    """An article without counterpart, and the keys of what is made of it."""

    article: PlacedArticle
    key: Key
    lines_key: Key


@dataclass(frozen=True, slots=True)
class MachineShard:
    """What a worker gets. ``cache`` is the file of translated sentences."""

    tasks: tuple[MachineTask, ...]
    store: str
    run: str
    cache: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class MachineRecord:
    """A stored counterpart (paths left out) and the flags of its sentences by their ids."""

    article: Article
    flags: dict[str, tuple[Flag, ...]]
    digest: bytes


def machine_tasks(found: Catalogue, settings: Settings) -> list[MachineTask]:
    """One task for each article without counterpart in a language that the engine translates."""
    spec = engine_spec(settings.translate)
    if spec is None:
        return []
    return [
        MachineTask(article, *_keys(article, spec, settings))
        for article, _ in found.unpaired
        if (article.lang, _other(article.lang)) in spec.directions
    ]


def process_machine(shard: MachineShard) -> ShardResult:
    """Translate the articles of a shard."""
    clock = StageClock()
    writer = thread_writer(shard.store, shard.run)
    settings = shard.settings
    sources = [
        read_record(task.article.record).ingested.articles[task.article.index]
        for task in shard.tasks
    ]
    spec = engine_spec(settings.translate)
    assert spec is not None  # there are no tasks without one
    entries: list[tuple[Key, Location]] = []
    with clock.stage("translate"), TranslationCache(Path(shard.cache)) as known:
        made = translate_articles(
            sources, _engine(spec), known, settings.translate, glossary_of(settings.translate)
        )
    for task, machine in zip(shard.tasks, made, strict=True):
        article = replace(machine.article, source=SourceFile("", "", 0, ""))
        with clock.stage("words"):
            prefix = article_line_prefix(article, settings)
        flags = {name: tuple(found) for name, found in sorted(machine.flags.items())}
        digest = stage_key("machine article", prefix, repr(flags))
        for key, record in (
            (task.key, MachineRecord(article, flags, digest)),
            (task.lines_key, LinesRecord((prefix,), ())),
        ):
            # What the engine left unanswered is worth another try in the next run: on disk it gets
            # a key that nobody asks for.
            stored = key if machine.complete else stage_key("incomplete", key)
            entries.append((key, writer.put(stored, msgspec.msgpack.encode(record))))
    writer.sync()
    unanswered = sum(not machine.complete for machine in made)
    done = {"translate": len(made)}
    return ShardResult(tuple(entries), done, clock.times(), passing=unanswered)


def read_machine(location: Location) -> MachineRecord:
    """A stored machine counterpart."""
    return msgspec.msgpack.decode(read_payload(location), type=MachineRecord)


def with_machine_sides(
    found: Catalogue, tasks: Sequence[MachineTask], store: WorkStore
) -> Catalogue:
    """The catalogue with the machine counterparts paired with their sources."""
    pairs = list(found.pairs)
    translated: set[str] = set()
    for task in tasks:
        source = task.article
        location = store.locate(task.key)
        record = read_machine(location)
        machine = PlacedArticle(
            record.article.id,
            record.article.lang,
            record.article.script,
            len(record.article.sentences),
            record.digest,
            location,
            store.locate(task.lines_key),
            task.lines_key,
            0,
            source.source,
            source.place,
            machine=True,
        )
        zh, en = (source, machine) if source.lang is Lang.ZH else (machine, source)
        pairs.append(MatchedPair(make_id("pair", zh.id, en.id), zh, en, PairHow.MACHINE, 1.0))
        translated.add(source.id)
    pairs.sort(key=lambda pair: pair.place)
    rest: tuple[tuple[PlacedArticle, Unpaired], ...] = tuple(
        (article, why) for article, why in found.unpaired if article.id not in translated
    )
    return Catalogue(found.units, tuple(pairs), rest, found.notes)


def _keys(article: PlacedArticle, spec: EngineSpec, settings: Settings) -> tuple[Key, Key]:
    identity = spec.identity(article.lang, _other(article.lang))
    key = stage_key(
        "translate",
        article.digest,
        stage_version(TRANSLATE),
        settings_text(settings, "translate"),
        glossary_revision(settings),
        repr(identity),
    )
    lines_key = stage_key(
        "machine lines",
        key,
        stage_version(LINES),
        settings_text(settings, "words"),
        dictionary_digest(settings.words),
        glossary_revision(settings),
    )
    return key, lines_key


def _other(lang: Lang) -> Lang:
    return Lang.EN if lang is Lang.ZH else Lang.ZH


@cache
def _engine(spec: EngineSpec) -> Engine:
    return open_engine(spec)
