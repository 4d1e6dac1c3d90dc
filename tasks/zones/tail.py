"""Where the article ends: a page is article, with furniture set into it, and then no more.

A search for the best sequence of *article*, *inset* and *end* (Viterbi's): the end has no way
back, and an inset costs its opening. What a line says for itself is its gain
(:mod:`tasks.zones.evidence`); furniture that left before, and front matter, count against the
article. Only the end of the page is searched: as far up as needed to have so much article below
that no end can be above.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from models.records import BlockKind
from tasks.blocks.prose import weight
from tasks.zones.evidence import Body, gain
from tasks.zones.items import Item

_INSET, _INSET_LINE = 2.5, 0.1  # what opening an inset costs, and each of its lines
_END_MARK_INSIDE = 3.0  # and the mark of an end in one
_CLOSE = 0.5  # what closing the article costs
_SURE = 12.0  # so much article below a line proves that no end is above it
_MOST = 55  # per cent of a page's sentences, by weight, that are surely of the article
_STOPS = frozenset('.。!！?？…”"」')
_LONGEST = 400  # items
_FURNITURE, _SET_INTO, _FRONT = -1.2, -0.3, -0.8
_CLOSING, _END_MARK = -1.8, -3.0  # furniture of the end, and the mark of it
_ITEM = 0.5  # an item of a list that was announced
_ITEMS = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
_ANNOUNCES = 24  # weight
_MOST_FURNITURE = 4  # lines of furniture in a row that count


class Ended(NamedTuple):
    """The first item below the article; ``margin`` has what the article would lose up to a line.

    The margins are of the items below the article: how much worse the page would read if it ended
    right below that line.
    """

    at: int
    margin: Mapping[int, float]


def end_of_article(items: Sequence[Item], body: Body) -> Ended:
    """Where the article of a page ends."""
    first, gains = _gains(items, body)
    article, inset, end = 0.0, float("-inf"), float("-inf")
    articles: list[float] = []
    closed: list[str] = []  # how the best way to an end line comes: "article", "inset" or "end"
    least = _least(items) - first
    for at, value in enumerate(gains):
        close = _CLOSE if at >= least else float("inf")
        ways = {"article": article - close, "inset": inset - close, "end": end}
        closed.append(max(ways, key=lambda way: ways[way]))
        end = max(ways.values())
        line = _END_MARK_INSIDE if items[first + at].ends else _INSET_LINE
        inset, article = (
            max(article - _INSET, inset) - line,
            max(article, inset) + value,
        )
        articles.append(article)
    best = max(article, inset, end)
    if end < best or not gains:
        return Ended(len(items), {})
    at = len(gains)
    while closed[at - 1] == "end":
        at -= 1
    at -= 1
    margin = {first + index: best - articles[index] + _CLOSE for index in range(at, len(gains))}
    return Ended(first + at, margin)


def _least(items: Sequence[Item]) -> int:
    """The first item that may stand below the article: most sentences of a page are of it."""
    sizes = [
        weight(item.text) if item.text and item.text[-1] in _STOPS and not item.front else 0
        for item in items
    ]
    half, above = sum(sizes) * _MOST, 0
    for at, size in enumerate(sizes):
        above += 100 * size
        if above >= half:
            return at + 1
    return len(items)


def _gains(items: Sequence[Item], body: Body) -> tuple[int, list[float]]:
    """The first item that is searched, and the gains from there to the end of the page."""
    gains: list[float] = []
    total = 0.0
    run = 0
    at = len(items)
    while at > 0 and total < _SURE and len(gains) < _LONGEST:
        at -= 1
        value, run = _gain(items[at], body, run)
        if _is_listed(items, at):
            value = max(value, _ITEM)
        gains.append(value)
        total = max(0.0, total + value)
    return at, gains[::-1]


def _is_listed(items: Sequence[Item], at: int) -> bool:
    """Whether a line is an item of a list that a line with a colon announces."""
    block = items[at].block
    if block is None or block.kind not in _ITEMS:
        return False
    while at > 0:
        at -= 1
        block = items[at].block
        if block is None:
            return False
        if block.kind not in _ITEMS:
            text = block.text.text
            return text[-1] in ":：" and weight(text) >= _ANNOUNCES
    return False


def _gain(item: Item, body: Body, run: int) -> tuple[float, int]:
    """The gain of an item, and how many items of furniture stand in a row up to here."""
    if item.block is None:
        if item.ends:
            return _END_MARK, run + 1
        if run >= _MOST_FURNITURE:
            return 0.0, run
        furniture = _CLOSING if item.closes else _FURNITURE
        return (_SET_INTO if item.may_be_inside else furniture), run + 1
    if item.front:
        return _FRONT, run
    share = body.share(item.text)
    return gain(item.block, body.shape(item.place), share, little=body.little), 0
