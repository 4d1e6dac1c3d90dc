"""Tables: rows of data, or a grid that lays out the page."""

import re
from collections.abc import Iterator

from lxml import html

_LONG_CELL = 100
_BLOCKS_IN_CELL = ("p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "section", "article")
_SENTENCE_END = '。！？.!?”"'


def is_data_table(table: html.HtmlElement) -> bool:
    """Whether a table holds short values in rows and columns.

    A grid holds other tables, long texts, several paragraphs in a cell, or mostly sentences.
    """
    if next(table.iterdescendants("table"), None) is not None:
        return False
    cells = 0
    sentences = 0
    rows = 0
    wide = 0
    for row in table.iter("tr"):
        texts = [_text(cell) for cell in row if cell.tag in ("td", "th")]
        rows += 1
        wide += len(texts) > 1
        for cell in row:
            if sum(1 for _ in cell.iter(*_BLOCKS_IN_CELL)) > 1:
                return False
        for text in texts:
            if len(text) > _LONG_CELL:
                return False
            cells += bool(text)
            sentences += text[-1:] in _SENTENCE_END and len(text) > 6
    return rows >= 2 and wide * 2 > rows and cells > 0 and sentences * 2 < cells


def table_rows(table: html.HtmlElement) -> Iterator[tuple[str, int]]:
    """The rows as lines of Markdown, each with the count of its linked characters."""
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        texts = [_text(cell) for cell in cells]
        if any(texts):
            linked = sum(len("".join("".join(a.itertext()).split())) for a in row.iter("a"))
            yield "| " + " | ".join(texts) + " |", linked


def _text(cell: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", "".join(cell.itertext())).strip()
