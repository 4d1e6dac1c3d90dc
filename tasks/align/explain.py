"""From the path of a pass to beads with their probabilities, parts of the score and flags."""

from collections.abc import Sequence
from operator import eq

from models.records import Flag
from tasks.align.bands import Step
from tasks.align.encode import Document
from tasks.align.moved import moved_beads
from tasks.align.records import AlignedBead, DocumentPair
from tasks.align.scores import PENALTY, TYPES, Model
from tasks.align.search import PARTS, Pass, path_parts
from tasks.align.settings import AlignSettings

_PLACES = 3  # decimals of the parts
_PENALTY = {kind: float(penalty) for kind, penalty in zip(TYPES, PENALTY, strict=True)}


def beads_of(
    pair: DocumentPair, document: Document, model: Model, last: Pass, settings: AlignSettings
) -> list[AlignedBead]:
    """The beads of a document after its last pass; moved beads stand in the place of the nulls
    that they are made of.
    """
    parts = path_parts(document, model, last, settings)
    rounded = parts.round(_PLACES).tolist()
    moved = moved_beads(document, model, last, settings)
    zh = {x for found in moved for x in range(found.step[0], found.step[1])}
    en = {x for found in moved for x in range(found.step[2], found.step[3])}
    out = []
    for step, chance, terms in zip(last.path, last.chances, rounded, strict=True):
        i, i2, j, j2 = step
        if not (j == j2 and i in zh) and not (i == i2 and j in en):
            out.append((step, _bead(pair, step, chance, terms, (), settings)))
    for found in moved:
        at = next((k for k, (other, _) in enumerate(out) if other[0] >= found.step[1]), len(out))
        flags = (Flag.REORDERED,)
        terms = found.parts.round(_PLACES).tolist()
        bead = _bead(pair, found.step, found.probability, terms, flags, settings)
        out.insert(at, (found.step, bead))
    return [bead for _, bead in out]


def _bead(
    pair: DocumentPair,
    step: Step,
    chance: float,
    terms: Sequence[float],
    flags: tuple[Flag, ...],
    settings: AlignSettings,
) -> AlignedBead:
    i, i2, j, j2 = step
    parts: dict[str, float] = {}
    if i2 > i and j2 > j:
        parts = {name: value for name, value in zip(PARTS, terms, strict=True) if value}
        if penalty := _PENALTY[i2 - i, j2 - j]:
            parts["type"] = penalty
        flags = (*_flags(parts, pair, step, settings), *flags)
    if chance < settings.low_score:
        flags = (*flags, Flag.LOW_SCORE)
    return AlignedBead(tuple(range(i, i2)), tuple(range(j, j2)), round(chance, 4), parts, flags)


def _flags(
    parts: dict[str, float], pair: DocumentPair, step: Step, settings: AlignSettings
) -> tuple[Flag, ...]:
    i, i2, j, j2 = step
    flags: tuple[Flag, ...] = ()
    if parts.get("length", 0.0) < -0.5 * settings.weight_length * settings.length_outlier:
        flags += (Flag.LENGTH_OUTLIER,)
    if i2 - i == j2 - j and _equal(pair.zh[i:i2], pair.en[j:j2]):
        flags += (Flag.UNTRANSLATED_COPY,)
    return flags


def _equal(zh: Sequence[str], en: Sequence[str]) -> bool:
    return all(map(eq, map(str.strip, zh), map(str.strip, en)))
