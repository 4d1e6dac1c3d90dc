"""Where runs of sentences are tried in a document of a few dozen sentences.

All pairs of single sentences have been compared. The rising chain of those that gain most (beyond
what their rows and columns gain on average) shows where the document very likely runs through. A
path that comes to the edge of what is looked at, or leaves many sentences over, may have missed a
better one: then the whole plane is searched.
"""

from collections.abc import Sequence

import numpy as np

from models.compiled import compiled
from tasks.align.bands import Rows, Step
from tasks.align.encode import Floats, Ints


def near_chain(en_gains: Floats, zh_gains: Floats, zh: int, en: int, margin: int) -> Rows:
    """The nodes at most ``margin`` columns beside the chain.

    The gains are those of the whole plane, Chinese sentence by Chinese sentence and English one by
    English one; of those from runs the first column counts, that of single sentences.
    """
    low, high = _bounds(en_gains, zh_gains, zh, en, margin)
    return Rows.of(low, high + 1)


def fits(path: Sequence[Step], nodes: Rows, most: int) -> bool:
    """Whether a path stays away from the edges of a band, but for those of the plane, and leaves at
    most so many sentences without counterpart.
    """
    return bool(_fits(np.array(path, np.int64), nodes, most))


@compiled
def _fits(steps: Ints, nodes: Rows, most: int) -> bool:
    width = nodes.high[-1]
    for n in range(len(steps)):
        most -= steps[n, 0] == steps[n, 1] or steps[n, 2] == steps[n, 3]
    if most < 0:
        return False
    for n in range(len(steps) - 1):
        i, j = steps[n, 1], steps[n, 3]
        low, high = nodes.low[i], nodes.high[i]
        if (j == low and low > 0) or (j + 1 == high and high < width):
            return False
    return True


@compiled
def _bounds(en_gains: Floats, zh_gains: Floats, zh: int, en: int, margin: int) -> tuple[Ints, Ints]:
    """The first and the last node of each row, near the chain."""
    gain = np.empty((zh, en))
    rows, columns = np.zeros(zh), np.zeros(en)
    for i in range(zh):
        for j in range(en):
            gain[i, j] = en_gains[i * en + j, 0] + zh_gains[j * zh + i, 0]
            rows[i] += gain[i, j] / en
            columns[j] += gain[i, j] / zh
    best = np.zeros((zh + 1, en + 1))
    for i in range(zh):
        for j in range(en):
            own = best[i, j] + max(gain[i, j] - rows[i] - columns[j], 0.0)
            best[i + 1, j + 1] = max(own, best[i, j + 1], best[i + 1, j])
    low, high = np.empty(zh + 1, np.int64), np.empty(zh + 1, np.int64)
    # Back from the end: the nodes of the box between two pairs that follow each other in the chain,
    # from the end of the one (i, j) to the beginning of the other (bottom, right).
    i, j = bottom, right = zh, en
    while True:
        if i and j and best[i, j] == best[i - 1, j]:
            i -= 1
        elif i and j and best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            if not (i and j):
                i = j = 0  # the first box begins where the plane does
            for row in range(i, bottom + 1):
                low[row] = max(j - margin, 0)
                high[row] = min(right + margin, en)
            if i == 0:
                break
            i, j = i - 1, j - 1
            bottom, right = i, j
    low[0], high[zh] = 0, en
    return low, high


__all__ = ["fits", "near_chain"]
