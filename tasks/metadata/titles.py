"""The title of a page: its first line that is no front matter, when it has the form of one."""

import re
from collections.abc import Sequence, Set

from models.records import BlockKind, DraftBlock, Hints
from tasks.blocks.prose import BODY_WEIGHT, mostly_chinese, weight
from tasks.blocks.wrap import columns
from tasks.language.agreement import translates
from tasks.metadata.headline import (
    BODY_BLOCKS,
    BODY_READ,
    LONG,
    MENU,
    SENTENCES,
    TINY,
    has_columns,
    is_name_like,
    is_no_title,
    score,
    share_of,
    stands_above,
    words_of,
)
from tasks.metadata.site_lines import is_site_line

_LONGEST = 220  # columns
_HEADLINE = 120  # columns of a headline of two sentences
_STOPS = frozenset(".。!！?？…\"'”’」』)）")
_NO_END = frozenset(".。;；:：,，、")
_ABBREVIATION_END = re.compile(
    r"(?:\b[A-Z]\.[A-Z]\.|\b(?:Inc|Co|Ltd|Corp|Jr|Sr|etc|St|No|a\.m|p\.m)\.|\.\.\.)\Z"
)
_NOT_TEXT = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_TOP = 14  # blocks among which the title stands
_FOREIGN = 0.1  # share of a line's words in the body, below which it may be the site's
_TOLD = 0.25  # and from which on it is the title
_SITE_LINES = 3
_FRONT = 5  # lines between the second title and its text
_PATH_MARKS = frozenset("/>»›|｜＞")
_CANDIDATES = 8  # lines that are weighed against each other
_BETTER = 0.75  # by so much another line must be better than the first
_NO_TITLE = 2.0
_HEADLINE_WEIGHT, _LONG_HEADLINE = 40, 60
_WORDS, _SURE = 4, 0.35  # told of a first line that surely is the title, and their share
_SHORT_FIRST, _BETTER_THAN_SHORT = 24, 0.5
_NAME_LIKE = 0.8  # what it costs to look like a name where other lines do not
_NAME = 60  # weight of a site's name
_TAIL, _SITE_LINE = 40, 80
#: A site's name in a line of its own about itself.
_NAMED_BY_SITE = (
    r"(?m)(?:©|Copyright|版权|版權|[Pp]ublished (?:in|by)|[Mm]ore (?:from|in)|Follow|About"
    r"|Subscribe to|Join|Welcome to|关注|關注|欢迎|下载|打开)[^\n]{{0,40}}{0}"
    r"|{0}\s?(?:版权|版權|所有|官方|客户端|is a\b|©|App\b|APP)"
)
_EDITION = re.compile(r"(?P<name>[A-Z][\w'’&. ]{3,40}?) [\u3400-\u9fff]{2,6}\Z")
_KINDS = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TITLE)


def title_places(
    blocks: Sequence[DraftBlock],
    hints: Hints,
    above_front: frozenset[int] = frozenset(),
    site_lines: str = "",
    headline: int | None = None,
) -> list[int]:
    """The places of the title lines: none, one, or two when the page has one in each language.

    Only lines above the body count; a heading further down is never a title, unless it says what
    the container (``hints``) says. ``above_front``: the places right above front matter;
    ``site_lines``: the site's lines that were removed; ``headline``: where in the source the line
    starts that is taken where the lines of the top have no title: that of a page with long menus.
    """
    named = [place for place, block in enumerate(blocks[:_TOP]) if block.kind is BlockKind.TITLE]
    if named:
        return named
    found = _at_the_top(blocks, hints, above_front, site_lines)
    if found or headline is None:
        return found
    for place, block in enumerate(blocks):
        if block.text.pieces[0][0] == headline:
            return [place, *_in_other_language(blocks, place)]
    return []


def _at_the_top(
    blocks: Sequence[DraftBlock],
    hints: Hints,
    above_front: frozenset[int],
    site_lines: str,
) -> list[int]:
    """The places of the title lines among the first lines of a page."""
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
    lines = _without_site(blocks, lines, site_lines)
    told = {line for line in lines if not is_no_title(blocks, line, lines, above_front)}
    lines = [line for line in lines if line in told or _is_translated(blocks, line, told)]
    for index in lines[:3]:  # those that follow each other, from the first on
        if top and index != top[-1] + 1:
            break
        if top or not any(_ends(b) for b in blocks[:index]) or index in above_front:
            top.append(index)
    if hints.title:
        wanted = _key(hints.title)
        for index, block in enumerate(blocks[:12]):
            key = _key(block.text.text)
            if key and (key == wanted or (len(key) > 8 and wanted.startswith(key))):
                return [index, *_in_other_language(blocks, index)]
    best = _told_by_body(blocks, lines, above_front)
    if best is not None and _is_other_half(blocks, lines[0], best):
        best = None
    if best is not None and best not in top[:1]:
        return _with_translation(blocks, lines, best)
    if not top or len(blocks) <= top[-1] + 1:
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


