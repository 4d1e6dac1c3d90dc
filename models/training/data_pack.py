"""The packed training data: token ids in a few compressed files that are easy to copy.

A folder holds ``meta.json``, ``source.spm`` (the shared SentencePiece model), ``vocab.json``,
``valid.tsv`` (held-out pairs as text), and the rows, each stream as little-endian integers under
xz: ``kinds.xz`` (one byte a row: kind + 16 × use), ``lengths.xz`` (two uint16 a row: zh, en) and
``zh.xz``, ``en.xz`` (uint16 token ids, row after row, without end-of-sentence).
"""

import json
import lzma
import os
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.training.errors import TrainingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORMAT = 1

#: Two-byte symbols: one position bit for literals and matches, a dictionary for the whole stream.
_FILTERS: list[Mapping[str, Any]] = [
    {"id": lzma.FILTER_LZMA2, "preset": 4, "dict_size": 1 << 26, "lc": 3, "lp": 1, "pb": 1}
]


class PackWriter:
    """Collects rows of token ids and writes them as a packed folder."""

    def __init__(self) -> None:
        self._kinds = bytearray()
        self._lengths = array("H")
        self._zh = array("H")
        self._en = array("H")

    def __len__(self) -> int:
        return len(self._kinds)

    @property
    def tokens(self) -> tuple[int, int]:
        """How many Chinese and English tokens were added."""
        return len(self._zh), len(self._en)

    def add(self, kind: int, use: int, zh: list[int], en: list[int]) -> None:
        """Add one row."""
        self._kinds.append(kind + 16 * use)
        self._lengths.extend((len(zh), len(en)))
        self._zh.extend(zh)
        self._en.extend(en)

    def write(self, folder: Path, meta: Mapping[str, Any]) -> None:
        """Write the streams and ``meta.json``, which comes last and makes the folder valid."""
        for name, data in (
            ("kinds", bytes(self._kinds)),
            ("lengths", _little(self._lengths)),
            ("zh", _little(self._zh)),
            ("en", _little(self._en)),
        ):
            with lzma.open(folder / f"{name}.xz", "wb", filters=_FILTERS) as file:
                file.write(data)
        whole = {"format": FORMAT, "rows": len(self), "tokens": list(self.tokens), **meta}
        part = folder / "meta.json.part"
        part.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        os.replace(part, folder / "meta.json")


def require_packed(folder: Path) -> None:
    """Raises :class:`TrainingError` when ``folder`` was not finished by :class:`PackWriter`."""
    if not (folder / "meta.json").is_file():
        raise TrainingError(f"{folder} holds no prepared training data (meta.json is missing)")


def _little(values: "array[int]") -> bytes:
    import sys

    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values.tobytes()


@dataclass(frozen=True, slots=True)
class PackedData:
    """Packed rows in memory; ``*_at`` are the first token of each row and, last, the end."""

    folder: Path
    meta: dict[str, Any]
    kinds: "NDArray[np.uint8]"
    uses: "NDArray[np.uint8]"
    zh: "NDArray[np.uint16]"
    en: "NDArray[np.uint16]"
    zh_at: "NDArray[np.int64]"
    en_at: "NDArray[np.int64]"

    def __len__(self) -> int:
        return len(self.kinds)

    @classmethod
    def load(cls, folder: Path) -> "PackedData":
        """Read a packed folder. Raises :class:`TrainingError` when it is incomplete."""
        import numpy as np

        require_packed(folder)
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        if meta.get("format") != FORMAT:
            raise TrainingError(f"{folder}: training data of another format ({meta.get('format')})")

        def stream(name: str, kind: str) -> Any:
            with lzma.open(folder / f"{name}.xz") as file:
                return np.frombuffer(file.read(), dtype=np.dtype(kind))

        packed = stream("kinds", "u1")
        lengths = stream("lengths", "<u2").reshape(-1, 2)
        starts = np.zeros((len(lengths) + 1, 2), dtype=np.int64)
        np.cumsum(lengths, axis=0, out=starts[1:])
        zh, en = stream("zh", "<u2"), stream("en", "<u2")
        if not len(packed) == len(lengths) == meta["rows"] or [len(zh), len(en)] != meta["tokens"]:
            raise TrainingError(f"{folder}: the streams do not belong together")
        return cls(folder, meta, packed % 16, packed // 16, zh, en, starts[:, 0], starts[:, 1])
