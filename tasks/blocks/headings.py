"""Headings without any mark: short lines without end mark that stand above body text."""

import re
from collections.abc import Sequence

from models.records import BlockKind, DraftBlock
from tasks.blocks.flattened import in_columns
from tasks.blocks.marks import is_part_heading
from tasks.blocks.prose import BODY_WEIGHT, weight
from tasks.blocks.wrap import columns

_LONGEST = 100  # columns
_MOST_WORDS = 16
_LONGEST_RUN = 3  # so many heading lines may follow each other
_NO_END = frozenset(".。!！…;；:：,，、")
_ABBREVIATION_END = re.compile(
    r"(?:\b[A-Z]\.[A-Z]\.|\b(?:Inc|Co|Ltd|Corp|Jr|Sr|etc|a\.m|p\.m)\.)\Z"
)
_SENTENCE_INSIDE = re.compile(r"[。！；]|[.!]\s+[A-Z][a-z]+ [a-z]|[a-z]\. [A-Z]")
_LETTER = re.compile(r"[A-Za-z\u3400-\u9fff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FRONT_MATTER = re.compile(
    r"\d{4}\s?[年./\-]\s?\d{1,2}|\d{1,2}[./]\d{1,2}[./ ]\s?\d{4}|\d{1,2}:\d{2}|[|｜]"
    r"|^[^\s:：]{1,16}(?: [^\s:：]{1,16}){0,2}\s?[:：]\s?\S"
)
_TITLE_JOINERS = frozenset(
    (
        *("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of"),
        *("off", "on", "onto", "or", "over", "per", "so", "than", "the", "to", "up", "via"),
        *("vs", "with", "yet"),
    )
)


def mark_headings(blocks: Sequence[DraftBlock]) -> tuple[DraftBlock, ...]:
    """``blocks``, with the kind of the paragraphs that are headings changed."""
    if in_columns(blocks):
        return tuple(blocks)
    maybe = [_is_candidate(blocks, index) and _may_be(block) for index, block in enumerate(blocks)]
    solid = [not m and _is_body(block) for m, block in zip(maybe, blocks, strict=True)]
    out = list(blocks)
    at = 0
    while at < len(out):
        if not maybe[at]:
            at += 1
            continue
        end = at
        while end < len(out) and (maybe[end] or out[end].kind is BlockKind.HEADING):
            end += 1
        run = end - at
        if run <= _LONGEST_RUN and end < len(out) and solid[end]:
            after_heading = at > 0 and out[at - 1].kind is BlockKind.HEADING
            for index in range(at, end):
                if maybe[index] and _is_heading(out[index].text.text, run, after_heading):
                    out[index] = DraftBlock(BlockKind.HEADING, out[index].text, out[index].label)
                after_heading = out[index].kind is BlockKind.HEADING
        at = max(end, at + 1)
    return tuple(out)


def _is_candidate(blocks: Sequence[DraftBlock], index: int) -> bool:
    """Plain paragraphs, and a numbered line alone among paragraphs (``一、离开的人``)."""
    if blocks[index].kind is BlockKind.PARAGRAPH:
        return True
    if blocks[index].kind is not BlockKind.LIST_ITEM:
        return False
    around = (blocks[max(0, index - 1) : index], blocks[index + 1 : index + 2])
    return all(b.kind is not BlockKind.LIST_ITEM for side in around for b in side)


def _may_be(block: DraftBlock) -> bool:
    text = block.text.text
    if block.label is not None or len(text) > _LONGEST or columns(text) > _LONGEST:
        return False
    if is_part_heading(text):
        return True
    bare = text.rstrip("\"'”’」』)）")
    if not bare or (bare[-1] in _NO_END and not _ABBREVIATION_END.search(bare)):
        return False
    if _LETTER.search(text) is None or _SENTENCE_INSIDE.search(text) or _FRONT_MATTER.search(text):
        return False
    if len(_HAN.findall(text)) > 32:
        return False
    return len(text.split()) <= _MOST_WORDS


def _is_body(block: DraftBlock) -> bool:
    if block.label is not None or block.kind in (BlockKind.LIST_ITEM, BlockKind.QUOTE):
        return True
    if block.kind is not BlockKind.PARAGRAPH:
        return block.kind is BlockKind.CAPTION
    text = block.text.text
    return weight(text[:BODY_WEIGHT]) >= BODY_WEIGHT or text[-1] in ".。!！?？:："


def _is_heading(text: str, run: int, after_heading: bool) -> bool:
    """A question is a heading only in title case, in short Chinese, or below another heading."""
    if text.rstrip("\"'”’」』)） ")[-1:] not in "?？" or after_heading or run > 1:
        return True
    if _HAN.search(text):
        return columns(text) <= 50
    return is_title_case(text)


def is_title_case(text: str) -> bool:
    """Whether the words of an English line are capitalised as in a title.

    >>> is_title_case("Can It Prevail in the End?"), is_title_case("Can it prevail in the end?")
    (True, False)
    """
    words = [w.strip("\"'“”‘’()[],;:!?") for w in text.split()]
    words = [w for w in words if w and w[0].isalpha() and w.lower() not in _TITLE_JOINERS]
    capital = sum(not w[0].islower() for w in words)
    return len(words) > 1 and capital * 10 >= len(words) * 8
