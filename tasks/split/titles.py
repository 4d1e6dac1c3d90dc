"""The titles of two halves, where the page as a whole told none, or only one of them."""

from collections.abc import Sequence
from dataclasses import replace

from models.records import BlockKind, DraftBlock
from tasks.blocks.wrap import columns
from tasks.language.agreement import translates

_LONGEST = 120  # columns
_NO_END = frozenset(".。;；:：,，、…")
_LETTERS = 2


def with_titles(zh: Sequence[DraftBlock], en: Sequence[DraftBlock]) -> list[list[DraftBlock]]:
    """Both halves with their titles.

    Where only one half has a title, the first line of the other one becomes its title; where none
    has, the first lines of both do if they translate each other. Such a line has the form of a
    title (short, no end mark) and stands above longer text.
    """
    sides = [list(zh), list(en)]
    titled = [any(block.kind is BlockKind.TITLE for block in side) for side in sides]
    above = [len(s) > 1 and _may_be_title(s[0]) and not _may_be_title(s[1]) for s in sides]
    if not any(titled) and all(above) and translates(zh[0].text.text, en[0].text.text):
        return [[_as_title(side[0]), *side[1:]] for side in sides]
    if titled[0] != titled[1]:
        number = titled.index(False)
        side = sides[number]
        heading = bool(side) and side[0].kind is BlockKind.HEADING
        if above[number] and not (heading and _headings_pair(side, sides[not number])):
            side[0] = _as_title(side[0])
    return sides


def _as_title(block: DraftBlock) -> DraftBlock:
    return replace(block, kind=BlockKind.TITLE)


def _headings_pair(untitled: Sequence[DraftBlock], titled: Sequence[DraftBlock]) -> bool:
    """Whether all headings of a half have a counterpart in the other one, its title left aside."""
    heads = (BlockKind.HEADING, BlockKind.TITLE)
    one, other = (sum(block.kind in heads for block in side) for side in (untitled, titled))
    return one == other - 1


def _may_be_title(block: DraftBlock) -> bool:
    text = block.text.text.rstrip("\"'”’」』)） ")
    if block.label is not None or block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH):
        return False
    if columns(text) > _LONGEST or sum(ch.isalpha() for ch in text) < _LETTERS:
        return False
    return text[-1] not in _NO_END
