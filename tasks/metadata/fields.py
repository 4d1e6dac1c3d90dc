"""Front-matter lines: a line that its fields cover from end to end.

A line is front matter only when nothing is left over: dates, labelled values, bylines, counters,
outlets, and the words of the tools beside them (``打印``, ``Share``).
"""

import re
from collections.abc import Sequence
from functools import cache

from tasks.metadata.counts import read_counter
from tasks.metadata.dates import date_at
from tasks.metadata.found import Field, Found, Reader
from tasks.metadata.people import read_byline, read_more_people
from tasks.metadata.values import (
    read_account,
    read_credit,
    read_original_title,
    read_outlet_label,
    read_url,
)
from tasks.metadata.when import read_date
from tasks.metadata.words import label_words, outlet_pattern

_LONGEST_LINE = 300
_SENTENCE_END = frozenset("。！？!?;；")
_MAY_END_SO = re.compile(
    r"[(（【]|本文|文章|此文|Reporting|Editing|Writing|Additional|编辑|责编|记者|作者|来源"
)
_SEPARATORS = re.compile(r"[\s|｜·•,，;；/／\-—–~:：()（）\[\]【】<>《》»丨.。]*")
_CAPITALS = r"[A-Z][A-Z.'’\-]{1,20}(?: [A-Z][A-Z.'’\-]{1,20}){0,3}"
_PLACES = (
    re.compile(rf"{_CAPITALS},? "),
    re.compile(rf"{_CAPITALS}, [A-Z][A-Za-z.]{{1,20}},? "),
)
_SECTION = re.compile(r"[-—–][\u3400-\u9fff]{2,10}(?![\u3400-\u9fff])")
_BEHIND_NAME = frozenset("|｜·•,，;；/-—)）】:：丨")


def read_fields(text: str) -> list[Found] | None:
    """The fields that cover a line; None when something is left over.

    >>> [f.field.value for f in read_fields("2025-03-05 10:20 来源：某某网 阅读 1.2万") or ()]
    ['date', 'outlet', 'counter']
    >>> read_fields("2025 was a good year.") is None
    True
    """
    if len(text) > _LONGEST_LINE:
        return None
    if text[-1:] in _SENTENCE_END and _MAY_END_SO.match(text) is None:
        return None
    found: list[Found] = []
    at = _skip(text, 0)
    while at < len(text):
        fields = _next(text, at, found)
        if not fields:
            return None
        found += fields
        at = _skip(text, max(field.stop for field in fields))
    return found or None


def _skip(text: str, at: int) -> int:
    match = _SEPARATORS.match(text, at)
    return match.end() if match else at


def _next(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """The fields at a place, by the first reader that understands it."""
    for read in _READERS:
        fields = read(text, at, before)
        if fields:
            return fields
    return []


def _read_outlet(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    match = outlet_pattern().match(text, at)
    if match is None:
        return []
    section = _SECTION.match(text, match.end())
    end = section.end() if section else match.end()
    after = text[end : end + 1]
    if after and not after.isspace() and after not in _BEHIND_NAME:
        return []
    return [Found(Field.OUTLET, at, end, end, value=text[at:end])]


def _read_place(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """A place in capitals in front of a date."""
    for pattern in _PLACES:
        match = pattern.match(text, at)
        if match is not None and date_at(text, match.end()) is not None:
            return [Found(Field.TOOL, at, match.end(), match.end())]
    return []


@cache
def _tool() -> re.Pattern[str]:
    return re.compile(label_words("tool"), re.IGNORECASE)


_AUTHORISED = re.compile(
    r"[^\s，,；;。]{0,12}(?:经|已获|获|由)?(?:原作者|作者)?授权(?:发布|转载|刊发|首发)?"
)


def _read_authorised(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``某某经授权发布``, behind the account that the text comes from."""
    match = _AUTHORISED.match(text, at)
    if match is None or not before:
        return []
    return [Found(Field.TOOL, at, match.end(), match.end())]


_ISSUE = re.compile(
    r"(?:issue|no\.|vol\.|volume|第)\s?\d{1,5}\s?(?:期|卷|号)?(?!\w)", re.IGNORECASE
)


def _read_issue(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``Issue 214``, ``第36期``."""
    match = _ISSUE.match(text, at)
    return [Found(Field.TOOL, at, match.end(), match.end())] if match is not None else []


def _read_tool(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    match = _tool().match(text, at)
    if match is None or text[match.end() : match.end() + 1].isalnum():
        return []
    return [Found(Field.TOOL, match.start(), match.end(), match.end())]


_READERS: tuple[Reader, ...] = (
    read_url,
    read_original_title,
    read_account,
    read_credit,
    read_outlet_label,
    read_date,
    read_counter,
    read_byline,
    _read_outlet,
    _read_place,
    _read_authorised,
    _read_issue,
    _read_tool,
    read_more_people,
)
