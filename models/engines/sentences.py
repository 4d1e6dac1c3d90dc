"""What both engines do alike: windows, batches of one length, order, and who they are."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from models.engines.base import (
    Decoding,
    Direction,
    EngineIdentity,
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
    """Framed sources of one length: which they are, their tokens, and how long an output may be."""

    members: list[int]
    sources: list[list[Token]]
    limit: int


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
    def _search(
        self, batches: Iterable[Batch[Token]], target: Lang, decoding: Decoding
    ) -> Iterator[tuple[Batch[Token], list[Translation]]]:
        """Each batch with the translations of its members."""

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
        results: list[Translation] = [Translation("")] * len(framed)
        search = decoding or self._settings.decoding
        for batch, answers in self._search(self._batches(framed), target, search):
            for index, answer in zip(batch.members, answers, strict=True):
                results[index] = answer
        done = iter(results)
        return [joined([next(done) for _ in of_text], target) for of_text in parts]

    def _batches(self, framed: list[list[Token]]) -> Iterator[Batch[Token]]:
        lengths = [len(tokens) for tokens in framed]
        for members in equal_length_batches(lengths, self._settings.batch_tokens):
            sources = [framed[index] for index in members]
            yield Batch(members, sources, output_limit(lengths[members[0]]))

    def _tag(self, target: Lang) -> str | None:
        """The tag that a source must start with."""
        is_marian = self._folder.family is Family.MARIAN
        return target_tag(self._vocabulary, target) if is_marian else None
