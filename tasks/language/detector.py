"""langdetect's method (Shuyo 2010) on arrays: the same answers, several times as fast.

Only imported when a text is shown to langdetect, which is slow to load. The profiles, the normal
forms and the constants are langdetect's own; what is written anew are the loops over characters
and languages.
"""

import random
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import add
from pathlib import Path

import numpy as np
from langdetect.detector import Detector
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.utils.ngram import NGram
from numpy.typing import NDArray

_LATIN = re.compile("[A-z]")
_OTHER = re.compile("[\u0300-\U0010ffff]")
_SECOND_CAPITAL = re.compile("(?<=[A-Z])[A-Z]")
_BLANKS = re.compile("  +")
_STEP = 5  # n-grams between two looks at the probabilities


@dataclass(frozen=True, slots=True)
class Profiles:
    """How likely each n-gram is in each language: a row of ``shares`` an n-gram."""

    languages: tuple[str, ...]
    rows: dict[str, int]
    shares: NDArray[np.float64]


def load_profiles(codes: Sequence[str]) -> Profiles:
    """The profiles of some languages that come with langdetect, in the order given."""
    factory = DetectorFactory()
    factory.load_json_profile([Path(PROFILES_DIRECTORY, code).read_text("utf-8") for code in codes])
    known: dict[str, list[float]] = factory.word_lang_prob_map
    rows = {ngram: row for row, ngram in enumerate(known)}
    return Profiles(tuple(factory.langlist), rows, np.array(list(known.values())))


def likeliest(text: str, rounds: int, profiles: Profiles) -> tuple[str, float] | None:
    """The likeliest language and its probability, the mean of some rounds; None without one.

    It is the first answer of langdetect's ``Detector`` with ``n_trial = rounds`` and ``seed = 0``,
    to the last bit.
    """
    ngrams = find_ngrams(text, profiles.rows)
    if not ngrams:
        return None
    chance = random.Random(0)
    mean = np.zeros(len(profiles.languages))
    for _ in range(rounds):
        alpha = Detector.ALPHA_DEFAULT + chance.gauss(0.0, 1.0) * Detector.ALPHA_WIDTH
        mean += _one_round(ngrams, alpha / Detector.BASE_FREQ, chance, profiles) / rounds
    best = int(mean.argmax())
    probability = float(mean[best])
    if probability <= Detector.PROB_THRESHOLD:
        return None
    return profiles.languages[best], probability


def _one_round(
    ngrams: Sequence[str], weight: float, chance: random.Random, profiles: Profiles
) -> NDArray[np.float64]:
    """The probabilities of the languages from n-grams drawn until one language is sure."""
    rows, count = profiles.rows, len(ngrams)
    bits, draw = count.bit_length(), chance.getrandbits
    languages = len(profiles.languages)
    found = np.full(languages, 1.0 / languages)
    drawn, size = 0, 1  # the first look comes after one n-gram
    while True:
        picked: list[int] = []
        while len(picked) < size:
            if (at := draw(bits)) < count:  # as random.choice draws
                picked.append(rows[ngrams[at]])
        factors = profiles.shares[picked]
        factors += weight
        factors[0] *= found
        found[:] = np.multiply.reduce(factors, axis=0)  # row by row, as langdetect multiplies
        values: list[float] = found.tolist()
        total = sum(values)  # one after the other, as NumPy does not add
        found /= total
        drawn += size
        if max(values) / total > Detector.CONV_THRESHOLD or drawn > Detector.ITERATION_LIMIT:
            return found
        size = _STEP


def find_ngrams(text: str, known: Container[str]) -> list[str]:
    """The n-grams of one to three letters that langdetect knows, in order.

    Those that end in the second of two capitals do not count, and none reaches over a blank.
    """
    text = " " + _cleaned(text).translate(_NORMAL)
    twos = list(map(add, text, text[1:]))
    # By the place of their last letter; what reaches over a blank no profile knows.
    ones, twos, threes = list(text), ["", *twos], ["", "", *map(add, twos, text[2:])]
    for at in _second_capitals(text):
        ones[at] = twos[at] = threes[at] = ""
    by_place = zip(ones, twos, threes, strict=False)
    return list(filter(known.__contains__, chain.from_iterable(by_place)))


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
