"""Which tokens of a document translate each other, and how much more than by chance."""

from dataclasses import dataclass

import numpy as np

from models.lexicon import Lexicon
from models.lexicon.store import level_ratios
from tasks.align.encode import Floats, Ints, Vocabulary

#: The probability that a token which both sides spell alike is translated by itself.
_SAME = 0.6
#: The frequency of a token that the lexicon does not know.
_RARE = 2e-6


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Sparse token links: pair k is (``zh[k]``, ``en[k]``), sorted, with the ratios
    ``to_en`` = t(e|z) / p(e) and ``to_zh`` = t(z|e) / p(z). ``p_zh``, ``p_en``: frequencies."""

    zh: Ints
    en: Ints
    to_en: Floats
    to_zh: Floats
    p_zh: Floats
    p_en: Floats


def links_of(lexicon: Lexicon | None, zh_words: Vocabulary, en_words: Vocabulary) -> Links:
    """The links of the lexicon among the words of a document, and those of equal strings."""
    zh_strings, en_strings = zh_words.strings, en_words.strings
    p_zh = np.full(len(zh_strings), _RARE)
    p_en = np.full(len(en_strings), _RARE)
    z = e = np.zeros(0, np.int64)
    to_en = to_zh = np.zeros(0)
    if lexicon is not None:
        zh_known = np.array([lexicon.zh_index.get(token, -1) for token in zh_strings])
        en_known = np.array([lexicon.en_index.get(token, -1) for token in en_strings])
        p_zh[zh_known >= 0] = lexicon.p_zh[zh_known[zh_known >= 0]]
        p_en[en_known >= 0] = lexicon.p_en[en_known[en_known >= 0]]
        local = np.full(len(lexicon.p_en), -1, np.int64)
        local[en_known[en_known >= 0]] = np.flatnonzero(en_known >= 0)
        rows = np.flatnonzero(zh_known >= 0)
        begin = lexicon.start[zh_known[rows]].astype(np.int64)
        sizes = lexicon.start[zh_known[rows] + 1] - begin
        z = np.repeat(rows, sizes)
        at = np.arange(len(z)) + np.repeat(begin - np.cumsum(sizes) + sizes, sizes)
        e = local[lexicon.en[at]]
        z, e, at = z[e >= 0], e[e >= 0], at[e >= 0]
        ratios = level_ratios()
        to_en = ratios[lexicon.en_level[at]].astype(float)
        to_zh = ratios[lexicon.zh_level[at]].astype(float)
    same_z = np.array([zh_words.numbers[t] for t in en_strings[1:] if t in zh_words.numbers], int)
    same_e = np.array([en_words.numbers[t] for t in en_strings[1:] if t in zh_words.numbers], int)
    z, e = np.concatenate((z, same_z)), np.concatenate((e, same_e))
    to_en = np.concatenate((to_en, _SAME / np.maximum(p_en[same_e], _RARE)))
    to_zh = np.concatenate((to_zh, _SAME / np.maximum(p_zh[same_z], _RARE)))
    key = z * len(en_strings) + e
    order = np.argsort(key, kind="stable")
    key, to_en, to_zh = key[order], to_en[order], to_zh[order]
    if len(key):
        first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
        key = key[first]
        to_en, to_zh = np.maximum.reduceat(to_en, first), np.maximum.reduceat(to_zh, first)
    return Links(key // len(en_strings), key % len(en_strings), to_en, to_zh, p_zh, p_en)
