"""Made-up pages of many kinds of mess through the first stages; see ``page_files``."""

import re

import pytest
from ftfy import fix_encoding

from models.records import DraftBlock, Metadata
from tests.tasks.clean.ledger import assert_accounted, read_page
from tests.tasks.clean.page_files import PAGES, Line, load

KINDS = {"H": "heading", "I": "list_item", "R": "table_row", "T": "title"}
# what a cleaned line differs in from its source: entities, widths, tags, breaks of words
_EDITED = re.compile(
    r"&\w+;|&#\d+;|<br/>|[０-９．，]+|\{\{.*?\}\}|\u200b|Ｑ|经 济 日 报|-$|[âÃï].{1,2}"
)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def values(metadata: Metadata) -> list[str]:
    out = [
        f"{name} {fact.value}"
        for name, fact in (
            ("published", metadata.published),
            ("updated", metadata.updated),
            ("outlet", metadata.outlet),
            ("url", metadata.url),
            ("summary", metadata.summary),
            ("original", metadata.original_title),
        )
        if fact is not None
    ]
    out += [f"author {fact.value.name}/{fact.value.role}" for fact in metadata.authors]
    out += [f"counter {fact.value.name} {fact.value.count}" for fact in metadata.counters]
    return out + [f"note {fact.value}" for fact in metadata.notes]


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.txt")), ids=lambda path: path.stem)
def test_page(path: object) -> None:
    page = load(path)  # type: ignore[arg-type]
    draft, metadata = read_page(page.text)
    assert_accounted(draft, page.text, metadata)
    kept = [bare(block.text.text) for block in draft.blocks]
    for line in page.lines:
        if line.mark in "DM":
            assert_gone(line, page.lines, kept)
        elif line.mark == "L":
            assert any(
                b.label is not None and b.label.text == line.label and b.text.text == line.text
                for b in draft.blocks
            ), line
        else:
            assert_kept(line, kept, draft.blocks)
    assert sorted(values(metadata)) == sorted(page.metadata)


def assert_gone(line: Line, lines: tuple[Line, ...], kept: list[str]) -> None:
    """No block has the line's text, but for the kept line that it is a copy of."""
    gone = bare(line.text)
    copies = sum(bare("".join(other.kept)).count(gone) for other in lines if other.mark in "KTHI")
    assert sum(text.count(gone) for text in kept) <= copies, line


def assert_kept(line: Line, kept: list[str], blocks: tuple[DraftBlock, ...]) -> None:
    for part in line.kept:
        for clear in _EDITED.split(part):
            assert any(bare(clear) in text for text in kept), clear
    for cut in line.cut:
        assert not any(bare(cut) in text for text in kept), cut
    if line.mark in KINDS:
        wanted = bare(fix_encoding("".join(line.kept)))
        assert any(b.kind == KINDS[line.mark] and bare(b.text.text) == wanted for b in blocks), line
