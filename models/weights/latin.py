"""The Latin words of many texts at once, by number (see :mod:`models.words`)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.compiled import compiled
from models.weights.terms import plain_letters

Ints = NDArray[np.integer[Any]]

_BETWEEN = "\0"  # what parts two texts; as a character of a text it parts words, as a blank does


def latin_places(texts: Sequence[str]) -> tuple[bytes, Ints, Ints, Ints]:
    """Where the words of :func:`models.weights.latin_words` stand: bytes, and the places in them
    where each word begins and ends; then how many words there are in all texts up to each one.
    """
    if any(_BETWEEN in text for text in texts):
        texts = [text.replace(_BETWEEN, " ") for text in texts]
    data = plain_letters(_BETWEEN.join(texts)).encode("ascii", "replace")
    start, end, done = _places(np.frombuffer(data, np.uint8), len(texts))
    return data, start, end, done


@compiled
def _places(data: NDArray[np.uint8], texts: int) -> tuple[Ints, Ints, Ints]:
    """Runs of letters and digits that begin with a letter, or digits with letters after them."""
    start = np.empty(len(data) // 2 + 1, np.int64)
    end = np.empty(len(data) // 2 + 1, np.int64)
    done = np.zeros(texts, np.int64)
    n = text = at = 0
    while at < len(data):
        code = data[at]
        letter = (code | 32) >= 97 and (code | 32) <= 122
        digit = code >= 48 and code <= 57
        if not (letter or digit):
            if code == 0:
                done[text] = n
                text += 1
            at += 1
            continue
        begin = at
        while digit and at < len(data):
            at += 1
            digit = at < len(data) and data[at] >= 48 and data[at] <= 57
        first = at
        while at < len(data):
            low = data[at] | 32
            if not ((low >= 97 and low <= 122) or (letter and data[at] >= 48 and data[at] <= 57)):
                break
            at += 1
        if at > first:
            start[n], end[n] = begin, at
            n += 1
    done[text:] = n
    return start[:n], end[:n], done


@compiled
def counted(numbers: Ints, done: Ints, most: int) -> tuple[Ints, Ints, Ints]:
    """The different numbers (below ``most``) of each text in the order in which they are met, how
    often each occurs, and how many there are in all texts up to each one.
    """
    out = np.empty(len(numbers), np.int64)
    times = np.empty(len(numbers), np.int64)
    place = np.full(most, -1)
    until = np.empty(len(done), np.int64)
    n = at = 0
    for text in range(len(done)):
        first = n
        while at < done[text]:
            number = numbers[at]
            if place[number] < first:
                place[number] = n
                out[n] = number
                times[n] = 0
                n += 1
            times[place[number]] += 1
            at += 1
        until[text] = n
    return out[:n], times[:n], until
