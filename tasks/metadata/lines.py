"""Which blocks are front matter: by their form first, by their place as a weak hint.

Labelled lines count anywhere above the second body paragraph and below the last; a bare date, a
bare outlet or a bare name only where no body stands yet. So a date line inside an article stays a
heading, and ``2024 is hailed`` stays a sentence.
"""

import re
from collections.abc import Sequence
from enum import Enum

from models.records import BlockKind, DraftBlock
from tasks.blocks.prose import weight
from tasks.metadata.authors import add_cards, add_followed
from tasks.metadata.counted import add_counted
from tasks.metadata.datelines import read_dateline_alone
from tasks.metadata.fields import read_fields, read_later_fields
from tasks.metadata.found import Field, Found
from tasks.metadata.names import names_at
from tasks.metadata.names_beside import add_names_beside
from tasks.metadata.outlets_beside import add_masthead, add_outlet_again, add_outlet_beside
from tasks.metadata.scanned import add_scanned
from tasks.metadata.second_front import add_second_front
from tasks.metadata.split_lines import (
    add_bare_numbers,
    add_sections,
    add_split_counts,
    add_split_date,
    add_split_lines,
    add_split_time,
)
from tasks.metadata.top import EDGE, Around, FrontLine, is_body
from tasks.metadata.words import is_outlet, role_of

_LONGEST = 300
_LONGEST_INSIDE = 120
_LONGEST_LABELLED = 120
_DECKS, _DECK, _BELOW_DECK = 2, 160, 3  # how many, their weight, how far above the date
_HAN = re.compile(r"[\u3400-\u9fff]")
#: A line without one of these at its start or a digit is no front matter inside the body.
_INSIDE = re.compile(
    r"[(（\[［【]|(?i:(?:additional )?(?:reporting|reported|written|edited|story|words)) by\b"
    r"|[^\s:：/|｜丨]{1,14}\s?[:：/|｜丨]|[\u3400-\u9fff]{0,6}(?:记者|編輯|编辑|摄影|攝影)\s"
)
#: A line without one of these is no front matter, but for the name of an outlet.
_SIGN = re.compile(
    r"[\d:：/／|｜丨二民前昨今刚剛]|记者|記者|编辑|編輯|报道|報導|作者|来源|來源|文章|摄影|攝影|通讯员"
    r"|原创|\A\W{0,3}(?:[Bb]y|BY|[Ww]ritten|[Tt]ext |[Ss]tory|[Ww]ords|[Rr]eport|[Ee]dit"
    r"|[Pp]hoto|[Vv]ia)"
    r"|\A\W{0,3}(?:撰文|责编|責編|校对|译者|翻译|监制|采写|供图|排版|审核|统筹|策划|编译|整理)"
    r"|\b[Bb]y\s{1,2}[A-Z]|(?:published|appeared) (?:in|on|by) "
    r"|\A\W{0,3}(?:[Cc]ourtesy|[Aa]dditional)|\bago\b|[Yy]esterday|[Tt]oday|[Jj]ust now"
)
#: Nor is a line at either end of a page without one of these.
_EDGE_SIGN = re.compile(
    r"[^\s《。，！？,.!?]{0,12}(?:\s[^。，！？]{1,100}\Z|《)|[(（【〔\[［□■◎●◆▲○※]"
    r"|(?:本文|此文|原载|原刊|转自|轉自|转载|摘自|首发|记者|記者|作者|编)"
    r"|(?:[Tt]he )?(?:[A-Z][\w.'’&\-]{1,24}[ ,]{1,2}){1,6}?"
    r"(?:in |for |from |by |with |at |reports|reported|contributed|wrote|reporting|special "
    r"|Special |staff|Staff|and |is an? |is the |can be |may be |writes |covers )"
)
_OPENS, _CLOSES = frozenset("(（[［【"), frozenset(")）]］】")
_AROUND = " |｜·•()（）[]［］【】-—"


class _Zone(Enum):
    TOP = "top"  # no body paragraph yet
    FRONT = "front"  # one
    INSIDE = "inside"
    TAIL = "tail"  # below the last


def front_matter(
    blocks: Sequence[DraftBlock], published: str, around: Around
) -> dict[int, FrontLine]:
    """The blocks that are front matter, by their places.

    ``published`` is the container's date, ``around`` what was removed around the blocks.
    """
    edges = {*range(EDGE), *range(max(0, len(blocks) - EDGE), len(blocks))}
    read = {
        i: read_fields(b.text.text) for i, b in enumerate(blocks) if _may_be(b, at_edge=i in edges)
    }
    for index in range(min(len(blocks), EDGE)):
        if index in read and read[index] is None:
            later = read_later_fields(blocks[index].text.text)
            read[index] = later[1] if later is not None else None
        if read.get(index) is None and blocks[index].label is None:
            read[index] = read_dateline_alone(blocks[index].text.text) or None
    labelled = {
        i: found for i in edges if i < len(blocks) and (found := _labelled_block(blocks[i]))
    }
    body = [is_body(b) and not read.get(i) and i not in labelled for i, b in enumerate(blocks)]
    if blocks and blocks[0].kind is BlockKind.HEADING:
        body[0] = False  # a headline that ends like a sentence
    last = max((i for i, is_body in enumerate(body) if is_body), default=-1)
    out: dict[int, FrontLine] = {}
    above = 0
    for index, block in enumerate(blocks):
        zone = _zone(above, index, last)
        above += body[index]
        fields = read.get(index)
        dated = False
        if fields and zone is _Zone.FRONT and (day := _full_date(fields)):
            beside = index - 1 in out or published.startswith(day)
            dated = beside or _below_deck(blocks, body, index)
        elif fields and zone is _Zone.INSIDE:
            dated = _surely_dated(fields, blocks, body, index)
        if fields and (dated or _accept(fields, zone, block)):
            out[index] = FrontLine(tuple(fields))
        elif zone is not _Zone.INSIDE and index in labelled:
            out[index] = FrontLine(tuple(labelled[index]))
    add_second_front(blocks, out, read, body)
    add_masthead(blocks, out)
    add_split_date(blocks, out)
    add_split_time(blocks, out)
    add_names_beside(blocks, out, around.beside)
    add_followed(blocks, out, around.followed)
    add_outlet_beside(blocks, out, around.site_lines)
    add_outlet_again(blocks, out)
    add_scanned(blocks, out, around.headline)
    add_counted(blocks, out, around.counted)
    add_split_counts(blocks, out)
    add_split_lines(blocks, out)
    add_bare_numbers(blocks, out)
    add_sections(blocks, out)
    add_cards(blocks, out)
    _spare_only_title(blocks, out)
    _without_other_stories(blocks, out, body)
    return out


