"""Documents as numbers: tokens, lengths and edge classes of the sentences of both sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.records import Lang
from tasks.align.edges import first_class, last_class
from tasks.align.numbering import sentence_tokens
from tasks.align.records import DocumentPair
from tasks.align.structure import INSIDE, opens
from tasks.align.vocabulary import Vocabulary, current_vocabulary

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]


class Side(NamedTuple):
    """The sentences of one language of a document.

    ``tokens[start[k]:start[k + 1]]`` are the token numbers of sentence ``k`` (never none),
    ``chars`` its length in characters, ``first`` and ``last`` its edge classes. ``opens`` says how
    it opens its block (see :mod:`tasks.align.structure`; 0 where the blocks are not known).
    ``chars_to[k]`` are the characters of all sentences before ``k``, ``blocks_to[k]`` the blocks
    that begin at ``k`` or before, both counted from some place or other.
    """

    tokens: Ints
    start: Ints
    chars: Ints
    first: Ints
    last: Ints
    opens: Ints
    chars_to: Ints
    blocks_to: Ints

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
            self.chars_to[begin : end + 1],
            self.blocks_to[own],
        )

    def in_blocks(self, opens: Ints) -> "Side":
        """The side with what is known of its blocks."""
        return self._replace(opens=opens, blocks_to=np.cumsum(opens > INSIDE))


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
    """Documents that share numbers of tokens.

    ``zh_tokens`` and ``en_tokens`` are the numbers that the tokens have in the vocabulary, in the
    order in which they are numbered here; 0 is :data:`tasks.align.vocabulary.EMPTY`.
    """

    documents: tuple[Document, ...]
    vocabulary: Vocabulary
    zh_tokens: Ints
    en_tokens: Ints

    @property
    def sides(self) -> tuple[tuple[Side, ...], tuple[Side, ...]]:
        """The Chinese sides, and the English ones."""
        return tuple(d.zh for d in self.documents), tuple(d.en for d in self.documents)

    @property
    def zh_words(self) -> list[str]:
        """The Chinese tokens themselves."""
        return [self.vocabulary.names[number] for number in self.zh_tokens.tolist()]

    @property
    def en_words(self) -> list[str]:
        """The English tokens themselves."""
        return [self.vocabulary.names[number] for number in self.en_tokens.tolist()]


def encode(pairs: Sequence[DocumentPair]) -> Batch:
    """Number the tokens of documents that are to learn from each other.

    Raises ValueError when a document has not as many groups or translations as sentences.
    """
    # Translations are in the other language than the side that they are of.
    to_zh, to_en = _translations(pairs, Lang.EN), _translations(pairs, Lang.ZH)
    vocabulary = current_vocabulary()
    zh, zh_tokens = _sides([*(pair.zh for pair in pairs), *to_zh.values()], vocabulary, Lang.ZH)
    en, en_tokens = _sides([*(pair.en for pair in pairs), *to_en.values()], vocabulary, Lang.EN)
    en_translated = dict(zip(to_zh, zh[len(pairs) :], strict=True))
    zh_translated = dict(zip(to_en, en[len(pairs) :], strict=True))
    documents = tuple(
        Document(
            zh[k].in_blocks(opens(len(pair.zh), pair.zh_groups)),
            en[k].in_blocks(opens(len(pair.en), pair.en_groups)),
            zh_translated.get(k),
            en_translated.get(k),
        )
        for k, pair in enumerate(pairs)
    )
    return Batch(documents, vocabulary, zh_tokens, en_tokens)


def _translations(pairs: Sequence[DocumentPair], of: Lang) -> dict[int, Sequence[str]]:
    """The machine translations of a side, by the number of the document."""
    out = {}
    for k, pair in enumerate(pairs):
        channel = pair.translation
        if channel is None or channel.of is not of:
            continue
        own = pair.zh if of is Lang.ZH else pair.en
        if len(channel.sentences) != len(own):
            raise ValueError(f"{len(own)} sentences, but {len(channel.sentences)} translations")
        if any(channel.sentences):
            out[k] = channel.sentences
    return out


def _sides(
    texts: Sequence[Sequence[str]], vocabulary: Vocabulary, lang: Lang
) -> tuple[list[Side], Ints]:
    """Texts of a language, and the numbers that their tokens have in the vocabulary."""
    sentences = [sentence for text in texts for sentence in text]
    words = vocabulary.words(sentences, lang)
    known = vocabulary.tokens()
    tokens, start, numbers = sentence_tokens(words, known.end, known.token, len(sentences))
    chars = np.array([len(sentence) for sentence in sentences], np.int64)
    none = np.zeros(len(sentences), np.int64)
    whole = Side(
        tokens,
        start,
        chars,
        np.array([first_class(sentence) for sentence in sentences], np.int64),
        np.array([last_class(sentence) for sentence in sentences], np.int64),
        none,
        np.append(0, np.cumsum(chars)),
        none,
    )
    if len(texts) == 1:
        return [whole], numbers
    bounds = accumulate(map(len, texts), initial=0)
    return [whole.part(begin, end) for begin, end in pairwise(bounds)], numbers
