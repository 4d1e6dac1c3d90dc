"""Simplified and Traditional Chinese: views for matching, and which of the two a text is.

The views rest on OpenCC's dictionaries (t2s, s2t) and always keep the length of the text, so that
a position in a view is a position in the text. They are for matching: the text of a corpus is
never replaced by one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.records import Script

# The planes with Chinese characters that OpenCC knows.
_RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))
_BEYOND = "\U00010000"  # the first plane ends before it
_NOT_FIRST_PLANE = re.compile(f"[{_BEYOND}-\U0010ffff]")

# A text is mixed when the rarer script has at least so many characters of its own, and at least
# this share of the characters that belong to one script only. A name in the other script is not
# enough, a headline over a short body is.
_MIXED_COUNT = 3
_MIXED_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class _Tables:
    """Character tables from OpenCC: conversions, and the characters that only one script has."""

    to_simplified: dict[int, str]
    to_traditional: dict[int, str]
    traditional: "_Set"  # changed by t2s
    simplified: "_Set"  # changed by s2t
    only_hant: "_Set"
    only_hans: "_Set"


class _Set:
    """A set of characters to look for: an expression is several times as fast as a set, but slow
    to tell that one beyond the first plane, of which there are hundreds, is not there.
    """

    def __init__(self, characters: Iterable[str]) -> None:
        found = frozenset(characters)
        self._first_plane = re.compile(f"[{''.join(sorted(ch for ch in found if ch < _BEYOND))}]")
        self._others = frozenset(ch for ch in found if ch >= _BEYOND)

    def in_text(self, text: str) -> bool:
        """Whether one of them stands in a text."""
        return self._first_plane.search(text) is not None or (
            _NOT_FIRST_PLANE.search(text) is not None and not self._others.isdisjoint(text)
        )

    def count(self, text: str) -> int:
        """How often they stand in a text."""
        others = [ch for ch in _NOT_FIRST_PLANE.findall(text) if ch in self._others]
        return len(self._first_plane.findall(text)) + len(others)


@cache
def _tables() -> _Tables:
    from opencc import OpenCC

    characters = [chr(code) for start, end in _RANGES for code in range(start, end)]
    lines = "\n".join(characters)  # one a line: no phrase rule can join two of them

    def changed(config: str) -> dict[str, str]:
        converted = OpenCC(config).convert(lines).split("\n")
        pairs = zip(characters, converted, strict=True)
        return {before: after for before, after in pairs if before != after and len(after) == 1}

    t2s, s2t = changed("t2s"), changed("s2t")
    # A character that OpenCC would change may still be at home in both scripts (后, 里, 干 and
    # 乾, 著, 徵): the two old national character sets tell these apart.
    only_hant = [ch for ch in t2s if ch not in s2t and not _in_charset(ch, "gb2312")]
    only_hans = [ch for ch in s2t if ch not in t2s and not _in_charset(ch, "big5")]
    return _Tables(
        {ord(before): after for before, after in t2s.items()},
        {ord(before): after for before, after in s2t.items()},
        _Set(t2s),
        _Set(s2t),
        _Set(only_hant),
        _Set(only_hans),
    )


def _in_charset(ch: str, charset: str) -> bool:
    try:
        ch.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def to_simplified(text: str) -> str:
    """``text`` in Simplified characters, of the same length (OpenCC t2s, with its phrase rules).

    >>> to_simplified("臺積電於週三宣布")
    '台积电于周三宣布'
    >>> to_simplified("乾隆乾杯")
    '乾隆干杯'
    """
    if text.isascii() or not _tables().traditional.in_text(text):
        return text
    return _convert("t2s", text, _tables().to_simplified)


def to_traditional(text: str) -> str:
    """``text`` in Traditional characters, of the same length (OpenCC s2t, with its phrase rules).

    >>> to_traditional("皇后之后")
    '皇后之後'
    """
    if text.isascii() or not _tables().simplified.in_text(text):
        return text
    return _convert("s2t", text, _tables().to_traditional)


def _convert(config: str, text: str, table: dict[int, str]) -> str:
    """OpenCC's conversion where it keeps the length, else character by character."""
    try:
        converted: str = _converter(config).convert(text)
    except UnicodeEncodeError:  # a lone surrogate, which has no UTF-8 form
        return text.translate(table)
    return converted if len(converted) == len(text) else text.translate(table)


@cache
def _converter(config: str) -> Any:
    from opencc import OpenCC

    return OpenCC(config)


def script_of(text: str) -> Script | None:
    """The script of a Chinese text; None when no character tells.

    Counts the characters that only Simplified, or only Traditional texts use.

    >>> script_of("我们说这个"), script_of("我們說這個"), script_of("大山")
    (<Script.HANS: 'Hans'>, <Script.HANT: 'Hant'>, None)
    """
    if text.isascii():
        return None
    tables = _tables()
    if not tables.only_hant.in_text(text):  # as in nearly all texts
        return Script.HANS if tables.only_hans.in_text(text) else None
    hans, hant = tables.only_hans.count(text), tables.only_hant.count(text)
    fewer = min(hans, hant)
    if fewer >= _MIXED_COUNT and fewer >= _MIXED_SHARE * (hans + hant):
        return Script.MIXED
    return Script.HANS if hans >= hant else Script.HANT
