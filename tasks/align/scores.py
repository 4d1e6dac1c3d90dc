"""Scores of all beads that start at a node of a band.

The score of a bead is a sum of a lexical term in each direction, a length term (Gale and Church
1993), the fit of the edges and of the places in blocks, and a penalty of its type, so that whole
segmentations can be compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from models.compiled import compiled, inlined
from tasks.align.bands import Band, Rows, Step
from tasks.align.encode import Document, Floats, Ints, Side
from tasks.align.gains import REACH, run_gains
from tasks.align.links import LinkRows, Links, same_words
from tasks.align.settings import AlignSettings
from tasks.align.structure import PARAGRAPH, UNKNOWN
from tasks.align.taught import TaughtBoth

_PENALTIES = {
    (1, 1): 0.0, (1, 2): -1.5, (1, 3): -2.5, (1, 4): -5.0, (1, 5): -5.0, (1, 6): -8.0,
    (1, 7): -8.0, (1, 8): -8.0, (1, 9): -8.0, (2, 2): -5.3, (2, 3): -5.7, (2, 4): -9.0,
    (2, 5): -9.5, (3, 3): -10.5, (3, 4): -11.0,
}  # fmt: skip
#: Bead types (Chinese sentences, English sentences) and what each costs.
TYPES: tuple[tuple[int, int], ...] = tuple(sorted({*_PENALTIES, *((b, a) for a, b in _PENALTIES)}))
TYPE_ZH = np.array([a for a, _ in TYPES])
TYPE_EN = np.array([b for _, b in TYPES])
PENALTY = np.array([_PENALTIES[min(t), max(t)] for t in TYPES])
NUMBER = np.full((REACH + 1, REACH + 1), -1)
NUMBER[TYPE_ZH, TYPE_EN] = np.arange(len(TYPES))


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """All that scores a bead beside its text.

    ``first`` and ``last`` (zh classes, en classes): fit of the edges; ``structure`` the same for
    the places in blocks. Of all documents that learn together.
    """

    links: Links
    first: Floats
    last: Floats
    structure: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores of the beads of a document.

    ``beads`` (nodes, types): of the bead that starts at a node, -inf where there is none.
    ``en_gains`` (cells by i, REACH): weighted gain of an English sentence from a run of Chinese
    ones; ``zh_gains`` (cells by j, REACH): of a Chinese sentence from a run of English ones.
    """

    band: Band
    beads: Floats
    en_gains: Floats
    zh_gains: Floats


def length_ratio(document: Document) -> float:
    """English characters per Chinese character of a document."""
    zh, en = int(document.zh.chars.sum()), int(document.en.chars.sum())
    return max(en, 1) / max(zh, 1)


def bead_scores(
    document: Document,
    model: Model,
    band: Band,
    gains: tuple[Floats, Floats],
    ratio: float,
    settings: AlignSettings,
) -> Scores:
    """Score all beads between the nodes of a band; ``gains`` as :func:`lexical_gains` and ``ratio``
    as :func:`length_ratio` gives it.
    """
    form = _form(document, model, ratio, settings)
    beads = _scored(band, *gains, form, TYPE_ZH, TYPE_EN, PENALTY, NUMBER)
    return Scores(band, beads, *gains)


def lexical_gains(
    document: Document,
    model: Model,
    band: Band,
    taught: TaughtBoth,
    ratio: float,
    settings: AlignSettings,
) -> tuple[Floats, Floats]:
    """The ``en_gains`` and ``zh_gains`` of :class:`Scores` in the cells of a band."""
    links, kappa = model.links, settings.kappa

    def from_zh(given: Side, rows: LinkRows) -> Floats:
        return run_gains(given, rows, document.en, band.cells, taught.en, kappa, ratio)

    def from_en(given: Side, rows: LinkRows) -> Floats:
        return run_gains(given, rows, document.zh, band.by_column, taught.zh, kappa, 1.0 / ratio)

    en_gains = from_zh(document.zh, links.by_zh)
    zh_gains = from_en(document.en, links.by_en)
    en_gains *= np.float32(settings.weight_en)
    zh_gains *= np.float32(settings.weight_zh)
    channel = np.float32(settings.weight_translation)
    if document.zh_translated is not None:
        en_gains += channel * from_zh(document.zh_translated, same_words(links.p_en))
    if document.en_translated is not None:
        zh_gains += channel * from_en(document.en_translated, same_words(links.p_zh))
    return en_gains, zh_gains


def bead_parts(
    document: Document,
    model: Model,
    scores: Scores,
    ratio: float,
    beads: Sequence[Step],
    settings: AlignSettings,
) -> Floats:
    """The terms of the scores of beads inside the band: gain of the English and of the Chinese
    sentences, length, edges, structure; 0 for null beads.
    """
    steps = np.array(beads, np.int64).reshape(-1, 4)
    form = _form(document, model, ratio, settings)
    return _terms(scores.band, scores.en_gains, scores.zh_gains, form, steps)


