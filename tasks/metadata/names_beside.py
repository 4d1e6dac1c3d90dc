"""Names alone in their line, above the body and beside other front matter."""

import re
from collections.abc import Sequence

from models.records import BlockKind, DraftBlock
from tasks.blocks.prose import weight
from tasks.metadata.affiliations import behind_names, role_behind
from tasks.metadata.found import Field, Found
from tasks.metadata.names import Name, names_at
from tasks.metadata.sure_names import likely_person, surely_named, surely_person
from tasks.metadata.top import (
    LONGEST_NAME,
    FrontLine,
    is_beside,
    is_body,
    top_lines,
)
from tasks.metadata.words import is_outlet, is_position, masthead_pattern, outlet_pattern

_LONGEST_NAMES = 80
_READ = 40  # blocks in which a name may come again
_SIGNED = re.compile(r"[○□■◎●◆▲◇※]\s?(?=[\u3400-\u9fff])")
_LETTER = re.compile(r"[^\W\d_]")  # a line without one says how long a player plays
_BLANK = re.compile(r" ")
_POSITION_TAIL = re.compile(
    r"(?:[A-Z][a-z&]{1,15} ){0,3}(?:[a-z]{3,12} ){0,2}(?i:correspondent|editor|reporter|writer"
    r"|columnist|critic)s?\b"
)
_IN_PLACE = re.compile(r"in [A-Z][\w.'’\-]{1,20}(?: [A-Z][\w.'’\-]{1,20}){0,2}")
_OFFICE_IN_FRONT = re.compile(
    r"[\u3400-\u9fff]{3,16}(?:局|厅|委|委员会|办|办公室|办事处|中心|集团|公司|协会|学会|部|院|馆|所|站|社|大学|中学|小学|学校)\s(?=[\u3400-\u9fff]{2,4}\Z)"
)
_PLACE_BEHIND = re.compile(
    r",? (?:[|/·•–-] )?(?:in |from )?[A-Z][\w.'’\-]{1,20}(?: [A-Z][\w.'’\-]{1,20})?\Z"
)


def add_names_beside(
    blocks: Sequence[DraftBlock], out: dict[int, FrontLine], near: frozenset[int]
) -> None:
    """Names alone in their line, beside a date, a byline or an outlet, above the body.

    They must surely be somebody's, and there must be a longer line that can be the title. A line
    below them that only says what they are goes with them.
    """
    top = top_lines(blocks, out)
    longest = max((weight(blocks[index].text.text) for index in top), default=0)
    for index in top:
        text = blocks[index].text.text
        if len(text) > _LONGEST_NAMES or weight(text) >= longest:
            continue
        listed = blocks[index].kind is BlockKind.LIST_ITEM
        beside = index in near or any(
            is_beside(out.get(other)) for other in (index - 2, index - 1, index + 1, index + 2)
        )
        told = index + 1 < len(blocks) and _is_position(blocks[index + 1].text.text.strip(" ,|"))
        found = _named_line(text, blocks[index + 1 :])
        told = told or any(
            f.field is Field.TOOL and is_position(text[f.start : f.stop].strip(" ,|()·–-"))
            for f in found
        )
        told = told or _SIGNED.match(text) is not None or _is_between(blocks, index, out)
        if found and not beside and _is_told_of(found, blocks[index + 1 :]):
            continue  # a caption
        if found and (beside or listed or told):
            out[index] = FrontLine(tuple(found))
    for index in top:
        people = out[index - 1].found if index - 1 in out else ()
        if index in out or not any(found.field is Field.PERSON for found in people):
            continue
        text = blocks[index].text.text
        if _IN_PLACE.fullmatch(text) is not None:
            out[index] = FrontLine((Found(Field.TOOL, 0, len(text), len(text)),))
            continue
        behind = behind_names(f", {text}", 0, credit=False)
        if behind and behind[-1].stop == len(text) + 2 and len(text) <= LONGEST_NAME:
            out[index] = FrontLine(tuple(found.moved(-2) for found in behind if found.start >= 2))


