"""IBM Model 1 in both directions over a bitext, with NumPy alone.

Brown, Della Pietra, Della Pietra and Mercer (1993), *The Mathematics of Statistical Machine
Translation*, model 1, with an empty word on the conditioning side. Tokens count once a line. Pairs
of tokens that meet on one line only are left out from the start. The pairs of a chunk of lines are
numbered once, so that an iteration is a gather, two grouped sums and a scatter.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.lexicon.store import Lexicon, ratio_levels

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconTraining:
    """Settings of the training."""

    iterations: int = 4
    min_count: int = 3  # tokens on fewer lines are unknown
    max_zh: int = 120_000  # size of the vocabularies
    max_en: int = 60_000
    max_tokens: int = 70  # lines with more distinct tokens on a side are left out
    discount: float = 0.4  # taken off the expected count of every pair
    min_ratio: float = 4.0  # links with both ratios below are dropped
    max_links: int = 2_200_000
    chunk_pairs: int = 6_000_000  # token pairs handled at a time


@dataclass(frozen=True, slots=True)
class _Side:
    """Lines as sorted distinct token numbers (``ids[start[k]:start[k + 1]]``)."""

    tokens: tuple[str, ...]
    counts: Ints
    ids: Ints
    start: Ints


@dataclass(slots=True)
class _Chunk:
    """Token pairs of some lines, line by line: all z for each e, or all e for each z.

    ``which`` numbers the distinct pairs of the chunk, and ``pairs`` says where those stand among
    all (the number after the last one stands for the pairs that were left out). ``n_zh`` and
    ``n_en``: tokens of each line, the empty word included.
    """

    which: Ints
    pairs: Ints
    n_zh: Ints
    n_en: Ints

    def turn(self) -> None:
        """From all z for each e to all e for each z."""
        size = self.n_zh * self.n_en
        base = np.repeat(np.cumsum(size) - size, size)
        offset = np.arange(len(base)) - base
        zh, en = np.repeat(self.n_zh, size), np.repeat(self.n_en, size)
        self.which = self.which[base + offset % en * zh + offset // en]
        self.n_zh, self.n_en = self.n_en, self.n_zh


def train(
    zh: Iterable[Sequence[str]],
    en: Iterable[Sequence[str]],
    *,
    edges: Mapping[str, Mapping[str, float]],
    settings: LexiconTraining = LexiconTraining(),
    source: str = "",
) -> Lexicon:
    """Learn a lexicon from lines of tokens, line k of one side translating line k of the other."""
    left = _read(zh, settings.max_zh, settings.min_count, settings.max_tokens)
    right = _read(en, settings.max_en, settings.min_count, settings.max_tokens)
    if len(left.start) != len(right.start):
        raise ValueError(f"{len(left.start) - 1} Chinese and {len(right.start) - 1} English lines")
    keys, chunks = _number_pairs(left, right, settings.chunk_pairs)
    width = len(right.tokens) + 1
    z, e = keys // width, keys % width
    en_given_zh, count_en = _iterate(chunks, e, z, settings)
    for chunk in chunks:
        chunk.turn()
    zh_given_en, count_zh = _iterate(chunks, z, e, settings)
    real = (z > 0) & (e > 0)
    p_zh, p_en = _shares(left.counts), _shares(right.counts)
    z, e = z[real] - 1, e[real] - 1
    ratio_en = en_given_zh[real] / p_en[e]
    ratio_zh = zh_given_en[real] / p_zh[z]
    count = np.maximum(count_en[real], count_zh[real])
    kept = _best(np.maximum(ratio_en, ratio_zh), count, settings)
    z, e, ratio_en, ratio_zh = z[kept], e[kept], ratio_en[kept], ratio_zh[kept]
    return Lexicon(
        zh_index={token: k for k, token in enumerate(left.tokens)},
        en_index={token: k for k, token in enumerate(right.tokens)},
        p_zh=p_zh.astype(np.float32),
        p_en=p_en.astype(np.float32),
        start=np.searchsorted(z, np.arange(len(left.tokens) + 1)).astype(np.int32),
        en=e.astype(np.uint16),
        en_level=ratio_levels(ratio_en),
        zh_level=ratio_levels(ratio_zh),
        edges=edges,
        source=source,
    )


def _read(lines: Iterable[Sequence[str]], limit: int, min_count: int, max_tokens: int) -> _Side:
    """Number the tokens of one side, the frequent ones first (ties by the string)."""
    numbers: dict[str, int] = {}
    flat, sizes = array("i"), array("i")
    for line in lines:
        distinct = dict.fromkeys(line)
        if len(distinct) > max_tokens:
            distinct = {}
        flat.extend([numbers.setdefault(token, len(numbers)) for token in distinct])
        sizes.append(len(distinct))
    ids = np.frombuffer(flat, np.int32) if flat else np.zeros(0, np.int32)
    size = np.frombuffer(sizes, np.int32) if sizes else np.zeros(0, np.int32)
    counts = np.bincount(ids, minlength=len(numbers))
    tokens = list(numbers)
    order = sorted(
        (k for k in range(len(tokens)) if counts[k] >= min_count),
        key=lambda k: (-int(counts[k]), tokens[k]),
    )[:limit]
    new = np.full(len(tokens), -1, np.int32)
    new[order] = np.arange(len(order), dtype=np.int32)
    mapped = new[ids] if len(ids) else ids
    line_of = np.repeat(np.arange(len(size)), size)
    known = mapped >= 0
    start = np.zeros(len(size) + 1, np.int64)
    np.cumsum(np.bincount(line_of[known], minlength=len(size)), out=start[1:])
    return _Side(tuple(tokens[k] for k in order), counts[order], mapped[known], start)


def _number_pairs(left: _Side, right: _Side, size: int) -> tuple[Ints, list[_Chunk]]:
    """All token pairs that meet on two lines or more (as keys, sorted), and the chunks."""
    width = len(right.tokens) + 1
    chunks: list[_Chunk] = []
    runs: list[Ints] = []
    counts: list[Ints] = []
    for lines in _ranges(left, right, size):
        keys, n_zh, n_en = _pairs_of(left, right, lines, width)
        distinct, which, count = np.unique(keys, return_inverse=True, return_counts=True)
        runs.append(distinct)
        counts.append(np.minimum(count, 2).astype(np.int8))
        chunks.append(_Chunk(which.astype(np.int32), which[:0], n_zh, n_en))
    keys = _repeated(runs, counts, (len(left.tokens) + 1) * width)
    for chunk in chunks:
        distinct = runs.pop(0)
        place = np.minimum(np.searchsorted(keys, distinct), max(len(keys) - 1, 0))
        known = keys[place] == distinct if len(keys) else np.zeros(len(distinct), bool)
        number = np.where(known, np.cumsum(known) - 1, np.count_nonzero(known))
        chunk.which = number.astype(np.int32)[chunk.which]
        chunk.pairs = place[known].astype(np.int32)
    return keys, chunks


def _ranges(left: _Side, right: _Side, size: int) -> Iterator[tuple[int, int]]:
    """Stretches of lines with about ``size`` token pairs each."""
    work = np.cumsum((np.diff(left.start) + 1) * (np.diff(right.start) + 1))
    begin = 0
    while begin < len(work):
        done = int(work[begin - 1]) if begin else 0
        end = max(int(np.searchsorted(work, done + size, "right")), begin + 1)
        yield begin, end
        begin = end


def _pairs_of(
    left: _Side, right: _Side, lines: tuple[int, int], width: int
) -> tuple[Ints, Ints, Ints]:
    """Keys of every pair (z, e) of each line, the empty word (number 0) on either side included,
    all z for each e; and the numbers of tokens of each line.
    """
    begin, end = lines
    with_empty = []
    for side in (left, right):
        start = side.start[begin : end + 1] - side.start[begin]
        ids = side.ids[side.start[begin] : side.start[end]] + 1
        with_empty.append((np.insert(ids, start[:-1], 0), start + np.arange(len(start))))
    (z, z_start), (e, e_start) = with_empty
    n_zh, n_en = np.diff(z_start), np.diff(e_start)
    size = n_zh * n_en
    e_of_pair = np.repeat(e, np.repeat(n_zh, n_en))
    offset = np.arange(len(e_of_pair)) - np.repeat(np.cumsum(size) - size, size)
    z_of_pair = z[np.repeat(z_start[:-1], size) + offset % np.repeat(n_zh, size)]
    return z_of_pair.astype(np.int64) * width + e_of_pair, n_zh, n_en


def _repeated(runs: list[Ints], counts: list[Ints], top: int) -> Ints:
    """The keys that the sorted runs hold twice or more in all, bucket by bucket."""
    out = []
    bounds = np.linspace(0, top, 25).astype(np.int64)
    for low, high in pairwise(bounds.tolist()):
        cuts = [np.searchsorted(run, (low, high)) for run in runs]
        keys = np.concatenate([run[a:b] for run, (a, b) in zip(runs, cuts, strict=True)])
        count = np.concatenate([c[a:b] for c, (a, b) in zip(counts, cuts, strict=True)])
        order = np.argsort(keys, kind="stable")
        keys, count = keys[order], count[order]
        if len(keys) == 0:
            continue
        first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        out.append(keys[first][np.add.reduceat(count, first) > 1])
    return np.concatenate(out) if out else np.zeros(0, np.int64)


def _iterate(
    chunks: Sequence[_Chunk], token: Ints, given: Ints, settings: LexiconTraining
) -> tuple[Floats, Floats]:
    """t(token | given) of every pair, discounted, and its expected count.

    ``token`` and ``given`` are the numbers of the two tokens of each pair. In the chunks the pairs
    of one ``token`` of a line follow each other; they share its one count.
    """
    size = len(given)
    t = token.astype(bool).astype(np.float32)  # the empty word gives, it is never given
    counts = total = np.zeros(size)
    for _ in range(settings.iterations):
        counts = np.zeros(size)
        for chunk in chunks:
            value = np.append(t[chunk.pairs], np.float32(0.0))[chunk.which]
            sizes = np.repeat(chunk.n_zh, chunk.n_en)
            shared = np.add.reduceat(value, np.cumsum(sizes) - sizes)
            value /= np.repeat(np.maximum(shared, np.float32(1e-30)), sizes)
            counts[chunk.pairs] += np.bincount(chunk.which, value, len(chunk.pairs) + 1)[:-1]
        total = np.maximum(np.bincount(given, counts, minlength=1), 1e-30)[given]
        t = (counts / total).astype(np.float32)
    probability: Floats = np.maximum(counts - settings.discount, 0.0) / total
    return probability, counts


def _shares(counts: Ints) -> Floats:
    shares: Floats = counts / counts.sum()
    return shares


def _best(ratio: Floats, count: Floats, settings: LexiconTraining) -> Ints:
    """The links to keep, in order: strong ones, and of those the ``max_links`` most useful."""
    able = np.flatnonzero(ratio >= settings.min_ratio)
    if len(able) <= settings.max_links:
        return able
    worth = np.log(ratio[able] / settings.min_ratio * 2.0) * np.sqrt(count[able])
    order = np.argsort(-worth, kind="stable")[: settings.max_links]
    return np.sort(able[order])
