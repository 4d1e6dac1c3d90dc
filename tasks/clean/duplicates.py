"""Copies of whole blocks: exact ones, nearly exact ones close by, and copies that were cut off.

The first is kept. Two paragraphs about one event are no copies, nor is a title that comes again as
the first sentence of a paragraph. So a near copy (a summary that repeats the lead) counts only at
the top of a document, close to the first; it must agree in all its numbers and names in Latin
letters, and differ in a few words only.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from models.records import BlockKind, DraftBlock, RemovalReason
from tasks.blocks.prose import is_prose
from tasks.blocks.wrap import columns
from tasks.clean.verdict import Verdict, Verdicts

_LONG = 60  # columns of a block whose copy is no chance
_TITLE = 16  # columns of a line that may be repeated at once (a title and its headline)
_TITLE_GAP = 4  # blocks from a title to the text below it, with date and byline between
_NEAR_LONG = 80  # columns of a block that may have a near copy
_NEAR_PLACES = 3  # blocks between a block and its near copy, at most
_NEAR_TOP = 8  # blocks of a document among which a summary may repeat the lead
_NEAR_SHARE = 0.88  # of the tokens of both
_CUT_OFF = 24  # columns of a start that is enough to know a block by
_TOKEN = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*|[\u3400-\u9fff]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[一二三四五六七八九十百千万亿两]+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]+|(?<=[\u3400-\u9fff])[A-Za-z]{2,}")
_NEAR_TOKENS = 1500
_ELLIPSIS = re.compile(r"\s?(?:\.{3,6}|…{1,3})[\"”'’]?\s?(?:\[.{0,12}\])?\Z")


def duplicate_blocks(blocks: Sequence[DraftBlock], gone: Verdicts) -> Verdicts:
    """The blocks that are copies of one before them."""
    found: Verdicts = {}
    kept = [index for index in range(len(blocks)) if index not in gone]
    keys = {index: _key(blocks[index]) for index in kept}
    sizes = {index: columns(blocks[index].text.text) for index in kept}
    first: dict[str, int] = {}
    copy_of: dict[int, int] = {}
    for index in kept:
        key = keys[index]
        if key in first and key:
            copy_of[index] = first[key]
        else:
            first[key] = index
    starts = _starts(blocks, kept)
    previous: int | None = None
    run: int | None = None  # the block that the block before is a copy of
    for index in kept:
        original = copy_of.get(index)
        size = sizes[index]
        if original is not None and (
            (size >= _LONG and (_is_sentence(blocks[index]) or _in_run(kept, copy_of, index)))
            or (original == previous and size >= _TITLE and _is_line(blocks[index]))
            or (run is not None and original == _next(kept, run) and blocks[index].label is None)
        ):
            found[index] = Verdict(RemovalReason.DUPLICATE, "exact_copy")
        elif original is None and (cut := _cut_off(blocks[index], index, starts, keys)) is not None:
            original = cut
            found[index] = Verdict(RemovalReason.DUPLICATE, "cut_off_copy")
        elif (
            original is None and (near := _near_copy(blocks, kept, sizes, index, found)) is not None
        ):
            original = near
            found[index] = Verdict(RemovalReason.DUPLICATE, "near_copy")
        run = original if index in found else None
        if index not in found:
            previous = index
    _lead_in_of_runs(blocks, kept, copy_of, found)
    return found


def _key(block: DraftBlock) -> str:
    """A block with its label, without blanks and case."""
    label = block.label.text if block.label is not None else ""
    key = "".join((label + block.text.text).split())
    return key.casefold() if key.isascii() else key


def _is_sentence(block: DraftBlock) -> bool:
    """Whether a copy of the block is no chance: attributions and answers may come again."""
    return block.label is None and is_prose(block.text.text)


def _is_line(block: DraftBlock) -> bool:
    return block.label is None and block.kind in (
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.TITLE,
    )


def _in_run(kept: Sequence[int], copy_of: dict[int, int], index: int) -> bool:
    """Whether a neighbour of a copy is the copy of the original's neighbour."""
    at, original = bisect_left(kept, index), bisect_left(kept, copy_of[index])
    return any(
        copy_of.get(kept[at + by]) == kept[original + by]
        for by in (-1, 1)
        if 0 <= at + by < len(kept) and 0 <= original + by < len(kept)
    )


def _next(kept: Sequence[int], index: int) -> int | None:
    at = bisect_right(kept, index)
    return kept[at] if at < len(kept) else None


