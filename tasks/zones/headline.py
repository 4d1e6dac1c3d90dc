"""Where the text of a page starts, and which of the lines above it is the headline.

The text is the stretch of lines that speaks most for an article. The headline is the line above it
whose words come again in the text, that is long enough, and that stands where headlines stand:
right above front matter or the text, below the lines of the site.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.blocks.prose import BODY_WEIGHT, mostly_chinese
from tasks.clean.coverage import Sure
from tasks.language.agreement import translates
from tasks.metadata.headline import SENTENCES
from tasks.zones.evidence import Body, gain
from tasks.zones.items import Item
from tasks.zones.sayings import saying
from tasks.zones.shapes import Shape

_TOP = 600  # items
_STARTS = 1.0  # gain of a line that may begin the text
_HEADINGS = 2  # lines
_SURE, _ENOUGH = 30.0, 2.0  # sums of gains: surely the text, and at least
_FEW, _BEGUN = 1, 3.0  # so few items above the text are no menu: then so much is sure
_FURNITURE, _SET_INTO, _FRONT = 1.2, 0.3, 0.2  # what lines cost that left, or are front matter
_SHORTEST, LONGEST = 8, 240  # weights of a headline
TOLD, SURELY = 0.17, 0.27  # shares of a headline's words that the text says
_BETTER = 0.5  # by so much the headline is better than any other line
_FAR = 30  # lines above the text from which on the distance is one
_TINY, _SHORT_HEADLINE, _SAYS_MUCH, _LONG = 18, 24, 36, 150  # weights
_LONGEST_SENTENCE = 120  # weight of a headline that ends in a full stop
_WELL_TOLD = 0.4
_RIGHT_BELOW = 2  # items
_HINTED = 4.0
_PAIR = 1.5  # of a headline beside its translation
UNTOLD = 0.17  # share of a line's words below which the text does not know them
_PARTS = (" | ", "｜", " » ", " > ")  # what stands between names of the site
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the top of a page, its share of words that the text says, and its gain."""

    at: int
    item: Item
    shape: Shape
    share: float
    gain: float

    @property
    def begins(self) -> bool:
        """Whether the text may begin with the line."""
        labelled = self.item.block is not None and self.item.block.label is not None
        return not self.item.front and (self.shape.sentence or labelled) and self.gain >= _STARTS

    @property
    def begins_surely(self) -> bool:
        """Whether the text may begin with the line, which is no headline that asks something."""
        return self.begins and (self.shape.end == "stop" or self.shape.size >= _LONG)


def lines_to_start(items: Sequence[Item], body: Body) -> tuple[list[Line], int | None]:
    """The lines of the top, and where among them the text starts.

    It starts where the stretch with the greatest sum of gains does (Kadane's algorithm): teasers
    of a menu are outweighed by the menu around them. No line is looked at below so much text that
    no other stretch can be meant.
    """
    lines: list[Line] = []
    total = best = 0.0
    first: int | None = None
    start: int | None = None
    for at, item in enumerate(items[:_TOP]):
        if item.block is None:
            total -= _SET_INTO if item.may_be_inside else _FURNITURE
            continue
        line = _line(at, item, body)
        lines.append(line)
        if item.front:
            total -= _FRONT
            continue
        if total <= 0.0 or first is None:
            total = 0.0
            first = len(lines) - 1 if line.begins_surely else None
        if first is None:
            continue
        total += line.gain
        if total > best:
            best, start = total, first
        if best >= (_SURE if start is not None and lines[start].at > _FEW else _BEGUN):
            break
    if start is not None and best >= _ENOUGH:
        return lines, _extended(lines, start)
    return lines, next((n for n, line in enumerate(lines) if is_text(line)), None)


def _line(at: int, item: Item, body: Body) -> Line:
    shape = body.shape(item.place)
    share = body.share(_DIGITS.sub(" ", item.text)) or 0.0
    if item.block is None or item.front:
        return Line(at, item, shape, share, 0.0)
    return Line(at, item, shape, share, gain(item.block, shape, share, little=body.little))


def early_text(lines: Sequence[Line]) -> Line | None:
    """The first of two lines of text one right below the other: the text may start there already.

    Front matter may stand between them.
    """
    before: Line | None = None
    for line in lines:
        if line.item.front:
            continue
        if line.begins and before is not None:
            return before
        before = line if line.begins else None
    return None


def _extended(lines: Sequence[Line], start: int) -> int:
    """The start of the text with the sentences right above it, a heading or two between them."""
    number = start
    while number > 0 and start - number <= _HEADINGS:
        number -= 1
        line = lines[number]
        if line.item.front or lines[number + 1].at - line.at > 1:
            break
        if line.shape.end != "stop" and line.shape.size < _LONG:
            continue
        if (
            line.shape.sentence
            and (is_text(line) or line.share >= SURELY)
            and not line.shape.address
        ):
            start = number
    return start


