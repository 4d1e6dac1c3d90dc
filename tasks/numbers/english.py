"""Numbers of English text."""

import re
from decimal import Decimal

from tasks.numbers import english_dates, western
from tasks.numbers.english_words import (
    CARDINAL_WORDS,
    ORDINAL,
    ORDINAL_WORDS,
    SCALE,
    SCALE_WORDS,
    SMALL,
    SPELLED,
    spelled_value,
)
from tasks.numbers.scan import FIGURES, RuleIndex, Rules, initials, masked, number, scan
from tasks.numbers.values import Kind, Number, fraction_key, plain_key, scaled
from tasks.numbers.western import DIGITS, key_of_digits, value_of_digits

_SCALE_AFTER = rf"(?:(?:[ -]{SCALE_WORDS}\b)+|[ ]?(?:mn|mln|bn|bln|tn|trn)\b)"
_VALUE = rf"(?:{DIGITS}(?:{_SCALE_AFTER})?|{SPELLED})"
_VALUE_BEGINS = FIGURES + initials(SMALL)
_PART = "(?:half|quarter|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
_PARTS = {
    "half": 2,
    "halve": 2,  # of "halves"
    "quarter": 4,
    **{word: value for word, value in ORDINAL.items() if 3 <= value <= 10},
}
_TIMES = {"twice": "2", "thrice": "3", "doubl": "2", "tripl": "3", "quadrupl": "4"}
_PERCENT = r"(?:[ ]?%|[ -]?(?:percent(?:age[ -]points?)?|per[ ]cent|pct)\b)"

_SCALES = ["hundred", "thousand", "million", "billion", "trillion"]
_DOUBLE = [
    stem + ending for stem in ("doubl", "tripl", "quadrupl") for ending in ("e", "ed", "es", "ing")
]

_FOLD = [f"{word}fold" for word in list(SMALL)[2:11]]

# Words that a number may begin with, or that "a" may stand before ("a million", "a third").
_WORDS = frozenset(
    variant
    for words in (SMALL, ORDINAL, _SCALES, _DOUBLE, _FOLD, ["half", "quarter", "twice", "thrice"])
    for word in words
    for variant in (word, word.capitalize(), word.upper())
) | frozenset(english_dates.MONTH_NAMES)
#: The same words as bytes, and what makes a blank of every byte that is no letter.
_WORD_BYTES = frozenset(word.encode() for word in _WORDS)
_LETTERS_ONLY = bytes(code if chr(code).isalpha() else 32 for code in range(128)) + b" " * 128
_DIGITS = re.compile("[0-9]+")
_ARTICLE = re.compile(r"\b(?:an? )?\Z", re.IGNORECASE)

rules = Rules()
rules += western.codes
rules += english_dates.rules


@rules.add(
    r"(?P<n>[0-9]{1,4})(?:st|nd|rd|th)\b",
    re.IGNORECASE,
    begins=FIGURES,
    needs=english_dates.ORDINAL_ENDINGS,
)
def ordinal(match: re.Match[str]) -> list[Number]:
    """21st."""
    return number(match, str(int(match["n"])), Kind.ORDINAL)


@rules.add(
    rf"""(?P<a>{_VALUE})[ -](?P<b>{_PART}s?|halves)\b
        (?![ -](?:{SCALE_WORDS}|of-|finals?\b|quarter))""",
    re.IGNORECASE,
    begins=_VALUE_BEGINS,
    needs="[-hqtfsſenmbHQTFSENMB]",
)
def fraction(match: re.Match[str]) -> list[Number] | None:
    """Two thirds, three-quarters, one half."""
    top, bottom = _read(match["a"]), _PARTS[match["b"].lower().removesuffix("s")]
    if bottom == 4 and _PERIOD.search(match.string[max(0, match.start() - 8) : match.start()]):
        return None  # the first three quarters: of a year
    plural = match["b"].lower().endswith("s")
    if top is None or top >= bottom or (top != 1) is not plural:
        return None
    return number(match, fraction_key(top, Decimal(bottom)), Kind.FRACTION)


@rules.add(r"half\b", re.IGNORECASE, begins="hH")
def one_and_a_half(match: re.Match[str]) -> list[Number] | None:
    """A year and a half."""
    low = max(0, match.start() - 20)
    before = _UNIT_AND_A.search(match.string[low : match.start()])
    if before is None:
        return None
    return [Number("1.5", (low + before.start(), match.end()), Kind.NUMBER)]


_UNIT_AND_A = re.compile(
    r"\ban? (?:year|month|week|day|hour|mile|century|decade)[ -]and[ -]a[ -]\Z", re.IGNORECASE
)


