"""Words of texts as numbers: nearly every word of a text has been met before, and to find its
number in an array costs a fraction of making a string of it and looking that up.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.compiled import compiled

Ints = NDArray[np.integer[Any]]
Bytes = NDArray[np.uint8]


class KnownWords:
    """Words by number: ``names``, and what a function says of each, ``values``. More are added at
    the end, so that numbers keep their meaning.
    """

    def __init__(self, value_of: Callable[[str], int]) -> None:
        self.names: list[str] = []
        self.values: NDArray[np.int64] = np.zeros(0, np.int64)
        self._value_of = value_of
        self._slots = np.full(1 << 10, -1, np.int32)
        self._hashes = np.zeros(0, np.uint64)
        self._start = np.zeros(1, np.int64)
        self._letters = np.zeros(0, np.uint8)

    def numbers(self, data: bytes, start: Ints, end: Ints) -> NDArray[np.int32]:
        """The numbers of the words ``data[start[k]:end[k]]``, which are UTF-8 and not empty."""
        letters = np.frombuffer(data, np.uint8)
        numbers, hashes = _looked_up(
            letters, start, end, self._slots, self._hashes, self._start, self._letters
        )
        new: dict[bytes, int] = {}
        places: list[int] = []  # where each new word stands first
        for place in np.flatnonzero(numbers < 0).tolist():
            word = data[start[place] : end[place]]
            if word not in new:
                new[word] = len(self.names) + len(new)
                places.append(place)
            numbers[place] = new[word]
        if new:
            self._add(list(new), hashes[places])
        return numbers

    def _add(self, words: list[bytes], hashes: NDArray[np.uint64]) -> None:
        names = [word.decode("utf-8", "surrogatepass") for word in words]
        self.names += names
        values = np.array([self._value_of(name) for name in names], np.int64)
        self.values = np.concatenate((self.values, values))
        first = len(self._hashes)
        self._hashes = np.concatenate((self._hashes, hashes))
        sizes = np.cumsum(list(map(len, words)))
        self._start = np.concatenate((self._start, self._start[-1] + sizes))
        self._letters = np.concatenate((self._letters, np.frombuffer(b"".join(words), np.uint8)))
        if 2 * len(self._hashes) > len(self._slots):  # else there would be no end to a search
            self._slots = np.full(4 << len(self._hashes).bit_length(), -1, np.int32)
            first = 0
        _put(self._slots, self._hashes, first)


class WordNumbers:
    """The words that were met so far, and no more than ``most`` of them; threads may share it."""

    def __init__(self, value_of: Callable[[str], int], *, most: int) -> None:
        self._value_of = value_of
        self._most = most
        self._lock = Lock()
        self._known = KnownWords(value_of)

    def of(self, data: bytes, start: Ints, end: Ints) -> tuple[NDArray[np.int32], KnownWords]:
        """The numbers of words (see :meth:`KnownWords.numbers`), and whose numbers they are."""
        with self._lock:
            if len(self._known.names) >= self._most:
                self._known = KnownWords(self._value_of)
            return self._known.numbers(data, start, end), self._known


def between_blanks(data: bytes) -> tuple[Ints, Ints]:
    """Where what stands between blanks begins and ends."""
    return _between(np.frombuffer(data, np.uint8))


@compiled
def _between(data: Bytes) -> tuple[Ints, Ints]:
    start = np.empty(len(data) // 2 + 1, np.int64)
    end = np.empty(len(data) // 2 + 1, np.int64)
    n = 0
    inside = False
    for at in range(len(data)):
        blank = data[at] == 32
        if inside and blank:
            end[n] = at
            n += 1
        elif not inside and not blank:
            start[n] = at
        inside = not blank
    if inside:
        end[n] = len(data)
        n += 1
    return start[:n], end[:n]


@compiled
def _looked_up(
    data: Bytes,
    start: Ints,
    end: Ints,
    slots: Ints,
    hashes: NDArray[np.uint64],
    begin: Ints,
    letters: Bytes,
) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
    """The number of each word, -1 for a new one, and its hash (FNV-1a)."""
    numbers = np.empty(len(start), np.int32)
    found = np.empty(len(start), np.uint64)
    mask = len(slots) - 1
    for k in range(len(start)):
        value = np.uint64(14695981039346656037)
        for at in range(start[k], end[k]):
            value = (value ^ np.uint64(data[at])) * np.uint64(1099511628211)
        found[k] = value
        numbers[k] = -1
        size = end[k] - start[k]
        slot = np.int64(value >> np.uint64(20)) & mask
        while slots[slot] >= 0:
            number = slots[slot]
            if hashes[number] == value and begin[number + 1] - begin[number] == size:
                same = 0
                while same < size and data[start[k] + same] == letters[begin[number] + same]:
                    same += 1
                if same == size:
                    numbers[k] = number
                    break
            slot = (slot + 1) & mask
    return numbers, found


@compiled
def _put(slots: Ints, hashes: NDArray[np.uint64], first: int) -> None:
    """Enter the words from number ``first`` on into a hash table (open addressing)."""
    mask = len(slots) - 1
    for number in range(first, len(hashes)):
        slot = np.int64(hashes[number] >> np.uint64(20)) & mask
        while slots[slot] >= 0:
            slot = (slot + 1) & mask
        slots[slot] = number
