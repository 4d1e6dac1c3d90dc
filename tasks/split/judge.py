"""Whether two sets of blocks say the same thing in two languages.

Without a lexicon: by how much they say, their numbers and dates, the Latin names that Chinese
text keeps, and the way the blocks stand to each other.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from models.records import BlockKind, DraftBlock, Lang
from tasks.language.evidence import HAN_PER_WORD, NOTHING, Evidence, evidence, latin_words
from tasks.numbers import keys

# The shorter side says at least this share of the longer one; below "full" only with good signs.
_FULL = 0.55
_PART = 0.12
# Numbers and names agree above the first share, and belong to different texts below the second.
_NUMBERS_AGREE, _NUMBERS_DIFFER = 0.5, 0.3
_NAMES_AGREE, _NAMES_DIFFER = 0.6, 0.25
_ENOUGH = 3  # numbers, names or blocks that make a share worth looking at
# In a page laid out in turn so many of the blocks stand beside one of the other language.
_TURNS = 0.7
# Two blocks may translate each other when their lengths differ by less than this factor.
_LENGTHS = 2.0
_SMALL = frozenset("123")  # numbers that every text has

_QUOTES = '“"「『«>'


def same_content(zh: Sequence[DraftBlock], en: Sequence[DraftBlock], order: Sequence[Lang]) -> bool:
    """Whether the Chinese and the English blocks of a page are versions of one text.

    ``order`` is the languages of all blocks of the page, in order. Foreign blocks that are marked
    as quotations do not count.
    """
    zh, en = _without_quotes(zh), _without_quotes(en)
    zh_found = sum((evidence(_whole(block)) for block in zh), NOTHING)
    en_found = sum((evidence(_whole(block)) for block in en), NOTHING)
    share = _share(said(zh_found), said(en_found))
    if share < _PART or zh_found.letters.han < 2 * HAN_PER_WORD or en_found.words < 2:
        return False
    zh_text, en_text = "\n".join(map(_whole, zh)), "\n".join(map(_whole, en))
    signs = [_numbers(zh_text, en_text), _names(zh_text, en_text)]
    if share >= _FULL:
        parallel = _parallel(zh, en) and (in_turn(order) or _switches(order) <= 2)
        # Without numbers and names the shape of the page must speak for it.
        return sum(signs) + parallel > 0
    return sum(signs) > 0 and min(signs) >= 0 and min(len(zh), len(en)) > 1


def said(found: Evidence) -> float:
    """How much a text says, in English words: names in Chinese text count too."""
    return found.chinese + found.words


def in_turn(order: Sequence[Lang]) -> bool:
    """Whether the two languages take turns block by block."""
    return len(order) >= 2 * _ENOUGH and _switches(order) >= _TURNS * (len(order) - 1)


def _switches(order: Sequence[Lang]) -> int:
    return sum(one is not other for one, other in pairwise(order))


def _share(one: float, other: float) -> float:
    return min(one, other) / max(one, other) if one and other else 0.0


def _numbers(zh: str, en: str) -> int:
    """1 when the numbers agree, -1 when they differ, 0 when there are too few to say."""
    zh_keys, en_keys = (
        Counter(key for key in keys(text, lang) if key not in _SMALL)
        for text, lang in ((zh, Lang.ZH), (en, Lang.EN))
    )
    fewer = min(zh_keys.total(), en_keys.total())
    if fewer < _ENOUGH:
        return 0
    share = (zh_keys & en_keys).total() / fewer
    return 1 if share >= _NUMBERS_AGREE else -1 if share < _NUMBERS_DIFFER else 0


def _names(zh: str, en: str) -> int:
    """The same for the Latin names and terms in the Chinese text."""
    names = {word.lower() for word in latin_words(zh) if len(word) > 1}
    if len(names) < _ENOUGH:
        return 0
    share = len(names & {word.lower() for word in latin_words(en)}) / len(names)
    return 1 if share >= _NAMES_AGREE else -1 if share < _NAMES_DIFFER else 0


def _parallel(zh: Sequence[DraftBlock], en: Sequence[DraftBlock]) -> bool:
    """Whether the blocks of both sides pair off in order, by kind and length."""
    if len(zh) != len(en):
        return False
    pairs = [
        (said(evidence(_whole(one))), said(evidence(_whole(other))))
        for one, other in zip(zh, en, strict=True)
        if one.kind is other.kind
    ]
    alike = sum(_share(one, other) >= 1 / _LENGTHS for one, other in pairs)
    return alike >= _TURNS * len(zh)


def _without_quotes(blocks: Sequence[DraftBlock]) -> list[DraftBlock]:
    return [
        block
        for block in blocks
        if block.kind is not BlockKind.QUOTE
        and not block.text.text.lstrip().startswith(tuple(_QUOTES))
    ]


def _whole(block: DraftBlock) -> str:
    return f"{block.label.text} {block.text.text}" if block.label else block.text.text
