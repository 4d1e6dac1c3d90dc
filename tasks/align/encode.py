"""Documents as numbers: tokens, lengths and edge classes of the sentences of both sides."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.records import Lang
from tasks.align.edges import first_class, last_class
from tasks.align.records import DocumentPair
from tasks.align.structure import opens
from tasks.align.tokens import tokenize_en, tokenize_zh

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Tokenizer = Callable[[Sequence[str]], list[list[str]]]

#: The token of a sentence that has none; it is linked to nothing.
EMPTY = ""


class Side(NamedTuple):
    """The sentences of one language of a document.

    ``tokens[start[k]:start[k + 1]]`` are the token numbers of sentence ``k`` (never none),
    ``chars`` its length in characters, ``first`` and ``last`` its edge classes. ``opens`` says how
    it opens its block (see :mod:`tasks.align.structure`; 0 where the blocks are not known).
    """

    tokens: Ints
    start: Ints
    chars: Ints
    first: Ints
    last: Ints
    opens: Ints

    @property
    def sentences(self) -> int:
        """The number of sentences."""
        return len(self.chars)

    def part(self, begin: int, end: int) -> "Side":
        """Some sentences that follow each other."""
        low, high = int(self.start[begin]), int(self.start[end])
        own = slice(begin, end)
        return Side(
            self.tokens[low:high],
            self.start[begin : end + 1] - low,
            self.chars[own],
            self.first[own],
            self.last[own],
            self.opens[own],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """Both sides of a document.

    ``zh_translated`` are the Chinese sentences in English by a machine, where there is such a
    translation; ``en_translated`` the English ones in Chinese. Their tokens have the numbers of
    the vocabulary of the language that they are in.
    """

    zh: Side
    en: Side
    zh_translated: Side | None = None
    en_translated: Side | None = None

    def part(self, zh: tuple[int, int], en: tuple[int, int]) -> "Document":
        """Runs of sentences of both sides as a document of their own."""
        return Document(
            self.zh.part(*zh),
            self.en.part(*en),
            self.zh_translated and self.zh_translated.part(*zh),
            self.en_translated and self.en_translated.part(*en),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Documents that share a vocabulary: ``zh_words`` and ``en_words`` number its tokens, in order;
    0 is :data:`EMPTY`.
    """

    documents: tuple[Document, ...]
    zh_words: Mapping[str, int]
    en_words: Mapping[str, int]

    @property
    def sides(self) -> tuple[tuple[Side, ...], tuple[Side, ...]]:
        """The Chinese sides, and the English ones."""
        return tuple(d.zh for d in self.documents), tuple(d.en for d in self.documents)


def encode(pairs: Sequence[DocumentPair]) -> Batch:
    """Number the tokens of documents that are to learn from each other.

    Raises ValueError when a document has not as many groups or translations as sentences.
    """
    zh_numbers, en_numbers = _Numbers(), _Numbers()
    zh = _sides([pair.zh for pair in pairs], tokenize_zh, zh_numbers)
    en = _sides([pair.en for pair in pairs], tokenize_en, en_numbers)
    documents = []
    for one, other, pair in zip(zh, en, pairs, strict=True):
        channel = pair.translation
        by_lang: dict[Lang, Side] = {}
        if channel is not None:
            own = pair.zh if channel.of is Lang.ZH else pair.en
            if len(channel.sentences) != len(own):
                raise ValueError(f"{len(own)} sentences, but {len(channel.sentences)} translations")
            if any(channel.sentences):
                tokenize, numbers = (
                    (tokenize_en, en_numbers)
                    if channel.of is Lang.ZH
                    else (tokenize_zh, zh_numbers)
                )
                by_lang[channel.of] = _sides([channel.sentences], tokenize, numbers)[0]
        documents.append(
            Document(
                one._replace(opens=opens(len(pair.zh), pair.zh_groups)),
                other._replace(opens=opens(len(pair.en), pair.en_groups)),
                by_lang.get(Lang.ZH),
                by_lang.get(Lang.EN),
            )
        )
    return Batch(tuple(documents), zh_numbers, en_numbers)


def _sides(
    documents: Sequence[Sequence[str]], tokenize: Tokenizer, numbers: "_Numbers"
) -> list[Side]:
    rows = iter(tokenize([sentence for document in documents for sentence in document]))
    out = []
    for document in documents:
        flat: list[int] = []
        start = [0]
        for row in islice(rows, len(document)):
            flat += [numbers[token] for token in row] or [numbers[EMPTY]]
            start.append(len(flat))
        out.append(
            Side(
                np.array(flat, np.int64),
                np.array(start, np.int64),
                np.array([len(s) for s in document], np.int64),
                np.array([first_class(s) for s in document], np.int64),
                np.array([last_class(s) for s in document], np.int64),
                np.zeros(len(document), np.int64),
            )
        )
    return out


class _Numbers(dict[str, int]):
    """Numbers tokens at first sight; 0 is :data:`EMPTY`."""

    def __init__(self) -> None:
        super().__init__({EMPTY: 0})

    def __missing__(self, token: str) -> int:
        number = self[token] = len(self)
        return number
