"""Front matter split over lines: a date, a count and its word, a label and its value."""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.records import DraftBlock
from tasks.metadata.counts import read_bare_number
from tasks.metadata.dates import join_day_and_time, time_at
from tasks.metadata.fields import read_fields
from tasks.metadata.found import Field, Found
from tasks.metadata.headers import bare_label, is_body_label
from tasks.metadata.names import is_name
from tasks.metadata.top import (
    EDGE,
    TOP_LINES,
    FrontLine,
    is_beside,
    is_body,
    top_lines,
)
from tasks.metadata.when import split_date
from tasks.metadata.words import counter_of

_NEXT_LINE = 2  # characters between a line and the next
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d年?")
_BARE_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d)?\s?[kKwW万]?")
_FIGURES = 3
_STOPS = frozenset("。！？；")
_NO_VALUE = _STOPS | frozenset(":：,，?？!！")  # a salutation ends so
_LETTERS = re.compile(r"[A-Za-z]{3}")
_MINUTES = re.compile(r"\d{1,3}\s?(?:min(?:ute)?s?\.?|分钟|分鐘)")
_RELEASE = re.compile(
    r"(?:for (?:immediate )?(?:media )?release|(?:press|news|media) release"
    r"|新闻稿|新聞稿)\s?[:：]?",
    re.IGNORECASE,
)
_SECTIONS = re.compile(
    r"(?:(?:posted |filed |published )?(?:in|under) |categor(?:y|ies):? )"
    r"[A-Z][\w&’'\-]{1,20}(?: [A-Z&][\w&’'\-]{0,20}){0,2}(?:, [A-Z][\w&’'\-]{1,20}(?:"
    r" [A-Z][\w’'\-]{1,20})?){0,5}",
    re.IGNORECASE,
)
_LABEL_ONLY = re.compile(r"[^\s:：]{1,14}(?: [^\s:：]{1,10})?\s?[:：]")


