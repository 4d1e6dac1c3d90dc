"""Dates in front matter, with or without a label."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tasks.metadata.dates import Date, date_at, join_day_and_time, time_at
from tasks.metadata.found import Field, Found
from tasks.metadata.words import label_words

_BETWEEN = re.compile(r"[\s,，]{0,3}(?:on )?")
_LABEL_BEHIND = re.compile(
    r"\s?(?:发布|发表|刊发|更新|讯|發布|發佈|posted|published)(?![\u3400-\u9fffa-z]|\s?[:：]?\s?\d)"
)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<updated>{label_words('updated')})|(?:{label_words('published')}))"
        r"(?![a-z])\s?[:：]?\s{0,2}",
        re.IGNORECASE,
    )


def read_date(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """A date; a time alone only behind a label or beside a date."""
    label = _label().match(text, at)
    begin = label.end() if label else at
    date = date_at(text, begin)
    if date is None and (label or any(found.date is not None for found in before)):
        date = _time_then_day(text, begin, labelled=label is not None)
    if date is None:
        return []
    behind = _LABEL_BEHIND.match(text, date.end)
    field = Field.DATE
    if label:
        field = Field.UPDATED if label["updated"] else Field.PUBLISHED
    stop = behind.end() if behind else date.end
    return [Found(field, date.start, date.end, stop, date=date, labelled=label is not None)]


def _time_then_day(text: str, at: int, *, labelled: bool) -> Date | None:
    """``4:05 p.m. ET, March 3, 2025``: a time, and the day behind it when a label is in front."""
    time = time_at(text, at)
    if time is None or not labelled:
        return time
    between = _BETWEEN.match(text, time.end)
    day = date_at(text, between.end() if between else time.end)
    if day is None or not day.has_day:
        return time
    joined = join_day_and_time(day, time) if day.precision == "day" else day
    return replace(joined, start=time.start, end=day.end)
