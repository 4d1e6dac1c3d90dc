"""Lines of two flattened columns, put together again."""

from collections.abc import Sequence
from dataclasses import replace

from models.records import BlockKind, DraftBlock, Lang
from models.spans import concat

_END_MARKS = tuple("。！？!?.…；;：:”’\"'」』）)】")
# A flattened column has so many lines that stop in mid-sentence.
_BROKEN = 0.4


def join_fragments(blocks: Sequence[DraftBlock], lang: Lang) -> list[DraftBlock]:
    """The blocks of one column with paragraphs that stop in mid-sentence joined to the next.

    Blocks come back as they are when most of them end as paragraphs do.
    """
    broken = sum(map(_is_broken, blocks[:-1]))
    if len(blocks) < 3 or broken < _BROKEN * (len(blocks) - 1):
        return list(blocks)
    joint = "" if lang is Lang.ZH else " "
    out: list[DraftBlock] = []
    for block in blocks:
        if out and _is_broken(out[-1]) and _is_plain(block):
            text = concat((out[-1].text, block.text), joint, "column")
            out[-1] = replace(out[-1], text=text)
        else:
            out.append(block)
    return out


def _is_plain(block: DraftBlock) -> bool:
    return block.kind is BlockKind.PARAGRAPH and block.label is None


def _is_broken(block: DraftBlock) -> bool:
    return block.kind is BlockKind.PARAGRAPH and not block.text.text.rstrip().endswith(_END_MARKS)
