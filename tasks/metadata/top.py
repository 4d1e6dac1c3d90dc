"""The top of a page: its lines that are no front matter so far, and what stands around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.records import BlockKind, DraftBlock
from tasks.blocks.prose import BODY_WEIGHT, is_prose, weight
from tasks.metadata.found import Field, Found

EDGE = 14  # blocks at either end of a page whose short lines are all looked at
LONGEST_NAME = 40  # of an outlet that no list knows
TOP_LINES = 8


@dataclass(frozen=True, slots=True)
class FrontLine:
    """The fields of a front-matter block, with their places in its text."""

    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What was removed around the blocks of a page.

    ``site_lines``: the site's own lines; ``followed``: the places right above a button that
    follows the author; ``beside``: those beside a line that says something of the page;
    ``counted``: the places of numbers with what they count; ``headline``: where in the source the
    line starts that is taken for the headline.
    """

    site_lines: str = ""
    followed: frozenset[int] = frozenset()
    beside: frozenset[int] = frozenset()
    counted: Mapping[int, str] = field(default_factory=dict)
    headline: int | None = None


def is_body(block: DraftBlock) -> bool:
    """Whether a block is text of the article, by its weight and its end."""
    text = block.text.text
    if block.label is not None or block.kind in (BlockKind.LIST_ITEM, BlockKind.QUOTE):
        return weight(text[:BODY_WEIGHT]) >= BODY_WEIGHT // 2
    return is_prose(text)


def top_lines(blocks: Sequence[DraftBlock], out: dict[int, FrontLine]) -> list[int]:
    """The lines above the body that are no front matter so far; a deck is passed over.

    A deck, or a title that ends like a sentence, is one paragraph with a date right below it.
    """
    top: list[int] = []
    deck = False
    for index, block in enumerate(blocks[:EDGE]):
        if is_body(block) and index not in out:
            dated = any(_is_dated(out.get(below)) for below in range(index + 1, index + 4))
            if deck or not dated:
                break
            deck = True
            continue
        if index not in out and block.label is None:
            top.append(index)
    return top


def _is_dated(line: FrontLine | None) -> bool:
    return line is not None and any(f.date is not None and f.date.has_day for f in line.found)


def is_beside(line: FrontLine | None) -> bool:
    """Whether a line of front matter has a date, a person or a counter."""
    return line is not None and any(
        found.date is not None or found.field in (Field.PERSON, Field.COUNTER)
        for found in line.found
    )
