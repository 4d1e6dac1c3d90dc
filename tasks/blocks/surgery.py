"""Take stretches out of a traced text and write down what they were."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.records import Removal, RemovalReason
from models.revise import Cut, revise
from models.spans import Span, TracedText, join_pieces


@dataclass(frozen=True, slots=True)
class Excision:
    """A stretch ``text[start:end]`` to take out, why, and what stands in its place."""

    start: int
    end: int
    reason: RemovalReason
    rule: str
    joint: str = ""


def removal(source: str, pieces: tuple[Span, ...], reason: RemovalReason, rule: str) -> Removal:
    """The record of source stretches that left the text."""
    return Removal(pieces, join_pieces(source, pieces), reason, rule)


def remove_whole(source: str, traced: TracedText, reason: RemovalReason, rule: str) -> Removal:
    """The record of a text that leaves as a whole."""
    return removal(source, traced.pieces, reason, rule)


def excise(
    source: str, traced: TracedText, excisions: Sequence[Excision]
) -> tuple[TracedText, list[Removal]]:
    """``traced`` without the stretches (sorted, not overlapping), and the records of them."""
    if not excisions:
        return traced, []
    revised = revise(traced, [Cut(e.start, e.end, e.joint, e.rule) for e in excisions])
    removals = [
        removal(source, pieces, e.reason, e.rule)
        for e, pieces in zip(excisions, revised.cuts, strict=True)
        if pieces
    ]
    return revised.text, removals
