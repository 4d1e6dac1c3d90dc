"""Join the two halves of a sentence that a page break or an advertisement had cut."""

import re
from collections.abc import Sequence

from models.records import BlockKind, DraftBlock, RemovalReason
from models.spans import concat
from tasks.blocks.prose import weight
from tasks.clean.verdict import Verdicts

_INTERRUPTIONS = frozenset(
    (
        RemovalReason.PAGINATION,
        RemovalReason.ADVERTISEMENT,
        RemovalReason.RELATED,
        RemovalReason.BOILERPLATE,
    )
)
_PROSE = 40  # weight of a first half
_HAN = re.compile(r"[\u3400-\u9fff]")
_CHINESE_PROSE = re.compile(r"[，。；、]")


def rejoin(blocks: Sequence[DraftBlock], gone: Verdicts) -> tuple[DraftBlock, ...]:
    """The blocks that stay; two are joined when something between them went and the first
    stops in mid-sentence.
    """
    out: list[DraftBlock] = []
    interrupted = False
    for index, block in enumerate(blocks):
        if index in gone:
            opens = index > 0 and index - 1 not in gone
            interrupted = gone[index].reason in _INTERRUPTIONS and (interrupted or opens)
            continue
        if interrupted and out and (joint := _joint(out[-1], block)) is not None:
            first = out[-1]
            text = concat([first.text, block.text], joint, "rejoin")
            out[-1] = DraftBlock(first.kind, text, first.label)
        else:
            out.append(block)
        interrupted = False
    return tuple(out)


def _joint(first: DraftBlock, second: DraftBlock) -> str | None:
    """What stands between two halves of one sentence; None when they are two."""
    if first.kind is not BlockKind.PARAGRAPH or second.kind is not BlockKind.PARAGRAPH:
        return None
    if second.label is not None or weight(first.text.text) < _PROSE:
        return None
    before, after = first.text.text, second.text.text
    last, start = before[-1], after[0]
    if _HAN.match(last) or last in "，、":
        chinese = _HAN.match(start) or start in "“《（" or start.isdigit() or start.isascii()
        ends = after[-1] in "。！？”…" or "。" in after
        return "" if chinese and ends and _CHINESE_PROSE.search(before) else None
    if (last.isalpha() or last in ",-–—") and "a" <= start <= "z":
        return " "
    return None
