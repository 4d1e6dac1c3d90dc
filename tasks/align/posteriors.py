"""How probable each bead of an alignment is, given the scores of all others in the band.

Forward-backward over the same graph as the dynamic programme (a semiring change: log-sum-exp for
max). A bead's posterior is the share of all weighted alignments that contain it.
"""

from collections.abc import Sequence

import numpy as np

from tasks.align.dynamic import Nulls, Step, band_index, score_index
from tasks.align.encode import Floats
from tasks.align.scores import TYPES, Band


def bead_posteriors(
    scores: Floats,
    band: Band,
    shape: tuple[int, int],
    nulls: Nulls,
    steps: Sequence[Step],
    temperature: float,
) -> list[float]:
    """The probability of each step of a path."""
    scores = scores / temperature
    nulls = Nulls(nulls.opening / temperature, nulls.zh / temperature, nulls.en / temperature)
    forward, forward_null = _forward(scores, band, shape, nulls)
    backward, backward_null = _backward(scores, band, shape, nulls)
    low = band.low
    total = np.logaddexp(forward[-1, shape[1] - low[-1]], forward_null[-1, shape[1] - low[-1]])
    number = {t: k for k, t in enumerate(TYPES)}
    out = []
    for i, i2, j, j2 in steps:
        c, c2 = j - int(low[i]), j2 - int(low[i2])
        if i2 > i and j2 > j:
            start = np.logaddexp(forward[i, c], forward_null[i, c])
            value = start + scores[i, number[i2 - i, j2 - j], c] + backward[i2, c2]
        else:
            credit = nulls.zh if i2 > i else nulls.en
            start = np.logaddexp(forward[i, c] + nulls.opening, forward_null[i, c])
            value = start + credit + backward_null[i2, c2]
        out.append(float(min(1.0, np.exp(value - total))))
    return out


def _forward(
    scores: Floats, band: Band, shape: tuple[int, int], nulls: Nulls
) -> tuple[Floats, Floats]:
    """Log-weight of all ways to a node, by their last part: a bead, or a null sentence."""
    rows, width = shape[0] + 1, band.width
    columns = np.arange(width)
    index = band_index(band, rows, forward=True)
    where = score_index(band, rows)
    flat = np.append(scores.reshape(-1), -np.inf)
    bead = np.full((rows, width + 1), -np.inf)
    null = np.full((rows, width + 1), -np.inf)
    both = np.full((rows, width + 1), -np.inf)
    for i in range(rows):
        reached = np.logaddexp.reduce(both.reshape(-1)[index[i]] + flat[where[i]], axis=0)
        if i == 0 and 0 <= -band.low[0] < width:
            reached[-band.low[0]] = 0.0
        down = np.full(width, -np.inf)
        if i:
            part = np.logaddexp(bead[i - 1] + nulls.opening, null[i - 1])[
                int(band.low[i] - band.low[i - 1]) : width
            ]
            down[: len(part)] = part + nulls.zh
        # null[j] = down[j] + en * (null[j - 1] + open * bead[j - 1])
        lift = columns * nulls.en
        inflow = down.copy()
        inflow[1:] = np.logaddexp(inflow[1:], reached[:-1] + nulls.opening + nulls.en)
        with np.errstate(invalid="ignore"):
            null[i, :width] = np.logaddexp.accumulate(inflow - lift) + lift
        bead[i, :width] = reached
        both[i, :width] = np.logaddexp(reached, null[i, :width])
    return bead, null


def _backward(
    scores: Floats, band: Band, shape: tuple[int, int], nulls: Nulls
) -> tuple[Floats, Floats]:
    """Log-weight of all ways from a node to the end, having come to it by a bead, or by a null."""
    rows, width = shape[0] + 1, band.width
    columns = np.arange(width)
    index = band_index(band, rows, forward=False)
    after_bead = np.full((rows, width + 1), -np.inf)
    after_null = np.full((rows, width + 1), -np.inf)
    for i in range(rows - 1, -1, -1):
        onward = np.logaddexp.reduce(after_bead.reshape(-1)[index[i]] + scores[i], axis=0)
        if i == rows - 1 and 0 <= shape[1] - band.low[i] < width:
            onward[shape[1] - band.low[i]] = 0.0
        down = np.full(width, -np.inf)
        if i < rows - 1:
            shift = int(band.low[i + 1] - band.low[i])
            part = after_null[i + 1, : max(width - shift, 0)]
            down[shift : shift + len(part)] = part + nulls.zh
        # after_null[j] = onward[j] + down[j] + en * after_null[j + 1]
        lift = (width - 1 - columns) * nulls.en
        inflow = np.logaddexp(onward, down)
        with np.errstate(invalid="ignore"):
            after_null[i, :width] = np.logaddexp.accumulate((inflow - lift)[::-1])[::-1] + lift
        step_null = down.copy()
        step_null[:-1] = np.logaddexp(step_null[:-1], after_null[i, 1:width] + nulls.en)
        after_bead[i, :width] = np.logaddexp(onward, step_null + nulls.opening)
    return after_bead, after_null
