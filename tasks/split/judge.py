"""Whether two sets of blocks say the same thing in two languages."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from models.records import BlockKind, DraftBlock, Lang
from tasks.language.agreement import Agreement, agreement
from tasks.language.evidence import Evidence, evidence, together

# The shorter side says at least this share of the longer one; below "full" a page is half
# translated, and needs more signs.
_FULL, _PART = 0.55, 0.1
_MOST_PART = 0.8  # from here on neither side can be a part of the other
_AGREE_FULL, _AGREE_PART = 0.52, 0.58
_SIGNS_FULL, _SIGNS_PART = 8.0, 12.0
# A Chinese block has its translation in what there is of the English when they agree so much; these
# blocks say about what the English says.
_COUNTERPART = 0.42
_LEAST_COVERED, _MOST_COVERED = 0.6, 3.0
# With fewer signs the shape of the page has to tell.
_LEAST_HAN, _LEAST_WORDS = 4, 3
# In a page laid out in turn so many of the blocks stand beside one of the other language.
_TURNS = 0.7
_TURN_BLOCKS = 6
# Two blocks may translate each other when their lengths differ by less than this factor.
_LENGTHS = 2.0

_STOPS = frozenset("。！？.!?")
_QUOTES = ("“", '"', "「", "『", "«", ">")

#: Blocks of a page with their languages, in order.
Marked = Sequence[tuple[DraftBlock, Lang]]


def same_content(page: Marked) -> bool:
    """Whether the Chinese and the English blocks of a page are versions of one text."""
    zh, en = _sides(page)
    zh_size, en_size = _size(zh), _size(en)
    if zh_size.letters.han < _LEAST_HAN or en_size.words < _LEAST_WORDS:
        return False
    share = _share(said(zh_size), said(en_size))
    if share < _FULL:
        return _part_translated(page)
    found = _agreement(zh, en)
    if found.asked >= _SIGNS_FULL:
        if found.share >= _AGREE_FULL:
            return True
        return share < _MOST_PART and _part_translated(page)
    order = [lang for _, lang in page]
    return _parallel(zh, en) and (in_turn(order) or _switches(order) <= 2)


def _part_translated(page: Marked) -> bool:
    """Whether what there is of the shorter side translates some part of the longer one.

    Quotations that stand alone do not count: a page may quote at length in the other language and
    say the same in its own words.
    """
    page = without_quotes(page)
    zh, en = _sides(page)
    zh_said, en_said = said(_size(zh)), said(_size(en))
    if min(len(zh), len(en)) < 2 or _share(zh_said, en_said) < _PART:
        return False
    part = zh
    if en_said < zh_said:
        part = [block for block in zh if _agreement([block], en).share >= _COUNTERPART]
        if not _LEAST_COVERED * en_said <= said(_size(part)) <= _MOST_COVERED * en_said:
            return False
    found = _agreement(part, en)
    return found.share >= _AGREE_PART and found.asked >= _SIGNS_PART


def said(found: Evidence) -> float:
    """How much a text says, in English words: names in Chinese text count too."""
    return found.chinese + found.words


def in_turn(order: Sequence[Lang]) -> bool:
    """Whether the two languages take turns block by block."""
    return len(order) >= _TURN_BLOCKS and _switches(order) >= _TURNS * (len(order) - 1)


def _switches(order: Sequence[Lang]) -> int:
    return sum(one is not other for one, other in pairwise(order))


def _parallel(zh: Sequence[DraftBlock], en: Sequence[DraftBlock]) -> bool:
    """Whether the blocks of both sides pair off in order, by kind and length."""
    if len(zh) != len(en):
        return False
    sizes = [
        (said(_size([one])), said(_size([other])))
        for one, other in zip(zh, en, strict=True)
        if one.kind is other.kind
    ]
    alike = sum(_share(one, other) >= 1 / _LENGTHS for one, other in sizes)
    return alike >= _TURNS * len(zh)


def _sides(page: Marked) -> tuple[list[DraftBlock], list[DraftBlock]]:
    zh, en = ([block for block, lang in page if lang is side] for side in (Lang.ZH, Lang.EN))
    return zh, en


def _share(one: float, other: float) -> float:
    return min(one, other) / max(one, other) if one and other else 0.0


def _size(blocks: Sequence[DraftBlock]) -> Evidence:
    return together(evidence(_whole(block)) for block in blocks)


def _agreement(zh: Sequence[DraftBlock], en: Sequence[DraftBlock]) -> Agreement:
    lines = list(map(_whole, zh))
    # The lines of a flattened column end inside words.
    text = "".join(line if line[-1:] not in _STOPS else line + "\n" for line in lines)
    return agreement(text, "\n".join(map(_whole, en)))


def without_quotes(page: Marked) -> Marked:
    """The page without the runs of one language that are quotations only.

    A quotation beside another one may be its translation, and stays.
    """
    runs = [list(run) for _, run in groupby(page, key=lambda marked: marked[1])]
    quotes = [all(_is_quote(block) for block, _ in run) for run in runs]
    alone = [
        quote and not any(quotes[max(0, at - 1) : at] + quotes[at + 1 : at + 2])
        for at, quote in enumerate(quotes)
    ]
    return [one for run, quote in zip(runs, alone, strict=True) if not quote for one in run]


def _is_quote(block: DraftBlock) -> bool:
    return block.kind is BlockKind.QUOTE or block.text.text.lstrip().startswith(_QUOTES)


def _whole(block: DraftBlock) -> str:
    return f"{block.label.text} {block.text.text}" if block.label else block.text.text
