"""How probable each bead of an alignment is, given the scores of all others in the band.

Forward-backward over the same graph as the dynamic programme (log-sum-exp in place of max). The
posterior of a bead is the share of all weighted alignments that contain it.
"""

from collections.abc import Sequence

import numpy as np

from tasks.align.bands import Band, Step, infinite
from tasks.align.dynamic import Nulls, sweep
from tasks.align.encode import Floats
from tasks.align.scores import TYPES

_NUMBER = {t: k for k, t in enumerate(TYPES)}


def bead_posteriors(
    scores: Floats,
    band: Band,
    nulls: Nulls,
    paths: Sequence[Sequence[Step]],
    temperature: float,
) -> list[list[float]]:
    """The probability of each step of each document's path; all scores are divided by
    ``temperature`` before they are weighed (``scores`` is used up).
    """
    scores /= np.float32(temperature)  # in place: the array can be most of the memory in use
    nulls = Nulls(nulls.opening / temperature, nulls.zh / temperature, nulls.en / temperature)
    with np.errstate(invalid="ignore", divide="ignore"):
        forward, forward_null = _forward(scores, band, nulls)
        backward, backward_null = _backward(scores, band, nulls)
    out = []
    for d, path in enumerate(paths):
        base = int(band.first[d])
        final = base + int(band.rows[d]) - 1
        end = int(band.last[base] - band.low[final])
        total = np.logaddexp(forward[final, end], forward_null[final, end])
        chances = []
        for i, i2, j, j2 in path:
            r, r2 = base + i, base + i2
            c, c2 = j - int(band.low[r]), j2 - int(band.low[r2])
            if i2 > i and j2 > j:
                start = np.logaddexp(forward[r, c], forward_null[r, c])
                value = start + scores[r, _NUMBER[i2 - i, j2 - j], c] + backward[r2, c2]
            else:
                start = np.logaddexp(forward[r, c] + nulls.opening, forward_null[r, c])
                credit = nulls.zh[r2] if i2 > i else nulls.en[r, c2] - nulls.en[r, c]
                value = start + credit + backward_null[r2, c2]
            chances.append(float(min(1.0, np.exp(value - total))))
        out.append(chances)
    return out


def _log_sum(values: Floats) -> Floats:
    """Log of the sum of exp along axis 1; -inf where all are."""
    top = values.max(1)
    safe = np.where(top == -np.inf, 0.0, top)
    total: Floats = np.log(np.exp(values - safe[:, None]).sum(1)) + safe
    return total


def _accumulate(inflow: Floats, lift: Floats) -> Floats:
    """out[j] = log(exp(inflow[j]) + exp(out[j - 1] + lift[j] - lift[j - 1])) along axis 1."""
    out: Floats = np.logaddexp.accumulate(inflow - lift, axis=1) + lift
    return out


def _forward(scores: Floats, band: Band, nulls: Nulls) -> tuple[Floats, Floats]:
    """Log-weight of all ways to a node, by their last part: a bead, or a null sentence."""
    width = band.width
    columns = np.arange(width)
    bead, null_run = infinite((len(band.low), width + 1)), infinite((len(band.low), width + 1))
    both = infinite((len(band.low), width + 1))
    flat_both = both.reshape(-1)
    flat = np.append(scores.reshape(-1), np.float32(-np.inf))
    types = np.arange(len(TYPES))[:, None]
    for now, index in sweep(band):
        row, column = np.divmod(index, width + 1)
        at = np.where(column < width, (row * len(TYPES) + types) * width + column, len(flat) - 1)
        reached = _log_sum(flat_both[index] + flat[at])
        begins = band.sentence[now] == 0
        reached[begins, 0] = 0.0
        lift = nulls.en[now]
        inflow = np.full(reached.shape, -np.inf)
        if not begins.any():
            above = np.logaddexp(bead[now - 1] + nulls.opening, null_run[now - 1])
            shift = band.low[now] - band.low[now - 1]
            place = np.minimum(shift[:, None] + columns, width)
            inflow = np.take_along_axis(above, place, 1) + nulls.zh[now, None]
        # A run comes from above, from the left, or opens at the node on the left.
        opened = reached[:, :-1] + nulls.opening + np.diff(lift, axis=1)
        inflow[:, 1:] = np.logaddexp(inflow[:, 1:], opened)
        bead[now, :width] = reached
        null_run[now, :width] = _accumulate(inflow, lift)
        both[now, :width] = np.logaddexp(reached, null_run[now, :width])
    return bead, null_run


def _backward(scores: Floats, band: Band, nulls: Nulls) -> tuple[Floats, Floats]:
    """Log-weight of all ways from a node to the end, having come to it by a bead, or by a null."""
    width = band.width
    columns = np.arange(width)
    after_bead, after_null = (infinite((len(band.low), width + 1)) for _ in range(2))
    flat = after_bead.reshape(-1)
    for now, index in sweep(band, backward=True):
        onward = _log_sum(flat[index] + scores[now])
        lift = nulls.en[now]
        ends = band.sentence[now] == band.rows[band.document[now]] - 1
        end = np.flatnonzero(ends)
        onward[end, (band.last[now] - band.low[now])[end]] = 0.0
        down = np.full(onward.shape, -np.inf)
        go = np.flatnonzero(~ends)
        if len(go):
            shift = band.low[now[go] + 1] - band.low[now[go]]
            place = columns - shift[:, None]
            below = after_null[now[go, None] + 1, np.where(place >= 0, place, width)]
            down[go] = below + nulls.zh[now[go] + 1, None]
        run = _accumulate(np.logaddexp(onward, down)[:, ::-1], -lift[:, ::-1])[:, ::-1]
        after_null[now, :width] = run
        down[:, :-1] = np.logaddexp(down[:, :-1], run[:, 1:] + np.diff(lift, axis=1))
        after_bead[now, :width] = np.logaddexp(onward, down + nulls.opening)
    return after_bead, after_null
