"""The forms of a day: ``2025年3月5日``, ``March 5, 2025``, ``03/07 2025``, ``民國114年3月14日``.

Each form says what day it is, or nothing when the numbers make none. Where day and month can be
read either way (``03/07 2025``), month first is the reading and the other the alternative.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june"),
            *("jul july", "aug august", "sep sept september", "oct october"),
            *("nov november", "dec december"),
        ),
        start=1,
    )
    for name in names.split()
}
_CN = "〇零○ＯO一二三四五六七八九十"
_DIGIT_OF = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "O": 0,
}

_MONTH = (
    r"(?P<mon>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s{1,2})?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
#: No figure goes on with it, but a time may (``Sep 3, 202410:15 AM``).
_YEAR_ENDS = r"(?!\d(?!\d?:\d\d\s?[ap]\.?m))"

#: What a Chinese form of a day, or a word for one, starts with, beside digits.
CHINESE_STARTS = frozenset(_CN + "民中星周週礼禮刚剛昨今前北")


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year as ISO 8601, its precision, and the other reading if there is one."""

    value: str
    precision: str
    alternative: str | None = None


_YEAR_BEFORE = re.compile(r"[ ,](?:19|20)\d\d\Z")
_TIME_BEHIND = re.compile(r"\d{1,2}:\d\d\s?[ap]\.?m", re.IGNORECASE)
_Build = Callable[[re.Match[str]], Day | None]


def day_at(text: str, at: int) -> tuple[Day, int] | None:
    """The day that starts at ``at``, and where it ends.

    >>> day_at("Wed, 5 Mar 2025 08:00", 0)
    (Day(value='2025-03-05', precision='day', alternative=None), 15)
    """
    for pattern, build in _FORMS:
        found = pattern.match(text, at)
        if found is None:
            continue
        day = build(found)
        if day is not None and not _runs_on(text, found.end()):
            return day, found.end()
    return None


def _runs_on(text: str, end: int) -> bool:
    """Whether a number goes on behind a date: then it is none."""
    if not (text[end : end + 1].isdigit() and text[end - 1].isdigit()):
        return False
    return not (_YEAR_BEFORE.search(text, max(0, end - 6), end) and _TIME_BEHIND.match(text, end))


