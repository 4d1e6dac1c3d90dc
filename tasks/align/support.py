"""How strongly the sentences of one side call for the tokens of the other.

The support of token k by sentence s is the sum of t(k|x) / p(k) over the tokens x of s. It
 is needed for token k of a sentence and the runs of sentences that may stand against it. Dense
blocks (tokens by sentences) are made of a stretch of rows at a time; the cells of a band look into
them.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from tasks.align.encode import Floats, Ints, Side

#: Sentences that one bead may take of one side.
REACH = 9


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Pairs of a sentence of one side and the first of a run of sentences of the other side.

    The cells of block ``b`` are ``block[b]:block[b + 1]``; ``limit`` is the end (in sentences) of
    the document that the run lies in.
    """

    own: Ints
    given: Ints
    limit: Ints
    block: Ints


def gains(
    side: Side, other: Side, ratios: csr_array, cells: Cells, kappa: float, near: Ints
) -> Floats:
    """log(1 + kappa * mean ratio), summed over the tokens of each cell's sentence, given runs of
    1 .. REACH sentences: an array (REACH, cells).

    ``ratios`` is (tokens of the other side, tokens of this side). Runs of more than ``near[cell]``
    sentences are left at 0.
    """
    sizes = side.sizes[cells.own]
    first = np.cumsum(sizes) - sizes
    where = np.arange(int(sizes.sum()))
    token = where + np.repeat(side.start[cells.own] - first, sizes)
    blocks, base, column = _blocks(side, other, ratios, cells)
    place = base[np.repeat(column, sizes) + token] + np.repeat(cells.given, sizes)
    bag = np.concatenate(([0], np.cumsum(other.sizes)))
    out = np.zeros((REACH, len(cells.own)), np.float32)
    total = np.zeros(len(place), np.float32)
    kept = np.arange(len(cells.own))
    for reach in range(1, REACH + 1):
        if reach > 1:
            more = near[kept] >= reach
            if not more.all():
                inside = np.repeat(more, sizes)
                place, total, kept, sizes = place[inside], total[inside], kept[more], sizes[more]
                first = np.cumsum(sizes) - sizes
            if not len(kept):
                break
        total += blocks[place + (reach - 1)]
        given = cells.given[kept]
        tokens = bag[np.minimum(given + reach, cells.limit[kept])] - bag[given]
        scaled = total * np.repeat((kappa / tokens).astype(np.float32), sizes)
        scaled += np.float32(1.0)
        np.log(scaled, out=scaled)
        out[reach - 1, kept] = np.add.reduceat(scaled, first)
    return out


def _blocks(side: Side, other: Side, ratios: csr_array, cells: Cells) -> tuple[Floats, Ints, Ints]:
    """The dense blocks, one after the other; where the column of a token starts (``base``, for the
    tokens of each block), and where in ``base`` token 0 of the side would be, for each cell.

    The value for a token and a sentence s stands at ``base[column + token] + s``.
    """
    dense, bases, columns = [], [], np.zeros(len(cells.own), np.int64)
    at = tokens_done = 0
    scratch = np.zeros(len(side.words), np.int64)
    lowest = int(cells.given.min(initial=len(other)))
    highest = min(int(cells.given.max(initial=0)) + REACH, len(other))
    sums = _bag(other, lowest, highest) @ ratios
    for begin, end in zip(cells.block[:-1].tolist(), cells.block[1:].tolist(), strict=True):
        if begin == end:
            continue
        own, given = cells.own[begin:end], cells.given[begin:end]
        low, high = int(side.start[own.min()]), int(side.start[own.max() + 1])
        from_, limit = int(given.min()), int(cells.limit[begin])
        until = min(int(given.max()) + REACH, limit)
        height = until - from_ + REACH
        words, place = np.unique(side.tokens[low:high], return_inverse=True)
        scratch[words] = np.arange(len(words)) + 1
        ends = sums.indptr[from_ - lowest : until - lowest + 1]
        entry = slice(int(ends[0]), int(ends[-1]))
        row = np.repeat(np.arange(until - from_), np.diff(ends))
        word = scratch[sums.indices[entry]]
        block = np.zeros((len(words) + 1) * height, np.float32)
        block[word * height + row] = sums.data[entry]
        block[:height] = 0.0
        scratch[words] = 0
        dense.append(block)
        bases.append(at + (place + 1) * height - from_)
        columns[begin:end] = tokens_done - low
        tokens_done += high - low
        at += len(block)
    if not dense:
        return np.zeros(REACH, np.float32), np.zeros(1, np.int64), columns
    return np.concatenate(dense), np.concatenate(bases), columns


def _bag(side: Side, begin: int, end: int) -> csr_array:
    """Token counts of some sentences that follow each other."""
    start = side.start[begin : end + 1]
    tokens = side.tokens[start[0] : start[-1]]
    ones = np.ones(len(tokens), np.float32)
    return csr_array((ones, tokens, start - start[0]), (end - begin, len(side.words)))
