"""Numbers of Chinese text."""

import re
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources

from tasks.numbers import chinese_dates, western
from tasks.numbers.numerals import FOLDED, HAN, TO_FOLD, value_of
from tasks.numbers.scan import FIGURES, RuleIndex, Rules, masked, number, scan
from tasks.numbers.values import Kind, Number, fraction_key, plain_key, scaled
from tasks.numbers.western import DIGITS, RANGE, digits_number

# Western digits with units after them, or Chinese digits with units among them. 多, 余 and 来
# before a big unit say "more than" (20多万).
_SCALED = (
    rf"{DIGITS}[ ]?[多余来]?[ ]?[百千万亿]+(?:零?[0-9]+(?:\.[0-9]+)?[百千万亿]+)*(?:零[0-9]+)?"
)
_NUMERAL = (
    rf"[{HAN}](?:[{HAN}百千万亿]|[多余来](?=[万亿]))*(?:点[〇零一二三四五六七八九]+[十百千万亿]*)?"
)
_VALUE = f"(?:{_SCALED}|{DIGITS}|{_NUMERAL})"

# Where a number may begin: one character, then what it needs around it. A bare 一 counts only
# before what makes it part of a numeral.
_ANCHOR = re.compile(
    rf"""[0-9{HAN}百千翻加半首元民第](?:
        (?<=[0-9二两三四五六七八九十])
      | (?<=[〇零])(?=[点时])
      | (?<=一)(?=[{HAN}百千万亿点成倍季半月又]|(?:[个年天周]|小时|个小时)半|[ ]?(?:刻|世纪|分之))
      | (?<=第)(?=[ ]?[0-9{HAN}]) | (?<=百)(?=分[之百]) | (?<=千)(?=分之)
      | (?<=翻)(?=了?[一两二三番倍]) | (?<=加)(?=倍) | (?<=半)(?=[年场天价]|小时|个)
      | (?<=首)(?=季) | (?<=元)(?=月) | (?<=民)(?=国)
    )""",
    re.VERBOSE,
)
_ANY = re.compile(rf"[0-9０-９{HAN}兩百千翻加首半元]")

rules = Rules()
rules += western.codes
rules += chinese_dates.rules


@rules.add(
    rf"""百分(?:之?百(?![0-9])
        |之[ ]?(?P<n>{_VALUE})(?:[ ]?{RANGE}[ ]?(?:百分之)?
            (?P<n2>(?:{DIGITS}|{_NUMERAL})(?![{HAN}百千万亿0-9.])))?)""",
    begins="百",
)
def percent_in_words(match: re.Match[str]) -> list[Number]:
    """百分之五, 百分之十至十五, 百分百."""
    if match["n"] is None:
        return number(match, "100%", Kind.PERCENT)
    if match["n2"] is None:
        return _percent(match, "n", 0)
    return [*_percent(match, "n", "n"), *_percent(match, "n2", "n2")]


@rules.add(rf"千分之[ ]?(?P<n>{_VALUE})", begins="千")
def per_mille_in_words(match: re.Match[str]) -> list[Number]:
    """千分之五."""
    return _percent(match, "n", 0, power=-1)


@rules.add(
    rf"""(?P<n>{_VALUE})(?:[ ]?{RANGE}[ ]?(?P<n2>{_VALUE}))?[ ]?
        (?:%|﹪|(?P<mille>‰)|个?[ ]?百分点)""",
    begins=FIGURES + HAN,
    needs="[%﹪‰个分]",
)
def percent(match: re.Match[str]) -> list[Number]:
    """5%, 3-5%, 两个百分点, 3‰."""
    power = -1 if match["mille"] else 0
    if match["n2"] is None:
        return _percent(match, "n", 0, power=power)
    return [
        *_percent(match, "n", "n", power=power),
        *_percent(match, "n2", "n2", power=power),
    ]


