"""How well messy pages are read: what is kept, what goes, and what is known about them.

Figures over a set of gold pages (:mod:`tasks.evaluate.page_gold`), all shares from 0 to 1:

- ``sentence_recall``: sentences of the gold that stand whole and as they must read in an article
- ``scraps_removed``: lines and insertions that must go and of which no character is in an article
- ``removal_precision``: of the characters that left the body, those that had to
- ``metadata_right``: values of the gold that were found, each field and each person counted
- ``metadata_precision``: of the values that were found, those that the gold has or allows
- ``block_language``: kept sentences that stand in an article of their own language
- ``boundary_f1``: ends of sentences, F1 over gold ends and ends found in what is kept
- ``bilingual_split``: bilingual pages that became two articles, each sentence in its half
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from models.records import Document, Ingested, Lang, Metadata, Quarantine, SourceFile
from tasks.evaluate.page_gold import Fate, GoldPage, held_out, language_of, read_pages
from tasks.evaluate.page_marks import MarkedPage, mark
from tasks.ingest import account, ingest
from tasks.read import read, scan
from tasks.read.settings import ReadSettings

_TIMES = ("published ", "updated ")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u00ad\ufeff\u2060"))


@dataclass(frozen=True, slots=True)
class PageCounts:
    """What was counted on a page, or on several."""

    sentences: int = 0
    sentences_kept: int = 0
    scraps: int = 0
    scraps_removed: int = 0
    removed_rightly: int = 0  # characters
    removed_wrongly: int = 0  # characters
    facts: int = 0
    facts_right: int = 0
    facts_found: int = 0
    facts_invented: int = 0
    placed: int = 0  # kept sentences that stand in an article
    placed_right: int = 0
    ends: int = 0
    ends_found: int = 0
    ends_right: int = 0
    bilingual: int = 0
    bilingual_right: int = 0
    misses: tuple[str, ...] = field(default=(), compare=False)

    def __add__(self, other: "PageCounts") -> "PageCounts":
        return PageCounts(*(getattr(self, n) + getattr(other, n) for n in self.__slots__))


@dataclass(frozen=True, slots=True)
class PageScores:
    """The figures of a set of pages; see the module for what they say."""

    pages: int
    sentences: int
    sentence_recall: float
    scraps_removed: float
    removal_precision: float
    metadata_right: float
    metadata_precision: float
    block_language: float
    boundary_f1: float
    bilingual_split: float


#: The names of the shares, in the order of the module's list.
PAGE_FIGURES = tuple(f.name for f in fields(PageScores) if f.name not in ("pages", "sentences"))


def gold_digest(folder: Path) -> str:
    """A SHA-256 over the pages of a folder and their gold."""
    digest = sha256()
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.suffix in (".txt", ".html", ".gold"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def format_scores(rows: Mapping[str, PageScores]) -> str:
    """A table with a row a set of pages."""
    lines = ["\t".join(["set", *(f.name for f in fields(PageScores))])]
    for name, row in rows.items():
        cells = [f"{v:.4f}" if isinstance(v, float) else str(v) for v in asdict(row).values()]
        lines.append("\t".join([name, *cells]))
    return "\n".join(lines)


def evaluate_pages(folder: Path, *, held: bool | None = None) -> dict[str, PageCounts]:
    """Count every page of a folder; ``held`` takes one half only.

    Raises ValueError when a gold file cannot be read, LedgerError when characters are in no place.
    """
    pages = [p for p in read_pages(folder) if held is None or held_out(p.name) is held]
    return {page.name: count_page(page) for page in pages}


def scores(counts: Iterable[PageCounts]) -> PageScores:
    """The figures of some pages together. A share of nothing is 1."""
    rows = list(counts)
    total = sum(rows, PageCounts())
    return PageScores(
        pages=len(rows),
        sentences=total.sentences,
        sentence_recall=_share(total.sentences_kept, total.sentences),
        scraps_removed=_share(total.scraps_removed, total.scraps),
        removal_precision=_share(
            total.removed_rightly, total.removed_rightly + total.removed_wrongly
        ),
        metadata_right=_share(total.facts_right, total.facts),
        metadata_precision=_share(total.facts_found - total.facts_invented, total.facts_found),
        block_language=_share(total.placed_right, total.placed),
        boundary_f1=_share(2 * total.ends_right, total.ends + total.ends_found),
        bilingual_split=_share(total.bilingual_right, total.bilingual),
    )


def count_page(page: GoldPage) -> PageCounts:
    """Send one page through the stages and count what came of it."""
    document = document_of(page)
    if isinstance(document, Quarantine):
        raise ValueError(f"{page.name}: {document.detail}")
    ingested = ingest(document)
    account(document, ingested)
    return _count(page, mark(page, document), document, ingested)


def document_of(page: GoldPage) -> Document | Quarantine:
    """The document of a page: read like any other file, or made of the text of its gold."""
    if not page.html:
        size = len(page.text.encode())
        return Document(SourceFile(page.name, "", size, "txt"), page.text)
    settings = ReadSettings()
    (unit,) = scan([page.path], settings)
    return unit if isinstance(unit, Quarantine) else read(unit, settings)


def metadata_values(ingested: Ingested) -> frozenset[str]:
    """The metadata of a page's articles as lines ``field value``, as the gold has them."""
    out: set[str] = set()
    for article in ingested.articles:
        out.update(fact_lines(article.metadata))
        if article.title is not None and not article.title_derived:
            out.add(f"title {article.title}")
    return frozenset(out)


