"""Lines that come again and again through a document: watermarks, running heads, page numbers.

Coming again is one sign. The other is that the line stands where no line of the text can: inside a
sentence, or with a page number that counts up; or that it names a site or its rights.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from models.records import BlockKind, DraftBlock, RemovalReason
from tasks.blocks.marks import is_part_heading
from tasks.clean.verdict import Verdict, Verdicts

_MANY = 3
_LONGEST = 80
_DIGITS = re.compile(r"\d+")
_END = frozenset(".。!！?？:：;；")
_CLOSED = frozenset('.。!！?？"”’」』)）:：;；')
_SITE = re.compile(
    r"(?:www\.|https?:|\.(?:com|cn|net|org)\b)|©|版权|水印|独家|獨家|译制|出品|原创首发|公众号|微信|[Cc]opyright|转载|网$|网站|客户端|日报|晚报|@"
)
_PAGE = re.compile(r"[页頁版]|\b[Pp]age\b|\bp\.|\b0 ?/ ?0\b")
_BARE_NUMBER = re.compile(r"\W{0,3}\d{1,4}\W{0,3}\Z")


def repeated_lines(blocks: Sequence[DraftBlock], gone: Verdicts) -> Verdicts:
    """The copies of watermarks and running heads, all of them."""
    places: dict[str, list[int]] = defaultdict(list)
    numbers: list[int] = []
    for index, block in enumerate(blocks):
        text = block.text.text
        if index in gone or block.label is not None or len(text) > _LONGEST or text[-1] in _END:
            continue
        if block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.QUOTE):
            continue
        if is_part_heading(text):
            continue
        if _BARE_NUMBER.match(text):
            numbers.append(index)
        else:
            places[_DIGITS.sub("0", text)].append(index)
    found: Verdicts = {}
    for shape, indexes in places.items():
        if len(indexes) < _MANY:
            continue
        paged = _PAGE.search(shape) is not None and _counts_up(blocks, indexes)
        if _SITE.search(shape) or paged or _interrupts(blocks, indexes):
            verdict = Verdict(RemovalReason.BOILERPLATE, "watermark")
            found.update((index, verdict) for index in indexes)
    if len(numbers) >= 2 and _counts_up(blocks, numbers) and _interrupts(blocks, numbers):
        verdict = Verdict(RemovalReason.PAGINATION, "page_number")
        found.update((index, verdict) for index in numbers)
    return found


def _counts_up(blocks: Sequence[DraftBlock], indexes: Sequence[int]) -> bool:
    """Whether the last number in the lines goes up by one from each to the next."""
    values = [_DIGITS.findall(blocks[index].text.text)[-1:] for index in indexes]
    if not all(values):
        return False
    pages = [int(value[0][:6]) for value in values]
    return all(b == a + 1 for a, b in pairwise(pages))


def _interrupts(blocks: Sequence[DraftBlock], indexes: Sequence[int]) -> bool:
    """Whether one of the lines stands inside a sentence.

    The paragraph above it has no end mark, and the one below starts with a small letter, or is
    Chinese and both are long.
    """
    return any(
        _is_open(blocks[index - 1].text.text, blocks[index + 1].text.text)
        for index in indexes
        if 0 < index < len(blocks) - 1
    )


def _is_open(before: str, after: str) -> bool:
    if len(before) <= 30 or before[-1] in _CLOSED:
        return False
    return after[0].islower() or (after[0] >= "\u3400" and len(after) > 15)
