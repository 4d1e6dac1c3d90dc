"""Where the alignment runs, found from rare words that translate each other.

Blocks of sentences are compared first, and the rows of each finer level only near the path of the
coarser one (FastDTW, Salvador and Chan 2007; Thompson and Koehn 2019 do the same for sentence
alignment). A level's path is the chain of pairs, rising on both sides, with the largest summed
similarity. How rare a word is counts inside the window that is compared, so that time and memory
stay proportional to the length of the document.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from tasks.align.bands import between
from tasks.align.encode import Document, Floats, Ints, Side
from tasks.align.links import Links

_BLOCKS = 640  # rows of the coarsest level at most
_FINER = 8  # rows of a block on the next level
_SLAB = 256  # rows compared at a time on the finer levels
_STRONG = 40.0  # links with a smaller ratio are no evidence
_FLOOR = 0.3  # similarity that chance may reach beside the means
_MARGIN = 3  # blocks on either side of the coarser path

#: A pair of sentences (or blocks) on the path.
Point = tuple[int, int]


def guide(document: Document, links: Links) -> list[Point]:
    """Pairs of sentences that the alignment of a document very likely runs through, in order."""
    weights = link_weights(links)
    n_zh, n_en = document.zh.sentences, document.en.sentences
    sizes = [1]
    while max(n_zh, n_en) / sizes[-1] > _BLOCKS:
        sizes.append(sizes[-1] * _FINER)
    points: list[Point] = []
    for size in reversed(sizes):
        zh = _bag(document.zh, np.arange(n_zh) // size, weights.shape[0])
        en = _bag(document.en, np.arange(n_en) // size, weights.shape[1])
        if size == sizes[-1]:
            points = _chain(_similarity(zh, en, weights))
        else:
            coarse = [(i * _FINER, j * _FINER) for i, j in points]
            low, high = between(coarse, zh.shape[0], en.shape[0], _MARGIN * _FINER)
            points = _chain_in_band(zh, en, weights, low, int((high - low).max()) + 1)
    return points


def similarity(
    document: Document,
    zh: Sequence[tuple[int, int]],
    en: Sequence[tuple[int, int]],
    links: Links,
) -> Floats:
    """How alike runs of sentences (from, to) are, an array (Chinese runs, English runs): the summed
    weights of their linked rare words, 0 where chance explains them.
    """
    weights = link_weights(links)
    one = _bag(document.zh, _places(zh, document.zh.sentences), weights.shape[0])
    other = _bag(document.en, _places(en, document.en.sentences), weights.shape[1])
    value = _similarity(one, other, weights)
    likeness: Floats = np.maximum(value - _FLOOR, 0.0)
    return likeness


def link_weights(links: Links) -> csr_array:
    """How strongly each pair of tokens is linked, from 0 to 1."""
    ratio = np.minimum(links.to_en, links.to_zh)
    strong = ratio >= _STRONG
    value = np.minimum(np.log(ratio[strong] / _STRONG * 2.0) / np.log(100.0), 1.0)
    shape = (len(links.p_zh), len(links.p_en))
    return csr_array((value.astype(np.float32), (links.zh[strong], links.en[strong])), shape)


def _places(runs: Sequence[tuple[int, int]], sentences: int) -> Ints:
    """In which run a sentence is, -1 in none."""
    row = np.full(sentences, -1)
    for k, (begin, end) in enumerate(runs):
        row[begin:end] = k
    return row


def _bag(side: Side, row: Ints, words: int) -> csr_array:
    """Which token stands in which row; ``row`` says in which a sentence is, -1 in none."""
    of = np.repeat(row, np.diff(side.start))
    tokens = side.tokens[of >= 0]
    of = of[of >= 0]
    bag = csr_array((np.ones(len(of), np.float32), (of, tokens)), (int(row.max()) + 1, words))
    bag.data[:] = 1.0
    return bag


def _similarity(zh: csr_array, en: csr_array, weights: csr_array) -> Floats:
    """Summed weights of linked tokens; a token of n rows counts 1 / sqrt(n)."""
    value: Floats = (csr_array(_rare(zh) @ weights) @ csr_array(_rare(en).T)).toarray()
    return value


def _rare(bag: csr_array) -> csr_array:
    """The bag with 1 / sqrt(rows that have the token) in place of 1."""
    frequency = np.bincount(bag.indices, minlength=1)
    values = (1.0 / np.sqrt(np.maximum(frequency, 1))).astype(np.float32)[bag.indices]
    return csr_array((values, bag.indices, bag.indptr), bag.shape)


def _gain(similarity: Floats) -> Floats:
    """What a pair adds to a chain: the similarity that chance does not explain."""
    floor = similarity.mean(1, keepdims=True) + similarity.mean(0, keepdims=True) + _FLOOR
    gain: Floats = np.maximum(similarity - floor, 0.0)
    return gain


def _chain(similarity: Floats) -> list[Point]:
    """The rising chain of cells with the largest total gain."""
    gain = _gain(similarity)
    rows, columns = gain.shape
    best = np.zeros((rows + 1, columns + 1))
    for i in range(rows):
        step = np.maximum(best[i, 1:], best[i, :-1] + gain[i])
        np.maximum.accumulate(step, out=best[i + 1, 1:])
    out = []
    i, j = rows, columns
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            out.append((i, j))
    return out[::-1]


def _chain_in_band(
    zh: csr_array, en: csr_array, weights: csr_array, low: Ints, span: int
) -> list[Point]:
    """The best chain that stays in a band, slab by slab."""
    rows, columns = zh.shape[0], en.shape[0]
    width = span + 1
    best = np.zeros((rows + 1, width))
    low = np.append(low, low[-1])
    gains = np.zeros((rows, span), np.float32)
    for begin in range(0, rows, _SLAB):
        end = min(begin + _SLAB, rows)
        left, right = int(low[begin]), min(int(low[end - 1]) + span, columns)
        slab = _gain(_similarity(zh[begin:end], en[left:right], weights))
        at = low[begin:end, None] - left + np.arange(span)
        inside = at < right - left
        gains[begin:end] = np.where(
            inside, slab[np.arange(end - begin)[:, None], np.minimum(at, right - left - 1)], 0.0
        )
    for i in range(rows):
        # best[i, c] is the best chain before row i and column low[i] + c.
        step = best[i].copy()
        step[1:] = np.maximum(step[1:], best[i, :-1] + gains[i])
        step = np.maximum.accumulate(step)
        shift = min(int(low[i + 1] - low[i]), width)
        best[i + 1, : width - shift] = step[shift:]
        best[i + 1, width - shift :] = step[-1]
    return _trace_band(best, gains, low, rows, columns)


def _trace_band(best: Floats, gains: Floats, low: Ints, rows: int, columns: int) -> list[Point]:
    out = []
    j = columns
    for i in range(rows - 1, -1, -1):
        c = min(j - int(low[i]), best.shape[1] - 1)
        if c < 0:
            break
        row = best[i]
        reach = np.maximum(row[1 : c + 1], row[:c] + gains[i, :c])
        if c == 0 or reach.max(initial=0.0) <= row[c]:
            j = int(low[i]) + c
            continue
        k = int(reach.argmax())
        if row[k] + gains[i, k] > row[k + 1]:
            out.append((i, int(low[i]) + k))
            j = int(low[i]) + k
        else:
            j = int(low[i]) + k + 1
    return out[::-1]
