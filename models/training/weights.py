"""Learn the word weights of :mod:`models.weights` from a bitext.

    python -m models.training.weights --bitext FOLDER --pinyin FILE --out models/weights/weights.bin

``FOLDER`` holds ``train.zh.xz`` and ``train.en.xz``, one sentence a line; ``FILE`` is the
``pinyin_dict.json`` of the pypinyin package. Blocks of lines are held out for tuning (see
:func:`held_out`). Takes about five minutes on one core and 4.5 GB of memory; the same input gives
the same bytes.

1. IBM Model 1 (Brown et al. 1993), English given Chinese, on sets of words, with a null word in
   proportion to frequency and an absolute discount on the expected counts: without it, rare words
   learn whatever stands beside them.
2. The weight of an English stem: how far it tells that two texts are translations. It is the
   square root of its inverse frequency times its correlation between the two sides of the bitext,
   where the Chinese side is what the table translates it to. Words that are not translated the
   same way twice get little weight, however rare they are.
"""

import argparse
import json
import lzma
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from models.weights.table import pack_weights
from models.weights.terms import chinese_words, latin_words, stem

Int32s = npt.NDArray[np.int32]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Lines in blocks of so many; of every fiftieth block nothing is learned.
HELD_BLOCK, HELD_EVERY, HELD_AT = 400, 50, 7

_MIN_LINES = 5  # a word seen in fewer lines is not learned
_MIN_MEETINGS = 2  # nor a pair of words that meet in fewer
_MAX_SHARE = 0.03  # nor one seen in more than this share of the lines
_PART = 50_000  # lines worked on at a time
_ROUNDS = 6
_DISCOUNT = 0.7
_NULL = 3.0
_MAX_TRANSLATIONS = 4
_MIN_PROBABILITY = 0.05
_MIN_CORRELATION = 0.15
# Characters whose first reading is not the one they have in names.
_NAME_READINGS = {
    "曾": "zeng", "单": "shan", "解": "xie", "查": "zha", "区": "ou", "仇": "qiu", "朴": "piao",
    "盖": "ge", "翟": "zhai", "覃": "qin", "重": "chong", "长": "chang",
}  # fmt: skip