def _with_translation(blocks: Sequence[DraftBlock], lines: Sequence[int], title: int) -> list[int]:
    """The place of a title, and of the line beside it that says the same in the other language."""
    text = blocks[title].text.text
    beside = [line for line in lines if abs(line - title) == 1]
    other = [line for line in beside if translates(blocks[line].text.text, text)]
    return sorted([title, *other[:1]])


def _is_translated(blocks: Sequence[DraftBlock], line: int, told: Set[int]) -> bool:
    """Whether a line that the text does not tell translates the title above or below it.

    A heading may translate a heading further down instead.
    """
    text = blocks[line].text.text
    beside = (at for at in (line - 1, line + 1) if at in told)
    if not any(translates(text, blocks[at].text.text) for at in beside):
        return False
    further = (b for b in blocks[line + 2 :] if b.kind is BlockKind.HEADING)
    return not any(translates(text, block.text.text) for block in further)


def _in_other_language(blocks: Sequence[DraftBlock], title: int) -> list[int]:
    """The place of a second title right below the first, in the other language."""
    below = title + 1
    if below + 1 >= len(blocks) or not _may_be_title(blocks[below]) or _is_body(blocks[below]):
        return []
    one, other = blocks[title].text.text, blocks[below].text.text
    return [below] if weight(other) >= LONG and _scripts_differ(one, other) else []


def _without_site(blocks: Sequence[DraftBlock], lines: Sequence[int], site_lines: str) -> list[int]:
    """The lines that can be the title without the site's name at their start, and subtitles.

    The name comes again in another of the site's lines (``More from …``, ``© …``); a line that
    begins with a dash stands below a title, or above it, but is none.
    """
    kept = [i for i in lines if not blocks[i].text.text.startswith(("——", "--", "― "))] or [*lines]
    kept = [
        i for i in kept if not (has_columns(blocks[i]) or is_site_line(blocks[i].text.text))
    ] or kept
    for line in list(kept):
        target = _end_of_path(blocks, line, kept)
        if target is not None and target > line:  # what stands between the two is the site's
            kept = [i for i in kept if i >= target]
            break
    short = (b.text.text for b in blocks[-_TAIL:] if len(b.text.text) <= _SITE_LINE)
    site_lines = "\n".join((site_lines, *short))
    for index in list(kept[:2]):
        text = blocks[index].text.text
        if weight(text) > _NAME:
            continue
        edition = _EDITION.match(text)  # ``The Some Post 中文双语``
        name = edition["name"] if edition is not None else text
        named = re.compile(_NAMED_BY_SITE.format(re.escape(name)))
        if len(kept) > 1 and len(text) > 3 and named.search(site_lines) is not None:
            kept.remove(index)
    return kept


_STEP = re.compile(r"\s?[>›»＞]\s?")
_SHORTEST_CUT = 12  # characters of a headline that a path gives in part


def _end_of_path(blocks: Sequence[DraftBlock], line: int, lines: Sequence[int]) -> int | None:
    """The line that a path of the page leads to: its last step is the start of that line, or a
    section stands right in front of the whole of it.
    """
    text = blocks[line].text.text
    *_, last = _STEP.split(text)
    last = last.rstrip(" .…")
    path = _STEP.search(text) is not None and len(last) >= _SHORTEST_CUT
    for other in lines:
        title = blocks[other].text.text
        if other == line or len(title) < 2 * _SHORTEST_CUT:
            continue
        if path and title.startswith(last):
            return other
        if len(text) < 2 * len(title) and text.endswith(" " + title):
            return other
    return None


def _is_other_half(blocks: Sequence[DraftBlock], first: int, told: int) -> bool:
    """Whether a line is the title of the second half of a page in two languages."""
    if not _scripts_differ(blocks[first].text.text, blocks[told].text.text):
        return False
    return any(_ends(block) for block in blocks[first + 1 : told])


