"""The per-pair stage as a shard runs it: align, check, and the lines that come of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from models.lexicon import load_lexicon
from models.records import Article, ArticlePair, Flag, PairHow
from tasks.align import AlignedBead, DocumentPair
from tasks.driver.beads import AlignedPair, article_groups, beads_of_all
from tasks.driver.catalogue import MatchedPair, PlacedArticle
from tasks.driver.clock import StageClock
from tasks.driver.documents import ShardResult, read_record
from tasks.driver.executors.stopping import stop_if_asked
from tasks.driver.machine import read_machine
from tasks.driver.revisions import glossary_revision, lexicon_revision
from tasks.driver.settings import Settings, settings_text
from tasks.driver.store import Key, Location, stage_key, thread_writer
from tasks.driver.versions import ALIGN, stage_version
from tasks.emit.jsonl import encode_line, encode_lines
from tasks.pair import conflicts

#: Pairs aligned in one call: what is set up for a call is then shared.
_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class PairTask:
    """A pair to align, and the key of the result."""

    pair: MatchedPair
    key: Key


@dataclass(frozen=True, slots=True)
class PairShard:
    """What a worker gets."""

    tasks: tuple[PairTask, ...]
    store: str
    run: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class PairRecord:
    """The stored result: the lines of ``alignments.jsonl``, and the line of ``pairs.jsonl`` up to
    the fields that pairing decides.
    """

    beads: bytes
    pair: bytes


def pair_keys(pairs: Iterable[MatchedPair], settings: Settings) -> Iterator[Key]:
    """The key of each pair's alignment: both articles, the aligner, its lexicon and settings."""
    others = (
        stage_version(ALIGN),
        settings_text(settings, "align", "check"),
        lexicon_revision(settings),
        glossary_revision(settings),
    )
    for pair in pairs:
        yield stage_key("align", pair.zh.digest, pair.en.digest, *others)


def process_pairs(shard: PairShard) -> ShardResult:
    """Align and check the pairs of a shard."""
    clock = StageClock()
    writer = thread_writer(shard.store, shard.run)
    entries: list[tuple[Key, Location]] = []
    for start in range(0, len(shard.tasks), _AT_ONCE):
        stop_if_asked()
        tasks = shard.tasks[start : start + _AT_ONCE]
        sides = [(_side(task.pair.zh), _side(task.pair.en)) for task in tasks]
        with clock.stage("align"):
            aligned = _aligned([task.pair for task in tasks], sides, shard.settings)
        with clock.stage("check"):
            records = _pair_records([task.pair for task in tasks], sides, aligned, shard.settings)
        for task, record in zip(tasks, records, strict=True):
            entries.append((task.key, writer.put(task.key, msgspec.msgpack.encode(record))))
    writer.sync()
    return ShardResult(tuple(entries), {"align": len(entries)} if entries else {}, clock.times())


def decode_pair(payload: bytes) -> PairRecord:
    """A stored result of a pair."""
    return msgspec.msgpack.decode(payload, type=PairRecord)


def finish_pair(prefix: bytes, how: PairHow, score: float) -> bytes:
    """A whole line of ``pairs.jsonl``."""
    return b'%b,"how":%b,"score":%b}\n' % (prefix, encode_line(how), encode_line(round(score, 4)))


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a pair: a stored article, and flags by sentence id when a machine made it."""

    article: Article
    flags: Mapping[str, tuple[Flag, ...]]


def _side(placed: PlacedArticle) -> _Side:
    if placed.machine:
        record = read_machine(placed.record)
        return _Side(record.article, record.flags)
    return _Side(read_record(placed.record).ingested.articles[placed.index], {})


def _aligned(
    pairs: Sequence[MatchedPair], sides: Sequence[tuple[_Side, _Side]], settings: Settings
) -> list[list[AlignedBead]]:
    """The beads of each pair; a machine translation is aligned by construction."""
    machine = [pair.how is PairHow.MACHINE for pair in pairs]
    documents = [
        DocumentPair(
            zh=[sentence.text for sentence in zh.article.sentences],
            en=[sentence.text for sentence in en.article.sentences],
            zh_groups=article_groups(zh.article),
            en_groups=article_groups(en.article),
        )
        for (zh, en), made in zip(sides, machine, strict=True)
        if not made
    ]
    found: Iterator[list[AlignedBead]] = iter(())
    if documents:
        from tasks.align import align_batch  # slow to load

        lexicon = load_lexicon(settings.models.lexicon_path)
        found = iter(align_batch(documents, lexicon=lexicon, config=settings.align))
    return [
        _one_to_one(len(zh.article.sentences)) if made else next(found)
        for (zh, _), made in zip(sides, machine, strict=True)
    ]


def _pair_records(
    pairs: Sequence[MatchedPair],
    sides: Sequence[tuple[_Side, _Side]],
    aligned: Sequence[Sequence[AlignedBead]],
    settings: Settings,
) -> list[PairRecord]:
    found = beads_of_all(
        [
            AlignedPair(pair.id, zh.article, en.article, beads, {**zh.flags, **en.flags})
            for pair, (zh, en), beads in zip(pairs, sides, aligned, strict=True)
        ],
        settings,
    )
    return [
        PairRecord(encode_lines(beads), _pair_line(pair, *both))
        for pair, both, beads in zip(pairs, sides, found, strict=True)
    ]


def _pair_line(pair: MatchedPair, zh: _Side, en: _Side) -> bytes:
    """The line of ``pairs.jsonl`` up to the fields that pairing decides."""
    line = encode_line(
        ArticlePair(
            pair.id,
            zh.article.id,
            en.article.id,
            zh.article.metadata,
            en.article.metadata,
            conflicts(zh.article.metadata, en.article.metadata),
            pair.how,
            pair.score,
        )
    )
    return line[: line.rindex(b',"how":')]


def _one_to_one(sentences: int) -> list[AlignedBead]:
    """The beads of a machine translation: aligned by construction."""
    return [AlignedBead((number,), (number,), 1.0) for number in range(sentences)]
