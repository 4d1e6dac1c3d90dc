"""Writing the line files of the corpus from the catalogue and the work store.

Most bytes were made by the workers; here they are joined with what depends on the place of a
document and on its neighbours, and counted.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from models.records import Lang, Quarantine, RemovalReason, RemovedLine, Unpaired
from tasks.driver.catalogue import Catalogue, MatchedPair, PlacedArticle
from tasks.driver.documents import (
    decode_lines,
    finish_article,
    finish_removed,
    read_record,
)
from tasks.driver.pairs import PairRecord, decode_pair, finish_pair
from tasks.driver.store import Key, WorkStore, read_payload
from tasks.emit.corpus import ALIGNMENTS, ARTICLES, PAIRS, QUARANTINE, REMOVED
from tasks.emit.jsonl import encode_line, write_lines, write_raw
from tasks.ingest import Ledger


def write_line_files(
    folder: Path,
    catalogue: Catalogue,
    align_keys: Mapping[str, Key],
    refused: tuple[Quarantine, ...],
    store: WorkStore,
) -> None:
    """Write the ``.jsonl`` files and ``extracted/`` of a corpus into an empty folder.

    ``align_keys`` gives the key of the alignment of every pair; ``refused`` are inputs that the
    scan could not use.
    """
    for lang, name in ARTICLES.items():
        write_raw(folder / name, _article_lines(lang, catalogue))

    def records() -> Iterator[tuple[MatchedPair, PairRecord]]:
        for pair in catalogue.pairs:
            yield pair, decode_pair(store.get(align_keys[pair.id]))

    write_raw(folder / PAIRS, (finish_pair(r.pair, p.how, p.score) for p, r in records()))
    write_raw(folder / ALIGNMENTS, (record.beads for _, record in records()))
    write_raw(folder / REMOVED, _removed_lines(catalogue, store))
    quarantine = [*refused, *(u.quarantine for u in catalogue.units if u.quarantine)]
    quarantine.sort(key=lambda q: (q.source, q.record or 0, q.reason))
    write_lines(folder / QUARANTINE, quarantine)
    _write_extracted(folder / "extracted", catalogue, store)


def _article_lines(lang: Lang, catalogue: Catalogue) -> Iterator[bytes]:
    for pair in catalogue.pairs:
        side = pair.zh if lang is Lang.ZH else pair.en
        yield _article_line(side, pair.id, None)
    for article, why in catalogue.unpaired:
        if article.lang is lang:
            yield _article_line(article, None, why)


def _article_line(article: PlacedArticle, pair: str | None, why: Unpaired | None) -> bytes:
    lines = decode_lines(read_payload(article.lines))
    return finish_article(lines.articles[article.index], article.source, pair, why)


def _removed_lines(catalogue: Catalogue, store: WorkStore) -> Iterator[bytes]:
    for unit in catalogue.units:
        if unit.copy_of is not None:
            # The text stands in the corpus once already, under the source that the rule names.
            line = RemovedLine(
                unit.unit.path,
                unit.unit.record,
                None,
                ((0, unit.entry.length),),
                "",
                RemovalReason.DUPLICATE,
                f"same text as {unit.copy_of}",
            )
            yield encode_line(line) + b"\n"
        elif unit.entry.removed and unit.entry.articles:
            lines = decode_lines(store.get(unit.keys.lines))
            source = unit.source
            yield b"".join(finish_removed(suffix, source) for suffix in lines.removed)


def _write_extracted(folder: Path, catalogue: Catalogue, store: WorkStore) -> None:
    """The text of extracted documents, named by the digest that ``source.sha256`` gives."""
    for unit in catalogue.units:
        if unit.entry.extracted and unit.copy_of is None and unit.entry.articles:
            text = read_record(store.locate(unit.keys.ingest)).extracted
            folder.mkdir(exist_ok=True)
            data = (text or "").encode("utf-8", "replace")
            (folder / f"{unit.unit.sha256[:16]}.txt").write_bytes(data)


def total_ledger(catalogue: Catalogue) -> Ledger:
    """The ledgers of all documents in one; a copy's text counts as removed."""
    total = Ledger()
    for unit in catalogue.units:
        ledger = unit.entry.ledger
        if unit.copy_of is not None:
            ledger = Ledger(ledger.total, removed=ledger.total)
        total += ledger
    return total
