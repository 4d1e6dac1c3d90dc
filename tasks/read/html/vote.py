"""The second opinion: which blocks trafilatura would take."""

import copy
import logging
from collections.abc import Sequence
from functools import cache
from typing import Any

from lxml import html

from tasks.read.html.page import PageBlock

#: Pages with more elements are no articles, and the extractor is not linear in them.
_MAX_ELEMENTS = 30_000
_SHINGLE = 8


@cache
def _trafilatura() -> Any:
    """The library, loaded once and kept quiet."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return trafilatura


def voted_blocks(root: html.HtmlElement, blocks: Sequence[PageBlock]) -> frozenset[int]:
    """Indices of the blocks whose text trafilatura extracts from the page.

    It gets a copy of the tree; what it says about metadata is not asked for, because its dates
    depend on today's.
    """
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        return frozenset()
    try:
        document = _trafilatura().bare_extraction(
            copy.deepcopy(root), include_comments=False, include_tables=True, with_metadata=False
        )
    except Exception:  # whatever a broken page leads it to: then there is no second opinion
        return frozenset()
    text = "".join((document.text or "").split()) if document is not None else ""
    shingles = {text[at : at + _SHINGLE] for at in range(max(len(text) - _SHINGLE + 1, 0))}
    lines = {"".join(line.split()) for line in (document.text or "").split("\n")} if text else set()
    return frozenset(
        index for index, block in enumerate(blocks) if _is_in(block.text, shingles, lines)
    )


def _is_in(text: str, shingles: set[str], lines: set[str]) -> bool:
    """Whether most of a block's text is in the extracted one."""
    bare = "".join(text.split())
    if len(bare) < _SHINGLE:
        return bare in lines
    pieces = [bare[at : at + _SHINGLE] for at in range(0, len(bare) - _SHINGLE + 1, 4)]
    return sum(piece in shingles for piece in pieces) >= 0.7 * len(pieces)
