"""How much better the tokens of a sentence fit a run of sentences of the other side than chance.

For a token k and a run of sentences with n tokens x, the gain is log(1 + kappa / n * sum of
t(k|x) / p(k)): a token that nothing in the run translates gains 0, never less. The sum over x is
kept in one array over the vocabulary, to which the next sentence of the run is added; the logs of a
sentence's tokens are taken together, as the log of their product.
"""

from typing import NamedTuple

import numpy as np

from models.compiled import compiled, inlined
from tasks.align.bands import Rows
from tasks.align.encode import Floats, Ints, Side
from tasks.align.links import LinkRows
from tasks.align.taught import Taught

#: Sentences that one bead may take of one side.
REACH = 9
#: Runs of more sentences than ``short`` are tried only for a sentence that is at most ``unfit``
#: times shorter.
_SHORT, _UNFIT = 5, 3.0
#: A product of factors of which the log is taken before it can overflow: after four more factors of
#: any size that occurs (1e8) four such products can still be multiplied.
_LARGE = 1e30


def run_gains(
    given: Side,
    links: LinkRows,
    side: Side,
    cells: Rows,
    taught: Taught,
    kappa: float,
    scale: float,
) -> Floats:
    """Gains of single sentences of a side from runs of 1 .. REACH sentences of the other one.

    ``links`` lead from the tokens of the ``given`` side. ``cells`` are rows by the first sentence
    of the run; the columns are the sentences of ``side``. What the bead of an own sentence
    ``taught`` is taken off. A character of the given side is worth ``scale`` ones of the other.
    The result is (cells, REACH); runs that leave the document or are much too long stay 0.
    """
    return _gains(given, links, side, cells, taught, kappa, scale, REACH, _SHORT, _UNFIT)


class _Recent(NamedTuple):
    """What the last sentences of a side say of the tokens of the other: of sentence ``s``, in row
    ``s % REACH``, the first ``size`` tokens ``word`` and the sums ``ratio`` over its own tokens.
    """

    size: Ints
    word: Ints
    ratio: Floats


@inlined
def _remember(
    recent: _Recent, given: Side, s: int, links: LinkRows, near: Ints, place: Ints
) -> None:
    """Keep what sentence ``s`` says of the tokens that are ``near``. ``place`` is scratch, -1."""
    row = s % len(recent.size)
    n = 0
    for token in given.tokens[given.start[s] : given.start[s + 1]]:
        for k in range(links.start[token], links.start[token + 1]):
            word = links.word[k]
            if near[word] == 0:
                continue
            if place[word] < 0:
                place[word] = n
                recent.word[row, n] = word
                recent.ratio[row, n] = 0.0
                n += 1
            recent.ratio[row, place[word]] += links.ratio[k]
    recent.size[row] = n
    for word in recent.word[row, :n]:
        place[word] = -1


@inlined
def _count(near: Ints, side: Side, sentence: int, by: int) -> None:
    for token in side.tokens[side.start[sentence] : side.start[sentence + 1]]:
        near[token] += by


@inlined
def _common(taught: Taught, sentence: int, from_: int, to: int) -> tuple[int, int]:
    """The given sentences among ``from_:to`` that stood in one bead with an own sentence."""
    b = taught.bead[sentence]
    if b < 0:
        return 0, 0
    return max(from_, taught.first_given[b]), min(to, taught.last_given[b])


@inlined
def _log_product(
    total: Floats, side: Side, o: int, factor: float, taught: Taught, from_: int, to: int
) -> float:
    """The gain of a sentence, less what its bead taught of it and the sentences ``from_:to``."""
    b = taught.bead[o]
    row = taught.sum_start[b] + (from_ - taught.first_given[b]) * taught.owns[b]
    row -= taught.own_from[b]
    value = 0.0
    product = 1.0
    for k in range(side.start[o], side.start[o + 1]):
        ratio = total[side.tokens[k]]
        for s in range(to - from_):
            ratio -= taught.sums[row + k + s * taught.owns[b]]
        product *= 1.0 + factor * max(ratio, 0.0)
        if product > 1e200:
            value += np.log(product)
            product = 1.0
    value += float(np.log(product))
    return value


@compiled
def _gains(
    given: Side,
    links: LinkRows,
    side: Side,
    cells: Rows,
    taught: Taught,
    kappa: float,
    scale: float,
    reach: int,
    short: int,
    unfit: float,
) -> Floats:
    out = np.zeros((cells.start[-1], reach), np.float32)
    words = side.tokens.max() + 1
    if len(links.word):
        words = max(words, links.word.max() + 1)
    total = np.zeros(words)
    place = np.full(words, -1)
    # How often a token stands in the sentences left..until, which the runs that start at a row or
    # use what is remembered for it can meet: only what is said of those is kept.
    near = np.zeros(words, np.int64)
    left = until = remembered = 0
    widest = min(words, len(side.tokens))
    recent = _Recent(
        np.zeros(reach, np.int64), np.zeros((reach, widest), np.uint32), np.zeros((reach, widest))
    )
    sentences = len(given.chars)
    for g in range(sentences):
        first, last = cells.low[g], cells.high[g]
        end = min(g + reach, sentences)
        while until < cells.high[end - 1]:
            _count(near, side, until, 1)
            until += 1
        while left < first:
            _count(near, side, left, -1)
            left += 1
        while remembered < end:
            _remember(recent, given, remembered, links, near, place)
            remembered += 1
        chars = longest = 0
        for o in range(first, last):
            longest = max(longest, side.chars[o])
        for s in range(g, end):
            if s - g <= short:  # what fits so much of a run may have more of it
                chars += given.chars[s]
                length = chars * scale
            if s - g == short and longest * unfit < length:
                end = s
                break
            row = s % reach
            for k in range(recent.size[row]):
                total[recent.word[row, k]] += recent.ratio[row, k]
            factor = kappa / (given.start[s + 1] - given.start[g])
            for o in range(first, last):
                if s - g >= short and side.chars[o] * unfit < length:
                    continue
                from_, to = _common(taught, o, g, s + 1)
                if from_ < to:
                    value = _log_product(total, side, o, factor, taught, from_, to)
                else:
                    # Four products at a time, for none of them has to wait for another one.
                    begin = side.start[o]
                    tokens = side.start[o + 1] - begin
                    value = 0.0
                    a = b = c = d = 1.0
                    for q in range(tokens // 4):
                        k = begin + 4 * q
                        a *= 1.0 + factor * total[side.tokens[k]]
                        b *= 1.0 + factor * total[side.tokens[k + 1]]
                        c *= 1.0 + factor * total[side.tokens[k + 2]]
                        d *= 1.0 + factor * total[side.tokens[k + 3]]
                        if q & 3 == 3 and max(max(a, b), max(c, d)) > _LARGE:
                            value += np.log((a * b) * (c * d))
                            a = b = c = d = 1.0
                    for k in range(begin + tokens // 4 * 4, begin + tokens):
                        a *= 1.0 + factor * total[side.tokens[k]]
                    value += np.log((a * b) * (c * d))
                out[cells.start[g] + o - first, s - g] = value
        for s in range(g, end):
            row = s % reach
            for k in range(recent.size[row]):
                total[recent.word[row, k]] = 0.0
    return out
