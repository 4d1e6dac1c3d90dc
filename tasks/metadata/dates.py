"""Dates and times as news pages write them, in both languages.

A value is ISO 8601 and says no more than the page says: ``2024-11-11``, ``2026-02-06T14:54``,
``--04-20`` (no year), ``2024-11`` (no day), ``T09:10`` (a time alone). A year is never taken from
a clock, a zone never guessed. A relative date keeps its words. Where day and month can be read
either way (``03/07 2025``), month first is the reading, flagged, with the other as alternative.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace

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
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s{1,2})?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"


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
        return re.match(r"\d{4}-\d\d-\d\d", self.value) is not None


_Build = Callable[[re.Match[str]], "_Day | None"]


@dataclass(frozen=True, slots=True)
class _Day:
    value: str
    precision: str
    alternative: str | None = None


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def date_at(text: str, at: int = 0) -> Date | None:
    """The date (with its time) that starts at ``at``; None when none does.

    >>> date_at("2026.02.06 14:54").value, date_at("03/07 2025").alternatives
    ('2026-02-06T14:54', ('2025-07-03',))
    """
    first = text[at : at + 1]
    if not (first.isdigit() or first in _STARTS or first.isalpha()):
        return None
    for pattern, build in _FORMS:
        found = pattern.match(text, at)
        if found is None:
            continue
        day = build(found)
        if day is None or _runs_on(text, found.end()):
            continue
        date = Date(
            at,
            found.end(),
            day.value,
            day.precision,
            (day.alternative,) if day.alternative else (),
            day.alternative is not None,
        )
        return _with_time(text, date)
    return _relative_at(text, at)


def time_at(text: str, at: int = 0) -> Date | None:
    """The time of day that starts at ``at``, as ``Thh:mm``.

    >>> time_at("4:05 p.m. ET").value
    'T16:05'
    """
    found = _TIME.match(text, at)
    if found is None:
        return None
    time = _time_value(found)
    if time is None:
        return None
    return Date(at, found.end(), time[0], time[1])


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


def _runs_on(text: str, end: int) -> bool:
    """Whether a number goes on behind a date: then it is none."""
    return text[end : end + 1].isdigit() and text[end - 1].isdigit()


def _valid(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _full(year: int, month: int, day: int) -> _Day | None:
    if not 1900 <= year <= 2100 or not _valid(year, month, day):
        return None
    return _Day(f"{year:04d}-{month:02d}-{day:02d}", "day")


def _year_month_day(found: re.Match[str]) -> _Day | None:
    return _full(int(found["y"]), int(found["m"]), int(found["d"]))


def _short_year(found: re.Match[str]) -> _Day | None:
    """``18-03-08``: the year first, as Chinese sites write it; it may be the day."""
    first, month, last = int(found["y"]), int(found["m"]), int(found["d"])
    day = _full(2000 + first, month, last)
    other = _full(2000 + last, month, first)
    if day is None or other is None or day == other:
        return day
    return _Day(day.value, "day", other.value)


def _chinese(found: re.Match[str]) -> _Day | None:
    year = _digits(found["y"])
    month, day = _small(found["m"]), _small(found["d"])
    return _full(year, month, day) if year and month and day else None


def _republic(found: re.Match[str]) -> _Day | None:
    """Years of the Republic of China: year 1 is 1912."""
    raw = found["y"]
    year = int(raw) if raw.isdigit() else (_small(raw) or _digits(raw))
    month = int(found["m"]) if found["m"].isdigit() else _small(found["m"])
    day = int(found["d"]) if found["d"].isdigit() else _small(found["d"])
    return _full(year + 1911, month, day) if year else None


def _year_month(found: re.Match[str]) -> _Day | None:
    month = int(found["m"])
    return _Day(f"{found['y']}-{month:02d}", "month") if 1 <= month <= 12 else None


def _month_day(found: re.Match[str]) -> _Day | None:
    month, day = int(found["m"]), int(found["d"])
    return _Day(f"--{month:02d}-{day:02d}", "month_day") if _valid(2024, month, day) else None


def _english(found: re.Match[str]) -> _Day | None:
    month = _MONTHS[found["mon"].lower()]
    day = int(found["d"])
    if found["y"]:
        return _full(int(found["y"]), month, day)
    return _Day(f"--{month:02d}-{day:02d}", "month_day") if _valid(2024, month, day) else None


def _english_month(found: re.Match[str]) -> _Day:
    return _Day(f"{found['y']}-{_MONTHS[found['mon'].lower()]:02d}", "month")


def _numeric(found: re.Match[str]) -> _Day | None:
    """Two small numbers and a year: month first, but for points between them (``05.03.2025``)."""
    first, second = int(found["a"]), int(found["b"])
    year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
    american = _full(year, first, second)
    european = _full(year, second, first)
    if found["sep"] == ".":
        american, european = european, american
    if american is None or european is None or american == european:
        return american or european
    return _Day(american.value, "day", european.value)


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


_STARTS = frozenset(_CN + "民星周週刚昨今前")
_FORMS: tuple[tuple[re.Pattern[str], _Build], ...] = (
    (
        _form(
            rf"{_YEAR}\s?(?:年|[-/.])\s?(?P<m>\d{{1,2}})\s?(?:月|[-/.])\s?(?P<d>\d{{1,2}})(?:\s?[日号號])?"
        ),
        _year_month_day,
    ),
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
    (_form(rf"{_YEAR}\s?年\s?(?P<m>\d{{1,2}})\s?月(?!\s?\d)"), _year_month),
    (_form(r"(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?[日号號]"), _month_day),
    (_form(r"(?P<m>[01]\d)-(?P<d>[0-3]\d)(?=\s{1,2}\d{1,2}:\d{2})"), _month_day),
    (_form(rf"{_WEEKDAY}{_MONTH}\s?{_DAY}(?:,?\s{{1,2}}{_YEAR}(?!\d))?(?!\d)"), _english),
    (
        _form(rf"{_WEEKDAY}{_DAY}\s?(?:of\s)?[-\s]?{_MONTH}(?:,?[-\s]{{1,2}}{_YEAR}(?!\d))?(?!\w)"),
        _english,
    ),
    (_form(rf"{_YEAR},?\s{_MONTH}\s{_DAY}(?!\w)"), _english),
    (_form(rf"{_MONTH},?\s{_YEAR}(?!\d)"), _english_month),
)
_WEEKDAY_AFTER = re.compile(r"\s?[(（]?(?:星期|周|週|礼拜)[一二三四五六日天][)）]?")
_BEFORE_TIME = re.compile(r"(?:T(?=\d)|\s{0,2}[,，|·]?\s{0,2}(?:at |@ ?|- ?|— ?)?)", re.IGNORECASE)
_TIME = re.compile(
    r"(?:(?P<zone_cn>北京时间|北京時間)\s?)?(?P<half>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚间|早|晚)?\s?"
    r"(?P<h>\d{1,2})\s?(?:(?:[:：]\s?|\.(?=\d\d\s?(?:[ap]\.?m|(?:GMT|BST|UTC|CES?T)\b)))(?P<min>\d{2})(?:[:：]\s?(?P<s>\d{2})(?:\.\d{1,6})?)?"
    r"|[时時点點]\s?(?:(?P<min_cn>\d{1,2})\s?分?(?:(?P<s_cn>\d{1,2})秒)?)?|(?=\s?[ap]\.?m))"
    r"(?!\d)(?:\s?(?P<ap>[ap])\.?m\b\.?)?"
    r"(?:\s?[(（]?(?P<zone>Z\b|[+\-]\d{2}:?\d{2}|(?:UTC|GMT)(?:[+\-]\d{1,2}(?::\d{2})?)?"
    r"|E[SD]?T\b|P[SD]?T\b|C[SD]?T\b|M[SD]T\b|BST\b|CES?T\b|HKT\b|SGT\b|JST\b|KST\b|IST\b)[)）]?)?",
    re.IGNORECASE,
)
#: Zone names with one meaning. ET, CST and the like have several.
_ZONES = {
    "Z": "Z", "UTC": "Z", "GMT": "Z", "EST": "-05:00", "EDT": "-04:00", "PST": "-08:00",
    "PDT": "-07:00", "HKT": "+08:00", "SGT": "+08:00", "JST": "+09:00", "KST": "+09:00",
    "CET": "+01:00", "CEST": "+02:00",
}  # fmt: skip
_LATE = frozenset(("下午", "傍晚", "晚上", "晚间", "晚"))
_RELATIVE = re.compile(
    r"\d{1,3}\s?(?:秒|分钟|分鐘|小时|小時|个小时|天|日|周|星期|个?月|年)(?:之?前|以前)"
    r"|(?:刚刚|剛剛|今天|今日|昨天|昨日|前天|前日)"
    r"(?:\s?(?:上午|下午|晚上|早上|凌晨|中午)?\s?\d{1,2}[:：]\d{2})?"
    r"|(?:\d{1,3}|an?|one|two|three|several|a few)\s?"
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|h|d|m)\sago"
    r"|just now|(?:today|yesterday)(?:,? at)?(?:\s\d{1,2}:\d{2}(?:\s?[ap]\.?m\.?)?)?",
    re.IGNORECASE,
)


def _with_time(text: str, date: Date) -> Date:
    end = date.end
    weekday = _WEEKDAY_AFTER.match(text, end)
    if weekday is not None:
        end = weekday.end()
    before = _BEFORE_TIME.match(text, end)
    found = _TIME.match(text, before.end() if before else end)
    if found is None or not (time := _time_value(found)):
        return replace(date, end=end)
    if not date.has_day:
        return replace(date, end=found.end())  # the time stays in the raw words
    return replace(
        date,
        end=found.end(),
        value=date.value + time[0],
        precision=time[1],
        alternatives=tuple(value + time[0] for value in date.alternatives),
    )


def _time_value(found: re.Match[str]) -> tuple[str, str] | None:
    """A time of day as ``Thh:mm[:ss][zone]``, and its precision."""
    hour = int(found["h"])
    minute = int(found["min"] or found["min_cn"] or 0)
    second = found["s"] or found["s_cn"]
    if found["ap"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["ap"] in "pP" else 0)
    elif found["half"] in _LATE and hour < 12:
        hour += 12
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        return None
    value = f"T{hour:02d}:{minute:02d}" + (f":{int(second):02d}" if second else "")
    return value + _zone(found), "second" if second else "minute"


def _zone(found: re.Match[str]) -> str:
    if found["zone_cn"]:
        return "+08:00"
    zone = (found["zone"] or "").upper()
    if zone in _ZONES:
        return _ZONES[zone]
    offset = re.fullmatch(r"(?:UTC|GMT)?([+\-])(\d{1,2}):?(\d{2})?", zone)
    if offset is None:
        return ""
    return f"{offset[1]}{int(offset[2]):02d}:{offset[3] or '00'}"


def _relative_at(text: str, at: int) -> Date | None:
    found = _RELATIVE.match(text, at)
    if found is None:
        return None
    after = text[found.end() : found.end() + 1]
    if after.isascii() and after.isalnum():
        return None
    return Date(at, found.end(), found[0], "relative")
