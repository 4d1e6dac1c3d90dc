"""All checks of one bead."""

import math
import re
from functools import lru_cache

from models.glossary.glossary import Glossary, contains
from models.records import Checks, Flag, Lang
from models.weights import cut_chinese, latin_words, load_weights, stem
from tasks.check.figures import compare_numbers, without
from tasks.check.settings import CheckSettings
from tasks.language.hans import to_simplified
from tasks.language.script import Letters, count_letters
from tasks.numbers import numbers

# Characters of English for a Chinese character, and the deviation of the logarithm of the ratio
# between the length and the one expected; it grows as texts get shorter. From held-out bitext.
_PER_CHARACTER = 3.3
_DEVIATION, _SHORT = 0.22, 12.0

_WORD = re.compile(r"\w+")
_NOT_PLAIN = re.compile("[^\0-\x7f–—‘’“”…]")  # anything but ASCII and the marks of print
_NO_LETTER = re.compile("[^A-Za-z]+")
_COPY_LETTERS = 12  # shorter texts may be the same in both languages: names, codes, titles
_SIDE_LETTERS = 8  # and the language of shorter ones cannot be told
_HAN_LETTERS = 3  # a Chinese character says about as much as so many letters


def check(
    zh_text: str,
    en_text: str,
    *,
    glossary: Glossary | None = None,
    settings: CheckSettings | None = None,
) -> Checks:
    """Check one bead: texts of both sides, either of which may be empty (a null bead).

    Numbers and dates are compared by value, lengths in characters, words through the shipped
    weights, and terms through ``glossary`` where one is given. Nothing is dropped or changed.

    >>> check("利润增长5%,达到1.2万亿元。", "Profit rose 15% to 1.2 trillion yuan.").flags
    (<Flag.NUMBER_MISMATCH: 'number_mismatch'>,)
    """
    settings = settings or CheckSettings()
    zh_text, en_text = zh_text.strip(), en_text.strip()
    flags: list[Flag] = []
    if not zh_text or not en_text:
        if _wrong_language(zh_text, en_text):
            flags.append(Flag.WRONG_LANGUAGE)
        return Checks(tuple(flags))
    simplified = to_simplified(zh_text)
    copied = _copied(simplified, en_text, settings)
    ratio = len(en_text) / len(zh_text)
    zh_numbers, en_numbers = numbers(zh_text, Lang.ZH), numbers(en_text, Lang.EN)
    figures = compare_numbers(zh_numbers, en_numbers)
    coverage, words = _coverage(without(simplified, zh_numbers), without(en_text, en_numbers))
    missing = _missing_terms(simplified, en_text, glossary) if glossary is not None else ()
    if figures.mismatch:
        flags.append(Flag.NUMBER_MISMATCH)
    if abs(length_deviation(zh_text, en_text)) > settings.length_deviation:
        flags.append(Flag.LENGTH_OUTLIER)
    if copied:
        flags.append(Flag.UNTRANSLATED_COPY)
    if (
        coverage is not None
        and words >= settings.coverage_words
        and coverage < settings.min_coverage
    ):
        flags.append(Flag.LOW_COVERAGE)
    if missing:
        flags.append(Flag.TERM_MISSING)
    if _wrong_language(zh_text, en_text):
        flags.append(Flag.WRONG_LANGUAGE)
    return Checks(
        flags=tuple(flags),
        length_ratio=round(ratio, 3),
        coverage=None if coverage is None else round(coverage, 3),
        numbers_zh_only=figures.zh_only,
        numbers_en_only=figures.en_only,
        terms_missing=missing,
    )


def length_deviation(zh_text: str, en_text: str) -> float:
    """How many standard deviations the English text is longer (or shorter) than is usual.

    After Gale and Church (1993), on the logarithm of the ratio. Latin letters and digits of the
    Chinese side are expected to come again as they are.
    """
    plain = len(zh_text.encode("ascii", "ignore"))
    expected = plain + _PER_CHARACTER * (len(zh_text) - plain)
    deviation = _DEVIATION * math.sqrt(1 + _SHORT / expected)
    return math.log(len(en_text) / expected) / deviation


