"""The corpus folder from the catalogue and the work store: shared out in parts, then put together.

The order of the parts is that of the files they make up, so the bytes are the same however many
parts there are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, groupby
from pathlib import Path

from models.records import Lang, Quarantine, RemovalReason, Unpaired
from tasks.driver.catalogue import Catalogue, CataloguedUnit, MatchedPair, PlacedArticle
from tasks.driver.executors import shards
from tasks.driver.parts import ArticlePart, DocumentPart, PlacedDocument
from tasks.driver.plan import Plan
from tasks.driver.store import Key, Location, WorkStore, stage_key
from tasks.emit.corpus import QUARANTINE
from tasks.emit.jsonl import encode_line, write_lines
from tasks.emit.tally import Count
from tasks.ingest import Ledger

PARTS = "parts"
EXTRACTED = "extracted"


@dataclass(frozen=True, slots=True)
class Item:
    """A pair with the place of its alignment, or an article without counterpart. ``key`` covers
    everything that its bytes in the corpus depend on, but the code and settings of the emission.
    """

    key: Key
    pair: tuple[MatchedPair, Location] | None = None
    alone: tuple[PlacedArticle, Unpaired] | None = None


def items_of(
    catalogue: Catalogue, align_keys: Mapping[str, Key], store: WorkStore
) -> Iterator[Item]:
    """The items of a corpus in the order of its files; ``align_keys`` has the key of the alignment
    of every pair.
    """
    for pair in catalogue.pairs:
        align_key = align_keys[pair.id]
        how = encode_line([pair.id, pair.how, round(pair.score, 4)])
        key = stage_key("pair", how, align_key, *_content(pair.zh), *_content(pair.en))
        yield Item(key, pair=(pair, store.locate(align_key)))
    for lang in Lang:
        for article, why in catalogue.unpaired:
            if article.lang is lang:
                key = stage_key("alone", encode_line(why), *_content(article))
                yield Item(key, alone=(article, why))


def _content(article: PlacedArticle) -> tuple[bytes, ...]:
    """What stands in an article's line, and what was removed from its document."""
    index = str(article.index).encode()
    return article.digest, article.lines_key, index, encode_line(article.source)


def documents_of(catalogue: Catalogue, store: WorkStore) -> list[PlacedDocument]:
    """All documents of a corpus, in the order of paths."""
    return [_placed(unit, store) for unit in catalogue.units]


def parts_of(
    folder: Path,
    items: Iterable[Item],
    documents: Iterable[PlacedDocument],
    plan: Plan,
    workers: int,
) -> list[ArticlePart | DocumentPart]:
    """Items and documents of a corpus that is built in ``folder``, in their order and shared out in
    parts for so many workers.
    """
    settings = plan.settings.emit
    names = (str(folder / PARTS / f"{number:06d}") for number in count())
    # Pairs, Chinese and English articles by themselves.
    parts: list[ArticlePart | DocumentPart] = [
        ArticlePart(
            next(names),
            tuple(item.pair for item in part if item.pair),
            tuple(item.alone for item in part if item.alone),
            settings,
        )
        for _, kind in groupby(items, lambda item: item.alone and item.alone[0].lang)
        for part in shards(list(kind), plan.shard_size, workers)
    ]
    extracted = str(folder / EXTRACTED)
    runs = shards(list(documents), plan.shard_size, workers)
    return [*parts, *(DocumentPart(next(names), run, extracted) for run in runs)]


def _placed(unit: CataloguedUnit, store: WorkStore) -> PlacedDocument:
    entry, source = unit.entry, unit.source
    if unit.copy_of is not None:
        key = stage_key("copy", encode_line([source, entry.length, unit.copy_of]))
        return PlacedDocument(key, source, entry.length, copy_of=unit.copy_of)
    place = encode_line([unit.unit.path, unit.unit.record])
    key = stage_key("document", place, unit.keys.ingest, unit.keys.lines)
    if not entry.articles:
        return PlacedDocument(key, source, entry.length)
    return PlacedDocument(
        key,
        source,
        entry.length,
        store.locate(unit.keys.lines) if entry.removed else None,
        store.locate(unit.keys.ingest) if entry.extracted else None,
    )


def write_quarantine(folder: Path, catalogue: Catalogue, refused: tuple[Quarantine, ...]) -> None:
    """Write ``quarantine.jsonl``; ``refused`` are inputs that the scan could not use."""
    quarantine = [*refused, *(u.quarantine for u in catalogue.units if u.quarantine)]
    quarantine.sort(key=lambda q: (q.source, q.record or 0, q.reason))
    write_lines(folder / QUARANTINE, quarantine)


def count_documents(catalogue: Catalogue, refused: tuple[Quarantine, ...]) -> Counter[Count]:
    """What was removed and what is in quarantine, by reason, and the number of copies."""
    counts: Counter[Count] = Counter(("quarantined", str(q.reason)) for q in refused)
    for unit in catalogue.units:
        if unit.copy_of is not None:
            counts["duplicates", ""] += 1
            counts["removed", RemovalReason.DUPLICATE] += 1
        elif unit.entry.articles:
            for reason, number in unit.entry.removed.items():
                counts["removed", reason] += number
        if unit.quarantine is not None:
            counts["quarantined", unit.quarantine.reason] += 1
    return counts


def total_ledger(catalogue: Catalogue) -> Ledger:
    """The ledgers of all documents in one; a copy's text counts as removed."""
    total = Ledger()
    for unit in catalogue.units:
        ledger = unit.entry.ledger
        if unit.copy_of is not None:
            ledger = Ledger(ledger.total, removed=ledger.total)
        total += ledger
    return total
