"""The title of a page: its first line that is no front matter, when it has the form of one."""

import re
from collections.abc import Sequence

from models.records import BlockKind, DraftBlock, Hints
from tasks.blocks.prose import BODY_WEIGHT, mostly_chinese, weight
from tasks.blocks.wrap import columns

_LONGEST = 220  # columns
_NO_END = frozenset(".。;；:：,，、")
_ABBREVIATION_END = re.compile(
    r"(?:\b[A-Z]\.[A-Z]\.|\b(?:Inc|Co|Ltd|Corp|Jr|Sr|etc|St|No|a\.m|p\.m)\.|\.\.\.)\Z"
)
_SENTENCES = re.compile(r"[。；]|[.!?]\s+[A-Z][a-z]+ [a-z]+ [a-z]+")
_NOT_TEXT = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_KINDS = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TITLE)


def title_places(blocks: Sequence[DraftBlock], hints: Hints) -> list[int]:
    """The places of the title lines: none, one, or two when the page has one in each language.

    Only lines above the body count; a heading further down is never a title, unless it says what
    the container (``hints``) says.
    """
    top: list[int] = []
    for index, block in enumerate(blocks):
        if _is_body(block) or len(top) == 3 or not _may_be_title(block):
            break
        top.append(index)
    if hints.title:
        wanted = _key(hints.title)
        for index, block in enumerate(blocks[:12]):
            key = _key(block.text.text)
            if key and (key == wanted or (len(key) > 8 and wanted.startswith(key))):
                return [index]
    if not top or len(blocks) <= len(top):
        return []
    first = top[0]
    if len(top) > 1 and mostly_chinese(blocks[first].text.text) != mostly_chinese(
        blocks[top[1]].text.text
    ):
        return top[:2]
    return [first]


def second_title(blocks: Sequence[DraftBlock]) -> int | None:
    """The place of a title above the second half of a page whose halves follow each other."""
    sizes = [weight(block.text.text) if _is_body(block) else 0 for block in blocks]
    chinese = [mostly_chinese(block.text.text) for block in blocks]
    total = sum(sizes)
    if not total:
        return None
    before = 0
    for index in range(1, len(blocks) - 1):
        before += sizes[index - 1]
        changes = chinese[index] != chinese[index - 1] and sizes[index] == 0
        if not changes or not _may_be_title(blocks[index]) or not _is_body_below(sizes, index):
            continue
        other = [size for size, c in zip(sizes, chinese, strict=True) if c != chinese[index]]
        above = sum(s for s, c in zip(sizes[:index], chinese, strict=False) if c != chinese[index])
        below = total - before - (sum(other) - above)
        pure = above * 10 >= before * 9 and below * 10 >= (total - before) * 9
        if pure and min(above, below) * 5 >= total:
            return index
    return None


def _is_body_below(sizes: Sequence[int], index: int) -> bool:
    return any(sizes[index + 1 : index + 4])


def _is_body(block: DraftBlock) -> bool:
    if block.label is not None:
        return True
    if block.kind not in _KINDS:
        return True
    text = block.text.text
    return (
        weight(text[:BODY_WEIGHT]) >= BODY_WEIGHT
        and text[-1] in '.。!！?？"”’」』)）:：'
        and not (
            text[-1] in '?？!！"”' and columns(text) <= _LONGEST and _SENTENCES.search(text) is None
        )
    )


def _may_be_title(block: DraftBlock) -> bool:
    text = block.text.text
    if block.label is not None or block.kind not in _KINDS:
        return False
    if columns(text) > _LONGEST or not (_HAN.search(text) or _LATIN_WORD.search(text)):
        return False
    bare = text.rstrip("\"'”’」』)）")
    if bare and bare[-1] in _NO_END and not _ABBREVIATION_END.search(bare):
        return False
    return _SENTENCES.search(bare) is None and len(_NOT_TEXT.sub("", text)) >= 2


def _key(text: str) -> str:
    return _NOT_TEXT.sub("", text).casefold()
