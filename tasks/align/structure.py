"""Paragraphs, headings and list items as a guide to alignment.

Where the blocks of both sides are known, a bead likes to begin where blocks begin on both sides,
and does not like to run over a block's start. How much is learned again from the beads of the first
pass, so that breaks that mean nothing (hard wraps, shuffled paragraphs) soon count for nothing.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.records import BlockKind
from tasks.align.records import Group

#: How a sentence stands: blocks not known, inside one, or opening one of some kind.
UNKNOWN, INSIDE, PARAGRAPH, HEADING, ITEM, OTHER = range(6)
_KINDS = {
    BlockKind.PARAGRAPH: PARAGRAPH,
    BlockKind.QUOTE: PARAGRAPH,
    BlockKind.TITLE: HEADING,
    BlockKind.HEADING: HEADING,
    BlockKind.LIST_ITEM: ITEM,
    BlockKind.TABLE_ROW: OTHER,
    BlockKind.CAPTION: OTHER,
}
_SAME, _DIFFERENT, _BROKEN = 1.0, 0.3, -0.5


def opens(sentences: int, groups: Sequence[Group] | None) -> NDArray[np.int64]:
    """How each sentence of a side stands in its block.

    Raises ValueError when there are not as many groups as sentences.
    """
    if groups is None:
        return np.full(sentences, UNKNOWN, np.int64)
    if len(groups) != sentences:
        raise ValueError(f"{sentences} sentences, but {len(groups)} groups")
    out = []
    before = None
    for group in groups:
        out.append(INSIDE if group.block == before else _KINDS[group.kind])
        before = group.block
    return np.array(out, np.int64)


def prior_table() -> NDArray[np.float64]:
    """The fit of two sentences that begin a bead, (Chinese, English), before anything is
    learned.
    """
    table = np.full((OTHER + 1, OTHER + 1), _DIFFERENT)
    np.fill_diagonal(table, _SAME)
    table[INSIDE] = table[:, INSIDE] = _BROKEN
    table[INSIDE, INSIDE] = 0.0
    table[UNKNOWN] = table[:, UNKNOWN] = 0.0
    return table


def learned_table(counts: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """The fit learned from the (Chinese, English) counts of the beads of a pass.

    Beads that begin a block on one side count against those that do on both: the more often the
    two agree, the more of the prior (or up to twice as much) is kept.
    """
    start = slice(PARAGRAPH, OTHER + 1)
    both = counts[start, start].sum()
    one = counts[start, INSIDE].sum() + counts[INSIDE, start].sum()
    known = both + one + counts[INSIDE, INSIDE]
    share = (2 * both + one) / max(2 * known, 1)
    chance = 2 * share * (1 - share) * known
    agree = min(max((chance - one + 2.0) / (chance + 2.0), 0.0), 1.0)
    table: NDArray[np.float64] = prior_table() * (2.0 * agree)
    return table
