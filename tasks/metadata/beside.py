"""Lines that are front matter by what stands beside them: a name, an outlet, a split date or count.

Each rule reads the lines of front matter found so far (``out``) and adds to them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.records import BlockKind, DraftBlock
from tasks.blocks.prose import BODY_WEIGHT, is_prose, weight
from tasks.metadata.affiliations import behind_names, role_behind
from tasks.metadata.counts import read_bare_number
from tasks.metadata.fields import read_fields
from tasks.metadata.found import Field, Found
from tasks.metadata.headers import bare_label, is_body_label
from tasks.metadata.names import Name, is_name, names_at
from tasks.metadata.sure_names import likely_person, surely_named, surely_person
from tasks.metadata.when import split_date
from tasks.metadata.words import column_pattern, counter_of, is_position, masthead_pattern

EDGE = 14  # blocks at either end of a page whose short lines are all looked at
_LONGEST_NAME = 40  # of an outlet that no list knows
_TOP_LINES = 8
_LONGEST_NAMES = 80
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d年?")
_END = frozenset('.。!！?？…"”’」』)）')
_BARE_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d)?\s?[kKwW万]?")
_READ = 40  # blocks in which a name may come again
_OFFICE_IN_FRONT = re.compile(
    r"[\u3400-\u9fff]{3,16}(?:局|厅|委|委员会|办|办公室|办事处|中心|集团|公司|协会|学会|部|院|馆|所|站|社|大学|中学|小学|学校)\s(?=[\u3400-\u9fff]{2,4}\Z)"
)
_PLACE_BEHIND = re.compile(
    r",? (?:[|·•–-] )?(?:in |from )?[A-Z][\w.'’\-]{1,20}(?: [A-Z][\w.'’\-]{1,20})?\Z"
)
_SECTIONS = re.compile(
    r"(?:(?:posted |filed |published )?(?:in|under) |categor(?:y|ies):? )"
    r"[A-Z][\w&’'\-]{1,20}(?: [A-Z&][\w&’'\-]{0,20}){0,2}(?:, [A-Z][\w&’'\-]{1,20}(?:"
    r" [A-Z][\w’'\-]{1,20})?){0,5}",
    re.IGNORECASE,
)
_LABEL_ONLY = re.compile(r"[^\s:：]{1,14}(?: [^\s:：]{1,10})?\s?[:：]")


@dataclass(frozen=True, slots=True)
class FrontLine:
    """The fields of a front-matter block, with their places in its text."""

    found: tuple[Found, ...]


def add_from_neighbours(
    blocks: Sequence[DraftBlock], out: dict[int, FrontLine], site_lines: str
) -> None:
    """Add the lines of front matter that only their neighbours show to be such.

    ``site_lines``: the site's own lines that were removed.
    """
    _add_masthead(blocks, out)
    _add_split_date(blocks, out)
    _add_names_beside(blocks, out)
    _add_outlet_beside(blocks, out, site_lines)
    _add_outlet_again(blocks, out)
    _add_split_counts(blocks, out)
    _add_split_lines(blocks, out)
    _add_bare_numbers(blocks, out)
    _add_sections(blocks, out)


def is_body(block: DraftBlock) -> bool:
    """Whether a block is text of the article, by its weight and its end."""
    text = block.text.text
    if block.label is not None or block.kind in (BlockKind.LIST_ITEM, BlockKind.QUOTE):
        return weight(text[:BODY_WEIGHT]) >= BODY_WEIGHT // 2
    return is_prose(text)


def _add_masthead(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """The name of the paper above the title: the first line, with a longer one below."""
    lines = [index for index in range(min(6, len(blocks))) if index not in out][:3]
    if len(lines) < 2 or len(blocks) < 3:
        return
    first = blocks[lines[0]]
    text = first.text.text
    if first.label is not None or masthead_pattern().fullmatch(text) is None:
        return
    below = [blocks[index] for index in lines[1:]]
    if any(
        b.label is None and not is_prose(b.text.text) and weight(b.text.text) > weight(text)
        for b in below
    ):
        found = Found(Field.OUTLET, 0, len(text), len(text), value=text)
        out[lines[0]] = FrontLine((found,))


def _add_split_date(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
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


def _add_names_beside(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """Names alone in their line, beside a date, a byline or an outlet, above the body.

    They must surely be somebody's, and there must be a longer line that can be the title. A line
    below them that only says what they are goes with them.
    """
    top = _top_lines(blocks, out)
    longest = max((weight(blocks[index].text.text) for index in top), default=0)
    for index in top:
        text = blocks[index].text.text
        if len(text) > _LONGEST_NAMES or weight(text) >= longest:
            continue
        listed = blocks[index].kind is BlockKind.LIST_ITEM
        beside = any(
            _is_beside(out.get(other)) for other in (index - 2, index - 1, index + 1, index + 2)
        )
        told = index + 1 < len(blocks) and is_position(blocks[index + 1].text.text.strip(" ,|"))
        found = _named_line(text, blocks[index + 1 :])
        told = told or any(
            f.field is Field.TOOL and is_position(text[f.start : f.stop].strip(" ,|()·–-"))
            for f in found
        )
        if found and (beside or listed or told):
            out[index] = FrontLine(tuple(found))
    for index in top:
        people = out[index - 1].found if index - 1 in out else ()
        if index in out or not any(found.field is Field.PERSON for found in people):
            continue
        text = blocks[index].text.text
        behind = behind_names(f", {text}", 0, credit=False)
        if behind and behind[-1].stop == len(text) + 2 and len(text) <= _LONGEST_NAME:
            out[index] = FrontLine(tuple(found.moved(-2) for found in behind if found.start >= 2))


def _named_line(text: str, below: Sequence[DraftBlock]) -> list[Found]:
    """The persons of a line that has names, what they are and where, and nothing else.

    A name that only its form tells must not come again in the text below: there it is a place,
    or somebody in the story.
    """
    office = _OFFICE_IN_FRONT.match(text)
    names, stop = names_at(text, office.end() if office else 0, len(text), strict=True)
    sure = _are_surely_people(names)
    if not sure:
        said = "\n".join(block.text.text for block in below[:_READ])
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


def _are_surely_people(names: Sequence[Name]) -> bool:
    """Whether one of the names is surely somebody's, and all others may be."""
    return any(surely_person(n.name) for n in names) and all(
        surely_person(n.name) or (n.name > "\u3400" and surely_named(n.name)) for n in names
    )


