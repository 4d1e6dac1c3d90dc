"""What a corpus folder is put together from: what is new is made, the rest taken over."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from tasks.driver.clock import StageTimes
from tasks.driver.emission import EXTRACTED, Item, parts_of
from tasks.driver.executors import Executor
from tasks.driver.former import Contents, Former, taken_over
from tasks.driver.parts import (
    EXPORTS,
    FILES,
    SECTIONS,
    ArticlePart,
    DocumentPart,
    ItemNote,
    PlacedDocument,
    make_part,
)
from tasks.driver.plan import Plan
from tasks.driver.sources import Source, runs_of, source_of, stretches
from tasks.emit.corpus import REMOVED
from tasks.emit.exports import head_sizes
from tasks.emit.joining import Stretch
from tasks.emit.tally import Count, FreeKey

_DECODER = msgspec.msgpack.Decoder(ItemNote)


@dataclass(slots=True)
class Material:
    """What a corpus folder is put together from.

    ``notes`` are those of the items, ``removed`` the bytes of each document in ``removed.jsonl``;
    ``stretches`` has what each file takes from where, ``markups`` the same of each section of the
    report. ``links`` are files of the former corpus that are files of the new one, ``published``
    its other files that something is taken from, each with its SHA-256.
    """

    notes: list[bytes] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    stretches: dict[str, tuple[Stretch, ...]] = field(default_factory=dict)
    markups: list[Stretch] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    published: dict[Path, str] = field(default_factory=dict)

    def counted(self) -> tuple[Counter[Count], set[FreeKey]]:
        """The counts of all items, and the free keys that they have."""
        counts: Counter[Count] = Counter()
        free_keys: set[FreeKey] = set()
        for note in map(_DECODER.decode, self.notes):
            free_keys.update(note.free_keys)
            for name, key, count in note.counts:
                counts[name, key] += count
        return counts, free_keys


def gather(
    folder: Path,
    plan: Plan,
    items: Sequence[Item],
    documents: Sequence[PlacedDocument],
    former: Former | None,
    executor: Executor,
) -> tuple[Material, StageTimes]:
    """Make what the former corpus does not have, in parts below ``folder``; all that the new one is
    put together from, and the cost.
    """
    old = former.contents if former else Contents(b"")
    item_places = taken_over([item.key for item in items], old.items)
    document_places = taken_over([document.key for document in documents], old.documents)
    new_items = [item for item, at in zip(items, item_places, strict=True) if at < 0]
    new_documents = [one for one, at in zip(documents, document_places, strict=True) if at < 0]
    parts = parts_of(folder, new_items, new_documents, plan, executor.workers)
    made = _make(parts, executor)
    material = Material()
    _add_items(material, item_places, made, old, plan.out)
    _add_documents(material, document_places, made, old, plan.out)
    if former is not None:
        used = {stretch.path for found in material.stretches.values() for stretch in found}
        used.update(markup.path for markup in material.markups)
        published = ((former.folder / name, digest) for name, digest in former.digests.items())
        material.published = {path: digest for path, digest in published if path in used}
        for document, at in zip(documents, document_places, strict=True):
            if at >= 0 and document.extracted is not None:
                name = f"{EXTRACTED}/{document.file_name}"
                material.links[name] = former.digests.get(name, "")
    return material, made.times


@dataclass(slots=True)
class _Made:
    """What was made anew, in the order of the corpus: notes and bytes removed, and where each item
    and document lies.
    """

    notes: list[bytes] = field(default_factory=list)
    items: list[tuple[Source, int]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    documents: list[tuple[Source, int]] = field(default_factory=list)
    times: StageTimes = field(default_factory=StageTimes)


def _make(parts: Sequence[ArticlePart | DocumentPart], executor: Executor) -> _Made:
    made = _Made()
    for part, result in zip(parts, executor.map(make_part, parts, "emit"), strict=True):
        folder = Path(part.folder)
        items = _item_source(folder, result.notes)
        made.items += [(items, number) for number in range(len(result.notes))]
        made.notes += result.notes
        documents = _document_source(folder, result.removed)
        made.documents += [(documents, number) for number in range(len(result.removed))]
        made.removed += result.removed
        made.times += result.times
    return made


def _add_items(
    material: Material, places: Sequence[int], made: _Made, old: Contents, out: Path
) -> None:
    source = _item_source(out, old.notes, head_sizes())
    pages = {page: out / page for page, _ in old.places}
    fresh = iter(zip(made.notes, made.items, strict=True))
    chosen: list[tuple[Source, int]] = []
    for at in places:
        if at < 0:
            note, (part, number) = next(fresh)
            markup = part.stretch(SECTIONS, number, number + 1)
            chosen.append((part, number))
        else:
            note = old.notes[at]
            page, start = old.places[at]
            markup = Stretch(pages[page], start, source.size(SECTIONS, at))
            chosen.append((source, at))
        material.notes.append(note)
        material.markups.append(markup)
    runs = list(runs_of(chosen))
    material.stretches = {name: stretches(name, runs) for name in FILES if name != SECTIONS}


def _add_documents(
    material: Material, places: Sequence[int], made: _Made, old: Contents, out: Path
) -> None:
    source = _document_source(out, old.removed)
    fresh = iter(zip(made.removed, made.documents, strict=True))
    chosen: list[tuple[Source, int]] = []
    for at in places:
        size, place = next(fresh) if at < 0 else (old.removed[at], (source, at))
        material.removed.append(size)
        chosen.append(place)
    material.stretches[REMOVED] = stretches(REMOVED, list(runs_of(chosen)))


def _item_source(
    folder: Path, notes: Sequence[bytes], heads: Mapping[str, int] | None = None
) -> Source:
    sizes = (note.sizes for note in map(_DECODER.decode, notes))
    starts = {f"{EXPORTS}/{name}": size for name, size in (heads or {}).items()}
    return source_of(folder, FILES, sizes, starts)


def _document_source(folder: Path, removed: Sequence[int]) -> Source:
    return source_of(folder, (REMOVED,), ((size,) for size in removed))