@rules.add(
    rf"(?:(?P<whole>{_VALUE})又)?(?P<b>{_VALUE})分之(?P<a>{_VALUE}) | 一半",
    begins=FIGURES + HAN,
    needs="[又分半]",
)
def fraction(match: re.Match[str]) -> list[Number] | None:
    """三分之二, 一又二分之一, 一半."""
    if match["a"] is None:
        return number(match, "1/2", Kind.FRACTION)
    a, b = value_of(match["a"]), value_of(match["b"])
    if not a or not b:
        return None
    parts = number(match, fraction_key(a, b), Kind.FRACTION)
    if match["whole"]:
        return [*_number(match, "whole"), *number(match, fraction_key(a, b), Kind.FRACTION, "a")]
    return parts


@rules.add("半(?:年|天|小时|个(?:月|小时|世纪)|价)", begins="半")
def half(match: re.Match[str]) -> list[Number]:
    """半年, 半个小时."""
    if match.start() and match.string[match.start() - 1] in "上下多大":
        return []
    return [Number("1/2", (match.start(), match.start() + 1), Kind.FRACTION)]


@rules.add(
    r"""(?P<n>[一二两三四五六七八九十1-9])成
        (?:半(?!数)|(?P<tenths>[一二三四五六七八九])(?![〇零一二三四五六七八九十百千万亿]))?
        (?![员为功立果就长都熟本分交份语型人群因绩不效品])""",
    begins=FIGURES + HAN,
    needs="成",
)
def tenths(match: re.Match[str]) -> list[Number]:
    """两成 is 20 percent, 三成半 and 三成五 are 35."""
    value = scaled(_value(match["n"]), 1)
    if match["tenths"]:
        value += _value(match["tenths"])
    elif "半" in match[0]:
        value += 5
    return number(match, plain_key(value) + "%", Kind.PERCENT)


@rules.add(r"翻(?:了)?(?:(?P<n>[一两二三四])番|番|一?倍) | 加倍", begins="翻加")
def doubling(match: re.Match[str]) -> list[Number]:
    """翻番 and 翻一番 make two times, 翻两番 four times."""
    times = 2 ** int(_value(match["n"] or "一"))
    return number(match, str(times), Kind.MULTIPLE)


@rules.add(
    rf"(?P<n>{_VALUE})[ ]?[多余]?[ ]?倍(?P<half>半(?!数))?", begins=FIGURES + HAN, needs="倍"
)
def multiple(match: re.Match[str]) -> list[Number] | None:
    """三倍 is "three times"; 一倍 more is two times as much."""
    value = value_of(match["n"])
    if value is None:
        return None
    if match["half"]:
        value += Decimal("0.5")
    return number(match, plain_key(Decimal(2) if value == 1 else value), Kind.MULTIPLE)


@rules.add(r"第二[天年日]", begins="第")
def next_one(match: re.Match[str]) -> list[Number]:
    """第二天 is "the next day", no number."""
    return []


@rules.add(rf"第[ ]?(?P<n>{_VALUE})", begins="第")
def ordinal(match: re.Match[str]) -> list[Number] | None:
    """第二, 第18条."""
    key = _key_of(match["n"])
    return None if key is None else number(match, key, Kind.ORDINAL)


rules += western.rules


@rules.add(
    rf"(?P<n>{_VALUE})[ ]?(?:个(?:小时)?|年|天|周|岁|小时|公里)半(?![数年场天月导岛夜路])",
    begins=FIGURES + HAN,
    needs="[个年天周岁小公]",
)
def and_a_half(match: re.Match[str]) -> list[Number] | None:
    """两年半, 一个半小时."""
    value = value_of(match["n"])
    if value is None:
        return None
    return number(match, plain_key(value + Decimal("0.5")), Kind.NUMBER)


