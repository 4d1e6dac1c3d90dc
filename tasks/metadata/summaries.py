"""Summaries and editors' notes: kept as metadata, not as body.

A summary is one only with evidence: a line of the page's assistant right above it, or a label of
its own; and what it says comes again in the body, so that no sentence of the story is lost.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.records import (
    BlockKind,
    DraftBlock,
    Fact,
    Hints,
    Removal,
    RemovalReason,
)
from models.revise import partition, trim
from models.spans import TracedText, hull
from tasks.blocks.prose import BODY_WEIGHT, weight
from tasks.blocks.surgery import remove_whole
from tasks.clean.assistant import ASSISTANT_LINE

_TOP = 8  # blocks among which a labelled summary may stand
_CONTAINED = 0.5  # share of a summary's words that come again
_LONGEST_NOTE = 800
_MOSTLY = 0.6  # so far down a note that says so itself may stand between other lines

_LABEL = re.compile(
    r"[【\[(（]?\s?"
    r"(?:(?:AI|智能|机器|本文|文章|内容)?(?:摘要|總結|总结|提要|概要|速览)"
    r"|(?:AI[- ]?(?:generated )?|Article |Story )?(?:Summary|Abstract|TL;?DR|Synopsis))"
    r"(?:\s?(?:[】\])）]\s?[:：]?|[:：])|(?<=[要结])\s(?=【))\s?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[(（【\[]?\s?"
    r"(?:编者按|編者按|编者注|編者註|编辑注|更正|勘误|致歉"
    r"|Editor['’]?s['’]? note|Editorial note|Corrections?|Clarification|Note to readers)"
    r"\s?(?:[】\])）]|[:：|])",
    re.IGNORECASE,
)
#: A note without a label: it says itself that the text was changed.
_SURE_NOTE = re.compile(
    r"[(（\[]?(?:this (?:article|story|post|piece|report|headline)"
    r"|the headline of this (?:article|story))"
    r" (?:was|has been|had been) (?:\w+ly )?(?:amended|corrected|clarified)\b"
    r"|[(（\[]?an? (?:earlier|previous|prior) version of this\b"
    r"|[(（\[]?本文(?:此前|早前)(?:版本|的版本)|[(（\[]?(?:本文|此文)已(?:作|做)?(?:更正|订正|修正)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[A-Za-z]{4,}|\d[\d.,]*|[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary that left the blocks."""

    fact: Fact[str]
    removals: tuple[Removal, ...]


def take_summary(
    source: str, blocks: tuple[DraftBlock, ...], before: Sequence[Removal], hints: Hints
) -> tuple[tuple[DraftBlock, ...], Summary | None]:
    """``blocks`` without the summary, and the summary; the container's where the text has none."""
    place = _below_assistant(blocks, before)
    method = "assistant"
    label_end = 0
    if place is None:
        place, label_end = _labelled(blocks)
        method = "label"
    if place is None or not _comes_again(blocks, place, label_end):
        told = hints.summary is not None and hints.summary.strip() != ""
        if hints.summary and told and (hints.how != "html" or _is_about(hints.summary, blocks)):
            fact = Fact(hints.summary.strip(), hints.summary, None, f"{hints.how}:summary")
            return blocks, Summary(fact, ())
        return blocks, None
    label, text = partition(blocks[place].text, [label_end])
    text = trim(text)
    removals = [_line(source, label)] if label.pieces else []
    if len(text.pieces) == 1:
        span = text.pieces[0]
        fact = Fact(text.text, source[span[0] : span[1]], span, method)
    else:
        fact = Fact(text.text, text.text, None, method)
        removals.append(_line(source, text))
    return blocks[:place] + blocks[place + 1 :], Summary(fact, tuple(removals))


