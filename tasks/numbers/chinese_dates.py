"""Dates, times and periods of Chinese text (on the folded view: Simplified, half-width digits)."""

import re

from tasks.numbers.numerals import HAN, positional, value_of
from tasks.numbers.scan import FIGURES, Rules, number
from tasks.numbers.values import Kind, Number, date_key, time_key
from tasks.numbers.western import RANGE, decade_key, hour_of_day

_DIGIT = "[〇零一二三四五六七八九]"
_YEAR = f"(?:[12][0-9]{{3}}|[一二]{_DIGIT}{{3}})"
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_TO_99 = f"(?:[0-9]{{1,2}}|[二三四五六七八九]?十[一二三四五六七八九]?|{_DIGIT})"
rules = Rules()


@rules.add("(?:(?P<first>(?<=上))|(?<=下))半[年场]", begins="半")
def half(match: re.Match[str]) -> list[Number]:
    """上半年, 下半场."""
    key = "H2" if match["first"] is None else "H1"
    return [Number(key, (match.start() - 1, match.end()), Kind.HALF)]


@rules.add(
    r"首季度? | (?<![前头])第?[ ]?(?P<n>[一二三四1-4])[ ]?季度",
    begins="首第一二三四1234",
    needs="季",
)
def quarter(match: re.Match[str]) -> list[Number]:
    """第四季度, 一季度, 首季."""
    return number(match, f"Q{_integer(match['n']) if match['n'] else 1}", Kind.QUARTER)


@rules.add(
    rf"""(?:(?P<century>{_TO_99})[ ]?世纪)?(?P<n>
        (?:1[0-9]|20)[0-9]0|[0-9]0|[二三四五六七八九]?十|(?:一[八九]|二〇|二零){_DIGIT}[〇零]
        )[ ]?年代""",
    begins=FIGURES + HAN,
    needs="[世年]",
)
def decade(match: re.Match[str]) -> list[Number]:
    """20世纪90年代, 九十年代, 1990年代."""
    century = _integer(match["century"]) - 1 if match["century"] else 19
    return number(match, decade_key(str(_integer(match["n"])), century), Kind.DECADE)


@rules.add(rf"第?[ ]?(?P<n>{_TO_99})[ ]?世纪", begins=FIGURES + HAN + "第", needs="世")
def century(match: re.Match[str]) -> list[Number]:
    """21世纪, an ordinal as in "21st century"."""
    return number(match, str(_integer(match["n"])), Kind.ORDINAL)


@rules.add(r"民国[ ]?(?P<n>[0-9]{1,3}|[一二三四五六七八九十百零〇]{1,6})[ ]?年", begins="民")
def republic_year(match: re.Match[str]) -> list[Number] | None:
    """民国114年 is 2025."""
    value = value_of(match["n"])
    return None if value is None else number(match, str(1911 + int(value)), Kind.YEAR)


@rules.add(rf"(?P<y>{_YEAR})[ ]?(?:财|学)?年(?!代)", begins=FIGURES + HAN, needs="[财学年]")
def year(match: re.Match[str]) -> list[Number]:
    """2024年, 二〇二四年: the month and the day that follow are read for themselves."""
    return number(match, str(_integer(match["y"])), Kind.YEAR, "y")


@rules.add(
    rf"""(?P<m>{_MONTH})[ ]?月[ ]?(?P<d>{_DAY})[ ]?[日号]
        (?:[ ]?(?:{RANGE}|、|和|及|与)[ ]?(?P<d2>{_DAY})[ ]?[日号](?![线楼]))?""",
    begins=FIGURES + HAN + "元",
    needs="月",
)
def month_day(match: re.Match[str]) -> list[Number] | None:
    """3月5日, 3月5日至7日."""
    month = _month(match["m"])
    first = date_key(month, _integer(match["d"]))
    if first is None:
        return None
    if match["d2"] is None:
        return number(match, first, Kind.DATE)
    second = date_key(month, _integer(match["d2"]))
    cut = match.start("d2")
    found = [Number(first, (match.start(), cut), Kind.DATE)]
    return [*found, *([Number(second, (cut, match.end()), Kind.DATE)] if second else [])]


