"""Front-matter lines: a line that its fields cover from end to end.

A line is front matter only when nothing is left over: dates, labelled values, bylines, counters,
outlets, and the words of the tools beside them (``打印``, ``Share``).
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from tasks.metadata.counts import read_counter
from tasks.metadata.dates import Date
from tasks.metadata.found import STRANGE, Field, Found, Reader
from tasks.metadata.headers import plain_labels, read_other
from tasks.metadata.mastheads import (
    GUESSED,
    read_masthead,
    read_outlet,
    read_paper_of_day,
    read_place,
)
from tasks.metadata.names import MONTH
from tasks.metadata.odd_fields import (
    read_about_author,
    read_account_id,
    read_account_line,
    read_authorised,
    read_issue,
    read_own_news,
    read_posted_at,
    read_tool,
)
from tasks.metadata.people import read_byline, read_more_people
from tasks.metadata.sure_names import likely_person
from tasks.metadata.unglued import read_capitals, read_unglued
from tasks.metadata.unlabelled import (
    read_account_name,
    read_contribution,
    read_named,
    read_nickname,
    read_signed,
)
from tasks.metadata.values import (
    read_account,
    read_credit,
    read_original_title,
    read_outlet_label,
    read_url,
)
from tasks.metadata.when import read_date

_LONGEST_LINE = 300
_SENTENCE_END = frozenset("。！？!?;；")
_ENGLISH_END = frozenset('."”')
_ASKS = frozenset("？?")
_SHORT = 30  # characters; a shorter line that ends with a full stop is looked at
_ABBREVIATED = re.compile(r"\b(?:[ap]\.m|[A-Z]|Jr|Sr|Inc|Ltd|Co|Corp|No|min|mins|hrs?)\.\Z")
_MAY_END_SO = re.compile(
    r"[(（【〔\[［]|作者(?:简介|介绍|介紹|簡介)|本文|文章|此文|编辑|责编|记者|作者|来源|原标题"
    r"|(?i:reporting|editing|writing|additional|with|this (?:article|story|post|piece)|a version"
    r"|originally|first|published|republished|reprinted|translated|edited|photo|by|reported|produced|illustrated|compiled|photographs?|graphics|research(?:ed)?)\b"
    r"|.{4,50}? (?:is (?:an? |the )|(?:can|may) be reached|(?:reports|writes) for )"
    r"|.{0,200} contributed\b|.{0,120} reported from\b"
)
_SEPARATORS = re.compile(
    r"[\s|｜·•∙◆■□▲●◎○★☆※▪▌▍▎✍✎✏👤🕒🕐⏰📅📆🗓📝👁👀⏰⏱🖊🖋📷📌📍💬\ufe0f,，;；/／\-—–~:：()（）\[\]［］【】〔〕〖〗<>《》»丨.。]*"
)
#: Where an author comes from, in front of the name (``[美]约翰·格林``).
_ORIGIN = re.compile(r"[\[（(【〔][\u3400-\u9fff]{1,3}[\]）)】〕]\s?[\u3400-\u9fff]{2}")
#: The line of an account below the title of its post (``蓝盾澜州 澜州市公安局 3月8日 06:58``).
_HEADER = re.compile(
    r"[\u3400-\u9fff]{2,8}(?:\s[\u3400-\u9fff]{2,10})?\s(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日\s\d{1,2}:\d\d"
)
_OPEN, _CLOSE = frozenset("(（[［【"), frozenset(")）]］】")
_APART = frozenset("|｜·•∙丨/／—–\u3000")
_WEEKDAY = re.compile(r"星期[一二三四五六日天]|[周週][一二三四五六日]")
_BEHIND_PEOPLE = frozenset(("|", "/", ",", "·", "•", "-", "–", "—"))
_HEADER_NAME = re.compile(r"[\u3400-\u9fff]{2,10}(?=\s)")
_SECTION_ZH = 4  # characters of a place or section in front of a day
_STRANGERS = 2  # words that nobody knows, in one line
_MORE_STRANGERS, _SHORT_LINE = 5, 90  # in a short line with a date and time, or a labelled date
_SENTENCE_MARKS = re.compile(r"[，。！？；!?;“”]|, [a-z]|[a-z]\. ")
_ANY_WORD = re.compile(r"[^\s|｜·•/／，。：:,()（）\[\]【】〖〗]{1,24}")
_STRANGER = re.compile(
    r"(?:(?<=\d [·•|｜] )[\u3400-\u9fff]{6,10}(?=\Z)"
    r"|(?<=《)[^《》]{2,12}》(?:栏目|专栏|频道|节目|周刊)?|[\u3400-\u9fff]{1,5}"
    r"|[A-Z][\w'’&\-]{1,20}(?: (?!(?:Published|Updated|Posted|Modified|Last|First|By|Source)\b)"
    rf"(?!{MONTH})(?:[A-Z][\w'’&\-]{{1,20}}|and|of|&)){{0,4}})"
    r"(?:\s?[(（]\d{1,6}[)）])?(?=\s|\Z|[|｜·•∙,，/／)）\]】>])"
)


#: A middle dot of another width, which separates: no part of a foreign name.
_MIDDLE_DOT = re.compile(r"(?<=[\d\s])[・‧⋅•]|[・‧⋅](?=[\d\s])")
_SLASHES = str.maketrans("∕╱⁄", "///")
_LATER_LABEL = re.compile(
    r"(?:[.。!！|·•] ?|\s{2,}|\s)(?=(?:(?:First|Last|Originally) (?i:published|updated"
    r"|posted|modified)|Published|Updated|Posted|Modified)\b"
    r"|(?:发布|更新|发表|最后更新|最新更新|出版)(?:时间|日期|于)?\s?[:：])"
)
_LONGEST_LEAD = 60


def read_later_fields(text: str) -> tuple[int, list[Found]] | None:
    """The fields behind a few other words, from the label of a date on, and where they start.

    >>> read_later_fields("This blog is closed. Updated Fri 15 Nov 2024 23.48 GMT")[0]
    21
    """
    label = _LATER_LABEL.search(text, 0, _LONGEST_LEAD)
    if label is None:
        return None
    fields = read_fields(text[label.end() :])
    if not fields or not any(f.labelled and f.date is not None and f.date.has_day for f in fields):
        return None
    return label.end(), [field.moved(label.end()) for field in fields]


def read_fields(text: str) -> list[Found] | None:
    """The fields that cover a line; None when something is left over.

    >>> [f.field.value for f in read_fields("2025-03-05 10:20 来源：某某网 阅读 1.2万") or ()]
    ['date', 'outlet', 'counter']
    >>> read_fields("2025 was a good year.") is None
    True
    """
    if len(text) > _LONGEST_LINE:
        return None
    found = _fields(text)
    if found is None:
        found = read_unglued(text, _fields) or read_capitals(text, _fields)
    return None if found is None else list(found)


@lru_cache(maxsize=4096)  # pages of a site have the same lines
def _fields(text: str) -> tuple[Found, ...] | None:
    text = plain_labels(_MIDDLE_DOT.sub("·", text).translate(_SLASHES))
    last = text[-1:]
    stops = last in _SENTENCE_END or (
        last in _ENGLISH_END and len(text) > _SHORT and _ABBREVIATED.search(text) is None
    )
    if stops and (last in _ASKS or _MAY_END_SO.match(text) is None):
        return None
    found: list[Found] = []
    strange, many = 0, False
    at = skip_marks(text, 0)
    while at < len(text):
        fields = read_at(text, at, found)
        if not fields:
            strange += 1
            fields = _stranger(text, at) if strange <= _STRANGERS else []
            if not fields and strange <= _PHRASES and _is_sure_byline(text, found):
                fields = _phrase(text, at)
            if not fields and strange <= _MORE_STRANGERS and _is_plain(text):
                many = True
                fields = _any_word(text, at)
        if not fields:
            return None
        found += fields
        at = skip_marks(text, max(field.stop for field in fields))
    if many and not _is_dated(found):
        return None
    if strange and not (
        _is_surely_front_matter(found)
        or _are_apart(text, found)
        or _is_byline(text, found)
        or _HEADER.fullmatch(text)
    ):
        return None
    known = _with_known_outlets(text, found)
    return None if known is None else tuple(known)


def _stranger(text: str, at: int) -> list[Found]:
    """A word or two between separators that no reader knows, such as the name of a section."""
    match = (_HEADER_NAME if _HEADER.fullmatch(text) else _STRANGER).match(text, at)
    if match is None:
        return []
    return [Found(Field.TOOL, at, match.end(), match.end(), name=STRANGE)]


def _is_plain(text: str) -> bool:
    """Whether a short line has no mark of a sentence."""
    return len(text) <= _SHORT_LINE and _SENTENCE_MARKS.search(text) is None


def _any_word(text: str, at: int) -> list[Found]:
    match = _ANY_WORD.match(text, at)
    return [Found(Field.TOOL, at, match.end(), match.end(), name=STRANGE)] if match else []


def _is_dated(found: Sequence[Found]) -> bool:
    """Whether a line has a day with its time, or a day with a label.

    With a label and the time of day the year may be missing.
    """
    return any(
        field.date is not None
        and (field.date.has_day or (field.labelled and "T" in field.date.value))
        and ("T" in field.date.value or (field.labelled and field.date.precision == "day"))
        for field in found
    )


def _is_surely_front_matter(found: Sequence[Found]) -> bool:
    """Whether a line is front matter whatever its other words say: a date to the day, and more."""
    dated = [
        field
        for field in found
        if field.date is not None and (field.date.has_day or "T" in field.date.value[1:])
    ]
    if not dated:
        return False
    timed = any(field.date is not None and "T" in field.date.value for field in dated)
    said = [field for field in found if field.field not in (Field.TOOL, Field.NUMBER)]
    return len(said) > 1 or timed or any(field.labelled for field in dated)


def _says_when(date: Date) -> bool:
    return date.has_day or date.precision == "relative"


def _ends_ago(field: Found, text: str) -> bool:
    relative = field.date is not None and field.date.precision == "relative"
    return relative and field.stop == len(text) and text.endswith(("前", "ago"))


def _are_apart(text: str, found: Sequence[Found]) -> bool:
    """Whether a line is a day and a word or two that nobody knows, with a mark between them."""
    words = [field for field in found if field.field is not Field.TOOL or field.name == STRANGE]
    if len(words) != 2 or not any(f.date is not None and _says_when(f.date) for f in words):
        return False
    if words[0].name == STRANGE and _ends_ago(words[1], text):
        return True  # an account, and how long ago it wrote
    if words[0].name == STRANGE and _WEEKDAY.search(text, words[1].start) is not None:
        return True  # the head of a page of a paper
    between = text[words[0].stop : words[1].start]
    if words[0].name == STRANGE and words[1].stop == len(
        text
    ):  # ``北京 2024-09-03``, ``News, 3 May 2024``
        short = words[0].stop - words[0].start <= _SECTION_ZH and text[words[0].start] > "\u3400"
        day = words[1].date is not None and words[1].date.has_day
        if day and (short or between.strip() == ","):
            return True
    return words[1].start > words[0].stop and (
        not _APART.isdisjoint(between) or (words[0].date is not None and words[0].labelled is False)
    )


_BYLINE = re.compile(r"\W{0,3}(?:[A-Z][a-z]+ )?by\s", re.IGNORECASE)
_PHRASES, _LONGEST_BYLINE = 3, 130
#: What else a byline says of its author, up to the next separator or a date.
_PHRASE = re.compile(
    r"(?!(?:and|who|has|is|was|says?|said)\b)[^\s|·•/()（）\d][^|·•/()（）\d;!?。]{0,60}"
    r"(?<![\s,–—\-:])(?=\s?(?:\Z|[|·•/()（）\d]|,? [A-Z][a-z]{2,8}\.? \d))"
)


def _is_sure_byline(text: str, found: Sequence[Found]) -> bool:
    """Whether a line begins with ``By`` and names that surely are somebody's."""
    people = [field for field in found if field.field is Field.PERSON]
    return (
        len(text) <= _LONGEST_BYLINE
        and _BYLINE.match(text) is not None
        and bool(people)
        and found[0] is people[0]
        and all(likely_person(field.value) for field in people)
        and text[people[-1].end : people[-1].end + 2].strip()[:1] in _BEHIND_BYLINE
    )


