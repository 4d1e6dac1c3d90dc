"""How much Chinese and how much English a text holds, in words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tasks.language.script import Letters, count_letters

#: Chinese characters that say as much as one English word, on news text.
HAN_PER_WORD = 1.6

_WORD = re.compile("[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)?")
_ACCENTED = re.compile("[\u00c0-\u024f]")
_STAND_IN = "\x1a"  # one byte that stands for ’
_WORD_BYTES = bytes(
    code if chr(code) in "'\x1a" or (code < 128 and chr(code).isalpha()) else ord(" ")
    for code in range(256)
)
_CASES = bytes(ord("a") if chr(code).islower() else code for code in range(128)).ljust(256)
#: An apostrophe that is not between two letters, or the first of two in a word.
_STRAY = re.compile(r"'(?:(?<![A-Za-z]')|(?![A-Za-z])|[A-Za-z]+')")

# Below this share of function words, Latin words are names and terms, not English sentences.
_PROSE = 0.12
# What a Latin word outside English prose counts: a name in a Chinese sentence is a word of it.
_NAME = 0.25


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text shows of the two languages.

    ``words`` counts Latin words, ``function_words`` those that only English sentences have, and
    ``small_words`` those without a capital, which are no names.
    """

    letters: Letters
    words: int
    function_words: int
    small_words: int

    @property
    def prose(self) -> bool:
        """Whether the Latin words make English sentences."""
        return self.function_words > 0 and self.function_words >= _PROSE * self.words

    @property
    def chinese(self) -> float:
        """The Chinese in it, as a number of English words that say as much."""
        return self.letters.han / HAN_PER_WORD

    @property
    def english(self) -> float:
        """The English in it, in words; names and terms count little."""
        return self.words if self.prose else _NAME * self.words


def together(found: Iterable[Evidence]) -> Evidence:
    """The evidence of several texts as that of one.

    >>> together([evidence("The plant"), evidence("下雨了")]).letters
    Letters(han=3, latin=8, kana=0, hangul=0, other=0)
    """
    han = latin = kana = hangul = other = words = function_words = small_words = 0
    for one in found:
        letters = one.letters
        han += letters.han
        latin += letters.latin
        kana += letters.kana
        hangul += letters.hangul
        other += letters.other
        words += one.words
        function_words += one.function_words
        small_words += one.small_words
    return Evidence(Letters(han, latin, kana, hangul, other), words, function_words, small_words)


def evidence(text: str) -> Evidence:
    """The evidence of a text.

    >>> found = evidence("The plant opened in March.")
    >>> found.words, found.function_words, found.prose
    (5, 1, True)
    >>> evidence("XAI和SpaceX的估值").chinese > evidence("XAI和SpaceX的估值").english
    True
    """
    words = latin_words(text)
    functions = sum(map(_function_words().__contains__, words))
    return Evidence(count_letters(text), len(words), functions, _small_words(words))


def _small_words(words: Sequence[str]) -> int:
    """How many words begin with a small letter."""
    joined = " ".join(words).encode("ascii", "replace").translate(_CASES)
    if joined.startswith(b"?") or b" ?" in joined:  # a letter beyond ASCII
        return sum([word[0].islower() for word in words])
    return joined.count(b" a") + joined.startswith(b"a")


def latin_words(text: str) -> list[str]:
    """The Latin words of a text, in order.

    >>> latin_words("OpenAI的GPT-4o、“it’s”")
    ['OpenAI', 'GPT', 'o', 'it’s']
    """
    if _STAND_IN in text or (not text.isascii() and _ACCENTED.search(text) is not None):
        return _WORD.findall(text)
    # Cut at what is no letter: several times as fast as the expression, which is left with the
    # texts whose apostrophes it takes to decide.
    data = text.replace("’", _STAND_IN).encode("ascii", "replace").translate(_WORD_BYTES)
    plain = data.decode("ascii")
    if "'" in plain or _STAND_IN in plain:
        if _STRAY.search(plain.replace(_STAND_IN, "'")) is not None:
            return _WORD.findall(text)
        plain = plain.replace(_STAND_IN, "’")
    return plain.split()


@cache
def _function_words() -> frozenset[str]:
    """The words of ``function_words.txt``, also with a capital and in capitals."""
    source = resources.files(__package__).joinpath("function_words.txt").read_text("utf-8")
    lines = [line for line in source.split("\n") if not line.startswith("#")]
    lower = " ".join(lines).split()
    return frozenset(form for word in lower for form in (word, word.capitalize(), word.upper()))
