"""Labels that say in which language a block is (``【译文】``, ``English:``): no text of a half."""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.records import DraftBlock
from models.revise import trim
from models.spans import Change, concat

_NAMES = (
    "原文|译文|譯文|参考译文|翻译|中译|英译|中文|英文|汉语|英语|华文|中|英|译|"
    "English|Chinese|Original|Translation|EN|ZH|CN|Eng|Chi"
)
_LABEL = re.compile(
    rf"(?:[【\[［(（]\s?(?:{_NAMES})\s?[】\]］)）]\s?[:：]?|(?:{_NAMES})\s?[:：｜|])\s*(?=\S)"
)
_NAME = re.compile(_NAMES)
_LEAST = 2  # blocks of a half that have one
_REASON = "language label"


def without_labels(blocks: Sequence[DraftBlock]) -> list[DraftBlock]:
    """The blocks of a half without their labels of a language, where several have one."""
    if sum(_has_label(block) for block in blocks) < _LEAST:
        return list(blocks)
    return [_without(block) if _has_label(block) else block for block in blocks]


def _has_label(block: DraftBlock) -> bool:
    if block.label is not None:
        return _NAME.fullmatch(block.label.text.strip()) is not None
    return _LABEL.match(block.text.text) is not None


def _without(block: DraftBlock) -> DraftBlock:
    if block.label is not None:
        size = len(block.label.text)
        text = concat((block.label, block.text), "", _REASON)
        return replace(block, text=trim(text.edit([Change(0, size, "", _REASON)])), label=None)
    found = _LABEL.match(block.text.text)
    end = found.end() if found is not None else 0
    try:
        return replace(block, text=trim(block.text.edit([Change(0, end, "", _REASON)])))
    except ValueError:  # an edit reaches over the border
        return block
