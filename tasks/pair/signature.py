"""The signature of an article: what pairing knows of it, in a few hundred bytes.

Both languages are brought to the same features: English stems (a Chinese word counts as the stems
that translate it), numbers and dates as values, Latin names that the table does not know, and the
pinyin of Chinese names. The features that tell most are kept.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from models.records import Article, Lang
from models.weights import Weights, chinese_words, latin_words, load_weights, stem
from tasks.language.hans import to_simplified
from tasks.numbers import Kind, Number, numbers

#: How many features a signature has at most: words of the table, and all others.
MAX_WORDS, MAX_OTHERS = 64, 32

#: Feature numbers below this are stems of the table, the others are hashes.
_FIRST_HASH = 1 << 16
_STEP = 1 / 64  # a stored byte times this is a feature's strength

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
        words, others = _chinese(to_simplified(text), weights)
    else:
        words, others = _english(text, weights)
    for number in numbers(text, lang):
        others[f"n:{number.key}"] = _number_strength(number)
    found = {
        key: _stored(math.log2(1 + count) * weights.stem_weights[key])
        for key, count in words.items()
    }
    hashed = {_hashed(name): _stored(value) for name, value in others.items()}
    kept = sorted([*_strongest(found, MAX_WORDS), *_strongest(hashed, MAX_OTHERS)])
    return Signature(
        features=b"".join([key.to_bytes(4, "little") for key, _ in kept]),
        strengths=bytes([value for _, value in kept]),
        chars=len("".join(text.split())),
        sentences=sentences,
        table=weights.version,
    )


def _texts(article: Article) -> Iterator[str]:
    for block in article.blocks:
        if block.label:
            yield block.label
        yield block.text


def _strongest(found: dict[int, int], most: int) -> list[tuple[int, int]]:
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [item for item in ranked[:most] if item[1] > 0]


def _stored(value: float) -> int:
    """A strength as a byte. The root keeps one word that is said again and again, as all texts on
    a subject do, from outweighing many that agree.
    """
    return min(255, round(math.sqrt(value) / _STEP))


def _hashed(name: str) -> int:
    value = int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "little")
    return value if value >= _FIRST_HASH else value + _FIRST_HASH


def _chinese(text: str, weights: Weights) -> tuple[dict[int, float], dict[str, float]]:
    """Expected counts of stems in a translation, and the other features."""
    words: defaultdict[int, float] = defaultdict(float)
    others: dict[str, float] = {}
    for word, count in Counter(chinese_words(text)).items():
        translations = _translations(word)
        for key, probability in translations:
            words[key] += count * probability
        if not translations and 2 <= len(word) <= 4:
            letters = weights.pinyin(word)
            if letters:
                others[_pinyin_feature(letters)] = _PINYIN
    _latin(text, weights, words, others)
    return {k: v for k, v in words.items() if weights.stem_weights[k] > 0}, others


@lru_cache(maxsize=1 << 16)
def _translations(word: str) -> tuple[tuple[int, float], ...]:
    return tuple(load_weights().translations(word))


def _english(text: str, weights: Weights) -> tuple[dict[int, float], dict[str, float]]:
    """Counts of stems, and the other features."""
    words: defaultdict[int, float] = defaultdict(float)
    others: dict[str, float] = {}
    _latin(text, weights, words, others)
    for letters in _pinyin_names(text, weights):
        others[_pinyin_feature(letters)] = _PINYIN
    return {k: v for k, v in words.items() if weights.stem_weights[k] > 0}, others


def _latin(
    text: str, weights: Weights, words: defaultdict[int, float], others: dict[str, float]
) -> None:
    for word, count in Counter(latin_words(text)).items():
        if len(word) < 2:
            continue
        key = weights.stem_ids.get(stem(word))
        if key is not None:
            words[key] += count
        else:
            others[f"l:{stem(word)}"] = _latin_strength(word)


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


def _pinyin_feature(letters: str) -> str:
    """The same for both orders of a name: the letters, sorted."""
    return f"p:{''.join(sorted(letters))}"


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
