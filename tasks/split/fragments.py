"""Lines of two flattened columns, put together again."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from models.records import BlockKind, DraftBlock, Lang
from models.spans import concat

_END_MARKS = tuple("。！？!?.…；;：:”’\"'」』）)】")
# In a flattened column so many English lines go on with a small letter where the last one stopped.
_BROKEN = 0.3


def is_column(english: Sequence[DraftBlock]) -> bool:
    """Whether the English blocks are the lines of a column: many go on in mid-sentence."""
    going_on = sum(_goes_on(one, other) for one, other in pairwise(english))
    return len(english) > 2 and going_on >= _BROKEN * (len(english) - 1)


def join_lines(blocks: Sequence[DraftBlock], lang: Lang) -> list[DraftBlock]:
    """The lines of one column as paragraphs: a line that stops in mid-sentence takes the next."""
    joint = "" if lang is Lang.ZH else " "
    out: list[DraftBlock] = []
    for block in blocks:
        if out and _is_broken(out[-1]) and _is_plain(block):
            text = concat((out[-1].text, block.text), joint, "column")
            out[-1] = replace(out[-1], text=text)
        else:
            out.append(block)
    return out


def _goes_on(one: DraftBlock, other: DraftBlock) -> bool:
    return _is_broken(one) and _is_plain(other) and other.text.text.lstrip()[:1].islower()


def _is_plain(block: DraftBlock) -> bool:
    return block.kind is BlockKind.PARAGRAPH and block.label is None


def _is_broken(block: DraftBlock) -> bool:
    return block.kind is BlockKind.PARAGRAPH and not block.text.text.rstrip().endswith(_END_MARKS)
