"""The per-pair stage as a shard runs it: align, check, and the lines that come of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from models.ids import make_id
from models.lexicon import load_lexicon
from models.records import Article, ArticlePair, Bead, Flag, PairHow
from tasks.align import AlignedBead, Group, align
from tasks.check import check
from tasks.driver.catalogue import MatchedPair, PlacedArticle
from tasks.driver.clock import StageClock
from tasks.driver.documents import ShardResult, read_record
from tasks.driver.machine import read_machine
from tasks.driver.revisions import glossary_of, glossary_revision, lexicon_revision
from tasks.driver.settings import Settings, settings_text
from tasks.driver.store import Key, Location, stage_key, thread_writer
from tasks.driver.versions import ALIGN, stage_version
from tasks.emit.jsonl import encode_line
from tasks.pair import conflicts


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


def pair_key(pair: MatchedPair, settings: Settings) -> Key:
    """The key of a pair's alignment: both articles, the aligner, its lexicon and settings."""
    return stage_key(
        "align",
        pair.zh.digest,
        pair.en.digest,
        stage_version(ALIGN),
        settings_text(settings, "align", "check"),
        lexicon_revision(settings),
        glossary_revision(settings),
    )


def process_pairs(shard: PairShard) -> ShardResult:
    """Align and check the pairs of a shard."""
    clock = StageClock()
    writer = thread_writer(shard.store, shard.run)
    entries: list[tuple[Key, Location]] = []
    for task in shard.tasks:
        record = _pair_record(task.pair, shard.settings, clock)
        entries.append((task.key, writer.put(task.key, msgspec.msgpack.encode(record))))
    writer.sync()
    return ShardResult(tuple(entries), {"align": len(entries)}, clock.times())


def decode_pair(payload: bytes) -> PairRecord:
    """A stored result of a pair."""
    return msgspec.msgpack.decode(payload, type=PairRecord)


def finish_pair(prefix: bytes, how: PairHow, score: float) -> bytes:
    """A whole line of ``pairs.jsonl``."""
    return b'%b,"how":%b,"score":%b}\n' % (prefix, encode_line(how), encode_line(round(score, 4)))


def _pair_record(pair: MatchedPair, settings: Settings, clock: StageClock) -> PairRecord:
    zh, zh_flags = _side(pair.zh)
    en, en_flags = _side(pair.en)
    with clock.stage("align"):
        if pair.how is PairHow.MACHINE:
            beads = _one_to_one(len(zh.sentences))
        else:
            beads = align(
                [sentence.text for sentence in zh.sentences],
                [sentence.text for sentence in en.sentences],
                lexicon=load_lexicon(settings.models.lexicon_path),
                settings=settings.align,
                zh_groups=_groups(zh),
                en_groups=_groups(en),
            )
    with clock.stage("check"):
        lines = [
            encode_line(bead) + b"\n"
            for bead in _beads(pair.id, zh, en, beads, {**zh_flags, **en_flags}, settings)
        ]
    line = encode_line(
        ArticlePair(
            pair.id,
            zh.id,
            en.id,
            zh.metadata,
            en.metadata,
            conflicts(zh.metadata, en.metadata),
            pair.how,
            pair.score,
        )
    )
    return PairRecord(b"".join(lines), line[: line.rindex(b',"how":')])


def _side(article: PlacedArticle) -> tuple[Article, dict[str, tuple[Flag, ...]]]:
    """A stored article, and flags by sentence id when a machine made it."""
    if article.machine:
        record = read_machine(article.record)
        return record.article, record.flags
    return read_record(article.record).ingested.articles[article.index], {}


def _groups(article: Article) -> list[Group]:
    """Which block each sentence stands in."""
    number = {block.id: (n, block.kind) for n, block in enumerate(article.blocks)}
    return [Group(*number[sentence.block]) for sentence in article.sentences]


def _one_to_one(sentences: int) -> list[AlignedBead]:
    """The beads of a machine translation: aligned by construction."""
    return [AlignedBead((number,), (number,), 1.0) for number in range(sentences)]


def _beads(
    pair_id: str,
    zh: Article,
    en: Article,
    beads: Sequence[AlignedBead],
    sentence_flags: Mapping[str, tuple[Flag, ...]],
    settings: Settings,
) -> Iterator[Bead]:
    glossary = glossary_of(settings.translate)
    seen: set[tuple[str, str]] = set()
    for bead in beads:
        # A sentence without text is one whose translation failed: it is no part of a bead.
        zh_side = [s for n in bead.zh if (s := zh.sentences[n]).text]
        en_side = [s for n in bead.en if (s := en.sentences[n]).text]
        zh_ids, en_ids = tuple(s.id for s in zh_side), tuple(s.id for s in en_side)
        zh_text = "".join(s.text for s in zh_side)
        en_text = " ".join(s.text for s in en_side)
        flags = [*bead.flags]
        for article, numbers in ((zh, bead.zh), (en, bead.en)):
            for number in numbers:
                flags += sentence_flags.get(article.sentences[number].id, ())
        found = check(zh_text, en_text, glossary=glossary, settings=settings.check)
        texts = (zh_text, en_text)
        if zh_text and en_text and texts in seen:
            flags.append(Flag.DUPLICATE)
        seen.add(texts)
        all_flags = dict.fromkeys((*found.flags, *flags))
        yield Bead(
            id=make_id("bead", pair_id, *zh_ids, "|", *en_ids),
            pair=pair_id,
            zh=zh_ids,
            en=en_ids,
            zh_text=zh_text,
            en_text=en_text,
            score=bead.score,
            parts=bead.parts,
            checks=replace(found, flags=tuple(sorted(all_flags))),
            zh_origin=zh.origin,
            en_origin=en.origin,
        )
