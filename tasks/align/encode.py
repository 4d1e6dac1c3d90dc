"""Documents as numbers: tokens, lengths and edge classes of the sentences of both sides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.records import Lang
from tasks.align.edges import first_class, last_class
from tasks.align.records import DocumentPair
from tasks.align.structure import opens
from tasks.align.tokens import tokenize_en, tokenize_zh

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]
Tokenizer = Callable[[Sequence[str]], list[list[str]]]

#: The token of a sentence that has none; it is linked to nothing.
EMPTY = ""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The sentences of one language, of one document after the other.

    ``tokens[start[k]:start[k + 1]]`` are the token numbers of sentence ``k`` (never none),
    ``chars`` its length in characters, ``first`` and ``last`` its edge classes. The sentences of
    document ``d`` are ``document[d]:document[d + 1]``. ``opens`` says how a sentence opens its
    block (see :mod:`tasks.align.structure`; 0 where the blocks are not known). ``words`` are the
    strings of the tokens, those of vocabulary ``g`` are ``vocabulary[g]:vocabulary[g + 1]``.
    """

    tokens: Ints
    start: Ints
    chars: Ints
    first: Ints
    last: Ints
    opens: Ints
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

    def part(self, begin: int, end: int) -> "Side":
        """Some sentences that follow each other, as a document of their own."""
        low, high = int(self.start[begin]), int(self.start[end])
        own = slice(begin, end)
        return replace(
            self,
            tokens=self.tokens[low:high],
            start=self.start[begin : end + 1] - low,
            chars=self.chars[own],
            first=self.first[own],
            last=self.last[own],
            opens=self.opens[own],
            document=np.array([0, end - begin], np.int64),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Both sides of some documents.

    Documents that learn from each other share vocabulary 0 (``together``); else every document
    has a vocabulary of its own, and nothing of one document can touch another one.
    ``zh_translated`` are the Chinese sentences in English by a machine, where there is such a
    translation (else empty sentences); ``en_translated`` the English ones in Chinese.
    """

    zh: Side
    en: Side
    together: bool = False
    zh_translated: Side | None = None
    en_translated: Side | None = None

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


def encode(documents: Sequence[DocumentPair], *, together: bool = False) -> Batch:
    """Number the tokens of documents."""
    zh = _side([d.zh for d in documents], tokenize_zh, together=together)
    en = _side([d.en for d in documents], tokenize_en, together=together)
    return Batch(
        replace(zh, opens=opens([(d.zh, d.zh_groups) for d in documents])),
        replace(en, opens=opens([(d.en, d.en_groups) for d in documents])),
        together,
        _translated(documents, Lang.ZH, tokenize_en, together=together),
        _translated(documents, Lang.EN, tokenize_zh, together=together),
    )


def _translated(
    documents: Sequence[DocumentPair], of: Lang, tokenize: Tokenizer, *, together: bool
) -> Side | None:
    """The machine translations of one side, if any document has one."""
    texts = []
    for document in documents:
        own = document.zh if of is Lang.ZH else document.en
        channel = document.translation
        if channel is None or channel.of is not of:
            texts.append([""] * len(own))
            continue
        if len(channel.sentences) != len(own):
            raise ValueError(f"{len(own)} sentences, but {len(channel.sentences)} translations")
        texts.append(list(channel.sentences))
    if not any(any(text) for text in texts):
        return None
    return _side(texts, tokenize, together=together)


def spans(side: Side, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The tokens of stretches of sentences, and where each stretch starts among them."""
    low, high = side.start[begin], side.start[end]
    start = np.concatenate(([0], np.cumsum(high - low)))
    at = np.arange(start[-1]) + np.repeat(low - start[:-1], high - low)
    return side.tokens[at], start


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
        np.zeros(len(sentences), np.int64),
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
