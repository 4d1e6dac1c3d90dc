"""IBM Model 1 in both directions over a bitext, with NumPy alone.

Brown, Della Pietra, Della Pietra and Mercer (1993), *The Mathematics of Statistical Machine
Translation*, model 1, with an empty word on the conditioning side. Tokens count once a line. Pairs
of tokens that meet on one line only are left out from the start. The pairs of a chunk of lines are
numbered once, so that an iteration is a gather, two grouped sums and a scatter.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.lexicon.store import Lexicon, ratio_levels

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconTraining:
    """Settings of the training."""

    iterations: int = 5
    min_count: int = 3  # tokens on fewer lines are unknown
    max_zh: int = 160_000  # size of the vocabularies
    max_en: int = 65_000
    max_tokens: int = 130  # lines with more distinct tokens on a side are left out
    discount: float = 0.4  # taken off the expected count of every pair
    min_ratio: float = 4.0  # links with both ratios below are dropped
    max_links: int = 3_200_000
    chunk_pairs: int = 6_000_000  # token pairs handled at a time


@dataclass(frozen=True, slots=True)
class _Side:
    """Lines as sorted distinct token numbers (``ids[start[k]:start[k + 1]]``)."""

    tokens: tuple[str, ...]
    counts: Ints
    ids: Ints
    start: Ints


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Token pairs of some lines: which distinct pair each is, and where those stand globally."""

    which: Ints
    pairs: Ints
    zh_group: Ints
    en_group: Ints


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
    en_given_zh, count_en = _iterate(chunks, e, z, settings, group="en")
    zh_given_en, count_zh = _iterate(chunks, z, e, settings, group="zh")
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
    line = np.repeat(np.arange(len(size)), size)
    known = mapped >= 0
    start = np.zeros(len(size) + 1, np.int64)
    np.cumsum(np.bincount(line[known], minlength=len(size)), out=start[1:])
    return _Side(tuple(tokens[k] for k in order), counts[order], mapped[known], start)


def _number_pairs(left: _Side, right: _Side, size: int) -> tuple[Ints, list[_Chunk]]:
    """All token pairs that meet on two lines or more (as keys, sorted), and the chunks."""
    width = len(right.tokens) + 1
    drafts: list[tuple[Ints, Ints, Ints, Ints]] = []
    runs: list[Ints] = []
    counts: list[Ints] = []
    for lines in _ranges(left, right, size):
        keys, zh_group, en_group = _pairs_of(left, right, lines, width)
        distinct, which, count = np.unique(keys, return_inverse=True, return_counts=True)
        runs.append(distinct)
        counts.append(count.astype(np.int32))
        drafts.append((which.astype(np.int32), distinct, zh_group, en_group))
    keys = _repeated(runs, counts, (len(left.tokens) + 1) * width)
    chunks = []
    while drafts:
        which, distinct, zh_group, en_group = drafts.pop(0)
        place = np.searchsorted(keys, distinct).astype(np.int32)
        known = np.zeros(len(distinct), bool)
        inside = place < len(keys)
        known[inside] = keys[place[inside]] == distinct[inside]
        local = np.cumsum(known, dtype=np.int32) - 1
        kept = known[which]
        chunks.append(_Chunk(local[which[kept]], place[known], zh_group[kept], en_group[kept]))
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
    """Every pair (z, e) of each line, the empty word (number 0) on either side included.

    The two groups number the tokens that a pair's expected counts are shared among: all z of one
    line for each of its e, and the other way round.
    """
    begin, end = lines
    with_empty = []
    for side in (left, right):
        start = side.start[begin : end + 1] - side.start[begin]
        ids = side.ids[side.start[begin] : side.start[end]] + 1
        with_empty.append((np.insert(ids, start[:-1], 0), start + np.arange(len(start))))
    (z, z_start), (e, e_start) = with_empty
    n_z, n_e = np.diff(z_start), np.diff(e_start)
    e_token = np.repeat(np.arange(len(e)), np.repeat(n_z, n_e))
    first = np.repeat(np.cumsum(n_z * n_e) - n_z * n_e, n_z * n_e)
    offset = np.arange(len(e_token)) - first
    z_token = np.repeat(z_start[:-1], n_z * n_e) + offset % np.repeat(n_z, n_z * n_e)
    keys = z[z_token].astype(np.int64) * width + e[e_token]
    return keys, z_token.astype(np.int32), e_token.astype(np.int32)


def _repeated(runs: list[Ints], counts: list[Ints], top: int) -> Ints:
    """The keys that the sorted runs hold twice or more in all, bucket by bucket."""
    out = []
    bounds = np.linspace(0, top, 25).astype(np.int64)
    for low, high in zip(bounds[:-1], bounds[1:], strict=True):
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
    chunks: Sequence[_Chunk],
    token: Ints,
    given: Ints,
    settings: LexiconTraining,
    *,
    group: str,
) -> tuple[Floats, Floats]:
    """t(token | given) of every pair, discounted, and its expected count.

    ``token`` and ``given`` are the numbers of the two tokens of each pair. ``group`` names the side whose
    tokens share their count among the conditioning tokens of their line.
    """
    size = len(given)
    t = token.astype(bool).astype(np.float32)  # the empty word gives, it is never given
    counts = total = np.zeros(size)
    for _ in range(settings.iterations):
        counts = np.zeros(size)
        for chunk in chunks:
            groups = chunk.en_group if group == "en" else chunk.zh_group
            value = t[chunk.pairs][chunk.which]
            shared = np.bincount(groups, value)
            value /= np.maximum(shared, 1e-30)[groups]
            counts[chunk.pairs] += np.bincount(chunk.which, value, minlength=len(chunk.pairs))
        total = np.maximum(np.bincount(given, counts, minlength=1), 1e-30)[given]
        t = (counts / total).astype(np.float32)
    return np.maximum(counts - settings.discount, 0.0) / total, counts


def _shares(counts: Ints) -> Floats:
    return counts / counts.sum()


def _best(ratio: Floats, count: Floats, settings: LexiconTraining) -> Ints:
    """The links to keep, in order: strong ones, and of those the ``max_links`` most useful."""
    able = np.flatnonzero(ratio >= settings.min_ratio)
    if len(able) <= settings.max_links:
        return able
    worth = np.log(ratio[able] / settings.min_ratio * 2.0) * np.sqrt(count[able])
    order = np.argsort(-worth, kind="stable")[: settings.max_links]
    return np.sort(able[order])
