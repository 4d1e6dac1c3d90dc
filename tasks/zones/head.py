"""What stands above the headline, and between headline and text, that is of the site."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from models.records import BlockKind
from tasks.blocks.prose import is_prose, mostly_chinese
from tasks.clean.coverage import Sure
from tasks.clean.wording import furniture_odds
from tasks.language.agreement import translates
from tasks.language.evidence import latin_words
from tasks.zones.evidence import Body
from tasks.zones.headline import (
    LONGEST,
    SURELY,
    TOLD,
    UNTOLD,
    Line,
    early_text,
    first_headline,
    has_parts,
    headline_of,
    is_name,
    is_said_twice,
    is_text,
    key,
    lines_to_start,
)
from tasks.zones.items import Item

_NUMBER = 3  # characters that a heading's number takes
_BOTH_HAN, _BOTH_WORDS = 2, 2  # of a line in both languages
_SHORT, _NAME = 60, 36  # weights of lines of the site; of names and buttons
_PHRASE = 24  # weight of a line that may be a headline over another one
_PHRASE_WORDS, _SMALL_WORDS, _PHRASE_HAN = 5, 2, 8
_WORDED = 1.0  # log odds from which on the wording of a line is a site's
_VERSE = 4  # lines of which all but one end as text does
_BORDERS = frozenset(":：/|×·>»")
#: How a letter or notice begins (``Dear readers,``, ``各位同学：``).
_SALUTATION = re.compile(
    r"(?:各位|尊敬的|亲爱的|親愛的|敬爱的|致).{1,20}[：:，,]\Z"
    r"|[\u3400-\u9fff、，]{1,24}们[：:，,]\Z|(?:Dear|Hello|Hi|To (?:all|the"
    r"|our)) .{2,40}[,:]\Z"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[年/.\-]\s?\d{1,2}\s?[月/.\-]\s?\d"
    r"|\b[A-Z][a-z]{2,8}\.? \d{1,2},? (?:19|20)\d\d"
)
_LINE_OF_DATES = 120  # weight
_APART = 3  # items between the headlines of both languages
_TRANSLATED = 20  # weight of a headline in another language


class Head(NamedTuple):
    """The places of the blocks above the text that are lines of the site, and of the headline."""

    gone: list[int]
    headline: int | None


def lines_of_head(items: Sequence[Item], body: Body, title: str | None) -> Head:
    """What stands above the text; ``title`` is what the container says is the title."""
    lines, start = lines_to_start(items, body)
    headline = None if start is None else headline_of(lines[:start], items, title)
    if start is None or headline is None:
        return Head([], None)
    first = _first_sentence(lines, start, headline)
    top = first_headline(lines[:first], headline, items)
    early = early_text(lines)
    if early is not None and early.at < top.at:  # what stands below it may be text in short lines
        top = early
    above = [line for line in lines[:first] if line.at < top.at]
    twice = is_said_twice(lines, lines.index(headline))
    gone = [
        line
        for line in above
        if _is_of_site(line, headline, items) or (twice and _is_in_both(line))
    ]
    if any(is_text(line) and line not in gone for line in above):  # not the headline of this
        gone = [line for line in gone if not line.shape.sentence]
    if above and above[-1].at == headline.at - 1:
        alone = above[-1].at == 0
        gone = [line for line in gone if not _is_phrase(line) or not (alone or line.share >= TOLD)]
    below = [line for line in lines[:first] if line.at > headline.at]
    begun = _begun(below)
    gone += [
        line
        for n, line in enumerate(below)
        if (_is_between(line, begun=n >= begun) or _is_imprint(line, items))
        and not _is_in_other_language(line, headline, items)
        and not _is_heading_in_both(items, line)
    ]
    return Head([line.item.place for line in gone], headline.item.place)


def _first_sentence(lines: Sequence[Line], start: int, headline: Line) -> int:
    """The first line of the text below the headline."""
    for number, line in enumerate(lines[: start + 1]):
        if line.at > headline.at and is_text(line):
            return number
    return start


def _begun(lines: Sequence[Line]) -> int:
    """The first of lines most of which end as text does, also where they are short as in verse."""
    ends = [_ends_as_text(line) for line in lines]
    for at in range(len(ends)):
        if ends[at] and sum(ends[at : at + _VERSE]) >= _VERSE - 1:
            return at
    return len(ends)


def _ends_as_text(line: Line) -> bool:
    shape = line.shape
    if line.item.front or shape.address or shape.technical or shape.words is not Sure.NO:
        return False
    return shape.sentence or shape.end == "comma"


def _is_of_site(line: Line, headline: Line, items: Sequence[Item]) -> bool:
    """Whether a line above the headline is one of the site."""
    shape = line.shape
    if key(line.item.text).endswith(key(headline.item.text)):  # the path of the page
        return not line.item.front and shape.size <= LONGEST
    if line.item.front or (line.item.block is not None and line.item.block.label is not None):
        return False
    if shape.sentence and shape.end != "ask":
        if line.share >= SURELY:
            return False
        if shape.size < _SHORT or shape.address or shape.technical:
            return True
        return furniture_odds(line.item.text) >= _WORDED
    text = line.item.text
    foreign = mostly_chinese(text) != mostly_chinese(headline.item.text)
    if foreign and _is_in_other_language(line, headline, items):
        return False
    if foreign and line.at == headline.at - 1 and shape.size >= _NAME and line.share >= SURELY:
        return False  # the headline in the other language
    if shape.size < _SHORT and (
        text.isupper() > headline.item.text.isupper() or is_name(text) or has_parts(text)
    ):
        return True
    if foreign:
        return shape.size < _TRANSLATED or line.share < UNTOLD
    if is_prose(line.item.text):
        return False
    return line.share < SURELY or shape.size < _NAME


def _is_in_other_language(line: Line, headline: Line, items: Sequence[Item]) -> bool:
    """Whether a line above or below the headline is its translation; a date and bylines may stand
    between them.
    """
    low, high = sorted((line.at, headline.at))
    if high - low > _APART or line.item.front:
        return False
    if not all(item.front for item in items[low + 1 : high]):
        return False
    return translates(line.item.text, headline.item.text)


def _is_in_both(line: Line) -> bool:
    """Whether a line has Chinese and English words, where the headlines have a line each: a name of
    the site, its sections.
    """
    if line.item.front or line.shape.sentence or line.shape.size > _LINE_OF_DATES:
        return False
    text = line.item.text
    return len(_HAN.findall(text)) >= _BOTH_HAN and len(latin_words(text)) >= _BOTH_WORDS


def _is_heading_in_both(items: Sequence[Item], line: Line) -> bool:
    """Whether a line has words of both languages, and so has a heading further down."""
    if not _has_both(line.item.text) or any(map(str.isdigit, line.item.text[_NUMBER:])):
        return False
    below = (item.block for item in items[line.at + 1 :])
    heads = (block.text.text for block in below if block and block.kind is BlockKind.HEADING)
    return any(map(_has_both, heads))


def _has_both(text: str) -> bool:
    return _HAN.search(text) is not None and bool(latin_words(text))


def _is_salutation(line: Line) -> bool:
    return _SALUTATION.match(line.item.text.strip("()（）")) is not None


def _is_imprint(line: Line, items: Sequence[Item]) -> bool:
    """Whether an institution's name stands below the headline, and no label right above it."""
    if line.item.front or _is_salutation(line) or not is_name(line.item.text):
        return False
    return line.at == 0 or items[line.at - 1].text[-1:] not in (":", "：")


