"""Above the headline: the section or kind of a story (a kicker), and rows of sections."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from models.records import BlockKind, DraftBlock, RemovalReason
from models.spans import undo_edits
from tasks.blocks.prose import is_prose, weight
from tasks.blocks.wordlists import read_list
from tasks.clean.forms import bare_line
from tasks.clean.verdict import Verdict, Verdicts

_HERE = Path(__file__).parent
_TOP = 4  # blocks in front of the body among which a kicker may stand
_LONGEST = 40
_ROW = 3
_HEAD = 12  # blocks in front of the body among which rows of sections may stand
_FEWEST, _MANY = 4, 6  # names of a row that wide gaps make, or blanks
_LONGEST_NAME, _LONGEST_ROW, _NAME_WORDS = 24, 200, 3
_KNOWN = 2  # names of a row without wide gaps that must be known
_WIDE = re.compile(r"[ \xa0]{2,}|\s*[\t\u3000|｜]\s*")
_NAME = re.compile(r"[\u3400-\u9fff]{2,5}|[A-Z&][^\W\d]*(?:['’&\- ]{1,3}[^\W\d]+){0,2}")
#: Names in both languages, one pair after the other.
_PAIRS = re.compile(r"(?:[A-Z][A-Za-z ]{1,20} [\u3400-\u9fff]{2,6}[ |｜/]{0,3}){2,10}")
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
    found = {i: verdict for i in kickers if weight(blocks[i].text.text) * 3 < longest * 2}
    return found | {i: Verdict(RemovalReason.BOILERPLATE, "navigation") for i in _rows(blocks)}


def _rows(blocks: Sequence[DraftBlock]) -> list[int]:
    """Rows of names of sections above the body; several rows in turn are a table."""
    rows: list[int] = []
    for index, block in enumerate(blocks[:_HEAD]):
        if is_prose(block.text.text):
            break
        if block.label is None and block.kind is not BlockKind.TABLE_ROW and _is_row(block):
            rows.append(index)
    return rows


def _is_row(block: DraftBlock) -> bool:
    """Whether a line is nothing but short names, with wide gaps or many with known ones."""
    text = block.text.text
    if not _FEWEST * 2 < len(text) <= _LONGEST_ROW or text.count(" ") + text.count("|") < 3:
        return False
    if _PAIRS.fullmatch(text) is not None:
        return True
    names = _WIDE.split(undo_edits(text, block.text.edits).strip())
    if len(names) < _FEWEST:
        names = text.split()
        if len(names) < _MANY or sum(name in _words() for name in names) < _KNOWN:
            return False
        if not all(name >= "\u3400" for name in names):
            return False
    if not all(len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) for name in names):
        return False
    return any(" " not in name for name in names)  # else persons


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