@rules.add(
    rf"(?P<b>{_PART})\b(?![ -](?:{SCALE_WORDS}|final|quarter))",
    re.IGNORECASE,
    begins=initials(_PARTS),
)
def fraction_with_article(match: re.Match[str]) -> list[Number] | None:
    """A quarter of; "the third of" is an ordinal."""
    article = _article(match)
    before = match.string[max(0, match.start() - article - 10) : match.start() - article]
    if not article or not (_OF.match(match.string, match.end()) or _ABOUT.search(before)):
        return None
    key = fraction_key(Decimal(1), Decimal(_PARTS[match["b"].lower()]))
    return [Number(key, (match.start() - article, match.end()), Kind.FRACTION)]


_PERIOD = re.compile(r"\b(?:first|last|past|next) \Z", re.IGNORECASE)
_OF = re.compile(r" (?:of|the)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|nearly|almost|over|around|roughly|than|by|to) \Z", re.IGNORECASE)


@rules.add(
    rf"half[ ](?:an?[ ])?(?P<scale>{SCALE_WORDS})\b | half(?=[ ](?:of|the|its|their|an?)\b)",
    re.IGNORECASE,
    begins="hH",
)
def half(match: re.Match[str]) -> list[Number]:
    """Half a million; half of the cars."""
    if match["scale"]:
        value = scaled(Decimal("0.5"), SCALE[match["scale"].lower()])
        return number(match, plain_key(value), Kind.NUMBER)
    return number(match, "1/2", Kind.FRACTION)


@rules.add(
    rf"""(?P<n>{_VALUE})
        [ -]and[ -]a[ -](?P<part>half|quarter)(?P<scale>[ ]{SCALE_WORDS})?\b""",
    re.IGNORECASE,
    begins=_VALUE_BEGINS,
    needs="[-ahtmbAHTMB]",
)
def and_a_half(match: re.Match[str]) -> list[Number] | None:
    """Two and a half million."""
    value = _read(match["n"])
    if value is None:
        return None
    value += Decimal("0.5") if match["part"].lower() == "half" else Decimal("0.25")
    power = SCALE[match["scale"].strip().lower()] if match["scale"] else 0
    return number(match, plain_key(scaled(value, power)), Kind.NUMBER)


@rules.add(
    rf"""(?P<a>{_VALUE})(?P<a_percent>{_PERCENT})?(?:[ ](?:to|and|or)[ ]|[ ]?[-–—][ ]?)
        (?:US\$|[$€£¥])?(?P<b>{_VALUE})(?P<percent>{_PERCENT})?""",
    re.IGNORECASE,
    begins=_VALUE_BEGINS,
    needs="[-–—%ptaohmbPTAOHMB]",
)
def scale_range(match: re.Match[str]) -> list[Number] | None:
    """3-5 million, 10 to 15 percent: the first number shares the unit of the second."""
    low, high = _read(match["a"]), _read(match["b"])
    if low is None or high is None:
        return None
    between = match.string[match.end("a") : match.start("b")]
    if match["percent"] and low < high and "and" not in between:  # "in 2017 and 1.6%"
        return [*_percent(match, low, "a"), *_percent(match, high, "b")]
    unit = re.search(rf"(?:{_SCALE_AFTER})$", match["b"], re.IGNORECASE)
    own = re.search("[A-Za-z]$", match["a"]) and SMALL.get(match["a"].lower()) is None
    if unit is None or own or match["a_percent"]:
        return None
    power = _power(unit[0])
    if low >= scaled(high, -power):
        return None
    return [
        *number(match, plain_key(scaled(low, power)), Kind.NUMBER, "a"),
        *number(match, plain_key(high), Kind.NUMBER, "b"),
    ]


@rules.add(
    r"(?:one|1)[ -]in[ -](?P<n>[2-9]|[1-9][0-9]|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
    begins="1oO",
    needs="[-iıIİ]",
)
def one_in(match: re.Match[str]) -> list[Number] | None:
    """One in five is a fifth."""
    value = _read(match["n"])
    return None if value is None else number(match, fraction_key(Decimal(1), value), Kind.FRACTION)


@rules.add(
    rf"(?P<n>{_VALUE}){_PERCENT}",
    re.IGNORECASE,
    begins=_VALUE_BEGINS,
    needs="[-%phtmbPHTMB]",
)
def percent(match: re.Match[str]) -> list[Number] | None:
    """5%, five percent, 5 percentage points."""
    value = _read(match["n"])
    return None if value is None else _percent(match, value, 0)


@rules.add(
    rf"""twice\b | thrice\b
      | (?P<verb>doubl|tripl|quadrupl)(?:e|ed|es|ing)\b(?!-|[ ](?:standard|digit))
      | (?P<n>{_VALUE})[ -]?(?:fold\b|times\b)""",
    re.IGNORECASE,
    begins=_VALUE_BEGINS + initials([*_TIMES]),
    needs="[-fthmbFTHMB]",
)
def multiple(match: re.Match[str]) -> list[Number] | None:
    """Two times, twofold, double."""
    if match["n"]:
        value = _read(match["n"])
        return None if value is None else number(match, plain_key(value), Kind.MULTIPLE)
    word = (match["verb"] or match[0]).lower()
    return number(match, _TIMES[word], Kind.MULTIPLE)


