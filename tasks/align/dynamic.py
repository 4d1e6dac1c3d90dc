"""The best alignment through a band, row by row.

A path is a chain of beads and of null runs. A run of sentences without counterpart costs an opening
once and earns a credit for each sentence (affine gaps, Gotoh 1982), on either side in any order.
"""

from dataclasses import dataclass

import numpy as np

from tasks.align.encode import Floats, Ints
from tasks.align.scores import REACH, TYPES, Band

#: A step of a path: Chinese and English sentences from and to (half-open).
Step = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Nulls:
    """What a run of nulls costs to open, and the credit of a sentence of either side in it."""

    opening: float
    zh: float
    en: float


def band_index(band: Band, rows: int, *, forward: bool) -> Ints:
    """Where the other end of each bead lies: flat indices into (rows, width + 1).

    For beads that end at a node (``forward``): the node they start at; else for those that start
    there: the node they end at. Column ``width`` stands for "outside".
    """
    sign = -1 if forward else 1
    low, width = band.low, band.width
    a = np.array([t[0] for t in TYPES])
    b = np.array([t[1] for t in TYPES])
    row = np.arange(rows)[:, None] + sign * a
    inside = (row >= 0) & (row < rows)
    row = np.clip(row, 0, rows - 1)
    shift = low[:rows, None] + sign * b - low[row]
    column = shift[:, :, None] + np.arange(width)
    inside = inside[:, :, None] & (column >= 0) & (column < width)
    return np.where(inside, row[:, :, None] * (width + 1) + column, width)


def best_path(scores: Floats, band: Band, shape: tuple[int, int], nulls: Nulls) -> list[Step]:
    """The beads of the best alignment, null sentences one by one."""
    rows, width, kinds = shape[0] + 1, band.width, len(TYPES)
    low = band.low
    columns = np.arange(width)
    index = band_index(band, rows, forward=True)
    where = score_index(band, rows)
    flat = np.append(scores.reshape(-1), np.float32(-np.inf))
    best = np.full((rows, width + 1), -np.inf)
    in_bead = np.full((rows, width + 1), -np.inf)
    in_null = np.full((rows, width + 1), -np.inf)
    bead_type = np.zeros((rows, width), np.int8)
    null_from = np.zeros((rows, width), np.int8)  # 0 opened here, 1 from the row above, 2 from left
    for i in range(rows):
        candidates = best.reshape(-1)[index[i]] + flat[where[i]]
        kind = candidates.argmax(0)
        bead = candidates[kind, columns]
        if i == 0 and low[0] <= 0 < low[0] + width:
            bead[-low[0]] = 0.0
        opened = bead + nulls.opening
        down = np.full(width, -np.inf)
        if i:
            shift = int(low[i] - low[i - 1])
            part = in_null[i - 1, shift:width]
            down[: len(part)] = part + nulls.zh
        start = np.maximum(opened, down)
        reached = np.maximum.accumulate(start - columns * nulls.en) + columns * nulls.en
        in_bead[i, :width] = bead
        in_null[i, :width] = reached
        best[i, :width] = np.maximum(bead, reached)
        bead_type[i] = kind
        null_from[i] = np.where(reached > start + 1e-9, 2, np.where(down > opened, 1, 0))
    del kinds
    return _trace(band, shape, in_bead, in_null, bead_type, null_from)


def score_index(band: Band, rows: int) -> Ints:
    """As :func:`band_index`, into the score array (rows, types, width) with one -inf at its end."""
    width, kinds = band.width, len(TYPES)
    index = band_index(band, rows, forward=True)
    row, column = index // (width + 1), index % (width + 1)
    inside = column < width
    where = (row * kinds + np.arange(kinds)[None, :, None]) * width + column
    return np.where(inside, where, rows * kinds * width)


def _trace(
    band: Band,
    shape: tuple[int, int],
    in_bead: Floats,
    in_null: Floats,
    bead_type: Ints,
    null_from: Ints,
) -> list[Step]:
    i, j = shape
    column = j - int(band.low[i])
    if not 0 <= column < band.width or max(in_bead[i, column], in_null[i, column]) == -np.inf:
        raise ValueError("no alignment inside the band")
    out: list[Step] = []
    null = bool(in_null[i, column] > in_bead[i, column])
    while i or j:
        column = j - int(band.low[i])
        if null:
            came = null_from[i, column]
            if came == 0:
                null = False
            elif came == 1:
                out.append((i - 1, i, j, j))
                i -= 1
            else:
                out.append((i, i, j - 1, j))
                j -= 1
            continue
        a, b = TYPES[bead_type[i, column]]
        out.append((i - a, i, j - b, j))
        i, j = i - a, j - b
        column = j - int(band.low[i])
        null = bool(in_null[i, column] > in_bead[i, column])
    return out[::-1]


assert REACH == 9
