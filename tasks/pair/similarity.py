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
#: Logarithm of English over Chinese characters without blanks: its mean, and the widest deviation.
_LENGTH_MEAN, _LENGTH_WIDEST = 1.0, 1.0
#: Less similar articles are no candidates at all.
FLOOR = 0.12

_ROWS = 512  # Chinese articles compared with all English ones at a time
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
    """Log-odds as a probability with four decimals."""
    return round(1 / (1 + math.exp(-odds)), 4)


def nearest(zh: Sequence[Signature], en: Sequence[Signature]) -> list[Edge]:
    """The edges from each article to the few nearest ones of the other language.

    Time and memory grow with the number of articles times that of the articles that share a
    feature with one; a matrix of all pairs is never held.
    """
    if not zh or not en:
        return []
    import numpy as np

    left, right = _matrices(zh, en)
    found = _best(left, right)
    back = _best(right, left)[:, [1, 0, 2]]
    edges = np.unique(np.concatenate([found, back]), axis=0).tolist()
    zh_norms, en_norms = [_norm(s) for s in zh], [_norm(s) for s in en]
    out = []
    for row, column, dot in edges:
        cosine = dot / math.sqrt(zh_norms[row] * en_norms[column])
        out.append(Edge(row, column, log_odds(cosine, zh[row].chars, en[column].chars)))
    return out


def _features(signature: Signature) -> tuple[int, ...]:
    return struct.unpack(f"<{len(signature.strengths)}I", signature.features)


def _norm(signature: Signature) -> int:
    return sum(value * value for value in signature.strengths)


def _matrices(zh: Sequence[Signature], en: Sequence[Signature]) -> tuple[Any, Any]:
    """Articles by features, as sparse integer matrices with the same columns."""
    import numpy as np
    import scipy.sparse as sp

    def raw(signatures: Sequence[Signature]) -> tuple[Any, Any, Any]:
        keys = np.frombuffer(b"".join([s.features for s in signatures]), "<u4")
        values = np.frombuffer(b"".join([s.strengths for s in signatures]), np.uint8)
        starts = np.cumsum([0, *(len(s.strengths) for s in signatures)])
        return keys, values.astype(np.int32), starts

    left, right = raw(zh), raw(en)
    known = np.intersect1d(left[0], right[0])  # a feature of one language alone finds nothing
    out = []
    for keys, values, starts in (left, right):
        place = np.minimum(np.searchsorted(known, keys), max(known.size - 1, 0))
        good = known[place] == keys if known.size else np.zeros(keys.size, bool)
        shape = (starts.size - 1, max(known.size, 1))
        matrix = sp.csr_matrix((np.where(good, values, 0), place, starts), shape=shape)
        matrix.eliminate_zeros()
        out.append(matrix)
    return out[0], out[1]


def _best(left: Any, right: Any) -> Any:
    """For each row of ``left`` the nearest rows of ``right``: an array of (row, row, dot).

    Of equally near ones the first rows are kept.
    """
    import numpy as np

    columns = right.T.tocsr()
    norms = [
        np.sqrt(np.asarray(m.multiply(m).sum(axis=1), np.float64).ravel()) for m in (left, right)
    ]
    out = [np.zeros((0, 3), np.int64)]
    for start in range(0, left.shape[0], _ROWS):
        dots = (left[start : start + _ROWS] @ columns).tocsr()
        row = np.repeat(np.arange(start, start + dots.shape[0]), np.diff(dots.indptr))
        cosine = dots.data / (norms[0][row] * norms[1][dots.indices])
        good = np.flatnonzero(cosine >= FLOOR)
        good = good[np.lexsort((dots.indices[good], -cosine[good], row[good]))]
        first = np.searchsorted(row[good], row[good])  # where each row's stretch starts
        good = good[np.arange(good.size) - first < _NEAREST]
        out.append(np.stack([row[good], dots.indices[good], dots.data[good]], axis=1))
    return np.concatenate(out)
