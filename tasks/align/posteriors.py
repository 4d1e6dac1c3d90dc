"""How probable each bead of an alignment is, given the scores of all others in the band.

Forward-backward (Rabiner 1989) over the same graph as the dynamic programme, with sums of
exponentials in place of the maximum. The posterior of a bead is the share of all weighted
alignments that contain it.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from models.compiled import compiled, inlined
from tasks.align.bands import Band, Rows, Step
from tasks.align.dynamic import Nulls
from tasks.align.encode import Floats, Ints
from tasks.align.scores import NUMBER, TYPE_EN, TYPE_ZH, Scores


class Flow(NamedTuple):
    """Log-weights of all ways from the start to each node, by their last part (a bead, or a null
    sentence), and of all ways from it to the end, having come to it by a bead or by a null; all
    scores are multiplied by ``scale`` before they are weighed.
    """

    scale: float
    nulls: Nulls
    in_bead: Floats
    in_null: Floats
    after_bead: Floats
    after_null: Floats


def flow_of(scores: Scores, nulls: Nulls, temperature: float) -> Flow:
    """The flow through a band when all scores are divided by ``temperature``."""
    scale = 1.0 / temperature
    nulls = Nulls(nulls.opening * scale, nulls.zh * scale, nulls.en * scale)
    forward = _forward(scores.beads, scale, scores.band, nulls, TYPE_ZH, TYPE_EN)
    backward = _backward(scores.beads, scale, scores.band, nulls, TYPE_ZH, TYPE_EN)
    return Flow(scale, nulls, *forward, *backward)


def bead_posteriors(scores: Scores, flow: Flow, path: Sequence[Step]) -> list[float]:
    """The probability of each step of a path."""
    steps = np.array(path, np.int64).reshape(-1, 4)
    chances: list[float] = _chances(scores.beads, scores.band, flow, steps, NUMBER).tolist()
    return chances


def probable(scores: Scores, flow: Flow, least: float) -> tuple[Ints, Ints]:
    """The nodes and types of all beads with a probability of at least ``least``."""
    rows: tuple[Ints, Ints] = _probable(
        scores.beads, scores.band, flow, TYPE_ZH, TYPE_EN, float(np.log(least))
    )
    return rows


#: Log-weights that lie so far below another one add nothing to it that a number could hold.
_NOTHING = 40.0


@inlined
def _log_add(one: float, two: float) -> float:
    high, low = max(one, two), min(one, two)
    if low > high - _NOTHING:
        high += float(np.log1p(np.exp(low - high)))
    return high


@inlined
def _exp(x: float) -> float:
    """The exponential of a number that is not positive, to 12 places; of less than -64, that of
    -64. Without a call, so that a row is worked out several numbers at a time.
    """
    y = max(x, -64.0) * 0.015625
    value = y * (1.0 / 479001600.0) + 1.0 / 39916800.0  # the series of exp(y) up to y ** 12
    value = value * y + 1.0 / 3628800.0
    value = value * y + 1.0 / 362880.0
    value = value * y + 1.0 / 40320.0
    value = value * y + 1.0 / 5040.0
    value = value * y + 1.0 / 720.0
    value = value * y + 1.0 / 120.0
    value = value * y + 1.0 / 24.0
    value = value * y + 1.0 / 6.0
    value = value * y + 0.5
    value = value * y + 1.0
    value = value * y + 1.0
    value *= value
    value *= value
    value *= value
    value *= value
    value *= value
    return value * value


@compiled
def _forward(
    beads: Floats, scale: float, band: Band, nulls: Nulls, type_zh: Ints, type_en: Ints
) -> tuple[Floats, Floats]:
    """Log-weight of all ways to a node, by their last part: a bead, or a null sentence."""
    nodes: Rows = band.nodes
    size = nodes.start[-1]
    in_bead = np.full(size, -np.inf)
    in_null = np.full(size, -np.inf)
    both = np.full(size, -np.inf)
    total = np.zeros(size)
    for i in range(len(nodes.low)):
        here = nodes.start[i] - nodes.low[i]
        # A bead takes a sentence of either side at least, so all beads come from rows above: a row
        # is worked out type by type, first the largest weights, then the sums beside them.
        for summing in range(2):
            for t in range(len(type_zh)):
                i0, b = i - type_zh[t], type_en[t]
                if i0 < 0:
                    continue
                there = nodes.start[i0] - nodes.low[i0] - b
                first = max(nodes.low[i], nodes.low[i0] + b)
                end = max(first, min(nodes.high[i], nodes.high[i0] + b))
                before = both[there + first : there + end]
                own = beads[there + first : there + end, t]
                top = in_bead[here + first : here + end]
                if summing:
                    row = total[here + first : here + end]
                    for k in range(end - first):
                        row[k] += _exp(before[k] + scale * own[k] - top[k])
                else:
                    for k in range(end - first):
                        value = before[k] + scale * own[k]
                        top[k] = value if value > top[k] else top[k]
        for j in range(nodes.low[i], nodes.high[i]):
            node = here + j
            if node == 0:
                in_bead[node] = 0.0
            elif in_bead[node] > -np.inf:
                in_bead[node] += np.log(total[node])
            if i and nodes.low[i - 1] <= j < nodes.high[i - 1]:
                above = nodes.start[i - 1] + j - nodes.low[i - 1]
                run = _log_add(in_bead[above] + nulls.opening, in_null[above])
                in_null[node] = run + nulls.zh[i - 1]
            if j > nodes.low[i]:
                run = _log_add(in_bead[node - 1] + nulls.opening, in_null[node - 1])
                in_null[node] = _log_add(in_null[node], run + nulls.en[j - 1])
            both[node] = _log_add(in_bead[node], in_null[node])
    return in_bead, in_null


@compiled
def _backward(
    beads: Floats, scale: float, band: Band, nulls: Nulls, type_zh: Ints, type_en: Ints
) -> tuple[Floats, Floats]:
    """Log-weight of all ways from a node to the end, having come to it by a bead, or by a null."""
    nodes: Rows = band.nodes
    size = nodes.start[-1]
    after_bead = np.full(size, -np.inf)
    after_null = np.full(size, -np.inf)
    onward = np.full(size, -np.inf)
    total = np.zeros(size)
    rows = len(nodes.low)
    for i in range(rows - 1, -1, -1):
        here = nodes.start[i] - nodes.low[i]
        for summing in range(2):
            for t in range(len(type_zh)):
                i2, b = i + type_zh[t], type_en[t]
                if i2 >= rows:
                    continue
                there = nodes.start[i2] - nodes.low[i2] + b
                first = max(nodes.low[i], nodes.low[i2] - b)
                end = max(first, min(nodes.high[i], nodes.high[i2] - b))
                after = after_bead[there + first : there + end]
                own = beads[here + first : here + end, t]
                top = onward[here + first : here + end]
                if summing:
                    row = total[here + first : here + end]
                    for k in range(end - first):
                        row[k] += _exp(after[k] + scale * own[k] - top[k])
                else:
                    for k in range(end - first):
                        value = after[k] + scale * own[k]
                        top[k] = value if value > top[k] else top[k]
        for j in range(nodes.high[i] - 1, nodes.low[i] - 1, -1):
            node = here + j
            if node == size - 1:
                onward[node] = 0.0
            elif onward[node] > -np.inf:
                onward[node] += np.log(total[node])
            run = -np.inf
            if i + 1 < rows and nodes.low[i + 1] <= j < nodes.high[i + 1]:
                run = after_null[nodes.start[i + 1] + j - nodes.low[i + 1]] + nulls.zh[i]
            if j + 1 < nodes.high[i]:
                run = _log_add(run, after_null[node + 1] + nulls.en[j])
            after_null[node] = _log_add(onward[node], run)
            after_bead[node] = _log_add(onward[node], run + nulls.opening)
    return after_bead, after_null


@compiled
def _chances(beads: Floats, band: Band, flow: Flow, steps: Ints, number: Ints) -> Floats:
    nodes: Rows = band.nodes
    total = _log_add(flow.in_bead[-1], flow.in_null[-1])
    out = np.empty(len(steps))
    for n in range(len(steps)):
        i, i2, j, j2 = steps[n]
        start = nodes.start[i] + j - nodes.low[i]
        end = nodes.start[i2] + j2 - nodes.low[i2]
        if i2 > i and j2 > j:
            value = _log_add(flow.in_bead[start], flow.in_null[start])
            value += flow.scale * beads[start, number[i2 - i, j2 - j]] + flow.after_bead[end]
        else:
            value = _log_add(flow.in_bead[start] + flow.nulls.opening, flow.in_null[start])
            value += (flow.nulls.zh[i] if i2 > i else flow.nulls.en[j]) + flow.after_null[end]
        out[n] = min(1.0, np.exp(value - total))
    return out


@compiled
def _probable(
    beads: Floats, band: Band, flow: Flow, type_zh: Ints, type_en: Ints, least: float
) -> tuple[Ints, Ints]:
    nodes: Rows = band.nodes
    least += _log_add(flow.in_bead[-1], flow.in_null[-1])
    found = []
    kinds = []
    for i in range(len(nodes.low)):
        for j in range(nodes.low[i], nodes.high[i]):
            node = nodes.start[i] + j - nodes.low[i]
            start = _log_add(flow.in_bead[node], flow.in_null[node])
            for t in range(len(type_zh)):
                if beads[node, t] > -np.inf:
                    i2, j2 = i + type_zh[t], j + type_en[t]
                    end = nodes.start[i2] + j2 - nodes.low[i2]
                    if start + flow.scale * beads[node, t] + flow.after_bead[end] >= least:
                        found.append(node)
                        kinds.append(t)
    return np.array(found, np.int64), np.array(kinds, np.int64)