_BEHIND_BYLINE = frozenset("|/,·•-–—(@")


def _phrase(text: str, at: int) -> list[Found]:
    match = _PHRASE.match(text, at)
    return [Found(Field.TOOL, at, match.end(), match.end(), name=STRANGE)] if match else []


def _is_byline(text: str, found: Sequence[Found]) -> bool:
    """Whether a line is a byline with a name that nobody knows at its end: whom they write for."""
    if _is_sure_byline(text, found):
        return True
    first, *others = found
    labelled = [field for field in others if field.labelled or field.field is Field.PERSON]
    if first.name == STRANGE and others and len(labelled) == len(others):
        # ``上观察 | 作者 王强``, ``王强 本文来源：某某报 责任编辑：李明``
        mark = text[first.stop : others[0].start].lstrip()[:1]
        return mark in _APART or sum(field.labelled for field in others) > 1
    while len(found) > 1 and found[-1].date is not None:
        found = found[:-1]  # when it was published, behind whom they write for
    *people, last = found
    if last.name != STRANGE or _BYLINE.match(text) is None or not people:
        return False
    between = text[people[-1].stop : last.start].strip()
    return between in _BEHIND_PEOPLE and all(
        field.field in (Field.PERSON, Field.TOOL) and field.name != STRANGE for field in people
    )


