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
from tasks.metadata.words import label_words, masthead_pattern, outlet_pattern

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
_MASTHEAD_NAME = "masthead"
_BETWEEN_BARS = re.compile(
    r"(?:The )?[A-Z][\w'’.]{1,20}(?: (?:[A-Z][\w'’.]{1,20}|of|the|and|&)){0,4}(?= \|)"
)
_SECTION = re.compile(r"[-—–][\u3400-\u9fff]{2,10}(?![\u3400-\u9fff])")
_BEHIND_NAME = frozenset("|｜·•,，;；/／-—)）】:：丨")


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
    return _with_known_outlets(found)


def _with_known_outlets(found: Sequence[Found]) -> list[Found] | None:
    """The fields of a line; None when a name that only looks like an outlet's is all there is."""
    guessed = [field for field in found if field.name == _MASTHEAD_NAME]
    if guessed and not any(
        field.date is not None or field.field in (Field.PERSON, Field.COUNTER) for field in found
    ):
        return None
    return list(found) or None


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


def _read_masthead(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """A name in the form of an outlet's, which no list knows, alone between separators.

    It counts only beside a date, a person or a counter in the same line.
    """
    match = masthead_pattern().match(text, at)
    if match is None and at and text[at - 2 : at] == "| " and "|" in text[at:]:
        match = _BETWEEN_BARS.match(text, at)
    if match is None or any(field.field is Field.OUTLET for field in before):
        return []
    after = text[match.end() : match.end() + 1]
    if after and not after.isspace() and after not in _BEHIND_NAME:
        return []
    found = Found(Field.OUTLET, at, match.end(), match.end(), name=_MASTHEAD_NAME, value=match[0])
    return [found]


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


_PLACES_OF_POSTS = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南"
    "|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|广州|深圳|杭州|南京|成都|武汉"
    "|西安|台北|台中|高雄|海外|美国|英国|日本|新加坡|德国|法国|加拿大|澳大利亚"
)
_POSTED_AT = re.compile(
    rf"(?P<said>(?:发布于|发表于|发自|来自|IP\s?属地)\s?[:：]?\s?)?(?:{_PLACES_OF_POSTS})(?![\u3400-\u9fff])"
)


def _read_posted_at(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """Where a post was sent from (``2024-03-12 09:48 浙江``, ``发布于河南``): behind a date."""
    match = _POSTED_AT.match(text, at)
    if match is None or not (match["said"] or any(found.date is not None for found in before)):
        return []
    return [Found(Field.TOOL, at, match.end(), match.end())]


_ORIGINAL = re.compile(
    r"原创\s?[:：]?\s(?:(?P<author>[^\s\d]{2,12}?)(?P<how>编译|翻译)?\s)?(?P<outlet>[^\s\d]{2,16})"
    r"(?=\s(?:(?:19|20)\d\d\s?[-年/.]|昨天|今天|\d)|\Z)"
)


def _read_account_line(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``原创 作者 账号 2023-08-01 20:31``: the line below the title of an account's post.

    Without a date the colon says that it is one: ``原创： 作者 账号``.
    """
    match = _ORIGINAL.match(text, at)
    if match is None or before:
        return []
    dated = date_at(text, match.end() + 1) is not None
    if not dated and not (match.end() == len(text) and text[2:4].strip()[:1] in tuple(":：")):
        return []
    found = []
    if match["author"]:
        start, end = match.span("author")
        role, stop = "translator" if match["how"] else "author", max(end, match.end("how"))
        found.append(Found(Field.PERSON, start, end, stop, role, match["author"], labelled=True))
    start, end = match.span("outlet")
    return [*found, Found(Field.OUTLET, start, end, end, value=match["outlet"], labelled=True)]


_ACCOUNT_ID = re.compile(r"(?:ID|id|微信号|微信ID|公众号ID)\s?[:：]\s?[\w\-]{2,40}")


def _read_account_id(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``ID：meirirenwu`` behind the name of an account."""
    match = _ACCOUNT_ID.match(text, at)
    if match is None or not before:
        return []
    return [Found(Field.TOOL, at, match.end(), match.end())]


def _read_tool(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    match = _tool().match(text, at)
    if match is None or text[match.end() : match.end() + 1].isalnum():
        return []
    return [Found(Field.TOOL, match.start(), match.end(), match.end())]


_READERS: tuple[Reader, ...] = (
    _read_account_line,
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
    _read_posted_at,
    _read_account_id,
    _read_tool,
    read_more_people,
    _read_masthead,
)
