"""Kickers: the section or kind of a story in a line of its own beside the headline."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from models.records import DraftBlock, RemovalReason
from tasks.blocks.prose import is_prose, weight
from tasks.blocks.wordlists import read_list
from tasks.clean.forms import bare_line
from tasks.clean.verdict import Verdict, Verdicts

_HERE = Path(__file__).parent
_TOP = 4  # blocks in front of the body among which a kicker may stand
_LONGEST = 40
_ROW = 3
_BETWEEN = re.compile(r"\s?[|｜/／·•>›»,，]\s?")


def kicker_lines(blocks: Sequence[DraftBlock], gone: Verdicts) -> Verdicts:
    """The kickers above the body of a page, where a longer line, the headline, stands there too."""
    top: list[int] = []
    for index, block in enumerate(blocks):
        if len(top) == _TOP or is_prose(block.text.text):
            break
        if index not in gone and block.label is None:
            top.append(index)
    kickers = [index for index in top if _is_kicker(blocks[index].text.text)]
    others = [index for index in top if index not in kickers]
    longest = max((weight(blocks[index].text.text) for index in others), default=0)
    verdict = Verdict(RemovalReason.BOILERPLATE, "kicker")
    return {i: verdict for i in kickers if weight(blocks[i].text.text) * 3 < longest * 2}


def _is_kicker(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    bare = bare_line(text).lower()
    parts = bare.split()  # a row of sections
    if len(parts) >= _ROW and _words().issuperset(parts):
        return True
    return bare in _words() or _words().issuperset(_BETWEEN.split(bare))


@cache
def _words() -> frozenset[str]:
    names = ("kicker_words.txt", "section_words.txt")
    return frozenset(word for name in names for word in read_list(_HERE / name))
