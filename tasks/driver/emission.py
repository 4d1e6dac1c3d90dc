"""The corpus folder from the catalogue and the work store: shared out in parts, then put together.

The order of the parts is that of the files they make up, so the bytes are the same however many
parts there are.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TypeVar

from models.manifest import Summary
from models.records import Lang, Quarantine, RemovalReason
from tasks.driver.catalogue import Catalogue, CataloguedUnit
from tasks.driver.executors import shards
from tasks.driver.parts import ArticlePart, DocumentPart, PlacedDocument
from tasks.driver.plan import Plan
from tasks.driver.store import Key, WorkStore
from tasks.emit.corpus import QUARANTINE
from tasks.emit.jsonl import write_lines
from tasks.ingest import Ledger

T = TypeVar("T")

PARTS = "parts"
EXTRACTED = "extracted"


def parts_of(
    folder: Path,
    catalogue: Catalogue,
    align_keys: Mapping[str, Key],
    store: WorkStore,
    plan: Plan,
    workers: int,
) -> list[ArticlePart | DocumentPart]:
    """The parts of a corpus folder that is built in ``folder``.

    ``align_keys`` gives the key of the alignment of every pair; ``workers`` will share the parts.
    """
    settings = plan.settings.emit
    names = (str(folder / PARTS / f"{number:06d}") for number in count())
    out: list[ArticlePart | DocumentPart] = []
    for first, pairs in _numbered(shards(catalogue.pairs, plan.shard_size, workers)):
        placed = tuple((pair, store.locate(align_keys[pair.id])) for pair in pairs)
        out.append(ArticlePart(next(names), placed, (), first, settings))
    number = 1
    for lang in Lang:
        alone = [item for item in catalogue.unpaired if item[0].lang is lang]
        for first, items in _numbered(shards(alone, plan.shard_size, workers), number):
            out.append(ArticlePart(next(names), (), items, first, settings))
        number += len(alone)
    documents = [_placed(unit, store) for unit in catalogue.units]
    extracted = str(folder / EXTRACTED)
    runs = shards(documents, plan.shard_size, workers)
    return [*out, *(DocumentPart(next(names), run, extracted) for run in runs)]


def _numbered(
    runs: Sequence[tuple[T, ...]], number: int = 1
) -> Iterator[tuple[int, tuple[T, ...]]]:
    """Runs of items with the number of their first item."""
    for run in runs:
        yield number, run
        number += len(run)


def _placed(unit: CataloguedUnit, store: WorkStore) -> PlacedDocument:
    entry = unit.entry
    if unit.copy_of is not None:
        return PlacedDocument(unit.source, entry.length, copy_of=unit.copy_of)
    if not entry.articles:
        return PlacedDocument(unit.source, entry.length)
    return PlacedDocument(
        unit.source,
        entry.length,
        store.locate(unit.keys.lines) if entry.removed else None,
        store.locate(unit.keys.ingest) if entry.extracted else None,
    )


def write_quarantine(folder: Path, catalogue: Catalogue, refused: tuple[Quarantine, ...]) -> None:
    """Write ``quarantine.jsonl``; ``refused`` are inputs that the scan could not use."""
    quarantine = [*refused, *(u.quarantine for u in catalogue.units if u.quarantine)]
    quarantine.sort(key=lambda q: (q.source, q.record or 0, q.reason))
    write_lines(folder / QUARANTINE, quarantine)


def count_documents(catalogue: Catalogue, refused: tuple[Quarantine, ...]) -> Summary:
    """What was removed and what is in quarantine, by reason, and the number of copies."""
    removed: Counter[str] = Counter()
    quarantined = Counter(str(q.reason) for q in refused)
    copies = 0
    for unit in catalogue.units:
        if unit.copy_of is not None:
            copies += 1
            removed[RemovalReason.DUPLICATE] += 1
        elif unit.entry.articles:
            removed.update(unit.entry.removed)
        if unit.quarantine is not None:
            quarantined[unit.quarantine.reason] += 1
    return Summary(duplicates=copies, removed=removed, quarantined=quarantined)


def total_ledger(catalogue: Catalogue) -> Ledger:
    """The ledgers of all documents in one; a copy's text counts as removed."""
    total = Ledger()
    for unit in catalogue.units:
        ledger = unit.entry.ledger
        if unit.copy_of is not None:
            ledger = Ledger(ledger.total, removed=ledger.total)
        total += ledger
    return total
