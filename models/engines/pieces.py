"""SentencePiece models in the layouts of Marian (two files) and Hugging Face (one file)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.engines.base import EngineError
from models.engines.files import spm_files

#: Blanks of every kind become one blank; SentencePiece marks a word start itself.
_MARK = "▁"


@dataclass(frozen=True, slots=True)
class Pieces:
    """Cuts source texts into pieces, and joins target pieces to text."""

    source: Any
    target: Any

    @classmethod
    def load(cls, folder: Path, name: str) -> "Pieces":
        """Load the SentencePiece models of a model folder.

        Raises :class:`EngineError` naming the file that is missing or broken.
        """
        first, second = spm_files(folder, name)
        source = _load(first, name)
        return cls(source, source if second == first else _load(second, name))

    def encode(self, text: str) -> list[str]:
        """The pieces of a source text."""
        return list(self.source.encode(" ".join(text.split()), out_type=str))

    def encode_target(self, text: str) -> list[str]:
        """The pieces of a target text."""
        return list(self.target.encode(" ".join(text.split()), out_type=str))

    def decode(self, pieces: list[str]) -> str:
        """The text of target pieces (byte pieces are put together to characters)."""
        return " ".join(str(self.target.decode(pieces)).replace(_MARK, " ").split())


def _load(path: Path, name: str) -> Any:
    from sentencepiece import SentencePieceProcessor

    processor = SentencePieceProcessor()
    try:
        loaded = processor.LoadFromFile(str(path))
    except (OSError, RuntimeError):
        loaded = False
    if not loaded:
        raise EngineError(f"model {name}: {path} is no SentencePiece model, or it is cut off")
    return processor
