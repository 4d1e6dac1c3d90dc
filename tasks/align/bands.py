"""The part of the plane that an alignment may use.

A node (i, j) stands before Chinese sentence i and English sentence j. A cell (i, j) is the pair of
these two sentences.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from tasks.align.encode import Ints

#: Columns beside the straight line between anchors that are looked at: at most, and in documents
#: that are so long that the nodes would be more than ``_NODES``, at least.
_FAR, _NEAR = 160, 40
_NODES = 1_500_000

#: A step of a path: sentences from and to (half-open), Chinese and English.
Step = tuple[int, int, int, int]


class Rows(NamedTuple):
    """Ragged rows: of row ``r`` the columns ``low[r] <= c < high[r]`` are inside, the first of them
    is number ``start[r]``.
    """

    low: Ints
    high: Ints
    start: Ints

    @classmethod
    def of(cls, low: Ints, high: Ints) -> "Rows":
        """From the bounds, both rising."""
        sizes = np.maximum(high - low, 0)
        return cls(low, high, np.concatenate(([0], np.cumsum(sizes))))

    @property
    def size(self) -> int:
        """The number of places inside."""
        return int(self.start[-1])


class Band(NamedTuple):
    """``nodes`` by i; the ``cells`` among them (or more) by i, and again ``by_column``, by j."""

    nodes: Rows
    cells: Rows
    by_column: Rows

    @classmethod
    def of(cls, low: Ints, high: Ints) -> "Band":
        """The nodes low[i] <= j <= high[i]; the bounds rise from (0, .) to (., last column)."""
        en = int(high[-1])
        columns = np.arange(en)
        return cls(
            Rows.of(low, high + 1),
            Rows.of(low[:-1], np.minimum(high[:-1] + 1, en)),
            Rows.of(
                np.searchsorted(high[:-1], columns, "left"),
                np.searchsorted(low[:-1], columns, "right"),
            ),
        )


@lru_cache(maxsize=256)
def full(zh: int, en: int) -> Band:
    """Every node of a document; the arrays are shared by documents of the same size."""
    return Band.of(np.zeros(zh + 1, np.int64), np.full(zh + 1, en))


def around(path: Sequence[Step], zh: int, en: int, margin: int) -> Band:
    """The nodes within ``margin`` columns of a path."""
    steps = np.array(path, np.int64).reshape(-1, 4)
    low = np.full(zh + 1, en)
    high = np.zeros(zh + 1, np.int64)
    low[0] = 0
    for rows, columns in ((steps[:, 0], steps[:, 2]), (steps[:, 1], steps[:, 3])):
        np.minimum.at(low, rows, columns)
        np.maximum.at(high, rows, columns)
    high[-1] = en
    high = np.maximum.accumulate(high)
    low = np.minimum.accumulate(low[::-1])[::-1]
    return Band.of(*widened(low, high, margin, en))


def between(points: Sequence[tuple[int, int]], zh: int, en: int, margin: int) -> tuple[Ints, Ints]:
    """Bounds of the nodes near the boxes between points that follow each other: ``margin`` columns,
    more where points are far apart, but not far from the straight line between them.
    """
    low, high = np.zeros(zh + 1, np.int64), np.full(zh + 1, en)
    far = max(min(_NODES // (2 * zh + 2), _FAR), _NEAR)
    i, j = -1, -1
    for i2, j2 in [*points, (zh, en)]:
        extra = max(i2 - i, j2 - j) // 2
        line = np.arange(1, i2 - i + 1) * (j2 - j) // (i2 - i) + j
        low[i + 1 : i2 + 1] = np.maximum(j + 1 - extra, line - far)
        high[i + 1 : i2 + 1] = np.minimum(j2 + extra, line + far)
        i, j = i2, j2
    return widened(low, high, margin, en)


def widened(low: Ints, high: Ints, margin: int, en: int) -> tuple[Ints, Ints]:
    """Bounds that only rise, ``margin`` wider, from the first node to the last one."""
    low = np.minimum.accumulate(np.clip(low - margin, 0, en)[::-1])[::-1].copy()
    high = np.maximum.accumulate(np.clip(high + margin, 0, en))
    low[0] = 0
    high[-1] = en
    # A path must be able to step down from each row, however steep the document is.
    low[1:] = np.minimum(low[1:], high[:-1])
    return low, high
