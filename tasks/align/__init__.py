"""Sentence alignment: which sentences of two articles translate each other.

>>> from tasks.align import align
>>> [(b.zh, b.en) for b in align(["你好。", "再见！"], ["Hello.", "Goodbye!"])]
[((0,), (0,)), ((1,), (1,))]
"""

from typing import TYPE_CHECKING, Any

from tasks.align.records import AlignedBead, Channel, DocumentPair, Group
from tasks.align.settings import AlignSettings

if TYPE_CHECKING:
    from tasks.align.aligner import align, align_batch

__all__ = [
    "AlignSettings",
    "AlignedBead",
    "Channel",
    "DocumentPair",
    "Group",
    "align",
    "align_batch",
]


def __getattr__(name: str) -> Any:
    """The aligner itself, loaded when it is asked for: Numba and SciPy take a third of a second,
    and most commands align nothing.
    """
    if name in ("align", "align_batch"):
        from tasks.align import aligner

        return getattr(aligner, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
