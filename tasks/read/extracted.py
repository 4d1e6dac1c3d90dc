"""What a reader of a format hands to :func:`tasks.read.read`."""

from dataclasses import dataclass, field

from models.records import Hints


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of one document, what its container says about it, and how it was decoded."""

    text: str
    hints: Hints = field(default_factory=Hints)
    encoding: str | None = None
    confidence: float | None = None
    alternatives: tuple[str, ...] = ()
    markdown: bool = False
    extracted: bool = False
