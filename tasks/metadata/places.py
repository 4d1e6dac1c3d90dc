"""Places that stand behind a name or a date in front matter."""

import re
from functools import cache
from pathlib import Path

from tasks.blocks.wordlists import read_list

_ADMINISTRATIVE = re.compile(r"[\u3400-\u9fff]{1,6}(?:省|市|县|縣|区|區|州)")


@cache
def _places() -> frozenset[str]:
    names = read_list(Path(__file__).parent / "places.txt")
    return frozenset(name.casefold() for name in names)


def is_place(text: str) -> bool:
    """Whether a text is the name of a well-known place, or has a form that only places have.

    >>> is_place("Hong Kong"), is_place("江州市"), is_place("Hattie Moss")
    (True, True, False)
    """
    return (
        text.strip().casefold() in _places() or _ADMINISTRATIVE.fullmatch(text.strip()) is not None
    )


def place_before(text: str, end: int) -> int | None:
    """Where a known place starts that ends at ``end``; None when none does.

    >>> place_before("周小漁台北", 5)
    3
    """
    for size in range(6, 1, -1):
        if end >= size and text[end - size : end] in _places():
            return end - size
    return None
