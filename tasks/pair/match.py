"""One-to-one pairs of articles: those that are known, then those that the content tells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.records import Candidate, Lang, PairHow, Unpaired, UnpairedReason
from tasks.pair.choose import Link, Links, choose
from tasks.pair.known import KnownPairs, PairRow
from tasks.pair.names import pairs_by_name
from tasks.pair.nearest import nearest, similarity
from tasks.pair.settings import PairSettings
from tasks.pair.signature import Signature

#: File names are checked against the content only when both articles have so many features.
_TELLING = 24


@dataclass(frozen=True, slots=True)
class SignedArticle:
    """An article as pairing sees it.

    ``path`` is that of its document relative to the input root, ``record`` the line of a JSONL
    file; ``same_page_partner`` is the id of the other half of a bilingual page.
    """

    id: str
    lang: Lang
    path: str
    record: int | None
    same_page_partner: str | None
    signature: Signature


@dataclass(frozen=True, slots=True)
class Match:
    """Two articles (ids) that are a pair. ``score`` is that of their content, however found."""

    zh: str
    en: str
    how: PairHow
    score: float


@dataclass(frozen=True, slots=True)
class Pairing:
    """All pairs, sorted by Chinese id; the other articles by id with the reason; and ``notes``,
    one line for each known pair that could not be taken.
    """

    pairs: tuple[Match, ...]
    unpaired: dict[str, Unpaired]
    notes: tuple[str, ...] = ()


def pair(
    articles: Iterable[SignedArticle],
    known: KnownPairs | None = None,
    settings: PairSettings | None = None,
) -> Pairing:
    """Pair articles of the two languages, each with at most one.

    The halves of one page first, then the pairs file, then file names, then content. The result
    does not depend on the order of ``articles``. Raises ValueError when two have the same id or
    signatures were made with different weights.
    """
    settings = settings or PairSettings()
    ordered = sorted(articles, key=lambda article: article.id)
    by_id = {article.id: article for article in ordered}
    if len(by_id) < len(ordered):
        raise ValueError("two articles have the same id")
    if len({article.signature.table for article in ordered}) > 1:
        raise ValueError("signatures were made with different weights")
    state = _State(by_id)
    for zh, en in _same_pages(state.free):
        state.take(zh, en, PairHow.SAME_PAGE)
    _take_told(state, known or KnownPairs(), ordered)
    if settings.file_names:
        _take_names(state, settings)
    unpaired = _take_content(state, settings)
    return Pairing(tuple(sorted(state.pairs, key=lambda p: p.zh)), unpaired, tuple(state.notes))


class _State:
    """The pairs so far and the articles that are still free, by id in order."""

    def __init__(self, articles: dict[str, SignedArticle]) -> None:
        self.free = dict(articles)
        self.pairs: list[Match] = []
        self.notes: list[str] = []

    def take(
        self, zh: SignedArticle, en: SignedArticle, how: PairHow, score: float | None = None
    ) -> None:
        if score is None:
            score = similarity(zh.signature, en.signature).score
        self.pairs.append(Match(zh.id, en.id, how, score))
        del self.free[zh.id], self.free[en.id]


def _same_pages(free: dict[str, SignedArticle]) -> list[tuple[SignedArticle, SignedArticle]]:
    out = []
    for article in free.values():
        partner = free.get(article.same_page_partner or "")
        if article.lang is Lang.ZH and partner is not None and partner.lang is Lang.EN:
            out.append((article, partner))
    return out


def _take_told(state: _State, known: KnownPairs, articles: Sequence[SignedArticle]) -> None:
    """Take the pairs of the pairs file; a line that cannot be followed becomes a note."""
    wanted = {name for row in known.rows for name in (row.left, row.right)}
    named: defaultdict[str, list[SignedArticle]] = defaultdict(list)
    for article in articles if wanted else ():
        for name in {article.id, article.path, f"{article.path}:{article.record}"} & wanted:
            named[name].append(article)
    for row in known.rows:
        told = _resolve(row, named, state.free)
        if isinstance(told, str):
            state.notes.append(f"{known.name}:{row.line}: {told}")
        else:
            state.take(*told, PairHow.PAIRS_FILE)


def _resolve(
    row: PairRow, named: Mapping[str, Sequence[SignedArticle]], free: Mapping[str, SignedArticle]
) -> tuple[SignedArticle, SignedArticle] | str:
    """The two articles that a line of the pairs file names, Chinese first, or what is wrong."""
    sides = []
    for name in (row.left, row.right):
        found = named.get(name, ())
        if not found:
            return f"no article comes from {name}"
        if len(found) > 1 and all(article.same_page_partner for article in found):
            return f"{name} is a page in two languages, a pair by itself"
        if len(found) > 1:
            return f"{name} holds {len(found)} articles; name one as {name}:LINE"
        if found[0].id not in free:
            return f"{name} is paired already"
        sides.append(found[0])
    if sides[0].lang is sides[1].lang:
        return f"{row.left} and {row.right} are both in one language ({sides[0].lang})"
    zh, en = sorted(sides, key=lambda article: article.lang is not Lang.ZH)
    return zh, en


def _take_names(state: _State, settings: PairSettings) -> None:
    files = [article for article in state.free.values() if article.record is None]
    for zh, en in pairs_by_name(files):
        near = similarity(zh.signature, en.signature)
        fewest = min(len(zh.signature.strengths), len(en.signature.strengths))
        if near.cosine < settings.name_floor and fewest >= _TELLING:
            state.notes.append(
                f"{zh.path} and {en.path} are not taken as a pair: their names say so, "
                f"their content does not (similarity {near.cosine:.2f})"
            )
        else:
            state.take(zh, en, PairHow.FILE_NAME, near.score)


def _take_content(state: _State, settings: PairSettings) -> dict[str, Unpaired]:
    """Take the pairs that the content tells; why each other article has none."""
    if not settings.content:
        return {name: Unpaired(UnpairedReason.NO_CANDIDATE, ()) for name in state.free}
    zh = [article for article in state.free.values() if article.lang is Lang.ZH]
    en = [article for article in state.free.values() if article.lang is Lang.EN]
    links = Links(nearest([a.signature for a in zh], [a.signature for a in en]), len(zh), len(en))
    choice = choose(links, settings)
    both = [*zh, *en]
    for one, link in choice.taken:
        state.take(both[one], both[link.article], PairHow.CONTENT, link.score)
    reasons = {
        article.id: _unpaired(links.of(number), choice.tied.get(number), settings, both)
        for number, article in enumerate(both)
        if article.id in state.free
    }
    return {name: reasons[name] for name in state.free}


def _unpaired(
    links: Sequence[Link],
    tied: Sequence[Link] | None,
    settings: PairSettings,
    articles: Sequence[SignedArticle],
) -> Unpaired:
    """Why an article with these links has no counterpart, and the best of them."""
    if tied:
        reason = UnpairedReason.NEAR_TIE
        first = set(tied)
        links = [*tied, *(link for link in links if link not in first)]
    elif not links:
        reason = UnpairedReason.NO_CANDIDATE
    elif links[0].score < settings.min_score:
        reason = UnpairedReason.LOW_SCORE
    else:
        reason = UnpairedReason.CANDIDATE_TAKEN
    shown = tuple(
        Candidate(articles[link.article].id, link.score) for link in links[: settings.candidates]
    )
    return Unpaired(reason, shown)
