"""Batches that cannot change a result.

A sentence is put with others of exactly the same number of tokens, so no padding is needed and
the output limit, which engines take per batch, follows from the sentence alone. Batches are
filled up to a number of tokens, which bounds the memory whatever the longest sentence.
"""

from collections.abc import Iterator, Sequence


def equal_length_batches(lengths: Sequence[int], max_tokens: int) -> Iterator[list[int]]:
    """Indices of items with equal ``lengths``, longest first, at most ``max_tokens`` a batch.

    Longest first shows at once whether memory suffices. A single item that is longer than
    ``max_tokens`` is a batch of its own.

    >>> list(equal_length_batches([2, 5, 2, 2], 4))
    [[1], [0, 2], [3]]
    """
    groups: dict[int, list[int]] = {}
    for index, length in enumerate(lengths):
        groups.setdefault(length, []).append(index)
    for length in sorted(groups, reverse=True):
        size = max(1, max_tokens // max(1, length))
        group = groups[length]
        for start in range(0, len(group), size):
            yield group[start : start + size]


def output_limit(source_tokens: int) -> int:
    """How many tokens a translation may have: three times the source and a few more, at most 512.

    It depends on the sentence alone. News translations stay below 2.2 times their source in
    pieces of a shared vocabulary; what comes near the limit is a loop.
    """
    return min(512, 3 * source_tokens + 16)
