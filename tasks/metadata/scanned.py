"""Lines between title and text of which only a part is understood.

There a short line that has a full date, or a label with its value, is front matter whatever its
other words say: the name of a section, of a paper that no list knows, of a place.
"""

import re
from collections.abc import Sequence

from models.records import DraftBlock
from tasks.blocks.prose import weight
from tasks.metadata.fields import read_at, skip_marks
from tasks.metadata.found import Field, Found
from tasks.metadata.names import names_at
from tasks.metadata.sure_names import likely_person, surely_named, surely_person
from tasks.metadata.top import FrontLine, top_lines

_LONGEST = 130
_TITLE = 20  # weight of the shortest line that can be the title above
_MANY, _FEW = 8, 3  # words, beside a label or time, and beside a day alone or above the title
_SENTENCE = re.compile(
    r"[，。！？；!?;…]|[a-z]{3}\. [A-Z]|[a-z]{3}\.\Z"
    r"|, (?:but|which|who|and [a-z])"
)
_TOKEN = re.compile(r"[\s|｜·•∙/／,:：()（）\[\]【】—–\-]+")
_APART = frozenset("|｜·•∙/／—–-()（）[]【】\u3000\t")
_SIGN = re.compile(r"\d|[Bb]y |BY |[:：|｜丨/／]|记者|記者|作者|编辑")


def add_scanned(
    blocks: Sequence[DraftBlock], out: dict[int, FrontLine], headline: int | None
) -> None:
    """The lines between title and text that are understood in part only.

    ``headline``: where in the source the title starts, if that is known; else one that may be it
    stands above.
    """
    above = 0  # weight of the longest line above that may be the title
    for index in top_lines(blocks, out):
        text = blocks[index].text.text
        start = blocks[index].text.pieces[0][0]
        if headline is not None and start == headline:
            above = max(above, _TITLE, weight(text))
            continue
        size = weight(text)
        placed = headline is not None or above > max(size, _TITLE)
        if placed and len(text) <= _LONGEST and _SIGN.search(text) is not None:
            found = scan(text, _FEW if headline is not None and start < headline else _MANY)
            if found:
                out[index] = FrontLine(tuple(found))
                continue
        above = max(above, size)


def scan(text: str, most: int = _MANY) -> list[Found]:
    """The fields of a line that a date or a label anchors; none when nothing does."""
    if _SENTENCE.search(text) is not None:
        return []
    found: list[Found] = []
    unknown = 0
    at = 0
    word = ""  # the one right in front, when nobody knows it
    while at < len(text):
        skip = _TOKEN.match(text, at)
        if skip is not None:
            word = "" if not _APART.isdisjoint(skip[0]) else word
            at = skip.end()
        at = max(at, skip_marks(text, at))
        if at >= len(text):
            break
        fields = [f for f in read_at(text, at, found) if _is_sure(text, f, at)]
        fields = fields or _names(text, at)
        if fields and word.islower() and fields[0].date is not None and not fields[0].labelled:
            return []  # ``Doors open May 6, 2024``
        if fields:
            found += fields
            at = max(at + 1, *(field.stop for field in fields))
            word = ""
            continue
        unknown += 1
        token = _TOKEN.search(text, at)
        end = token.start() if token else len(text)
        word, at = text[at:end], end
    counted = any(field.field is Field.COUNTER for field in found)
    people = [field for field in found if field.field is Field.PERSON]
    labelled = any(not field.bare for field in people)
    sure = any(field.labelled or _has_time(field) for field in found)
    if unknown > (most if sure else _FEW) or not (
        any(map(_is_anchor, found)) or (people and counted) or (labelled and unknown == 1)
    ):
        return []
    return [field for field in found if field.date is None or _is_day(field)]


def _names(text: str, at: int) -> list[Found]:
    """Names that stand alone between marks, as authors."""
    before = text[:at].rstrip(" ")
    if before and (before[-1].isalpha() or before[-1] in ":："):
        return []
    names, stop = names_at(text, at, len(text), strict=True)
    after = text[stop:].lstrip(" ,")
    if not names or (after and (after[0].isalpha() or after[0] in ":：")):
        return []
    if not all(surely_person(name.name) or likely_person(name.name) for name in names):
        return []
    return [Found(Field.PERSON, s, e, stop, "author", name, bare=True) for s, e, name in names]


def _is_day(field: Found) -> bool:
    return field.date is not None and (
        field.labelled or field.date.has_day or field.date.precision not in ("month", "year")
    )


def _has_time(field: Found) -> bool:
    return field.date is not None and "T" in field.date.value


def _is_anchor(field: Found) -> bool:
    if field.date is not None:
        return field.date.has_day
    if field.field is Field.PERSON:
        return field.name != "photographer" and not field.bare
    return field.labelled and field.field is Field.OUTLET


def _is_sure(text: str, field: Found, at: int) -> bool:
    """Whether a field in a line with unknown words is one all the same."""
    if field.field is Field.NUMBER:
        return False
    if field.field is Field.PERSON and not field.bare:
        value = field.value
        if field.start == at:
            return False  # without a label
        return likely_person(value) if value < "\u3400" else surely_named(value)
    if field.field is Field.TOOL or field.labelled or field.date is not None:
        return True
    before, after = text[: field.start].rstrip(" "), text[field.stop :].lstrip(" ")
    return (not before or before[-1] in _APART) and (
        not after or after[0] in _APART or after[0].isdigit()
    )
