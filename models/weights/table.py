"""The table on disk and in memory.

One zlib stream of one MessagePack map. Numbers are little-endian; probabilities and weights are
single bytes. Packing the same content gives the same bytes.
"""

import sys
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

_SHIPPED = Path(__file__).with_name("weights.bin")
_FORMAT = 1
#: A stored byte times this is a feature's weight.
WEIGHT_STEP = 1 / 64
_PROBABILITIES = np.arange(256) / 255  # of each byte

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class WeightsError(ValueError):
    """A file that is no weights table of this version."""


class _Stored(msgspec.Struct, frozen=True):
    format: int
    stems: str  # one a line
    weights: bytes  # one byte a stem
    words: str  # one a line
    starts: bytes  # uint32, where a word's translations start; one more than words
    stem_ids: bytes  # uint16, the translations of all words
    probabilities: bytes  # one byte each
    characters: str
    syllable_ids: bytes  # uint16, one a character
    syllables: str  # one a line


@dataclass(frozen=True, slots=True)
class Weights:
    """A loaded table.

    ``stem_ids`` numbers the English stems (below 65,536); ``stem_weights[i]`` says how much it
    tells that stem ``i`` stands on both sides (0 for common words; see the README).
    """

    version: int  # checksum of the file
    stem_ids: dict[str, int]
    stem_weights: Sequence[float]
    syllables: frozenset[str]  # of pinyin, without tones
    _rows: dict[str, int]
    _starts: "array[int]"
    _targets: "array[int]"
    _probabilities: bytes
    _pinyin: dict[str, str]

    def translations(self, word: str) -> list[tuple[int, float]]:
        """Stem numbers and probabilities of a Chinese word in Simplified characters.

        The probability is that of finding the stem in a translation of a sentence with the word.
        The best comes first; empty for a word that the table does not have.
        """
        row = self._rows.get(word)
        if row is None:
            return []
        return [
            (self._targets[k], self._probabilities[k] / 255)
            for k in range(self._starts[row], self._starts[row + 1])
        ]

    def row(self, word: str) -> int | None:
        """The row of a Chinese word in Simplified characters, for :meth:`translations_of`."""
        return self._rows.get(word)

    def translations_of(self, rows: Ints) -> tuple[Ints, Ints, Floats]:
        """The translations of many words at once, as :meth:`translations` gives them: for each its
        word (an index into ``rows``), stem number and probability.
        """
        starts = np.frombuffer(self._starts, np.uint32)
        first, end = starts[rows].astype(np.int64), starts[rows + 1].astype(np.int64)
        sizes = end - first
        done = np.cumsum(sizes)
        places = np.arange(sizes.sum()) + np.repeat(end - done, sizes)
        return (
            np.repeat(np.arange(len(rows)), sizes),
            np.frombuffer(self._targets, np.uint16)[places].astype(np.int64),
            _PROBABILITIES[np.frombuffer(self._probabilities, np.uint8)[places]],
        )

    def pinyin(self, text: str) -> str | None:
        """The letters of the most common reading of each character, without tones.

        None when one of the characters has no known reading.
        """
        try:
            return "".join([self._pinyin[ch] for ch in text])
        except KeyError:
            return None


def pack_weights(
    *,
    stems: Sequence[str],
    weights: Sequence[float],
    translations: dict[str, Sequence[tuple[int, float]]],
    pinyin: dict[str, str],
) -> bytes:
    """The bytes of a table; ``translations`` gives stem numbers and probabilities, best first."""
    words = sorted(translations)
    starts = [0]
    targets: list[int] = []
    probabilities = bytearray()
    for word in words:
        for target, probability in translations[word]:
            targets.append(target)
            probabilities.append(max(1, min(255, round(probability * 255))))
        starts.append(len(targets))
    characters = sorted(pinyin)
    syllables = sorted(set(pinyin.values()))
    stored = _Stored(
        format=_FORMAT,
        stems="\n".join(stems),
        weights=bytes(max(0, min(255, round(w / WEIGHT_STEP))) for w in weights),
        words="\n".join(words),
        starts=_little(array("I", starts)).tobytes(),
        stem_ids=_little(array("H", targets)).tobytes(),
        probabilities=bytes(probabilities),
        characters="".join(characters),
        syllable_ids=_little(
            array("H", [syllables.index(pinyin[c]) for c in characters])
        ).tobytes(),
        syllables="\n".join(syllables),
    )
    return zlib.compress(msgspec.msgpack.encode(stored), 9)


@cache
def load_weights(path: Path | None = None) -> Weights:
    """The shipped table, or the one at ``path``; read once per process.

    Raises WeightsError when the file is no table of this format, OSError when it cannot be read.
    """
    data = (path or _SHIPPED).read_bytes()
    try:
        stored = msgspec.msgpack.decode(zlib.decompress(data), type=_Stored)
    except (zlib.error, msgspec.DecodeError) as error:
        raise WeightsError(f"{path or _SHIPPED}: not a weights table ({error})") from None
    if stored.format != _FORMAT:
        raise WeightsError(f"{path or _SHIPPED}: format {stored.format}, not {_FORMAT}")
    stems = stored.stems.split("\n")
    words = stored.words.split("\n")
    syllables = stored.syllables.split("\n")
    readings = [syllables[i] for i in _array("H", stored.syllable_ids)]
    return Weights(
        version=zlib.crc32(data),
        stem_ids=dict(zip(stems, range(len(stems)), strict=True)),
        stem_weights=[value * WEIGHT_STEP for value in stored.weights],
        syllables=frozenset(syllables),
        _rows=dict(zip(words, range(len(words)), strict=True)),
        _starts=_array("I", stored.starts),
        _targets=_array("H", stored.stem_ids),
        _probabilities=stored.probabilities,
        _pinyin=dict(zip(stored.characters, readings, strict=True)),
    )


def _array(kind: str, data: bytes) -> "array[int]":
    values: array[int] = array(kind)
    values.frombytes(data)
    return _little(values)


def _little(values: "array[int]") -> "array[int]":
    """The array with its bytes swapped on big-endian machines; its own inverse."""
    if sys.byteorder == "big":
        values.byteswap()
    return values
