"""Dates and times as news pages write them, in both languages.

A value is ISO 8601 and says no more than the page says: ``2024-11-11``, ``2026-02-06T14:54``,
``--04-20`` (no year), ``2024-11`` (no day), ``T09:10`` (a time alone). A year is never taken from
a clock, a zone never guessed. A relative date keeps its words. Where day and month can be read
either way (``03/07 2025``), month first is the reading, flagged, with the other as alternative.
"""

import re
from dataclasses import dataclass, replace

from tasks.metadata.clock import Clock, clock_at
from tasks.metadata.days import CHINESE_STARTS, day_at

_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH_DAY = re.compile(r"--\d\d-\d\d\Z")


@dataclass(frozen=True, slots=True)
class Date:
    """A date at ``text[start:end]``: its value, precision, and how sure the reading is."""

    start: int
    end: int
    value: str
    precision: str
    alternatives: tuple[str, ...] = ()
    ambiguous: bool = False

    @property
    def has_day(self) -> bool:
        """Whether the value names a full day."""
        return _FULL_DAY.match(self.value) is not None


_WEEKDAY_AFTER = re.compile(
    r"\s?[(（]?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天][)）]?|\s?[(（][一二三四五六日][)）]"
    r"|,? \(?(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?\)?",
    re.IGNORECASE,
)
_BEFORE_TIME = re.compile(
    r"(?:T(?=\d)|\s{0,2}[,，|·•/∙]?\s{0,2}(?:at |@ ?|- ?|– ?|— ?)?)", re.IGNORECASE
)
_BEIJING = re.compile(r"北京(?:时间|時間)\s?[:：]?\s?(?=\d)")
_BETWEEN = re.compile(r"(?:\s\(\d{4} [A-Z]{2,4}\))?[\s,，·•|/\-–—]{0,4}(?:on )?", re.IGNORECASE)
#: A time with a point, between a full day and the end of the field (``14 Mar 2023 13.40``).
_POINT_TIME = re.compile(r"[ ,]{1,2}(?P<h>[01]?\d|2[0-3])\.(?P<min>[0-5]\d)(?=\s?(?:\Z|[|·•()]))")
#: A year behind the time (``May 6 10:22:31 2024``).
_YEAR_BEHIND = re.compile(r" (?P<y>(?:19|20)\d\d)(?!\d)")
_RELATIVE = re.compile(
    r"(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})\s?(?:多?个?)?(?:秒钟?|分钟|分鐘|小时|小時|鐘頭|天|日|周|週|星期|个?月|年)(?:之?前|以前)"
    r"|(?:刚刚|剛剛|今天|今日|昨天|昨日|前天|前日|昨晚|今早)"
    r"(?:\s?(?:上午|下午|晚上|早上|凌晨|中午)?\s?\d{1,2}[:：]\d{2})?"
    r"|(?:\d{1,2}\s?(?:weeks?|days?|hours?|hrs?|hr|h),?\s(?:and\s)?)?"
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|several|a few|half an|about an?)\s?"
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|hr|days?|weeks?|wks?|months?|mos?|years?|yrs?|h|d|m|w|y)\.?\sago"
    r"|just now|(?:today|yesterday)(?:,? at|,)?(?:\s\d{1,2}:\d{2}(?:\s?[ap]\.?m\.?)?)?",
    re.IGNORECASE,
)

_FIRST_THREE = frozenset(
    (
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    )
)
#: Of months, weekdays and the words of relative dates.
_FIRST_LETTERS = frozenset("ajfmsondtwyho")
_CHINESE_NUMBERS = frozenset("一二两三四五六七八九十半")