def held_out(line: int) -> bool:
    """Whether line number ``line`` (from 0) of the bitext is kept for tuning."""
    return (line // HELD_BLOCK) % HELD_EVERY == HELD_AT


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the bitext as a matrix of lines by words (0 or 1)."""

    vocabulary: list[str]
    lines: sp.csr_matrix

    @property
    def frequency(self) -> Ints:
        """In how many lines each word stands."""
        return np.asarray(self.lines.sum(axis=0), dtype=np.int64).ravel()


def read_lines(path: Path) -> Iterator[str]:
    """The lines of an xz file."""
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n")


def read_sides(folder: Path) -> tuple[Side, Side]:
    """Both sides of a bitext, without the lines held out."""
    from opencc import OpenCC

    simplify = OpenCC("t2s").convert
    chinese, english = _SideBuilder(), _SideBuilder()
    pairs = zip(read_lines(folder / "train.zh.xz"), read_lines(folder / "train.en.xz"), strict=True)
    for number, (zh, en) in enumerate(pairs):
        if not held_out(number):
            text = simplify(zh)
            chinese.add((*chinese_words(text), *map(stem, latin_words(text))))
            english.add([stem(word) for word in latin_words(en)])
    return chinese.side(), english.side()


class _SideBuilder:
    """Collects the lines of one side as word numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._columns = array("i")
        self._starts = array("q", [0])

    def add(self, words: Sequence[str]) -> None:
        numbers = self._numbers
        self._columns.extend(
            [numbers.setdefault(word, len(numbers)) for word in dict.fromkeys(words)]
        )
        self._starts.append(len(self._columns))

    def side(self) -> Side:
        columns = np.frombuffer(self._columns, np.int32)
        starts = np.frombuffer(self._starts, np.int64)
        values = np.ones(columns.size, np.float32)
        shape = (starts.size - 1, len(self._numbers))
        return Side(list(self._numbers), sp.csr_matrix((values, columns, starts), shape=shape))


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the bitext for Model 1: every English word of a line with every Chinese one.

    ``owner`` numbers the English occurrence and ``kind`` the pair of words; ``null`` is the share
    of the null word for each English occurrence.
    """

    owner: Int32s
    kind: Int32s
    null: Floats


def model_one(zh: Side, en: Side) -> sp.csr_matrix:
    """How often a stem (column) is expected in the line of a Chinese word (row), from 0 to 1."""
    count = zh.lines.shape[0]
    chinese, english = _kept(zh, count), _kept(en, count)
    starts = range(0, count, _PART)
    pairs = _frequent_pairs(chinese, english, starts)
    null = _NULL * en.frequency / en.frequency.sum()
    parts = [_part(chinese, english, start, pairs, null) for start in starts]
    row, column = np.divmod(pairs, len(en.vocabulary))
    frequency = zh.frequency[row]
    probability: Floats = np.ones(pairs.size)
    for number in range(_ROUNDS + 1):
        expected = np.zeros(pairs.size)
        for part in parts:
            share = probability[part.kind]
            if number:
                total = np.bincount(part.owner, weights=share, minlength=part.null.size)
                share /= (total + part.null)[part.owner]
            expected += np.bincount(part.kind, weights=share, minlength=pairs.size)
        if number > 1:
            expected = np.maximum(expected - _DISCOUNT, 0)
        probability = expected / frequency
    good = probability >= _MIN_PROBABILITY
    values = np.minimum(probability[good], 1.0)
    shape = (len(zh.vocabulary), len(en.vocabulary))
    return sp.csr_matrix((values, (row[good], column[good])), shape=shape)


def _kept(side: Side, count: int) -> sp.csr_matrix:
    """The lines with the words that are neither too rare nor too common."""
    frequency = side.frequency
    good = (frequency >= _MIN_LINES) & (frequency <= _MAX_SHARE * count)
    kept = (side.lines @ sp.diags(good.astype(np.float32))).tocsr()
    kept.eliminate_zeros()
    return kept


def _crossed(chinese: sp.csr_matrix, english: sp.csr_matrix, start: int) -> tuple[Int32s, Ints]:
    """For lines from ``start``: the owner and the pair number of every pair of words."""
    zh, en = chinese[start : start + _PART], english[start : start + _PART]
    repeats = np.diff(zh.indptr)[np.repeat(np.arange(en.shape[0]), np.diff(en.indptr))]
    owner = np.repeat(np.arange(en.nnz, dtype=np.int32), repeats)
    line_start = np.repeat(zh.indptr[:-1], np.diff(en.indptr))
    first = np.repeat(line_start - (np.cumsum(repeats) - repeats), repeats)
    words = zh.indices[np.arange(owner.size) + first].astype(np.int64)
    return owner, words * en.shape[1] + en.indices[owner]


def _frequent_pairs(chinese: sp.csr_matrix, english: sp.csr_matrix, starts: range) -> Ints:
    """The sorted numbers of the pairs of words that meet in two lines or more."""
    pairs: Ints = np.zeros(0, np.int64)
    counts: Ints = np.zeros(0, np.int64)
    for start in starts:
        new, new_counts = np.unique(_crossed(chinese, english, start)[1], return_counts=True)
        merged, place = np.unique(np.concatenate([pairs, new]), return_inverse=True)
        both = np.concatenate([counts, new_counts])
        counts = np.bincount(place, weights=both).astype(np.int64)
        pairs = merged
    return pairs[counts >= _MIN_MEETINGS]


def _part(
    chinese: sp.csr_matrix, english: sp.csr_matrix, start: int, pairs: Ints, null: Floats
) -> _Part:
    owner, numbers = _crossed(chinese, english, start)
    kind = np.minimum(np.searchsorted(pairs, numbers), pairs.size - 1)
    good = pairs[kind] == numbers
    english_words = english[start : start + _PART].indices
    return _Part(owner[good], kind[good].astype(np.int32), null[english_words])


def best_translations(table: sp.csr_matrix, zh: Side, en: Side) -> sp.csr_matrix:
    """The few best translations of each Chinese word; a Latin word stands for itself."""
    stems = {word: number for number, word in enumerate(en.vocabulary)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, word in enumerate(zh.vocabulary):
        if word.isascii():
            found = [(1.0, stems[word])] if word in stems else []
        else:
            part = slice(table.indptr[row], table.indptr[row + 1])
            found = list(zip(table.data[part].tolist(), table.indices[part].tolist(), strict=True))
            found = sorted(found, key=lambda item: (-item[0], en.vocabulary[item[1]]))
        for value, column in found[:_MAX_TRANSLATIONS]:
            rows.append(row)
            columns.append(column)
            values.append(value)
    return sp.csr_matrix((values, (rows, columns)), shape=table.shape)


def stem_weights(zh: Side, en: Side, table: sp.csr_matrix) -> Floats:
    """The weight of each stem: see the top of this module."""
    count = en.lines.shape[0]
    both: Floats = np.zeros(len(en.vocabulary))
    made = np.zeros(len(en.vocabulary))
    for start in range(0, count, 50_000):
        part = slice(start, start + 50_000)
        emitted = (zh.lines[part] @ table).tocsr()
        emitted.data = np.minimum(emitted.data, 1.0)
        both += np.asarray(emitted.multiply(en.lines[part]).sum(axis=0)).ravel()
        made += np.asarray(emitted.multiply(emitted).sum(axis=0)).ravel()
    frequency = en.frequency
    correlation = both / np.sqrt(np.maximum(made * frequency, 1e-9))
    rarity = np.sqrt(np.log(count / np.maximum(frequency, 1)))
    good = (correlation >= _MIN_CORRELATION) & (frequency <= _MAX_SHARE * count)
    return np.where(good, rarity * correlation, 0.0)


def read_pinyin(path: Path) -> dict[str, str]:
    """The first reading, without tone, of each character of GB 2312 (6,763 common ones).

    A few characters have the reading they have in names.
    """
    out: dict[str, str] = {}
    for code, readings in json.loads(path.read_text(encoding="utf-8")).items():
        ch = chr(int(code))
        try:
            common = len(ch.encode("gb2312")) == 2
        except UnicodeEncodeError:
            common = False
        letters = unicodedata.normalize("NFD", readings.split(",")[0])
        plain = "".join(c for c in letters if "a" <= c <= "z")
        if common and plain and "\u4e00" <= ch <= "\u9fff":
            out[ch] = _NAME_READINGS.get(ch, plain)
    return out


def train(folder: Path, pinyin: Path) -> bytes:
    """The bytes of the table."""
    zh, en = read_sides(folder)
    table = best_translations(model_one(zh, en), zh, en)
    weights = stem_weights(zh, en, table)
    frequency = en.frequency
    known = sorted(np.flatnonzero(frequency >= _MIN_LINES), key=lambda i: en.vocabulary[i])
    number = {int(old): new for new, old in enumerate(known)}
    translations: dict[str, Sequence[tuple[int, float]]] = {}
    for row, word in enumerate(zh.vocabulary):
        if word.isascii():
            continue
        part = slice(table.indptr[row], table.indptr[row + 1])
        found = [
            (number[column], value)
            for column, value in zip(
                table.indices[part].tolist(), table.data[part].tolist(), strict=True
            )
            if weights[column] > 0
        ]
        if found:
            translations[word] = sorted(found, key=lambda item: (-item[1], item[0]))
    return pack_weights(
        stems=[en.vocabulary[i] for i in known],
        weights=weights[known].tolist(),
        translations=translations,
        pinyin=read_pinyin(pinyin),
    )


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--bitext", type=Path, required=True)
    parser.add_argument("--pinyin", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.write_bytes(train(options.bitext, options.pinyin))


if __name__ == "__main__":
    main()
