"""The nearest articles of two languages by postings: for each feature the articles that have it."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.compiled import compiled, inlined
from tasks.pair.signature import Signature

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]


class _Postings(NamedTuple):
    """The articles and strengths of feature k of a list stand at ``[start[k], start[k + 1])``.

    ``norms`` are the squared lengths of the articles' vectors.
    """

    start: Ints
    articles: NDArray[np.int32]
    strengths: Bytes
    norms: Floats


class _Best(NamedTuple):
    """For each article the nearest few of the other language, the nearest first, -1 for none."""

    article: NDArray[np.int32]
    dot: Ints
    cosine: Floats


def near_rows(
    zh: Sequence[Signature],
    en: Sequence[Signature],
    zh_norms: Sequence[int],
    en_norms: Sequence[int],
    floor: float,
    most: int,
) -> Ints:
    """For every article its ``most`` nearest ones of the other language, at a cosine above
    ``floor``, as rows of Chinese article, English article and dot product, ascending.

    The norms are squared lengths. Of equally near articles the first are taken. Dot products are
    sums of integers.
    """
    known, postings = _indexed(en, en_norms)
    of_zh, of_en = _none(len(zh), most), _none(len(en), most)
    dots, touched = np.zeros(len(en), np.int64), np.empty(len(en), np.int32)
    for row, signature in enumerate(zh):
        features, strengths = _joined([signature])
        place = np.searchsorted(known, features)
        shared = place < len(known)
        shared[shared] = known[place[shared]] == features[shared]
        _compare(
            row, place[shared], strengths[shared], postings, float(zh_norms[row]), floor,
            dots, touched, of_zh, of_en,
        )  # fmt: skip
    rows = np.concatenate([_rows(of_zh), _rows(of_en)[:, [1, 0, 2]]])
    unique: Ints = np.unique(rows, axis=0)
    return unique


def _indexed(
    signatures: Sequence[Signature], norms: Sequence[int]
) -> tuple[NDArray[np.uint32], _Postings]:
    """The features of some articles, ascending, and their postings in this order."""
    features, strengths = _joined(signatures)
    sizes = [len(signature.strengths) for signature in signatures]
    owners = np.repeat(np.arange(len(signatures), dtype=np.int32), sizes)
    order = np.argsort(features, kind="stable")
    known, first = np.unique(features[order], return_index=True)
    start = np.append(first, len(order))
    return known, _Postings(start, owners[order], strengths[order], np.array(norms, float))


def _joined(signatures: Sequence[Signature]) -> tuple[NDArray[np.uint32], Bytes]:
    """Features and strengths of signatures, one after the other."""
    features = np.frombuffer(b"".join([s.features for s in signatures]), "<u4")
    return features, np.frombuffer(b"".join([s.strengths for s in signatures]), np.uint8)


def _none(articles: int, most: int) -> _Best:
    return _Best(
        np.full((articles, most), -1, np.int32),
        np.zeros((articles, most), np.int64),
        np.zeros((articles, most)),
    )


def _rows(best: _Best) -> Ints:
    """Rows of article, its near one, and their dot product."""
    own, _ = np.nonzero(best.article >= 0)
    found = best.article >= 0
    return np.column_stack([own, best.article[found].astype(np.int64), best.dot[found]])


@compiled
def _compare(
    row: int, places: Ints, values: Bytes, postings: _Postings, norm: float, floor: float,
    dots: Ints, touched: NDArray[np.int32], of_zh: _Best, of_en: _Best,
) -> None:  # fmt: skip
    """Compare one article with all that share a feature; ``dots`` is all 0 before and after."""
    n = 0
    for k in range(len(places)):
        value = np.int64(values[k])
        for at in range(postings.start[places[k]], postings.start[places[k] + 1]):
            article = postings.articles[at]
            if dots[article] == 0:
                touched[n] = article
                n += 1
            dots[article] += value * np.int64(postings.strengths[at])
    for k in range(n):
        article = touched[k]
        dot = dots[article]
        dots[article] = 0
        # Norms are whole numbers below 2**53, so this is what similarity() gives, to the last bit:
        # which of two equally near articles comes first is the same everywhere.
        cosine = dot / math.sqrt(norm * postings.norms[article])
        if cosine > floor:
            _take(of_zh, row, article, dot, cosine)
            _take(of_en, article, row, dot, cosine)


@inlined
def _take(best: _Best, row: int, article: int, dot: int, cosine: float) -> None:
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
        best.dot[row, at] = best.dot[row, at - 1]
        best.cosine[row, at] = best.cosine[row, at - 1]
    best.article[row, place] = article
    best.dot[row, place] = dot
    best.cosine[row, place] = cosine
