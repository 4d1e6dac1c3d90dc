"""Dates in front matter, with or without a label.

Labels are put together: what it is about (``本文``, ``this article was``), how (``首次``,
``last``), the verb (``发布``, ``updated``), and ``时间``, ``于``, ``on``, ``date``. Only a date
behind them makes them labels.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tasks.metadata.dates import Date, date_at, time_at, time_then_day
from tasks.metadata.found import Field, Found
from tasks.metadata.words import label_words

_ABOUT_ZH = (
    "(?:本文|此文|原文|文章|新闻|新聞|稿件|信息|资讯|内容|文件|网站|网页|網頁|首次|最初|最早"
    "|最后|最後|最新|最近|上次|末次)"
)
_UPDATED_ZH = "(?:更新|更改|修改|修订|修訂|编辑|編輯|修正)"
_PUBLISHED_ZH = (
    "(?:发布|发表|签发|原载|原刊|刊于|公开(?=时间|日期)|生成(?=时间|日期)|刊发|刊登|刊载|发稿|撰稿|撰写|成文|写作|创建|建立|上线|上传|上稿|登载|出版|发文|印发|公布|推送|发帖|发文|提交"
    "|添加|入库|采集|播出|首发|見報|见报|發布|發佈|發表|發文|發稿|刊出|刊登|刊載|創建|上線|上傳|新聞)"
)
_END_ZH = "(?:时间|时刻|日期|于|於|時間|时|日)?"
_ABOUT_EN = (
    r"(?:and )?(?:(?:this )?(?:article|story|post|page|news|content|piece|blog|item|report"
    r"|press release)"
    r"(?: (?:was|is))? )?"
)
_HOW_EN = (
    r"(?:(?:first|last|originally|initially|most recent(?:ly)?|latest|date|web|online|print edition"
    r"|issue|cover) )?"
)
_UPDATED_EN = "(?:updated?|modified|edited|revised|modification|revision|amended)"
_PUBLISHED_EN = (
    "(?:print edition|issue date|cover date"
    "|published?|posted|created|released?|issued?|uploaded|printed|aired|broadcast|filed|publication|pub|post"
    "|written|submitted|added)"
)
_END_EN = (
    r"(?: in (?-i:[A-Z])[\w&]{1,20}(?= on\b))?\.?(?: online)?(?: (?:date|time))?(?: and time)?"
    r"(?: (?:on|at|in))?"
)
_LABEL_BEHIND = re.compile(
    r"\s?[(（]?(?:(?P<updated>更新|修改|updated)|发布|发表|刊发|讯|訊|發布|發佈|發表|上传|posted|published)[)）]?"
    r"(?![\u3400-\u9fffa-z]|\s?[:：]?\s?\d)"
)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<updated>{_ABOUT_ZH}{{0,2}}{_UPDATED_ZH}{_END_ZH}"
        rf"|{_ABOUT_EN}{_HOW_EN}{_UPDATED_EN}{_END_EN}|{label_words('updated')})"
        rf"|(?:{_ABOUT_ZH}{{0,2}}{_PUBLISHED_ZH}{_END_ZH}"
        rf"|{_ABOUT_EN}{_HOW_EN}{_PUBLISHED_EN}{_END_EN}|{label_words('published')}))"
        r"(?![a-z])\s?[】\]]?\s?(?:[:：|｜丨/／]|[-–—](?=\s?[A-Z0-9]))?\s{0,2}",
        re.IGNORECASE,
    )


#: The name of a date on which a text was written or drawn up, not published.
WRITTEN = "written"
_WRITTEN = re.compile(
    r"成文|写作|寫作|撰写|撰寫|撰稿|创建|建立|(?:date )?(?:written|created|filed)", re.IGNORECASE
)
#: The name of a date on which a text was published before it was posted here.
FIRST = "first"
_FIRST = re.compile(r"\b(?:first|originally|initially)\b|首次|首发|最初|最早", re.IGNORECASE)
_SHORT_DAY = re.compile(r"\d\d-[01]\d-[0-3]\d(?![\d-])")
_TIME_STARTS = frozenset("0123456789北凌清早上中下傍晚")
#: Frequent first characters of lines that no label of a date has.
_NO_LABEL = frozenset("ghjkqvxyzGHJKQVXYZ")


def read_date(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """A date; a time alone only behind a label or beside a date."""
    first = text[at]
    label = _label().match(text, at) if first.isalpha() and first not in _NO_LABEL else None
    begin = label.end() if label else at
    begin += 3 if label is None and text.startswith("on ", at) else 0
    date = date_at(text, begin)
    if date is None and text[begin : begin + 1] in _TIME_STARTS:
        date = time_then_day(text, begin)
    if date is None and label is not None:
        date = _short_year(text, begin)
    if date is None and (label or any(found.date is not None for found in before)):
        date = time_at(text, begin)
    if date is None:
        return []
    behind = _LABEL_BEHIND.match(text, date.end)
    field = Field.DATE
    if label or behind:
        updated = label["updated"] if label else behind["updated"] if behind else None
        field = Field.UPDATED if updated else Field.PUBLISHED
    stop = behind.end() if behind else date.end
    name = WRITTEN if label is not None and _WRITTEN.match(label[0]) is not None else ""
    name = FIRST if label is not None and _FIRST.search(label[0]) is not None else name
    labelled = field is not Field.DATE
    return [Found(field, date.start, date.end, stop, name, date=date, labelled=labelled)]


def _short_year(text: str, at: int) -> Date | None:
    """``日期：22-12-30``: behind a label two figures make a year."""
    match = _SHORT_DAY.match(text, at)
    date = date_at(f"20{match[0]}") if match is not None else None
    return replace(date, start=at, end=at + date.end - 2) if date is not None else None


def split_date(parts: Sequence[str]) -> Date | None:
    """A date that stands in several lines, such as ``2025`` / ``05/21`` / ``14:08:33``.

    >>> split_date(["2025", "05/21", "14:08:33"]).value
    '2025-05-21T14:08:33'
    """
    joined = " ".join(parts)
    year = re.fullmatch(
        r"((?:19|20)\d\d)年? (\d{1,2})[-/.月](\d{1,2})日?(?: (\d{1,2}:\d\d.*))?", joined
    )
    if year is None:
        return None
    text = f"{year[1]}-{year[2]}-{year[3]}" + (f" {year[4]}" if year[4] else "")
    date = date_at(text)
    return date if date is not None and date.end == len(text) else None
