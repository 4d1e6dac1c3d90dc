"""What can be wrong with a translation, told from the two texts alone.

The faults are those that users of machine translation report most: nothing at all, loops, the
wrong language, the source handed back, lost numbers, cut ends (Opus-MT issues 49, 88, 105;
transformers 15323; OPUS-CAT 93).
"""

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from models.engines import EngineNote, Translation
from models.records import Flag, Lang
from tasks.numbers import Kind, numbers


class Fault(StrEnum):
    """A fault of a translation."""

    EMPTY = "empty"
    LOOP = "loop"
    WRONG_SCRIPT = "wrong_script"
    COPY = "copy"
    TRUNCATED = "truncated"
    PLACEHOLDER = "placeholder"
    LENGTH_EXTREME = "length_extreme"
    ENGINE = "engine"  # the engine gave no answer
    LENGTH = "length"
    NUMBERS = "numbers"
    TERMS = "terms"


#: A translation with one of these is no translation.
FATAL = frozenset(
    {
        Fault.EMPTY,
        Fault.LOOP,
        Fault.WRONG_SCRIPT,
        Fault.COPY,
        Fault.TRUNCATED,
        Fault.PLACEHOLDER,
        Fault.LENGTH_EXTREME,
        Fault.ENGINE,
    }
)

#: How a fault that is not fatal shows on a bead.
FLAG_OF_FAULT = {
    Fault.LENGTH: Flag.LENGTH_OUTLIER,
    Fault.NUMBERS: Flag.NUMBER_MISMATCH,
    Fault.TERMS: Flag.TERM_MISSING,
}

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002fa1f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*")
_UNIT = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+|[\u3400-\u9fff]")
_LEFT_OVER = re.compile(r"<t\d>|<unk>|⁇|>>\w+<<|</s>|<pad>")


def needs_translation(text: str, source: Lang) -> bool:
    """Whether there is anything to translate: Han characters in Chinese text; in English text a
    word that is no code, number, address or abbreviation in capitals.

    >>> needs_translation("V12.3", Lang.EN), needs_translation("Cars", Lang.EN)
    (False, True)
    """
    if source is Lang.ZH:
        return bool(_HAN.search(text))
    bare = re.sub(r"\S+(?:://|@|\.(?:com|cn|org|net)\b)\S*", " ", text)
    return any(len(word) > 1 and not word.isupper() for word in _plain_words(bare))


def _plain_words(text: str) -> list[str]:
    """Words without digits beside them."""
    return [
        match[0]
        for match in _WORD.finditer(text)
        if not _has_digit(text, match.start() - 1) and not _has_digit(text, match.end())
    ]


def _has_digit(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isdigit()


def find_faults(text: str, translation: Translation, source: Lang, target: Lang) -> list[Fault]:
    """The faults of ``translation`` as a translation of ``text``, fatal ones first.

    >>> find_faults("很好，很好。", Translation(""), Lang.ZH, Lang.EN)
    [<Fault.EMPTY: 'empty'>]
    """
    answer = translation.text.strip()
    if not any(character.isalnum() for character in answer):
        return [Fault.EMPTY]
    faults = []
    if EngineNote.TRUNCATED in translation.flags:
        faults.append(Fault.TRUNCATED)
    if _LEFT_OVER.search(answer) and not _LEFT_OVER.search(text):
        faults.append(Fault.PLACEHOLDER)
    if is_loop(answer) and not is_loop(text):
        faults.append(Fault.LOOP)
    if _same_text(text, answer):
        if not (target is Lang.ZH and _is_name(text)):
            faults.append(Fault.COPY)
    elif not _right_script(text, answer, target):
        faults.append(Fault.WRONG_SCRIPT)
    zh, en = (text, answer) if source is Lang.ZH else (answer, text)
    faults += length_faults(zh, en)
    if lost_numbers(text, answer, source, target):
        faults.append(Fault.NUMBERS)
    return faults


def _is_name(text: str) -> bool:
    """One or two words with capitals: Chinese news often leaves such names as they are."""
    words = _plain_words(text)
    return len(words) <= 2 and all(word[0].isupper() for word in words)


def _same_text(first: str, second: str) -> bool:
    return _bare(first) == _bare(second)


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _right_script(text: str, answer: str, target: Lang) -> bool:
    """English holds next to no Han; Chinese holds more Han than words kept from the source."""
    han, latin = len(_HAN.findall(answer)), len(_LATIN.findall(answer))
    if target is Lang.EN:
        return latin > 0 and han <= 0.1 * (han + latin)
    words = len(_plain_words(answer))
    short = len(_plain_words(text)) <= 3
    return han > 0 and (short or han >= words)


#: English characters for one Chinese character: usual, and beyond belief.
_USUAL = (0.9, 9.0)
_POSSIBLE = (0.4, 20.0)


def length_faults(zh: str, en: str) -> list[Fault]:
    """Faults of length. Short texts have some leeway: six characters on the English side."""
    high = max(0, len(en) - 6) / max(1, len(zh))
    low = (len(en) + 6) / max(1, len(zh))
    if low < _POSSIBLE[0] or high > _POSSIBLE[1]:
        return [Fault.LENGTH_EXTREME]
    return [Fault.LENGTH] if low < _USUAL[0] or high > _USUAL[1] else []


def is_loop(text: str) -> bool:
    """Whether a word or phrase is said again and again.

    Either a phrase of up to 16 words (Han characters) stands four times in a row and makes up at
    least twelve of them, or in a text of 24 or more fewer than half of the groups of four differ.
    Linear in the length.

    >>> is_loop("the car, the car, the car, the car, the car, the car and"), is_loop("ha ha ha")
    (True, False)
    """
    units = [unit.lower() for unit in _UNIT.findall(text)]
    return _repeats_in_a_row(units) or _repeats_everywhere(units)


def _repeats_in_a_row(units: Sequence[str]) -> bool:
    for period in range(1, min(16, len(units) // 4) + 1):
        run = 0
        for at in range(period, len(units)):
            run = run + 1 if units[at] == units[at - period] else 0
            if run >= 3 * period and run + period >= 12:
                return True
    return False


def _repeats_everywhere(units: Sequence[str]) -> bool:
    groups = Counter(zip(units, units[1:], units[2:], units[3:], strict=False))
    total = groups.total()
    return total >= 21 and len(groups) < 0.5 * total


#: Kinds that are said in figures in both languages; ordinals and multiples may become words.
_FIRM = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.YEAR, Kind.TIME, Kind.CODE, Kind.DATE})


def lost_numbers(text: str, answer: str, source: Lang, target: Lang) -> tuple[str, ...]:
    """Keys of numbers that the source writes with digits and the translation does not have.

    >>> lost_numbers("售价1.2亿元", "It costs 12 million yuan", Lang.ZH, Lang.EN)
    ('1.2e8',)
    >>> lost_numbers("售价1.2亿元", "It costs 120 million yuan", Lang.ZH, Lang.EN)
    ()
    """
    firm = [
        number
        for number in numbers(text, source)
        if number.kind in _FIRM and any(c.isdigit() for c in text[slice(*number.span)])
    ]
    if not firm:
        return ()
    there = {number.key for number in numbers(answer, target)}
    return tuple(dict.fromkeys(number.key for number in firm if number.key not in there))
