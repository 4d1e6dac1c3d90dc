"""Rows of two flattened columns: Chinese and English side by side in one line, row after row."""

import re
from collections.abc import Iterator, Sequence

from models.records import DraftBlock, Lang
from models.revise import partition, trim
from models.spans import Change, TracedText
from tasks.language.evidence import latin_words
from tasks.language.script import HAN, has_han

# A page has rows when so many of its lines with Chinese are rows, most of them in one order.
_LEAST_ROWS = 4
_ROWS = 0.5
_ONE_ORDER = 0.9
_MIN_HAN = 2
_LONGEST = 600  # characters of a row
#: What stands between two columns, besides blanks that were made one: a mark with blanks around it.
_MARK = re.compile(r"\s*[|｜丨]\s*|\s+[/／]\s+|\t")
#: A single blank between Chinese and English, either first.
_BLANK = re.compile(
    rf"(?<=[{HAN}。！？；，、：”’」』》…])\s+(?=[A-Za-z\"'“‘])"
    rf"|(?<=[A-Za-z.,;:!?\"'”’])\s+(?=[{HAN}“‘「『《【])"
)
_HAN = re.compile(f"[{HAN}]")
_WIDE_MARKS = re.compile("[。！？；，、：”’」』）】》…]+")
_BRACKETS = frozenset("(（[［【")

Cells = list[tuple[DraftBlock, Lang]]


def cut_rows(blocks: Sequence[DraftBlock]) -> list[Cells | None]:
    """The two cells of each block that is a row of columns, with their languages; None for others.

    A row has Chinese on one side of a gap and English on the other. All are None on a page that is
    not laid out in rows, most of them in one order.
    """
    may_be = sum(_may_be_row(block.text.text) for block in blocks)
    chinese = sum(has_han(block.text.text) for block in blocks)
    if may_be < max(_LEAST_ROWS, _ROWS * chinese):
        return [None] * len(blocks)
    borders = [_border(block) for block in blocks]
    rows = [border for border in borders if border is not None]
    first = sum(lang is Lang.ZH for _, _, lang in rows)
    few = len(rows) < _LEAST_ROWS or len(rows) < _ROWS * chinese
    if few or min(first, len(rows) - first) > max(1.0, (1 - _ONE_ORDER) * len(rows)):
        return [None] * len(blocks)
    return [
        None if border is None else _cells(block, *border)
        for block, border in zip(blocks, borders, strict=True)
    ]


def _may_be_row(text: str) -> bool:
    """Whether English may begin or end a line with other characters in it; a fast first look."""
    if len(text) > _LONGEST or text.isascii():
        return False
    first = next(filter(str.isalpha, text), "")
    last = next(filter(str.isalpha, reversed(text)), "")
    return not (has_han(first) and has_han(last))


def _border(block: DraftBlock) -> tuple[int, int, Lang] | None:
    """Where the gap of a row begins and ends, and the language before it; None if it is no row."""
    text = block.text.text
    if not _may_be_row(text):
        return None
    han = [found.start() for found in _HAN.finditer(text)]
    marks = _WIDE_MARKS.match(text)
    if not han and marks is None:
        return None
    first, last = (han[0], han[-1]) if han else (0, 0)
    gaps = list(_gaps(block.text))
    for start, end, _ in sorted(gaps, key=lambda gap: (gap[2], gap[0])):
        if start > last and _is_row(text[:start], text[end:]):
            return start, end, Lang.ZH
    for start, end, _ in sorted(gaps, key=lambda gap: (gap[2], -gap[0])):
        if end <= first and _is_row(text[end:], text[:start]):
            return start, end, Lang.EN
    return None


def _gaps(text: TracedText) -> Iterator[tuple[int, int, int]]:
    """The gaps of a line with their ranks: blanks that were several and marks between columns (0),
    single blanks (1).
    """
    moved = 0
    for edit in text.edits:
        if edit.after == " " and edit.before.isspace():
            at = edit.position + moved
            yield at, at + 1, 0
        moved += len(edit.after) - len(edit.before)
    for rank, pattern in ((0, _MARK), (1, _BLANK)):
        for found in pattern.finditer(text.text):
            yield found.start(), found.end(), rank


def _is_row(chinese: str, english: str) -> bool:
    """Whether two cells are Chinese and English; a translation in brackets is no cell."""
    if not _BRACKETS.isdisjoint((chinese[:1], english[:1])):
        return False
    return _is_chinese(chinese) and _is_english(english)


def _is_chinese(cell: str) -> bool:
    han = len(_HAN.findall(cell))
    return (han >= _MIN_HAN and han >= len(latin_words(cell))) or (
        _WIDE_MARKS.fullmatch(cell.strip()) is not None
    )


def _is_english(cell: str) -> bool:
    return bool(latin_words(cell)) and not has_han(cell)


def _cells(block: DraftBlock, start: int, end: int, first: Lang) -> Cells | None:
    """Both cells of a row; the mark between them is edited away."""
    try:
        one, other = partition(block.text, [end])
        mark = one.text[start:].strip()
        if mark:
            at = one.text.rindex(mark)
            one = one.edit([Change(at, at + len(mark), "", "translation mark")])
    except ValueError:  # an edit reaches over the border
        return None
    second = Lang.EN if first is Lang.ZH else Lang.ZH
    cells = [(trim(one), first), (trim(other), second)]
    if not all(text.text for text, _ in cells):
        return None
    return [
        (DraftBlock(block.kind, text, block.label if lang is first else None), lang)
        for text, lang in cells
    ]