def _is_phrase(line: Line) -> bool:
    """Whether a line may be a headline over another one: words as in a sentence, of no address."""
    text, shape = line.item.text, line.shape
    if shape.size < _PHRASE or shape.address or shape.technical or shape.words is not Sure.NO:
        return False
    if not _BORDERS.isdisjoint(text):
        return False
    words = text.split()
    small = sum("a" <= word[0] <= "z" for word in words)
    long = len(words) >= _PHRASE_WORDS and small >= _SMALL_WORDS
    return long or len(_HAN.findall(text)) >= _PHRASE_HAN


def _is_between(line: Line, *, begun: bool) -> bool:
    """Whether a line between headline and text is a button, a name or a count of the site.

    Where short lines of the text have ``begun`` its words say nothing of that.
    """
    shape = line.shape
    if line.item.front or line.item.marked or shape.sentence:
        return False
    if _is_salutation(line):
        return False
    if line.item.block is not None and line.item.block.label is not None:
        return False
    if shape.bare or shape.words is not Sure.NO or shape.technical:
        return True
    if shape.end != "colon" and furniture_odds(line.item.text) >= _WORDED:
        return True
    if _DATE.search(line.item.text) is not None:
        return shape.size < _LINE_OF_DATES and line.share < SURELY
    if begun:
        return False
    if shape.end == "colon":
        return shape.size < _NAME and line.share < UNTOLD
    return line.share < UNTOLD and (shape.size < _NAME or (shape.size < _SHORT and shape.address))
