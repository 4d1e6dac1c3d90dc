"""How many of a line's words a text says, and how many it says more than once.

Words are what is left of a line without the commonest English words: words of four letters and
more, numbers, pairs of Chinese characters. A word is said wherever it stands in the text, inside a
longer one too, as ``in`` and ``str.count`` have it.

The text is read once: what begins at each of its places (four letters, two characters of a number,
or two Chinese characters) leads to that place in a table of chains.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.compiled import code_points, compiled, inlined

Ints = NDArray[np.integer[Any]]

_STOP_WORDS = (
    *("about", "after", "again", "also", "been", "before", "being", "both", "could", "does"),
    *("down", "each", "even", "ever", "every", "from", "have", "here", "into", "just", "like"),
    *("made", "make", "many", "more", "most", "much", "must", "never", "only", "other", "over"),
    *("same", "should", "some", "such", "than", "that", "their", "them", "then", "there"),
    *("these", "they", "this", "those", "through", "under", "until", "very", "were", "what"),
    *("when", "where", "which", "while", "will", "with", "would", "your", "yours"),
)
_LETTER, _DIGIT, _MARK, _HAN = range(1, 5)
_BLANK = ord(" ")
_BITS = 5  # of a letter
_POSITIVE = 0xFFFF_FFFF
_SHORTEST = 4  # letters of a word
_LONGEST = 40  # characters of a word that is looked up here; longer ones may repeat themselves
_PLANES = 0x20000  # characters below which every letter of a word and every digit is


class _Index(NamedTuple):
    """A text as code points; the first place of each chain, and the next one after each place."""

    codes: Ints
    first: Ints
    following: Ints


class Said:
    """A text (in small letters), read once so that the words of lines can be looked up in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._index = _index(self._text)

    def share(self, line: str, *, twice: bool = False) -> float | None:
        """The share of a line's words that stand in the text, or ``twice`` without overlap.

        None for a line without words, whatever its letters.

        >>> said = Said("a ferry sank. the ferryman was saved: 下雨了")
        >>> said.share("Ferry lost"), said.share("Ferry lost", twice=True), said.share("Oh!")
        (0.5, 0.5, None)
        """
        line = line.casefold()
        times = 1 + twice
        words, found, long = _count(code_points(line), self._index, _STOPS, _KINDS, times)
        for word in {line[start:end] for start, end in long.tolist()}:
            words += 1
            found += self._text.count(word) >= times
        return found / words if words else None


def _index(text: str) -> _Index:
    codes = code_points(text)
    return _Index(codes, *_chains(codes, _KINDS))


def _kinds() -> Ints:
    """What kind of a word each character may stand in."""
    kinds = np.zeros(_PLANES, np.uint8)
    kinds[ord("a") : ord("z") + 1] = _LETTER
    kinds[[code for code in range(_PLANES) if chr(code).isdecimal()]] = _DIGIT
    kinds[[ord("."), ord(",")]] = _MARK
    kinds[0x3400:0xA000] = _HAN
    return kinds


@inlined
def _kind(codes: Ints, kinds: Ints, at: int) -> int:
    return kinds[codes[at]] if at < len(codes) and codes[at] < len(kinds) else 0


@inlined
def _start(codes: Ints, kinds: Ints, at: int) -> int:
    """A number for what words that may begin at a place begin with, -1 where none does; its last
    bits say which chain of a table is theirs.
    """
    kind = _kind(codes, kinds, at)
    following = _kind(codes, kinds, at + 1)
    key = int(np.int64(codes[at]))
    if kind == _LETTER:
        key = _letter(codes, at)
        for k in range(at + 1, at + _SHORTEST):
            if _kind(codes, kinds, k) != _LETTER:
                return -1
            key = (key << _BITS) | _letter(codes, k)
    elif (kind == _HAN and following == _HAN) or (kind == _DIGIT and following in (_DIGIT, _MARK)):
        key = (key << 16) ^ int(np.int64(codes[at + 1]))
    else:
        return -1
    return _spread(key)


@inlined
def _letter(codes: Ints, at: int) -> int:
    """A letter by its place in the alphabet."""
    return int(np.int64(codes[at])) & ((1 << _BITS) - 1)


@inlined
def _spread(key: int) -> int:
    """A number whose last bits depend on the whole of ``key``."""
    return ((key * 0x9E3779B1) >> 12) & _POSITIVE