def _top_lines(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> list[int]:
    """The lines above the body that are no front matter so far."""
    top: list[int] = []
    for index, block in enumerate(blocks[:EDGE]):
        if is_body(block) and index not in out:
            break
        if index not in out and block.label is None:
            top.append(index)
    return top


def _add_outlet_beside(
    blocks: Sequence[DraftBlock], out: dict[int, FrontLine], site_lines: str
) -> None:
    """The outlet alone in its line, beside a date, a byline or a counter, above the body.

    It must have the form of an outlet's name, or come again in a line of the site's, such as that
    of its rights; and there must be a longer line that can be the title.
    """
    if any(found.field is Field.OUTLET for line in out.values() for found in line.found):
        return
    top = [index for index in _top_lines(blocks, out) if index < _TOP_LINES]
    longest = max((weight(blocks[index].text.text) for index in top), default=0)
    for index in top:
        text = blocks[index].text.text
        if len(text) > _LONGEST_NAME or text[-1] in _END or weight(text) >= longest:
            continue
        if not any(_is_beside(out.get(other)) for other in (index - 1, index + 1)):
            continue
        formed = any(p.fullmatch(text) for p in (masthead_pattern(), column_pattern()))
        named = text[0] > "\u3400" or text.startswith("The ") or len(text.split()) != 2
        if formed or (len(text) > 2 and named and text in site_lines):
            out[index] = FrontLine((Found(Field.OUTLET, 0, len(text), len(text), value=text),))
            return


def _add_outlet_again(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """The outlet's name in a line of its own, where front matter names it as well."""
    known = {
        f.value.casefold() for line in out.values() for f in line.found if f.field is Field.OUTLET
    }
    top = _top_lines(blocks, out)
    for index in top:
        text = blocks[index].text.text
        if text.casefold() in known and len(top) > 1:
            out[index] = FrontLine((Found(Field.OUTLET, 0, len(text), len(text), value=text),))


def _add_split_counts(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """A count in a line of its own, its word in the line above or below (``221`` / ``VIEWS``)."""
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


def _is_beside(line: FrontLine | None) -> bool:
    """Whether a line of front matter has a date, a person or a counter."""
    return line is not None and any(
        found.date is not None or found.field in (Field.PERSON, Field.COUNTER)
        for found in line.found
    )


def _add_split_lines(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
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
        if not (_LABEL_ONLY.fullmatch(text) if colon else top and bare_label().fullmatch(text)):
            continue
        joint = "" if colon else ("：" if text[0] > "\u3400" else ": ")
        fields = read_fields(text + joint + block.text.text)
        shift = len(text) + len(joint)
        if not fields or any(f.start < shift or not f.labelled for f in fields):
            continue
        if not colon and any(f.field is Field.PERSON and not is_name(f.value) for f in fields):
            continue
        out[index] = FrontLine(())
        out[index + 1] = FrontLine(tuple(f.moved(-shift) for f in fields))


def _add_sections(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """``in Community, News`` below a date, ``Posted in News``: the sections of a blog."""
    for index in range(1, min(len(blocks), EDGE)):
        text = blocks[index].text.text
        dated = index - 1 in out and any(f.date is not None for f in out[index - 1].found)
        if index not in out and dated and _SECTIONS.fullmatch(text) is not None:
            out[index] = FrontLine((Found(Field.TOOL, 0, len(text), len(text)),))


def _add_bare_numbers(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """A number alone beside a line with a date: how often the page was read."""
    if any(f.field is Field.COUNTER for line in out.values() for f in line.found):
        return  # where counts have names, a number without one is not the readers'
    for index in list(out):
        if not any(f.date is not None for f in out[index].found):
            continue
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
            if block.label is None and _BARE_NUMBER.fullmatch(block.text.text):
                out[beside] = FrontLine(tuple(read_bare_number(block.text.text)))
