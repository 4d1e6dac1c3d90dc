"""What both engines do alike: windows, batches of one length, order, and who they are."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from models.engines.base import (
    Decoding,
    Direction,
    EngineIdentity,
    EngineNote,
    Translation,
)
from models.engines.batches import equal_length_batches, output_limit
from models.engines.codes import Family, require, target_tag
from models.engines.files import ModelFolder, read_card, read_vocabulary
from models.engines.settings import EngineSettings
from models.engines.windows import joined, split_window
from models.records import Lang

Token = TypeVar("Token", str, int)


@dataclass(frozen=True, slots=True)
class Batch(Generic[Token]):
    """Framed sources of one length: which they are, their tokens, and how long an output may be.

    ``prefixes`` are the tokens that the outputs begin with, where they are given.
    """

    members: list[int]
    sources: list[list[Token]]
    limit: int
    prefixes: list[list[Token]] | None = None


class SentenceEngine(ABC, Generic[Token]):
    """One loaded model; see :class:`models.engines.base.Engine`.

    A batch holds sentences of one length only (:mod:`models.engines.batches`), so the output
    limit and the padding (none) follow from the sentence alone. What differs between engines is
    how a sentence becomes tokens, and how a batch of them is searched.
    """

    def __init__(self, model: ModelFolder, identity: EngineIdentity, settings: EngineSettings):
        self._folder = model
        self._identity = identity
        self._settings = settings
        self._vocabulary = read_vocabulary(model.folder, model.name)
        self.placeholders: tuple[str, ...] = tuple(read_card(model.folder).get("placeholders", ()))

    @abstractmethod
    def _encoder(self, source: Lang, target: Lang) -> Callable[[str], list[Token]]:
        """A function from a text to its tokens, with all that the model wants around them."""

    @abstractmethod
    def _prefix_encoder(self, target: Lang) -> Callable[[str], list[Token]]:
        """A function from the beginning of a target text to its tokens, nothing around them."""

    @abstractmethod
    def _search(
        self, batches: Iterable[Batch[Token]], target: Lang, decoding: Decoding
    ) -> Iterator[tuple[Batch[Token], list[Translation]]]:
        """Each batch with the translations of its members.

        Where prefixes are given, translations begin with them and scores are those of the whole.
        """

    @property
    def directions(self) -> frozenset[Direction]:
        """The directions of the model."""
        return self._folder.directions

    def identity(self, source: Lang, target: Lang) -> EngineIdentity:
        """The same for every direction of the model."""
        require(self.directions, source, target, self._folder.name)
        return self._identity

    def translate(
        self,
        texts: list[str],
        source: Lang,
        target: Lang,
        *,
        decoding: Decoding | None = None,
    ) -> list[Translation]:
        """Translate ``texts``; sentences that are longer than the window go in parts."""
        self.identity(source, target)
        encode, window = self._encoder(source, target), self._settings.window
        parts = [split_window(text, lambda p: len(encode(p)) <= window) or [""] for text in texts]
        framed = [encode(part) for of_text in parts for part in of_text]
        done = iter(self._results(self._batches(framed), len(framed), target, decoding))
        return [joined([next(done) for _ in of_text], target) for of_text in parts]

    def complete(
        self,
        texts: list[str],
        prefixes: list[str],
        source: Lang,
        target: Lang,
        *,
        decoding: Decoding | None = None,
    ) -> list[Translation]:
        """Translations that begin with ``prefixes``; see :class:`models.engines.PrefixEngine`."""
        self.identity(source, target)
        encode, begin = self._encoder(source, target), self._prefix_encoder(target)
        known = {text: encode(text) for text in dict.fromkeys(texts)}
        fits = [i for i, text in enumerate(texts) if len(known[text]) <= self._settings.window]
        framed = [known[texts[index]] for index in fits]
        starts = [begin(prefixes[index]) for index in fits]
        batches = self._batches(framed, starts)
        results = [Translation("", None, (EngineNote.SPLIT,))] * len(texts)
        answers = self._results(batches, len(fits), target, decoding)
        for index, answer in zip(fits, answers, strict=True):
            results[index] = answer
        return results

    def _results(
        self,
        batches: Iterable[Batch[Token]],
        count: int,
        target: Lang,
        decoding: Decoding | None,
    ) -> list[Translation]:
        """The translations of ``count`` framed sources, in order."""
        results: list[Translation] = [Translation("")] * count
        for batch, answers in self._search(batches, target, decoding or self._settings.decoding):
            for index, answer in zip(batch.members, answers, strict=True):
                results[index] = answer
        return results

    def _batches(
        self, framed: list[list[Token]], prefixes: list[list[Token]] | None = None
    ) -> Iterator[Batch[Token]]:
        lengths = [len(tokens) for tokens in framed]
        for members in equal_length_batches(lengths, self._settings.batch_tokens):
            sources = [framed[index] for index in members]
            starts = None if prefixes is None else [prefixes[index] for index in members]
            yield Batch(members, sources, output_limit(lengths[members[0]]), starts)

    def _tag(self, target: Lang) -> str | None:
        """The tag that a source must start with."""
        is_marian = self._folder.family is Family.MARIAN
        return target_tag(self._vocabulary, target) if is_marian else None
