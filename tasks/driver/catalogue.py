"""The catalogue of a run: which articles there are, which are copies, who pairs with whom.

These are the global steps of the way; they work on small entries, never on text.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.ids import make_id
from models.records import Lang, PairHow, Quarantine, Script, SourceFile, Unpaired
from tasks.driver.documents import UnitEntry, UnitKeys
from tasks.driver.store import Key, Location, WorkStore
from tasks.pair import KnownPairs, PairSettings, SignedArticle, pair
from tasks.read import InputUnit


@dataclass(frozen=True, slots=True)
class CataloguedUnit:
    """A document of the run with its entry and the keys of its results."""

    unit: InputUnit
    keys: UnitKeys
    entry: UnitEntry
    copy_of: str | None = None

    @property
    def source(self) -> SourceFile:
        """The source record with the place of this unit."""
        return replace(self.entry.source, path=self.unit.path, record=self.unit.record)

    @property
    def quarantine(self) -> Quarantine | None:
        """The quarantine record with the place of this unit."""
        found = self.entry.quarantine
        if found is None:
            return None
        return replace(found, source=self.unit.path, record=self.unit.record)


@dataclass(frozen=True, slots=True)
class PlacedArticle:
    """An article of the run: what it is, where its stored results lie, which document it is of.

    ``index`` says which article of the stored records it is. ``digest`` covers all of its content
    but its words and what was removed around it, ``lines_key`` those.
    """

    id: str
    lang: Lang
    script: Script | None
    sentences: int
    digest: bytes
    record: Location
    lines: Location
    lines_key: Key
    index: int
    source: SourceFile
    place: int  # in the order of paths
    machine: bool = False


@dataclass(frozen=True, slots=True)
class MatchedPair:
    """Two articles of the run that are a pair."""

    id: str
    zh: PlacedArticle
    en: PlacedArticle
    how: PairHow
    score: float

    @property
    def place(self) -> tuple[int, int]:
        """Where the pair stands in the corpus: at its first article in the order of paths."""
        first, second = sorted((self.zh.place, self.en.place))
        return first, second


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the emission walks through, in the order of the output files."""

    units: tuple[CataloguedUnit, ...]
    pairs: tuple[MatchedPair, ...]
    unpaired: tuple[tuple[PlacedArticle, Unpaired], ...]
    notes: tuple[str, ...] = ()  # known pairs that could not be taken, a line each

    def copies(self) -> Iterator[CataloguedUnit]:
        """The documents that are copies of an earlier one."""
        return (unit for unit in self.units if unit.copy_of is not None)


def mark_copies(units: Iterable[CataloguedUnit]) -> tuple[CataloguedUnit, ...]:
    """Documents whose articles all stand in one earlier document are marked as its copies.

    The first in path order is kept. What counts is the text of the blocks, so a copy in another
    encoding or with other line ends is found too.
    """
    first: dict[tuple[str, ...], str] = {}
    out = []
    for unit in units:
        content = tuple(article.content for article in unit.entry.articles)
        if content:
            name = _name(unit.unit)
            kept = first.setdefault(content, name)
            if kept != name:
                unit = replace(unit, copy_of=kept)
        out.append(unit)
    return tuple(out)


def catalogue(
    units: Sequence[CataloguedUnit], known: KnownPairs, settings: PairSettings, store: WorkStore
) -> Catalogue:
    """Pair the articles of all units that are no copies."""
    placed: dict[str, PlacedArticle] = {}
    signed: list[SignedArticle] = []
    for unit in units:
        if unit.copy_of is not None:
            continue
        articles = unit.entry.articles
        for index, article in enumerate(articles):
            placed[article.id] = PlacedArticle(
                article.id,
                article.lang,
                article.script,
                article.sentences,
                article.digest,
                store.locate(unit.keys.ingest),
                store.locate(unit.keys.lines),
                unit.keys.lines,
                index,
                unit.source,
                len(placed),
            )
            partner = articles[1 - index].id if len(articles) == 2 else None
            signed.append(
                SignedArticle(
                    article.id,
                    article.lang,
                    unit.unit.path,
                    unit.unit.record,
                    partner,
                    article.signature,
                )
            )
    result = pair(signed, known, settings)
    pairs = [
        MatchedPair(
            make_id("pair", match.zh, match.en),
            placed[match.zh],
            placed[match.en],
            match.how,
            match.score,
        )
        for match in result.pairs
    ]
    pairs.sort(key=lambda pair: pair.place)
    unpaired = [(placed[article_id], why) for article_id, why in result.unpaired.items()]
    unpaired.sort(key=lambda item: item[0].place)
    return Catalogue(tuple(units), tuple(pairs), tuple(unpaired), result.notes)


def _name(unit: InputUnit) -> str:
    return unit.path if unit.record is None else f"{unit.path}:{unit.record}"
