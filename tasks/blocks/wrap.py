"""Join lines that belong to one paragraph.

Whether a document is wrapped at one width is decided once, from all its lines: only then is a line
that was full joined with the next. Elsewhere a line goes on in the next one only where it plainly
stops in mid-sentence. Widths count columns; a Chinese character takes two.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from models.spans import Edit, TracedText
from tasks.blocks.english import is_common
from tasks.blocks.lines import Line
from tasks.blocks.wordlists import read_list

_MIN_WIDTH, _MAX_WIDTH = 30, 160
_MIN_FULL_LINES = 3
_LONGER = 4  # columns by which marks may hang over the width; a longer line was not wrapped at it
_MIN_TURNS, _TURNS = 8, 0.5  # lines; share of them that follow one of the other script
_INDENT = 4  # columns of the two blank characters that a Chinese paragraph begins with
_LONG_ENOUGH_TO_STOP = 40  # columns of a line that may stop in mid-sentence; titles are shorter
_LONGEST_BYLINE = 80
_END_MARKS = frozenset(".!?。！？…;；:：”’\"'」』）)]】》|")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]")
_FIRST_TOKEN = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]{1,40}")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_BROKEN_WORD = re.compile(r"[A-Za-z]{2,}-\Z")
_LEADING_LETTERS = re.compile(r"[a-z]+")
_REPEATED = 80  # columns of a line that may come again and again through a document
_CLAUSE = re.compile("[，。；！？]")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W{0,3}\d{1,4}\W{0,3}\Z")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together. ``gap``: a blank line stands before it."""

    text: TracedText
    gap: bool


class _Limits(NamedTuple):
    """The width at which lines were wrapped, for each script; 0 where they were not."""

    latin: int
    wide: int


class _Measured(NamedTuple):
    """What joining needs to know about a line."""

    width: int
    first: int  # columns of its first word or character
    wide: bool  # it starts with a wide character
    last: str


def join_lines(text: str, lines: Sequence[Line], opens: Sequence[bool]) -> list[Paragraph]:
    """Paragraphs made of ``lines``; ``opens[i]``: line i starts something new (bullet, label)."""
    measured = [_measure(text, line) for line in lines]
    limits = _wrap_limits(lines, measured, opens)
    alone = _running_heads(text, lines, measured, limits)
    scripts = _scripts_in_turn(text, lines, measured)
    words = _Words(text)
    out: list[Paragraph] = []
    group: list[tuple[Line, str]] = []  # the lines of a paragraph, with the joint before each
    hanging = False
    for index, line in enumerate(lines):
        joint = None
        other = bool(scripts) and scripts[index] != scripts[index - 1]
        if group and not (other or line.gap or opens[index] or alone[index] or alone[index - 1]):
            last = lines[index - 1]
            deeper = line.indent > last.indent and not (hanging and len(group) == 1)
            full = not deeper and _is_full(measured[index - 1], measured[index], limits)
            if not full and len(group) == 1 and _CLAUSE.search(text, last.start, last.end):
                after = measured[index + 1] if index + 1 < len(lines) else None
                full = _lost_its_indent(measured[index - 1], measured[index], after, limits)
            if full or _goes_on(text, last, line, measured[index - 1]):
                joint = _joint(text, last, line, words)
        if joint is None:
            if group:
                out.append(_paragraph(text, group))
            group = [(line, "")]
            hanging = opens[index]
        else:
            group.append((line, joint))
    if group:
        out.append(_paragraph(text, group))
    return out


