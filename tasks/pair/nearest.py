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

import numpy as np
from numpy.typing import NDArray

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


@dataclass(frozen=True, slots=True)
class Edges:
    """Chinese and English articles (their places in the lists given) that may be pairs, and the
    log-odds that they are translations of each other; by Chinese, then English article.
    """

    zh: NDArray[np.int64]
    en: NDArray[np.int64]
    odds: NDArray[np.float64]


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


def nearest(zh: Sequence[Signature], en: Sequence[Signature]) -> Edges:
    """The edges from each article to the few nearest ones of the other language.

    Time grows with the number of pairs of a Chinese and an English article that share a feature
    (a nanosecond or two for each of these), memory with the number of articles alone.
    """
    if not zh or not en:
        return Edges(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    from tasks.pair.postings import near_rows  # slow to load: compiled loops

    near = near_rows(zh, en, FLOOR, _NEAREST)
    # One by one: NumPy's logarithm may differ in the last bit, and from machine to machine.
    columns = (near.zh.tolist(), near.en.tolist(), near.cosine.tolist())
    odds = [
        log_odds(cosine, zh[one].chars, en[other].chars)
        for one, other, cosine in zip(*columns, strict=True)
    ]
    return Edges(near.zh, near.en, np.array(odds))


def _features(signature: Signature) -> tuple[int, ...]:
    return struct.unpack(f"<{len(signature.strengths)}I", signature.features)


def _norm(signature: Signature) -> int:
    return sum(value * value for value in signature.strengths)
