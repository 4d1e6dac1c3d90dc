"""Scripts of a text, counted by letters: the first and cheapest sign of its language."""

import re
from dataclasses import dataclass
from functools import cache

# Han: the main block, extensions A to I, compatibility forms, 々, 〇 and the Suzhou numerals.
HAN = (
    "\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002a6df\U0002a700-\U0002ebef\U0002ebf0-\U0002ee5f\U0002f800-\U0002fa1f"
    "\U00030000-\U000323af"
)
LATIN = (
    "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
    "\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a"
)
# The long-vowel mark is left out: Chinese pages use it as a dash.
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff6f\uff71-\uff9d"
HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb\uffa1-\uffdc"

_HAN = re.compile(f"[{HAN}]")
_PATTERNS = {
    "han": _HAN,
    "latin": re.compile(f"[{LATIN}]"),
    "kana": re.compile(f"[{KANA}]"),
    "hangul": re.compile(f"[{HANGUL}]"),
}
_OTHERS = re.compile(f"[^\0-\x7f{HAN}]")
_MARKS = frozenset("，。、：；？！“”‘’（）《》—…·\u3000")
_ASCII_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())


@dataclass(frozen=True, slots=True)
class Letters:
    """How many letters of each script a text has; digits, marks and blanks do not count."""

    han: int = 0
    latin: int = 0
    kana: int = 0
    hangul: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All letters of the text."""
        return self.han + self.latin + self.kana + self.hangul + self.other

    def shares(self) -> "Shares":
        """The counts as shares of all letters."""
        total = self.total or 1
        return Shares(
            self.han / total,
            self.latin / total,
            self.kana / total,
            self.hangul / total,
            self.other / total,
        )


@dataclass(frozen=True, slots=True)
class Shares:
    """The share (0 to 1) of each script among the letters of a text; all 0 without letters."""

    han: float
    latin: float
    kana: float
    hangul: float
    other: float


def is_han(ch: str) -> bool:
    """Whether the one character ``ch`` is a Chinese character (all extensions, 〇 and 々 too).

    >>> is_han("真"), is_han("〇"), is_han("の"), is_han("z")
    (True, True, False, False)
    """
    return _HAN.match(ch) is not None


def has_han(text: str) -> bool:
    """Whether any Chinese character is in ``text``."""
    return not text.isascii() and _HAN.search(text) is not None


def count_letters(text: str) -> Letters:
    """The letters of ``text`` by script.

    >>> count_letters("XAI的1吉瓦")
    Letters(han=3, latin=3, kana=0, hangul=0, other=0)
    """
    if text.isascii():
        return Letters(latin=len(text.encode().translate(None, _ASCII_NO_LETTERS)))
    # Nearly all of a text is ASCII, Han or a mark: what is left is looked at one by one.
    ascii_part = text.encode("ascii", "ignore")
    others = _OTHERS.findall(text)
    counts = {"": 0, "han": 0, "latin": 0, "kana": 0, "hangul": 0, "other": 0}
    for ch in others:
        if ch not in _MARKS:
            counts[_kind(ch)] += 1
    return Letters(
        len(text) - len(ascii_part) - len(others),
        counts["latin"] + len(ascii_part.translate(None, _ASCII_NO_LETTERS)),
        counts["kana"],
        counts["hangul"],
        counts["other"],
    )


def shares(text: str) -> Shares:
    """The share of each script among the letters of ``text``.

    >>> shares("V12.3版")
    Shares(han=0.5, latin=0.5, kana=0.0, hangul=0.0, other=0.0)
    """
    return count_letters(text).shares()


@cache
def _kind(ch: str) -> str:
    """The field of :class:`Letters` that counts the character; empty when it is no letter."""
    for kind, pattern in _PATTERNS.items():
        if pattern.match(ch):
            return kind
    return "other" if ch.isalpha() else ""
