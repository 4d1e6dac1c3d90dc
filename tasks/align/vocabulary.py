"""Words and their tokens as numbers, given at first sight and kept for the documents to come.

A place of a text costs one look into a dictionary; which tokens its word has, and what numbers a
lexicon gives them, is read from arrays. The numbers depend on what was seen before, so nothing may
depend on them but whether two are equal: a document numbers its tokens anew, in their order.
"""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.lexicon import Lexicon
from models.records import Lang
from models.words import WordNumbers, between_blanks
from tasks.align.tokens import BREAK, cut_zh, en_tokens, english_text, zh_tokens

#: The token of a sentence that has none; it is linked to nothing.
EMPTY = ""

Numbers = NDArray[np.int32]
_MOST = 1 << 22  # characters after which a new vocabulary is begun: some 200,000 words
_FIXED = 16  # characters that a word counts for beside its own
_LEXICONS = 4  # whose numbers are kept


class Tokens(NamedTuple):
    """The tokens of words: those of word ``w`` are ``token[end[w - 1]:end[w]]``. Word 0, which has
    none, is the break between sentences.
    """

    end: Numbers
    token: Numbers


class Vocabulary:
    """The words and tokens of both languages seen so far; threads may share it."""

    def __init__(self) -> None:
        #: The tokens, by number.
        self.names = [EMPTY]
        self._number = {EMPTY: 0}
        self._lock = Lock()
        self._size = 0
        self._end, self._token = _Growing([0]), _Growing([])
        self._new_ends: list[int] = []
        self._new_tokens: list[int] = []
        self._zh, self._en = _Words(self._added, zh_tokens), _Words(self._added, en_tokens)
        self._en_words = WordNumbers(self._en.__getitem__, most=_MOST)
        self._in: dict[tuple[Lexicon, Lang], _Growing] = {}

    @property
    def full(self) -> bool:
        """Whether there are so many words in it that another one should be begun."""
        return self._size >= _MOST

    def words(self, sentences: Sequence[str], lang: Lang) -> Numbers:
        """The numbers of the words of sentences of a language, with 0 between the sentences."""
        if lang is Lang.ZH:
            words = cut_zh(sentences)
            return np.fromiter(map(self._zh.__getitem__, words), np.int32, len(words))
        data = english_text(sentences).encode("utf-8", "surrogatepass")
        numbers, known = self._en_words.of(data, *between_blanks(data))
        return known.values[numbers].astype(np.int32)

    def tokens(self) -> Tokens:
        """The tokens of all words that were given a number until now."""
        with self._lock:
            self._end.extend(self._new_ends)
            self._token.extend(self._new_tokens)
            self._new_ends, self._new_tokens = [], []
            return Tokens(self._end.values, self._token.values)

    def numbers_in(self, lexicon: Lexicon, lang: Lang) -> Numbers:
        """The number that a side of a lexicon gives each token, -1 for an unknown one."""
        with self._lock:
            if (lexicon, lang) not in self._in and len(self._in) >= 2 * _LEXICONS:
                self._in.clear()
            own = self._in.setdefault((lexicon, lang), _Growing([]))
            new = self.names[len(own.values) :]
            if new:
                index = lexicon.zh_index if lang is Lang.ZH else lexicon.en_index
                own.extend([index.get(name, -1) for name in new])
            return own.values

    def _added(self, known: dict[str, int], word: str, tokens: Sequence[str]) -> int:
        """The number of a word that is new (or that another thread has added meanwhile)."""
        with self._lock:
            if word not in known:
                for name in tokens:
                    if name not in self._number:
                        self._number[name] = len(self.names)
                        self.names.append(name)
                    self._new_tokens.append(self._number[name])
                self._size += len(word) + _FIXED
                self._new_ends.append(len(self._token.values) + len(self._new_tokens))
                known[word] = len(self._end.values) + len(self._new_ends) - 1
            return known[word]


class _Words(dict[str, int]):
    """The numbers of words of a language; a new word is added when it is looked up."""

    def __init__(
        self,
        add: Callable[[dict[str, int], str, Sequence[str]], int],
        tokens_of: Callable[[str], Sequence[str]],
    ) -> None:
        super().__init__({BREAK: 0})
        self._add, self._tokens_of = add, tokens_of

    def __missing__(self, word: str) -> int:
        return self._add(self, word, self._tokens_of(word))


class _Growing:
    """Numbers to which more are added at the end; those that were read do not change."""

    def __init__(self, values: Sequence[int]) -> None:
        self.values: Numbers = np.array(values, np.int32)
        self._room = self.values

    def extend(self, values: Sequence[int]) -> None:
        """Add numbers."""
        size = len(self.values)
        if size + len(values) > len(self._room):
            self._room = np.empty(2 * (size + len(values)), np.int32)
            self._room[:size] = self.values
        self._room[size : size + len(values)] = values
        self.values = self._room[: size + len(values)]


_current = Vocabulary()


def current_vocabulary() -> Vocabulary:
    """The vocabulary of this process; a new one when it has grown too large."""
    global _current
    if _current.full:
        _current = Vocabulary()
    return _current