def is_text(line: Line) -> bool:
    """Whether a line is a paragraph of text."""
    return not line.item.front and line.shape.sentence and line.shape.size >= BODY_WEIGHT


def headline_of(lines: Sequence[Line], items: Sequence[Item], title: str | None) -> Line | None:
    """The headline among the lines above the text; None when no line surely is."""
    wanted = key(title or "")
    times = Counter(line.item.text for line in lines)
    scored: list[tuple[float, int]] = []
    seen_text = False
    over: Line | None = None  # a line above that is a headline by its form and words
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else None
        if below is not None and _is_path(line, below):
            continue
        if not _may_be_headline(line):
            seen_text = seen_text or (is_text(line) and line.share >= UNTOLD)
            continue
        score = _score(line, len(lines) - number)
        score += 1.2 * _above_front(items, line.at) - 0.4 * seen_text
        score += _PAIR * is_said_twice(lines, number)
        score -= 0.8 * (times[line.item.text] > 1)
        score -= 2.1 * (over is not None and line.at - over.at <= _RIGHT_BELOW)
        own = key(line.item.text)
        score += 4.0 * bool(wanted and (own == wanted or (len(own) > 8 and wanted.startswith(own))))
        scored.append((score, number))
        if _is_like_headline(line):
            over = line
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
    sure = line.share >= SURELY or best >= _HINTED
    if line.share < TOLD and best < _HINTED:
        return None
    if others and best - max(others) < _BETTER and not sure:
        return None
    return line


def is_said_twice(lines: Sequence[Line], number: int) -> bool:
    """Whether a line stands beside its translation; neither is front matter."""
    line = lines[number]
    if is_name(line.item.text):
        return False
    beside = (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
    return any(
        not other.item.front
        and not is_name(other.item.text)
        and translates(line.item.text, other.item.text)
        for other in beside
    )


def _is_path(line: Line, below: Line) -> bool:
    """Whether a line is the path of a page: sections, and at its end the headline below."""
    path, title = key(line.item.text), key(below.item.text)
    return len(title) >= _SHORTEST and path != title and path.endswith(title)


def _may_be_headline(line: Line) -> bool:
    shape = line.shape
    if line.item.front or shape.bare or shape.end in ("colon", "comma"):
        return False
    if not _SHORTEST <= shape.size <= LONGEST:
        return False
    return shape.end != "stop" or shape.size <= _LONGEST_SENTENCE


def _score(line: Line, distance: int) -> float:
    """How much a line is like a headline whose text begins ``distance`` lines below it (log odds).

    The weights were fitted (a softmax over the lines of each page) to pages of many sites.
    """
    shape, text = line.shape, line.item.text
    told = line.share * min(1.0, shape.size / _SAYS_MUCH)  # the words of a name are told easily
    score = 0.9 * line.share + 1.7 * told + 2.4 * min(shape.size, 60) / 60
    score -= 1.5 * min(distance, _FAR) / _FAR
    score -= 0.9 * (shape.words is not Sure.NO) + 1.1 * shape.technical
    score -= 0.7 * is_name(text) + 1.5 * has_parts(text) + 1.2 * text.isupper()
    score -= 1.8 * (shape.end == "stop") + 0.4 * (shape.end == "ask")
    score -= 1.5 * (SENTENCES.search(text) is not None)
    return score - 1.4 * (shape.size < _TINY) - 1.0 * (shape.size > _LONG) - 1.2 * (not line.share)


def _is_like_headline(line: Line) -> bool:
    """Whether what stands right below a line is rather its standfirst than another headline."""
    shape, text = line.shape, line.item.text
    if shape.address or shape.technical or shape.words is not Sure.NO or shape.end == "stop":
        return False
    told = line.share * min(1.0, shape.size / _SAYS_MUCH)
    return (
        _SHORT_HEADLINE <= shape.size <= _LONG
        and told >= _WELL_TOLD
        and not (is_name(text) or has_parts(text))
    )


def first_headline(lines: Sequence[Line], headline: Line, items: Sequence[Item]) -> Line:
    """The headline, or a line above it that may be one, too, with front matter right below it.

    What stands between the two may be text in short lines.
    """
    if _above_front(items, headline.at):
        return headline
    for line in lines:
        if line.at >= headline.at:
            break
        if _may_be_headline(line) and _is_like_headline(line) and _above_front(items, line.at):
            return line
    return headline


def key(text: str) -> str:
    """A line without its blanks and case."""
    return "".join(text.split()).casefold()


def _above_front(items: Sequence[Item], at: int) -> bool:
    """Whether front matter stands below an item, with nothing but furniture between."""
    for item in items[at + 1 : at + 5]:
        if item.block is not None:
            return item.front
    return False


def has_parts(text: str) -> bool:
    """Whether a line is made of names of the site."""
    return any(border in text for border in _PARTS)


def is_name(text: str) -> bool:
    """Whether a line is the name of an institution, and no more."""
    text = text.title() if text.isupper() else text
    return saying("organisation", any_case=False).fullmatch(text) is not None
