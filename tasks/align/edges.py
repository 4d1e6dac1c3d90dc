"""How the two ends of a sentence look, and how well two looks go together.

A Chinese sentence that ends in ``？”`` wants an English one that ends in ``?"``. The pointwise
mutual information of the classes is learned from sentence pairs: from the bitext for the shipped
lexicon, and again from the beads of the first pass.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Classes of the start: plain, lower case, digit, quote, bracket, dash, dots.
FIRST = ("w", "l", "0", "q", "(", "-", "…")
#: Classes of the end: the last mark, and the mark before a closing quote or bracket.
LAST = tuple(mark + closed for mark in "w.?!:;,…-" for closed in ("", "q"))

_MARKS = {
    "。": ".", ".": ".", "．": ".", "？": "?", "?": "?", "！": "!", "!": "!", "：": ":", ":": ":",
    "；": ";", ";": ";", "，": ",", ",": ",", "、": ",", "…": "…", "—": "-", "-": "-", "–": "-",
}  # fmt: skip
_CLOSING = "”’\"'」』）)》】]"
_OPENING = {
    **dict.fromkeys("“\"「『‘'«", "q"), **dict.fromkeys("（(【[《", "("),
    **dict.fromkeys("—-–", "-"), "…": "…", ".": "…",
}  # fmt: skip
_FIRST = {name: k for k, name in enumerate(FIRST)}
_LAST = {name: k for k, name in enumerate(LAST)}

Table = Mapping[str, Mapping[str, float]]


def first_class(sentence: str) -> int:
    """The class of a sentence's start, as its number in :data:`FIRST`.

    >>> [FIRST[first_class(s)] for s in ("“你好”", "and so", "2024", "He", "")]
    ['q', 'l', '0', 'w', 'w']
    """
    start = sentence[:1]
    name = _OPENING.get(start)
    if name is None:
        name = "0" if start.isdigit() else "l" if start.islower() else "w"
    return _FIRST[name]


def last_class(sentence: str) -> int:
    """The class of a sentence's end, as its number in :data:`LAST`.

    >>> [LAST[last_class(s)] for s in ("你好吗？”", "Fine.", "Chapter 1", "他说：", "")]
    ['?q', '.', 'w', ':', 'w']
    """
    return _last_class(sentence[-4:])


@lru_cache(maxsize=4096)
def _last_class(end: str) -> int:
    rest = end.rstrip(_CLOSING)
    return _LAST[_MARKS.get(rest[-1:], "w") + ("q" if len(rest) < len(end) else "")]


def mutual_information(
    counts: NDArray[Any], base: NDArray[Any] | float = 0.0, mass: float = 8.0
) -> NDArray[np.float64]:
    """Log of how much more often than by chance two classes meet, in nats.

    ``counts`` is (..., zh classes, en classes). ``base`` is an earlier table; it weighs as much as
    ``mass`` pairs met by chance.
    """
    total = np.maximum(counts.sum((-2, -1), keepdims=True), 1)
    chance = counts.sum(-1, keepdims=True) * counts.sum(-2, keepdims=True) / total
    table: NDArray[np.float64] = np.log((counts + mass * np.exp(base)) / (chance + mass))
    return table


def edge_tables(table: Table) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The tables of a lexicon's ``edges`` for first and last classes, as arrays."""
    first, last = np.zeros((len(FIRST), len(FIRST))), np.zeros((len(LAST), len(LAST)))
    for name, classes, out in (("first", FIRST, first), ("last", LAST, last)):
        for k, zh in enumerate(classes):
            out[k] = [table.get(name, {}).get(f"{zh} {en}", 0.0) for en in classes]
    return first, last


def edge_names(first: NDArray[Any], last: NDArray[Any]) -> dict[str, dict[str, float]]:
    """Two arrays as the ``edges`` of a lexicon; entries that say nothing are left out."""
    return {
        name: {
            f"{zh} {en}": round(float(array[a, b]), 3)
            for a, zh in enumerate(classes)
            for b, en in enumerate(classes)
            if abs(array[a, b]) >= 0.01
        }
        for name, classes, array in (("first", FIRST, first), ("last", LAST, last))
    }
