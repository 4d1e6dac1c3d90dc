"""Two columns in two languages that were flattened: lines of both in turn, cut in mid-sentence."""

import re
from collections.abc import Sequence
from itertools import pairwise

from models.records import DraftBlock

_LEAST = 4  # lines of each language
_TURNS = 0.5  # share of the lines that follow one of the other language
_BROKEN = 0.25  # share of the English lines that begin with a small letter, in mid-sentence
_CLOSING = frozenset("。！？；，、：”’」』）】》")
_HAN = re.compile(r"[\u3400-\u9fff]")


def in_columns(blocks: Sequence[DraftBlock]) -> bool:
    """Whether the blocks of a page are lines of two flattened columns.

    Such lines look like headings and buttons: short, without an end, and their neighbours say
    something else.
    """
    texts = [block.text.text for block in blocks]
    small = sum("a" <= text[:1] <= "z" for text in texts)
    if small < _LEAST:
        return False
    chinese = [_HAN.search(text) is not None for text in texts]
    english = len(texts) - sum(chinese)
    if min(english, sum(chinese)) < _LEAST or small < _BROKEN * english:
        return False
    turns = sum(one != other for one, other in pairwise(chinese))
    return turns >= _TURNS * (len(texts) - 1)


def cut_lines(blocks: Sequence[DraftBlock]) -> frozenset[int]:
    """The places of lines that a column cut in mid-sentence; none on a page without columns.

    A line goes on where the next one of its language begins with a small letter or a closing mark.
    """
    if not in_columns(blocks):
        return frozenset()
    out: set[int] = set()
    last: dict[bool, int] = {}
    for place, block in enumerate(blocks):
        text = block.text.text
        chinese = _HAN.search(text) is not None
        if chinese in last and ("a" <= text[:1] <= "z" or text[:1] in _CLOSING):
            out |= {last[chinese], place}
        last[chinese] = place
    return frozenset(out)
