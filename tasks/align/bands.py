"""The part of the plane that an alignment may use."""

from collections.abc import Sequence

import numpy as np

from tasks.align.dynamic import Step
from tasks.align.scores import Band


def full_band(zh: int, en: int) -> Band:
    """Every node of a document of ``zh`` and ``en`` sentences."""
    return Band(np.zeros(zh + 1, np.int64), en + 1)


def around(path: Sequence[Step], zh: int, en: int, margin: int) -> Band:
    """The nodes within ``margin`` columns of a path."""
    low = np.full(zh + 1, en)
    high = np.zeros(zh + 1, np.int64)
    low[0] = 0
    for i, i2, j, j2 in path:
        low[i : i2 + 1] = np.minimum(low[i : i2 + 1], j)
        high[i : i2 + 1] = np.maximum(high[i : i2 + 1], j2)
    low = np.minimum.accumulate(np.maximum(low - margin, 0)[::-1])[::-1]
    high = np.maximum.accumulate(np.minimum(high + margin, en))
    return Band(low, int((high - low).max()) + 1)