class _Words:
    """The words of a document, read when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: frozenset[str] | None = None

    def __contains__(self, word: str) -> bool:
        if self._words is None:
            self._words = frozenset(re.findall(r"[a-z]+(?:-[a-z]+)*", self._text.lower()))
        return word in self._words


def columns(text: str) -> int:
    """Columns that a text takes, about: three bytes of UTF-8 make two columns.

    >>> columns("ab"), columns("中文")
    (2, 4)
    """
    return (len(text) + len(text.encode("utf-8", "surrogatepass"))) // 2


def _measure(source: str, line: Line) -> _Measured:
    text = source[line.start : line.end]
    wide = _WIDE.match(text) is not None
    token = None if wide else _FIRST_TOKEN.match(text)
    width = columns(text)
    if line.indent:
        width += columns(source[line.start - line.indent : line.start])
    return _Measured(width, len(token[0]) if token else 2, wide, text[-1])


def _is_full(line: _Measured, after: _Measured, limits: _Limits) -> bool:
    """Whether the first word of the next line had no room in this one."""
    limit = limits.wide if line.wide else limits.latin
    if not limit or line.width > limit + _LONGER:
        return False
    if line.wide:
        return line.width + after.first > limit - 4  # no mark may open a line: one or two less
    return line.width + 1 + after.first > limit - 1


def _lost_its_indent(
    line: _Measured, after: _Measured, next_but_one: _Measured | None, limits: _Limits
) -> bool:
    """Whether a line is as full as a paragraph's first, of which a copy has lost the indent of two
    characters, and the next one goes on with it: that one is full too, or ends a sentence. A title
    is not followed so.
    """
    if not (limits.wide and line.wide and after.wide) or line.last in _END_MARKS:
        return False
    if not _is_full(line._replace(width=line.width + _INDENT), after, limits):
        return False
    if after.last in "。！？”":
        return True
    return next_but_one is not None and _is_full(after, next_but_one, limits)


def _scripts_in_turn(text: str, lines: Sequence[Line], measured: Sequence[_Measured]) -> list[bool]:
    """Which lines are Chinese where Chinese and English ones take turns, as in two columns that
    were flattened; empty for any other text.
    """
    wide = sum(line.wide for line in measured)
    if len(lines) < _MIN_TURNS or min(wide, len(lines) - wide) < len(lines) // _MIN_TURNS:
        return []
    letters = (_FIRST_LETTER.search(text, line.start, line.end) for line in lines)
    scripts = [found is not None and _WIDE.match(found[0]) is not None for found in letters]
    turns = sum(one != other for one, other in pairwise(scripts))
    return scripts if turns >= _TURNS * (len(lines) - 1) else []


def _wrap_limits(
    lines: Sequence[Line], measured: Sequence[_Measured], opens: Sequence[bool]
) -> _Limits:
    return _Limits(
        _wrap_limit(lines, measured, opens, wide=False),
        _wrap_limit(lines, measured, opens, wide=True),
    )


def _wrap_limit(
    lines: Sequence[Line], measured: Sequence[_Measured], opens: Sequence[bool], *, wide: bool
) -> int:
    """The width at which the lines of one script were wrapped; 0 when their widths say no such.

    Lines that have a next one in their paragraph must mostly be full and end in mid-sentence, the
    others mostly end a sentence, and hardly a line may be longer than the width.
    """
    inner = [
        i
        for i in range(len(lines) - 1)
        if measured[i].wide == wide
        and not lines[i + 1].gap
        and not opens[i + 1]
        and lines[i + 1].indent <= lines[i].indent
    ]
    if len(inner) < _MIN_FULL_LINES:
        return 0
    widths = sorted(measured[i].width for i in inner)
    limit = widths[(len(widths) - 1) * 19 // 20]
    if not _MIN_WIDTH <= limit <= _MAX_WIDTH:
        return 0
    limits = _Limits(limit, limit)
    full = [i for i in inner if _is_full(measured[i], measured[i + 1], limits)]
    rest = sorted(set(inner).difference(full))
    stopped = sum(measured[i].last in _END_MARKS for i in full)
    closed = sum(measured[i].last in _END_MARKS for i in rest)
    same = [m.width for m in measured if m.wide == wide]
    too_long = sum(width > limit + _LONGER for width in same)
    if too_long * 10 > len(same):
        return 0
    fits = (
        len(full) >= max(_MIN_FULL_LINES, len(rest))
        and stopped * 2 <= len(full)
        and (closed * 10 >= len(rest) * 6 or len(full) >= len(rest) * 3)
    )
    return limit if fits or _paragraphs_fit(measured, full) else 0


def _paragraphs_fit(measured: Sequence[_Measured], full: Sequence[int]) -> bool:
    """Whether the full lines make plain paragraphs, whatever stands around them: the head and the
    foot of a newspaper's page have as many short lines as its text has full ones.
    """
    last = {i + 1 for i in full}.difference(full)
    stopped = sum(measured[i].last in _END_MARKS for i in full)
    closed = sum(measured[i].last in _END_MARKS for i in last)
    return (
        len(full) >= max(2 * _MIN_FULL_LINES, len(last))
        and stopped * 4 <= len(full)
        and closed * 10 >= len(last) * 8
    )


def _running_heads(
    text: str, lines: Sequence[Line], measured: Sequence[_Measured], limits: _Limits
) -> list[bool]:
    """Lines that stand alone: short ones that come three times or more (but for their numbers),
    page numbers of a wrapped document, and what only interrupts a sentence.
    """
    limit = max(limits)
    narrow = limit * 8 // 10 if limit else _REPEATED
    shapes = [
        _DIGITS.sub("0", text[line.start : line.end]) if m.width < narrow else None
        for line, m in zip(lines, measured, strict=True)
    ]
    seen = Counter(shapes)
    return [
        shape is not None
        and (
            seen[shape] >= 3
            or (limit > 0 and _PAGE_NUMBER.match(shape) is not None)
            or _interruptions().match(text, line.start, line.end) is not None
        )
        for shape, line in zip(shapes, lines, strict=True)
    ]


@cache
def _interruptions() -> re.Pattern[str]:
    forms = read_list(Path(__file__).with_name("interruptions.txt"))
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


def _goes_on(text: str, last: Line, line: Line, measured: _Measured) -> bool:
    """Whether a line stops in mid-sentence where no full line tells it: with a broken word, a
    comma, or before a lower-case word.
    """
    if measured.last in _END_MARKS:
        return False
    if measured.last == "-" and _broken_word(text, last, line) is not None:
        return True
    if measured.width < (_LONG_ENOUGH_TO_STOP // 2 if line.soft else _LONG_ENOUGH_TO_STOP):
        return False
    first = text[line.start]
    if measured.last in "，、":
        return True
    if "a" <= first <= "z" and not _is_byline(text, line):
        return measured.last.isalpha() or measured.last in ",-–—("
    return False


#: ``by Jane Doe`` and nothing that a sentence has: short, and all its words but a few capitalised.
_BYLINE = re.compile(
    r"by(?:\Z|:? (?:(?:[A-Z][\w.'’\-]{0,24}|van|von|der|den|de|la|del|di|da|du|le|al|bin|ter)"
    r"[ ,]{0,2}){1,7}"
    r"(?:\Z|[(|·•—–@\-/,]|[\w.+\-]{1,40}@|(?:on|and|in|for|with) (?=[A-Z\d])|\d))"
)


def _is_byline(text: str, line: Line) -> bool:
    """Whether a line starts like a byline and ends like none of prose."""
    if line.end - line.start > _LONGEST_BYLINE or text[line.end - 1] in ".!?,;:":
        return False
    return _BYLINE.match(text[line.start : line.end]) is not None


def _joint(text: str, last: Line, line: Line, words: _Words) -> str:
    """What stands between two joined lines; ``"-"`` says that the hyphen goes."""
    before, after = text[last.end - 1], text[line.start]
    if _WIDE.match(before) or _WIDE.match(after):
        return ""
    if before == "-":
        broken = _broken_word(text, last, line)
        if broken is None:
            return "" if text[last.end - 2 : last.end - 1].isalnum() else " "
        return "-" if _is_one_word(*broken, words) else ""
    return " "


def _broken_word(text: str, last: Line, line: Line) -> tuple[str, str] | None:
    """The two parts of a word that a hyphen at a line end may have broken."""
    left = _BROKEN_WORD.search(text, max(last.start, last.end - 40), last.end)
    right = _LEADING_LETTERS.match(text, line.start, line.end)
    if left is None or right is None:
        return None
    return left[0][:-1].lower(), right[0]


def _is_one_word(left: str, right: str, words: _Words) -> bool:
    """Whether a hyphen at a line end only broke a word (``manu-`` + ``facturing``).

    When in doubt the hyphen stays: it is in the text, and taking it out would be a repair.
    """
    if f"{left}-{right}" in words:
        return False
    if left + right in words or is_common(left + right):
        return True
    return not is_common(right) and right not in words


def _paragraph(text: str, group: Sequence[tuple[Line, str]]) -> Paragraph:
    out: list[str] = []
    edits: list[Edit] = []
    raw = 0
    for line, joint in group:
        if joint == "-":
            edits.append(Edit(raw - 1, "-", "", "hyphen"))
            out[-1] = out[-1][:-1]
        elif joint:
            edits.append(Edit(raw, "", joint, "wrap"))
            out.append(joint)
        out.append(text[line.start : line.end])
        raw += line.end - line.start
    pieces = tuple((line.start, line.end) for line, _ in group)
    return Paragraph(TracedText("".join(out), pieces, tuple(edits)), group[0][0].gap)
