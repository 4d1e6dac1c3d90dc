"""Bylines at the end of a paragraph: ``（责任编辑：王强）``, ``(Reporting by …)``, ``（完）``."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tasks.metadata.fields import read_fields
from tasks.metadata.found import Field, Found
from tasks.metadata.names import is_person, names_at
from tasks.metadata.places import is_place
from tasks.metadata.sure_names import surely_person

_LONGEST = 260
_LONGEST_CAPTION = 160
_PAIRS = {")": "(", "）": "（", "】": "【", "]": "[", "］": "［", "〕": "〔"}
_OPENERS = {"(": "（", "（": "(", "【": "[", "[": "【", "［": "［", "〔": "〔"}
_SENTENCE_END = frozenset('.。!！?？…"”’」』)）')
_GLUED = re.compile(
    r"(?<=[。！？”」』.!?])\s?"
    r"(?:责任编辑|責任編輯|责编|責編|本文编辑|编辑|編輯|校对|审核|作者|记者|文/|来源|稿源)"
    r"\s?[:：/|｜]\s?[^。！？]{1,80}\Z"
)
_NAME = r"[A-Z][\w.'’\-]{1,20}(?: [A-Z][\w.'’\-]{0,20}){1,3}"
_PERSON_FOR = re.compile(
    rf"\((?P<name>{_NAME}) for "
    r"(?P<outlet>(?:The |the )?[A-Z][\w.'’&\-]{1,20}(?: [A-Z][\w.'’&\-]{1,20}){0,4})\)"
)
#: Names of two or three characters in brackets, behind the end of a sentence.
_SIGNED = re.compile(
    r"(?<=[。！？”」])\s?[(（]\s?(?P<names>[\u3400-\u9fff]{2,3}(?:[、\s]{1,2}[\u3400-\u9fff]{2,3}){0,3})\s?[)）]\Z"
)
_LONGEST_SIGNATURE = 24
_OFFICE = re.compile(r"[办部处科室局院组站校系会台社报网稿完]\Z")
_ASKS = re.compile(r"[?？!！]\s?\W?\Z")
_END_MARK = re.compile(r"[(（【]\s?(?:完|全文完|完结|end|ends)\s?[)）】]\Z", re.IGNORECASE)
#: The day in years of the Republic behind the editor (``（編輯：某某）1130506``).
_REPUBLIC_DAY = re.compile(r"(?<=[)）])\s?1\d{6}\Z")
_KEPT = frozenset((Field.PERSON, Field.OUTLET, Field.ORIGINAL_TITLE, Field.CREDIT))


class Edge(NamedTuple):
    """The end ``text[start:]`` that is a byline, and its fields (places in the whole text)."""

    start: int
    found: tuple[Found, ...]


def trailing_byline(text: str) -> Edge | None:
    """The byline that ends a paragraph behind its last sentence; None when there is none.

    >>> edge = trailing_byline("春耕开始了。（责任编辑：王强）")
    >>> edge.start, [f.value for f in edge.found]
    (6, ['王强'])
    """
    day = _REPUBLIC_DAY.search(text, max(0, len(text) - 12))
    if day is not None:
        edge = _edge(text, _opener(text[: day.start()].rstrip()))
        return edge if edge is not None and edge.start > 0 else None
    last = text[-1:]
    if last in _PAIRS:
        end = _END_MARK.search(text, max(0, len(text) - 12))
        if end is not None and end.start() > 0:
            return Edge(end.start(), ())
        start = _opener(text)
        if start <= 0:
            return None
        if text[:start].rstrip()[-1:] not in _SENTENCE_END or _PERSON_FOR.fullmatch(text, start):
            return _credit(text, start)
        return _edge(text, start) or _credit(text, start)
    if not "\u3400" <= last <= "\u9fff":
        return None
    glued = _GLUED.search(text, max(0, len(text) - 100))
    return _edge(text, glued.start()) if glued is not None else None


def signature(text: str) -> Edge | None:
    """The names alone in brackets behind the last sentence of an article: who wrote it.

    Each must have the form of a name, and the first surely be one.

    >>> edge = signature("春耕开始了。（张大河 王强）")
    >>> [f.value for f in edge.found]
    ['张大河', '王强']
    >>> signature("春耕开始了。（石家庄）") is None
    True
    """
    signed = _SIGNED.search(text, max(0, len(text) - _LONGEST_SIGNATURE))
    if signed is None:
        return None
    start, end = signed.span("names")
    names, stop = names_at(text, start, end, strict=True)
    if stop != end or not names or not surely_person(names[0].name):
        return None
    if any(_OFFICE.search(n.name) or is_place(n.name) or not is_person(n.name) for n in names):
        return None
    found = [Found(Field.PERSON, a, b, b, "author", name, bare=True) for a, b, name in names]
    return Edge(signed.start(), tuple(found))


def _opener(text: str) -> int:
    """Where the bracket opens that closes at the end."""
    low = max(0, len(text) - _LONGEST)
    opener = _PAIRS[text[-1]]
    return max(text.rfind(opener, low), text.rfind(_OPENERS[opener], low))


def _credit(text: str, start: int) -> Edge | None:
    """Whose picture it is, behind a caption without end mark."""
    if len(text) > _LONGEST_CAPTION:
        return None
    person = _PERSON_FOR.fullmatch(text, start)
    if person is not None:
        name, outlet = person.span("name"), person.span("outlet")
        taken = Found(Field.PERSON, *name, name[1], "photographer", person["name"])
        by = Found(Field.OUTLET, *outlet, outlet[1], value=person["outlet"])
        return Edge(start, (taken, by))
    fields = read_fields(text[start:])
    if not fields or any(field.field is not Field.CREDIT for field in fields):
        return None
    return Edge(start, tuple(field.moved(start) for field in fields))


def _edge(text: str, start: int) -> Edge | None:
    if _ASKS.search(text, start) is not None:
        return None  # a question of a reporter, translated in brackets
    fields = read_fields(text[start:])
    if not fields or any(f.field not in _KEPT and f.field is not Field.TOOL for f in fields):
        return None
    if not any(f.field in _KEPT for f in fields) or any(f.bare for f in fields):
        return None
    if all(f.field is Field.OUTLET and not f.labelled for f in fields):
        return None
    return Edge(start, tuple(f.moved(start) for f in _of_a_picture(fields)))


def _of_a_picture(fields: Sequence[Found]) -> Sequence[Found]:
    """``fields`` without an outlet when they say whose picture it is: the story has another one."""
    people = [f.name for f in fields if f.field is Field.PERSON]
    if not people or any(role != "photographer" for role in people):
        return fields
    return [
        Found(Field.CREDIT, f.start, f.end, f.stop)
        if f.field is Field.OUTLET and not f.labelled
        else f
        for f in fields
    ]
