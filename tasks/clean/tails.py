"""Tail sections: a heading such as ``Disclaimer`` or ``Related articles`` and what stands below it.

How much goes depends on the heading. Below a disclaimer: everything, up to a heading of the article
or text in the other script (the second half of a bilingual page). Below a list of links: the links,
never a paragraph. Below a comment section: everything, when it is surely one.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from models.records import BlockKind, DraftBlock, RemovalReason
from tasks.blocks.prose import is_prose, mostly_chinese, weight
from tasks.blocks.wordlists import read_table
from tasks.clean.forms import bare_line, line_verdict
from tasks.clean.verdict import Verdict, Verdicts

_LONGEST_HEADING = 60
_BODY = 120  # weight of a paragraph that no list of links has
_LONGEST_LINK = 140  # weight of a headline in a list of links
_MOST_LINKS = 30
_LOOK_FOR_COMMENTS = 6  # blocks below a heading in which a comment section shows itself
#: A tail holds at most this share of the document's text, in per cent.
_MOST_TAIL = {
    RemovalReason.DISCLAIMER: 45,
    RemovalReason.COMMENT: 80,
    RemovalReason.BOILERPLATE: 25,
}
_COUNT = re.compile(
    r"\s?[(（\[]?\s?(?:共\s?有?)?\d{1,6}\s?(?:条|則|个)?\s?[)）\]]?\Z|\A\d{1,6}\s?(?:条|則)?\s?(?=\D)"
)
_SURE_COMMENTS = re.compile(r"[网網]友|最新|精选|热门|全部|所有|reader|latest", re.IGNORECASE)
_COMMENT_SIGN = re.compile(
    r"\d\s?楼|回复|回覆|[网網]友|\d\s?(?:分钟|小时|天)前|\b(?:ago|[Rr]eply|[Ll]ikes?|[Ss]ays:|[Uu]pvote)\b"
)
#: So much of the text, in per cent, may stand below a heading of comments that shows none.
_LITTLE = 40
_FEW_COMMENTS = 3  # where a heading counts more, so many blocks at least stand below it
_NO_HEADLINE_END = frozenset(".。;；,，、：:")
_HAN = re.compile(r"[\u3400-\u9fff]")


def tail_sections(blocks: Sequence[DraftBlock], gone: Verdicts) -> Verdicts:
    """The blocks of tail sections; ``gone`` are those that other rules took already."""
    headings = [
        (index, reason)
        for index, block in enumerate(blocks)
        if (reason := heading_reason(block)) is not None
    ]
    if not headings:
        return {}
    sizes = [0 if i in gone else weight(block.text.text) for i, block in enumerate(blocks)]
    below = _sums_from_end(sizes)
    found: Verdicts = {}
    for index, reason in headings:
        if index in found:
            continue
        end = _end(blocks, gone, index, reason, below)
        if end is None:
            continue
        verdict = Verdict(reason, "tail_section")
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
    bare = bare_line(text).rstrip(":：").lower()
    bare = _COUNT.sub("", bare) if not bare.isdigit() else bare
    reasons, pattern = _headings()
    found = pattern.fullmatch(bare)
    return reasons[int(found.lastgroup[1:])] if found and found.lastgroup else None


def _end(
    blocks: Sequence[DraftBlock],
    gone: Verdicts,
    index: int,
    reason: RemovalReason,
    below: Sequence[int],
) -> int | None:
    """The first block below a heading that is the article's again; None: no tail at all."""
    if reason in (RemovalReason.RELATED, RemovalReason.ADVERTISEMENT):
        if not any(is_prose(block.text.text) for block in blocks[:index]):
            return index + 1  # a button above the headline
        return _end_of_links(blocks, gone, index)
    little = below[index] * 100 <= below[0] * _LITTLE
    if reason is RemovalReason.COMMENT and not _is_comment_section(
        blocks, gone, index, little=little
    ):
        return None if below[index] > weight(blocks[index].text.text) else index + 1
    if below[index] * 100 > below[0] * _MOST_TAIL[reason]:
        return index + 1
    for at in range(index + 1, len(blocks)):
        if reason is not RemovalReason.COMMENT and _is_heading_of_article(blocks, at):
            return at
    return _other_script(blocks, index)


