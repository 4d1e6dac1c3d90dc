"""The numbers that text browsers set before links: ``the [18]commission minutes``.

``lynx -dump``, ``elinks`` and ``html2text`` number the links of a page and list their addresses
below it. Two signs are asked for: the numbers stand before words and grow by one from link to link
for the most part, and there is a list of references. (The number of a footnote stands behind a
word, and that of an author's remark comes alone.)
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from models.records import DraftBlock, Removal, RemovalReason
from models.revise import trim
from tasks.blocks.surgery import Excision, excise

_MARK = re.compile(r"(?<![^\s#(\[|\]\"“'])\[(\d{1,4})\](?=\S)")
_LIST = frozenset(("references", "visible links", "links", "hidden links"))
_LEAST = 4  # marks
_STEP = 3  # by which the numbers grow at most: links without words have none in the text
_REGULAR = 4  # of five steps so many are so small


def cut_link_marks(
    source: str, blocks: Sequence[DraftBlock]
) -> tuple[tuple[DraftBlock, ...], list[Removal]]:
    """The blocks without the numbers of their links, and the records of them."""
    places = [list(_MARK.finditer(b.text.text)) if "]" in b.text.text else [] for b in blocks]
    numbers = [int(mark[1]) for found in places for mark in found]
    if len(numbers) < _LEAST or not _counts_up(numbers) or not _lists(blocks):
        return tuple(blocks), []
    out: list[DraftBlock] = []
    removals: list[Removal] = []
    for block, found in zip(blocks, places, strict=True):
        cuts = [Excision(m.start(), m.end(), RemovalReason.MARKUP, "link_mark") for m in found]
        text, gone = excise(source, block.text, cuts)
        out.append(DraftBlock(block.kind, trim(text), block.label) if cuts else block)
        removals += gone
    return tuple(out), removals


def _counts_up(numbers: Sequence[int]) -> bool:
    steps = [after - before for before, after in pairwise(numbers)]
    small = sum(0 < step <= _STEP for step in steps)
    return small * (_REGULAR + 1) >= len(steps) * _REGULAR


def _lists(blocks: Sequence[DraftBlock]) -> bool:
    """Whether the lower half of a page has the heading of its list of references."""
    below = blocks[len(blocks) // 2 :]
    return any(block.text.text.rstrip(":：").strip().lower() in _LIST for block in below)
