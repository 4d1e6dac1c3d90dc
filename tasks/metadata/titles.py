"""The title of a page: its first line that is no front matter, when it has the form of one."""

import re
from collections.abc import Sequence
from itertools import pairwise

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
_TOKEN = re.compile(r"[a-z]{4,}|\d[\d.,]*|[\u3400-\u9fff]")
_TOP = 14  # blocks among which the title stands
_BODY_BLOCKS, _BODY_READ = 60, 2000  # what of the body is asked for the words of the title
_FOREIGN = 0.1  # share of a line's words in the body, below which it may be the site's
_TOLD = 0.25  # and from which on it is the title
_SITE_LINES = 3
_PATH_MARKS = frozenset("/>»›|｜＞")
_LONG, _SHORT = 18, 24  # weights
#: Sections or buttons with blanks between them.
_MENU = re.compile(r"[\u3400-\u9fff]{1,6}(?:\s{1,3}[\u3400-\u9fff]{1,6}){3,40}")
_KINDS = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TITLE)


def title_places(
    blocks: Sequence[DraftBlock], hints: Hints, above_front: frozenset[int] = frozenset()
) -> list[int]:
    """The places of the title lines: none, one, or two when the page has one in each language.

    Only lines above the body count; a heading further down is never a title, unless it says what
    the container (``hints``) says. ``above_front``: the places right above front matter.
    """
    named = [place for place, block in enumerate(blocks[:_TOP]) if block.kind is BlockKind.TITLE]
    if named:
        return named
    top: list[int] = []
    lines: list[int] = []  # all lines above the body that can be the title
    last = max((place for place in above_front if place < _TOP), default=-1)
    body = False
    for index, block in enumerate(blocks[:_TOP]):
        body = body or _is_body(block)
        if body and index > last:
            break
        if _may_be_title(block):
            lines.append(index)
            if len(top) < 3 and index == len(top):
                top.append(index)
    if hints.title:
        wanted = _key(hints.title)
        for index, block in enumerate(blocks[:12]):
            key = _key(block.text.text)
            if key and (key == wanted or (len(key) > 8 and wanted.startswith(key))):
                return [index]
    told = _told_by_body(blocks, lines, above_front)
    if told is not None and told not in top[:1]:
        return [told]
    if not top or len(blocks) <= len(top):
        return []
    first = top[0]
    marked = len(top) > 1 and blocks[top[1]].kind is BlockKind.HEADING
    if marked and blocks[first].kind is not BlockKind.HEADING:
        return [first]
    if len(top) > 1 and mostly_chinese(blocks[first].text.text) != mostly_chinese(
        blocks[top[1]].text.text
    ):
        return top[:2]
    return [first]


def _told_by_body(
    blocks: Sequence[DraftBlock], lines: Sequence[int], above_front: frozenset[int]
) -> int | None:
    """The line whose words come again in the body, where those of the first line do not.

    Above it stand lines of the site: its name, its sections, buttons. A short first line whose
    words hardly come again gives way to one right above the front matter.
    """
    if len(lines) < 2 or lines[0] in above_front:
        return None
    below = " ".join(b.text.text[:_BODY_READ] for b in blocks[lines[-1] + 1 :][:_BODY_BLOCKS])
    said = _words(below)
    texts = {line: blocks[line].text.text for line in lines}
    shares = {line: _share(_words(text), said) for line, text in texts.items()}
    for line in lines[1:]:  # the path of the page ends with its title
        path = texts[lines[0]]
        if path.endswith(texts[line]) and path[: -len(texts[line])].rstrip()[-1:] in _PATH_MARKS:
            return line
    first = 0.0 if _MENU.fullmatch(texts[lines[0]]) else shares[lines[0]]
    told = [line for line in lines[1:] if shares[line] >= _TOLD and weight(texts[line]) >= _LONG]
    if first > _FOREIGN:
        told = [line for line in told if line in above_front]
        sure = first < _TOLD + 0.05 and weight(texts[lines[0]]) < _SHORT
        if not sure:  # several lines of the site, then a line that says much more of the body
            told = [
                line
                for line in told
                if (line - lines[0] >= _SITE_LINES and shares[line] >= first + _TOLD)
                or (line - lines[0] > 1 and _outweighs(texts[line], texts[lines[0]]))
            ]
    if told and told[0] == lines[0] + 1 and _scripts_differ(texts[lines[0]], texts[told[0]]):
        return None  # titles in both languages
    right_above = [line for line in told if line in above_front]
    if right_above:  # the line above it may be the title, and this one the subtitle
        told = [line for line in told if line in (right_above[0] - 1, right_above[0])]
    return min(told, default=None)


def _outweighs(text: str, first: str) -> bool:
    """Whether the first line is as short as a site's name, and another says much more."""
    return weight(first) < _SHORT and weight(text) >= 2 * weight(first)


def _scripts_differ(one: str, other: str) -> bool:
    return mostly_chinese(one) != mostly_chinese(other)


def _words(text: str) -> set[str]:
    """Words of four letters and more, numbers, and pairs of Chinese characters."""
    tokens = _TOKEN.findall(text.casefold())
    pairs = {a + b for a, b in pairwise(tokens) if a >= "\u3400" <= b}
    return pairs | {token for token in tokens if token < "\u3400"}


def _share(words: set[str], said: set[str]) -> float:
    return len(words & said) / len(words) if words else 0.0


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
