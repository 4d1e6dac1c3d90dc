"""Which of the possible pairs are taken: the best first, unless another is too near to choose."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tasks.pair.nearest import Edges, probability
from tasks.pair.settings import PairSettings


@dataclass(frozen=True, slots=True)
class Link:
    """A possible counterpart of an article (its number), and the log-odds that it is one."""

    article: int
    odds: float

    @property
    def score(self) -> float:
        """The odds as a probability."""
        return probability(self.odds)


class Links:
    """The possible counterparts of each article; numbers go on from the Chinese to the English.

    Kept as columns: a million links as objects would take a few hundred megabytes.
    """

    def __init__(self, edges: Edges, zh: int, en: int) -> None:
        one, other = edges.zh.astype(np.int32), (edges.en + zh).astype(np.int32)
        self._best_first: NDArray[np.int64] = np.argsort(-edges.odds, kind="stable")
        self._zh, self._en, self._odds = one, other, edges.odds
        own, others = np.concatenate([one, other]), np.concatenate([other, one])
        odds = np.concatenate([edges.odds, edges.odds])
        order = np.lexsort((others, -odds, own))
        self._start = np.searchsorted(own[order], np.arange(zh + en + 1))
        self._others, self._own_odds = others[order], odds[order]

    def of(self, article: int) -> list[Link]:
        """The links of an article, the best first, of equal ones that to the first article."""
        its = slice(self._start[article], self._start[article + 1])
        return list(map(Link, self._others[its].tolist(), self._own_odds[its].tolist()))

    def best_first(self, min_score: float) -> Iterator[tuple[int, Link]]:
        """Chinese articles and links that have a score, from the best to the worst."""
        for edge in self._best_first:
            link = Link(int(self._en[edge]), float(self._odds[edge]))
            if link.score < min_score:
                return
            yield int(self._zh[edge]), link


@dataclass(slots=True)
class Choice:
    """Chinese articles with the link taken, and of each article that is tied the links it is in."""

    taken: list[tuple[int, Link]] = field(default_factory=list)
    tied: dict[int, list[Link]] = field(default_factory=dict)


def choose(links: Links, settings: PairSettings) -> Choice:
    """Go through the links from the best to the worst and take those without a rival.

    A rival is another link of one of the two articles to one that is still free, when its odds
    are within the margin. Then nobody is paired: all of them are tied and out of the game.
    """
    closed: set[int] = set()
    choice = Choice()
    for one, link in links.best_first(settings.min_score):
        if one in closed or link.article in closed:
            continue
        enough = link.odds - settings.tie_margin
        members = {one, link.article}.union(
            other.article
            for name in (one, link.article)
            for other in links.of(name)
            if other.odds >= enough and other.article not in closed
        )
        closed |= members
        if len(members) == 2:
            choice.taken.append((one, link))
            continue
        for name in members:
            choice.tied[name] = [other for other in links.of(name) if other.article in members]
    return choice
