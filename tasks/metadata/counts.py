"""Numbers that a page states about itself: views, words, reading time, comments."""

import re
from collections.abc import Sequence
from functools import cache

from tasks.metadata.found import Field, Found
from tasks.metadata.words import counter_of, counter_words

_NUMBER = (
    r"(?P<number>\d{1,3}(?:[,，]\d{3})+|\d{1,12}(?:\.\d{1,3})?)"
    r"(?:\s?(?P<unit>[kKmMwW](?![A-Za-z])|万|萬|千|亿))?(?:\s?\+)?"
)
_UNITS = {"k": 10**3, "m": 10**6, "w": 10**4, "万": 10**4, "萬": 10**4, "千": 10**3, "亿": 10**8}
_OF_WHAT = (
    r"(?:\s?(?:次|人|词|字(?![号號体體])|条评论|条|分钟|分鐘|个"
    r"|min(?:ute)?s?(?: read)?|words?|views?))?"
)
_MINUTES = re.compile(
    r"(?P<number>\d{1,3})(?P<unit>(?!))?\s?[- ]?"
    r"(?:min(?:ute)?s?\.?[- ]read(?:ing)?|分钟(?:阅读|读完)|minutes? to read"
    r"|(?:分钟|分鐘)\s?[(（](?:阅读|閱讀)(?:时间|时长|時間)?[)）])"
    r"|(?:预计|建议|大约)?(?:阅读|閱讀)(?:本文|全文)?(?:时间|时长|時間)?(?:需要?|约需?|大约需?要?|約)?\s?[:：]?\s?(?P<needs>\d{1,3})\s?(?:分钟|分鐘)",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:全文|本文|共|总共|约|約)\s?(?:共计|共|约|約|总计|大约)?\s?(?:约|約)?\s?(?P<number>\d{2,6})(?P<unit>(?!))?\s?字"
)
#: How long a text is, in the header of an export (``LENGTH: 412 words``).
_LENGTH = re.compile(
    r"(?:length|篇幅|长度|長度)\s?[:：]\s?(?P<number>\d{1,3}(?:,\d{3})+|\d{2,6})(?P<unit>(?!))?\s?(?:words?|字)",
    re.IGNORECASE,
)
#: Minutes to read without a word for it, behind a date or a count.
_PLAIN_MINUTES = re.compile(
    r"(?P<number>\d{1,3})(?P<unit>(?!))?\s?(?:min(?:ute)?s?\.?|分钟|分鐘)(?=\s?(?:\Z|[|｜·•]))",
    re.IGNORECASE,
)
#: Counts that are nothing we keep.
_OTHER = re.compile(
    r"(?:弹幕|投币|硬币|粉丝|在看|热度|参与互动|参与讨论|打赏)\s?[:：(（]?\s?\d[\d.,]{0,8}[万kKwW]?\s?[)）]?"
)
_PAGE = ("Page ", "page ", "p. ", "pp. ", "-", "Pg. ")  # what stands in front of no count
_BARE = re.compile(_NUMBER + r"(?![\w.:/%-]|\s[版期卷页])")


@cache
def _word_first() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<word>{counter_words()})\s?[:：(（\[【]{{0,2}}\s?(?:约|共|已有|about |~)?\s?"
        rf"{_NUMBER}{_OF_WHAT}(?:\s?[)）\]】])?",
        re.IGNORECASE,
    )


@cache
def _number_first() -> re.Pattern[str]:
    return re.compile(
        rf"(?:已有|共有|共|全文|about )?\s?{_NUMBER}\s?(?:次|人|个|条)?\s?"
        rf"(?P<word>{counter_words()})",
        re.IGNORECASE,
    )


def read_counter(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """A labelled count, or a bare number behind a date (how often the page was read)."""
    for pattern, name in ((_MINUTES, "reading_minutes"), (_WORDS, "words"), (_LENGTH, "words")):
        match = pattern.match(text, at)
        if match is not None:
            return [_found(match, Field.COUNTER, name)]
    for pattern in (_word_first(), _number_first()):
        match = pattern.match(text, at)
        if match is not None and _ends_there(text, match.end()):
            return [_found(match, Field.COUNTER, counter_of(match["word"]) or "")]
    other = _OTHER.match(text, at)
    if other is not None:
        return [Found(Field.TOOL, at, other.end(), other.end())]
    plain = _PLAIN_MINUTES.match(text, at)
    if plain is not None and any(f.date is not None or f.field is Field.COUNTER for f in before):
        return [_found(plain, Field.COUNTER, "reading_minutes")]
    if any(found.date is not None for found in before):
        if text[at:] == "0":
            return [Found(Field.TOOL, at, at + 1, at + 1)]  # no comments
        return read_bare_number(text, at)
    return []


def _ends_there(text: str, at: int) -> bool:
    """Whether a count ends at a place: at no letter, or where the next count begins.

    ``字数 1,204阅读 3,310``: nothing separates the two.
    """
    return not text[at : at + 1].isalnum() or (
        text[at - 1].isdigit() and _word_first().match(text, at) is not None
    )


def read_bare_number(text: str, at: int = 0) -> list[Found]:
    """A number alone, as the count of views that it is beside a date."""
    match = _BARE.match(text, at) if not text[:at].endswith(_PAGE) else None
    if match is None or _count(match) == 0 or ("." in match["number"] and not match["unit"]):
        return []
    return [_found(match, Field.NUMBER, "views")]


def _found(match: re.Match[str], field: Field, name: str) -> Found:
    group = "number" if match["number"] else "needs"
    end = match.end("unit") if match["unit"] else match.end(group)
    labelled = field is Field.COUNTER
    return Found(
        field, match.start(group), end, match.end(), name, count=_count(match), labelled=labelled
    )


def _count(match: re.Match[str]) -> int:
    number = (match["number"] or match["needs"]).replace(",", "").replace("，", "")
    unit = _UNITS.get((match["unit"] or "").lower(), 1)
    whole, _, part = number.partition(".")
    return int(whole) * unit + (int(part) * unit // 10 ** len(part) if part else 0)
