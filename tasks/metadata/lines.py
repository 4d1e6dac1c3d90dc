"""Which blocks are front matter: by their form first, by their place as a weak hint.

Labelled lines count anywhere above the second body paragraph and below the last; a bare date, a
bare outlet or a bare name only where no body stands yet. So a date line inside an article stays a
heading, and ``2024 is hailed`` stays a sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from models.records import BlockKind, DraftBlock
from tasks.blocks.prose import BODY_WEIGHT, is_prose, weight
from tasks.metadata.affiliations import behind_names
from tasks.metadata.counts import read_bare_number
from tasks.metadata.fields import read_fields, read_later_fields
from tasks.metadata.found import Field, Found
from tasks.metadata.names import Name, names_at, surely_named, surely_person
from tasks.metadata.when import split_date
from tasks.metadata.words import column_pattern, counter_of, is_outlet, masthead_pattern, role_of

_LONGEST = 300
_LONGEST_NAME = 40  # of an outlet that no list knows
_TOP_LINES = 8
_EDGE = 14  # blocks at either end of a page whose short lines are all looked at
_LONGEST_INSIDE = 120
_LONGEST_LABELLED = 120
_LONGEST_NAMES = 80
_HAN = re.compile(r"[\u3400-\u9fff]")
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d年?")
_END = frozenset('.。!！?？…"”’」』)）')
_BARE_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d)?\s?[kKwW万]?")
#: A line without one of these at its start or a digit is no front matter inside the body.
_INSIDE = re.compile(
    r"[(（\[【]|[^\s:：/|｜丨]{1,14}\s?[:：/|｜丨]|[\u3400-\u9fff]{0,6}(?:记者|編輯|编辑|摄影|攝影)\s"
)
#: A line without one of these is no front matter, but for the name of an outlet.
_SIGN = re.compile(
    r"[\d:：/／|｜丨二民前昨今刚剛]|记者|記者|编辑|編輯|报道|報導|作者|来源|來源|文章|摄影|攝影|通讯员"
    r"|原创|\A\W{0,3}(?:[Bb]y|BY|[Ww]ritten|[Ss]tory|[Ww]ords|[Rr]eport|[Ee]dit|[Pp]hoto|[Vv]ia)"
    r"|\A\W{0,3}(?:撰文|责编|責編|校对|译者|翻译|监制|采写|供图|排版|审核|统筹|策划|编译|整理)"
    r"|\b[Bb]y\s{1,2}[A-Z]|(?:published|appeared) (?:in|on|by) "
    r"|\A\W{0,3}(?:[Cc]ourtesy|[Aa]dditional)|\bago\b|[Yy]esterday|[Tt]oday|[Jj]ust now"
)
#: Nor is a line at either end of a page without one of these.
_EDGE_SIGN = re.compile(
    r"[^\s《。，！？,.!?]{0,12}(?:\s[^。，！？]{1,40}\Z|《)|[(（【〔\[□■◎●◆▲○※]"
    r"|(?:本文|此文|原载|原刊|转自|轉自|转载|摘自|首发|记者|記者|作者|编)"
    r"|(?:[Tt]he )?(?:[A-Z][\w.'’&\-]{1,24}[ ,]{1,2}){1,6}?"
    r"(?:in |for |from |by |with |at |reports|reporting|special |Special |staff|Staff|and )"
)
_AROUND = " |｜·•()（）[]【】-—"
_LABEL_ONLY = re.compile(r"[^\s:：]{1,14}(?: [^\s:：]{1,10})?\s?[:：]")


class _Zone(Enum):
    TOP = "top"  # no body paragraph yet
    FRONT = "front"  # one
    INSIDE = "inside"
    TAIL = "tail"  # below the last


@dataclass(frozen=True, slots=True)
class FrontLine:
    """The fields of a front-matter block, with their places in its text."""

    found: tuple[Found, ...]


def front_matter(
    blocks: Sequence[DraftBlock], published: str = "", site_lines: str = ""
) -> dict[int, FrontLine]:
    """The blocks that are front matter, by their places.

    ``published`` is the container's date, ``site_lines`` the site's own lines that were removed.
    """
    edges = {*range(_EDGE), *range(max(0, len(blocks) - _EDGE), len(blocks))}
    read = {
        i: read_fields(b.text.text) for i, b in enumerate(blocks) if _may_be(b, at_edge=i in edges)
    }
    for index in range(min(len(blocks), _EDGE)):
        if index in read and read[index] is None:
            later = read_later_fields(blocks[index].text.text)
            read[index] = later[1] if later is not None else None
    labelled = {
        i: found for i in edges if i < len(blocks) and (found := _labelled_block(blocks[i]))
    }
    body = [_is_body(b) and not read.get(i) and i not in labelled for i, b in enumerate(blocks)]
    last = max((i for i, is_body in enumerate(body) if is_body), default=-1)
    out: dict[int, FrontLine] = {}
    above = 0
    for index, block in enumerate(blocks):
        zone = _zone(above, index, last)
        above += body[index]
        fields = read.get(index)
        if (fields and _accept(fields, zone, block)) or (
            fields
            and zone is _Zone.FRONT
            and (day := _full_date(fields))
            and (index - 1 in out or published.startswith(day))
        ):
            out[index] = FrontLine(tuple(fields))
        elif zone is not _Zone.INSIDE and index in labelled:
            out[index] = FrontLine(tuple(labelled[index]))
    _add_masthead(blocks, out)
    _add_split_date(blocks, out)
    _add_names_beside(blocks, out)
    _add_outlet_beside(blocks, out, site_lines)
    _add_outlet_again(blocks, out)
    _add_split_counts(blocks, out)
    _add_split_lines(blocks, out)
    _add_bare_numbers(blocks, out)
    return out


def _zone(above: int, index: int, last: int) -> _Zone:
    if last < 0 or above == 0:
        return _Zone.TOP
    if index > last:
        return _Zone.TAIL
    return _Zone.FRONT if above == 1 else _Zone.INSIDE


def _may_be(block: DraftBlock, *, at_edge: bool) -> bool:
    text = block.text.text
    if block.label is not None or len(text) > _LONGEST:
        return False
    if at_edge and len(text) <= _LONGEST_INSIDE and _EDGE_SIGN.match(text) is not None:
        return True
    if len(text) > _LONGEST_INSIDE and _INSIDE.match(text) is None:
        return False
    return _SIGN.search(text) is not None or is_outlet(text.strip(_AROUND))


def _is_body(block: DraftBlock) -> bool:
    text = block.text.text
    if block.label is not None or block.kind in (BlockKind.LIST_ITEM, BlockKind.QUOTE):
        return weight(text[:BODY_WEIGHT]) >= BODY_WEIGHT // 2
    return is_prose(text)


def _accept(fields: Sequence[Found], zone: _Zone, block: DraftBlock) -> bool:
    said = [f for f in fields if f.field is not Field.TOOL]
    if not said:
        return False
    kinds = {f.field for f in said}
    if zone is not _Zone.TOP and any(f.bare for f in said):
        if zone is _Zone.TAIL and Field.OUTLET in kinds and block.text.text[0] in "（(【[":
            return True
        return zone is _Zone.FRONT and any(f.date is not None and f.date.has_day for f in said)
    if zone is _Zone.TOP:
        return kinds != {Field.NUMBER}
    labelled = any(f.labelled for f in said) or bool(
        kinds & {Field.PERSON, Field.URL, Field.CREDIT, Field.ORIGINAL_TITLE}
    )
    if zone is _Zone.FRONT:
        return labelled or len(said) > 1
    if zone is _Zone.TAIL:
        if all(f.date is None or f.date.precision == "relative" for f in said) and not labelled:
            return kinds == {Field.OUTLET}
        return labelled or kinds == {Field.OUTLET} or len(kinds) > 1
    if kinds == {Field.COUNTER}:
        return all(f.name in ("words", "reading_minutes") for f in said)
    return len(block.text.text) <= _LONGEST_INSIDE and kinds <= {Field.PERSON, Field.CREDIT}


def _full_date(fields: Sequence[Found]) -> str:
    """The day of a line that is a date and nothing else, as below a byline; "" when it is not."""
    date = fields[0].date if len(fields) == 1 else None
    return date.value[:10] if date is not None and date.has_day else ""


def _labelled_block(block: DraftBlock) -> list[Found]:
    """``记者：王强``, ``公众号：某某``, where the word in front was taken for a speaker's label."""
    if block.label is None or len(block.text.text) > _LONGEST_LABELLED:
        return []
    label = block.label.text
    fields = read_fields(
        f"{label}：{block.text.text}" if _HAN.search(label) else f"{label}: {block.text.text}"
    )
    shift = len(label) + (1 if _HAN.search(label) else 2)
    if not fields or any(f.start < shift and f.field is not Field.TOOL for f in fields):
        return []
    said = [f for f in fields if f.field is not Field.TOOL]
    if not all(f.labelled for f in said) or not _are_values(said, block.text.text):
        return []
    return [f.moved(-shift) for f in fields if f.start >= shift]


