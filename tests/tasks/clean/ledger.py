"""What the tests of the first stages share: a document of a text, and the ledger of its characters."""

from dataclasses import fields

from models.records import Document, Draft, Fact, Hints, Metadata, SourceFile
from models.spans import apply_edits, join_pieces, undo_edits
from tasks.blocks import blocks
from tasks.clean import clean
from tasks.metadata import extract

NO_HINTS = Hints()
NO_METADATA = Metadata()


def document(text: str, *, markdown: bool = False, hints: Hints = NO_HINTS) -> Document:
    return Document(SourceFile("page.txt", "", len(text), "txt"), text, hints, markdown)


def cleaned(text: str, *, markdown: bool = False) -> Draft:
    page = document(text, markdown=markdown)
    return clean(blocks(page), page)


def read_page(
    text: str, *, markdown: bool = False, hints: Hints = NO_HINTS
) -> tuple[Draft, Metadata]:
    page = document(text, markdown=markdown, hints=hints)
    return extract(clean(blocks(page), page), page)


def facts(metadata: Metadata) -> list[Fact[object]]:
    out: list[Fact[object]] = []
    for field in fields(metadata):
        value = getattr(metadata, field.name)
        out += value if isinstance(value, tuple) else [value] if value is not None else []
    return out


def texts(draft: Draft) -> list[str]:
    return [block.text.text for block in draft.blocks]


def assert_accounted(draft: Draft, text: str, metadata: Metadata = NO_METADATA) -> None:
    """Every non-blank character stands in exactly one place, and all traced texts are true."""
    seen = [0] * len(text)
    pieces = []
    for block in draft.blocks:
        assert block.text.text == block.text.text.strip() != ""
        for traced in (block.text, block.label):
            if traced is not None:
                raw = join_pieces(text, traced.pieces)
                assert apply_edits(raw, traced.edits) == traced.text
                assert undo_edits(traced.text, traced.edits) == raw
                pieces += traced.pieces
    for removal in draft.removals:
        assert join_pieces(text, removal.pieces) == removal.text
        assert removal.rule
        pieces += removal.pieces
    spans = set()  # of a name with two roles there are two facts, and one place
    for fact in facts(metadata):
        if fact.span is not None:
            assert text[slice(*fact.span)] == fact.raw
            spans |= set() if fact.in_body else {fact.span}
    pieces += spans
    for start, end in pieces:
        for at in range(start, end):
            seen[at] += 1
    wrong = [
        (at, text[max(0, at - 10) : at + 10], count)
        for at, count in enumerate(seen)
        if count > 1 or (count == 0 and not text[at].isspace())
    ]
    assert not wrong, wrong[:5]