def _told_by_body(
    blocks: Sequence[DraftBlock], lines: Sequence[int], above_front: frozenset[int]
) -> int | None:
    """The line whose words come again in the body, where those of the first line do not.

    Above it stand lines of the site: its name, its sections, buttons. A short first line whose
    words hardly come again gives way to one right above the front matter.
    """
    if len(lines) < 2:
        return None
    below = " ".join(b.text.text[:BODY_READ] for b in blocks[lines[-1] + 1 :][:BODY_BLOCKS])
    said = words_of(below)
    texts = {line: blocks[line].text.text for line in lines}
    shares = {line: share_of(words_of(text), said) for line, text in texts.items()}
    menu = MENU.fullmatch(texts[lines[0]]) is not None
    tiny = menu or (shares[lines[0]] == 0.0 and weight(texts[lines[0]]) < TINY)
    told = shares[lines[0]] * len(words_of(texts[lines[0]]))
    long = weight(texts[lines[0]]) >= _LONG_HEADLINE
    if long and told >= _WORDS and shares[lines[0]] >= _SURE:
        return None
    if lines[0] in above_front and not (tiny and above_front.intersection(lines[1:])):
        return None
    for line in lines[1:]:  # the path of the page ends with its title
        path = texts[lines[0]]
        if path.endswith(texts[line]) and path[: -len(texts[line])].rstrip()[-1:] in _PATH_MARKS:
            return line
    scores = {
        line: score(blocks[line], shares[line], stands_above(blocks, line, lines, above_front))
        for line in lines[:_CANDIDATES]
    }
    if menu:
        scores[lines[0]] -= _NO_TITLE
    if is_name_like(texts[lines[0]]) and any(
        weight(texts[line]) >= _HEADLINE_WEIGHT and not is_name_like(texts[line])
        for line in lines[1:_CANDIDATES]
    ):
        scores[lines[0]] -= _NAME_LIKE
    best = max(scores, key=lambda line: (scores[line], -line))
    untold = shares[lines[0]] == 0.0 and len(words_of(texts[lines[0]])) > _WORDS
    margin = 0.0 if untold and shares[best] >= _SURE else _BETTER
    if weight(texts[lines[0]]) < _SHORT_FIRST and not above_front.intersection(lines[:1]):
        margin = min(margin, _BETTER_THAN_SHORT)
    if best == lines[0] or scores[best] - scores[lines[0]] < margin:
        return None
    if best == lines[0] + 1 and _scripts_differ(texts[lines[0]], texts[best]) and not menu:
        return None  # titles in both languages
    return best


def _scripts_differ(one: str, other: str) -> bool:
    return mostly_chinese(one) != mostly_chinese(other)


def second_title(blocks: Sequence[DraftBlock]) -> int | None:
    """The place of a title above the second half of a page whose halves follow each other."""
    sizes = [weight(b.text.text) if _is_body(b) or _ends(b) else 0 for b in blocks]
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
            return _below_a_heading(blocks, index, sizes)
    return None


def _below_a_heading(blocks: Sequence[DraftBlock], index: int, sizes: Sequence[int]) -> int:
    """The second title, or the line below it that says what the first title says: the line
    itself is a heading (``Abstract``).
    """
    first = next((block.text.text for block in blocks if _may_be_title(block)), "")
    below = blocks[index + 1]
    if sizes[index + 1] or not _may_be_title(below) or translates(first, blocks[index].text.text):
        return index
    return index + 1 if translates(first, below.text.text) else index


def _ends(block: DraftBlock) -> bool:
    """Whether a paragraph ends like a sentence, however short."""
    return block.kind is BlockKind.PARAGRAPH and block.text.text[-1] in "。！？.!?"


def _is_body_below(sizes: Sequence[int], index: int) -> bool:
    return any(sizes[index + 1 : index + 1 + _FRONT])


def _is_body(block: DraftBlock) -> bool:
    if block.label is not None:
        return True
    if block.kind not in _KINDS:
        return True
    text = block.text.text
    return (
        weight(text[:BODY_WEIGHT]) >= BODY_WEIGHT
        and text[-1] in '.。!！?？"”’」』)）]】:：'
        and not (
            text[-1] in '?？!！"”)）'
            and columns(text) <= _LONGEST
            and SENTENCES.search(text) is None
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
    short = columns(text) <= _HEADLINE and (text[-1] not in _STOPS or text[-1] in "?？!！")
    return (short or SENTENCES.search(bare) is None) and len(_NOT_TEXT.sub("", text)) >= 2


def _key(text: str) -> str:
    return _NOT_TEXT.sub("", text).casefold()