@rules.add(
    rf"""(?P<m>{_MONTH})[ ]?月[ ]?(?P<d>{_DAY})[ ]?{RANGE}[ ]?(?P<d2>{_DAY})[ ]?[日号]
      | (?P<m1>{_MONTH})[ ]?{RANGE}[ ]?(?P<m2>{_MONTH})[ ]?月(?!{_DAY}[日号])""",
    begins=FIGURES + HAN + "元",
    needs="月",
)
def month_range(match: re.Match[str]) -> list[Number]:
    """3月5-7日, 3-5月."""
    if match["m"]:
        month = _month(match["m"])
        keys = [(date_key(month, _integer(match[group])), group) for group in ("d", "d2")]
    else:
        keys = [(date_key(_month(match[group]), None), group) for group in ("m1", "m2")]
    return [found for key, group in keys for found in number(match, key, Kind.DATE, group)]


@rules.add(
    rf"(?P<m>{_MONTH})[ ]?月(?:份|(?![亮球饼经子]))", begins=FIGURES + HAN + "元", needs="月"
)
def month(match: re.Match[str]) -> list[Number]:
    """3月, 十二月份; never 3个月."""
    return number(match, date_key(_month(match["m"]), None), Kind.DATE)


@rules.add(
    rf"""(?P<d>{_DAY})[ ]?(?:日?[ ]?{RANGE}[ ]?(?P<d2>{_DAY})[ ]?)?
        日(?![均内线游元圆本语经报后前]|之内)""",
    begins=FIGURES + HAN,
    needs="日",
)
def day(match: re.Match[str]) -> list[Number]:
    """A day of a month that stands elsewhere: 5日, 5日至7日; "the 5th" in English."""
    groups = ("d", "d2") if match["d2"] else ("d",)
    return [Number(str(_integer(match[g])), match.span(g), Kind.ORDINAL) for g in groups]


@rules.add(
    rf"""(?P<h>1[0-9]|2[0-4]|0?[0-9]|二?十[一二三四五六七八九]?|二十|[〇零一二两三四五六七八九])
        [ ]?[点时]
        (?:(?P<half>半(?!数))|(?P<quarter>[一三])刻|(?P<sharp>钟|整)
          |[ ]?(?P<min>[0-5]?[0-9]|[二三四五]?十[一二三四五六七八九]?|零?[一二三四五六七八九])
            [ ]?分(?![之钱])(?:[ ]?(?P<sec>[0-5]?[0-9])[ ]?秒)?
          |(?![{HAN}0-9代候期刻段间空速装常机事政至]))""",
    begins=FIGURES + HAN,
    needs="[点时]",
)
def time(match: re.Match[str]) -> list[Number] | None:
    """下午2点半, 14时30分, 十点钟. A bare 三点 counts points and is no time; 20时 and 十点 are."""
    hour, minute = _integer(match["h"]), _integer(match["min"]) if match["min"] else 0
    if match["half"] or match["quarter"]:
        minute = 30 if match["half"] else 15 * _integer(match["quarter"])
    near = (max(0, match.start() - 4), match.start())
    told = _PART_OF_DAY.search(match.string, *near)
    sure = told or minute or match["sharp"] or match["min"]
    if not sure and (match["h"] in _FEW or _COUNTS_POINTS.search(match.string, *near)):
        return None
    half = told.lastgroup if told else None
    if half == "noon":
        half = "p" if hour < 3 else None
    second = int(match["sec"]) if match["sec"] else None
    key = time_key(hour_of_day(hour, half), minute, second)
    start = told.start() if told else match.start()
    return [Number(key, (start, match.end()), Kind.TIME)] if key else None


_PART_OF_DAY = re.compile(
    "(?:(?P<a>凌晨|清晨|早上|早晨|清早|上午|午前|今早|早|午夜|半夜)|(?P<noon>中午|正午)"
    "|(?P<p>下午|午后|傍晚|晚上|晚间|夜间|夜里|深夜|今晚|昨晚|明晚|当晚|晚))[ ]?\\Z"
)
_FEW = frozenset("〇零一二两三四五")
_COUNTS_POINTS = re.compile("[涨跌升降报收至到第有以下这那几哪]了?[ ]?\\Z")


def _month(numeral: str) -> int:
    return 1 if numeral == "元" else _integer(numeral)


def _integer(numeral: str) -> int:
    """A small number in Western or Chinese digits."""
    digits = positional(numeral) if numeral[0] in HAN else numeral
    if digits is not None:
        return int(digits)
    value = value_of(numeral)
    assert value is not None  # the patterns let nothing else through
    return int(value)