def _coverage(zh_text: str, en_text: str) -> tuple[float | None, int]:
    """The share of content words with a counterpart on the other side, and how many they are.

    A content word is a Chinese word that the table translates or an English stem to which it
    gives a weight. None when there are none.
    """
    english = _latin_keys(en_text)
    reached: set[int] = set()
    total = hits = 0
    for word in set(cut_chinese(zh_text)):
        keys = _translation_keys(word)
        if keys:
            total += 1
            if not english.isdisjoint(keys):
                hits += 1
                reached.update(keys)
    latin = _latin_keys(zh_text)
    total += len(latin) + len(english)
    hits += len(english & latin) + len(english & (reached | latin))
    return (hits / total if total else None), total


def _latin_keys(text: str) -> set[int]:
    """The stems of weight of the Latin words of a text."""
    keys = set(map(_latin_key, latin_words(text)))
    return {key for key in keys if key is not None}


@lru_cache(maxsize=1 << 16)
def _translation_keys(word: str) -> tuple[int, ...]:
    """Stems that translate a Chinese word."""
    return tuple([key for key, _ in load_weights().translations(word)])


@lru_cache(maxsize=1 << 16)
def _latin_key(word: str) -> int | None:
    """The stem of an English word, if it is one of weight."""
    weights = load_weights()
    key = weights.stem_ids.get(stem(word))
    return key if key is not None and weights.stem_weights[key] > 0 else None


def _missing_terms(zh_text: str, en_text: str, glossary: Glossary) -> tuple[str, ...]:
    """The terms of one side that have none of their renderings on the other, as ``zh = en``."""
    missing: dict[str, None] = {}
    for text, lang, other, other_lang in (
        (zh_text, Lang.ZH, en_text, Lang.EN),
        (en_text, Lang.EN, zh_text, Lang.ZH),
    ):
        for found in glossary.find(text, lang):
            term = found.term
            own = text[slice(*found.span)]
            if own.isascii() and own.lower() in other.lower():
                continue  # the name or abbreviation stands untranslated on the other side too
            if not any(contains(other, r, other_lang) for r in term.renderings(other_lang)):
                missing[f"{term.preferred(Lang.ZH)} = {term.preferred(Lang.EN)}"] = None
    return tuple(missing)


def _copied(zh_text: str, en_text: str, settings: CheckSettings) -> bool:
    """Whether one side repeats the other instead of translating it.

    Either both are the same but for marks and case, or nearly all letters of one side are words
    or characters of the other.
    """
    if _is_plain(en_text) and len(_NO_LETTER.sub("", zh_text)) < _COPY_LETTERS:
        return False  # next to nothing in common, as nearly always
    left, right = _pieces(zh_text), _pieces(to_simplified(en_text))
    sizes = [sum(map(_letters, pieces)) for pieces in (left, right)]
    if min(sizes) < _COPY_LETTERS:
        return False
    known_left, known_right = set(left), set(right)
    return any(
        sum(_letters(piece) for piece in pieces if piece in other) >= settings.copy_overlap * size
        for pieces, size, other in ((left, sizes[0], known_right), (right, sizes[1], known_left))
    )


def _is_plain(text: str) -> bool:
    """Whether a text has no letters but those of ASCII."""
    return text.isascii() or _NOT_PLAIN.search(text) is None


def _letters(piece: str) -> int:
    """How much a piece says, in letters of English."""
    return len(piece) if piece.isascii() else _HAN_LETTERS


def _pieces(text: str) -> list[str]:
    """Words without digits, Chinese ones character by character."""
    out: list[str] = []
    for word in _WORD.findall(text.lower()):
        if word.isascii():
            if not word.isdigit():
                out.append(word)
        else:
            out += [ch for ch in word if ch.isalpha()]
    return out


def _wrong_language(zh_text: str, en_text: str) -> bool:
    """Whether a side is not in its language, by the scripts of its letters.

    Chinese with much Latin in it is Chinese, and a name in Chinese characters does not make a
    sentence less English.
    """
    if not _is_plain(en_text) and _not_english(count_letters(en_text)):
        return True
    return _not_chinese(count_letters(zh_text))


def _not_chinese(letters: Letters) -> bool:
    if letters.total < _SIDE_LETTERS:
        return False
    foreign = letters.kana + letters.hangul + letters.other
    return foreign > 0.2 * letters.total or (
        letters.latin >= 4 * _SIDE_LETTERS and letters.han < 0.03 * letters.total
    )


def _not_english(letters: Letters) -> bool:
    han = _HAN_LETTERS * letters.han
    other = letters.kana + letters.hangul + letters.other
    if letters.latin + han + other < _SIDE_LETTERS:
        return False
    return han + 2 * other > letters.latin
