"""Blocks that stand in another order on the other side.

An alignment is a rising chain; what was moved is left over as nulls on both sides. The runs of
nulls of a document are compared with each other, and runs that translate each other are aligned
like a document of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasks.align.anchors import similarity
from tasks.align.bands import Step, full
from tasks.align.encode import Document, Floats
from tasks.align.scores import NUMBER, Model
from tasks.align.search import Pass, path_parts, refined, search
from tasks.align.settings import AlignSettings

#: A run of sentences of one side: from and to (half-open).
Run = tuple[int, int]
_TRIED = 64  # pairs of runs looked at in a document, most similar first


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """A bead in another order: its probability, its score and the parts of that."""

    step: Step
    probability: float
    score: float
    parts: Floats


def moved_beads(
    document: Document, model: Model, last: Pass, settings: AlignSettings
) -> list[Moved]:
    """Beads among the nulls of a pass; no sentence is in two of them."""
    zh = _runs([(i, i2) for i, i2, j, j2 in last.path if j == j2])
    en = _runs([(j, j2) for i, i2, j, j2 in last.path if i == i2])
    if not zh or not en:
        return []
    likeness = similarity(document, zh, en, model.links)
    order = np.argsort(-likeness, axis=None, kind="stable")[:_TRIED]
    found: list[list[Moved]] = []
    for flat in order.tolist():
        if likeness.flat[flat] <= 0.0:
            break
        one, other = zh[flat // len(en)], en[flat % len(en)]
        found.append(_aligned(document, one, other, model, last, settings))
    out: list[Moved] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for beads in sorted(found, key=lambda own: -sum(bead.score for bead in own)):
        zh_used = {x for bead in beads for x in range(bead.step[0], bead.step[1])}
        en_used = {x for bead in beads for x in range(bead.step[2], bead.step[3])}
        if not (zh_used & taken[0] or en_used & taken[1]):
            out += beads
            taken[0].update(zh_used)
            taken[1].update(en_used)
    return out


def _runs(nulls: Sequence[Run]) -> list[Run]:
    """Null sentences joined where they follow each other."""
    out: list[Run] = []
    for begin, end in sorted(nulls):
        if out and out[-1][1] == begin:
            out[-1] = (out[-1][0], end)
        else:
            out.append((begin, end))
    return out


def _aligned(
    document: Document, zh: Run, en: Run, model: Model, whole: Pass, settings: AlignSettings
) -> list[Moved]:
    """The beads of two runs that score clearly more than nulls would."""
    part = document.part(zh, en)
    band = full(zh[1] - zh[0], en[1] - en[0])
    own = refined(part, model, search(part, model, band, settings, whole=whole), settings)
    parts = path_parts(part, model, own, settings)
    nodes = own.scores.band.nodes
    beads = []
    for (i, i2, j, j2), chance, terms in zip(own.path, own.chances, parts, strict=True):
        if i2 == i or j2 == j:
            continue
        # How far the tokens gain more than by chance, on the weaker of the sides: 0 what a
        # middling pair of the document gains, 1 what its best pairs do.
        tokens = (part.zh.start[i2] - part.zh.start[i], part.en.start[j2] - part.en.start[j])
        each = np.array([terms[1], terms[0]]) / tokens
        middling, best = whole.gains
        if ((each - middling) / np.maximum(best - middling, 0.05)).min() < settings.moved:
            continue
        node = int(nodes.start[i]) + j - int(nodes.low[i])
        score = float(own.scores.beads[node, NUMBER[i2 - i, j2 - j]])
        step = (i + zh[0], i2 + zh[0], j + en[0], j2 + en[0])
        beads.append(Moved(step, chance, score, terms))
    return beads
