"""The article as text with the marks of Markdown."""

from collections.abc import Sequence
from itertools import pairwise

from tasks.read.html.page import Kind, PageBlock, mass
from tasks.read.lines import paragraphs_of

_SENTENCE_END = '。；，、：…”’」』）》.;:,"'
_LONGEST_HEADING = 30.0


def render(title: str | None, blocks: Sequence[PageBlock]) -> str:
    """The title as first line, then a paragraph, heading, list item or table row for each block.

    A blank line stands between blocks, but not between the rows of a table.
    """
    parts: list[str] = [f"# {title}", "\n\n"] if title else []
    for previous, block in pairwise((None, *blocks)):
        assert block is not None
        row = block.kind is Kind.ROW and previous is not None and previous.kind is Kind.ROW
        if row and previous is not None and previous.element is block.element:
            parts[-1] = "\n"
        for line in _lines(block):
            parts += (line, "\n\n")
    return "".join(parts[:-1])


def _lines(block: PageBlock) -> list[str]:
    if block.kind is Kind.ROW:
        return [block.text.strip()]
    if block.kind is Kind.PREFORMATTED:
        text = block.text.replace("\r\n", "\n").strip("\n").rstrip()
        return [text] if text.strip() else []
    lines = paragraphs_of(block.text)
    if not lines:
        return []
    if block.kind is Kind.HEADING:
        lines = ["#" * max(2, block.level) + " " + " ".join(lines)]
    elif block.kind is Kind.ITEM:
        lines[0] = block.marker + lines[0]
    elif block.kind is Kind.QUOTE:
        lines = [f"> {line}" for line in lines]
    elif _is_bold_heading(block, lines):
        lines[0] = "## " + lines[0]
    return lines


def _is_bold_heading(block: PageBlock, lines: Sequence[str]) -> bool:
    """Whether a paragraph is a heading in all but name: short, all bold, no sentence."""
    return (
        block.bold >= block.size
        and len(lines) == 1
        and mass(lines[0]) <= _LONGEST_HEADING
        and len(lines[0]) <= 90
        and lines[0][-1] not in _SENTENCE_END
        and any(char.isalpha() for char in lines[0])
    )
