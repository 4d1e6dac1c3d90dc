"""Lines of two flattened columns, put together again."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from models.records import BlockKind, DraftBlock, Lang
from models.spans import concat
from tasks.blocks.wrap import columns

_END_MARKS = tuple("。！？!?.…；;：:”’\"'」』）)】")
# In a flattened column so many English lines go on with a small letter where the last one stopped.
_BROKEN = 0.3
# A line that stops in mid-sentence is about as wide as its column; a heading is not.
_FULL = 0.7
#: What no line begins with, but for one that goes on.
_GOES_ON = re.compile(r"[。！？；，、：”’」』）】》,.;:!?)%]")


def is_column(english: Sequence[DraftBlock]) -> bool:
    """Whether the English blocks are the lines of a column: many go on in mid-sentence."""
    going_on = sum(_goes_on(one, other) for one, other in pairwise(english))
    return len(english) > 2 and going_on >= _BROKEN * (len(english) - 1)


def join_lines(blocks: Sequence[DraftBlock], lang: Lang) -> list[DraftBlock]:
    """The lines of one column as paragraphs: a line that stops in mid-sentence takes the next."""
    joint = "" if lang is Lang.ZH else " "
    widths = sorted(columns(block.text.text) for block in blocks)
    width = _FULL * widths[len(widths) * 3 // 4] if widths else 0.0
    out: list[DraftBlock] = []
    last = 0  # columns of the last line
    for block in blocks:
        if out and _is_plain(block) and _is_line(out[-1]) and _belongs(out[-1], block, last, width):
            text = concat((out[-1].text, block.text), joint, "column")
            out[-1] = replace(out[-1], kind=BlockKind.PARAGRAPH, text=text)
        else:
            out.append(block)
        last = columns(block.text.text)
    return out


def _belongs(one: DraftBlock, other: DraftBlock, width: int, full: float) -> bool:
    """Whether a line goes on in the next: a full one without an end, or before a closing mark or a
    small letter.
    """
    before, after = one.text.text.rstrip(), other.text.text.lstrip()
    if _GOES_ON.match(after) is not None or after[:1].islower():
        return True
    return width >= full and not before.endswith(_END_MARKS)


def _goes_on(one: DraftBlock, other: DraftBlock) -> bool:
    text = one.text.text.rstrip()
    broken = _is_line(one) and not text.endswith(_END_MARKS)
    return broken and _is_plain(other) and other.text.text.lstrip()[:1].islower()


def _is_line(block: DraftBlock) -> bool:
    return block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)


def _is_plain(block: DraftBlock) -> bool:
    return _is_line(block) and block.label is None
