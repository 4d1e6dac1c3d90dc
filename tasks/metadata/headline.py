"""What makes a line a title: that the text tells it, where it stands, and what it is not."""

import re
from collections.abc import Sequence
from itertools import pairwise

from models.records import BlockKind, DraftBlock
from tasks.blocks.prose import mostly_chinese, weight
from tasks.metadata.dates import date_at
from tasks.metadata.site_lines import is_site_line
from tasks.metadata.words import is_outlet, masthead_pattern, short_paper_pattern

_SUBTITLE = 0.6  # how much a line right below another one counts as the title
_GAPS, _CELL = 2, 32  # gaps of a menu, weight of the longest item
_ENOUGH = 4  # words told, and one, that make a share count in full
_LONGEST_HAN = 100  # weight of a Chinese headline; a longer line is a summary
_WIDE = 3  # blanks of a gap that no headline has
_LITTLE = 400  # characters of a text that is too short to say so
_UNTOLD = 0.2  # share of a line's words in the text below which nothing says that it is the title
LONG, TINY = 18, 20  # weights
BODY_BLOCKS, BODY_READ = 60, 2000  # what of the body is asked for the words of the title
SENTENCES = re.compile(r"[。；]|[.!?]\s+[A-Z][a-z]+ [a-z]+ [a-z]+")
_LONG_WORD = re.compile(r"[A-Za-z][\w'’\-]{3,}")
_TOKEN = re.compile(r"[a-z]{4,}|\d[\d.,]*|[\u3400-\u9fff]")
#: Whose picture it is: a caption.
_CREDIT = re.compile(
    r"\b(?:[Pp]hoto|[Cc]redit|[Pp]icture|[Ii]mage|[Cc]ourtesy)\b"
    r"|\w / [A-Z][\w.]{1,20}(?: [A-Z]\w{1,20}){0,2}\Z"
    r"|[（(].{0,12}[摄攝图圖][)）]|[▲△▼]"
)
#: What a forum puts in front of the title of a post.
POST_TAG = re.compile(
    r"[\[【［](?:转帖|轉帖|转载|轉載|转贴|轉貼|原创|原創|求助|讨论|討論|灌水|贴图|闲聊|閒聊|问卦|新聞|曝光|投诉)[\]】］]\s?(?=\S)"
)
_TAGGED = 1.0
#: Sections or buttons with blanks between them.
MENU = re.compile(r"[\u3400-\u9fff]{1,6}(?:\s{1,3}[\u3400-\u9fff]{1,6}){2,40}")


def is_no_title(
    blocks: Sequence[DraftBlock],
    line: int,
    lines: Sequence[int],
    above_front: frozenset[int],
) -> bool:
    """Whether a line is surely none, though no other line can be the title.

    The name of a paper, a menu, a line of the site; or one that the text does not tell and no
    front matter follows. Of a page without a title none is made up.
    """
    text = blocks[line].text.text
    if text.startswith(("——", "--", "― ")) or has_columns(blocks[line]) or is_site_line(text):
        return True
    if len(lines) > 1 and has_gap(blocks[line]):
        return True
    date = date_at(text)
    if MENU.fullmatch(text) is not None or (date is not None and date.end == len(text)):
        return True
    if is_outlet(text) or any(
        p.fullmatch(text) is not None for p in (masthead_pattern(), short_paper_pattern())
    ):
        return True
    below = " ".join(b.text.text[:BODY_READ] for b in blocks[line + 1 :][:BODY_BLOCKS])
    if len(below) < _LITTLE:
        return False
    share = share_of(words_of(text), words_of(below))
    above = stands_above(blocks, line, lines, above_front)
    if share == 0.0 and weight(text) < TINY:
        return True
    return above == 0.0 and (share < _UNTOLD or _CREDIT.search(text) is not None)


def has_columns(block: DraftBlock) -> bool:
    """Whether a line is a menu: short words with several blanks between them."""
    gaps = [e.position for e in block.text.edits if len(e.before) > len(e.after) == 1]
    text = block.text.text
    cells = [text[a:b] for a, b in pairwise((0, *gaps, len(text)))]
    return len(gaps) >= _GAPS and all(weight(cell) <= _CELL for cell in cells)


def has_gap(block: DraftBlock) -> bool:
    """Whether a line is set in columns: several blanks inside it, the score of a game, buttons."""
    return any(
        len(e.before) >= _WIDE and not e.before.strip(" \t\xa0") and len(e.after) == 1
        for e in block.text.edits
    )


def stands_above(
    blocks: Sequence[DraftBlock],
    line: int,
    lines: Sequence[int],
    above_front: frozenset[int],
) -> float:
    """How surely a line is the one that stands above the front matter, a subtitle left aside."""
    if line in above_front:
        over = line - 1 in lines and weight(blocks[line - 1].text.text) >= LONG
        return _SUBTITLE if over else 1.0
    return 1.0 if line + 1 in lines and line + 1 in above_front else 0.0


def score(block: DraftBlock, share: float, above: float) -> float:
    """How much a line looks like the title of the text below it."""
    text = block.text.text
    size = weight(text)
    told = share * len(words_of(text))
    score = 1.8 * share * min(1.0, (told + 1) / _ENOUGH) + min(size, 60) / 50 + 1.1 * above
    score -= 1.0 * (size > _LONGEST_HAN and mostly_chinese(text))
    score -= 1.0 * (SENTENCES.search(text) is not None)
    score -= 1.0 * (_CREDIT.search(text) is not None)
    score -= 0.6 * (size < LONG)
    score += 0.3 * (block.kind is BlockKind.HEADING)
    score += _TAGGED * (POST_TAG.match(text) is not None)
    return score


def is_name_like(text: str) -> bool:
    """Whether all longer words of an English line are capitalised, as in a name or a section.

    >>> is_name_like("Institute for Rural Studies"), is_name_like("Council votes to close pool")
    (True, False)
    """
    words = _LONG_WORD.findall(text)
    return bool(words) and all(word[0].isupper() for word in words)


def words_of(text: str) -> set[str]:
    """Words of four letters and more, numbers, and pairs of Chinese characters."""
    tokens = _TOKEN.findall(text.casefold())
    pairs = {a + b for a, b in pairwise(tokens) if a >= "\u3400" <= b}
    return pairs | {token for token in tokens if token < "\u3400"}


def share_of(words: set[str], said: set[str]) -> float:
    """The share of some words that the text says, 0 to 1; 0 of none."""
    return len(words & said) / len(words) if words else 0.0
