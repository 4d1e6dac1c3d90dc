"""Front matter among the lines that left a page as the site's: between its headline and text.

A byline below a long menu is known for one only when the menu is gone, and may have gone with it.
"""

from collections.abc import Mapping, Sequence

from models.records import BlockKind, Draft, DraftBlock, Removal
from models.spans import TracedText
from tasks.metadata.found import Field, Found
from tasks.metadata.top import FrontLine, is_body

_RULES = frozenset(("above_article", "between_furniture", "below_article"))
_LONGEST = 120
_BELOW_TITLE, _ABOVE_TEXT = 8, 4  # lines of a long stretch that are looked at


def lines_of_site(draft: Draft, source: str) -> dict[DraftBlock, Removal]:
    """The removed lines between headline and text that may be front matter, as blocks."""
    start, end = _stretch(draft)
    between = [
        gone
        for gone in draft.removals
        if gone.rule in _RULES
        and len(gone.pieces) == 1
        and start < gone.pieces[0][0] < end
        and len(gone.text) <= _LONGEST
    ]
    if len(between) > _BELOW_TITLE + _ABOVE_TEXT:
        between = [*between[:_BELOW_TITLE], *between[-_ABOVE_TEXT:]]
    return {block: gone for gone in between if (block := _block(source, gone)) is not None}


def with_lines(
    blocks: Sequence[DraftBlock], lines: Mapping[DraftBlock, Removal]
) -> Sequence[DraftBlock]:
    """Blocks and removed lines in the order of the source."""
    if not lines:
        return blocks
    return sorted([*blocks, *lines], key=lambda block: block.text.pieces[0])


def without(
    removals: Sequence[Removal], back: Mapping[DraftBlock, Removal] | Sequence[Removal]
) -> tuple[Removal, ...]:
    """The removals but for those that came back."""
    gone = {id(one) for one in (back.values() if isinstance(back, Mapping) else back)}
    return tuple(removal for removal in removals if id(removal) not in gone)


def says_something(line: FrontLine | None) -> bool:
    """Whether a line names somebody or a day: what a removed line must do to come back."""
    return line is not None and any(_is_value(found) for found in line.found)


def _is_value(found: Found) -> bool:
    if found.date is not None:
        return found.date.has_day
    return found.field is Field.PERSON or (found.field is Field.OUTLET and found.labelled)


def _stretch(draft: Draft) -> tuple[int, int]:
    """From where the headline starts to where the first paragraph below it does."""
    starts = [block.text.pieces[0][0] for block in draft.blocks]
    if not starts:
        return 0, 0
    headline = draft.headline if draft.headline in starts else starts[0]
    at = starts.index(headline)
    for block, start in zip(draft.blocks[at + 1 :], starts[at + 1 :], strict=True):
        if is_body(block):
            return headline, start
    return 0, 0


def _block(source: str, gone: Removal) -> DraftBlock | None:
    start, end = gone.pieces[0]
    text = source[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    if start == end:
        return None
    return DraftBlock(BlockKind.PARAGRAPH, TracedText.of(source, start, end))
