"""The second opinion: which blocks trafilatura would take."""

import copy
import logging
from collections.abc import Sequence
from functools import cache
from typing import Any

from lxml import etree, html

from tasks.read.html.page import PageBlock

#: Pages with more elements, or nested deeper, are no articles, and the extractor's work grows
#: with the square or cube of these numbers.
_MAX_ELEMENTS = 30_000
_MAX_DEPTH = 150
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
    if _is_excessive(root):
        return frozenset()
    trafilatura = _trafilatura()  # outside: what cannot be imported is a fault of the installation
    try:
        document = trafilatura.bare_extraction(
            copy.deepcopy(root), include_comments=False, include_tables=True, with_metadata=False
        )
    except Exception:  # whatever a broken page leads it to: then there is no second opinion
        return frozenset()
    found = Shingles(document.text or "") if document is not None else None
    return frozenset(index for index, block in enumerate(blocks) if found and block.text in found)


def _is_excessive(root: html.HtmlElement) -> bool:
    """Whether a page is too large or too deep to ask for a second opinion."""
    count = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if count > _MAX_ELEMENTS or depth > _MAX_DEPTH:
            return True
    return False


class Shingles:
    """A text in which others are looked up, whatever their blanks; most of them is enough."""

    def __init__(self, text: str) -> None:
        bare = "".join(text.split())
        self._shingles = {bare[at : at + _SHINGLE] for at in range(len(bare) - _SHINGLE + 1)}
        self._lines = {"".join(line.split()) for line in text.split("\n")} if bare else set()

    def __contains__(self, text: str) -> bool:
        bare = "".join(text.split())
        if len(bare) < _SHINGLE:
            return bare in self._lines
        pieces = [bare[at : at + _SHINGLE] for at in range(0, len(bare) - _SHINGLE + 1, 4)]
        return sum(piece in self._shingles for piece in pieces) >= 0.7 * len(pieces)
