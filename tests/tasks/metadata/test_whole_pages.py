"""Whole pages with front matter and tails as sites write them: ``whole_pages.tsv``.

All values must come out, and no others; every sentence of the story stays.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.records import BlockKind
from tasks.blocks import blocks
from tasks.clean import clean
from tasks.evaluate.pages import fact_lines
from tasks.metadata import extract
from tasks.zones import trim
from tests.tasks.clean.ledger import assert_accounted, document
from tests.tasks.metadata.stories import STORIES


def pages() -> Iterator[object]:
    wrong = pytest.mark.xfail(strict=True, reason="no rule knows this form")
    path = Path(__file__).with_name("whole_pages.tsv")
    for row in path.read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            story, page, wanted, allowed = row.split("\t")
            marks = [wrong] if story.startswith("!") else []
            values = _values(wanted), _values(allowed)
            yield pytest.param(story.lstrip("!"), page, *values, id=page, marks=marks)


def _values(text: str) -> set[str]:
    return set(text.split("; ")) - {""}


@pytest.mark.parametrize(("story", "page", "wanted", "allowed"), list(pages()))
def test_whole_page(story: str, page: str, wanted: set[str], allowed: set[str]) -> None:
    title, *body = STORIES[story]
    text = page.replace("⏎", "\n").replace("␣", " ").replace("{t}", title)
    text = text.replace("{b}", "\n".join(body)) + "\n"
    page_read = document(text)
    draft, metadata = extract(trim(clean(blocks(page_read), page_read), page_read), page_read)
    assert_accounted(draft, text, metadata)
    found = set(fact_lines(metadata))
    assert found - allowed == wanted - allowed
    titles = [block.text.text for block in draft.blocks if block.kind is BlockKind.TITLE]
    assert titles == [title]
    kept = "\n".join(block.text.text for block in draft.blocks)
    assert all(sentence in kept for sentence in body)