@inlined
def _word(codes: Ints, kinds: Ints, at: int) -> tuple[int, int]:
    """The size of the word that begins at a place (0 for none), and where the next one may begin,
    from there.
    """
    kind = _kind(codes, kinds, at)
    end = at + 1
    if kind == _HAN:
        return (2 if _kind(codes, kinds, end) == _HAN else 0), 1
    if kind == _LETTER:
        while _kind(codes, kinds, end) == _LETTER:
            end += 1
        return (end - at if end - at >= _SHORTEST else 0), end - at
    if kind == _DIGIT:  # a number ends in a digit
        last = at
        while _kind(codes, kinds, end) in (_DIGIT, _MARK):
            if _kind(codes, kinds, end) == _DIGIT:
                last = end
            end += 1
        return (last + 1 - at if last > at else 0), last + 1 - at
    return 0, 1


@inlined
def _same(codes: Ints, at: int, others: Ints, place: int, size: int) -> bool:
    """Whether ``size`` characters of two texts are the same."""
    if place + size > len(others):
        return False
    k = 0
    while k < size and codes[at + k] == others[place + k]:
        k += 1
    return k == size


@inlined
def _empty(places: int) -> Ints:
    """A table without chains, for as many places."""
    size = 16
    while size < places:
        size *= 2
    return np.full(size, -1, np.int32)


@compiled
def _chains(codes: Ints, kinds: Ints) -> tuple[Ints, Ints]:
    """The first place of each chain, and the next one after each place; -1 for none."""
    first = _empty(2 * len(codes))
    following = np.full(len(codes), -1, np.int32)
    letters = 0  # of the run from a place on; the first four are in ``key``
    key = 0
    for back in range(len(codes)):
        at = len(codes) - 1 - back
        if _kind(codes, kinds, at) == _LETTER:
            letters += 1
            key = (key >> _BITS) | (_letter(codes, at) << (_BITS * (_SHORTEST - 1)))
            start = _spread(key) if letters >= _SHORTEST else -1
        else:
            letters = 0
            start = _start(codes, kinds, at)
        if start >= 0:
            chain = start & (len(first) - 1)
            following[at] = first[chain]
            first[chain] = at
    return first, following


@compiled
def _count(
    codes: Ints, text: _Index, stops: _Index, kinds: Ints, times: int
) -> tuple[int, int, Ints]:
    """How many words a line has, each once, and how many stand in the text so many times; and
    where those stand that are too long to be looked up, which are not counted.
    """
    latest = _empty(len(codes))  # a chain of the words met: the last one, and the one before each
    before = np.empty(len(codes), np.int32)
    sizes = np.empty(len(codes), np.int32)
    long = np.empty((len(codes) // _LONGEST, 2), np.int64)
    words = found = longs = at = 0
    while at < len(codes):
        size, step = _word(codes, kinds, at)
        if size > _LONGEST:
            long[longs] = at, at + size
            longs += 1
        elif size:
            start = _start(codes, kinds, at)
            slot = start & (len(latest) - 1)
            known = latest[slot]
            while known >= 0 and not (
                sizes[known] == size and _same(codes, at, codes, known, size)
            ):
                known = before[known]
            if known < 0 and not _stands_alone(codes, at, size, stops, start):
                before[at], sizes[at], latest[slot] = latest[slot], size, at
                words += 1
                found += _stands(codes, at, size, text, start, times)
        at += step
    return words, found, long[:longs]


@inlined
def _stands(codes: Ints, at: int, size: int, text: _Index, start: int, times: int) -> bool:
    """Whether a word stands in a text so many times, without overlap."""
    place = text.first[start & (len(text.first) - 1)]
    free = 0
    while place >= 0:
        if place >= free and _same(codes, at, text.codes, place, size):
            times -= 1
            if times == 0:
                return True
            free = place + size
        place = text.following[place]
    return False


@inlined
def _stands_alone(codes: Ints, at: int, size: int, text: _Index, start: int) -> bool:
    """Whether a word stands in a text (that begins and ends with a blank) between blanks."""
    place = text.first[start & (len(text.first) - 1)]
    while place >= 0:
        if _same(codes, at, text.codes, place, size) and (
            text.codes[place - 1] == _BLANK and text.codes[place + size] == _BLANK
        ):
            return True
        place = text.following[place]
    return False


_KINDS = _kinds()
_STOPS = _index(f" {' '.join(_STOP_WORDS)} ")