def _is_heading_of_article(blocks: Sequence[DraftBlock], at: int) -> bool:
    """Whether the article goes on here: a heading that opens no tail, with prose below."""
    if blocks[at].kind is not BlockKind.HEADING or at + 1 >= len(blocks):
        return False
    if heading_reason(blocks[at]) is not None or line_verdict(blocks[at].text.text) is not None:
        return False
    return is_prose(blocks[at + 1].text.text)


def _is_comment_section(
    blocks: Sequence[DraftBlock], gone: Verdicts, index: int, *, little: bool
) -> bool:
    """Whether one of the blocks below a heading is a comment.

    A heading that says so plainly is enough where little of the text is below it: higher up
    ``Join the conversation`` and ``214 comments`` are buttons beside the article.
    """
    text = blocks[index].text.text
    heading = index not in gone or gone[index].rule != "comment_form"  # and no button
    count = re.search(r"\d{1,6}", text) if _COUNT.search(text) is not None else None
    left = sum(at not in gone for at in range(index + 1, len(blocks)))
    counted = count is not None and left >= min(int(count[0]), _FEW_COMMENTS)
    if little and (counted or _SURE_COMMENTS.search(text) is not None):
        return True
    for at in range(index + 1, min(len(blocks), index + 1 + _LOOK_FOR_COMMENTS)):
        if at in gone and gone[at].reason is RemovalReason.COMMENT:
            return True
        below = blocks[at].text.text
        prose = is_prose(below)
        if _COMMENT_SIGN.search(below[:200]) is not None and (little or not prose):
            return True
        if prose and not (little and heading) and at not in gone:  # the article goes on
            return False
    return False


def _end_of_links(blocks: Sequence[DraftBlock], gone: Verdicts, index: int) -> int:
    """Behind the last link of a list."""
    end = index + 1
    while end < len(blocks) and end - index <= _MOST_LINKS:
        if end not in gone and not _is_headline(blocks[end]):
            break
        end += 1
    return end


def _is_headline(block: DraftBlock) -> bool:
    text = block.text.text
    if block.label is not None or block.kind in (BlockKind.CAPTION, BlockKind.TABLE_ROW):
        return False
    bare = text.rstrip("\"'”’」』)）")
    if not bare or bare[-1] in _NO_HEADLINE_END or "。" in bare:
        return False
    return weight(text) <= _LONGEST_LINK


def _other_script(blocks: Sequence[DraftBlock], index: int) -> int:
    """The first long paragraph below a heading that is not in its script, title and all."""
    chinese = _HAN.search(blocks[index].text.text) is not None
    for at in range(index + 1, len(blocks)):
        text = blocks[at].text.text
        if weight(text) < _BODY or mostly_chinese(text) == chinese:
            continue
        if heading_reason(blocks[at]) is not None or line_verdict(text) is not None:
            continue
        while at - 1 > index and mostly_chinese(blocks[at - 1].text.text) != chinese:
            at -= 1
        return at
    return len(blocks)


def _sums_from_end(sizes: Sequence[int]) -> list[int]:
    out: list[int] = []
    total = 0
    for size in reversed(sizes):
        total += size
        out.append(total)
    return out[::-1]


@cache
def _headings() -> tuple[tuple[RemovalReason, ...], re.Pattern[str]]:
    """The reasons and forms of ``tail_headings.tsv``; the group ``gN`` belongs to reason N."""
    rows = read_table(Path(__file__).with_name("tail_headings.tsv"))
    reasons = tuple(RemovalReason(reason) for reason, _ in rows)
    branches = [f"(?P<g{number}>{form})" for number, (_, form) in enumerate(rows)]
    return reasons, re.compile("|".join(branches))
