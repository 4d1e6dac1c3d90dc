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

    Time grows with the number of articles times that of the articles that share a feature with
    one (a nanosecond or two for each of these), memory with the number of articles alone.
    """
    if not zh or not en:
        return []
    from tasks.pair.postings import near_rows  # slow to load: compiled loops

    zh_norms, en_norms = [_norm(s) for s in zh], [_norm(s) for s in en]
    out = []
    for one, other, dot in near_rows(zh, en, zh_norms, en_norms, FLOOR, _NEAREST).tolist():
        cosine = dot / math.sqrt(zh_norms[one] * en_norms[other])
        out.append(Edge(one, other, log_odds(cosine, zh[one].chars, en[other].chars)))
    return out


def _features(signature: Signature) -> tuple[int, ...]:
    return struct.unpack(f"<{len(signature.strengths)}I", signature.features)


def _norm(signature: Signature) -> int:
    return sum(value * value for value in signature.strengths)
