"""The features of a text that pairing compares, the same in both languages.

English stems (a Chinese word counts as the stems that translate it), numbers and dates as values,
Latin names that the table does not know, and the pinyin of Chinese names.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.records import Lang
from models.remembered import Remembered
from models.weights import Weights, counted, cut_chinese, latin_places, load_weights, stem
from models.words import WordNumbers
from tasks.language.hans import to_simplified
from tasks.numbers import Kind, numbers

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

#: Feature numbers below this are stems of the table, the others are hashes.
_FIRST_HASH = 1 << 16

# Strength of a feature that is no word of the table, on the scale of the table's weights (there a
# good word in one of a thousand lines has about 2).
_LATIN_CODE = 1.6  # capitals only, or with digits or inner capitals: ASEAN, iPhone, F35
_LATIN_NAME = 0.8  # Capitalised
_LATIN_WORD = 0.4
_PINYIN = 1.8
_DAY, _YEAR, _CLOCK = 1.5, 0.8, 1.0
_FIGURES = (0.0, 0.5, 1.0, 1.5, 1.9, 2.1)  # of a number, by how many figures it has

_CAPITALISED_RUN = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z]?[a-z]+)*")
_LONGEST_PINYIN = 18


@dataclass(frozen=True, slots=True)
class Features:
    """The stems of a text (ascending) with their strengths, and the strengths of its other features
    by number.
    """

    stems: Ints
    strengths: Floats
    others: dict[int, float]


# Below, one step is done for all texts, then the next: tables and code of a step stay in the
# processor's cache, which takes a third off.


def chinese_features(texts: Sequence[str], weights: Weights) -> list[Features]:
    """The features of Chinese texts; stems count as expected in a translation."""
    simplified = list(map(to_simplified, texts))
    words = [Counter(cut_chinese(text)) for text in simplified]
    coded = [_coded(one, _CHINESE_WORDS) for one in words]
    others = [dict.fromkeys((-codes[codes < 0]).tolist(), _PINYIN) for codes, _ in coded]
    latin = _latin(simplified, others)
    _add_numbers(texts, Lang.ZH, others)
    out = []
    for (codes, counts), (roots, root_counts), rest in zip(coded, latin, others, strict=True):
        known = codes > 0
        word, stems, probabilities = weights.translations_of(codes[known] - 1)
        expected = counts[known][word] * probabilities
        out.append(
            _features(np.concatenate([stems, roots]), np.concatenate([expected, root_counts]), rest)
        )
    return out


def english_features(texts: Sequence[str]) -> list[Features]:
    """The features of English texts."""
    others: list[dict[int, float]] = [{} for _ in texts]
    latin = _latin(texts, others)
    runs = [dict.fromkeys(_CAPITALISED_RUN.findall(text)) for text in texts]
    for names, rest in zip(runs, others, strict=True):
        for run in names:
            for feature in _pinyin_features(run):
                rest[feature] = _PINYIN
    _add_numbers(texts, Lang.EN, others)
    return [
        _features(stems, counts, rest) for (stems, counts), rest in zip(latin, others, strict=True)
    ]


def _features(stems: Ints, counts: Floats, others: dict[int, float]) -> Features:
    """Features from counts of stems, several of one stem among them, which are added in order."""
    order = stems.astype(np.uint16).argsort(kind="stable")
    stems = stems[order]
    place = np.cumsum(np.diff(stems, prepend=-1) != 0) - 1
    unique = np.empty(place[-1] + 1 if len(place) else 0, np.int64)
    unique[place] = stems
    totals = np.bincount(place, counts[order], minlength=len(unique))
    return Features(unique, np.log2(1 + totals) * _stem_weights()[unique], others)


def _coded(words: "Counter[str]", codes: Remembered[str, int]) -> tuple[Ints, Floats]:
    """The codes of different words, and how often each occurs."""
    return (
        np.fromiter(map(codes.__getitem__, words), np.int64, len(words)),
        np.fromiter(words.values(), np.float64, len(words)),
    )


def _chinese_word(word: str) -> int:
    """1 more than the row of a word that has translations; the negative feature of a word without
    one that may be a name; 0 for any other.
    """
    weights = load_weights()
    row = weights.row(word)
    if row is not None:
        return row + 1
    letters = weights.pinyin(word) if 2 <= len(word) <= 4 else None
    return -_pinyin_feature(letters) if letters else 0


def _latin(texts: Sequence[str], others: Sequence[dict[int, float]]) -> list[tuple[Ints, Floats]]:
    """The stems of the table among the Latin words of each text, and their counts; all words that
    the table does not have are added to its ``others``.
    """
    data, start, end, done = latin_places(texts)
    numbers, known = _LATIN_WORDS.of(data, start, end)
    different, times, until = counted(numbers, done, len(known.names))
    codes, counts = known.values[different], times.astype(np.float64)
    bounds = [0, *until.tolist()]
    out = []
    for (low, high), rest in zip(pairwise(bounds), others, strict=True):
        own = codes[low:high]
        for place in np.flatnonzero(own < 0).tolist():
            rest[-int(own[place])] = _latin_strength(known.names[different[low + place]])
        in_table = own > 0
        out.append((own[in_table] - 1, counts[low:high][in_table]))
    return out


def _latin_word(word: str) -> int:
    """1 more than the number of the stem of a word of the table; the negative feature of any other;
    0 for a word that tells nothing.
    """
    weights = load_weights()
    root = stem(word)
    key = weights.stem_ids.get(root)
    if len(word) < 2 or (key is not None and weights.stem_weights[key] == 0):
        return 0
    return key + 1 if key is not None else -_hashed(f"l:{root}")


_CHINESE_WORDS = Remembered(_chinese_word, most=1 << 16)
_LATIN_WORDS = WordNumbers(_latin_word, most=1 << 16)


def _latin_strength(word: str) -> float:
    if not word[1:].islower():
        return _LATIN_CODE
    return _LATIN_NAME if word[0].isupper() else _LATIN_WORD


def _add_numbers(texts: Sequence[str], lang: Lang, others: Sequence[dict[int, float]]) -> None:
    for text, rest in zip(texts, others, strict=True):
        for number in numbers(text, lang):
            feature, strength = _number_feature(number.key, number.kind)
            rest[feature] = strength


@lru_cache(maxsize=1 << 14)
def _number_feature(key: str, kind: str) -> tuple[int, float]:
    return _hashed(f"n:{key}"), _number_strength(key, kind)


def _number_strength(key: str, kind: str) -> float:
    if kind == Kind.DATE:
        return _DAY if len(key) > 5 else _FIGURES[2]
    if kind == Kind.YEAR or kind == Kind.DECADE:
        return _YEAR
    if kind == Kind.TIME:
        return _CLOCK
    if kind == Kind.CODE:
        return _LATIN_CODE
    figures = sum(ch.isdigit() for ch in key.split("e")[0].rstrip("0"))
    return _FIGURES[min(figures, len(_FIGURES) - 1)]


@cache
def _stem_weights() -> Floats:
    return np.array(load_weights().stem_weights)


@lru_cache(maxsize=1 << 16)
def _hashed(name: str) -> int:
    """The number of a feature that is no word of the table."""
    value = int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "little")
    return value if value >= _FIRST_HASH else value + _FIRST_HASH


@lru_cache(maxsize=1 << 16)
def _pinyin_feature(letters: str) -> int:
    """The same for both orders of a name: the letters, sorted."""
    return _hashed(f"p:{''.join(sorted(letters))}")


@lru_cache(maxsize=1 << 14)
def _pinyin_features(run: str) -> tuple[int, ...]:
    """The features of what may be Chinese names in a run of capitalised words."""
    return tuple([_pinyin_feature(letters) for letters in _pinyin_names(run)])


def _pinyin_names(run: str) -> Iterator[str]:
    """Letters of what may be Chinese names in a run of words: ``Jinping``, ``Wang Qiang``."""
    stems = load_weights().stem_ids
    words = [word.lower() for word in re.split("[ -]", run)]
    good = [_is_pinyin(word) for word in words]
    for at, word in enumerate(words):
        if not good[at]:
            continue
        if len(word) > 4 and stem(word) not in stems:
            yield word
        letters = word
        for more in range(at + 1, min(at + 3, len(words))):
            if not good[more]:
                break
            letters += words[more]
            yield letters


@lru_cache(maxsize=1 << 16)
def _is_pinyin(word: str) -> bool:
    """Whether the letters of ``word`` can be cut into syllables of the shipped table."""
    if len(word) > _LONGEST_PINYIN or word[-1] not in "aeiouvngr":
        return False
    syllables = load_weights().syllables
    reached = {0}
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            if start in reached and word[start:end] in syllables:
                reached.add(end)
                break
    return len(word) in reached
