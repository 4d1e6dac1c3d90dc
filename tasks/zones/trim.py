"""Removes what stands outside the article: lines above its headline and below its end."""

from collections.abc import Sequence
from dataclasses import replace

from models.records import BlockKind, Document, Draft, DraftBlock, Removal, RemovalReason
from tasks.blocks.flattened import cut_lines
from tasks.blocks.prose import BODY_WEIGHT, is_prose
from tasks.blocks.surgery import remove_whole
from tasks.clean.coverage import Sure
from tasks.metadata import Front, find_front
from tasks.metadata.found import Field
from tasks.zones.below import lines_below
from tasks.zones.evidence import Body
from tasks.zones.head import lines_of_head
from tasks.zones.inside import lines_inside
from tasks.zones.items import Item, items_of
from tasks.zones.shapes import Shape
from tasks.zones.tail import end_of_article

_TEXT = (BlockKind.PARAGRAPH, BlockKind.HEADING)  # a line without an end is taken for the latter
_LONG = 60  # weight
_PURE = 10  # of so many items of a text without a site at most one is furniture
_WELL_ENDED = 4  # of so many long lines between the first and the last paragraph all but one end


def trim(draft: Draft, document: Document, front: Front | None = None) -> Draft:
    """``draft`` without the lines that stand outside its article.

    Front matter (``front``, found here if it is not given) stays for the metadata. A page without
    a paragraph is left as it is.
    """
    blocks = draft.blocks
    if len(blocks) < 2 or not any(is_prose(block.text.text) for block in blocks):
        return draft
    front = front or find_front(draft, document)
    items = items_of(blocks, draft.removals, front.starts)
    body = Body(blocks, _named(front, Field.PERSON), _named(front, Field.OUTLET))
    ended = end_of_article(items, body)
    gone = lines_below(items, ended, body)
    parts = cut_lines(blocks)
    head = lines_of_head(items, body, document.hints.title)
    for place in head.gone:
        if place not in parts:
            gone.setdefault(place, "above_article")
    for place in lines_inside(items, body, ended.at):
        if place not in parts:
            gone.setdefault(place, "inside_article")
    if gone and _is_loose(items, body, ended.at):
        gone = {place: rule for place, rule in gone.items() if _has_marks(body.shape(place))}
    at = None if head.headline is None else blocks[head.headline].text.pieces[0][0]
    draft = replace(draft, headline=at)
    if not gone:
        return draft
    kept = tuple(block for place, block in enumerate(blocks) if place not in gone)
    if not any(is_prose(block.text.text) for block in kept):
        return draft
    removals = [*draft.removals]
    for place, rule in gone.items():
        removals += _whole(document.text, blocks[place], rule)
    removals.sort(key=lambda r: r.pieces)
    return Draft(kept, tuple(removals), at)


def _is_loose(items: Sequence[Item], body: Body, end: int) -> bool:
    """Whether the lines of a text end anywhere, as those of subtitles do: then that a line has no
    end says nothing. (On a page with furniture of a site it says much.)
    """
    of_site = sum(item.block is None or _has_marks(body.shape(item.place)) for item in items)
    if of_site * _PURE > len(items):
        return False
    lines = [
        body.shape(item.place)
        for item in items[:end]
        if item.block is not None and not item.front and item.block.kind in _TEXT
    ]
    ends = [shape.sentence and shape.size >= BODY_WEIGHT for shape in lines]
    if sum(ends) < 2:
        return False
    inner = lines[ends.index(True) : len(ends) - ends[::-1].index(True)]
    long = [shape.sentence for shape in inner if shape.size >= _LONG]
    return sum(long) * _WELL_ENDED < len(long) * (_WELL_ENDED - 1)


def _has_marks(shape: Shape) -> bool:
    """Whether a line shows by more than its end that it is the site's."""
    return shape.bare or shape.technical or shape.words is not Sure.NO


def _named(front: Front, field: Field) -> frozenset[str]:
    """The names of persons or outlets in the front matter of a page."""
    return frozenset(
        front.blocks[at].text.text[found.start : found.end]
        for at, line in front.lines.items()
        for found in line.found
        if found.field is field and found.end > found.start
    )


def _whole(source: str, block: DraftBlock, rule: str) -> list[Removal]:
    texts = [block.label] if block.label is not None else []
    return [
        remove_whole(source, text, RemovalReason.BOILERPLATE, rule)
        for text in (*texts, block.text)
        if text.pieces
    ]
