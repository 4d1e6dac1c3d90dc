"""Whether one side of a bead repeats the other instead of translating it."""

import re
from dataclasses import dataclass

from tasks.language.hans import to_simplified

_WORD = re.compile(r"\w+")
_NOT_PLAIN = re.compile("[^\0-\x7f–—‘’“”…]")  # anything but ASCII and the marks of print
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_COPY_LETTERS = 12  # shorter texts may be the same in both languages: names, codes, titles
HAN_LETTERS = 3  # a Chinese character says about as much as so many letters


def is_copied(zh_text: str, en_text: str, overlap: float) -> bool:
    """Whether one side (the Chinese one in Simplified characters) repeats the other.

    Either both are the same but for marks and case, or nearly all letters of one side (``overlap``,
    0 to 1) are words or characters of the other.
    """
    if is_plain(en_text) and _ascii_letters(zh_text) < _COPY_LETTERS:
        return False  # next to nothing in common, as nearly always
    left, right = _pieces(zh_text), _pieces(to_simplified(en_text))
    if min(left.size, right.size) < _COPY_LETTERS:
        return False
    return left.size_in(right) >= overlap * left.size or right.size_in(left) >= overlap * right.size


def is_plain(text: str) -> bool:
    """Whether a text has no letters but those of ASCII."""
    return text.isascii() or _NOT_PLAIN.search(text) is None


def _ascii_letters(text: str) -> int:
    return len(text.encode("ascii", "ignore").translate(None, _NO_LETTERS))


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Words of ASCII, and the letters of all others one by one; ``known`` are both, and ``size`` is
    how much they say, in letters of English.
    """

    words: list[str]
    letters: str
    known: set[str]
    size: int

    def size_in(self, other: "_Pieces") -> int:
        """The size of the pieces that the other side has too."""
        size = sum([len(word) for word in self.words if word in other.known])
        if not other.known.isdisjoint(self.letters):
            size += _size("".join([letter for letter in self.letters if letter in other.known]))
        return size


def _pieces(text: str) -> _Pieces:
    """Words without digits, Chinese ones character by character."""
    found = _WORD.findall(text.lower())
    if text.isascii():
        words = [word for word in found if not word.isdigit()]
        return _Pieces(words, "", set(words), sum(map(len, words)))
    words = [word for word in found if word.isascii() and not word.isdigit()]
    others = "".join([word for word in found if not word.isascii()])
    letters = "".join(filter(str.isalpha, others))
    size = sum(map(len, words)) + _size(letters)
    return _Pieces(words, letters, {*words, *letters}, size)


def _size(letters: str) -> int:
    plain = len(letters.encode("ascii", "ignore"))
    return plain + HAN_LETTERS * (len(letters) - plain)
