"""The outlet alone in its line, above the title or beside other front matter."""

import re
from collections.abc import Sequence

from models.records import DraftBlock
from tasks.blocks.english import is_common
from tasks.blocks.prose import is_prose, weight
from tasks.metadata.found import Field, Found
from tasks.metadata.top import (
    LONGEST_NAME,
    TOP_LINES,
    FrontLine,
    is_beside,
    top_lines,
)
from tasks.metadata.words import (
    column_pattern,
    is_outlet,
    masthead_pattern,
    short_paper_pattern,
)

_IN_BRACKETS = re.compile(r"\s\([A-Z][\w ,.]{1,24}\)\Z")
_END = frozenset('.。!！?？…"”’」』)）:：')
_PLACE_TAIL = re.compile(r", [A-Z][\w.'’\-]{1,20}(?: [A-Z][\w.'’\-]{1,20})?\Z")


def add_masthead(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """The name of the paper above the title: the first line, with a longer one below."""
    lines = [index for index in range(min(6, len(blocks))) if index not in out][:3]
    if len(lines) < 2 or len(blocks) < 3:
        return
    first = blocks[lines[0]]
    text = _IN_BRACKETS.sub("", first.text.text)
    if first.label is not None or masthead_pattern().fullmatch(text) is None:
        return
    below = [blocks[index] for index in lines[1:]]
    if any(
        b.label is None and not is_prose(b.text.text) and weight(b.text.text) > weight(text)
        for b in below
    ):
        found = Found(Field.OUTLET, 0, len(text), len(first.text.text), value=text)
        out[lines[0]] = FrontLine((found,))


def add_outlet_beside(
    blocks: Sequence[DraftBlock], out: dict[int, FrontLine], site_lines: str
) -> None:
    """The outlet alone in its line, beside a date, a byline or a counter, above the body.

    It must have the form of an outlet's name, or come again in a line of the site's, such as that
    of its rights; and there must be a longer line that can be the title.
    """
    if any(found.field is Field.OUTLET for line in out.values() for found in line.found):
        return
    top = [index for index in top_lines(blocks, out) if index < TOP_LINES]
    longest = max((weight(blocks[index].text.text) for index in top), default=0)
    for index in top:
        text = blocks[index].text.text
        if len(text) > LONGEST_NAME or text[-1] in _END or weight(text) >= longest:
            continue
        if not any(is_beside(out.get(other)) for other in (index - 1, index + 1)):
            continue
        place = _PLACE_TAIL.search(text)
        text = text[: place.start()] if place is not None else text
        formed = is_outlet(text) or any(
            p.fullmatch(text) for p in (masthead_pattern(), column_pattern(), short_paper_pattern())
        )
        named = text[0] > "\u3400" or text.startswith("The ") or len(text.split()) != 2
        named = named and not is_common(text.lower())
        if formed or (len(text) > 2 and named and text in site_lines):
            stop = len(blocks[index].text.text)
            out[index] = FrontLine((Found(Field.OUTLET, 0, len(text), stop, value=text),))
            return


def add_outlet_again(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> None:
    """The outlet's name in a line of its own, where front matter names it as well."""
    known = {
        f.value.casefold() for line in out.values() for f in line.found if f.field is Field.OUTLET
    }
    top = top_lines(blocks, out)
    for index in top:
        text = blocks[index].text.text
        if text.casefold() in known and len(top) > 1:
            out[index] = FrontLine((Found(Field.OUTLET, 0, len(text), len(text), value=text),))
