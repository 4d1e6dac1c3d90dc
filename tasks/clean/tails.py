"""Tail sections: a heading such as ``Disclaimer`` or ``Related articles`` and what stands below it.

A disclaimer, a comment section or the site's footer below such a heading goes to the end of the
document, unless an article goes on there: text in the other script (the second half of a bilingual
page), or more text than a tail has. Then only the furniture right below the heading goes.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from models.records import BlockKind, DraftBlock, RemovalReason
from tasks.blocks.wordlists import read_table
from tasks.blocks.wrap import columns
from tasks.clean.forms import bare_line
from tasks.clean.verdict import Verdict, Verdicts

_LONGEST_HEADING = 60
_BODY = 120  # columns of a paragraph that no list of links has
_PROSE_END = frozenset('.。!！?？…"”’」』)）')
#: A tail holds at most this share of the document's text, in per cent.
_MOST_TAIL = {
    RemovalReason.DISCLAIMER: 45,
    RemovalReason.COMMENT: 75,
    RemovalReason.RELATED: 45,
    RemovalReason.BOILERPLATE: 40,
    RemovalReason.ADVERTISEMENT: 30,
}
_COUNT = re.compile(r"\s?[(（\[]?\s?\d{1,6}\s?(?:条|則|个)?\s?[)）\]]?\Z")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def tail_sections(blocks: Sequence[DraftBlock], gone: Verdicts) -> Verdicts:
    """The blocks of tail sections; ``gone`` are those that other rules took already."""
    headings = [
        (index, reason)
        for index, block in enumerate(blocks)
        if (reason := heading_reason(block)) is not None
    ]
    if not headings:
        return {}
    sizes = [columns(block.text.text) for block in blocks]
    total = sum(size for index, size in enumerate(sizes) if index not in gone)
    below = _sums_from_end([0 if i in gone else size for i, size in enumerate(sizes)])
    found: Verdicts = {}
    for index, reason in headings:
        if index in found:
            continue
        verdict = Verdict(reason, "tail_section")
        end = len(blocks)
        if below[index] * 100 > total * _MOST_TAIL[reason] or reason is RemovalReason.ADVERTISEMENT:
            end = _end_of_list(blocks, sizes, index + 1, reason)
        end = min(end, _other_script(blocks, sizes, index, end))
        found[index] = verdict
        found.update((at, verdict) for at in range(index + 1, end) if at not in gone)
    return found


def heading_reason(block: DraftBlock) -> RemovalReason | None:
    """Why what stands below a heading goes; None when it is no such heading."""
    text = block.text.text
    if len(text) > _LONGEST_HEADING or block.label is not None:
        return None
    if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TITLE):
        return None
    bare = bare_line(text).rstrip(":：")
    bare = _COUNT.sub("", bare) if not bare.isdigit() else bare
    for reason, pattern in _headings():
        if pattern.fullmatch(bare):
            return reason
    return None


def _end_of_list(
    blocks: Sequence[DraftBlock], sizes: Sequence[int], start: int, reason: RemovalReason
) -> int:
    """The first block below a heading that is text of the article again."""
    for at in range(start, len(blocks)):
        text = blocks[at].text.text
        if reason is RemovalReason.DISCLAIMER and at == start and sizes[at] >= _BODY:
            continue  # its one paragraph
        prose = text[-1] in _PROSE_END and sizes[at] >= _BODY // 2
        if prose or sizes[at] >= _BODY or blocks[at].label is not None:
            return at
        if (
            blocks[at].kind in (BlockKind.HEADING, BlockKind.CAPTION)
            and heading_reason(blocks[at]) is None
        ):
            return at
    return len(blocks)


def _other_script(blocks: Sequence[DraftBlock], sizes: Sequence[int], index: int, end: int) -> int:
    """The first long paragraph below a heading that is not in its script, title and all."""
    chinese = _HAN.search(blocks[index].text.text) is not None
    for at in range(index + 1, end):
        text = blocks[at].text.text
        if sizes[at] < _BODY or _is_chinese(text) == chinese:
            continue
        if heading_reason(blocks[at]) is not None:
            continue
        while at - 1 > index and _is_chinese(blocks[at - 1].text.text) != chinese:
            at -= 1
        return at
    return end


def _is_chinese(text: str) -> bool:
    start = text[:400]
    return len(_HAN.findall(start)) > len(_LATIN_WORD.findall(start))


def _sums_from_end(sizes: Sequence[int]) -> list[int]:
    out: list[int] = []
    total = 0
    for size in reversed(sizes):
        total += size
        out.append(total)
    return out[::-1]


@cache
def _headings() -> tuple[tuple[RemovalReason, re.Pattern[str]], ...]:
    rows = read_table(Path(__file__).with_name("tail_headings.tsv"))
    return tuple((RemovalReason(r), re.compile(p, re.IGNORECASE)) for r, p in rows)
