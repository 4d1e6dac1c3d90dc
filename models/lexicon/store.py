"""A lexicon in memory, and its file.

The file: an 8-byte magic, the length of the header (8 bytes, little-endian), a JSON header, then
the arrays it lists, each starting at a multiple of 64 bytes. The arrays are used where they lie
in the mapped file; only the token strings are read.
"""

import hashlib
import json
import mmap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MAGIC = b"zhenlex1"
_ALIGN = 64
SHIPPED = Path(__file__).with_name("lexicon.bin")

#: A ratio r is kept as the level round(log(r) * LEVELS_PER_E); level 0 stands for "no link".
LEVELS_PER_E = 18.0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Lexicon:
    """Translation ratios of token pairs, by Chinese token.

    ``zh_index`` and ``en_index`` give the number of a token. The links of Chinese token ``z`` are
    ``start[z]:start[z + 1]`` in ``en`` (English tokens, ascending), ``en_level`` (of
    t(e|z) / p(e)) and ``zh_level`` (of t(z|e) / p(z)). ``p_zh`` and ``p_en`` are the token
    frequencies, as shares. ``edges`` has, by position (``first``, ``last``), the pointwise mutual
    information of the classes of the outermost characters of both sides (``"zh en"`` -> nats).
    ``digest`` is the sha256 of the file.
    """

    zh_index: Mapping[str, int]
    en_index: Mapping[str, int]
    p_zh: "NDArray[np.float32]"
    p_en: "NDArray[np.float32]"
    start: "NDArray[np.int32]"
    en: "NDArray[np.uint16]"
    en_level: "NDArray[np.uint8]"
    zh_level: "NDArray[np.uint8]"
    edges: Mapping[str, Mapping[str, float]]
    source: str = ""
    digest: str = ""

    @classmethod
    def empty(cls) -> "Lexicon":
        """A lexicon that knows nothing."""
        import numpy as np

        none = np.zeros(0, np.uint8)
        return cls(
            zh_index={},
            en_index={},
            p_zh=none.astype(np.float32),
            p_en=none.astype(np.float32),
            start=np.zeros(1, np.int32),
            en=none.astype(np.uint16),
            en_level=none,
            zh_level=none,
            edges={},
        )

    def __len__(self) -> int:
        """The number of links."""
        return len(self.en)


@cache
def level_ratios() -> "NDArray[np.float32]":
    """The ratio of each level, as an array of 256."""
    import numpy as np

    ratios = np.exp(np.arange(256) / LEVELS_PER_E)
    ratios[0] = 0.0
    return ratios.astype(np.float32)


def ratio_levels(ratios: "NDArray[np.floating[Any]]") -> "NDArray[np.uint8]":
    """The level of each ratio; ratios of 1 and less give 0."""
    import numpy as np

    levels = np.rint(np.log(np.maximum(ratios, 1.0)) * LEVELS_PER_E)
    found: NDArray[np.uint8] = np.minimum(levels, 255).astype(np.uint8)
    return found


def save_lexicon(lexicon: Lexicon, path: Path) -> None:
    """Write a lexicon; the same lexicon gives the same bytes."""
    import numpy as np

    arrays: dict[str, NDArray[Any]] = {
        "p_zh": lexicon.p_zh.astype("<f4"),
        "p_en": lexicon.p_en.astype("<f4"),
        "start": lexicon.start.astype("<i4"),
        "en": lexicon.en.astype("<u2"),
        "en_level": lexicon.en_level,
        "zh_level": lexicon.zh_level,
        "zh_tokens": _pack(lexicon.zh_index),
        "en_tokens": _pack(lexicon.en_index),
    }
    table: dict[str, dict[str, str | int]] = {}
    places: dict[str, int] = {}
    at = 0
    for name, array in arrays.items():
        table[name] = {"dtype": np.dtype(array.dtype).str, "at": at, "size": int(array.size)}
        places[name] = at
        at += -(-array.nbytes // _ALIGN) * _ALIGN
    header = json.dumps(
        {"source": lexicon.source, "edges": lexicon.edges, "arrays": table},
        ensure_ascii=False,
        sort_keys=True,
    ).encode()
    first = -(-(16 + len(header)) // _ALIGN) * _ALIGN
    out = bytearray(_MAGIC + len(header).to_bytes(8, "little") + header)
    for name, array in arrays.items():
        out.extend(b"\0" * (first + places[name] - len(out)))
        out += array.tobytes()
    path.write_bytes(out)


def load_lexicon(path: Path | None = None) -> Lexicon:
    """The lexicon in a file; without one, the shipped lexicon. Loaded once per process,
    and again when the file is another.

    Raises FileNotFoundError, or ValueError when the file is no lexicon.
    """
    path = (path or SHIPPED).resolve()
    status = path.stat()
    return _load(path, status.st_mtime_ns, status.st_size)


@cache
def _load(path: Path, _changed: int, _size: int) -> Lexicon:
    import numpy as np

    with path.open("rb") as file:
        if file.read(8) != _MAGIC:
            raise ValueError(f"{path.name} is not a zhen lexicon")
        size = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(size))
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    first = -(-(16 + size) // _ALIGN) * _ALIGN

    def array(name: str) -> "NDArray[Any]":
        entry = header["arrays"][name]
        return np.frombuffer(data, entry["dtype"], entry["size"], first + entry["at"])

    return Lexicon(
        zh_index=_unpack(array("zh_tokens")),
        en_index=_unpack(array("en_tokens")),
        p_zh=array("p_zh"),
        p_en=array("p_en"),
        start=array("start"),
        en=array("en"),
        en_level=array("en_level"),
        zh_level=array("zh_level"),
        edges=header["edges"],
        source=header["source"],
        digest=hashlib.sha256(data).hexdigest(),
    )


def _pack(index: Mapping[str, int]) -> "NDArray[np.uint8]":
    import numpy as np

    tokens: Sequence[str] = sorted(index, key=index.__getitem__)
    return np.frombuffer("\n".join(tokens).encode(), np.uint8)


def _unpack(packed: "NDArray[np.uint8]") -> dict[str, int]:
    tokens = packed.tobytes().decode().split("\n") if packed.size else []
    return dict(zip(tokens, range(len(tokens)), strict=True))
