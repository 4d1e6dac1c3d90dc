"""The vocabulary of injected advertisements, and words put together from it."""

import re
from functools import cache
from pathlib import Path

from tasks.blocks.english import common_words
from tasks.blocks.wordlists import read_list

_HERE = Path(__file__).parent
_LONGEST_WORD = 16
_LONGEST_TOKEN = 80
#: Words that short fragments of other words look like; they may not be parts of a token.
_SHORT_PARTS = frozenset(
    ("a", "i", "an", "in", "on", "of", "to", "at", "by", "or", "no", "my", "up", "us", "we", "go")
)


@cache
def spam_words() -> frozenset[str]:
    """English words of spam, in lower case."""
    return frozenset(read_list(_HERE / "spam_words_en.txt"))


@cache
def chinese_spam() -> re.Pattern[str]:
    """Matches a Chinese word of spam."""
    words = sorted(read_list(_HERE / "spam_words_zh.txt"), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)


@cache
def fall_apart(token: str) -> tuple[str, ...]:
    """The fewest known words that a run of letters is made of; empty when it is no such run.

    >>> fall_apart("freecasinobonus"), fall_apart("infrastructure"), fall_apart("xqzt")
    (('free', 'casino', 'bonus'), ('infrastructure',), ())
    """
    token = token.lower()
    if len(token) > _LONGEST_TOKEN:
        return ()
    known = common_words()
    spam = spam_words()
    glue = frozenset(read_list(_HERE / "spam_glue_en.txt"))
    best: list[tuple[str, ...] | None] = [()] + [None] * len(token)
    for end in range(1, len(token) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            head, word = best[start], token[start:end]
            if head is None or not (word in known or word in spam or word in glue):
                continue
            if len(word) < 3 and word not in _SHORT_PARTS:
                continue
            here = best[end]
            if here is None or len(head) + 1 < len(here):
                best[end] = (*head, word)
    return best[len(token)] or ()