def _are_values(said: Sequence[Found], text: str) -> bool:
    """Whether what a label names is surely a value: names in the form of names, or a date."""
    for found in said:
        if found.field is Field.PERSON:
            names, _ = names_at(found.value, 0, len(found.value), strict=True)
            if not names or role_of(found.value) is not None:
                return False
    return bool(said) and text[-1] not in "。！？!?"


def _add_masthead(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """The name of the paper above the title: the first line, with a longer one below."""
    lines = [index for index in range(min(6, len(blocks))) if index not in out][:2]
    if len(lines) < 2 or len(blocks) < 3:
        return
    first, second = blocks[lines[0]], blocks[lines[1]]
    text, below = first.text.text, second.text.text
    if first.label is not None or masthead_pattern().fullmatch(text) is None:
        return
    if second.label is None and not is_prose(below) and weight(below) > weight(text):
        found = Found(Field.OUTLET, 0, len(text), len(text), value=text)
        out[lines[0]] = FrontLine((found,))


def _add_split_date(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """A date in several lines, such as ``2025`` / ``05/21`` / ``14:08:33``: one above the body."""
    for index in range(min(len(blocks), _EDGE)):
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
        if not (beside or listed):
            continue
        names, stop = names_at(text, 0, len(text), strict=True)
        if stop != len(text) or not _are_surely_people(names):
            continue
        out[index] = FrontLine(
            tuple(Found(Field.PERSON, s, e, stop, "author", n, bare=True) for s, e, n in names)
        )
    for index in top:
        people = out[index - 1].found if index - 1 in out else ()
        if index in out or not any(found.field is Field.PERSON for found in people):
            continue
        text = blocks[index].text.text
        behind = behind_names(f", {text}", 0, credit=False)
        if behind and behind[-1].stop == len(text) + 2 and len(text) <= _LONGEST_NAME:
            out[index] = FrontLine(tuple(found.moved(-2) for found in behind if found.start >= 2))


def _are_surely_people(names: Sequence[Name]) -> bool:
    """Whether one of the names is surely somebody's, and all others may be."""
    return any(surely_person(n.name) for n in names) and all(
        surely_person(n.name) or (n.name > "\u3400" and surely_named(n.name)) for n in names
    )


def _top_lines(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> list[int]:
    """The lines above the body that are no front matter so far."""
    top: list[int] = []
    for index, block in enumerate(blocks[:_EDGE]):
        if _is_body(block) and index not in out:
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
    for index in range(min(len(blocks), _EDGE) - 1):
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
    """A label alone in its line, the value in the next (``来源：`` / ``某某网``)."""
    for index in range(min(len(blocks) - 1, 20)):
        text, block = blocks[index].text.text, blocks[index + 1]
        if text[-1] not in ":：" or len(text) > 30 or index in out or block.label is not None:
            continue
        if _LABEL_ONLY.fullmatch(text) is None:
            continue
        if len(block.text.text) > 40:
            continue
        fields = read_fields(text + block.text.text)
        shift = len(text)
        if not fields or any(f.start < shift or not f.labelled for f in fields):
            continue
        out[index] = FrontLine(())
        out[index + 1] = FrontLine(tuple(f.moved(-shift) for f in fields))


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
