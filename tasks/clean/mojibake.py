"""Text that was decoded with the wrong encoding: repaired where it can be undone, else found.

Each damaged stretch is repaired on its own, so that what stood there and what it became are both
known. Three kinds can be undone: UTF-8 read as Windows-1252 (``ftfy`` decides), GBK read as
Latin-1, and UTF-8 read as GBK. What passed through a lossy decoder (``锟斤拷``, U+FFFD) cannot.
"""

import re

from models.records import RemovalReason
from models.spans import Change
from tasks.blocks.surgery import Excision

_CP1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
#: The first byte of a character in UTF-8 and one that may follow it, read as Windows-1252.
_UTF8_AS_LATIN = re.compile(f"[\xc2-\xf4][\x80-\xbf{_CP1252}]")
_LATIN_RUN = re.compile(f"[\x80-\xff{_CP1252}]{{2,}}")
_LOST_QUOTE = re.compile("â€(?=[\\s.,;:!?)\\]]|\\Z)")
_GBK_AS_LATIN = re.compile(
    "(?<![A-Za-z\xa1-\xff])(?:[\xb0-\xd7][\xa1-\xfe]){2,}(?![A-Za-z\xa1-\xff])"
)
_HIGH_LATIN = re.compile("[\xb0-\xd7][\xa1-\xfe]")
#: What common Chinese characters and marks turn into when their UTF-8 bytes are read as GBK.
_GBK_SIGNS = "鐨勬槸鍦ㄤ簡浜鏄鍥锛銆涓鏂鍙鎴戠殑鍜绔"
_UTF8_AS_GBK = re.compile(f"[{_GBK_SIGNS}]")
_SUSPECT = re.compile(f"[\xb0-\xf4锟斤烫屯锘\ufffd{_GBK_SIGNS}]")
_NOT_ASCII_RUN = re.compile("[^\x00-\x7f]{3,}")
_LOST = re.compile("(?:锟斤拷?|斤拷){1,500}|(?:烫烫烫|屯屯屯|锘锘)[烫屯锘]{0,500}|\ufffd{1,500}")
_MOST_LOST = 0.3  # share of a block from which all of it counts as unreadable


def may_be_damaged(text: str) -> bool:
    """Whether a character of wrong decoding stands in a text; a fast first look."""
    return not text.isascii() and _SUSPECT.search(text) is not None


def repair(text: str) -> list[Change]:
    r"""The changes that undo wrong decoding, stretch by stretch.

    >>> [(c.start, c.end, c.after) for c in repair("he said â€œyesâ€\x9d")]
    [(8, 11, '“'), (14, 17, '”')]
    """
    if not may_be_damaged(text):
        return []
    changes: list[Change] = []
    if _UTF8_AS_LATIN.search(text) is not None:
        changes += _as_latin(text)
    elif _HIGH_LATIN.search(text) is not None:
        changes += _gbk_as_latin(text)
    if not changes and len(_UTF8_AS_GBK.findall(text)) >= 2:
        changes += _as_gbk(text)
    return changes


def lost_stretches(text: str) -> list[Excision]:
    """The stretches that no decoding brings back."""
    if not may_be_damaged(text):
        return []
    return [
        Excision(m.start(), m.end(), RemovalReason.UNREADABLE, "lost_characters")
        for m in _LOST.finditer(text)
    ]


def is_lost(text: str, lost: list[Excision]) -> bool:
    """Whether so much of a text is lost that the rest is no text either."""
    gone = sum(e.end - e.start for e in lost)
    return gone >= max(1, len(text) * _MOST_LOST)


def _as_latin(text: str) -> list[Change]:
    from ftfy import fix_encoding  # loads tables: only when a page needs it

    changes: list[Change] = []
    for match in _LATIN_RUN.finditer(text):
        before = match[0]
        if _UTF8_AS_LATIN.search(before) is None:
            continue
        after = fix_encoding(before)
        if after != before and "\ufffd" not in after:
            changes.append(Change(match.start(), match.end(), after, "mojibake"))
        else:
            # U+201D loses its last byte in Windows-1252, which has no character for it
            changes += [
                Change(quote.start(), quote.end(), "”", "mojibake")
                for quote in _LOST_QUOTE.finditer(text, match.start(), match.end() + 1)
            ]
    return changes


def _gbk_as_latin(text: str) -> list[Change]:
    changes: list[Change] = []
    for match in _GBK_AS_LATIN.finditer(text):
        try:
            after = match[0].encode("latin-1").decode("gb2312")
        except UnicodeError:
            continue
        changes.append(Change(match.start(), match.end(), after, "mojibake"))
    return changes


def _as_gbk(text: str) -> list[Change]:
    changes: list[Change] = []
    for match in _NOT_ASCII_RUN.finditer(text):
        try:
            after = match[0].encode("gb18030").decode("utf-8")
        except UnicodeError:
            continue
        if len(after) < len(match[0]):
            changes.append(Change(match.start(), match.end(), after, "mojibake"))
    return changes