def _valid(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _full(year: int, month: int, day: int) -> Day | None:
    if not 1900 <= year <= 2100 or not _valid(year, month, day):
        return None
    return Day(f"{year:04d}-{month:02d}-{day:02d}", "day")


def _year_month_day(found: re.Match[str]) -> Day | None:
    return _full(int(found["y"]), int(found["m"]), int(found["d"]))


def _short_year(found: re.Match[str]) -> Day | None:
    """``18-03-08``: the year first, as Chinese sites write it; it may be the day."""
    first, month, last = int(found["y"]), int(found["m"]), int(found["d"])
    day = _full(2000 + first, month, last)
    other = _full(2000 + last, month, first)
    if day is None or other is None or day == other:
        return day
    return Day(day.value, "day", other.value)


def _chinese(found: re.Match[str]) -> Day | None:
    year = _digits(found["y"])
    month, day = _small(found["m"]), _small(found["d"])
    return _full(year, month, day) if year and month and day else None


def _republic(found: re.Match[str]) -> Day | None:
    """Years of the Republic of China: year 1 is 1912."""
    raw = found["y"]
    year = int(raw) if raw.isdigit() else (_small(raw) or _digits(raw))
    month = int(found["m"]) if found["m"].isdigit() else _small(found["m"])
    day = int(found["d"]) if found["d"].isdigit() else _small(found["d"])
    return _full(year + 1911, month, day) if year else None


def _year_month(found: re.Match[str]) -> Day | None:
    month = int(found["m"])
    return Day(f"{found['y']}-{month:02d}", "month") if 1 <= month <= 12 else None


def _month_day(found: re.Match[str]) -> Day | None:
    month, day = int(found["m"]), int(found["d"])
    return Day(f"--{month:02d}-{day:02d}", "month_day") if _valid(2024, month, day) else None


def _english(found: re.Match[str]) -> Day | None:
    month = _MONTHS[found["mon"].lower()]
    day = int(found["d"])
    if found["y"]:
        return _full(int(found["y"]), month, day)
    return Day(f"--{month:02d}-{day:02d}", "month_day") if _valid(2024, month, day) else None


def _english_short(found: re.Match[str]) -> Day | None:
    """``3-Sep-24``: of two figures those below 70 are of this century."""
    year = int(found["y"])
    century = 2000 if year < 70 else 1900
    return _full(century + year, _MONTHS[found["mon"].lower()], int(found["d"]))


def _english_month(found: re.Match[str]) -> Day:
    return Day(f"{found['y']}-{_MONTHS[found['mon'].lower()]:02d}", "month")


def _year_only(found: re.Match[str]) -> Day:
    """``July/August 2022``: the year is all that is sure."""
    return Day(found["y"], "year")


def _numeric(found: re.Match[str]) -> Day | None:
    """Two small numbers and a year: month first, but for points between them (``05.03.2025``)."""
    first, second = int(found["a"]), int(found["b"])
    year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
    american = _full(year, first, second)
    european = _full(year, second, first)
    if found["sep"] == ".":
        american, european = european, american
    if american is None or european is None or american == european:
        return american or european
    return Day(american.value, "day", european.value)


def _digits(text: str) -> int:
    """``二〇二五`` as 2025."""
    return int("".join(str(_DIGIT_OF[c]) for c in text)) if all(c in _DIGIT_OF for c in text) else 0


def _small(text: str) -> int:
    """``二十三`` as 23; 0 when it is no number below 1000."""
    if "百" in text:
        return 0
    tens, mark, units = text.partition("十")
    if not mark:
        return _DIGIT_OF.get(text, 0) if len(text) == 1 else 0
    if len(tens) > 1 or len(units) > 1:
        return 0
    return (_DIGIT_OF.get(tens, 0) if tens else 1) * 10 + (_DIGIT_OF.get(units, 0) if units else 0)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_FORMS: tuple[tuple[re.Pattern[str], _Build], ...] = (
    (
        _form(
            rf"(?:(?:星期|周|週|礼拜)[一二三四五六日天][,，]?\s?)?"
            rf"{_YEAR}\s?(?:年|[-/.])\s?(?P<m>\d{{1,2}})\s?(?:月|[-/.])\s?(?P<d>\d{{1,2}})(?:\s?[日号號])?"
        ),
        _year_month_day,
    ),
    (_form(rf"{_YEAR} (?P<m>[01]\d)[/-](?P<d>[0-3]\d)(?= \d\d:\d\d)"), _year_month_day),
    (_form(r"(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"), _year_month_day),
    (_form(r"(?P<y>\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?=\s{1,2}\d{1,2}:\d{2})"), _short_year),
    (
        _form(rf"(?P<y>[{_CN[:-1]}]{{4}})年(?P<m>[{_CN}]{{1,3}})月(?P<d>[{_CN}]{{1,3}})[日号號]"),
        _chinese,
    ),
    (
        _form(
            rf"(?:中[華华])?民[國国]\s?(?P<y>\d{{2,3}}|[{_CN}百]{{1,5}})\s?年\s?(?P<m>\d{{1,2}}|[{_CN}]{{1,3}})"
            rf"\s?月\s?(?P<d>\d{{1,2}}|[{_CN}]{{1,3}})\s?[日号號]"
        ),
        _republic,
    ),
    (
        _form(
            r"(?P<a>\d{1,2})(?P<sep>[/.\-])(?P<b>\d{1,2})(?:(?P=sep)|[\s,]{1,2})(?P<y>(?:19|20)\d\d)(?!\d)"
        ),
        _numeric,
    ),
    (_form(r"(?P<a>\d{1,2})(?P<sep>[/])(?P<b>\d{1,2})/(?P<y>\d\d)(?!\d)"), _numeric),
    (_form(r"(?P<a>\d\d)(?P<sep>\.)(?P<b>\d\d)\.(?P<y>\d\d)(?![\d.])"), _numeric),
    (_form(rf"{_YEAR}\s?年\s?(?P<m>\d{{1,2}})\s?月(?!\s?\d)"), _year_month),
    (_form(r"(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?[日号號]"), _month_day),
    (_form(r"(?P<m>[01]\d)[-/](?P<d>[0-3]\d)(?=\s{1,2}\d{1,2}:\d{2})"), _month_day),
    (_form(rf"{_WEEKDAY}{_DAY}-{_MONTH}-(?P<y>\d\d)(?!\d)"), _english_short),
    (_form(rf"{_DAY}\s{_MONTH}\s(?:['’](?P<y>\d\d)(?!\d))"), _english_short),
    (_form(rf"{_DAY}\s{_MONTH}\s(?P<y>\d\d)(?=\s\d{{1,2}}:\d\d)"), _english_short),
    (_form(rf"{_MONTH}\s{_DAY},?\s['’](?P<y>\d\d)(?!\d)"), _english_short),
    (
        _form(rf"{_WEEKDAY}{_MONTH}\s?{_DAY}(?:(?:,?\s{{1,2}}|,){_YEAR}{_YEAR_ENDS})?{_YEAR_ENDS}"),
        _english,
    ),
    (
        _form(rf"{_WEEKDAY}{_DAY}\s?(?:of\s)?[-\s]?{_MONTH}(?:,?[-\s]{{1,2}}{_YEAR}(?!\d))?(?!\w)"),
        _english,
    ),
    (_form(rf"{_YEAR},?\s{_MONTH}\s{_DAY}(?!\w)"), _english),
    (_form(rf"{_MONTH},?\s{_YEAR}(?!\d)"), _english_month),
    (_form(rf"{_MONTH}\s?[-/–]\s?[A-Z][a-z]{{2,8}}\s{_YEAR}(?!\d)"), _year_only),
)