def add_split_date(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """A date in several lines, such as ``2025`` / ``05/21`` / ``14:08:33``: one above the body."""
    for index in range(min(len(blocks), EDGE)):
        texts = [block.text.text for block in blocks[index : index + 3] if block.label is None]
        if _YEAR_ALONE.fullmatch(texts[0] if texts else "") is None:
            continue
        for size in (3, 2):
            date = split_date(texts[:size]) if len(texts) >= size else None
            if date is None:
                continue
            for part in range(index, index + size):
                length = len(blocks[part].text.text)
                found = Found(Field.DATE, 0, length, length, date=date if part == index else None)
                if part > index:
                    found = Found(Field.TOOL, 0, length, length)
                out[part] = FrontLine((found,))
            return


def add_split_time(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """The time of day in a line of its own, below a line that is a day."""
    for index in range(1, min(len(blocks), EDGE)):
        above = out[index - 1].found if index - 1 in out else ()
        day = above[0].date if len(above) == 1 else None
        text = blocks[index].text.text
        time = time_at(text) if day is not None and day.precision == "day" else None
        if index in out or day is None or time is None or time.end != len(text):
            continue
        gap = blocks[index].text.pieces[0][0] - blocks[index - 1].text.pieces[-1][1]
        if gap > _NEXT_LINE:  # something was between: how long a player plays
            continue
        joined = replace(above[0], date=join_day_and_time(day, time))
        out[index - 1] = FrontLine((joined,))
        out[index] = FrontLine((Found(Field.TOOL, 0, len(text), len(text)),))


def add_split_counts(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """A count in a line of its own, its word in the line above or below (``221`` / ``VIEWS``)."""
    for index in top_lines(blocks, out):
        text = blocks[index].text.text
        beside = any(is_beside(out.get(other)) for other in (index - 1, index + 1))
        if beside and _MINUTES.fullmatch(text) is not None:
            out[index] = FrontLine(tuple(read_fields(f"{text} read") or ()))
        elif index < TOP_LINES and _RELEASE.fullmatch(text) is not None:
            out[index] = FrontLine((Found(Field.TOOL, 0, len(text), len(text)),))
    for index in range(min(len(blocks), EDGE) - 1):
        first, second = blocks[index].text.text, blocks[index + 1].text.text
        if index in out or index + 1 in out or len(first) > 24 or len(second) > 24:
            continue
        if not (_BARE_NUMBER.fullmatch(first) and counter_of(second)) and not (
            counter_of(first) and _BARE_NUMBER.fullmatch(second)
        ):
            continue
        fields = read_fields(f"{first} {second}") or []
        counted = [f for f in fields if f.field is Field.COUNTER]
        number = index if _BARE_NUMBER.fullmatch(first) else index + 1
        shift = 0 if number == index else len(first) + 1
        if len(counted) != 1:
            continue
        out[number] = FrontLine((counted[0].moved(-shift),))
        other = 2 * index + 1 - number
        length = len(blocks[other].text.text)
        out[other] = FrontLine((Found(Field.TOOL, 0, length, length),))


def add_split_lines(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """A label alone in its line, the value in the next (``来源：`` / ``某某网``).

    Without a colon (``Written by`` / ``Jane Doe``) it must stand above the body.
    """
    top = True
    for index in range(min(len(blocks) - 1, 20)):
        text, block = blocks[index].text.text, blocks[index + 1]
        top = top and not is_body(blocks[index])
        if blocks[index].label is not None or len(text) > 30:
            continue
        if is_body_label(text) and top:
            out[index] = FrontLine((Found(Field.TOOL, 0, len(text), len(text)),))
            continue
        colon = text[-1] in ":："
        if (colon and index in out) or block.label is not None or len(block.text.text) > 40:
            continue
        if block.text.text[-1] in _NO_VALUE or is_body(block):
            continue  # a label without value
        if not (_LABEL_ONLY.fullmatch(text) if colon else top and bare_label().fullmatch(text)):
            continue
        joint = "" if colon else ("：" if text[0] > "\u3400" else ": ")
        fields = read_fields(text + joint + block.text.text)
        shift = len(text) + len(joint)
        if not fields or any(
            f.start < shift or not (f.labelled or f.field in (Field.PERSON, Field.TOOL))
            for f in fields
        ):
            continue
        if not colon and any(f.field is Field.PERSON and not is_name(f.value) for f in fields):
            continue
        out[index] = FrontLine(())
        out[index + 1] = FrontLine(tuple(f.moved(-shift) for f in fields))


def add_sections(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """``in Community, News`` below a date, ``Posted in News``: the sections of a blog."""
    for index in range(1, min(len(blocks), EDGE)):
        text = blocks[index].text.text
        dated = index - 1 in out and any(f.date is not None for f in out[index - 1].found)
        if index not in out and dated and _SECTIONS.fullmatch(text) is not None:
            out[index] = FrontLine((Found(Field.TOOL, 0, len(text), len(text)),))


def add_bare_numbers(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """A number alone beside a line that is a date in figures: how often the page was read."""
    if any(f.field is Field.COUNTER for line in out.values() for f in line.found):
        return  # where counts have names, a number without one is not the readers'
    for index in list(out):
        if len(out[index].found) != 1 or out[index].found[0].field is not Field.DATE:
            continue
        if _LETTERS.search(blocks[index].text.text) is not None:
            continue  # where months have names the number is that of the comments
        for beside in (index - 1, index + 1):
            if not 0 <= beside < len(blocks) or beside in out:
                continue
            block = blocks[beside]
            further = (
                blocks[2 * beside - index].text.text
                if 0 <= 2 * beside - index < len(blocks)
                else ""
            )
            if _BARE_NUMBER.fullmatch(further):
                continue  # several numbers: nobody knows of what
            long = len(block.text.text) >= _FIGURES
            if block.label is None and long and _BARE_NUMBER.fullmatch(block.text.text):
                out[beside] = FrontLine(tuple(read_bare_number(block.text.text)))
