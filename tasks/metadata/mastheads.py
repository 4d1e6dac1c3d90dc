"""Outlets without a label, and what stands beside them: mastheads, accounts, papers of a day."""

import re
from collections.abc import Sequence

from tasks.metadata.dates import date_at
from tasks.metadata.found import Field, Found
from tasks.metadata.names import ACCOUNT_KIND
from tasks.metadata.words import (
    column_pattern,
    masthead_pattern,
    outlet_pattern,
    outlet_starts,
    paper_words_pattern,
    short_paper_pattern,
)

_CAPITALS = r"[A-Z][A-Z.'’\-]{1,20}(?: [A-Z][A-Z.'’\-]{1,20}){0,3}"
_PLACES = (
    re.compile(rf"{_CAPITALS},? "),
    re.compile(rf"{_CAPITALS}, [A-Z][A-Za-z.]{{1,20}},? "),
)
GUESSED = "masthead"  # the name of an outlet that only its form tells
_OFFICIAL = re.compile(
    r"(?P<name>[\u3400-\u9fffA-Za-z0-9]{2,14}?)官方(?:账号|帐号|微博|微信|公众号|澎湃号|百家号|抖音号|头条号|网易号)"
    r"(?![\u3400-\u9fff])"
)
_BETWEEN_BARS = re.compile(
    r"(?:The )?[A-Z][\w'’.]{1,20}(?: (?:[A-Z][\w'’.]{1,20}|of|the|and|&)){0,4}(?= \|)"
)
#: The name of a magazine in front of its issue.
_BEFORE_ISSUE = re.compile(
    r"(?:The )?[A-Z][\w'’.]{1,20}(?: (?:[A-Z][\w'’.]{1,20}|of|the|and|&)){0,5}"
    r"(?=\s?[|,·•–—-]\s?(?i:vol(?:ume)?\b|issue\b|no\.))"
    r"|(?<=《)[^《》]{2,20}(?=》\s?[(（]?\s?(?:(?:19|20)\d\d年|第))"
)
_PUBLISHED_IN = re.compile(r"(?:发布|发表|刊发|首发)(?:在|于)\s?(?=\S)")
_SECTION = re.compile(r"[-—–][\u3400-\u9fff]{2,10}(?![\u3400-\u9fff])")
_BEHIND_NAME = frozenset("|｜·•∙,，;；/／-—–)）】:：丨>")


def read_outlet(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """A known outlet, with the section behind it (``某某网-财经``)."""
    if text[at].casefold() not in outlet_starts():
        return []
    match = outlet_pattern().match(text, at)
    if match is None:
        return []
    section = _SECTION.match(text, match.end())
    end = section.end() if section else match.end()
    if not _ends_name(text, end):
        return []
    return [Found(Field.OUTLET, at, end, end, value=text[at:end])]


_PAGE = re.compile(r"(?:第\s?)?[A-Z]?\d{1,3}\s?版")


def _ends_name(text: str, at: int) -> bool:
    after = text[at : at + 1]
    return not after.strip() or after in _BEHIND_NAME or _PAGE.match(text, at) is not None


def _paper_beside_date(text: str, at: int, before: Sequence[Found]) -> re.Match[str] | None:
    """A name with a word of papers, in front of a full date or behind one, or behind a person."""
    match = paper_words_pattern().match(text, at)
    if match is None:
        return None
    if any(f.field is Field.PERSON or (f.date is not None and f.date.has_day) for f in before):
        return match
    behind = _TO_DATE.match(text, match.end())
    date = date_at(text, behind.end()) if behind is not None else None
    return match if date is not None and date.has_day else None


_TO_DATE = re.compile(r"[ ,|·•)–—\-]{1,4}")


def read_masthead(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """A name in the form of an outlet's, which no list knows, alone between separators.

    It counts only beside a date, a person or a counter in the same line.
    """
    official = _OFFICIAL.match(text, at)
    if official is not None:
        end = official.end("name")
        value = official["name"]
        return [Found(Field.OUTLET, at, end, official.end(), name=GUESSED, value=value)]
    said = _PUBLISHED_IN.match(text, at) if before else None  # ``发布在某某网``
    if said is not None:
        at = said.end()
    match = masthead_pattern().match(text, at)
    if match is None:
        match = _paper_beside_date(text, at, before)
    if match is None and any(found.date is not None for found in before):
        match = short_paper_pattern().match(text, at) or column_pattern().match(text, at)
    if match is None and not before:
        match = _BEFORE_ISSUE.match(text, at)
        if match is not None:
            return [Found(Field.OUTLET, at, match.end(), match.end(), value=match[0])]
    if match is None and at and text[at - 2 : at] == "| " and "|" in text[at:]:
        match = _BETWEEN_BARS.match(text, at)
    if match is None or any(field.field is Field.OUTLET for field in before):
        return []
    if ACCOUNT_KIND.search(text, match.start()) is not None:
        return []
    end = match.end()
    if not _ends_name(text, end):
        return []
    return [Found(Field.OUTLET, at, end, end, name=GUESSED, value=match[0])]


_PAPER_OF_DAY = re.compile(
    r"(?<=《)(?P<name>[^《》]{2,20})》(?=\s?[(（]?\s?(?:19|20)\d\d\s?[-年./])"
)


_PAPER_BEHIND = re.compile(r"(?<=《)(?P<name>[^《》]{2,20})》(?=\s?[。，,）)]|\s?\Z)")


def read_paper_of_day(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``《某某日报》（2023年11月06日 第05版）``."""
    match = _PAPER_OF_DAY.match(text, at)
    if match is None and before and before[-1].field is Field.PUBLISHED:
        match = _PAPER_BEHIND.match(text, at)
    if match is None:
        return []
    start, end = match.span("name")
    return [Found(Field.OUTLET, start, end, match.end(), value=match["name"], labelled=True)]


def read_place(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """A place in capitals in front of a date."""
    for pattern in _PLACES:
        match = pattern.match(text, at)
        if match is not None and date_at(text, match.end()) is not None:
            return [Found(Field.TOOL, at, match.end(), match.end())]
    return []
