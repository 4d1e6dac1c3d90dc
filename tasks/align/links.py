"""Which tokens of a document translate each other, and how much more than by chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from models.compiled import compiled
from models.lexicon import Lexicon
from models.lexicon.store import level_ratios
from models.records import Lang
from tasks.align.encode import Batch, Floats, Ints, Side
from tasks.align.numbering import places_of

#: The probability that a token which both sides spell alike is translated by itself.
_SAME = 0.6
#: The smallest frequency of a token that the lexicon does not know.
_RARE = 2e-6
_BITS, _ONE = np.uint32(32), np.uint32(1)
#: Tokens added to those of a text when frequencies are measured in it.
_TEXT = 5000


class LinkRows(NamedTuple):
    """Links from the tokens of one side: those of token ``k`` are the numbers
    ``start[k]:start[k + 1]`` of ``word`` (tokens of the other side) and ``ratio``.
    """

    start: Ints
    word: Ints
    ratio: Floats


@dataclass(frozen=True, eq=False)
class Links:
    """Token links in rows: those of Chinese token ``z`` are ``start[z]:start[z + 1]``.

    ``to_en`` = t(e|z) / p(e) and ``to_zh`` = t(z|e) / p(z) are the ratios of the links to the
    English tokens ``en``; ``p_zh`` and ``p_en`` the frequencies of all tokens.
    """

    start: Ints
    en: Ints
    to_en: Floats
    to_zh: Floats
    p_zh: Floats
    p_en: Floats

    @cached_property
    def by_zh(self) -> LinkRows:
        """What Chinese tokens say of English ones."""
        return LinkRows(self.start, self.en, self.to_en)

    @cached_property
    def by_en(self) -> LinkRows:
        """What English tokens say of Chinese ones."""
        return LinkRows(*_turned(self.start, self.en, self.to_zh, len(self.p_en)))

    @property
    def zh(self) -> Ints:
        """The Chinese token of each link."""
        return np.repeat(np.arange(len(self.p_zh)), np.diff(self.start))


def links_of(lexicon: Lexicon, batch: Batch) -> Links:
    """The links of the lexicon among the words of a batch, and those of equal strings."""
    zh_number = batch.vocabulary.numbers_in(lexicon, Lang.ZH)[batch.zh_tokens]
    en_number = batch.vocabulary.numbers_in(lexicon, Lang.EN)[batch.en_tokens]
    zh, en = batch.sides
    p_zh = _frequencies(lexicon.p_zh, zh_number, zh)
    p_en = _frequencies(lexicon.p_en, en_number, en)
    # Names, numbers and marks that both sides spell alike; the empty token is none of them.
    same = places_of(batch.zh_tokens, batch.en_tokens)
    same[0] = -1
    levels = level_ratios()
    start, e, to_en, to_zh = _looked_up(
        zh_number, en_number, len(lexicon.p_en), same, lexicon.start, lexicon.en,
        lexicon.en_level, lexicon.zh_level, levels, _SAME / p_zh, _SAME / p_en,
    )  # fmt: skip
    return Links(start, e, to_en, to_zh, p_zh, p_en)


def same_words(p: Floats) -> LinkRows:
    """Links of every token (but the empty one) to itself, for a machine translation."""
    numbers = np.arange(1, len(p), dtype=np.uint32)
    start = np.concatenate(([0], np.arange(len(p))))
    return LinkRows(start, numbers, _SAME / p[1:])


@compiled
def _turned(start: Ints, word: Ints, ratio: Floats, words: int) -> tuple[Ints, Ints, Floats]:
    """Rows by the other side, in the order of the tokens (a counting sort)."""
    place = np.zeros(words + 1, np.int64)
    for w in word:
        place[w + 1] += 1
    place = np.cumsum(place)
    row = place.copy()
    token = np.empty(len(word), np.uint32)
    value = np.empty(len(word))
    for z in range(len(start) - 1):
        for k in range(start[z], start[z + 1]):
            at = place[word[k]]
            token[at], value[at] = z, ratio[k]
            place[word[k]] += 1
    return row, token, value


@compiled
def _looked_up(
    zh_number: Ints, en_number: Ints, en_words: int, same: Ints, start: Ints, en: Ints,
    en_level: Ints, zh_level: Ints, ratios: Floats, same_zh: Floats, same_en: Floats,
) -> tuple[Ints, Ints, Floats, Floats]:  # fmt: skip
    most = 0
    for z in range(len(zh_number)):
        most += 1
        if zh_number[z] >= 0:
            most += min(start[zh_number[z] + 1] - start[zh_number[z]], len(en_number))
    local = np.empty(en_words, np.int32)  # of the English tokens that are here
    # A bit for each English token of the lexicon, so few that they stay in the nearest cache: most
    # links lead to tokens that are not here.
    here = np.zeros(en_words // _BITS + 1, np.uint32)
    for k in range(len(en_number)):
        e = en_number[k]
        if e >= 0:
            local[e] = k
            here[e // _BITS] |= _ONE << (np.uint32(e) % _BITS)
    begin = np.zeros(len(zh_number) + 1, np.int64)
    word = np.empty(most, np.uint32)
    to_en = np.empty(most)
    to_zh = np.empty(most)
    n = 0
    for z in range(len(zh_number)):
        alike = same[z]
        if zh_number[z] >= 0:
            first = start[zh_number[z]]
            row = en[first : start[zh_number[z] + 1]]
            for k in range(len(row)):
                if not (here[row[k] // _BITS] >> (row[k] % _BITS)) & _ONE:
                    continue
                e = local[row[k]]
                word[n] = e
                to_en[n] = ratios[en_level[first + k]]
                to_zh[n] = ratios[zh_level[first + k]]
                if e == alike:
                    to_en[n] = max(to_en[n], same_en[e])
                    to_zh[n] = max(to_zh[n], same_zh[z])
                    alike = -1
                n += 1
        if alike >= 0:
            word[n] = alike
            to_en[n] = same_en[alike]
            to_zh[n] = same_zh[z]
            n += 1
        begin[z + 1] = n
    return begin, word[:n].copy(), to_en[:n].copy(), to_zh[:n].copy()


def counts(sides: Sequence[Side], words: int) -> Ints:
    """How often each token of a vocabulary occurs."""
    out = np.zeros(words, np.int64)
    for side in sides:
        out += np.bincount(side.tokens, minlength=words)
    return out


def _frequencies(known: Floats, number: Ints, sides: Sequence[Side]) -> Floats:
    """The lexicon's frequency of each word; of an unknown word, that in the texts."""
    return _shares(known, number, counts(sides, len(number)))


@compiled
def _shares(known: Floats, number: Ints, own: Ints) -> Floats:
    out = np.empty(len(number))
    total = own.sum() + _TEXT
    for k in range(len(number)):
        out[k] = known[number[k]] if number[k] >= 0 else max(own[k] / total, _RARE)
    return out
