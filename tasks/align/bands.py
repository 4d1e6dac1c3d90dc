"""The part of the plane that an alignment may use, for all documents of a batch.

A node (i, j) of a document stands before its Chinese sentence i and its English sentence j. The
node rows of the documents follow each other; of row r the columns
``low[r] <= j < low[r] + width`` are inside.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasks.align.encode import Batch, Floats, Ints

#: Columns beside the straight line between anchors that are looked at: at most, and in documents
#: that are so long that the nodes would be more than ``_NODES``, at least.
_FAR, _NEAR = 160, 40
_NODES = 1_500_000

#: A step of a path: sentences of a document from and to (half-open), Chinese and English.
Step = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Node rows: ``first[d]`` is row 0 of document ``d``, which has ``rows[d]`` of them;
    ``document`` and ``sentence`` (i) of each row; ``last`` column of its document.
    """

    low: Ints
    width: int
    first: Ints
    rows: Ints
    document: Ints
    sentence: Ints
    last: Ints

    @classmethod
    def of(cls, lows: Sequence[Ints], widths: Sequence[int], batch: Batch) -> "Band":
        """The bands of the documents, brought to one width."""
        n_zh, n_en = batch.sizes
        rows = n_zh + 1
        first = np.cumsum(rows) - rows
        document = np.repeat(np.arange(len(rows)), rows)
        return cls(
            np.concatenate(lows),
            max(widths),
            first,
            rows,
            document,
            np.arange(rows.sum()) - first[document],
            n_en[document],
        )

    @property
    def columns(self) -> Ints:
        """The column of every cell, an array (rows, width)."""
        return self.low[:, None] + np.arange(self.width)

    def shifted(self, steps: Ints, columns: Ints) -> Ints:
        """Flat indices into (rows, width + 1) of the nodes ``steps`` rows and ``columns`` columns
        further than each node (arrays (types,)): (rows, types, width). Column ``width`` of row 0
        stands for nodes outside.
        """
        return self.shifted_rows(np.arange(len(self.low)), steps, columns)

    def shifted_rows(self, rows: Ints, steps: Ints, columns: Ints) -> Ints:
        """:meth:`shifted` for some rows only."""
        target = rows[:, None] + steps
        i = self.sentence[rows][:, None] + steps
        inside = (i >= 0) & (i < self.rows[self.document[rows]][:, None])
        target = np.where(inside, target, rows[:, None])
        shift = self.low[rows][:, None] + columns - self.low[target]
        column = shift[:, :, None] + np.arange(self.width)
        good = inside[:, :, None] & (column >= 0) & (column < self.width)
        flat: Ints = np.where(good, target[:, :, None] * (self.width + 1) + column, self.width)
        return flat


def full(zh: int, en: int) -> tuple[Ints, int]:
    """Every node of a document: lowest columns and width."""
    return np.zeros(zh + 1, np.int64), en + 1


def around(path: Sequence[Step], zh: int, en: int, margin: int) -> tuple[Ints, int]:
    """The nodes of a document within ``margin`` columns of a path."""
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
    return _widened(low, high, margin, en)


def between(points: Sequence[tuple[int, int]], zh: int, en: int, margin: int) -> tuple[Ints, int]:
    """The nodes near the boxes between points that follow each other: ``margin`` columns, more
    where points are far apart, but not far from the straight line between them.
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
    return _widened(low, high, margin, en)


def _widened(low: Ints, high: Ints, margin: int, en: int) -> tuple[Ints, int]:
    """Bounds that only rise, ``margin`` wider, from the first node to the last one."""
    low = np.minimum.accumulate(np.clip(low - margin, 0, en)[::-1])[::-1].copy()
    high = np.maximum.accumulate(np.clip(high + margin, 0, en))
    low[0] = 0
    return low, int((high - low).max()) + 1


def infinite(shape: tuple[int, ...]) -> Floats:
    """An array of -inf."""
    return np.full(shape, -np.inf)
