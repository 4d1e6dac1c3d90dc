"""From steps of a path to beads with their probabilities, parts of the score and flags."""

from collections.abc import Sequence

import numpy as np

from models.records import Flag
from tasks.align.bands import Step
from tasks.align.encode import Batch
from tasks.align.records import AlignedBead, DocumentPair
from tasks.align.scores import PENALTY, TYPES, Tables
from tasks.align.settings import AlignSettings

_NUMBER = {t: k for k, t in enumerate(TYPES)}
_CHUNK = 1000  # beads whose lexical terms are worked out at a time
_PLACES = 3  # decimals of the parts


def explained(
    batch: Batch,
    tables: Tables,
    steps: Sequence[Sequence[tuple[Step, float, bool]]],
    pairs: Sequence[DocumentPair],
    settings: AlignSettings,
) -> list[list[AlignedBead]]:
    """The beads of each document."""
    parts = _parts(batch, tables, steps)
    out = []
    for d, (path, pair) in enumerate(zip(steps, pairs, strict=True)):
        beads = []
        for k, ((i, i2, j, j2), chance, moved) in enumerate(path):
            own = parts.get((d, k), {})
            flags = _flags(own, pair, (i, i2, j, j2), settings)
            flags += (Flag.REORDERED,) if moved else ()
            flags += (Flag.LOW_SCORE,) if chance < settings.low_score else ()
            zh, en = tuple(range(i, i2)), tuple(range(j, j2))
            beads.append(AlignedBead(zh, en, round(chance, 4), own, flags))
        out.append(beads)
    return out


def _parts(
    batch: Batch, tables: Tables, steps: Sequence[Sequence[tuple[Step, float, bool]]]
) -> dict[tuple[int, int], dict[str, float]]:
    """The terms of the scores of all beads that are not null, by document and place in its path."""
    rows = [
        (d, k, *step)
        for d, path in enumerate(steps)
        for k, (step, _, _) in enumerate(path)
        if step[1] > step[0] and step[3] > step[2]
    ]
    out: dict[tuple[int, int], dict[str, float]] = {}
    if not rows:
        return out
    table = np.array(rows, np.int64)
    document, i, j = table[:, 0], table[:, 2], table[:, 4]
    a, b = table[:, 3] - i, table[:, 5] - j
    i, j = i + batch.zh.document[document], j + batch.en.document[document]
    by_en, by_zh = (
        np.concatenate(terms)
        for terms in zip(
            *(
                tables.lexical(document[own], i[own], j[own], a[own], b[own])
                for own in (slice(k, k + _CHUNK) for k in range(0, len(table), _CHUNK))
            ),
            strict=True,
        )
    )
    for t in sorted({_NUMBER[x, y] for x, y in zip(a.tolist(), b.tolist(), strict=True)}):
        own = np.flatnonzero((a == TYPES[t][0]) & (b == TYPES[t][1]))
        _, (length, edges, structure) = tables.form(t, document[own], i[own], j[own])
        for n, values in zip(
            own.tolist(),
            np.stack((by_en[own], by_zh[own], length, edges, structure), 1).round(_PLACES).tolist(),
            strict=True,
        ):
            names = ("english", "chinese", "length", "edges", "structure")
            terms = dict(zip(names, values, strict=True))
            terms["type"] = float(PENALTY[t])
            out[rows[n][0], rows[n][1]] = {k: v + 0.0 for k, v in terms.items() if v}
    return out


def _flags(
    parts: dict[str, float], pair: DocumentPair, step: Step, settings: AlignSettings
) -> tuple[Flag, ...]:
    i, i2, j, j2 = step
    if i == i2 or j == j2:
        return ()
    flags: tuple[Flag, ...] = ()
    if parts.get("length", 0.0) < -0.5 * settings.weight_length * settings.length_outlier:
        flags += (Flag.LENGTH_OUTLIER,)
    if i2 - i == j2 - j and all(
        zh.strip() == en.strip() for zh, en in zip(pair.zh[i:i2], pair.en[j:j2], strict=True)
    ):
        flags += (Flag.UNTRANSLATED_COPY,)
    return flags
