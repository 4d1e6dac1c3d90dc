"""langdetect's method (Shuyo 2010) on arrays: the same answers, many times as fast.

Only imported when a text is shown to langdetect, which is slow to load. The profiles, the normal
forms and the constants are langdetect's own; what is written anew are the loops over characters
and languages.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from langdetect.detector import Detector
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.utils.ngram import NGram
from numpy.typing import NDArray

from models.compiled import code_points, compiled, inlined

Ints = NDArray[np.integer[Any]]

_LATIN = re.compile("[A-z]")
_OTHER = re.compile("[\u0300-\U0010ffff]")
_SECOND_CAPITAL = re.compile("(?<=[A-Z])[A-Z]")
_BLANKS = re.compile("  +")
_STEP = 5  # n-grams between two looks at the probabilities
_DRAWS, _FIRST_DRAWS = 128, 2048  # random words made at a time, and for the first round once
_LIMITS = Detector.CONV_THRESHOLD, Detector.ITERATION_LIMIT
_BITS = 21  # of a character of an n-gram in its key


@dataclass(frozen=True, slots=True)
class Profiles:
    """How likely each n-gram is in each language: a row of ``shares`` an n-gram.

    ``keys`` is a hash table of the n-grams (open addressing, 0 where there is none), ``rows`` has
    the row of each.
    """

    languages: tuple[str, ...]
    ngrams: tuple[str, ...]
    keys: Ints
    rows: Ints
    shares: NDArray[np.float64]


def load_profiles(codes: Sequence[str]) -> Profiles:
    """The profiles of some languages that come with langdetect, in the order given."""
    factory = DetectorFactory()
    factory.load_json_profile([Path(PROFILES_DIRECTORY, code).read_text("utf-8") for code in codes])
    known: dict[str, list[float]] = factory.word_lang_prob_map
    ngrams = tuple(known)
    ends = np.cumsum([len(ngram) for ngram in ngrams])
    table = _table(code_points("".join(ngrams)), ends)
    return Profiles(tuple(factory.langlist), ngrams, *table, np.array(list(known.values())))


def likeliest(text: str, rounds: int, profiles: Profiles) -> tuple[str, float] | None:
    """The likeliest language and its probability, the mean of some rounds; None without one.

    It is the first answer of langdetect's ``Detector`` with ``n_trial = rounds`` and ``seed = 0``,
    to the last bit.
    """
    ngrams = find_ngrams(text, profiles)
    if not len(ngrams):
        return None
    if rounds == 1:
        # The first round draws the same numbers for every text.
        alpha, words = _first_draws()
        found, used = _drawn(ngrams, words, profiles.shares, alpha / Detector.BASE_FREQ, *_LIMITS)
        if used <= len(words):
            return _best(found, profiles)
    chance = random.Random(0)
    mean = np.zeros(len(profiles.languages))
    for _ in range(rounds):
        alpha = _alpha(chance)
        mean += _one_round(ngrams, alpha / Detector.BASE_FREQ, chance, profiles) / rounds
    return _best(mean, profiles)


def _best(mean: NDArray[np.float64], profiles: Profiles) -> tuple[str, float] | None:
    best = int(mean.argmax())
    probability = float(mean[best])
    if probability <= Detector.PROB_THRESHOLD:
        return None
    return profiles.languages[best], probability


def _alpha(chance: random.Random) -> float:
    return float(Detector.ALPHA_DEFAULT + chance.gauss(0.0, 1.0) * Detector.ALPHA_WIDTH)


def _random_words(chance: random.Random, size: int) -> Ints:
    words = chance.getrandbits(32 * size).to_bytes(4 * size, "little")
    return np.frombuffer(words, np.uint32)


@cache
def _first_draws() -> tuple[float, Ints]:
    """Alpha and the random words of the first round."""
    chance = random.Random(0)
    return _alpha(chance), _random_words(chance, _FIRST_DRAWS)


def _one_round(
    ngrams: Ints, weight: float, chance: random.Random, profiles: Profiles
) -> NDArray[np.float64]:
    """The probabilities of the languages from n-grams drawn until one language is sure."""
    state, size = chance.getstate(), _DRAWS
    while True:
        words = _random_words(chance, size)
        found, used = _drawn(ngrams, words, profiles.shares, weight, *_LIMITS)
        chance.setstate(state)
        if used <= size:
            chance.getrandbits(32 * used)  # no more than langdetect has made by now
            return found
        size *= 2


@compiled
def _drawn(
    ngrams: Ints,
    words: Ints,
    shares: NDArray[np.float64],
    weight: float,
    sure: float,
    most: int,
) -> tuple[NDArray[np.float64], int]:
    """The probabilities of the languages, and how many of the random words were used (one too many
    if there are not enough).
    """
    languages = shares.shape[1]
    found = np.full(languages, 1.0 / languages)
    shift = 32
    while len(ngrams) >> (32 - shift):
        shift -= 1
    drawn = used = 0
    look = 1  # the first look comes after one n-gram
    while used < len(words):
        at = words[used] >> np.uint32(shift)  # as random.choice draws
        used += 1
        if at >= len(ngrams):
            continue
        row = ngrams[at]
        for k in range(languages):
            found[k] *= shares[row, k] + weight
        drawn += 1
        if drawn == look:
            look += _STEP
            total = highest = 0.0
            for k in range(languages):
                total += found[k]
                highest = max(highest, found[k])
            for k in range(languages):
                found[k] /= total
            if highest / total > sure or drawn > most:
                return found, used
    return found, used + 1


def find_ngrams(text: str, profiles: Profiles) -> Ints:
    """The n-grams of one to three letters that langdetect knows, in order, by their rows.

    Those that end in the second of two capitals do not count, and none reaches over a blank.
    """
    text = " " + _cleaned(text).translate(_NORMAL)
    capitals = np.array(_second_capitals(text), np.int64)
    return _known(code_points(text), capitals, profiles.keys, profiles.rows)


@inlined
def _key(codes: Ints, start: int, end: int) -> int:
    """The number of an n-gram; no two have the same."""
    key = np.int64(0)
    for k in range(start, end):
        key = (key << _BITS) + np.int64(codes[k]) + 1
    return int(key)


@inlined
def _slot(keys: Ints, key: int) -> int:
    """Where a key is in the table, or would be put."""
    slot = ((key * 0x9E3779B1) >> 20) & (len(keys) - 1)
    while keys[slot] and keys[slot] != key:
        slot = (slot + 1) & (len(keys) - 1)
    return slot


@compiled
def _table(codes: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """The hash table of the n-grams that end at ``ends``."""
    size = 16
    while size < 2 * len(ends):
        size *= 2
    keys, rows = np.zeros(size, np.int64), np.zeros(size, np.int32)
    start = 0
    for row in range(len(ends)):
        key = _key(codes, start, ends[row])
        slot = _slot(keys, key)
        keys[slot], rows[slot] = key, row
        start = ends[row]
    return keys, rows


@compiled
def _known(codes: Ints, left_out: Ints, keys: Ints, rows: Ints) -> Ints:
    """The rows of the n-grams of a text, by the place of their last letter."""
    out = np.empty(3 * len(codes), np.int32)
    found = skipped = 0
    for at in range(len(codes)):
        if skipped < len(left_out) and left_out[skipped] == at:
            skipped += 1
            continue
        for start in range(at, max(at - 3, -1), -1):
            slot = _slot(keys, _key(codes, start, at + 1))
            if keys[slot]:
                out[found] = rows[slot]
                found += 1
    return out[:found]


def _second_capitals(text: str) -> list[int]:
    if text.isascii():
        return [match.start() for match in _SECOND_CAPITAL.finditer(text)]
    return [at for at in range(1, len(text)) if text[at].isupper() and text[at - 1].isupper()]


def _cleaned(text: str) -> str:
    """A text without addresses and doubled blanks, and without Latin letters if it has few."""
    if "http" in text:
        text = Detector.URL_RE.sub(" ", text)
    if "@" in text:
        text = Detector.MAIL_RE.sub(" ", text)
    if not text.isascii():
        text = NGram.normalize_vi(text)
    text = _BLANKS.sub(" ", text)
    others = 0 if text.isascii() else len(_OTHER.findall(text))
    if others and len(_LATIN.findall(text)) * 2 < others:
        return _LATIN.sub("", text)
    return text


class _Normal(dict[int, str]):
    """langdetect's normal form of each character, looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = found = str(NGram.normalize(chr(code)))
        return found


_NORMAL = _Normal()
