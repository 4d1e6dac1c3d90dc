"""Blocks that stand in another order on the other side.

An alignment is a rising chain; what was moved is left over as nulls on both sides. The runs of
nulls of a document are compared with each other, and runs that translate each other are aligned
like a document of their own.
"""

from collections.abc import Sequence

import numpy as np

from tasks.align.anchors import similarity
from tasks.align.bands import Band, Step, full
from tasks.align.dynamic import best_paths
from tasks.align.encode import Batch, Floats
from tasks.align.nulls import null_credits
from tasks.align.posteriors import bead_posteriors
from tasks.align.scores import TYPES, Model, Tables, bead_scores
from tasks.align.settings import AlignSettings

#: A run of sentences of one side: from and to (half-open).
Run = tuple[int, int]
_TRIED = 64  # pairs of runs looked at in a document, most similar first


def moved_beads(
    batch: Batch,
    document: int,
    model: Model,
    gain: Floats,
    path: Sequence[Step],
    settings: AlignSettings,
) -> list[tuple[Step, float]]:
    """Beads among the nulls of a path, with their probabilities; no sentence is in two of them.

    ``gain`` is what tokens gain in the document, as :func:`tasks.align.scores.bead_scores` says.
    """
    zh = _runs([(i, i2) for i, i2, j, j2 in path if j == j2])
    en = _runs([(j, j2) for i, i2, j, j2 in path if i == i2])
    if not zh or not en:
        return []
    zh_base, en_base = int(batch.zh.document[document]), int(batch.en.document[document])
    likeness = similarity(
        batch,
        [np.arange(a, b) + zh_base for a, b in zh],
        [np.arange(a, b) + en_base for a, b in en],
        model.links,
    )
    order = np.argsort(-likeness, axis=None, kind="stable")[:_TRIED]
    own = model.part(document, int(batch.group(np.array([document]))[0]))
    found: list[tuple[float, list[tuple[Step, float]]]] = []
    for flat in order.tolist():
        (i, i2), (j, j2) = zh[flat // len(en)], en[flat % len(en)]
        if likeness.flat[flat] <= 0.0:
            break
        chinese, english = (zh_base + i, zh_base + i2), (en_base + j, en_base + j2)
        part = Batch(
            batch.zh.part(*chinese),
            batch.en.part(*english),
            True,
            batch.zh_translated and batch.zh_translated.part(*chinese),
            batch.en_translated and batch.en_translated.part(*english),
        )
        worth, beads = _aligned(part, own, gain[document : document + 1], settings)
        if beads:
            shifted = [((a + i, b + i, c + j, d + j), p) for (a, b, c, d), p in beads]
            found.append((worth, shifted))
    out: list[tuple[Step, float]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, beads in sorted(found, key=lambda item: -item[0]):
        zh_used = {x for (a, b, _, _), _ in beads for x in range(a, b)}
        en_used = {x for (_, _, a, b), _ in beads for x in range(a, b)}
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
    part: Batch, model: Model, gain: Floats, settings: AlignSettings
) -> tuple[float, list[tuple[Step, float]]]:
    """The beads of two runs that score clearly more than nulls would, and by how much in all."""
    n_zh, n_en = (int(n[0]) for n in part.sizes)
    low, width = full(n_zh, n_en)
    band = Band.of([low], [width], part)
    scores, _ = bead_scores(part, model, band, settings)
    nulls = null_credits(part, band, gain, settings)
    path = best_paths(scores, band, nulls)[0]
    chances = bead_posteriors(scores, band, nulls, [path], settings.temperature)[0]
    beads: list[tuple[Step, float]] = []
    total = 0.0
    tables = Tables(part, model, settings)
    for step, chance in zip(path, chances, strict=True):
        i, i2, j, j2 = step
        if i2 == i or j2 == j:
            continue
        likeness = _likeness(tables, step, gain[0])
        if likeness >= settings.moved:
            beads.append((step, chance))
            total += scores[i, TYPES.index((i2 - i, j2 - j)), j]
    return total, beads


def _likeness(tables: Tables, step: Step, gain: Floats) -> float:
    """How far the tokens of a bead gain more than by chance, on the weaker of its sides: 0 what a
    middling pair of the document gains, 1 what its best pairs do.
    """
    i, i2, j, j2 = step
    place = (np.array([0]), np.array([i]), np.array([j]), np.array([i2 - i]), np.array([j2 - j]))
    by_en, by_zh = tables.lexical(*place)
    zh, en = tables.batch.zh.start, tables.batch.en.start
    each = np.array([by_zh[0] / (zh[i2] - zh[i]), by_en[0] / (en[j2] - en[j])])
    return float(((each - gain[0]) / np.maximum(gain[1] - gain[0], 0.05)).min())
