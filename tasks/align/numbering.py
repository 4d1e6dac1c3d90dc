"""The compiled loops that number the tokens of a document."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.compiled import compiled, inlined

Ints = NDArray[np.integer[Any]]


@inlined
def _table(keys: int) -> tuple[Ints, int]:
    """An empty hash table for at most as many keys (open addressing), and its mask."""
    size = 16
    while size < 2 * keys:
        size *= 2
    return np.full(size, -1, np.int32), size - 1


@inlined
def _slot(table: Ints, mask: int, keys: Ints, key: int) -> int:
    """Where a key is in the table (its values are places in ``keys``), or would be put."""
    slot = (key * 40503) & mask
    while table[slot] >= 0 and keys[table[slot]] != key:
        slot = (slot + 1) & mask
    return slot


@compiled
def sentence_tokens(words: Ints, end: Ints, token: Ints, sentences: int) -> tuple[Ints, Ints, Ints]:
    """The tokens of words (numbers in a vocabulary, with 0 between sentences) by number in the
    order in which they are first met; where each sentence starts among them, and the number in
    the vocabulary of each. The token 0 is that of sentences without any.
    """
    most = sentences
    for word in words:
        if word:
            most += end[word] - end[word - 1]
    out = np.empty(most, np.uint32)
    start = np.zeros(sentences + 1, np.int64)
    numbers = np.zeros(most + 1, np.int32)
    table, mask = _table(most + 1)
    table[_slot(table, mask, numbers, 0)] = 0
    known = 1
    n = 0
    at = 0
    for sentence in range(sentences):
        while at < len(words) and words[at]:
            for k in range(end[words[at] - 1], end[words[at]]):
                slot = _slot(table, mask, numbers, token[k])
                if table[slot] < 0:
                    table[slot] = known
                    numbers[known] = token[k]
                    known += 1
                out[n] = table[slot]
                n += 1
            at += 1
        at += 1
        if n == start[sentence]:
            out[n] = 0
            n += 1
        start[sentence + 1] = n
    return out[:n].copy(), start, numbers[:known].copy()


@compiled
def places_of(keys: Ints, among: Ints) -> Ints:
    """Where each of the keys is ``among`` others (distinct ones), -1 for one that is not."""
    table, mask = _table(len(among))
    for k in range(len(among)):
        table[_slot(table, mask, among, among[k])] = k
    out = np.empty(len(keys), np.int64)
    for k in range(len(keys)):
        out[k] = table[_slot(table, mask, among, keys[k])]
    return out
