"""Counts whose words left the page earlier (``221`` above a button ``VIEWS``)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from models.records import DraftBlock, Removal
from tasks.metadata.counts import read_bare_number
from tasks.metadata.found import Field
from tasks.metadata.top import EDGE, FrontLine
from tasks.metadata.words import counter_of


def counted_places(blocks: Sequence[DraftBlock], removals: Sequence[Removal]) -> dict[int, str]:
    """The places of blocks that are only a number, with the counts that removed words name.

    Numbers and words must take turns: each number stands above its word, or each below.
    """
    items: list[tuple[int, str, str]] = []  # where, what it is, place or name
    for place in sorted({*range(len(blocks))[:EDGE], *range(len(blocks))[-EDGE:]}):
        block = blocks[place]
        number = block.label is None and _is_number(block.text.text)
        items.append((block.text.pieces[0][0], "number" if number else "", str(place)))
    for gone in removals:
        name = counter_of(gone.text.strip()) if len(gone.text) < 20 else None
        items.append((gone.pieces[0][0], "word" if name else "", name or ""))
    items.sort()
    out: dict[int, str] = {}
    for told, group in groupby(items, key=lambda item: item[1] != ""):
        run = list(group)
        numbers, words = (
            [i for i in range(len(run)) if run[i][1] == kind] for kind in ("number", "word")
        )
        in_turn = all(one[1] != other[1] for one, other in pairwise(run))
        if told and in_turn and len(numbers) == len(words):
            for at, word in zip(numbers, words, strict=True):
                out[int(run[at][2])] = run[word][2]
    return out


def add_counted(
    blocks: Sequence[DraftBlock], out: dict[int, FrontLine], counted: Mapping[int, str]
) -> None:
    """The counts of :func:`counted_places`, where nothing else is known of the line."""
    for place, name in counted.items():
        if place not in out:
            (found,) = read_bare_number(blocks[place].text.text)
            out[place] = FrontLine((replace(found, field=Field.COUNTER, name=name),))


def _is_number(text: str) -> bool:
    found = read_bare_number(text)
    return bool(found) and found[0].start == 0 and found[0].stop == len(text)
