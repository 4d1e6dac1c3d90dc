"""Documents as numbers: tokens, lengths and edge classes of the sentences of both sides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tasks.align.edges import first_class, last_class
from tasks.align.tokens import tokenize_en, tokenize_zh

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Tokenizer = Callable[[Sequence[str]], list[list[str]]]

#: The token of a sentence that has none; it is linked to nothing.
EMPTY = ""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The sentences of one language, of one document after the other.

    ``tokens[start[k]:start[k + 1]]`` are the token numbers of sentence ``k`` (never none), ``chars``
    its length in characters, ``first`` and ``last`` its edge classes. The sentences of document
    ``d`` are ``document[d]:document[d + 1]``. ``words`` are the strings of the tokens, those of
    vocabulary ``g`` are ``vocabulary[g]:vocabulary[g + 1]``.
    """

    tokens: Ints
    start: Ints
    chars: Ints
    first: Ints
    last: Ints
    document: Ints
    words: tuple[str, ...]
    vocabulary: Ints

    def __len__(self) -> int:
        """The number of sentences."""
        return len(self.chars)

    @property
    def sizes(self) -> Ints:
        """Tokens of each sentence."""
        return np.diff(self.start)


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Both sides of some documents.

    Documents that learn from each other share vocabulary 0 (``together``); else every document
    has a vocabulary of its own, and nothing of one document can touch another one.
    """

    zh: Side
    en: Side
    together: bool = False

    def __len__(self) -> int:
        """The number of documents."""
        return len(self.zh.document) - 1

    @property
    def sizes(self) -> tuple[Ints, Ints]:
        """Chinese and English sentences of each document."""
        return np.diff(self.zh.document), np.diff(self.en.document)

    def group(self, documents: Ints) -> Ints:
        """The vocabulary of each document."""
        return documents * 0 if self.together else documents


def encode(
    documents: Sequence[tuple[Sequence[str], Sequence[str]]], *, together: bool = False
) -> Batch:
    """Number the tokens of documents."""
    zh, en = [d[0] for d in documents], [d[1] for d in documents]
    return Batch(
        _side(zh, tokenize_zh, together=together), _side(en, tokenize_en, together=together), together
    )


def _side(documents: Sequence[Sequence[str]], tokenize: Tokenizer, *, together: bool) -> Side:
    sentences = [sentence for document in documents for sentence in document]
    rows = iter(tokenize(sentences))
    flat: list[int] = []
    start = [0]
    words: list[str] = []
    vocabulary = [0]
    numbers: dict[str, int] = {}
    for document in documents:
        if not together or not numbers:
            words += numbers
            vocabulary += [len(words)] if numbers else []
            numbers = _Numbers(len(words))
        for row in islice(rows, len(document)):
            flat += [numbers[token] for token in row] or [numbers[EMPTY]]
            start.append(len(flat))
    words += numbers
    return Side(
        np.array(flat, np.int64),
        np.array(start, np.int64),
        np.array([len(s) for s in sentences], np.int64),
        np.array([first_class(s) for s in sentences], np.int64),
        np.array([last_class(s) for s in sentences], np.int64),
        np.cumsum([0, *map(len, documents)], dtype=np.int64),
        tuple(words),
        np.array([*vocabulary, len(words)], np.int64),
    )


class _Numbers(dict[str, int]):
    """Numbers for strings in the order of their first sight, from ``base`` on."""

    def __init__(self, base: int) -> None:
        super().__init__({EMPTY: base})
        self.base = base

    def __missing__(self, token: str) -> int:
        number = self[token] = self.base + len(self)
        return number
