"""Similarity of signatures, and the sparse search for the nearest ones.

The similarity of two articles is the cosine of their feature strengths; the score is the
probability, estimated on articles made from bitext, that they are translations (see
``docs/pairing.md``). Both depend on the two articles and the shipped weights alone. All sums are
sums of integers, so that no order of summation can change a bit.
"""

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tasks.pair.signature import Signature

# The score as a logistic function, fitted on articles made from held-out bitext: true pairs against
# the nearest wrong ones. The fitted weight of the length is larger; it is kept small because real
# pages keep or lose paragraphs that the other side has not or has.
_BIAS, _COSINE, _LENGTH = -9.0, 27.5, -5.0
#: Logarithm of English over Chinese characters, without blanks: mean and widest deviation.
_LENGTH_MEAN, _LENGTH_WIDEST = 1.0, 1.0
#: Less similar articles are no candidates at all.
FLOOR = 0.2

_NEAREST = 8  # kept for each article of either language
_WAITING = 1_000_000  # edges held before those that are not among the nearest are dropped


@dataclass(frozen=True, slots=True)
class Edge:
    """A Chinese and an English article (their places in the lists given) that may be a pair."""

    zh: int
    en: int
    odds: float  # log-odds that they are translations of each other


@dataclass(frozen=True, slots=True)
class Similarity:
    """How near two articles are: the cosine of their features (0 to 1), and the log-odds and
    probability (rounded) that they are translations of each other.
    """

    cosine: float
    odds: float
    score: float


def similarity(zh: Signature, en: Signature) -> Similarity:
    """How near a Chinese and an English article are."""
    left = dict(zip(_features(zh), zh.strengths, strict=True))
    right = dict(zip(_features(en), en.strengths, strict=True))
    dot = sum(value * right[key] for key, value in left.items() if key in right)
    norms = _norm(zh) * _norm(en)
    cosine = dot / math.sqrt(norms) if norms else 0.0
    odds = log_odds(cosine, zh.chars, en.chars)
    return Similarity(cosine, odds, probability(odds))


def log_odds(cosine: float, zh_chars: int, en_chars: int) -> float:
    """The log-odds that two articles with this cosine and these lengths are translations."""
    ratio = math.log(max(en_chars, 1) / max(zh_chars, 1))
    off = min(abs(ratio - _LENGTH_MEAN), _LENGTH_WIDEST)
    return _BIAS + _COSINE * cosine + _LENGTH * off * off


def probability(odds: float) -> float:
    """Log-odds as a probability with four decimals, never quite 1.

    >>> probability(0.0), probability(3.0), probability(50.0)
    (0.5, 0.9526, 0.9999)
    """
    return min(round(1 / (1 + math.exp(-odds)), 4), 0.9999)


def nearest(zh: Sequence[Signature], en: Sequence[Signature]) -> list[Edge]:
    """The edges from each article to the few nearest ones of the other language.

    Time and memory grow with the number of articles times that of the articles that share a
    feature with one; a matrix of all pairs is never held.
    """
    if not zh or not en:
        return []
    import numpy as np

    index = _index(en)
    zh_norms, en_norms = [_norm(s) for s in zh], [_norm(s) for s in en]
    en_lengths = np.sqrt(np.array(en_norms, float))
    best: list[Any] = []  # the nearest of each Chinese article
    rest: list[Any] = []  # what the nearest of each English article are chosen from
    waiting = 0
    for row, signature in enumerate(zh):
        found = _near(signature, index, math.sqrt(zh_norms[row]) * en_lengths)
        edges = np.column_stack([np.full(len(found), row, float), found])
        best.append(_nearest(edges, 0))
        rest.append(edges)
        waiting += len(edges)
        if waiting > _WAITING:
            rest = [_nearest(np.concatenate(rest), 1)]
            waiting = 0
    edges = np.unique(np.concatenate([*best, _nearest(np.concatenate(rest), 1)]), axis=0)
    out = []
    for row, column, dot, _ in edges.tolist():
        one, other = int(row), int(column)
        cosine = dot / math.sqrt(zh_norms[one] * en_norms[other])
        out.append(Edge(one, other, log_odds(cosine, zh[one].chars, en[other].chars)))
    return out


def _features(signature: Signature) -> tuple[int, ...]:
    return struct.unpack(f"<{len(signature.strengths)}I", signature.features)


def _norm(signature: Signature) -> int:
    return sum(value * value for value in signature.strengths)


@dataclass(frozen=True, slots=True)
class _Postings:
    """For each feature the articles that have it, and their strengths of it."""

    places: dict[int, tuple[int, int]]
    articles: Any
    strengths: Any


def _index(signatures: Sequence[Signature]) -> _Postings:
    import numpy as np

    features = np.frombuffer(b"".join([s.features for s in signatures]), "<u4")
    strengths = np.frombuffer(b"".join([s.strengths for s in signatures]), np.uint8)
    owners = np.repeat(np.arange(len(signatures)), [len(s.strengths) for s in signatures])
    order = np.argsort(features, kind="stable")
    known, first = np.unique(features[order], return_index=True)
    ends = [*first.tolist()[1:], len(order)]
    places = dict(zip(known.tolist(), zip(first.tolist(), ends, strict=False), strict=False))
    return _Postings(places, owners[order], strengths[order].astype(float))


def _near(signature: Signature, index: _Postings, lengths: Any) -> Any:
    """The articles of ``index`` above the floor: rows of article, dot product and cosine.

    ``lengths`` are the products of the two vectors' lengths. The sums are exact: they are of
    integers, though in floating point.
    """
    import numpy as np

    shared = [
        (*index.places[key], value)
        for key, value in zip(_features(signature), signature.strengths, strict=True)
        if key in index.places
    ]
    if not shared:
        return np.zeros((0, 3))
    articles = np.concatenate([index.articles[start:end] for start, end, _ in shared])
    products = np.concatenate([index.strengths[start:end] * value for start, end, value in shared])
    dots = np.bincount(articles, weights=products, minlength=len(lengths))
    near = np.flatnonzero(dots > FLOOR * lengths)
    return np.column_stack([near, dots[near], dots[near] / lengths[near]])


def _nearest(edges: Any, side: int) -> Any:
    """Of (Chinese, English, dot, cosine) the nearest few for each article of one side.

    Of equally near ones the first are kept.
    """
    import numpy as np

    edges = edges[np.lexsort((edges[:, 1 - side], -edges[:, 3], edges[:, side]))]
    place = np.arange(len(edges)) - np.searchsorted(edges[:, side], edges[:, side])
    return edges[place < _NEAREST]
