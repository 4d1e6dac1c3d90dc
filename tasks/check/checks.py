"""All checks of one bead."""

import math
import re
from collections.abc import Sequence

from models.glossary.glossary import Glossary, contains
from models.records import Checks, Flag, Lang
from tasks.check.copies import HAN_LETTERS, is_copied, is_plain
from tasks.check.coverage import coverages
from tasks.check.figures import NumberCheck, compare_numbers, without
from tasks.check.settings import CheckSettings
from tasks.language.hans import to_simplified
from tasks.language.script import HAN, Letters, count_letters
from tasks.numbers import numbers

# Characters of English for a Chinese character, and the deviation of the logarithm of the ratio
# between the length and the one expected; it grows as texts get shorter. From held-out bitext.
_PER_CHARACTER = 3.3
_DEVIATION, _SHORT = 0.22, 12.0

_HAN_RUNS = re.compile(f"[{HAN}]+")
_SIDE_LETTERS = 8  # the language of shorter texts cannot be told


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
    return check_all([(zh_text, en_text)], glossary=glossary, settings=settings)[0]


def check_all(
    beads: Sequence[tuple[str, str]],
    *,
    glossary: Glossary | None = None,
    settings: CheckSettings | None = None,
) -> list[Checks]:
    """Check beads as :func:`check` does, in less time than one by one."""
    settings = settings or CheckSettings()
    texts = [(zh_text.strip(), en_text.strip()) for zh_text, en_text in beads]
    whole = [sides for sides in texts if all(sides)]
    # One step for all beads, then the next: its tables stay in the processor's cache.
    simplified = [to_simplified(zh_text) for zh_text, _ in whole]
    zh_numbers = [numbers(zh_text, Lang.ZH) for zh_text, _ in whole]
    en_numbers = [numbers(en_text, Lang.EN) for _, en_text in whole]
    covered = coverages(
        [without(text, found) for text, found in zip(simplified, zh_numbers, strict=True)],
        [without(text, found) for (_, text), found in zip(whole, en_numbers, strict=True)],
    )
    checked = iter(
        [
            _checks(*sides, plain, compare_numbers(zh_found, en_found), *words, glossary, settings)
            for sides, plain, zh_found, en_found, words in zip(
                whole, simplified, zh_numbers, en_numbers, covered, strict=True
            )
        ]
    )
    return [next(checked) if all(sides) else _half(*sides) for sides in texts]


def _half(zh_text: str, en_text: str) -> Checks:
    """The checks of a bead with an empty side."""
    return Checks((Flag.WRONG_LANGUAGE,) if _wrong_language(zh_text, en_text) else ())


def _checks(
    zh_text: str,
    en_text: str,
    simplified: str,
    figures: NumberCheck,
    coverage: float | None,
    words: int,
    glossary: Glossary | None,
    settings: CheckSettings,
) -> Checks:
    """The checks of a bead, from what is known of it."""
    flags: list[Flag] = []
    missing = _missing_terms(simplified, en_text, glossary) if glossary is not None else ()
    if figures.mismatch:
        flags.append(Flag.NUMBER_MISMATCH)
    if abs(length_deviation(zh_text, en_text)) > settings.length_deviation:
        flags.append(Flag.LENGTH_OUTLIER)
    if is_copied(simplified, en_text, settings.copy_overlap):
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
        length_ratio=round(len(en_text) / len(zh_text), 3),
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


def _wrong_language(zh_text: str, en_text: str) -> bool:
    """Whether a side is not in its language, by the scripts of its letters.

    Chinese with much Latin in it is Chinese, and a name in Chinese characters does not make a
    sentence less English.
    """
    if not is_plain(en_text) and _not_english(count_letters(en_text)):
        return True
    return not _mostly_han(zh_text) and _not_chinese(count_letters(zh_text))


def _mostly_han(text: str) -> bool:
    """Whether so much of a text is Han that it is Chinese whatever the rest is."""
    rest = _HAN_RUNS.sub("", text)
    han = len(text) - len(rest)
    foreign = len(rest) - len(rest.encode("ascii", "ignore"))  # at the most
    return len(rest) <= han and 5 * foreign <= han


def _not_chinese(letters: Letters) -> bool:
    if letters.total < _SIDE_LETTERS:
        return False
    foreign = letters.kana + letters.hangul + letters.other
    return foreign > 0.2 * letters.total or (
        letters.latin >= 4 * _SIDE_LETTERS and letters.han < 0.03 * letters.total
    )


def _not_english(letters: Letters) -> bool:
    han = HAN_LETTERS * letters.han
    other = letters.kana + letters.hangul + letters.other
    if letters.latin + han + other < _SIDE_LETTERS:
        return False
    return han + 2 * other > letters.latin