@rules.add(
    rf"""(?P<a>{DIGITS}|[{HAN}百千]+)[ ]?{RANGE}[ ]?
        (?P<b>(?P<figure>{DIGITS}|[{HAN}]+?)[ ]?[多余]?(?P<scale>[百千万亿]+))(?![{HAN}0-9])""",
    begins=FIGURES + HAN + "百千",
    needs=RANGE,
)
def scaled_range(match: re.Match[str]) -> list[Number] | None:
    """3-5万, 十到十五亿: the first number shares the unit of the second when it is smaller."""
    low, figure, high = value_of(match["a"]), value_of(match["figure"]), value_of(match["b"])
    unit = value_of("1" + match["scale"])
    if low is None or figure is None or high is None or unit is None or low >= figure:
        return None
    key = plain_key(low * unit)
    return [
        *number(match, key, Kind.NUMBER, "a"),
        *number(match, plain_key(high), Kind.NUMBER, "b"),
    ]


@rules.add(rf"{_SCALED}|{DIGITS}", begins=FIGURES)
def western_number(match: re.Match[str]) -> list[Number]:
    """9,999, 1.2万亿, 1亿2000万."""
    return _number(match, 0) or digits_number(match)


@rules.add(rf"[{HAN}百千][{HAN}百千万亿点多余来几]*", begins=HAN + "百千")
def chinese_number(match: re.Match[str]) -> list[Number]:
    """二十八, 三千; a single digit only with a measure word after it; 十几 and 三五 are vague."""
    if _NOT_AFTER.search(match.string, max(0, match.start() - 2), match.start()):
        return []
    value_match = _NUMERAL_ONLY.fullmatch(match[0])
    if value_match is None:
        return []
    key = _key_of(match[0])
    if key is None:
        return []
    if len(match[0]) == 1:
        if not _measures().match(match.string, match.end()):
            return []
        if _WORDS.match(match.string, match.start()):
            return []
    return number(match, key, Kind.NUMBER)


_WORDS = re.compile("三国|四周(?!年)|五台山|四季")
_NOT_AFTER = re.compile("(?:[数几第周]|星期|礼拜)\\Z")
_NUMERAL_ONLY = re.compile(f"(?:{_NUMERAL})[多余来]?")


# A numeral with the units in it, or two of them with a mark of a range between.
index = RuleIndex(
    rules,
    re.compile(rf"[0-9{HAN}](?:[0-9{HAN}百千万亿多余来几点.,， ]|{RANGE})*.?", re.DOTALL),
)


def find(text: str) -> list[Number]:
    """The numbers of a Chinese text in order, with their spans in ``text``."""
    if _ANY.search(text) is None:
        return []
    view = masked(TO_FOLD.sub(_folded, text))
    return scan(view, (match.start() for match in _ANCHOR.finditer(view)), index.at)


def _folded(match: re.Match[str]) -> str:
    return FOLDED[match[0]]


def _value(numeral: str) -> Decimal:
    value = value_of(numeral)
    assert value is not None  # a single digit
    return value


def _percent(match: re.Match[str], group: str, span: str | int, *, power: int = 0) -> list[Number]:
    value = value_of(match[group])
    if value is None:
        return []
    return number(match, plain_key(scaled(value, power)) + "%", Kind.PERCENT, span)


def _number(match: re.Match[str], group: str | int) -> list[Number]:
    return number(match, _key_of(match[group]), Kind.NUMBER, group)


@lru_cache(maxsize=1 << 12)
def _key_of(numeral: str) -> str | None:
    value = value_of(numeral)
    return None if value is None else plain_key(value)


@cache
def _measures() -> re.Pattern[str]:
    """Measure words and units that make a single Chinese digit before them a number."""
    lines = resources.files(__package__).joinpath("measures.txt").read_text("utf-8").split("\n")
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    other_end = f"(?:[ ]?{RANGE}[ ]?[{HAN}百千万亿0-9.]{{1,8}})?"  # 三到五年
    return re.compile(other_end + "[ ]?(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")")
