"""The nearest articles of two languages by postings: for each feature the articles that have it.

The postings are made and gone through for a few thousand articles of one side at a time, so that
the sums of dot products stay in the processor's cache: the same additions without this take four
times as long. Of the sums only those are looked at one by one that can still be among the nearest
of either side. Nothing is left out that could be, so the blocks change no result.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.compiled import compiled, inlined
from tasks.pair.signature import Signature

Ints = NDArray[np.int64]
Places = NDArray[np.int32]
Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

#: Articles of a block: 16 kB of sums, half of the fastest cache.
_BLOCK = 4096
#: Sums looked at together for whether one is large enough.
_AT_ONCE = 64
#: What rounding to 32 bits can take from a bound, and more.
_SLACK = 1 - 1e-5


class NearRows(NamedTuple):
    """Pairs of near articles, by their places in the lists given, and their cosines."""

    zh: Ints
    en: Ints
    cosine: Floats


class _Vectors(NamedTuple):
    """Features and strengths of article k stand at ``[start[k], start[k + 1])``; features are
    numbered by the indexed side. ``norms`` are squared lengths, of all features.
    """

    start: NDArray[np.uint64]
    features: Places
    strengths: Bytes
    norms: Floats


class _Block(NamedTuple):
    """Postings of the articles from ``first`` on, whose squared lengths are ``norms``: articles,
    counted from the first, and strengths of list k at ``[start[k], start[k + 1])``; ``list_of``
    says which list a feature has, -1 for none.
    """

    first: int
    norms: Floats
    list_of: Places
    start: NDArray[np.uint64]
    articles: NDArray[np.uint16]
    strengths: Bytes


class _Best(NamedTuple):
    """For each article the nearest few of the other language, the nearest first, -1 for none."""

    article: Places
    cosine: Floats


def near_rows(
    zh: Sequence[Signature], en: Sequence[Signature], floor: float, most: int
) -> NearRows:
    """For every article its ``most`` nearest ones of the other language, at a cosine above
    ``floor`` (not below 0), by Chinese, then English article.

    Of equally near articles the first are taken. Cosines are those of ``similarity``, to the last
    bit.
    """
    rows, indexed, features = _vectors(zh, en)
    of_zh, of_en = _none(len(zh), most), _none(len(en), most)
    for block in _blocks(indexed, features):
        _compare(rows, block, floor, of_zh, of_en)
    left, right = _found(of_zh), _found(of_en)
    keys = np.concatenate([left[0] * len(en) + left[1], right[1] * len(en) + right[0]])
    keys, first = np.unique(keys, return_index=True)
    return NearRows(keys // len(en), keys % len(en), np.concatenate([left[2], right[2]])[first])


def _vectors(zh: Sequence[Signature], en: Sequence[Signature]) -> tuple[_Vectors, _Vectors, int]:
    """The vectors of both sides, and how many features the English side has.

    What it has not is left out of the Chinese vectors. Features are numbered, and those of an
    article ordered, from the most common one on: what is said of these then stays in the
    processor's cache, and that an article has none of the others there is soon foreseen.
    """
    features, strengths, owners = _joined(en)
    known, counts = np.unique(features, return_counts=True)
    number = np.empty(len(known), np.int32)
    number[np.argsort(-counts, kind="stable")] = np.arange(len(known), dtype=np.int32)
    numbers = number[np.searchsorted(known, features)]
    indexed = _Vectors(_starts(owners, len(en)), numbers, strengths, _norms(strengths, owners, en))
    features, strengths, owners = _joined(zh)
    norms = _norms(strengths, owners, zh)
    places = np.searchsorted(known, features)
    shared = places < len(known)
    shared[shared] = known[places[shared]] == features[shared]
    numbers, strengths, owners = number[places[shared]], strengths[shared], owners[shared]
    order = np.argsort(owners * np.int64(len(known)) + numbers)
    return (
        _Vectors(_starts(owners, len(zh)), numbers[order], strengths[order], norms),
        indexed,
        len(known),
    )


def _joined(signatures: Sequence[Signature]) -> tuple[NDArray[np.uint32], Bytes, Places]:
    """Features and strengths of signatures, one after the other, and whose they are."""
    features = np.frombuffer(b"".join([s.features for s in signatures]), "<u4")
    strengths = np.frombuffer(b"".join([s.strengths for s in signatures]), np.uint8)
    sizes = [len(s.strengths) for s in signatures]
    return features, strengths, np.repeat(np.arange(len(signatures), dtype=np.int32), sizes)


def _starts(owners: Places, articles: int) -> NDArray[np.uint64]:
    return np.searchsorted(owners, np.arange(articles + 1)).astype(np.uint64)


def _norms(strengths: Bytes, owners: Places, articles: Sequence[Signature]) -> Floats:
    squares = strengths.astype(np.float64) ** 2
    return np.bincount(owners, squares, len(articles)).astype(np.float64)


def _blocks(indexed: _Vectors, features: int) -> Iterator[_Block]:
    """The postings of the articles, some at a time; a block is good until the next is asked for."""
    list_of = np.full(features, -1, np.int32)
    for first in range(0, len(indexed.norms), _BLOCK):
        norms = indexed.norms[first : first + _BLOCK]
        bounds = indexed.start[first : first + len(norms) + 1].astype(np.int64)
        its = slice(bounds[0], bounds[-1])
        order = np.argsort(indexed.features[its], kind="stable")
        owners = np.repeat(np.arange(len(norms), dtype=np.uint16), np.diff(bounds))
        here, start = np.unique(indexed.features[its][order], return_index=True)
        list_of[here] = np.arange(len(here), dtype=np.int32)
        starts = np.append(start, len(order)).astype(np.uint64)
        strengths = indexed.strengths[its][order]
        yield _Block(first, norms, list_of, starts, owners[order], strengths)
        list_of[here] = -1


def _none(articles: int, most: int) -> _Best:
    return _Best(np.full((articles, most), -1, np.int32), np.zeros((articles, most)))


def _found(best: _Best) -> tuple[Ints, Ints, Floats]:
    """Articles, their near ones, and the cosines."""
    found = best.article >= 0
    own, _ = np.nonzero(found)
    return own, best.article[found].astype(np.int64), best.cosine[found]


@compiled
def _compare(rows: _Vectors, block: _Block, floor: float, of_zh: _Best, of_en: _Best) -> None:
    """Compare all articles of one side with those of a block."""
    size = len(block.norms)
    sums = np.zeros(size, np.int32)
    large = np.empty(size, np.int32)
    lengths = np.empty(size, np.float32)
    needed = np.empty(size, np.float32)  # by each article of the block, of one of length 1
    last = of_en.article.shape[1] - 1
    for k in range(size):
        lengths[k] = math.sqrt(block.norms[k])
        needed[k] = max(floor, of_en.cosine[block.first + k, last]) * lengths[k]
    for row in range(len(rows.norms)):
        if rows.start[row] == rows.start[row + 1]:
            continue
        _add_up(row, rows, block, sums)
        own = _SLACK * math.sqrt(rows.norms[row])
        n = _large(
            sums, lengths, needed,
            np.float32(own * max(floor, of_zh.cosine[row, last])), np.float32(own), large,
        )  # fmt: skip
        for place in large[:n]:
            article = block.first + place
            # Norms are whole numbers below 2**23, so this is what similarity() gives, to the last
            # bit: which of two equally near articles comes first is the same everywhere.
            cosine = sums[place] / math.sqrt(rows.norms[row] * block.norms[place])
            if cosine > floor:
                _take(of_zh, row, article, cosine)
                _take(of_en, article, row, cosine)
                needed[place] = max(floor, of_en.cosine[article, last]) * lengths[place]
        sums[:] = 0


@inlined
def _add_up(row: int, rows: _Vectors, block: _Block, sums: Places) -> None:
    """Add the dot products of one article with all of a block; at most 96 times 255 squared."""
    # Indexes are unsigned: for others the compiler must see to negative ones.
    for k in range(rows.start[row], rows.start[row + 1]):
        postings = block.list_of[rows.features[k]]
        if postings < 0:
            continue
        strength = np.int32(rows.strengths[k])
        for at in range(block.start[postings], block.start[postings + 1]):
            sums[block.articles[at]] += strength * np.int32(block.strengths[at])


@inlined
def _large(
    sums: Places, lengths: NDArray[np.float32], needed: NDArray[np.float32],
    by_length: np.float32, by_need: np.float32, large: Places,
) -> int:  # fmt: skip
    """Where sums are that one of the two articles needs; they are put into ``large``."""
    n = 0
    for start in range(0, len(sums), _AT_ONCE):
        end = min(start + _AT_ONCE, len(sums))
        if not _how_many(
            sums[start:end], lengths[start:end], needed[start:end], by_length, by_need
        ):
            continue
        for k in range(start, end):
            if np.float32(sums[k]) > min(by_length * lengths[k], by_need * needed[k]):
                large[n] = k
                n += 1
    return n


@inlined
def _how_many(
    sums: Places, lengths: NDArray[np.float32], needed: NDArray[np.float32],
    by_length: np.float32, by_need: np.float32,
) -> int:  # fmt: skip
    """How many sums are large: a loop without a branch, which the compiler makes wide."""
    n = np.int32(0)
    for k in range(len(sums)):
        n += np.int32(np.float32(sums[k]) > min(by_length * lengths[k], by_need * needed[k]))
    return int(n)


@inlined
def _take(best: _Best, row: int, article: int, cosine: float) -> None:
    """Put an article where it belongs among the nearest of another, if it does."""
    most = best.article.shape[1]
    place = most
    while place > 0 and (
        best.article[row, place - 1] < 0
        or cosine > best.cosine[row, place - 1]
        or (cosine == best.cosine[row, place - 1] and article < best.article[row, place - 1])
    ):
        place -= 1
    if place == most:
        return
    for at in range(most - 1, place, -1):
        best.article[row, at] = best.article[row, at - 1]
        best.cosine[row, at] = best.cosine[row, at - 1]
    best.article[row, place] = article
    best.cosine[row, place] = cosine
