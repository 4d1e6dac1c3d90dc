"""Scores of all beads that start at a node of a band.

A node (i, j) stands before Chinese sentence i and English sentence j. A :class:`Band` holds, for
each row i, the columns ``low[i] .. low[i] + width - 1``. The score of a bead is a sum of a lexical
term in each direction, a length term (Gale and Church 1993), the fit of the edges and a penalty of
its type, so that whole segmentations can be compared.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from tasks.align.encode import Encoded, Floats, Ints, Side
from tasks.align.links import Links
from tasks.align.settings import AlignSettings

_PENALTIES = {
    (1, 1): 0.0, (1, 2): -1.5, (1, 3): -2.5, (2, 2): -3.8, (2, 3): -4.2, (1, 4): -5.0,
    (1, 5): -5.0, (3, 3): -7.5, (2, 4): -7.5, (1, 6): -8.0, (1, 7): -8.0, (1, 8): -8.0,
    (1, 9): -8.0, (3, 4): -8.0, (2, 5): -8.0,
}  # fmt: skip
#: Bead types (Chinese sentences, English sentences) and what each costs.
TYPES: tuple[tuple[int, int], ...] = tuple(sorted({*_PENALTIES, *((b, a) for a, b in _PENALTIES)}))
PENALTY = np.array([_PENALTIES[min(t), max(t)] for t in TYPES])
#: The largest number of sentences on one side of a bead.
REACH = max(max(t) for t in TYPES)
_SLAB = 48  # rows scored at a time


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """The nodes that an alignment may use: ``low[i] <= j < low[i] + width``."""

    low: Ints
    width: int


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """All that scores a bead beside its text: token links, character ratio, edges, nulls."""

    links: Links
    ratio: float
    first: dict[str, float]
    last: dict[str, float]
    null_zh: float = 0.0
    null_en: float = 0.0


def bead_scores(document: Encoded, model: Model, band: Band, settings: AlignSettings) -> Floats:
    """Scores of all bead types at all nodes: an array (rows, types, width); -inf outside."""
    zh, en = document.zh, document.en
    out = np.full((len(zh) + 1, len(TYPES), band.width), -np.inf, np.float32)
    tables = _Tables(document, model, settings)
    for begin in range(0, len(zh), _SLAB):
        end = min(begin + _SLAB, len(zh))
        left = int(band.low[begin])
        right = min(int(band.low[end - 1]) + band.width, len(en))
        if left >= right:
            continue
        slab = tables.slab(begin, end, left, right)
        rows = np.arange(end - begin)[:, None]
        columns = band.low[begin:end, None] - left + np.arange(band.width)
        inside = (columns >= 0) & (columns < right - left)
        columns = np.clip(columns, 0, right - left - 1)
        picked = slab[:, rows, columns].transpose(1, 0, 2)
        out[begin:end] = np.where(inside[:, None, :], picked, -np.inf)
    return out


class _Tables:
    """What scoring needs of a document, made once."""

    def __init__(self, document: Encoded, model: Model, settings: AlignSettings) -> None:
        self.document, self.model, self.settings = document, model, settings
        links = model.links
        shape = (len(links.p_zh), len(links.p_en))
        self.to_en = csr_array(
            (links.to_en.astype(np.float32), (links.zh, links.en)), shape
        ).T.tocsr()
        self.to_zh = csr_array((links.to_zh.astype(np.float32), (links.zh, links.en)), shape)
        self.zh_bag = _bag(document.zh, shape[0])
        self.en_bag = _bag(document.en, shape[1])
        self.first = _edge_table(document.zh.first, document.en.first, model.first)
        self.last = _edge_table(document.zh.last, document.en.last, model.last)
        self.zh_chars = np.concatenate(([0], np.cumsum(document.zh.chars)))
        self.en_chars = np.concatenate(([0], np.cumsum(document.en.chars)))

    def slab(self, begin: int, end: int, left: int, right: int) -> Floats:
        """Scores (types, rows, columns) of the beads that start in the given rows and columns."""
        settings = self.settings
        n_zh, n_en = len(self.document.zh), len(self.document.en)
        last_row, last_column = min(end + REACH, n_zh), min(right + REACH, n_en)
        en_gain = _gains(
            self.document.en, self.document.zh, self.to_en, self.zh_bag,
            (left, last_column), (begin, last_row), settings.kappa,
        )  # fmt: skip
        zh_gain = _gains(
            self.document.zh, self.document.en, self.to_zh, self.en_bag,
            (begin, last_row), (left, last_column), settings.kappa,
        )  # fmt: skip
        rows, columns = end - begin, right - left
        out = np.full((len(TYPES), rows, columns), -np.inf, np.float32)
        for t, (a, b) in enumerate(TYPES):
            r = min(rows, n_zh - a - begin + 1)
            c = min(columns, n_en - b - left + 1)
            if r <= 0 or c <= 0:
                continue
            lexical = settings.weight_en * _run(en_gain[a - 1], b, 0)[:c, :r].T
            lexical += settings.weight_zh * _run(zh_gain[b - 1], a, 0)[:r, :c]
            out[t, :r, :c] = lexical + self._form(t, begin, left, r, c)
        return out

    def _form(self, t: int, begin: int, left: int, rows: int, columns: int) -> Floats:
        """Length term, edges and type penalty."""
        settings = self.settings
        a, b = TYPES[t]
        i, j = np.arange(begin, begin + rows), np.arange(left, left + columns)
        zh_chars = (self.zh_chars[i + a] - self.zh_chars[i])[:, None] * self.model.ratio
        en_chars = (self.en_chars[j + b] - self.en_chars[j])[None, :]
        scale = settings.length_variance * (zh_chars + en_chars) / (2 * self.model.ratio)
        off = (zh_chars - en_chars) ** 2 / np.maximum(scale, 1.0)
        edges = self.first.at(i, j) + self.last.at(i + a - 1, j + b - 1)
        length = np.minimum(off, settings.length_cap)
        score: Floats = (
            PENALTY[t] - 0.5 * settings.weight_length * length + settings.weight_edges * edges
        )
        return score


@dataclass(frozen=True, slots=True, eq=False)
class _EdgeTable:
    zh: Ints
    en: Ints
    table: Floats

    def at(self, i: Ints, j: Ints) -> Floats:
        return self.table[self.zh[i][:, None], self.en[j][None, :]]


def _edge_table(zh: tuple[str, ...], en: tuple[str, ...], weights: dict[str, float]) -> _EdgeTable:
    zh_numbers = {c: k for k, c in enumerate(dict.fromkeys(zh))}
    en_numbers = {c: k for k, c in enumerate(dict.fromkeys(en))}
    table = np.array([[weights.get(f"{a} {b}", 0.0) for b in en_numbers] for a in zh_numbers])
    return _EdgeTable(
        np.array([zh_numbers[c] for c in zh]), np.array([en_numbers[c] for c in en]), table
    )


def _bag(side: Side, words: int) -> csr_array:
    """Token counts, a column a sentence."""
    sentence = np.repeat(np.arange(len(side)), side.sizes)
    ones = np.ones(len(side.tokens), np.float32)
    return csr_array((ones, (sentence, side.tokens)), (len(side), words))


def _gains(
    side: Side,
    other: Side,
    ratios: csr_array,
    bag: csr_array,
    own: tuple[int, int],
    given: tuple[int, int],
    kappa: float,
) -> list[Floats]:
    """For 1, 2 ... REACH sentences of the other side from each start: the log-likelihood gain of
    each sentence of this side, an array (own sentences, starts of the other side)."""
    low, high = own
    start = side.start[low : high + 1]
    tokens = side.tokens[start[0] : start[-1]]
    words, place = np.unique(tokens, return_inverse=True)
    support = (ratios[words] @ bag[given[0] : given[1]].T).toarray()[place]
    sizes = np.cumsum(np.concatenate(([0], other.sizes[given[0] : given[1]]))).astype(np.float32)
    out = []
    total = support
    for reach in range(1, REACH + 1):
        if reach > support.shape[1]:
            out.append(np.zeros((high - low, 0), np.float32))
            continue
        if reach > 1:
            total = total[:, :-1] + support[:, reach - 1 :]
        scaled = total * (np.float32(kappa) / (sizes[reach:] - sizes[:-reach]))
        scaled += np.float32(1.0)
        np.log(scaled, out=scaled)
        out.append(np.add.reduceat(scaled, start[:-1] - start[0], axis=0))
    return out


def _run(gain: Floats, length: int, axis: int) -> Floats:
    """Sums of ``length`` rows that follow each other."""
    rows = gain.shape[axis] - length + 1
    if rows <= 0:
        return gain[:0]
    total = gain[:rows].copy()
    for k in range(1, length):
        total += gain[k : k + rows]
    return total
