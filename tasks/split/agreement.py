"""How much of what one text says another text says in the other language."""

from collections import Counter, defaultdict
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from operator import add

from models.records import Lang
from tasks.language.evidence import latin_words
from tasks.language.hans import to_simplified
from tasks.numbers import keys

_SMALL = frozenset("23")  # numbers that most texts have
_STEM = 6


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
    english = {word.lower() for word in latin_words(en)}
    return _words(zh, english) + _numbers(zh, en) + _names(zh, english)


def _words(zh: str, english: Set[str]) -> Agreement:
    text = to_simplified(zh)
    known = _known_words()
    asked = [
        stems_of
        for pair in known.keys() & set(map(add, text, text[1:]))
        for word, stems_of in known[pair]
        if len(word) == 2 or word in text
    ]
    stems = {_stem(word) for word in english}
    return Agreement(sum(not stems_of.isdisjoint(stems) for stems_of in asked), len(asked))


def _numbers(zh: str, en: str) -> Agreement:
    zh_keys, en_keys = (
        Counter(key for key in keys(text, lang) if key not in _SMALL)
        for text, lang in ((zh, Lang.ZH), (en, Lang.EN))
    )
    fewer = min(zh_keys.total(), en_keys.total())
    return Agreement((zh_keys & en_keys).total(), fewer)


def _names(zh: str, english: Set[str]) -> Agreement:
    names = {word.lower() for word in latin_words(zh) if len(word) > 1}
    return Agreement(len(names & english), len(names))


def _stem(word: str) -> str:
    """The beginning of an English word in small letters, without a plural s.

    >>> _stem("companies"), _stem("cars"), _stem("congress")
    ('compan', 'car', 'congre')
    """
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:_STEM]


@cache
def _known_words() -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    """The Chinese words of ``words.tsv`` with the beginnings of the English words for each, by
    their first two characters.
    """
    source = resources.files(__package__).joinpath("words.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in source.split("\n") if line and not line.startswith("#")]
    out: defaultdict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for word, stems in rows:
        out[word[:2]].append((word, frozenset(stems.split())))
    return {pair: tuple(words) for pair, words in out.items()}
