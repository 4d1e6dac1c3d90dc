"""A list of common English words, for the few places that must know a word from a fragment."""

from functools import cache
from pathlib import Path


@cache
def common_words() -> frozenset[str]:
    """Some 15,000 common English words in lower case."""
    lines = Path(__file__).with_name("english_words.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))


def is_common(word: str) -> bool:
    """Whether ``word`` (in any case) is a common English word.

    >>> is_common("Manufacturing"), is_common("facturing")
    (True, False)
    """
    return word.lower() in common_words()
