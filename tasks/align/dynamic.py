"""The best alignment through a band.

A path is a chain of beads and of null runs. A run of sentences without counterpart costs an opening
once and earns a credit for each sentence (affine gaps, Gotoh 1982), on either side in any order.
"""

from typing import NamedTuple

import numpy as np

from models.compiled import compiled
from tasks.align.bands import Band, Rows, Step
from tasks.align.encode import Floats, Ints
from tasks.align.scores import TYPE_EN, TYPE_ZH, Scores


class Nulls(NamedTuple):
    """What sentences without counterpart cost: ``opening`` a run of them (negative), and the credit
    of each Chinese and each English sentence.
    """

    opening: float
    zh: Floats
    en: Floats


def best_path(scores: Scores, nulls: Nulls) -> list[Step]:
    """The beads of the best alignment, null sentences one by one."""
    steps = _best(scores.beads, scores.band, nulls, TYPE_ZH, TYPE_EN)
    return [(i, i2, j, j2) for i, i2, j, j2 in steps.tolist()]


@compiled
def _best(beads: Floats, band: Band, nulls: Nulls, type_zh: Ints, type_en: Ints) -> Ints:
    nodes: Rows = band.nodes
    size = nodes.start[-1]
    in_bead = np.full(size, -np.inf)
    in_null = np.full(size, -np.inf)
    better = np.full(size, -np.inf)  # of the two
    kind = np.zeros(size, np.int8)
    came = np.zeros(size, np.int8)  # a null run: 0 opened here, 1 from above, 2 from the left
    rows = len(nodes.low)
    in_bead[0] = 0.0
    for i in range(rows):
        here = nodes.start[i] - nodes.low[i]
        # A bead takes a sentence of either side at least, so all beads come from rows above.
        for t in range(len(type_zh)):
            i0, b = i - type_zh[t], type_en[t]
            if i0 < 0:
                continue
            there = nodes.start[i0] - nodes.low[i0] - b
            first = max(nodes.low[i], nodes.low[i0] + b)
            for j in range(first, min(nodes.high[i], nodes.high[i0] + b)):
                value = better[there + j] + beads[there + j, t]
                if value > in_bead[here + j]:
                    in_bead[here + j] = value
                    kind[here + j] = t
        for j in range(nodes.low[i], nodes.high[i]):
            node = here + j
            best = in_bead[node] + nulls.opening
            if i and nodes.low[i - 1] <= j < nodes.high[i - 1]:
                value = in_null[nodes.start[i - 1] + j - nodes.low[i - 1]] + nulls.zh[i - 1]
                if value > best:
                    best = value
                    came[node] = 1
            if j > nodes.low[i]:
                value = in_null[node - 1] + nulls.en[j - 1]
                if value > best + 1e-9:
                    best = value
                    came[node] = 2
            in_null[node] = best
            better[node] = max(in_bead[node], best)
    i, j = rows - 1, nodes.high[rows - 1] - 1
    steps = np.zeros((i + j, 4), np.int64)
    n = len(steps)
    node = nodes.start[i] + j - nodes.low[i]
    if max(in_bead[node], in_null[node]) == -np.inf:
        raise ValueError("no alignment inside the band")
    null = in_null[node] > in_bead[node]
    while i or j:
        a, b = 0, 0
        if not null:
            a, b = type_zh[kind[node]], type_en[kind[node]]
        elif came[node] == 1:
            a = 1
        elif came[node] == 2:
            b = 1
        if a or b:
            n -= 1
            steps[n] = i - a, i, j - b, j
            i, j = i - a, j - b
            node = nodes.start[i] + j - nodes.low[i]
        if a and b:
            null = in_null[node] > in_bead[node]
        elif not a and not b:
            null = False
    return steps[n:]