def _with_known_outlets(text: str, found: Sequence[Found]) -> list[Found] | None:
    """The fields of a line; None when a name that only looks like an outlet's is all there is."""
    guessed = [field for field in found if field.name == GUESSED]
    if guessed and len(found) == 1 and text[:1] in _OPEN and text[-1:] in _CLOSE:
        return list(found)
    if guessed and not any(
        field.date is not None
        or field.field in (Field.PERSON, Field.COUNTER)
        or (field.field is Field.OUTLET and field.labelled)
        for field in found
    ):
        return None
    return list(found) or None


def skip_marks(text: str, at: int) -> int:
    """The place behind the marks that separate fields, from a place of a line on."""
    match = _SEPARATORS.match(text, at)
    end = match.end() if match else at
    return end - 1 if end > at and _ORIGIN.match(text, end - 1) else end


def read_at(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """The fields at a place, by the first reader that understands it."""
    for read in _READERS:
        fields = read(text, at, before)
        if fields:
            return fields
    return []


_READERS: tuple[Reader, ...] = (
    read_account_line,
    read_nickname,
    read_own_news,
    read_contribution,
    read_url,
    read_original_title,
    read_account,
    read_credit,
    read_other,
    read_outlet_label,
    read_date,
    read_counter,
    read_byline,
    read_signed,
    read_outlet,
    read_paper_of_day,
    read_place,
    read_authorised,
    read_issue,
    read_posted_at,
    read_account_id,
    read_about_author,
    read_tool,
    read_more_people,
    read_masthead,
    read_account_name,
    read_named,
)
