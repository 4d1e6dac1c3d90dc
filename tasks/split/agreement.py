"""How much of what one text says another text says in the other language."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

from models.records import Lang
from tasks.language.evidence import latin_words
from tasks.language.hans import to_simplified
from tasks.language.script import HAN
from tasks.numbers import keys

_SMALL = frozenset("23")  # numbers that most texts have
_STEM = 6
_LONGEST = 4
_RUNS = re.compile(f"[{HAN}]+")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many signs of a text (words, numbers, names) were looked for, and found in the other."""

    found: int
    asked: int

    @property
    def share(self) -> float:
        """The share that was found; 0 when nothing was asked."""
        return self.found / self.asked if self.asked else 0.0

    def __add__(self, more: "Agreement") -> "Agreement":
        return Agreement(self.found + more.found, self.asked + more.asked)


def agreement(zh: str, en: str) -> Agreement:
    """The agreement of a Chinese with an English text, from the Chinese side.

    Counted are words with one usual translation, the numbers of the text that has fewer, and the
    Latin names that the Chinese text keeps. Translations of each other reach two thirds and more,
    other texts on the same matter seldom two fifths.

    >>> agreement("政府周二宣布，失业率为5.2%。", "On Tuesday the government put it at 5.2%.")
    Agreement(found=3, asked=4)
    """
    return _words(zh, en) + _numbers(zh, en) + _names(zh, en)


def _words(zh: str, en: str) -> Agreement:
    known = _known_words()
    text = to_simplified(zh)
    words = {
        run[at : at + size]
        for run in _RUNS.findall(text)
        for size in range(2, _LONGEST + 1)
        for at in range(len(run) - size + 1)
    }
    asked = words & known.keys()
    stems = {_stem(word) for word in latin_words(en)}
    return Agreement(sum(not known[word].isdisjoint(stems) for word in asked), len(asked))


def _numbers(zh: str, en: str) -> Agreement:
    zh_keys, en_keys = (
        Counter(key for key in keys(text, lang) if key not in _SMALL)
        for text, lang in ((zh, Lang.ZH), (en, Lang.EN))
    )
    fewer = min(zh_keys.total(), en_keys.total())
    return Agreement((zh_keys & en_keys).total(), fewer)


def _names(zh: str, en: str) -> Agreement:
    names = {word.lower() for word in latin_words(zh) if len(word) > 1}
    return Agreement(len(names & {word.lower() for word in latin_words(en)}), len(names))


def _stem(word: str) -> str:
    """The beginning of an English word, without a plural s.

    >>> _stem("Companies"), _stem("cars"), _stem("congress")
    ('compan', 'car', 'congre')
    """
    word = word.lower()
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:_STEM]


@cache
def _known_words() -> dict[str, frozenset[str]]:
    """The beginnings of the English words for each Chinese word of ``words.tsv``."""
    source = resources.files(__package__).joinpath("words.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in source.split("\n") if line and not line.startswith("#")]
    return {word: frozenset(stems.split()) for word, stems in rows}
