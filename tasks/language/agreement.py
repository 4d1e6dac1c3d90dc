"""How much of what one text says another text says in the other language."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass

from models.records import Lang
from models.remembered import Remembered
from models.weights import cut_chinese, load_weights, stem
from models.weights import latin_words as plain_words
from tasks.language.evidence import latin_words
from tasks.language.hans import to_simplified
from tasks.language.script import count_letters
from tasks.numbers import keys

_SMALL = frozenset("23")  # numbers that most texts have
# A stem of less weight stands in most texts, so that finding it says nothing.
_TELLING = 0.8
# What a number or a name tells, on the scale of the words (a good one has between 1 and 2).
_SIGN = 1.5

# Two titles translate each other when they agree so much: titles are translated freely.
_TITLES = 0.3
# An English line has so many Latin letters a Chinese one: a name in it may stay Chinese.
_NAMES = 6


@dataclass(frozen=True, slots=True)
class Agreement:
    """The weight of the signs of a text (words, numbers, names) that were looked for, and found."""

    found: float
    asked: float

    @property
    def share(self) -> float:
        """The share that was found; 0 when nothing was asked."""
        return self.found / self.asked if self.asked else 0.0


def agreement(zh: str, en: str) -> Agreement:
    """The agreement of a Chinese with an English text, from the Chinese side.

    Counted are the words that the shipped table translates, by the weight and probability of
    their translations; the numbers of the text that has fewer; and the Latin names that the
    Chinese text keeps. Of five sentences of news and more their translations reach 0.6, other
    sentences of the same story seldom 0.5, other stories 0.2.

    >>> en = "On Tuesday the government put unemployment at 5.2%."
    >>> agreement("政府周二宣布，失业率为5.2%。", en).share > 0.5
    True
    """
    english = {word.lower() for word in latin_words(en)}
    words, numbers, names = _words(zh, en), _numbers(zh, en), _names(zh, english)
    return Agreement(
        words.found + _SIGN * (numbers.found + names.found),
        words.asked + _SIGN * (numbers.asked + names.asked),
    )


def translates(one: str, other: str) -> bool:
    """Whether a line most likely translates another one: a Chinese and an English title.

    >>> translates("慢下来的邮差", "The Postman Who Slowed Down")
    True
    >>> translates("慢下来的邮差", "Harbour Weekly")
    False
    """
    zh, en = (one, other) if _is_chinese(one) else (other, one)
    if not _is_chinese(zh) or not _is_english(en):
        return False
    return agreement(zh, en).share >= _TITLES


def _is_chinese(line: str) -> bool:
    letters = count_letters(line)
    return letters.han * 2 > letters.latin


def _is_english(line: str) -> bool:
    letters = count_letters(line)
    return letters.latin > _NAMES * letters.han


def _words(zh: str, en: str) -> Agreement:
    ids = load_weights().stem_ids
    stems = {ids.get(stem(word), -1) for word in plain_words(en)}
    found = asked = 0.0
    for word in sorted(set(cut_chinese(to_simplified(zh)))):
        weight, translations = _TRANSLATIONS[word]
        asked += weight
        if not stems.isdisjoint(translations):
            found += weight
    return Agreement(found, asked)


def _translations(word: str) -> tuple[float, tuple[int, ...]]:
    """What it tells to find a Chinese word translated, and the stems that translate it."""
    weights = load_weights()
    telling = [
        (key, probability * weights.stem_weights[key])
        for key, probability in weights.translations(word)
        if weights.stem_weights[key] >= _TELLING
    ]
    return sum(weight for _, weight in telling), tuple([key for key, _ in telling])


_TRANSLATIONS = Remembered(_translations, most=1 << 16)


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
