"""The ledger: every non-blank character of a text ends in exactly one place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from models.records import Document, Fact, Ingested, Metadata
from models.spans import Span

_ASCII_BLANKS = bytes(code for code in range(128) if chr(code).isspace())
_BLANKS_BEYOND_ASCII = re.compile(r"[^\S\0-\x7f]")


class LedgerError(Exception):
    """Characters of a text are in no place, or in two."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the non-blank code points of a text went. The four sum up to ``total``."""

    total: int = 0
    body: int = 0
    metadata: int = 0
    removed: int = 0
    quarantined: int = 0

    def __add__(self, other: "Ledger") -> "Ledger":
        return Ledger(
            self.total + other.total,
            self.body + other.body,
            self.metadata + other.metadata,
            self.removed + other.removed,
            self.quarantined + other.quarantined,
        )

    @property
    def balanced(self) -> bool:
        """Whether the places sum up to the total."""
        return self.total == self.body + self.metadata + self.removed + self.quarantined


def account(document: Document, ingested: Ingested) -> Ledger:
    """The ledger of one document. Raises LedgerError, with the place, when it does not balance."""
    text = document.text
    total = _count(text)
    if not ingested.articles:
        return Ledger(total=total, quarantined=total)
    body = [
        piece
        for article in ingested.articles
        for block in article.blocks
        for piece in (*block.pieces, *block.label_pieces)
    ]
    # The halves of a bilingual page share the facts of the page: each is counted once.
    facts = sorted(
        {
            fact.span
            for article in ingested.articles
            for fact in facts_of(article.metadata)
            if fact.span is not None and not fact.in_body
        }
    )
    removed = [piece for removal in ingested.removals for piece in removal.pieces]
    at = 0
    for start, end in sorted([*body, *facts, *removed]):
        if start < at and text[start : min(at, end)].strip():
            raise LedgerError(f"{text[start : min(at, end)]!r} at {start} is in two places")
        if at < start and text[at:start].strip():
            raise LedgerError(f"{text[at:start]!r} at {at} is in no place")
        at = max(at, end)
    if text[at:].strip():
        raise LedgerError(f"{text[at:]!r} at {at} is in no place")
    return Ledger(
        total=total,
        body=_size(text, body),
        metadata=_size(text, facts),
        removed=_size(text, removed),
    )


def facts_of(metadata: Metadata) -> Iterable[Fact[object]]:
    """Every fact of the metadata."""
    for name in metadata.__slots__:
        value = getattr(metadata, name)
        if isinstance(value, tuple):
            yield from value
        elif value is not None:
            yield value


def _count(text: str) -> int:
    """How many code points are not blank."""
    blanks = 0 if text.isascii() else len(_BLANKS_BEYOND_ASCII.findall(text))
    data = text.encode("ascii", "ignore")
    return len(text) - blanks - len(data) + len(data.translate(None, _ASCII_BLANKS))


def _size(text: str, pieces: Iterable[Span]) -> int:
    return _count("".join([text[start:end] for start, end in pieces]))