def fact_lines(metadata: Metadata) -> list[str]:
    """The values of some metadata as lines ``field value``."""
    single = (
        ("published", metadata.published),
        ("updated", metadata.updated),
        ("outlet", metadata.outlet),
        ("url", metadata.url),
        ("summary", metadata.summary),
        ("original", metadata.original_title),
    )
    out = [f"{name} {fact.value}" for name, fact in single if fact is not None]
    out += [f"author {fact.value.name}/{fact.value.role}" for fact in metadata.authors]
    out += [f"counter {fact.value.name} {fact.value.count}" for fact in metadata.counters]
    return out + [f"note {fact.value}" for fact in metadata.notes]


def _count(page: GoldPage, gold: MarkedPage, document: Document, ingested: Ingested) -> PageCounts:
    text = document.text
    owner = _owners(len(text), ingested)
    misses: list[str] = []
    bodies = [_bare("".join(b.text for b in article.blocks)) for article in ingested.articles]
    kept = placed = placed_right = 0
    for sentence in gold.sentences:
        owners = {owner[spot] for spot in sentence.places} or {None}
        whole = None not in owners
        if whole and any(_bare(sentence.text) in body for body in bodies):
            kept += 1
        else:
            misses.append(f"{'changed' if whole else 'lost'}: {sentence.text}")
        if whole:
            langs = {ingested.articles[index].lang for index in owners if index is not None}
            placed += 1
            placed_right += langs == {_home(page, sentence.lang)}
            if langs != {_home(page, sentence.lang)}:
                misses.append(f"in the wrong article: {sentence.text}")
    left = [scrap for scrap, places in gold.scraps if any(owner[p] is not None for p in places)]
    misses += [f"left in the body: {scrap}" for scrap in left]
    gone = [at for at in range(len(text)) if owner[at] is None and not text[at].isspace()]
    wrongly = sum(gold.fates[at] is Fate.KEPT for at in gone) + gold.lost
    rightly = sum(gold.fates[at] is Fate.GONE for at in gone) + gold.left_out
    wanted = {s.places[-1] for s in gold.sentences if s.places}
    ends = _ends(text, gold, ingested)
    misses += [f"cut at: {_around(text, at)}" for at in sorted(ends - wanted)]
    misses += [f"not cut at: {_around(text, at)}" for at in sorted(wanted - ends)]
    facts = _expected(page)
    found = metadata_values(ingested)
    invented = found - facts - set(page.allowed)
    right_facts = _found(facts, page.allowed, found)
    misses += [f"metadata missing: {fact}" for fact in sorted(facts - right_facts)]
    misses += [f"metadata invented: {fact}" for fact in sorted(invented)]
    bilingual = len(page.langs) == 2
    right = {article.lang for article in ingested.articles} == set(page.langs)
    if not right:
        misses.append(f"articles: {[str(article.lang) for article in ingested.articles]}")
    return PageCounts(
        sentences=len(gold.sentences),
        sentences_kept=kept,
        scraps=len(gold.scraps),
        scraps_removed=len(gold.scraps) - len(left),
        removed_rightly=rightly,
        removed_wrongly=wrongly,
        facts=len(facts),
        facts_right=len(right_facts),
        facts_found=len(found),
        facts_invented=len(invented),
        placed=placed,
        placed_right=placed_right,
        ends=len(wanted),
        ends_found=len(ends),
        ends_right=len(ends & wanted),
        bilingual=int(bilingual),
        bilingual_right=int(bilingual and right and placed_right == placed),
        misses=tuple(misses),
    )


def _owners(size: int, ingested: Ingested) -> list[int | None]:
    """The article that each character stands in; None where it is in none."""
    owner: list[int | None] = [None] * size
    for index, article in enumerate(ingested.articles):
        for block in article.blocks:
            for start, end in (*block.pieces, *block.label_pieces):
                owner[start:end] = [index] * (end - start)
    return owner


def _ends(text: str, gold: MarkedPage, ingested: Ingested) -> set[int]:
    """Where the found sentences end, in characters that the gold keeps."""
    out: set[int] = set()
    for article in ingested.articles:
        for sentence in article.sentences:
            spots = [
                at
                for start, end in sentence.pieces
                for at in range(start, end)
                if not text[at].isspace() and gold.fates[at] is not Fate.ANY
            ]
            if spots and gold.fates[spots[-1]] is Fate.KEPT:
                out.add(spots[-1])
    return out


def _expected(page: GoldPage) -> set[str]:
    titles: list[str] = []
    for line in page.lines:
        if line.mark != "T":
            continue
        sentences = ["".join(part.after for part in sentence) for sentence in line.sentences]
        for _, of_one in groupby(filter(str.strip, sentences), key=language_of):
            titles.append(" ".join("".join(of_one).split()))
    return {*page.metadata, *(f"title {title}" for title in titles if title)}


def _found(facts: set[str], allowed: Iterable[str], found: frozenset[str]) -> set[str]:
    """The facts that were found: as they stand, or a time more exactly, if the gold allows that."""
    fuller = [fact for fact in found.intersection(allowed) if fact.startswith(_TIMES)]
    return {fact for fact in facts if fact in found or any(f.startswith(fact) for f in fuller)}


def _home(page: GoldPage, lang: Lang) -> Lang:
    """The language of the article that a sentence belongs to: its own, or the page's only one."""
    return lang if lang in page.langs else page.langs[0]


def _bare(text: str) -> str:
    return "".join(text.translate(_INVISIBLE).split())


def _around(text: str, at: int) -> str:
    return f"{text[max(0, at - 20) : at + 1]}|{text[at + 1 : at + 12]}".replace("\n", "⏎")


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
