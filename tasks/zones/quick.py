r"""Expressions that are searched for in whole paragraphs, in forms that search quickly.

A search is quick where the expression begins with one of a few characters as they stand: then most
of the text is skipped. Ignored case and ``\b`` at the beginning prevent that.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

#: What else stands for a letter where case is ignored.
_TWINS = {"i": "ıİ", "k": "\u212a", "s": "ſ"}


def any_word(words: Iterable[str]) -> re.Pattern[str]:
    r"""Finds what ``\b(?:one|other)\b`` finds where case is ignored.

    ``words`` are of small letters from a to z.

    >>> any_word(["you", "we"]).search("Will we? You will.").span()
    (5, 7)
    """
    rests: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=lambda word: (-len(word), word)):
        rests[word[0]].append(word[1:])
    firsts = {letter: letter + letter.upper() + _TWINS.get(letter, "") for letter in rests}
    branches = [f"(?<=[{firsts[letter]}])(?i:{'|'.join(found)})" for letter, found in rests.items()]
    return re.compile(rf"[{''.join(firsts.values())}](?<!\w.)(?:{'|'.join(branches)})\b")
