"""What stands above the headline, and between headline and text.

The headline is the line above the text whose words come again in it, that is long enough, and that
stands where headlines stand: right above front matter or the text, below the lines of the site.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tasks.blocks.prose import BODY_WEIGHT, is_prose, mostly_chinese
from tasks.clean.coverage import Sure
from tasks.language.agreement import translates
from tasks.language.evidence import latin_words
from tasks.zones.evidence import Body, gain
from tasks.zones.items import Item
from tasks.zones.sayings import saying
from tasks.zones.shapes import Shape

_TOP = 600  # items
_STARTS = 1.0  # gain of a line that may begin the text
_SHORTEST, _LONGEST = 12, 240  # weights of a headline
_TOLD, _SURELY = 0.17, 0.27  # shares of a headline's words that the text says
_BOTH_HAN, _BOTH_WORDS = 2, 2  # of a line in both languages
_PAIR = 1.5  # of a headline beside its translation
_BETTER = 0.5  # by so much the headline is better than any other line
_DISTANCE, _FAR = 0.05, 1.5  # what it costs to stand a line further above the text, at most
_SHORT, _NAME = 60, 36  # weights of lines of the site; of names and buttons
_UNTOLD = 0.17  # share of a line's words below which the text does not know them
_PHRASE = 24  # weight of a line that may be a headline over another one
_PHRASE_WORDS, _SMALL_WORDS, _PHRASE_HAN = 5, 2, 8
_VERSE = 4  # lines of which all but one end as text does
_PARTS = (" | ", "｜", " » ", " > ")  # what stands between names of the site
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
_DIGITS = re.compile(r"\d")
_TRANSLATED = 20  # weight of a headline in another language


class _Line(NamedTuple):
    at: int
    item: Item
    shape: Shape
    share: float


def lines_of_head(items: Sequence[Item], body: Body, title: str | None) -> list[int]:
    """The places of the blocks above the text that are lines of the site.

    ``title`` is what the container says is the title.
    """
    lines, start = _lines_to_start(items, body)
    if start is None:
        return []
    headline = _headline(lines[:start], items, title)
    first = _first_sentence(lines, start, headline)
    twice = headline is not None and _is_said_twice(lines, lines.index(headline))
    above = [line for line in lines[:first] if headline is not None and line.at < headline.at]
    below = [line for line in lines[:first] if headline is not None and line.at > headline.at]
    gone = [
        line
        for line in above
        if headline is not None and (_is_of_site(line, headline) or (twice and _is_in_both(line)))
    ]
    if any(_is_text(line) and line not in gone for line in above):  # no headline, or not of this
        gone = [line for line in gone if not line.shape.sentence]
    if headline is not None and above and above[-1].at == headline.at - 1:
        first = above[-1].at == 0
        gone = [line for line in gone if not _is_phrase(line) or not (first or line.share >= _TOLD)]
    begun = _begun(below)
    gone += [
        line
        for n, line in enumerate(below)
        if (_is_between(line, begun=n >= begun) or _is_imprint(line, items))
        and not (headline is not None and _is_in_other_language(line, headline))
    ]
    return [line.item.place for line in gone]


def _lines_to_start(items: Sequence[Item], body: Body) -> tuple[list[_Line], int | None]:
    """The lines of the top, and where among them the text starts.

    It starts with the first of two lines of text, one right below the other; else with the first
    paragraph. No line below that is looked at.
    """
    lines: list[_Line] = []
    before: int | None = None
    for at, item in enumerate(items[:_TOP]):
        block = item.block
        if block is None:
            continue
        share = body.share(_DIGITS.sub(" ", item.text)) or 0.0
        line = _Line(at, item, body.shape(item.place), share)
        lines.append(line)
        if item.front:
            continue
        starts = line.shape.sentence or block.label is not None
        if not starts or gain(block, line.shape, share, little=body.little) < _STARTS:
            before = None
        elif before is not None:
            return lines, before
        else:
            before = len(lines) - 1
    return lines, next((n for n, line in enumerate(lines) if _is_text(line)), None)


def _is_text(line: _Line) -> bool:
    return not line.item.front and line.shape.sentence and line.shape.size >= BODY_WEIGHT


def _headline(lines: Sequence[_Line], items: Sequence[Item], title: str | None) -> _Line | None:
    """The headline among the lines above the text; None when no line surely is."""
    wanted = _key(title or "")
    scored: list[tuple[float, int]] = []
    seen_text = False
    for number, line in enumerate(lines):
        shape = line.shape
        if (
            line.item.front
            or shape.bare
            or (shape.sentence and shape.end != "ask" and (shape.end != "quote"))
        ):
            seen_text = seen_text or (_is_text(line) and line.share >= _UNTOLD)
            continue
        if not _SHORTEST <= shape.size <= _LONGEST or shape.end in ("colon", "comma"):
            continue
        score = 3.0 * line.share + min(shape.size, 60) / 40
        score += 1.0 * _above_front(items, line.at)
        score += _PAIR * _is_said_twice(lines, number)
        score -= min((len(lines) - number) * _DISTANCE, _FAR)
        score -= 1.5 * (shape.words is not Sure.NO) + 0.5 * shape.address + 0.8 * shape.technical
        score -= 2.0 * seen_text + 1.0 * _is_name(line.item.text)
        score -= 1.2 * _has_parts(line.item.text)
        score -= 1.5 * line.item.text.isupper()
        key = _key(line.item.text)
        score += 4.0 * bool(wanted and (key == wanted or (len(key) > 8 and wanted.startswith(key))))
        scored.append((score, number))
    if not scored:
        return None
    best, number = max(scored, key=lambda pair: (pair[0], -pair[1]))
    line = lines[number]
    others = [
        score
        for score, other in scored
        if other != number
        and mostly_chinese(lines[other].item.text) == mostly_chinese(line.item.text)
    ]
    sure = line.share >= _SURELY or best >= 4.0
    if line.share < _TOLD and best < 4.0:
        return None
    if others and best - max(others) < _BETTER and not sure:
        return None
    return line


def _key(text: str) -> str:
    return "".join(text.split()).casefold()


def _above_front(items: Sequence[Item], at: int) -> bool:
    """Whether front matter stands below an item, with nothing but furniture between."""
    for item in items[at + 1 : at + 5]:
        if item.block is not None:
            return item.front
    return False


def _first_sentence(lines: Sequence[_Line], start: int, headline: _Line | None) -> int:
    """The first line of the text below the headline."""
    for number, line in enumerate(lines[: start + 1]):
        if headline is not None and line.at > headline.at and _is_text(line):
            return number
    return start


def _begun(lines: Sequence[_Line]) -> int:
    """The first of lines most of which end as text does, also where they are short as in verse."""
    ends = [_ends_as_text(line) for line in lines]
    for at in range(len(ends)):
        if ends[at] and sum(ends[at : at + _VERSE]) >= _VERSE - 1:
            return at
    return len(ends)


def _ends_as_text(line: _Line) -> bool:
    shape = line.shape
    if line.item.front or shape.address or shape.technical or shape.words is not Sure.NO:
        return False
    return shape.sentence or shape.end == "comma"


def _is_of_site(line: _Line, headline: _Line) -> bool:
    """Whether a line above the headline is one of the site."""
    shape = line.shape
    if _key(line.item.text).endswith(_key(headline.item.text)):  # the path of the page
        return not line.item.front and shape.size <= _LONGEST
    if line.item.front or (line.item.block is not None and line.item.block.label is not None):
        return False
    if shape.sentence and shape.end != "ask":
        return line.share < _SURELY and (shape.address or shape.technical or shape.size < _SHORT)
    text = line.item.text
    if shape.size < _SHORT and (
        text.isupper() > headline.item.text.isupper() or _is_name(text) or _has_parts(text)
    ):
        return True
    if mostly_chinese(line.item.text) != mostly_chinese(headline.item.text):
        foreign = shape.size < _TRANSLATED or line.share < _UNTOLD
        return foreign and not _is_in_other_language(line, headline)
    if is_prose(line.item.text):
        return False
    return line.share < _SURELY or shape.size < _NAME


def _is_in_other_language(line: _Line, headline: _Line) -> bool:
    """Whether a line right above or below the headline is its translation."""
    if abs(line.at - headline.at) != 1 or line.item.front:
        return False
    return translates(line.item.text, headline.item.text)


def _is_said_twice(lines: Sequence[_Line], number: int) -> bool:
    """Whether a line stands beside its translation; neither is front matter."""
    line = lines[number]
    if _is_name(line.item.text):
        return False
    beside = (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
    return any(
        not other.item.front
        and not _is_name(other.item.text)
        and translates(line.item.text, other.item.text)
        for other in beside
    )


def _is_in_both(line: _Line) -> bool:
    """Whether a line has Chinese and English words, where the headlines have a line each: a name of
    the site, its sections.
    """
    if line.item.front or line.shape.sentence or line.shape.size > _LINE_OF_DATES:
        return False
    text = line.item.text
    return len(_HAN.findall(text)) >= _BOTH_HAN and len(latin_words(text)) >= _BOTH_WORDS


def _is_imprint(line: _Line, items: Sequence[Item]) -> bool:
    """Whether an institution's name stands below the headline, and no label right above it."""
    if line.item.front or _is_salutation(line) or not _is_name(line.item.text):
        return False
    return line.at == 0 or items[line.at - 1].text[-1:] not in (":", "：")


def _is_salutation(line: _Line) -> bool:
    return _SALUTATION.match(line.item.text.strip("()（）")) is not None


def _has_parts(text: str) -> bool:
    return any(border in text for border in _PARTS)


def _is_name(text: str) -> bool:
    """Whether a line is the name of an institution, and no more."""
    text = text.title() if text.isupper() else text
    return saying("organisation", any_case=False).fullmatch(text) is not None


def _is_phrase(line: _Line) -> bool:
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


def _is_between(line: _Line, *, begun: bool) -> bool:
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
    if _DATE.search(line.item.text) is not None:
        return shape.size < _LINE_OF_DATES and line.share < _SURELY
    if begun:
        return False
    if shape.end == "colon":
        return shape.size < _NAME and line.share < _UNTOLD
    return line.share < _UNTOLD and (shape.size < _NAME or (shape.size < _SHORT and shape.address))
