"""Authors that their place names: above a button that follows them, in a card below the text."""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.records import DraftBlock
from tasks.blocks.prose import weight
from tasks.metadata.found import STRANGE, Field, Found
from tasks.metadata.names import ACCOUNT_KIND, is_person, names_at
from tasks.metadata.sure_names import likely_person, surely_named
from tasks.metadata.top import EDGE, LONGEST_NAME, FrontLine, is_body
from tasks.metadata.words import is_outlet, masthead_pattern

_SHORT = 36  # weight of a name that somebody gave themselves
_TITLE = 24  # weight of the shortest line that can be the title above it
_LONGEST_CARD = 500
_SAYS_SOMETHING = re.compile(r"[，。！？、：；,.!?:;|｜/（）()“”\"]|\d{4}")
_CARD = re.compile(
    r"(?:[▌■●]\s?)?(?:(?:关于|關於)(?:本文)?作者|(?:本文)?作者(?:简介|簡介|介绍|介紹|信息)"
    r"|About the (?:authors?|writers?|contributors?|reporters?)|Author bio(?:graphy)?)\s?[:：]?",
    re.IGNORECASE,
)
_CARD_VERB = re.compile(
    r"(?:,? (?:Ph\.?D\.?|MD|M\.D\.),?)? (?:is|was|has|writes|covers|reports|lives|teaches"
    r"|works|joined|edits"
    r"|studies|holds|spent|grew|began|started)\b|[,，：:（(]\s?|\s?(?:系|是|为|現為|现为|現任|现任|毕业于)|\Z"
)


def add_followed(
    blocks: Sequence[DraftBlock], out: dict[int, FrontLine], followed: frozenset[int]
) -> None:
    """The name above a button that follows the author, below the title.

    A second line between the two says who that is.
    """
    outlets = {f.value for line in out.values() for f in line.found if f.field is Field.OUTLET}
    for place in followed:
        if not 0 < place < EDGE:
            continue
        near: list[int] = []
        for index in range(place, max(place - 4, 0), -1):
            text = blocks[index].text.text
            if index in out:
                if any(f.field is Field.PERSON for f in out[index].found):
                    return
                if (account := _account(blocks[index].text.text, out[index])) is not None:
                    out[index] = account
                    return
                continue
            if ACCOUNT_KIND.search(text) is not None and len(text) <= LONGEST_NAME:
                out[index] = FrontLine((Found(Field.TOOL, 0, len(text), len(text)),))
                continue
            if weight(text) > _SHORT * 2 or is_body(blocks[index]) or len(near) == 2:
                break
            near.append(index)
        for index in reversed(near):
            text = blocks[index].text.text
            above = [weight(b.text.text) for i, b in enumerate(blocks[:index]) if i not in out]
            if blocks[index].label is not None or max(above, default=0) < max(_TITLE, weight(text)):
                continue
            if weight(text) <= _SHORT and _SAYS_SOMETHING.search(text) is None:
                paper = text in outlets or is_outlet(text) or masthead_pattern().fullmatch(text)
                if paper:
                    found = Found(Field.OUTLET, 0, len(text), len(text), value=text)
                    out[index] = FrontLine((found,))
                elif is_person(text):
                    found = Found(Field.PERSON, 0, len(text), len(text), "author", text, bare=True)
                    out[index] = FrontLine((found,))
                break


def _account(text: str, line: FrontLine) -> FrontLine | None:
    """A line with a time and a name that no reader knows: the account that is followed."""
    timed = any(f.date is not None and "T" in f.date.value for f in line.found)
    strange = [f for f in line.found if f.name == STRANGE]
    names = [f for f in strange if ACCOUNT_KIND.search(text, f.start, f.end) is None]
    if not timed or len(names) != 1 or any(f.field is Field.OUTLET for f in line.found):
        return None
    value = text[names[0].start : names[0].end]
    account = replace(names[0], field=Field.OUTLET, name="", value=value)
    if surely_named(value):
        account = replace(account, field=Field.PERSON, name="author", bare=True)
    return FrontLine(tuple(account if f is names[0] else f for f in line.found))


def add_cards(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """The author that a card below the text names: ``About the author`` and a line about them."""
    for index in range(max(1, len(blocks) - EDGE), len(blocks) - 1):
        block, card = blocks[index], blocks[index + 1]
        text = card.text.text
        if block.label is not None or _CARD.fullmatch(block.text.text) is None:
            continue
        if index + 1 in out or card.label is not None or len(text) > _LONGEST_CARD:
            continue
        names, _ = names_at(text, 0, min(len(text), 60), strict=True)
        if not names or not (likely_person(names[0].name) or surely_named(names[0].name)):
            continue
        start, end, name = names[0]
        if start != 0 or _CARD_VERB.match(text, end) is None:
            continue
        size = len(block.text.text)
        out[index] = FrontLine((Found(Field.TOOL, 0, size, size),))
        found = Found(Field.PERSON, start, end, len(text), "author", name, labelled=True)
        out[index + 1] = FrontLine((found,))