def token_gains(document: Document, band: Band, en_gains: Floats, zh_gains: Floats) -> Floats:
    """What a token gains in the middling and in the best pairs (the top twentieth) of the cells of
    a band: (2, 2), last for a Chinese and for an English one.
    """
    out = np.zeros((2, 2))
    for k, (side, rows, gains) in enumerate(
        ((document.zh, band.by_column, zh_gains), (document.en, band.cells, en_gains))
    ):
        values = _single_gains(gains, rows, side.start)
        if len(values):
            places = [len(values) // 2, len(values) * 19 // 20]
            out[:, k] = np.partition(values, places)[places]
    return out


class _Form(NamedTuple):
    """What the terms that are not lexical need."""

    zh: Side
    en: Side
    first: Floats
    last: Floats
    structure: Floats
    ratio: float
    variance: float
    cap: float
    length: float
    edges: float
    blocks: float
    unknown: int
    paragraph: int


def _form(document: Document, model: Model, ratio: float, settings: AlignSettings) -> _Form:
    return _Form(
        document.zh,
        document.en,
        model.first,
        model.last,
        model.structure,
        ratio,
        settings.length_variance,
        settings.length_cap,
        settings.weight_length,
        settings.weight_edges,
        settings.weight_structure,
        UNKNOWN,
        PARAGRAPH,
    )


@compiled
def _single_gains(gains: Floats, rows: Rows, start: Ints) -> Floats:
    """What a token of each sentence gains from each single sentence of the other side."""
    out = np.empty(rows.start[-1])
    for r in range(len(rows.low)):
        for k in range(rows.start[r], rows.start[r + 1]):
            column = rows.low[r] + k - rows.start[r]
            out[k] = gains[k, 0] / (start[column + 1] - start[column])
    return out


@inlined
def _start(form: _Form, i: int, j: int) -> tuple[float, float]:
    """Fit of the first marks and of the places in blocks of all beads that start at a node."""
    zh, en = form.zh, form.en
    return form.first[zh.first[i], en.first[j]], form.structure[zh.opens[i], en.opens[j]]


@inlined
def _form_terms(
    form: _Form, i: int, i2: int, j: int, j2: int, first: float, fit: float
) -> tuple[float, float, float]:
    """Length, edges and structure of a bead; ``first`` and ``fit`` as :func:`_start` has them."""
    expected = (form.zh.chars_to[i2] - form.zh.chars_to[i]) * form.ratio
    found = form.en.chars_to[j2] - form.en.chars_to[j]
    scale = form.variance * (expected + found) / 2
    off = (expected - found) ** 2 / max(scale, 1.0)
    edges = first + form.last[form.zh.last[i2 - 1], form.en.last[j2 - 1]]
    broken = 0
    if form.en.opens[j] > form.unknown:
        broken += form.zh.blocks_to[i2 - 1] - form.zh.blocks_to[i]
    if form.zh.opens[i] > form.unknown:
        broken += form.en.blocks_to[j2 - 1] - form.en.blocks_to[j]
    fit -= min(broken, 4) * form.structure[form.paragraph, form.paragraph]
    return -0.5 * form.length * min(off, form.cap), form.edges * edges, form.blocks * fit


@compiled
def _scored(
    band: Band,
    en_gains: Floats,
    zh_gains: Floats,
    form: _Form,
    type_zh: Ints,
    type_en: Ints,
    penalty: Floats,
    number: Ints,
) -> Floats:
    nodes, cells, turned = band.nodes, band.cells, band.by_column
    zh, en = len(form.zh.chars), len(form.en.chars)
    reach = number.shape[0] - 1
    # Type by type, for that is how the rows of a band are gone through.
    out = np.full((len(penalty), nodes.start[-1]), -np.inf, np.float32).T
    lexical = np.zeros(len(penalty))
    for i in range(zh):
        for j in range(nodes.low[i], min(nodes.high[i], en)):
            lexical[:] = 0.0
            # For each length of a run on one side, gains summed along the other side; what lies
            # outside the band gains nothing.
            for a in range(1, min(reach, zh - i) + 1):
                total = 0.0
                for b in range(1, reach + 1):
                    if number[a, b] < 0:
                        break
                    if j + b <= cells.high[i]:
                        total += en_gains[cells.start[i] + j + b - 1 - cells.low[i], a - 1]
                    lexical[number[a, b]] += total
            for b in range(1, min(reach, en - j) + 1):
                total = 0.0
                for a in range(1, reach + 1):
                    if number[a, b] < 0:
                        break
                    if i + a <= turned.high[j]:
                        total += zh_gains[turned.start[j] + i + a - 1 - turned.low[j], b - 1]
                    lexical[number[a, b]] += total
            row = nodes.start[i] + j - nodes.low[i]
            first, start = _start(form, i, j)
            for t in range(len(penalty)):
                i2, j2 = i + type_zh[t], j + type_en[t]
                if i2 <= zh and j2 <= en and nodes.low[i2] <= j2 < nodes.high[i2]:
                    length, edges, fit = _form_terms(form, i, i2, j, j2, first, start)
                    out[row, t] = lexical[t] + length + edges + fit + penalty[t]
    return out


@compiled
def _terms(band: Band, en_gains: Floats, zh_gains: Floats, form: _Form, steps: Ints) -> Floats:
    cells, turned = band.cells, band.by_column
    out = np.zeros((len(steps), 5))
    for n in range(len(steps)):
        i, i2, j, j2 = steps[n]
        if i2 == i or j2 == j:
            continue
        for k in range(j, min(j2, cells.high[i])):
            out[n, 0] += en_gains[cells.start[i] + k - cells.low[i], i2 - i - 1]
        for k in range(i, min(i2, turned.high[j])):
            out[n, 1] += zh_gains[turned.start[j] + k - turned.low[j], j2 - j - 1]
        first, fit = _start(form, i, j)
        out[n, 2], out[n, 3], out[n, 4] = _form_terms(form, i, i2, j, j2, first, fit)
    return out
