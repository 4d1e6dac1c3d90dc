"""What every translation engine offers: the interface, and the records it speaks in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from models.records import Lang, Origin, OriginKind

#: A direction of translation: from, to.
Direction = tuple[Lang, Lang]

ZH_EN: Direction = (Lang.ZH, Lang.EN)
EN_ZH: Direction = (Lang.EN, Lang.ZH)


class EngineError(Exception):
    """A model that cannot be found, read or run. The message is one plain line for the user."""


class EngineNote(StrEnum):
    """What an engine has to say about one translation."""

    SPLIT = "split"  # the source was longer than the window and was translated in parts
    TRUNCATED = "truncated"  # the output reached its length limit without an end


@dataclass(frozen=True, slots=True)
class Translation:
    """One translated text. ``score`` is the mean log-probability of a token (0 is best).

    >>> Translation("你好").flags
    ()
    """

    text: str
    score: float | None = None
    flags: tuple[EngineNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How the target is searched for; the same names in every engine.

    ``repetition_penalty`` above 1 makes tokens that were used less likely (Keskar et al. 2019,
    https://arxiv.org/abs/1909.05858); ``no_repeat_ngram`` forbids n-grams of that many tokens
    to come twice (0: allowed).
    """

    beam: int = 4
    length_penalty: float = 1.0
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 0

    def as_settings(self) -> dict[str, str | int | float | bool]:
        """As a part of :class:`models.records.Origin` settings."""
        return {
            "beam": self.beam,
            "length_penalty": self.length_penalty,
            "repetition_penalty": self.repetition_penalty,
            "no_repeat_ngram": self.no_repeat_ngram,
        }


@dataclass(frozen=True, slots=True)
class EngineIdentity:
    """Who translates one direction: all that can change a result.

    ``model`` is a hub id or the name of a folder, never a path; ``revision`` a digest of the
    model's files; ``settings`` those that can change the text (precision, search, window), not
    those that cannot (threads, batch size).
    """

    engine: str
    model: str
    revision: str
    settings: Mapping[str, str | int | float | bool] = field(default_factory=dict)

    def origin(self) -> Origin:
        """The origin that everything translated by this engine carries."""
        return Origin(
            OriginKind.MACHINE, self.engine, self.model, self.revision, dict(self.settings)
        )


class Engine(Protocol):
    """A translation engine.

    The result for one text depends on that text, the direction and the identity alone, never on
    what else is in the list; the list of results has the order of the texts.
    """

    @property
    def directions(self) -> frozenset[Direction]:
        """The directions it can translate."""
        ...

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Tokens that the model was trained to carry over unchanged; most models have none."""
        ...

    def identity(self, source: Lang, target: Lang) -> EngineIdentity:
        """Who translates this direction. Raises :class:`EngineError` when nobody does."""
        ...

    def translate(
        self,
        texts: list[str],
        source: Lang,
        target: Lang,
        *,
        decoding: Decoding | None = None,
    ) -> list[Translation]:
        """Translate ``texts``; ``decoding`` replaces the engine's own search settings.

        Raises :class:`EngineError` when the direction is not there.
        """
        ...


@runtime_checkable
class PrefixEngine(Engine, Protocol):
    """An engine that can also be told how a translation begins; not every engine can.

    Prefix-constrained decoding: Wuebker et al. 2016, https://aclanthology.org/P16-1007.
    """

    def complete(
        self,
        texts: list[str],
        prefixes: list[str],
        source: Lang,
        target: Lang,
        *,
        decoding: Decoding | None = None,
    ) -> list[Translation]:
        """Translations of ``texts`` that begin with ``prefixes``, one for each text.

        A score is that of the whole translation with its prefix, so translations of one text with
        several prefixes can be compared. A text that is longer than the window cannot be completed:
        its translation is empty and noted as split. Raises :class:`EngineError` when the direction
        is not there.
        """
        ...
