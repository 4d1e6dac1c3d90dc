"""Lines whose words make them furniture only together with their place on the page.

The words of a line are one sign (:mod:`tasks.clean.coverage`). The place is the other: above the
first paragraph or below the last one, where sites put their furniture, or right beside a line that
is proven to be furniture. Below the last paragraph also goes what stands between two such lines.
"""

import re
from collections.abc import Mapping, Sequence

from models.records import BlockKind, DraftBlock, RemovalReason
from tasks.blocks.prose import is_prose, weight
from tasks.clean.coverage import Sure
from tasks.clean.forms import bare_line
from tasks.clean.requests import edge_form
from tasks.clean.verdict import Verdict, Verdicts

_FURNITURE = frozenset(
    (
        *(RemovalReason.BOILERPLATE, RemovalReason.ADVERTISEMENT, RemovalReason.RELATED),
        *(RemovalReason.COMMENT, RemovalReason.DISCLAIMER, RemovalReason.PAGINATION),
    )
)
_HEAD = 12  # blocks above the first paragraph that are looked at
_MANY = 3  # lines of furniture that prove the end of a page to be theirs
_LONGEST_BETWEEN = 120  # weight
_SENTENCE = 36  # weight
_SENTENCE_END = frozenset(".。！？!?，,、；;”")
_STOPS = frozenset('.。！!?？…;；:：”"')
#: What front matter and the lines of editors and reporters have.
_VALUE = re.compile(
    r"[:：|｜/／@]|(?:19|20)\d\d|\A(?:by|from|reporting|edit(?:ed|ing)|photos?|text|words|story)\b"
    r"|\d\W{0,3}(?:views?|reads|comments?|likes|shares)\b|(?:阅读|閱讀|浏览|瀏覽|点击|播放|评论|字数)\D{0,4}\d"
    r"|记者|記者|编辑|編輯|来源|來源|作者|责编|責編|校对|校對|审核|審核|摄影|攝影|撰|译|譯|文\s|图\s|通讯员",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d[\d.,]{0,8}\s?[kKmM万千]?\Z|\d{20,60}\Z")


def edge_lines(blocks: Sequence[DraftBlock], gone: Verdicts) -> Verdicts:
    """The blocks that are furniture by their words and their place; ``gone`` left before."""
    first = next((i for i in range(len(blocks)) if _is_prose(blocks, gone, i)), None)
    if first is None:
        return {}
    last = next(i for i in reversed(range(len(blocks))) if _is_prose(blocks, gone, i))
    title = _title(blocks, gone, first)
    sure = {
        index: found
        for index in _places(blocks, gone, first, last)
        if index not in gone and (found := _sure(blocks[index])) is not Sure.NO
    }
    verdict = Verdict(RemovalReason.BOILERPLATE, "worded_edge")
    found_here: Verdicts = {}
    for index, how in sure.items():
        outside = (first - _HEAD <= index < first and index != title) or index > last
        beside = _beside(gone, sure, index)
        if how is Sure.PARTLY or blocks[index].text.text[-1] in _STOPS:
            goes = outside and beside
        else:
            goes = outside or beside
        if goes:
            found_here[index] = verdict
    gone_by_now = {**gone, **found_here}
    return found_here | _tail(blocks, gone_by_now, _last_sentence(blocks, gone_by_now, last))


def _last_sentence(blocks: Sequence[DraftBlock], gone: Verdicts, last: int) -> int:
    """The last block that may be of the body: below several lines of furniture no short one is."""
    proven, end = 0, last
    for at in range(last + 1, len(blocks)):
        if at in gone:
            proven += gone[at].reason in _FURNITURE
        elif proven < _MANY and _ends(blocks[at]):
            end = at
    return end


def _places(blocks: Sequence[DraftBlock], gone: Verdicts, first: int, last: int) -> list[int]:
    """Where furniture is looked for: above and below the body, and beside what is proven."""
    beside = {at for index in gone for at in (index - 1, index + 1) if first < at < last}
    return [*range(first), *sorted(beside), *range(last + 1, len(blocks))]


def _sure(block: DraftBlock) -> Sure:
    if block.label is not None or block.kind is BlockKind.TABLE_ROW:
        return Sure.NO
    text = block.text.text
    bare = bare_line(text) or text
    return edge_form(bare.lower(), bare)


def _is_prose(blocks: Sequence[DraftBlock], gone: Verdicts, index: int) -> bool:
    """Whether a block is a paragraph of the body."""
    block = blocks[index]
    if index in gone or not (block.label is not None or is_prose(block.text.text)):
        return False
    return _sure(block) is Sure.NO


def _ends(block: DraftBlock) -> bool:
    """Whether a block may be of the body: it ends like a sentence, or stops inside one."""
    text = block.text.text
    if _VALUE.search(text) is not None:
        return False
    return text[-1] in _SENTENCE_END and weight(text) >= _SENTENCE


def _title(blocks: Sequence[DraftBlock], gone: Verdicts, first: int) -> int:
    """The longest line above the first paragraph: it may be the headline."""
    above = [index for index in range(first) if index not in gone]
    return max(above, key=lambda index: weight(blocks[index].text.text), default=-1)


def _beside(gone: Verdicts, sure: Mapping[int, Sure], index: int) -> bool:
    """Whether a line right above or below is proven, or of furniture's words as a whole."""
    return any(
        (at in gone and gone[at].reason in _FURNITURE) or sure.get(at) is Sure.WORDED
        for at in (index - 1, index + 1)
    )


def _tail(blocks: Sequence[DraftBlock], gone: Verdicts, last: int) -> Verdicts:
    """Short lines below the last sentence, where lines of furniture stand around them.

    They go between two such lines; and to the end of the page, below several of them.
    """
    found: Verdicts = {}
    run: list[int] = []
    proven = 0
    verdict = Verdict(RemovalReason.BOILERPLATE, "between_furniture")
    for at in range(last + 1, len(blocks)):
        if at in gone:
            proven += gone[at].reason in _FURNITURE
            if proven > 1:
                found.update((index, verdict) for index in run)
            run = []
        elif _COUNT.match(blocks[at].text.text) or (
            proven and _may_go(blocks[at], asks=proven >= _MANY)
        ):
            run.append(at)
    if proven >= _MANY:
        found.update((index, verdict) for index in run)
    return found


def _may_go(block: DraftBlock, *, asks: bool) -> bool:
    """Whether a line is short, no sentence (``asks``: but a question), and no value."""
    text = block.text.text
    if block.label is not None or weight(text) > _LONGEST_BETWEEN:
        return False
    if text[-1] in _STOPS and not (asks and text[-1] in "?？" and "。" not in text):
        return False
    return _VALUE.search(text) is None
