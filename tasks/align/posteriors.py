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
    values = np.empty(len(type_zh))
    for i in range(len(nodes.low)):
        for j in range(nodes.low[i], nodes.high[i]):
            node = nodes.start[i] + j - nodes.low[i]
            n = 0
            top = -np.inf
            for t in range(len(type_zh)):
                i0, j0 = i - type_zh[t], j - type_en[t]
                if i0 < 0 or j0 < nodes.low[i0] or j0 >= nodes.high[i0]:
                    continue
                start = nodes.start[i0] + j0 - nodes.low[i0]
                values[n] = both[start] + scale * beads[start, t]
                top = max(top, values[n])
                n += 1
            if node == 0:
                in_bead[node] = 0.0
            elif top > -np.inf:
                total = 0.0
                for k in range(n):
                    if values[k] > top - _NOTHING:
                        total += np.exp(values[k] - top)
                in_bead[node] = np.log(total) + top
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
    values = np.empty(len(type_zh))
    rows = len(nodes.low)
    for i in range(rows - 1, -1, -1):
        for j in range(nodes.high[i] - 1, nodes.low[i] - 1, -1):
            node = nodes.start[i] + j - nodes.low[i]
            n = 0
            top = -np.inf
            for t in range(len(type_zh)):
                i2, j2 = i + type_zh[t], j + type_en[t]
                if i2 >= rows or j2 < nodes.low[i2] or j2 >= nodes.high[i2]:
                    continue
                end = nodes.start[i2] + j2 - nodes.low[i2]
                values[n] = after_bead[end] + scale * beads[node, t]
                top = max(top, values[n])
                n += 1
            onward = -np.inf
            if node == size - 1:
                onward = 0.0
            elif top > -np.inf:
                total = 0.0
                for k in range(n):
                    if values[k] > top - _NOTHING:
                        total += np.exp(values[k] - top)
                onward = np.log(total) + top
            run = -np.inf
            if i + 1 < rows and nodes.low[i + 1] <= j < nodes.high[i + 1]:
                run = after_null[nodes.start[i + 1] + j - nodes.low[i + 1]] + nulls.zh[i]
            if j + 1 < nodes.high[i]:
                run = _log_add(run, after_null[node + 1] + nulls.en[j])
            after_null[node] = _log_add(onward, run)
            after_bead[node] = _log_add(onward, run + nulls.opening)
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