_BY = re.compile(r"\W{0,3}by\s", re.IGNORECASE)
_STORIES = 2


def _without_other_stories(
    blocks: Sequence[DraftBlock], out: dict[int, FrontLine], body: Sequence[bool]
) -> None:
    """Several bylines far below the one that names the author of a page are of other stories."""
    paragraphs = [index for index, is_text in enumerate(body) if is_text]
    last = paragraphs[_STORIES] if len(paragraphs) > _STORIES else len(blocks)
    above = {f.value for i in out if i < last for f in out[i].found if f.field is Field.PERSON}
    below = [
        index
        for index in out
        if index > last
        and _BY.match(blocks[index].text.text) is not None
        and not any(f.value in above for f in out[index].found)
    ]
    if above and len(below) >= _STORIES:
        for index in below:
            size = len(blocks[index].text.text)
            out[index] = FrontLine((Found(Field.TOOL, 0, size, size),))


def _spare_only_title(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """A line with a label that names nothing we keep is the title where no other line can be."""
    top = [i for i, b in enumerate(blocks[:EDGE]) if i not in out and not is_body(b)]
    for index in list(out):
        if {f.field for f in out[index].found} == {Field.OTHER} and not top:
            del out[index]


def _zone(above: int, index: int, last: int) -> _Zone:
    if last < 0 or above == 0:
        return _Zone.TOP
    if index > last:
        return _Zone.TAIL
    return _Zone.FRONT if above == 1 else _Zone.INSIDE


def _may_be(block: DraftBlock, *, at_edge: bool) -> bool:
    text = block.text.text
    if block.label is not None or len(text) > _LONGEST or block.kind is BlockKind.TITLE:
        return False
    if at_edge and len(text) <= _LONGEST_INSIDE and _EDGE_SIGN.match(text) is not None:
        return True
    if len(text) > _LONGEST_INSIDE and _INSIDE.match(text) is None:
        return False
    return _SIGN.search(text) is not None or is_outlet(text.strip(_AROUND))


def _accept(fields: Sequence[Found], zone: _Zone, block: DraftBlock) -> bool:
    said = [f for f in fields if f.field is not Field.TOOL]
    if not said:
        return False
    kinds = {f.field for f in said}
    if kinds == {Field.OTHER}:
        return zone is _Zone.TOP
    if zone is not _Zone.TOP and any(f.bare for f in said):
        if zone is _Zone.TAIL and Field.OUTLET in kinds and block.text.text[0] in "（(【[［":
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
    text = block.text.text
    if kinds == {Field.PERSON, Field.OUTLET}:  # above what readers say
        return text[0] in _OPENS and text[-1] in _CLOSES
    return len(text) <= _LONGEST_INSIDE and kinds <= {Field.PERSON, Field.CREDIT}


def _below_deck(blocks: Sequence[DraftBlock], body: Sequence[bool], date: int) -> bool:
    """Whether the paragraphs above a date are a title that ends like a sentence, or a deck.

    They are short, one or two, and the text goes on below the date.
    """
    above = [index for index in range(date) if body[index]]
    return (
        len(above) <= _DECKS
        and date < EDGE
        and date - above[-1] <= _BELOW_DECK
        and all(weight(blocks[index].text.text) <= _DECK for index in above)
        and sum(body[date + 1 : date + 6]) > 1
    )


def _surely_dated(
    fields: Sequence[Found], blocks: Sequence[DraftBlock], body: Sequence[bool], index: int
) -> bool:
    """Whether a line between paragraphs is front matter: at the top, with a day and its label, or
    a day right below a deck; persons with labels beside a day anywhere.
    """
    said = [field for field in fields if field.field is not Field.TOOL]
    days = [field for field in said if field.date is not None and field.date.has_day]
    if not days:
        return False
    if all(field.labelled for field in said) and (
        index < EDGE or any(field.field is Field.PERSON for field in said)
    ):
        return True
    return _full_date(fields) != "" and _below_deck(blocks, body, index)


def _full_date(fields: Sequence[Found]) -> str:
    """The day of a line that is a date and nothing else that says anything; "" when it is not."""
    said = [field for field in fields if field.field is not Field.TOOL]
    date = said[0].date if len(said) == 1 else None
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
    first, *others = said or fields
    if not (first.labelled or first.field is Field.CREDIT) or not all(
        f.labelled or f.date is not None or f.field is Field.CREDIT for f in others
    ):
        return []
    if not _are_values(said, block.text.text):
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
