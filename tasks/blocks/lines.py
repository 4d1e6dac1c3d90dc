"""Cut a text into lines: at line ends, and at left-over HTML breaks.

U+0085 and U+2028 are text here, not line ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.spans import Span

_NEWLINE = re.compile(r"\r\n|[\n\r\x0b\x0c]")
_NEWLINE_OR_TAG = re.compile(
    r"\r\n|[\n\r\x0b\x0c]|</?(?:br|p|div|hr)(?:\s[^<>\n]{0,500})?\s?/?>", re.IGNORECASE
)

#: Characters that show nothing and are no blanks to ``str.strip``.
INVISIBLE = (
    "\x00\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)


@dataclass(frozen=True, slots=True)
class Line:
    """``text[start:end]``, without the blanks at both ends; ``indent`` counts those before it."""

    start: int
    end: int
    indent: int
    gap: bool  # a blank line or a page break stands before it
    soft: bool  # a left-over tag opens it


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that hold something, and what else stands between them."""

    lines: tuple[Line, ...]
    tags: tuple[Span, ...]
    invisible: tuple[Span, ...]


def split_lines(text: str) -> Lines:
    r"""The lines of a text.

    >>> text = "one \r\n\r\n\u3000\u3000two<br/>three"
    >>> [(text[l.start:l.end], l.gap) for l in split_lines(text).lines]
    [('one', False), ('two', True), ('three', False)]
    """
    lines: list[Line] = []
    tags: list[Span] = []
    invisible: list[Span] = []
    gap = soft = False
    for start, end, stop in _raw_lines(text):
        raw = text[start:end]
        body = raw.strip()
        is_tag = stop > end and text[end] == "<"
        if body and not body.strip(INVISIBLE + " \t\u3000\xa0"):
            at = start + raw.index(body)
            invisible.append((at, at + len(body)))
            body = ""
        if body:
            indent = len(raw) - len(raw.lstrip())
            begin = start + indent
            lines.append(Line(begin, begin + len(body), indent, gap, soft))
            gap = soft = False
        elif not (soft or is_tag or start == end == 0):
            gap = True
        if is_tag:
            tags.append((end, stop))
            soft = True
            gap = gap or text[end + 1 : end + 3].lower() != "br"
        elif body:
            soft = False
    return Lines(tuple(lines), tuple(tags), tuple(invisible))


def _raw_lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Start and end of every line, and the end of its line end."""
    at = 0
    if not ("<" in text or "\r" in text or "\x0b" in text or "\x0c" in text):
        while (end := text.find("\n", at)) >= 0:  # much the fastest, and most texts are so
            yield at, end, end + 1
            at = end + 1
        yield at, len(text), len(text)
        return
    pattern = _NEWLINE_OR_TAG if "<" in text else _NEWLINE
    for match in pattern.finditer(text):
        yield at, match.start(), match.end()
        at = match.end()
    yield at, len(text), len(text)
