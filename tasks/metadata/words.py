"""The word lists of front matter, compiled to expressions that match a label at a place."""

import re
from functools import cache
from pathlib import Path

from tasks.blocks.wordlists import read_list, read_table

_HERE = Path(__file__).parent


def _alternation(words: list[str]) -> str:
    """The words, longest first; Latin ones end at a word boundary."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w) + (r"\b" if w[-1].isascii() else "") for w in ordered)


@cache
def role_of() -> dict[str, str]:
    """The normalised role of each word of a byline, by its lower-case form."""
    return {
        word.casefold(): role
        for role, words in read_table(_HERE / "roles.tsv")
        for word in words.split("|")
    }


@cache
def role_words() -> str:
    """An alternation of all words of roles."""
    return _alternation(list(role_of()))


@cache
def counter_of() -> dict[str, str]:
    """The name of the count that each word stands for, by its lower-case form."""
    return {
        word.casefold(): name
        for name, words in read_table(_HERE / "counters.tsv")
        for word in words.split("|")
    }


@cache
def counter_words() -> str:
    """An alternation of all words of counters."""
    return _alternation(list(counter_of()))


@cache
def outlets() -> frozenset[str]:
    """The known outlets, case folded."""
    return frozenset(name.casefold() for name in read_list(_HERE / "outlets.txt"))


@cache
def outlet_pattern() -> re.Pattern[str]:
    """Matches a known outlet; Latin names between word boundaries."""
    names = sorted(read_list(_HERE / "outlets.txt"), key=lambda n: (-len(n), n))
    return re.compile(
        "|".join(
            (r"(?<!\w)" + re.escape(n) + r"(?!\w)") if n[0].isascii() else re.escape(n)
            for n in names
        ),
        re.IGNORECASE,
    )


def is_outlet(text: str) -> bool:
    """Whether a text is the name of a known outlet.

    >>> is_outlet("Reuters"), is_outlet("新华网"), is_outlet("Routers")
    (True, True, False)
    """
    return text.strip().casefold() in outlets()
