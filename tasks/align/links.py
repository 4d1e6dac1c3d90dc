"""Which tokens of a document translate each other, and how much more than by chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from models.lexicon import Lexicon
from models.lexicon.store import level_ratios
from tasks.align.encode import EMPTY, Batch, Floats, Ints, Side

#: The probability that a token which both sides spell alike is translated by itself.
_SAME = 0.6
#: The smallest frequency of a token that the lexicon does not know.
_RARE = 2e-6
#: Tokens added to those of a text when frequencies are measured in it.
_TEXT = 5000


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Sparse token links: pair k is (``zh[k]``, ``en[k]``), in ascending order.

    ``to_en`` = t(e|z) / p(e) and ``to_zh`` = t(z|e) / p(z) are the ratios, ``p_zh`` and ``p_en``
    the frequencies of the tokens.
    """

    zh: Ints
    en: Ints
    to_en: Floats
    to_zh: Floats
    p_zh: Floats
    p_en: Floats


def links_of(lexicon: Lexicon, batch: Batch) -> Links:
    """The links of the lexicon among the words of each vocabulary, and those of equal strings."""
    zh_number = _numbers(lexicon.zh_index, batch.zh.words)
    en_number = _numbers(lexicon.en_index, batch.en.words)
    p_zh = _frequencies(lexicon.p_zh, zh_number, batch.zh)
    p_en = _frequencies(lexicon.p_en, en_number, batch.en)
    local = np.full(len(lexicon.p_en) + 1, -1, np.int64)
    parts = []
    zh_words, en_words = batch.zh.vocabulary.tolist(), batch.en.vocabulary.tolist()
    for (z0, z1), (e0, e1) in zip(pairwise(zh_words), pairwise(en_words), strict=True):
        parts.append(_same(batch, p_zh, p_en, (z0, z1), (e0, e1)))
        own = en_number[e0:e1]
        local[own] = np.arange(e0, e1)
        local[-1] = -1
        parts.append(_known(lexicon, zh_number[z0:z1], z0, local))
        local[own] = -1
    z, e, to_en, to_zh = (np.concatenate(column) for column in zip(*parts, strict=True))
    key = z * len(p_en) + e
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    if len(first):
        to_en = np.maximum.reduceat(to_en[order], first)
        to_zh = np.maximum.reduceat(to_zh[order], first)
    return Links(key[first] // len(p_en), key[first] % len(p_en), to_en, to_zh, p_zh, p_en)


def _numbers(index: Mapping[str, int], words: Sequence[str]) -> Ints:
    """The lexicon's number of each word, -1 for an unknown one."""
    return np.array([index.get(word, -1) for word in words], np.int64)


def _frequencies(known: Floats, number: Ints, side: Side) -> Floats:
    """The lexicon's frequency of each word; of an unknown word, that in its vocabulary's texts."""
    counts = np.bincount(side.tokens, minlength=len(number))
    total = np.add.reduceat(counts, side.vocabulary[:-1])
    own = counts / (np.repeat(total, np.diff(side.vocabulary)) + _TEXT)
    shares: Floats = np.maximum(own, _RARE)
    if len(known):
        shares = np.where(number >= 0, known[number], shares)
    return shares


def same_words(translated: Side, own: Side, p: Floats) -> csr_array:
    """The ratios of the words of a machine translation to the equal words of the side that is
    written in its language: (words translated to, words of the side).
    """
    rows, columns = [], []
    places = zip(
        pairwise(translated.vocabulary.tolist()), pairwise(own.vocabulary.tolist()), strict=True
    )
    for (t0, t1), (o0, o1) in places:
        number = {word: k for k, word in enumerate(own.words[o0:o1], o0)}
        del number[EMPTY]
        for k, word in enumerate(translated.words[t0:t1], t0):
            if word in number:
                rows.append(k)
                columns.append(number[word])
    ratio = (_SAME / p[columns]).astype(np.float32)
    return csr_array((ratio, (rows, columns)), (len(translated.words), len(own.words)))


_Part = tuple[Ints, Ints, Floats, Floats]


def _known(lexicon: Lexicon, number: Ints, base: int, local: Ints) -> _Part:
    """The links of the Chinese words ``base``, ``base + 1`` ... to the words that ``local`` has."""
    rows = np.flatnonzero(number >= 0)
    begin = lexicon.start[number[rows]].astype(np.int64)
    sizes = lexicon.start[number[rows] + 1] - begin
    at = np.arange(sizes.sum()) + np.repeat(begin - np.cumsum(sizes) + sizes, sizes)
    e = local[lexicon.en[at]]
    found = e >= 0
    at = at[found]
    ratios = level_ratios()
    return (
        np.repeat(rows + base, sizes)[found],
        e[found],
        ratios[lexicon.en_level[at]].astype(np.float64),
        ratios[lexicon.zh_level[at]].astype(np.float64),
    )


def _same(
    batch: Batch, p_zh: Floats, p_en: Floats, zh: tuple[int, int], en: tuple[int, int]
) -> _Part:
    """Links between words that both sides spell alike: names, numbers, marks."""
    number = {word: k for k, word in enumerate(batch.zh.words[zh[0] : zh[1]], zh[0])}
    del number[EMPTY]
    pairs = [
        (number[word], k)
        for k, word in enumerate(batch.en.words[en[0] : en[1]], en[0])
        if word in number
    ]
    z, e = np.array(pairs, np.int64).reshape(-1, 2).T
    return z, e, _SAME / p_en[e], _SAME / p_zh[z]