def _is_told_of(found: Sequence[Found], below: Sequence[DraftBlock]) -> bool:
    """Whether the text tells of a person, but for a paragraph that introduces its author."""
    names = [field.value for field in found if field.field is Field.PERSON]
    told = [block.text.text for block in below[:_READ] if is_body(block)]
    return any(name in text and not text.startswith(name) for name in names for text in told)


_POSITION_ZH = re.compile(
    r"[\u3400-\u9fffA-Za-z0-9·]{0,10}?(?:记者|記者|编辑|編輯|特约撰稿人?|撰稿人|评论员|評論員|主笔|主筆|研究员"
    r"|研究員|教授|作家|特派员|特派員|专栏作家|專欄作家)"
)


def _is_position(text: str) -> bool:
    return is_position(text) or _POSITION_ZH.fullmatch(text) is not None


def _is_between(blocks: Sequence[DraftBlock], index: int, out: dict[int, FrontLine]) -> bool:
    """Whether a line stands right between the title and the first paragraph."""
    above = [place for place in range(index) if place not in out]
    below = [place for place in range(index + 1, len(blocks)) if place not in out]
    below = [place for place in below if _LETTER.search(blocks[place].text.text) is not None]
    if below and _is_outlet_form(blocks[below[0]].text.text):  # whom they write for
        del below[0]
    return bool(above and below) and len(above) == 1 and is_body(blocks[below[0]])


def _is_outlet_form(text: str) -> bool:
    return is_outlet(text) or masthead_pattern().fullmatch(text) is not None


def _named_line(text: str, below: Sequence[DraftBlock]) -> list[Found]:
    """The persons of a line that has names, what they are and where, and nothing else.

    A name that only its form tells must not come again in the text below: there it is a place,
    or somebody in the story.
    """
    front = _SIGNED.match(text) or _OFFICE_IN_FRONT.match(text)
    begin = front.end() if front else 0
    names, stop = names_at(text, begin, len(text), strict=True)
    names, stop = without_tail(text, names, stop)
    sure = _are_surely_people(names)
    if not sure:
        said = "\n".join(block.text.text for block in below[:_READ] if is_body(block))
        if not names or not all(likely_person(n.name) and n.name not in said for n in names):
            return []
    behind = behind_names(text, stop, credit=False)
    stop = behind[-1].stop if behind else stop
    place = _PLACE_BEHIND.match(text, stop) if names[0].name < "\u3400" else None
    if stop != len(text) and place is None:
        return []
    role = role_behind(text, behind)
    people = [Found(Field.PERSON, s, e, len(text), role, n, bare=True) for s, e, n in names]
    return people + behind


def without_tail(text: str, names: list[Name], stop: int) -> tuple[list[Name], int]:
    """The names, the last without a paper or position that stands right behind it.

    ``Jane Doe Halden Times``, ``Jane Doe Transport correspondent``: nothing separates them.
    """
    if not names or names[-1].name.count(" ") < 2 or names[-1].name > "\u3400":
        return names, stop
    *others, (start, _, _) = names
    words = list(_BLANK.finditer(text, start))
    for blank in words[1:3]:
        rest = text[blank.end() :]
        tail = _POSITION_TAIL.match(rest)
        paper = outlet_pattern().match(rest) or masthead_pattern().match(rest)
        name = text[start : blank.start()]
        if (tail is not None or paper is not None) and likely_person(name):
            return [*others, Name(start, blank.start(), name)], blank.start()
    return names, stop


def _are_surely_people(names: Sequence[Name]) -> bool:
    """Whether one of the names is surely somebody's, and all others may be."""
    return any(surely_person(n.name) for n in names) and all(
        surely_person(n.name) or (n.name > "\u3400" and surely_named(n.name)) for n in names
    )