def take_notes(
    source: str, blocks: tuple[DraftBlock, ...]
) -> tuple[tuple[DraftBlock, ...], tuple[Fact[str], ...], list[Removal]]:
    """``blocks`` without editors' notes and corrections above or below the body, and those."""
    body = [i for i, b in enumerate(blocks) if _is_body(b) and not is_note(b)]
    if not body:
        return blocks, (), []
    kept: list[DraftBlock] = []
    notes: list[Fact[str]] = []
    removals: list[Removal] = []
    for index, block in enumerate(blocks):
        outside = index < body[0] or index > body[-1]
        outside = outside or (index > _MOSTLY * body[-1] and _says_changed(block))
        if not (outside and is_note(block)):
            kept.append(block)
        elif len(block.text.pieces) == 1:
            span = block.text.pieces[0]
            notes.append(Fact(block.text.text, source[span[0] : span[1]], span, "note"))
        else:
            notes.append(Fact(block.text.text, block.text.text, None, "note"))
            removals.append(_line(source, block.text))
    return tuple(kept), tuple(notes), removals


def _line(source: str, text: TracedText) -> Removal:
    return remove_whole(source, text, RemovalReason.METADATA_LINE, "summary_or_note")


def is_note(block: DraftBlock) -> bool:
    """Whether a block is a note of the newsroom: a correction, a word of the editor."""
    text = block.text.text
    if block.label is not None or len(text) > _LONGEST_NOTE:
        return False
    return _NOTE.match(text) is not None or _says_changed(block)


def _says_changed(block: DraftBlock) -> bool:
    """Whether a block says that the text was corrected."""
    return block.label is None and _SURE_NOTE.match(block.text.text[:_LONGEST_NOTE]) is not None


def _is_body(block: DraftBlock) -> bool:
    return block.label is not None or weight(block.text.text[:BODY_WEIGHT]) >= BODY_WEIGHT


def _below_assistant(blocks: Sequence[DraftBlock], before: Sequence[Removal]) -> int | None:
    """The paragraph right below a line in which the page's assistant spoke."""
    ends = [r.pieces[-1][1] for r in before if r.rule == ASSISTANT_LINE]
    for end in ends:
        for index, block in enumerate(blocks):
            span = hull(block.text.pieces)
            if span is None or span[0] < end:
                continue
            plain = block.kind is BlockKind.PARAGRAPH and block.label is None
            return index if plain and _is_body(block) else None
    return None


def _labelled(blocks: Sequence[DraftBlock]) -> tuple[int | None, int]:
    for index, block in enumerate(blocks[:_TOP]):
        match = _LABEL.match(block.text.text)
        if match is not None and block.label is None and match.end() < len(block.text.text):
            return index, match.end()
    return None, 0


def _comes_again(blocks: Sequence[DraftBlock], place: int, start: int) -> bool:
    """Whether a body follows, and most of the summary's words come again in it."""
    below = blocks[place + 1 :]
    if sum(_is_body(block) for block in below) < 2:
        return False
    text = blocks[place].text.text[start:]
    words = _words(text)
    size, rest = 0, set[str]()
    for block in below:
        rest |= _words(block.text.text)
        size += len(block.text.text)
        if size > 200 * len(text) + 10_000:
            break
    return size > len(text) and len(words & rest) >= _CONTAINED * max(1, len(words))


def _is_about(summary: str, blocks: Sequence[DraftBlock]) -> bool:
    """Whether a container's summary is one of this page, and no mere part of its title.

    Sites also describe themselves there, or say the title again.
    """
    words = _words(summary)
    bare = "".join(summary.split())
    titles = (b.text.text for b in blocks if b.kind is BlockKind.TITLE)
    if any(bare in "".join(title.split()) for title in titles):
        return False
    said: set[str] = set()
    for block in blocks:
        said |= _words(block.text.text)
    return len(words & said) >= _CONTAINED * len(words)


def _words(text: str) -> set[str]:
    """Words, and pairs of Chinese characters."""
    tokens = _TOKEN.findall(text.casefold())
    pairs = {a + b for a, b in pairwise(tokens) if a >= "\u3400" <= b}
    return pairs | {token for token in tokens if token < "\u3400"}
