"""Scores of all beads that start at a node of a band.

The score of a bead is a sum of a lexical term in each direction, a length term (Gale and Church
1993), the fit of the edges and a penalty of its type, so that whole segmentations can be compared.
A token without translation on the other side scores 0, never less.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from tasks.align.bands import Band
from tasks.align.encode import Batch, Bools, Floats, Ints, Side, spans
from tasks.align.links import Links, same_words
from tasks.align.settings import AlignSettings
from tasks.align.structure import INSIDE, PARAGRAPH, UNKNOWN
from tasks.align.support import REACH, Cells, gains

_PENALTIES = {
    (1, 1): 0.0, (1, 2): -1.5, (1, 3): -2.5, (2, 2): -3.8, (2, 3): -4.2, (1, 4): -5.0,
    (1, 5): -5.0, (3, 3): -7.5, (2, 4): -7.5, (1, 6): -8.0, (1, 7): -8.0, (1, 8): -8.0,
    (1, 9): -8.0, (3, 4): -8.0, (2, 5): -8.0,
}  # fmt: skip
#: Bead types (Chinese sentences, English sentences) and what each costs.
TYPES: tuple[tuple[int, int], ...] = tuple(sorted({*_PENALTIES, *((b, a) for a, b in _PENALTIES)}))
TYPE_ZH = np.array([a for a, _ in TYPES])
TYPE_EN = np.array([b for _, b in TYPES])
PENALTY = np.array([_PENALTIES[min(t), max(t)] for t in TYPES])
#: Rows and sentences of a block of lexical scores.
_BLOCK = 192
#: Cells scored at a time.
_CHUNK = 60_000
#: Runs of more sentences than this are tried only where the lengths could fit.
_SHORT = 5
_UNFIT = 3.0  # largest ratio of lengths of such a bead


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """All that scores a bead beside its text.

    ``ratio`` (documents,): English characters per Chinese one. ``first`` and ``last``
    (vocabularies, zh classes, en classes): fit of the edges; ``structure`` the same for the
    places in blocks.
    """

    links: Links
    ratio: Floats
    first: Floats
    last: Floats
    structure: Floats

    def part(self, document: int, group: int) -> "Model":
        """The model of one document."""
        own = slice(group, group + 1)
        return Model(
            self.links,
            self.ratio[document : document + 1],
            self.first[own],
            self.last[own],
            self.structure[own],
        )


def bead_scores(
    batch: Batch, model: Model, band: Band, settings: AlignSettings
) -> tuple[Floats, Floats]:
    """Scores of all bead types at all nodes, an array (rows, types, width), -inf outside; and what
    a token gains in the middling and in the best pairs (the top twentieth) of each document:
    (documents, 2, 2), last for a Chinese and an English one.
    """
    out = np.full((len(band.low), len(TYPES), band.width), -np.inf, np.float32)
    chance: list[tuple[Floats, Ints]] = []
    tables = Tables(batch, model, settings)
    step = max(_CHUNK // band.width, 1)
    for begin in range(0, len(band.low), step):
        end = min(begin + step, len(band.low))
        out[begin:end], gain, document = tables.rows(band, begin, end)
        chance.append((gain, document))
    gain = np.concatenate([g for g, _ in chance], axis=1)
    document = np.concatenate([d for _, d in chance])
    return out, _quantiles(gain, document, len(batch))


def _quantiles(values: Floats, group: Ints, groups: int) -> Floats:
    """The 1/2 and 19/20 quantiles of each row's values in each group, (groups, 2, rows); 0 for an
    empty group.
    """
    starts = np.searchsorted(group, np.arange(groups + 1)).tolist()
    out = np.zeros((groups, 2, len(values)))
    for g, (begin, end) in enumerate(pairwise(starts)):
        if end > begin:
            middle, high = (end - begin) // 2, (end - begin) * 19 // 20
            ordered = np.partition(values[:, begin:end], (middle, high), axis=1)
            out[g] = ordered[:, [middle, high]].T
    return out


class Tables:
    """What scoring needs of a batch, made once."""

    def __init__(self, batch: Batch, model: Model, settings: AlignSettings) -> None:
        self.batch, self.model, self.settings = batch, model, settings
        links = model.links
        shape = (len(links.p_zh), len(links.p_en))
        pairs = (links.zh, links.en)
        self.to_en = csr_array((links.to_en.astype(np.float32), pairs), shape)
        to_zh = csr_array((links.to_zh.astype(np.float32), pairs), shape)
        self.to_zh = csr_array(to_zh.T)
        # A machine translation is a third channel: (translated side, ratios), else None.
        self.en_channel = self.zh_channel = None
        if batch.zh_translated is not None:
            ratios = same_words(batch.zh_translated, batch.en, links.p_en)
            self.en_channel = batch.zh_translated, ratios
        if batch.en_translated is not None:
            ratios = same_words(batch.en_translated, batch.zh, links.p_zh)
            self.zh_channel = batch.en_translated, ratios
        self.zh_chars = np.concatenate(([0], np.cumsum(batch.zh.chars)))
        self.en_chars = np.concatenate(([0], np.cumsum(batch.en.chars)))
        # Blocks that begin up to a sentence, itself included.
        self.zh_blocks = np.cumsum(batch.zh.opens > INSIDE)
        self.en_blocks = np.cumsum(batch.en.opens > INSIDE)

    def rows(self, band: Band, begin: int, end: int) -> tuple[Floats, Floats, Ints]:
        """Scores (rows, types, width) of the beads that start in the given rows; the gains a token
        (2, cells) of the pairs there, and the document of each.
        """
        batch, settings = self.batch, self.settings
        # Rows that beads from the last ones reach are needed too.
        stop = min(end + REACH, len(band.low))
        rows = np.arange(begin, stop)
        document = band.document[rows]
        columns = band.low[rows, None] + np.arange(band.width)
        inside = (columns < band.last[rows, None]) & (
            band.sentence[rows] < band.rows[document] - 1
        )[:, None]
        row, cell_w = np.nonzero(inside)
        zh = (rows - document)[row]
        en = batch.en.document[document[row]] + columns[row, cell_w]
        block = self._block_starts(band, rows, row)
        zh_end, en_end = batch.zh.document[document[row] + 1], batch.en.document[document[row] + 1]
        ratio = self.model.ratio[document[row]]
        near_zh = self._near(self.en_chars, en, self.zh_chars, zh, zh_end, ratio)
        near_en = self._near(self.zh_chars, zh, self.en_chars, en, en_end, 1.0 / ratio)
        kappa = settings.kappa
        by_en = settings.weight_en * gains(
            batch.en, batch.zh, self.to_en, Cells(en, zh, zh_end, block), kappa, near_zh
        )
        by_zh = settings.weight_zh * gains(
            batch.zh, batch.en, self.to_zh, Cells(zh, en, en_end, block), kappa, near_en
        )
        if self.en_channel is not None:
            by_en += settings.weight_translation * gains(
                batch.en, *self.en_channel, Cells(en, zh, zh_end, block), kappa, near_zh
            )
        if self.zh_channel is not None:
            by_zh += settings.weight_translation * gains(
                batch.zh, *self.zh_channel, Cells(zh, en, en_end, block), kappa, near_en
            )
        en_gain = self._spread(by_en, inside, (row, cell_w))
        zh_gain = self._spread(by_zh, inside, (row, cell_w))
        own = row < end - begin
        chance = np.stack((by_zh[0] / batch.zh.sizes[zh], by_en[0] / batch.en.sizes[en]))
        out = np.full((end - begin, len(TYPES), band.width), -np.inf, np.float32)
        lexical = _bead_gains(en_gain, zh_gain, band, begin, end)
        for t, (a, b) in enumerate(TYPES):
            fits = inside[: end - begin].copy()
            fits &= columns[: end - begin] + b <= band.last[begin:end, None]
            fits &= (band.sentence[begin:end] + a < band.rows[document[: end - begin]])[:, None]
            r, w = np.nonzero(fits)
            if len(r):
                i = (rows - document)[r]
                j = batch.en.document[document[r]] + columns[r, w]
                form, _ = self.form(t, document[r], i, j)
                out[r, t, w] = lexical[t][r, w] + form
        return out, chance[:, own], document[row[own]]

    def lexical(self, document: Ints, i: Ints, j: Ints, a: Ints, b: Ints) -> tuple[Floats, Floats]:
        """The lexical terms of single beads: English given Chinese, and Chinese given English."""
        by_en = self._direct(self.batch.en, self.batch.zh, self.to_en, (j, b), (i, a))
        by_zh = self._direct(self.batch.zh, self.batch.en, self.to_zh, (i, a), (j, b))
        settings = self.settings
        by_en, by_zh = settings.weight_en * by_en, settings.weight_zh * by_zh
        if self.en_channel is not None:
            channel = self._direct(self.batch.en, *self.en_channel, (j, b), (i, a))
            by_en = by_en + settings.weight_translation * channel
        if self.zh_channel is not None:
            channel = self._direct(self.batch.zh, *self.zh_channel, (i, a), (j, b))
            by_zh = by_zh + settings.weight_translation * channel
        return by_en, by_zh

    def _direct(
        self,
        side: Side,
        other: Side,
        ratios: csr_array,
        own: tuple[Ints, Ints],
        given: tuple[Ints, Ints],
    ) -> Floats:
        """The gain of each stretch of sentences ``own`` (first, count) from ``given``."""
        tokens, start = spans(side, own[0], own[0] + own[1])
        bags, bag_start = spans(other, given[0], given[0] + given[1])
        sizes = np.diff(bag_start)
        ones = np.ones(len(bags), np.float32)
        bag = csr_array((ones, bags, bag_start), (len(sizes), len(other.words)))
        wanted = csr_array((np.ones(len(tokens), np.float32), tokens, start),
                           (len(sizes), len(side.words)))  # fmt: skip
        support = csr_array((bag @ ratios).multiply(wanted.astype(bool)))
        count = csr_array(support.astype(bool)).multiply(wanted)
        count = csr_array(count)
        support.sort_indices()
        count.sort_indices()
        row = np.repeat(np.arange(len(sizes)), np.diff(support.indptr))
        value = np.log(1.0 + self.settings.kappa * support.data / sizes[row])
        return np.bincount(row, value * count.data, len(sizes)).astype(np.float64)

    def form(self, t: int, document: Ints, i: Ints, j: Ints) -> tuple[Floats, tuple[Floats, ...]]:
        """Length term, edges and type penalty of beads; also the terms one by one."""
        settings, model, batch = self.settings, self.model, self.batch
        a, b = TYPES[t]
        ratio = model.ratio[document]
        zh_chars: Floats = (self.zh_chars[i + a] - self.zh_chars[i]) * ratio
        en_chars = self.en_chars[j + b] - self.en_chars[j]
        scale: Floats = settings.length_variance * (zh_chars + en_chars) / 2
        off = (zh_chars - en_chars) ** 2 / np.maximum(scale, 1.0)
        length = -0.5 * settings.weight_length * np.minimum(off, settings.length_cap)
        group = batch.group(document)
        first = model.first[group, batch.zh.first[i], batch.en.first[j]]
        last = model.last[group, batch.zh.last[i + a - 1], batch.en.last[j + b - 1]]
        edges = settings.weight_edges * (first + last)
        fit = model.structure[group, batch.zh.opens[i], batch.en.opens[j]]
        broken = (self.zh_blocks[i + a - 1] - self.zh_blocks[i]) * (batch.en.opens[j] > UNKNOWN)
        broken += (self.en_blocks[j + b - 1] - self.en_blocks[j]) * (batch.zh.opens[i] > UNKNOWN)
        strength = model.structure[group, PARAGRAPH, PARAGRAPH]
        structure = settings.weight_structure * (fit - np.minimum(broken, 4) * strength)
        return length + edges + structure + PENALTY[t], (length, edges, structure)

    def _near(
        self, own_chars: Ints, own: Ints, chars: Ints, given: Ints, limit: Ints, ratio: Floats
    ) -> Ints:
        """How many sentences of a run are worth a look: few, unless the own sentence is long."""
        long = (own_chars[own + 1] - own_chars[own]) * _UNFIT
        fits = long >= (chars[np.minimum(given + _SHORT + 1, limit)] - chars[given]) * ratio
        near: Ints = np.minimum(np.where(fits, REACH, _SHORT), limit - given)
        return near

    def _block_starts(self, band: Band, rows: Ints, row: Ints) -> Ints:
        """Cell numbers where a block starts: with each document, and every so many rows."""
        new = (band.sentence[rows] % _BLOCK == 0) | (np.arange(len(rows)) == 0)
        starts: Ints = np.append(np.searchsorted(row, np.flatnonzero(new)), len(row))
        return starts

    @staticmethod
    def _spread(values: Floats, inside: Bools, at: tuple[Ints, Ints]) -> Floats:
        """Cell values as a full array (REACH, rows, width + 1), 0 where there is none."""
        out = np.zeros((len(values), inside.shape[0], inside.shape[1] + 1), np.float32)
        out[:, at[0], at[1]] = values
        return out


def _bead_gains(
    en_gain: Floats, zh_gain: Floats, band: Band, begin: int, end: int
) -> dict[int, Floats]:
    """The lexical score of each type, (rows, width).

    ``en_gain[a - 1]`` holds the gain of an English sentence given ``a`` Chinese ones from the row
    on, ``zh_gain[b - 1]`` that of a Chinese sentence given ``b`` English ones from the column on.
    """
    rows, width = end - begin, band.width
    # Where sentence i + k (another row) has the same column.
    steps = np.arange(1, REACH)
    target = np.minimum(np.arange(rows)[:, None] + steps, zh_gain.shape[1] - 1)
    shift = band.low[begin:end, None] - band.low[begin + target]
    column = shift[:, :, None] + np.arange(width)
    column = np.where((column >= 0) & (column < width), column, width)
    flat = target[:, :, None] * (width + 1) + column
    out = {}
    for b in range(1, REACH + 1):
        gain = zh_gain[b - 1]
        total = gain[:rows, :width].copy()
        most = max(a for a, other in TYPES if other == b)
        for a in range(1, most + 1):
            if a > 1:
                total += gain.reshape(-1)[flat[:, a - 2]]
            if (a, b) in TYPES:
                out[TYPES.index((a, b))] = total.copy()
    for a in range(1, REACH + 1):
        gain = en_gain[a - 1][:rows]
        total = gain[:, :width].copy()
        most = max(b for other, b in TYPES if other == a)
        for b in range(1, most + 1):
            if b > 1 and b - 1 < width:
                total[:, : width - b + 1] += gain[:, b - 1 : width]
            if (a, b) in TYPES:
                out[TYPES.index((a, b))] += total
    return out
