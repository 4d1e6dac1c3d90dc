"""Which words a text says, and which it says more than once."""

import re
from collections import Counter
from operator import add

_LETTERS = re.compile(r"[a-z]+")
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_PAIR = re.compile(r"[\u3400-\u9fff]{2}")


class Said:
    """A text (in small letters), read once so that many words can be looked up in it.

    A word is said wherever it stands, inside a longer one too, as ``in`` and ``str.count`` have it.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._runs = Counter(_LETTERS.findall(text))
        self._pairs: Counter[str] = Counter()
        for run in _HAN.findall(text):
            self._pairs.update(map(add, run, run[1:]))
        # Longer runs first: those that may hold a word stand before the place for its length.
        runs = sorted(self._runs, key=len, reverse=True)
        self._joined = " ".join(runs)
        self._longer_end: dict[int, int] = {}
        end = 0
        for run in runs:
            self._longer_end.setdefault(len(run), end)
            end += len(run) + 1

    def once(self, word: str) -> bool:
        """Whether a word stands in the text.

        >>> Said("the ferryman 下雨了").once("ferry"), Said("the ferryman").once("boat")
        (True, False)
        """
        if word in self._runs or word in self._pairs:
            return True
        return not _PAIR.fullmatch(word) and word in self._text

    def twice(self, word: str) -> bool:
        """Whether a word stands in the text at two places that do not overlap.

        >>> Said("a ferry, its ferryman").twice("ferry"), Said("the ferryman").twice("ferry")
        (True, False)
        """
        if (count := self._runs.get(word)) is not None:
            return count > 1 or self._joined.find(word, 0, self._longer_end[len(word)]) >= 0
        if _PAIR.fullmatch(word) and (word[0] != word[1] or word not in self._pairs):
            return self._pairs[word] > 1
        return self._text.count(word) > 1
