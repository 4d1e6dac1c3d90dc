"""The best alignment through a band, row by row, all documents of a batch at a time.

A path is a chain of beads and of null runs. A run of sentences without counterpart costs an opening
once and earns a credit for each sentence (affine gaps, Gotoh 1982), on either side in any order.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tasks.align.bands import Band, Step, infinite
from tasks.align.encode import Batch, Floats, Ints
from tasks.align.scores import TYPE_EN, TYPE_ZH, TYPES

_AHEAD = 4096  # rows whose indices are computed at a time, at most


def sweep(band: Band, *, backward: bool = False) -> Iterator[tuple[Ints, Ints]]:
    """Row numbers that can be worked on together (row k of every document that has one), in the
    order of k, with the flat indices (rows, types, width) of the nodes at the other end of each
    bead: those it starts at, or ``backward`` those it ends at.
    """
    order = np.argsort(-band.rows, kind="stable")
    first, rows = band.first[order], band.rows[order]
    sign = 1 if backward else -1
    longest = int(rows[0]) if len(rows) else 0
    ahead = max(_AHEAD // (len(rows) * band.width), 1)
    starts = range(0, longest, ahead)
    for start in reversed(starts) if backward else starts:
        steps = range(start, min(start + ahead, longest))
        groups = [first[: np.count_nonzero(rows > k)] + k for k in steps]
        index = band.shifted_rows(np.concatenate(groups), sign * TYPE_ZH, sign * TYPE_EN)
        ends = np.cumsum([len(g) for g in groups])
        parts = list(zip(groups, np.split(index, ends[:-1]), strict=True))
        yield from reversed(parts) if backward else parts


@dataclass(frozen=True, slots=True, eq=False)
class Nulls:
    """What sentences without counterpart cost: ``opening`` a run of them (negative); ``zh`` (rows,)
    is the credit of the Chinese sentence before each node row, ``en`` (rows, width) the summed
    credits of the English sentences before each column.
    """

    opening: float
    zh: Floats
    en: Floats

    @classmethod
    def of(
        cls, batch: Batch, band: Band, credits: tuple[Floats, Floats], opening: float
    ) -> "Nulls":
        """From the credit of each Chinese and each English sentence of a batch."""
        zh_credit, en_credit = credits
        zh = np.zeros(len(band.low))
        zh[band.sentence > 0] = zh_credit
        column = np.minimum(band.columns, band.last[:, None])
        en = np.zeros(column.shape)
        for d, (first, rows) in enumerate(
            zip(band.first.tolist(), band.rows.tolist(), strict=True)
        ):
            low, high = batch.en.document[d : d + 2].tolist()
            own = np.concatenate(([0.0], np.cumsum(en_credit[low:high])))
            en[first : first + rows] = own[column[first : first + rows]]
        return cls(opening, zh, en)


def best_paths(scores: Floats, band: Band, nulls: Nulls) -> list[list[Step]]:
    """The beads of the best alignment of each document, null sentences one by one.

    ``scores`` as :func:`tasks.align.scores.bead_scores` gives them.
    """
    width = band.width
    rows = len(band.low)
    best, in_null = infinite((rows, width + 1)), infinite((rows, width + 1))
    in_bead = infinite((rows, width))
    kind = np.zeros((rows, width), np.int8)
    came = np.zeros((rows, width), np.int8)  # a null run: 0 opened here, 1 from above, 2 from left
    # Beads by their end: the score array is laid out by their start.
    flat_best = best.reshape(-1)
    flat = np.append(scores.reshape(-1), np.float32(-np.inf))
    types = np.arange(len(TYPES))[:, None]
    for now, index in sweep(band):
        row, column = np.divmod(index, width + 1)
        at = np.where(column < width, (row * len(TYPES) + types) * width + column, len(flat) - 1)
        candidates = flat_best[index] + flat[at]
        chosen = candidates.argmax(1)
        bead = np.take_along_axis(candidates, chosen[:, None], 1)[:, 0]
        begins = band.sentence[now] == 0
        bead[begins, 0] = 0.0
        opened = bead + nulls.opening
        down = opened
        if not begins.any():
            down = _above(in_null, band, now) + nulls.zh[now, None]
        start = np.maximum(opened, down)
        lift = nulls.en[now]
        reached = np.maximum.accumulate(start - lift, axis=1) + lift
        in_bead[now] = bead
        in_null[now, :width] = reached
        best[now, :width] = np.maximum(bead, reached)
        kind[now] = chosen
        came[now] = np.where(reached > start + 1e-9, 2, np.where(down > opened, 1, 0))
    return [_trace(band, d, in_bead, in_null, kind, came) for d in range(len(band.rows))]


def _above(values: Floats, band: Band, rows: Ints) -> Floats:
    """The values (rows, width + 1) of the nodes one row above."""
    shift = band.low[rows] - band.low[rows - 1]
    column = np.minimum(shift[:, None] + np.arange(band.width), band.width)
    above: Floats = values[rows[:, None] - 1, column]
    return above


def _trace(
    band: Band, document: int, in_bead: Floats, in_null: Floats, kind: Ints, came: Ints
) -> list[Step]:
    base = int(band.first[document])
    i = int(band.rows[document]) - 1
    j = int(band.last[base])
    low = band.low[base : base + i + 1].tolist()
    if max(in_bead[base + i, j - low[i]], in_null[base + i, j - low[i]]) == -np.inf:
        raise ValueError("no alignment inside the band")
    out: list[Step] = []
    null = bool(in_null[base + i, j - low[i]] > in_bead[base + i, j - low[i]])
    while i or j:
        column = j - low[i]
        if not null:
            a, b = TYPES[kind[base + i, column]]
            out.append((i - a, i, j - b, j))
            i, j = i - a, j - b
            null = bool(in_null[base + i, j - low[i]] > in_bead[base + i, j - low[i]])
        elif came[base + i, column] == 1:
            out.append((i - 1, i, j, j))
            i -= 1
        elif came[base + i, column] == 2:
            out.append((i, i, j - 1, j))
            j -= 1
        else:
            null = False
    return out[::-1]
