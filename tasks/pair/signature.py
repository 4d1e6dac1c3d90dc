"""The signature of an article: what pairing knows of it, in a few hundred bytes.

Both languages are brought to the same features: English stems (a Chinese word counts as the stems
that translate it), numbers and dates as values, Latin names that the table does not know, and the
pinyin of Chinese names. The features that tell most are kept.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from models.records import Article, Lang
from models.weights import Weights, cut_chinese, latin_words, load_weights, stem
from tasks.language.hans import to_simplified
from tasks.numbers import Kind, Number, numbers

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

#: How many features a signature has at most: words of the table, and all others.
MAX_WORDS, MAX_OTHERS = 64, 32

#: Feature numbers below this are stems of the table, the others are hashes.
_FIRST_HASH = 1 << 16
_STEPS = 64  # a stored byte over this is a feature's strength

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
class Signature:
    """What pairing knows of an article; at most about 500 bytes, whatever the article's length.

    ``features`` are feature numbers (uint32, little-endian, ascending) and ``strengths`` one byte
    for each. ``chars`` counts characters without blanks. ``table`` is the version of the weights.
    """

    features: bytes
    strengths: bytes
    chars: int
    sentences: int
    table: int


def sign(article: Article) -> Signature:
    """The signature of an article: a function of its text and the shipped weights alone."""
    text = "\n".join(_texts(article))
    return sign_text(text, article.lang, sentences=len(article.sentences))


def sign_text(text: str, lang: Lang, *, sentences: int = 0) -> Signature:
    """The signature of a plain text."""
    weights = load_weights()
    if lang is Lang.ZH:
        words, others = _chinese(to_simplified(text))
    else:
        words, others = _english(text, weights)
    for number in numbers(text, lang):
        others[_hashed(f"n:{number.key}")] = _number_strength(number)
    stems = np.fromiter(words.keys(), np.int64, len(words))
    counts = np.fromiter(words.values(), np.float64, len(words))
    hashes = np.fromiter(others.keys(), np.int64, len(others))
    strengths = np.fromiter(others.values(), np.float64, len(others))
    kept = np.concatenate(
        [
            _strongest(stems, np.log2(1 + counts) * _stem_weights()[stems], MAX_WORDS),
            _strongest(hashes, strengths, MAX_OTHERS),
        ]
    )
    kept = kept[kept[:, 0].argsort()]
    return Signature(
        features=kept[:, 0].astype("<u4").tobytes(),
        strengths=kept[:, 1].astype(np.uint8).tobytes(),
        chars=len("".join(text.split())),
        sentences=sentences,
        table=weights.version,
    )


def _texts(article: Article) -> Iterator[str]:
    for block in article.blocks:
        if block.label:
            yield block.label
        yield block.text


def _strongest(features: Ints, strengths: Floats, most: int) -> Ints:
    """The strongest features, on a tie the first, as rows of feature and strength as a byte.

    The root keeps one word that is said again and again, as all texts on a subject do, from
    outweighing many that agree.
    """
    stored = np.minimum(255, np.rint(np.sqrt(strengths) * _STEPS)).astype(np.int64)
    best = np.lexsort((features, -stored))[:most]
    best = best[stored[best] > 0]
    return np.stack([features[best], stored[best]], axis=1)


@cache
def _stem_weights() -> Floats:
    return np.array(load_weights().stem_weights)


@lru_cache(maxsize=1 << 16)
def _hashed(name: str) -> int:
    """The number of a feature that is no word of the table."""
    value = int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "little")
    return value if value >= _FIRST_HASH else value + _FIRST_HASH


def _chinese(text: str) -> tuple[dict[int, float], dict[int, float]]:
    """Expected counts of stems in a translation, and the other features."""
    words: defaultdict[int, float] = defaultdict(float)
    others: dict[int, float] = {}
    for word, count in Counter(cut_chinese(text)).items():
        translations, name = _chinese_word(word)
        for key, probability in translations:
            words[key] += count * probability
        if name:
            others[name] = _PINYIN
    _latin(text, words, others)
    return words, others


@lru_cache(maxsize=1 << 16)
def _chinese_word(word: str) -> tuple[tuple[tuple[int, float], ...], int]:
    """The stems of weight that translate a word, and the feature of a word without translation
    that may be a name (0 for any other).
    """
    weights = load_weights()
    translations = weights.translations(word)
    letters = weights.pinyin(word) if not translations and 2 <= len(word) <= 4 else None
    return (
        tuple((key, value) for key, value in translations if weights.stem_weights[key] > 0),
        _pinyin_feature(letters) if letters else 0,
    )


def _english(text: str, weights: Weights) -> tuple[dict[int, float], dict[int, float]]:
    """Counts of stems, and the other features."""
    words: defaultdict[int, float] = defaultdict(float)
    others: dict[int, float] = {}
    _latin(text, words, others)
    for letters in _pinyin_names(text, weights):
        others[_pinyin_feature(letters)] = _PINYIN
    return words, others


def _latin(text: str, words: defaultdict[int, float], others: dict[int, float]) -> None:
    for word, count in Counter(latin_words(text)).items():
        feature, strength = _latin_word(word)
        if strength is None:
            words[feature] += count
        elif strength:
            others[feature] = strength


@lru_cache(maxsize=1 << 16)
def _latin_word(word: str) -> tuple[int, float | None]:
    """The stem of a word of the table, or the feature of any other and its strength (0 for a word
    that tells nothing).
    """
    weights = load_weights()
    root = stem(word)
    key = weights.stem_ids.get(root)
    if len(word) < 2 or (key is not None and weights.stem_weights[key] == 0):
        return 0, 0.0
    return (key, None) if key is not None else (_hashed(f"l:{root}"), _latin_strength(word))


def _latin_strength(word: str) -> float:
    if not word[1:].islower():
        return _LATIN_CODE
    return _LATIN_NAME if word[0].isupper() else _LATIN_WORD


def _number_strength(number: Number) -> float:
    if number.kind == Kind.DATE:
        return _DAY if len(number.key) > 5 else _FIGURES[2]
    if number.kind == Kind.YEAR or number.kind == Kind.DECADE:
        return _YEAR
    if number.kind == Kind.TIME:
        return _CLOCK
    if number.kind == Kind.CODE:
        return _LATIN_CODE
    figures = sum(ch.isdigit() for ch in number.key.split("e")[0].rstrip("0"))
    return _FIGURES[min(figures, len(_FIGURES) - 1)]


@lru_cache(maxsize=1 << 16)
def _pinyin_feature(letters: str) -> int:
    """The same for both orders of a name: the letters, sorted."""
    return _hashed(f"p:{''.join(sorted(letters))}")


def _pinyin_names(text: str, weights: Weights) -> Iterator[str]:
    """Letters of what may be Chinese names in English text: ``Jinping``, ``Wang Qiang``."""
    for run in _CAPITALISED_RUN.findall(text):
        words = [word.lower() for word in re.split("[ -]", run)]
        good = [_is_pinyin(word) for word in words]
        for at, word in enumerate(words):
            if not good[at]:
                continue
            if len(word) > 4 and stem(word) not in weights.stem_ids:
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