rules += western.rules


@rules.add(
    rf"(?:(?P<tens>{CARDINAL_WORDS})-)?(?P<n>{ORDINAL_WORDS})\b(?!-hand)",
    re.IGNORECASE,
    begins=initials([*SMALL, *ORDINAL]),
)
def spelled_ordinal(match: re.Match[str]) -> list[Number] | None:
    """Third, twenty-first; "a second" of time is none."""
    value = ORDINAL[match["n"].lower()]
    if match["tens"]:
        tens = SMALL[match["tens"].lower()]
        return number(match, str(tens + value), Kind.ORDINAL) if tens >= 20 > 2 * value else None
    before = match.string[max(0, match.start() - 8) : match.start()]
    if value == 2 and not _SECOND.search(before):
        return []
    return number(match, str(value), Kind.ORDINAL)


_SECOND = re.compile(r"\b(?:the|his|her|its|their|our|my|'s) \Z", re.IGNORECASE)


@rules.add(rf"(?P<n>{DIGITS})(?P<scale>{_SCALE_AFTER})?", begins=FIGURES)
def western_number(match: re.Match[str]) -> list[Number]:
    """9,999; 1.2 trillion."""
    if match["scale"] is None:
        return number(match, key_of_digits(match["n"]), Kind.NUMBER, "n")
    value = scaled(value_of_digits(match["n"]), _power(match["scale"]))
    return number(match, plain_key(value), Kind.NUMBER)


@rules.add(rf"(?P<scale>{SCALE_WORDS})\b", re.IGNORECASE, begins=initials(SCALE))
def scale_with_article(match: re.Match[str]) -> list[Number]:
    """A million; "million" alone and "millions" are vague."""
    article = _article(match)
    if not article:
        return []
    value = scaled(Decimal(1), SCALE[match["scale"].lower()])
    return [Number(plain_key(value), (match.start() - article, match.end()), Kind.NUMBER)]


@rules.add(rf"{SPELLED}\b", re.IGNORECASE, begins=initials(SMALL))
def spelled_number(match: re.Match[str]) -> list[Number]:
    """Twenty-eight; "zero" alone is a word."""
    value = spelled_value(match[0])
    if value is None:
        return _one_by_one(match)
    return number(match, plain_key(value), Kind.NUMBER) if value else []


def _one_by_one(match: re.Match[str]) -> list[Number]:
    """The words of a run that is no single number: "two three"."""
    out = []
    for word in re.finditer(rf"\b{CARDINAL_WORDS}\b", match[0], re.IGNORECASE):
        value = SMALL[word[0].lower()]
        if value > 1:
            start = match.start() + word.start()
            out.append(Number(str(value), (start, start + len(word[0])), Kind.NUMBER))
    return out


# Figures, and what comes after them or after the blank that follows.
index = RuleIndex(rules, re.compile("[0-9][0-9.,，]*[ ]?.?", re.DOTALL))


def find(text: str) -> list[Number]:
    """The numbers of an English text in order, with their spans in ``text``."""
    view = masked(text)
    return scan(view, _anchors(view), index.at)


def _anchors(text: str) -> list[int]:
    """The places of digits and of words that a number may begin with, in order."""
    places = [match.start() for match in _DIGITS.finditer(text)]
    # Few words are number words: to find those that occur, and then their places, is much faster
    # than to look at every word.
    letters = text.encode("ascii", "replace").translate(_LETTERS_ONLY)
    for found in _WORD_BYTES.intersection(letters.split()):
        word = found.decode()
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if not (text[at - 1 : at].isalpha() or text[end : end + 1].isalpha()):
                places.append(at)
            at = text.find(word, end)
    return sorted(places)


def _article(match: re.Match[str]) -> int:
    """The length of the "a " or "an " before a match, 0 without."""
    found = _ARTICLE.search(match.string, max(0, match.start() - 4), match.start())
    return len(found[0]) if found else 0


def _read(words: str) -> Decimal | None:
    """Digits or number words, with their scale."""
    if not words[0].isdigit():
        return spelled_value(words)
    digits = re.match(DIGITS, words)
    assert digits is not None  # the words begin with a digit
    return scaled(value_of_digits(digits[0]), _power(words[digits.end() :]))


def _power(scale: str) -> int:
    return sum(SCALE[word] for word in re.findall("[a-z]+", scale.lower()))


def _percent(match: re.Match[str], value: Decimal, group: str | int) -> list[Number]:
    return number(match, plain_key(value) + "%", Kind.PERCENT, group)
