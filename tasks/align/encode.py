"""A document as numbers: tokens, lengths and edge classes of the sentences of both sides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tasks.align.edges import first_class, last_class
from tasks.align.tokens import tokenize_en, tokenize_zh

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]

#: The token of a sentence that has none; it is linked to nothing.
EMPTY = ""


class Vocabulary:
    """Numbers for token strings, in the order of their first sight."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {EMPTY: 0}

    def encode(self, tokens: Sequence[str]) -> list[int]:
        numbers = self.numbers
        return [numbers.setdefault(token, len(numbers)) for token in tokens]

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def strings(self) -> list[str]:
        """The tokens by number."""
        return list(self.numbers)


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The sentences of one side.

    ``tokens[start[k]:start[k + 1]]`` are the token numbers of sentence ``k`` (never none);
    ``chars`` its length in characters; ``first`` and ``last`` its edge classes.
    """

    tokens: Ints
    start: Ints
    chars: Ints
    first: tuple[str, ...]
    last: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.chars)

    @property
    def sizes(self) -> Ints:
        """Tokens of each sentence."""
        return np.diff(self.start)


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """Both sides of a document."""

    zh: Side
    en: Side


def encode_side(
    sentences: Sequence[str],
    tokenize: Callable[[Sequence[str]], list[list[str]]],
    words: Vocabulary,
) -> Side:
    """Number the tokens of some sentences."""
    rows = [words.encode(row) or [0] for row in tokenize(sentences)]
    start = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(row) for row in rows], out=start[1:])
    return Side(
        np.array([token for row in rows for token in row], np.int64),
        start,
        np.array([len(s) for s in sentences], np.int64),
        tuple(first_class(s) for s in sentences),
        tuple(last_class(s) for s in sentences),
    )


def encode(
    zh: Sequence[str], en: Sequence[str], zh_words: Vocabulary, en_words: Vocabulary
) -> Encoded:
    """Number the tokens of a document; the vocabularies grow."""
    return Encoded(encode_side(zh, tokenize_zh, zh_words), encode_side(en, tokenize_en, en_words))
