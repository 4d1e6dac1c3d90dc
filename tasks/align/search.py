"""A pass over a document: all beads of a band are scored, and the best path through them is found.

The last pass is refined: its probable beads are looked at again for the order of their tokens.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from tasks.align.bands import Band, Step
from tasks.align.chain import fits, near_chain
from tasks.align.dynamic import Nulls, best_path
from tasks.align.encode import Document, Floats, Ints
from tasks.align.nulls import null_credits
from tasks.align.order import order_gains
from tasks.align.posteriors import Flow, bead_posteriors, flow_of, probable
from tasks.align.scores import (
    NUMBER,
    TYPE_EN,
    TYPE_ZH,
    Model,
    Scores,
    bead_parts,
    bead_scores,
    length_ratio,
    lexical_gains,
    token_gains,
)
from tasks.align.settings import AlignSettings
from tasks.align.taught import TaughtBoth, untaught

#: Terms of a score, in the order of :func:`path_parts`.
PARTS = ("english", "chinese", "length", "edges", "structure", "order")


@dataclass(frozen=True, eq=False)
class Pass:
    """What a pass found; ``ratio`` and ``gains`` are what :func:`length_ratio` and
    :func:`token_gains` say of the document, ``ordered`` whether the order of tokens counts in the
    scores.
    """

    path: list[Step]
    scores: Scores
    nulls: Nulls
    taught: TaughtBoth
    ratio: float
    gains: Floats
    temperature: float
    ordered: bool = False

    @cached_property
    def flow(self) -> Flow:
        """What the probabilities are worked out from."""
        return flow_of(self.scores, self.nulls, self.temperature)

    @cached_property
    def chances(self) -> list[float]:
        """The probability of each step of the path."""
        return bead_posteriors(self.scores, self.flow, self.path)


def search(
    document: Document,
    model: Model,
    band: Band,
    settings: AlignSettings,
    *,
    taught: TaughtBoth | None = None,
    whole: Pass | None = None,
    chained: bool = False,
) -> Pass:
    """The best path through a band. ``taught`` is what the beads of the pass before taught the
    model. Of a part of a document, ``whole`` says what its sentences and tokens are like in
    general. With ``chained`` the band is the whole plane, of which only what lies near a chain of
    pairs of sentences is looked at, unless the path does not fit there.
    """
    taught = taught or untaught(document)
    ratio = whole.ratio if whole else length_ratio(document)
    lexical = lexical_gains(document, model, band, taught, ratio, settings)
    gains = whole.gains if whole else token_gains(document, band, *lexical)
    nulls = null_credits(document, gains, settings)

    def found(band: Band) -> Pass:
        scores = bead_scores(document, model, band, lexical, ratio, settings)
        path = best_path(scores, nulls)
        return Pass(path, scores, nulls, taught, ratio, gains, settings.temperature)

    if chained:
        nodes = near_chain(*lexical, document.zh.sentences, document.en.sentences, settings.chain)
        near = found(band._replace(nodes=nodes))
        if fits(near.path, nodes, settings.chain):
            return near
    return found(band)


def refined(document: Document, model: Model, found: Pass, settings: AlignSettings) -> Pass:
    """The best path when the order of tokens counts too, through the beads that are probable
    without it.
    """
    scores = found.scores
    node, kind = probable(scores, found.flow, settings.candidate)
    own = _places(found.path, scores)
    node, kind = np.concatenate((node, own[:, 0])), np.concatenate((kind, own[:, 1]))
    nodes = scores.band.nodes
    i = np.searchsorted(nodes.start, node, "right") - 1
    j = nodes.low[i] + node - nodes.start[i]
    steps = np.column_stack((i, i + TYPE_ZH[kind], j, j + TYPE_EN[kind]))
    order = order_gains(document, model.links, found.taught, steps, settings)
    beads = np.full_like(scores.beads, -np.inf)
    beads[node, kind] = scores.beads[node, kind] + settings.weight_order * order
    scores = replace(scores, beads=beads)
    path = best_path(scores, found.nulls)
    return replace(found, path=path, scores=scores, ordered=True)


def path_parts(document: Document, model: Model, found: Pass, settings: AlignSettings) -> Floats:
    """The terms (steps, :data:`PARTS`) of the scores of the beads of a pass; 0 for null beads."""
    parts = bead_parts(document, model, found.scores, found.ratio, found.path, settings)
    order: Floats = np.zeros(len(parts))
    if found.ordered:
        order = order_gains(document, model.links, found.taught, found.path, settings)
    return np.column_stack((parts, settings.weight_order * order))


def _places(path: Sequence[Step], scores: Scores) -> Ints:
    """Rows (node, type) of the beads of a path."""
    nodes = scores.band.nodes
    steps = np.array(path, np.int64).reshape(-1, 4)
    i, i2, j, j2 = steps[(steps[:, 1] > steps[:, 0]) & (steps[:, 3] > steps[:, 2])].T
    return np.column_stack((nodes.start[i] + j - nodes.low[i], NUMBER[i2 - i, j2 - j]))
