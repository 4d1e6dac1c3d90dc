"""Numbers spelled in English words to values."""

import re
from decimal import Decimal

from tasks.numbers.values import scaled

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENTHS = [
    "twentieth",
    "thirtieth",
    "fortieth",
    "fiftieth",
    "sixtieth",
    "seventieth",
    "eightieth",
    "ninetieth",
]

SMALL = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
ORDINAL = {word: value for value, word in enumerate(_ORDINALS)} | {
    word: 10 * value for value, word in enumerate(_TENTHS, 2)
}
SCALE = {
    "hundred": 2,
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
    "mn": 6,
    "mln": 6,
    "bn": 9,
    "bln": 9,
    "tn": 12,
    "trn": 12,
}

SCALE_WORDS = "(?:hundred|thousand|million|billion|trillion)"
CARDINAL_WORDS = "(?:" + "|".join(sorted([*_ONES[1:], *_TENS], key=len, reverse=True)) + ")"
ORDINAL_WORDS = "(?:" + "|".join(sorted([*_ORDINALS[1:], *_TENTHS], key=len, reverse=True)) + ")"

#: A run of number words: "two hundred and fifty-one thousand".
SPELLED = rf"(?:{CARDINAL_WORDS}(?:(?:[ ]|-|[ ]and[ ])(?:{CARDINAL_WORDS}|{SCALE_WORDS})\b)*)"

_WORD = re.compile("[a-z]+")


def spelled_value(words: str) -> Decimal | None:
    """The value of spelled number words; None when they do not make one number.

    >>> spelled_value("twenty-eight"), spelled_value("two hundred and fifty thousand")
    (Decimal('28'), Decimal('250000'))
    >>> spelled_value("three million two hundred thousand"), spelled_value("three four")
    (Decimal('3200000'), None)
    """
    total = section = Decimal(0)
    room = 10**15  # the next word must be smaller than this to fit
    for word in _WORD.findall(words.lower()):
        if word == "and":
            continue
        if word in SMALL:
            value = SMALL[word]
            if value >= room:
                return None
            section += value
            room = 10 if value >= 20 else 1
        elif word == "hundred":
            if not 0 < section < 100:
                return None
            section, room = section * 100, 100
        else:
            if not 0 < section < 1000:
                return None
            part = scaled(section, SCALE[word])
            if total and total % scaled(Decimal(1), SCALE[word] + 3):
                return None
            total, section, room = total + part, Decimal(0), 1000
    return total + section
