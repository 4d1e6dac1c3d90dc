"""The tree of a page over its list of blocks: which blocks an element holds, and their totals."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

from lxml import html

from tasks.read.html.page import PageBlock


@dataclass(frozen=True, slots=True)
class Region:
    """The blocks ``[start, end)`` that lie in an element."""

    start: int
    end: int


class Page:
    """A page: its body, its blocks, the block of its title if that is known.

    ``buttons`` are the elements that hold a link such as "reply", themselves or further inside.
    """

    def __init__(
        self,
        body: html.HtmlElement,
        blocks: Sequence[PageBlock],
        buttons: Collection[html.HtmlElement],
        title: int | None,
    ) -> None:
        self.body = body
        self.blocks = blocks
        self.title = title
        self.elements: list[html.HtmlElement] = list(body.iter())
        self.regions = self._regions()
        self.buttons: set[html.HtmlElement] = set()
        for element in buttons:
            while element is not None and element not in self.buttons:
                self.buttons.add(element)
                element = element.getparent() if element is not body else None
        self._weights = list(accumulate((block.weight for block in blocks), initial=0.0))
        self._sizes = list(accumulate((block.size for block in blocks), initial=0))
        self._links = list(accumulate((block.linked for block in blocks), initial=0))

    def _regions(self) -> dict[html.HtmlElement, Region]:
        """Elements with text, in document order; blocks are, so each holds a stretch of them."""
        spans: dict[html.HtmlElement, tuple[int, int]] = {}
        for index, block in enumerate(self.blocks):
            start, _ = spans.get(block.element, (index, index))
            spans[block.element] = (start, index + 1)
        for element in reversed(self.elements):
            parent = element.getparent()
            if element in spans and element is not self.body:
                start, end = spans[element]
                low, high = spans.get(parent, (start, end))
                spans[parent] = (min(low, start), max(high, end))
        return {element: Region(*spans[element]) for element in self.elements if element in spans}

    def weight(self, region: Region) -> float:
        """The weight of prose of a region."""
        return self._weights[region.end] - self._weights[region.start]

    def link_share(self, region: Region) -> float:
        """The part of the characters of a region that is links."""
        size = self._sizes[region.end] - self._sizes[region.start]
        return (self._links[region.end] - self._links[region.start]) / max(size, 1)
