"""Learning the documents' own translations from the beads of a pass.

IBM Model 1 in each direction over the beads, smoothed towards the lexicon (a Dirichlet prior), with
an absolute discount on the expected counts. What a bead taught is noted, so that the next pass can
score it as if it had not been learned from.
"""

from collections.abc import Sequence

import numpy as np

from models.compiled import compiled
from tasks.align.bands import Step
from tasks.align.encode import Batch, Document, Floats, Ints, Side
from tasks.align.links import Links, counts
from tasks.align.model1 import Meetings, merged, model1, numbered
from tasks.align.order import LARGEST
from tasks.align.settings import AlignSettings
from tasks.align.taught import Taught, TaughtBoth


def adapt_links(
    base: Links, batch: Batch, paths: Sequence[Sequence[Step]], settings: AlignSettings
) -> tuple[Links, list[TaughtBoth]]:
    """The links after learning from the beads of a path of each document, and what the beads of
    each document taught; nulls teach nothing.
    """
    zh, en = batch.sides
    met, beads = _meetings(batch.documents, paths, settings.most_pairs)
    p_en = _unigram(en, base.p_en, settings.unigram_mass)
    p_zh = _unigram(zh, base.p_zh, settings.unigram_mass)
    number, z, e, prior_en, prior_zh = numbered(
        met, base.start, base.en, base.to_en, base.to_zh, len(base.p_en), settings.discount
    )
    shape = settings.iterations, settings.discount, settings.prior_mass
    guess = settings.first_guess
    prior_en, prior_zh = prior_en * base.p_en[e], prior_zh * base.p_zh[z]
    first_en, first_zh = prior_en + guess * p_en[e], prior_zh + guess * p_zh[z]
    n_zh, n_en = met.zh_to - met.zh_from, met.en_to - met.en_from
    to_en, part_en = model1(
        met.pair, n_zh, n_en, True, number, z, p_en[e], len(base.p_zh), prior_en, first_en, *shape
    )
    to_zh, part_zh = model1(
        met.pair, n_zh, n_en, False, number, e, p_zh[z], len(base.p_en), prior_zh, first_zh, *shape
    )
    start, word, to_en, to_zh = merged(
        base.start, base.en, base.to_en, base.to_zh, z, e, to_en, to_zh, len(base.p_en)
    )
    taught = [
        _taught(document, own, part_en, part_zh)
        for document, own in zip(batch.documents, beads, strict=True)
    ]
    return Links(start, word, to_en, to_zh, p_zh, p_en), taught


def _meetings(
    documents: Sequence[Document], paths: Sequence[Sequence[Step]], most: int
) -> tuple[Meetings, list[Ints]]:
    """Of the beads of all documents, but of none that is larger than any text; where they have
    more than ``most`` pairs of tokens, of beads evenly spread over them. And the beads of each
    document: rows (Chinese sentences from and to, English from and to, number of the first
    meeting).
    """
    steps = [np.array(path, np.int64).reshape(-1, 4) for path in paths]
    steps = [own[(own[:, 1] > own[:, 0]) & (own[:, 3] > own[:, 2])] for own in steps]
    columns = []
    zh_done = en_done = 0
    for document, own in zip(documents, steps, strict=True):
        zh, en = document.zh, document.en
        columns.append(np.hstack((zh.start[own[:, :2]] + zh_done, en.start[own[:, 2:]] + en_done)))
        zh_done, en_done = zh_done + len(zh.tokens), en_done + len(en.tokens)
    tokens = np.concatenate(columns)
    pairs = (tokens[:, 1] - tokens[:, 0]) * (tokens[:, 3] - tokens[:, 2])
    able = pairs <= LARGEST
    kept = able & (np.arange(len(pairs)) % max(-(-int(pairs[able].sum()) // most), 1) == 0)
    first = np.concatenate(([0], np.cumsum(pairs * kept)))
    beads = [
        np.column_stack((own, number))[here]
        for own, number, here in zip(
            steps, _split(first[:-1], steps), _split(kept, steps), strict=True
        )
    ]
    zh_from, zh_to, en_from, en_to = np.ascontiguousarray(tokens[kept].T)
    return Meetings(
        np.concatenate([document.zh.tokens for document in documents]),
        np.concatenate([document.en.tokens for document in documents]),
        zh_from,
        zh_to,
        en_from,
        en_to,
        np.append(first[:-1][kept], first[-1]),
    ), beads


def _split(values: Ints, parts: Sequence[Ints]) -> list[Ints]:
    return np.split(values, np.cumsum([len(part) for part in parts])[:-1])


def _taught(document: Document, beads: Ints, part_en: Floats, part_zh: Floats) -> TaughtBoth:
    """What the beads of a document (rows of :func:`_meetings`) taught."""
    i, i2, j, j2, first = np.ascontiguousarray(beads.T)
    zh, en = document.zh, document.en
    wide, one = en.start[j2] - en.start[j], np.ones(len(beads), np.int64)
    return TaughtBoth(
        _taught_of(zh, i, i2, en, j, j2, first, wide, one, part_en),
        _taught_of(en, j, j2, zh, i, i2, first, one, wide, part_zh),
    )


def _taught_of(
    given: Side, from_: Ints, to: Ints, own: Side, own_from: Ints, own_to: Ints,
    start: Ints, given_step: Ints, own_step: Ints, part: Floats,
) -> Taught:  # fmt: skip
    """What beads of given and own sentences taught of the own tokens; see :class:`Taught`."""
    owns = own.start[own_to] - own.start[own_from]
    sum_start = np.concatenate(([0], np.cumsum(owns * (to - from_))))
    first = own.start[own_from]
    sums = _sums(given.start, from_, to, owns, start, given_step, own_step, part, sum_start)
    bead = _bead_of(own_from, own_to, own.sentences)
    tokens = given.start[from_], given.start[to]
    return Taught(
        bead, *tokens, first, start, given_step, own_step, part, from_, to, owns, sum_start, sums
    )


@compiled
def _sums(
    given: Ints, from_: Ints, to: Ints, owns: Ints, start: Ints, given_step: Ints, own_step: Ints,
    part: Floats, sum_start: Ints,
) -> Floats:  # fmt: skip
    """What the tokens of each given sentence of a bead taught of each own token."""
    out = np.zeros(sum_start[-1], np.float32)
    for b in range(len(from_)):
        for s in range(from_[b], to[b]):
            row = sum_start[b] + (s - from_[b]) * owns[b]
            for x in range(given[s] - given[from_[b]], given[s + 1] - given[from_[b]]):
                at = start[b] + x * given_step[b]
                for k in range(owns[b]):
                    out[row + k] += part[at + k * own_step[b]]
    return out


def _bead_of(begin: Ints, end: Ints, sentences: int) -> Ints:
    """The number of the bead of each sentence, -1 for none."""
    out = np.full(sentences, -1)
    for bead, (low, high) in enumerate(zip(begin.tolist(), end.tolist(), strict=True)):
        out[low:high] = bead
    return out


def _unigram(sides: Sequence[Side], base: Floats, mass: float) -> Floats:
    """Token frequencies: those of the lexicon, moved towards those of the documents."""
    own = counts(sides, len(base))
    shares: Floats = np.maximum((own + mass * base) / (own.sum() + mass), 1e-7)
    return shares
