"""What alignment takes and gives."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.records import BlockKind, Flag, Lang


@dataclass(frozen=True, slots=True)
class Group:
    """The block that a sentence stands in: its number on the page, and what it is."""

    block: int
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Channel:
    """A machine translation of one side: sentence k of ``sentences`` translates sentence k of the
    side that ``of`` names.
    """

    of: Lang
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPair:
    """The sentences of two articles that translate each other; what :func:`align` is given."""

    zh: Sequence[str]
    en: Sequence[str]
    zh_groups: Sequence[Group] | None = None
    en_groups: Sequence[Group] | None = None
    translation: Channel | None = None


@dataclass(frozen=True, slots=True)
class AlignedBead:
    """Sentences (by number, from 0) of both sides that translate each other.

    Either side may be empty, not both. ``score`` is the probability that the bead is exactly
    right, ``parts`` the terms of its score by name (nats).
    """

    zh: tuple[int, ...]
    en: tuple[int, ...]
    score: float
    parts: dict[str, float] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