def date_at(text: str, at: int = 0) -> Date | None:
    """The date (with its time) that starts at ``at``; None when none does.

    >>> date_at("2026.02.06 14:54").value, date_at("03/07 2025").alternatives
    ('2026-02-06T14:54', ('2025-07-03',))
    """
    first = text[at : at + 1]
    if not (first.isdigit() or first in CHINESE_STARTS):
        if not first.isascii() or first.lower() not in _FIRST_LETTERS:
            return _relative_at(text, at) if first in _CHINESE_NUMBERS else None
        if text[at : at + 3].lower() not in _FIRST_THREE:
            return _relative_at(text, at)
    beijing = _BEIJING.match(text, at) if first == "北" else None
    found = day_at(text, beijing.end() if beijing else at)
    if found is None:
        return None if beijing else _relative_at(text, at)
    day, end = found
    other = (day.alternative,) if day.alternative else ()
    date = Date(at, end, day.value, day.precision, other, day.alternative is not None)
    date = _with_time(text, date)
    return replace(date, value=_in_beijing(date.value)) if beijing else date


def time_at(text: str, at: int = 0) -> Date | None:
    """The time of day that starts at ``at``, as ``Thh:mm``.

    >>> time_at("4:05 p.m. ET").value
    'T16:05'
    """
    time = clock_at(text, at)
    return None if time is None else Date(at, time.end, time.value, time.precision)


def time_then_day(text: str, at: int = 0) -> Date | None:
    """A date whose time stands in front of it; None when no full day follows a time.

    >>> time_then_day("4:05 p.m. ET, March 3, 2025").value
    '2025-03-03T16:05'
    """
    time = clock_at(text, at)
    if time is None:
        return None
    between = _BETWEEN.match(text, time.end)
    found = day_at(text, between.end() if between else time.end)
    if found is None or found[0].precision != "day":
        return None
    day, end = found
    other = (day.alternative,) if day.alternative else ()
    date = Date(at, end, day.value, "day", other, day.alternative is not None)
    return join_day_and_time(date, Date(at, time.end, time.value, time.precision))


def day_of(date: Date) -> Date:
    """A date that has a day, without its time of day."""
    days = tuple(dict.fromkeys(value[:10] for value in date.alternatives))
    return replace(date, value=date.value[:10], precision="day", alternatives=days)


def join_day_and_time(day: Date, time: Date) -> Date:
    """A date without time of day, completed by a time found elsewhere."""
    if not day.has_day or day.precision != "day":
        return day
    return replace(
        day,
        value=day.value + time.value,
        precision=time.precision,
        alternatives=tuple(value + time.value for value in day.alternatives),
    )


def _with_time(text: str, date: Date) -> Date:
    end = date.end
    weekday = _WEEKDAY_AFTER.match(text, end)
    if weekday is not None:
        end = weekday.end()
    before = _BEFORE_TIME.match(text, end)
    time = clock_at(text, before.end() if before else end)
    if time is None:
        point = _POINT_TIME.match(text, end) if date.has_day else None
        if point is None:
            return replace(date, end=end)
        time = Clock(f"T{int(point['h']):02d}:{point['min']}", "minute", point.end())
    if _MONTH_DAY.match(date.value):
        year = _YEAR_BEHIND.match(text, time.end)
        if year is None:  # no year: the time belongs to what the page says all the same
            return replace(date, end=time.end, value=date.value + time.value)
        full = day_at(year["y"] + date.value[1:], 0)
        if full is None:
            return replace(date, end=end)
        whole = replace(date, value=full[0].value, precision="day")
        return replace(_joined(whole, time), end=year.end())
    if not date.has_day:
        return replace(date, end=time.end)  # the time stays in the raw words
    return _joined(date, time)


def _joined(date: Date, time: Clock) -> Date:
    return replace(
        date,
        end=time.end,
        value=date.value + time.value,
        precision=time.precision,
        alternatives=tuple(value + time.value for value in date.alternatives),
    )


def _in_beijing(value: str) -> str:
    """A value with the zone that the words in front of it name."""
    return value + "+08:00" if re.search(r"T\d\d:\d\d(?::\d\d)?\Z", value) else value


def _relative_at(text: str, at: int) -> Date | None:
    found = _RELATIVE.match(text, at)
    if found is None:
        return None
    after = text[found.end() : found.end() + 1]
    if after.isascii() and after.isalnum():
        return None
    return Date(at, found.end(), found[0].rstrip(" ,"), "relative")
