"""What speaks for a line to be of the article, and what for it to be furniture of the page.

The form of a line (:mod:`tasks.zones.shapes`), and whether its words come again in the text.
"""

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from models.records import BlockKind, DraftBlock
from tasks.blocks.prose import is_prose, weight
from tasks.clean.coverage import Sure
from tasks.clean.wording import furniture_odds
from tasks.zones.sayings import saying
from tasks.zones.shapes import Shape, ending, is_row, shape_of

if TYPE_CHECKING:
    from tasks.zones.said import Said

_LONG = 150  # weight of a paragraph that says much
_SHORT = 24  # weight of a name or a button
_TOLD, _UNTOLD = 0.4, 0.08  # shares of a line's words that the text says, too
_LITTLE = 1200  # weight of a text too short for what it does not say to count
_BODY = 24_000  # characters of the text that are asked for the words of a line
#: What the end of a line says of it; a line of numbers, and a row of a table.
_ENDS = {
    "stop": 1.5,
    "quote": 1.0,
    "comma": 0.8,
    "ask": 0.5,
    "cut": 0.2,
    "colon": -0.3,
    "open": -1.3,
}
_BARE, _ROW = -2.0, 0.6
_WORDING, _LIKE_TEXT, _MOST_WORDING = 0.6, -0.3, 1.5  # of log odds


class Body:
    """The prose of a page, as what the words of other lines are looked up in."""

    def __init__(
        self,
        blocks: Sequence[DraftBlock],
        authors: Set[str] = frozenset(),
        outlets: Set[str] = frozenset(),
    ) -> None:
        """``blocks``: all blocks of the page; its paragraphs are taken.

        ``authors``, ``outlets``: the names that its front matter has.
        """
        self._blocks = blocks
        self._authors = authors
        self._outlets = outlets
        self._shapes: dict[int, Shape] = {}
        self._shares: dict[str, float | None] = {}

    def shape(self, place: int) -> Shape:
        """The form of the block at a place."""
        found = self._shapes.get(place)
        if found is None:
            found = shape_of(self._blocks[place])
            if not found.about and self._is_of_maker(place):
                found = replace(found, about=True)
            self._shapes[place] = found
        return found

    def _is_of_maker(self, place: int) -> bool:
        """Whether a line says who made the text: somebody of its front matter, or of that trade.

        The card of an author whom nothing else names stays for the metadata.
        """
        text = self._blocks[place].text.text
        for names, what in ((self._authors, "author"), (self._outlets, "outlet")):
            for name in names:
                if text.startswith(name) and saying(what).match(text, len(name)) is not None:
                    return True
        found = saying("trade", any_case=False).match(text)
        if found is None or (not self._authors and self._is_card(place - 1)):
            return False
        name = found["name"] or found["who"] or found["zh"]
        return not self._said.share(name, twice=True)

    def _is_card(self, place: int) -> bool:
        return place >= 0 and saying("card").fullmatch(self._blocks[place].text.text) is not None

    def ending(self, place: int) -> str:
        """How the line of the block at a place ends; see :func:`tasks.zones.shapes.ending`."""
        shape = self._shapes.get(place)
        return ending(self._blocks[place].text.text) if shape is None else shape.end

    @cached_property
    def _text(self) -> str:
        parts: list[str] = []
        size = 0
        for block in self._blocks:
            text = block.text.text
            if block.label is not None or is_prose(text):
                parts.append(text)
                size += len(text)
                if size > _BODY:
                    break
        return "\n".join(parts).casefold()

    @cached_property
    def little(self) -> bool:
        """Whether there is so little prose that what it does not say says nothing."""
        return weight(self._text[:_LITTLE]) < _LITTLE

    def share(self, text: str) -> float | None:
        """The share of a line's words (pairs of Chinese characters) that the prose says, too.

        None where the line has no words to look up. A word of a paragraph must come twice.
        """
        if text not in self._shares:
            self._shares[text] = self._said.share(text, twice=is_prose(text))
        return self._shares[text]

    @cached_property
    def _said(self) -> "Said":
        from tasks.zones.said import Said  # slow to load: compiled loops

        return Said(self._text)


def gain(block: DraftBlock, shape: Shape, share: float | None, *, little: bool = False) -> float:
    """By how much a line at the end of a page is rather of the article than below it (log odds).

    ``share``: of its words in the text; ``little``: there is too little text for that to say much.
    """
    if shape.bare:
        return _BARE
    if block.kind is BlockKind.TABLE_ROW or is_row(block.text.text):
        return _ROW
    long = shape.size >= _LONG
    score = _ENDS[shape.end] + _by_size(shape)
    if share is not None:
        score += 1.0 if share >= _TOLD else 0.5 if share >= _TOLD / 2 else 0.0
        score -= 0.7 * (share < _UNTOLD and not little)
    if shape.speech:
        score += 0.8
    elif shape.address:
        score -= 0.4 if long else 1.2
    if shape.technical:
        score -= 0.4 if long else 1.0
    if shape.words is not Sure.NO or shape.dense:
        score -= 1.5
    if shape.about:
        score -= 2.2
    score -= _by_wording(block.text.text, shape)
    if block.label is not None:
        score += 1.0
    elif block.kind is BlockKind.LIST_ITEM and shape.end == "open":
        score = max(score + 1.0, 0.1) if shape.words is Sure.NO else score
    elif block.kind in (BlockKind.LIST_ITEM, BlockKind.CAPTION):
        score += 0.5
    return score


def _by_wording(text: str, shape: Shape) -> float:
    """What the wording of a line says against the article; nothing of a sentence.

    Notices of offices speak to their readers as sites do.
    """
    if shape.sentence or shape.end == "colon":
        return 0.0
    return min(_MOST_WORDING, max(0.0, _WORDING * (furniture_odds(text) - _LIKE_TEXT)))


def _by_size(shape: Shape) -> float:
    """Long lines are of the article; a short one without an end is not."""
    if shape.size >= _LONG:
        return 1.0
    if shape.end == "colon":
        return 0.8 if shape.size >= _SHORT else 0.0
    if shape.end != "open":
        return 0.0
    if shape.size < _SHORT:
        return -0.5
    return 0.8 if shape.size >= 100 else 0.4 if shape.size >= 75 else 0.0
