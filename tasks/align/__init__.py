"""Sentence alignment: which sentences of two articles translate each other.

>>> from tasks.align import align
>>> [(b.zh, b.en) for b in align(["你好。", "再见！"], ["Hello.", "Goodbye!"])]
[((0,), (0,)), ((1,), (1,))]
"""

from tasks.align.aligner import align, align_batch
from tasks.align.records import AlignedBead, Channel, DocumentPair, Group
from tasks.align.settings import AlignSettings

__all__ = [
    "AlignSettings",
    "AlignedBead",
    "Channel",
    "DocumentPair",
    "Group",
    "align",
    "align_batch",
]