def _lead_in_of_runs(
    blocks: Sequence[DraftBlock], kept: Sequence[int], copy_of: dict[int, int], found: Verdicts
) -> None:
    """Find the copies of a title and other short lines above a second copy of a page.

    They are copies when what follows them is the copy of what follows the first.
    """
    for at in range(len(kept) - 2, -1, -1):
        index, after = kept[at], kept[at + 1]
        if index in found or after not in found or blocks[index].label is not None:
            continue
        original = copy_of.get(index)
        if original is None or columns(blocks[index].text.text) < _TITLE // 2:
            continue
        below = kept[bisect_right(kept, original) :][:_TITLE_GAP]
        if copy_of.get(after) in below:
            found[index] = Verdict(RemovalReason.DUPLICATE, "exact_copy")


def _starts(blocks: Sequence[DraftBlock], kept: Sequence[int]) -> dict[str, int]:
    """The first block with each beginning; empty when no block looks cut off."""
    if not any(_ends_cut_off(blocks[index].text.text) for index in kept):
        return {}
    out: dict[str, int] = {}
    for index in kept:
        out.setdefault(blocks[index].text.text[: _CUT_OFF // 2], index)
    return out


def _ends_cut_off(text: str) -> re.Match[str] | None:
    start = max(0, len(text) - 20)
    if text.find("…", start) < 0 and text.find("...", start) < 0:
        return None
    return _ELLIPSIS.search(text, start)


def _cut_off(
    block: DraftBlock, index: int, starts: dict[str, int], keys: dict[int, str]
) -> int | None:
    """The earlier block that this one is the beginning of, when an ellipsis ends it."""
    text = block.text.text
    if not starts or columns(text) < _CUT_OFF:
        return None
    ellipsis = _ends_cut_off(text)
    original = starts.get(text[: _CUT_OFF // 2])
    if ellipsis is None or original is None or original >= index:
        return None
    start = "".join(text[: ellipsis.start()].split())
    start = start.casefold() if keys[original].isascii() else start
    return original if start and keys[original].startswith(start) else None


def _near_copy(
    blocks: Sequence[DraftBlock],
    kept: Sequence[int],
    sizes: dict[int, int],
    index: int,
    found: Verdicts,
) -> int | None:
    """A block shortly before this one that differs from it in a few words and no number."""
    block = blocks[index]
    if block.label is not None or block.kind not in (BlockKind.PARAGRAPH, BlockKind.QUOTE):
        return None
    size = sizes[index]
    if size < _NEAR_LONG:
        return None
    at = bisect_left(kept, index)
    if at >= _NEAR_TOP:
        return None
    for other in reversed(kept[max(0, at - _NEAR_PLACES) : at]):
        if other in found or blocks[other].label is not None:
            continue
        dateline = _DATELINE.match(blocks[other].text.text)
        other_size = sizes[other] - (columns(dateline[0]) if dateline else 0)
        if other_size < _NEAR_LONG or not 4 * size <= 5 * other_size <= 6 * size + size // 4:
            continue
        if _nearly_same(block.text.text, blocks[other].text.text):
            return other
    return None


#: A dateline in front of one of two copies.
_DATELINE = re.compile(
    r"[A-Z]{2}[^.!?]{0,30}(?:\. \d[^.!?]{0,30})? ?(?:--|[-–—]) "
    r"|.{2,24}?\d日(?:电|電|讯|訊)(?:[（(].{2,30}?[)）])?\s?"
)


def _may_be_same(text: str, other: str) -> bool:
    """Whether some of a few samples of one text stand in the other: a cheap first look."""
    size = 14 if text.isascii() else 5
    step = max(1, (len(text) - size) // 10)
    found = 0
    for at in range(0, len(text) - size, step):
        found += text[at : at + size] in other
        if found == 2:
            return True
    return False


def _without_dateline(text: str) -> str:
    dateline = _DATELINE.match(text)
    return text[dateline.end() :] if dateline else text


def _nearly_same(text: str, other: str) -> bool:
    text, other = _without_dateline(text), _without_dateline(other)
    if not _may_be_same(text, other):
        return False
    for facts in (_NUMBER, _NAME):
        if sorted(facts.findall(text)) != sorted(facts.findall(other)):
            return False
    mine, theirs = _TOKEN.findall(text.casefold()), _TOKEN.findall(other.casefold())
    common = sum((Counter(mine) & Counter(theirs)).values())
    if 2 * common < _NEAR_SHARE * (len(mine) + len(theirs)):
        return False
    if len(mine) > _NEAR_TOKENS:
        return False
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= _NEAR_SHARE
