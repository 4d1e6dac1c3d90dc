"""The weights on disk and in memory.

One zlib stream of one MessagePack map; weights are single signed bytes. Packing the same content
gives the same bytes.
"""

import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from models.wording.features import wording_features

_SHIPPED = Path(__file__).with_name("wording.bin")
_FORMAT = 1
#: A stored byte times this is a feature's weight.
STEP = 1 / 12


class WordingError(ValueError):
    """A file that is no table of wording of this version."""


class _Stored(msgspec.Struct, frozen=True):
    format: int
    bias: float
    features: str  # one a line
    weights: bytes  # one signed byte each


@dataclass(frozen=True, slots=True)
class Wording:
    """A loaded table: what each feature of a line says for furniture."""

    bias: float
    weights: Mapping[str, float]

    def odds(self, line: str) -> float:
        """By how much a line's wording is rather a site's than a text's (log odds).

        ``line`` has Chinese in Simplified characters. The sum of its features' weights is divided
        by the root of their number, so that long lines are no surer than short ones.
        """
        features = wording_features(line)
        weights = self.weights
        total = math.fsum([weights[one] for one in features if one in weights])
        return self.bias + total / math.sqrt(max(len(features), 1))


def pack_wording(bias: float, weights: Mapping[str, float]) -> bytes:
    """The bytes of a table; what is stored of a weight is rounded to a step of 1/12."""
    steps = {
        feature: max(-127, min(127, round(weight / STEP))) for feature, weight in weights.items()
    }
    kept = sorted(feature for feature, step in steps.items() if step)
    stored = _Stored(
        format=_FORMAT,
        bias=round(bias, 3),
        features="\n".join(kept),
        weights=np.array([steps[feature] for feature in kept], np.int8).tobytes(),
    )
    return zlib.compress(msgspec.msgpack.encode(stored), 9)


@cache
def load_wording(path: Path | None = None) -> Wording:
    """The shipped table, or the one at ``path``; read once per process.

    Raises WordingError when the file is no table of this format, OSError when it cannot be read.
    """
    data = (path or _SHIPPED).read_bytes()
    try:
        stored = msgspec.msgpack.decode(zlib.decompress(data), type=_Stored)
    except (zlib.error, msgspec.DecodeError) as error:
        raise WordingError(f"{path or _SHIPPED}: not a table of wording ({error})") from None
    if stored.format != _FORMAT:
        raise WordingError(f"{path or _SHIPPED}: format {stored.format}, not {_FORMAT}")
    weights = (np.frombuffer(stored.weights, np.int8) * STEP).tolist()
    return Wording(stored.bias, dict(zip(stored.features.split("\n"), weights, strict=True)))
