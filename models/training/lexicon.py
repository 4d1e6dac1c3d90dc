"""IBM Model 1 in both directions over a bitext.

Brown, Della Pietra, Della Pietra and Mercer (1993), *The Mathematics of Statistical Machine
Translation*, model 1, with an empty word on the conditioning side. Tokens count once a line. Pairs
of tokens that meet on one line only are left out from the start. Probabilities are kept in rows by
the token that is conditioned on, and a pass goes through the lines of one such token after the
other, with its row spread out over the vocabulary: memory grows with the pairs of tokens and not
with their meetings.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.compiled import compiled
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


@dataclass(frozen=True, slots=True)
class _Side:
    """Lines as distinct token numbers (``ids[start[k]:start[k + 1]]``)."""

    tokens: tuple[str, ...]
    counts: Ints
    ids: Ints
    start: Ints


class _Rows(NamedTuple):
    """Values of pairs of tokens, by the one that is conditioned on: those of token ``g`` are the
    numbers ``start[g]:start[g + 1]`` of ``token`` (ascending) and ``value``. The last row is that
    of the empty word, which stands on every line.
    """

    start: Ints
    token: Ints
    value: Floats


class _Lines(NamedTuple):
    """On which lines the tokens conditioned on stand (``line[start[g]:start[g + 1]]``), and the
    tokens of those lines that are explained (``ids[of[k]:of[k + 1]]``, of ``words``).
    """

    start: Ints
    line: Ints
    of: Ints
    ids: Ints
    words: int


def train(
    zh: Iterable[Sequence[str]],
    en: Iterable[Sequence[str]],
    *,
    edges: Mapping[str, Mapping[str, float]],
    settings: LexiconTraining = LexiconTraining(),
    source: str = "",
) -> Lexicon:
    """Learn a lexicon from lines of tokens, line k of one side translating line k of the other.

    Raises ValueError when one side has more lines than the other.
    """
    left = _read(zh, settings.max_zh, settings.min_count, settings.max_tokens)
    right = _read(en, settings.max_en, settings.min_count, settings.max_tokens)
    if len(left.start) != len(right.start):
        raise ValueError(f"{len(left.start) - 1} Chinese and {len(right.start) - 1} English lines")
    to_en, count = _learned(left, right, settings)
    to_zh, other = _learned(right, left, settings)
    zh_words = len(left.tokens)
    # The same pairs by English token, turned to the order of those by Chinese token.
    z, zh_given_en = _turned(to_zh, zh_words)
    _, count_zh = _turned(to_zh._replace(value=other), zh_words)
    e = to_en.token[: len(z)]
    p_zh, p_en = _shares(left.counts), _shares(right.counts)
    ratio_en, ratio_zh = to_en.value[: len(z)] / p_en[e], zh_given_en / p_zh[z]
    strength = np.maximum(ratio_en, ratio_zh)
    kept = _best(strength, np.maximum(count[: len(z)], count_zh), settings)
    z, e, ratio_en, ratio_zh = z[kept], e[kept], ratio_en[kept], ratio_zh[kept]
    return Lexicon(
        zh_index={token: k for k, token in enumerate(left.tokens)},
        en_index={token: k for k, token in enumerate(right.tokens)},
        p_zh=p_zh.astype(np.float32),
        p_en=p_en.astype(np.float32),
        start=np.searchsorted(z, np.arange(zh_words + 1)).astype(np.int32),
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


def _learned(given: _Side, own: _Side, settings: LexiconTraining) -> tuple[_Rows, Floats]:
    """t(own token | given token), discounted, and the expected counts; the pairs with the empty
    word come last.
    """
    order = np.argsort(given.ids, kind="stable")
    line_of = np.repeat(np.arange(len(given.start) - 1, dtype=np.int32), np.diff(given.start))
    words = len(given.tokens)
    start = np.searchsorted(given.ids[order], np.arange(words + 1))
    every = np.arange(len(given.start) - 1, dtype=np.int32)
    lines = _Lines(
        np.append(start, start[-1] + len(every)),
        np.concatenate((line_of[order], every)),
        own.start,
        own.ids,
        len(own.tokens),
    )
    sizes = _sizes(lines)
    first = np.concatenate(([0], np.cumsum(sizes)))
    rows = _Rows(first, _tokens(lines, first), np.ones(int(first[-1]), np.float32))
    count = np.zeros(len(rows.value), np.float32)
    for iteration in range(settings.iterations):
        total = _expected(rows, lines, count)
        last = iteration == settings.iterations - 1
        value = np.maximum(count - settings.discount, 0.0) if last else count
        shares = value / np.repeat(np.maximum(total, 1e-30), sizes)
        rows = rows._replace(value=shares.astype(np.float32))
    return rows, count


@compiled
def _sizes(lines: _Lines) -> Ints:
    """How many tokens each token conditioned on meets on two lines or more."""
    met = np.zeros(lines.words, np.int64)
    out = np.zeros(len(lines.start) - 1, np.int64)
    for g in range(len(out)):
        for line in lines.line[lines.start[g] : lines.start[g + 1]]:
            for token in lines.ids[lines.of[line] : lines.of[line + 1]]:
                met[token] += 1
                if met[token] == 2:
                    out[g] += 1
        for line in lines.line[lines.start[g] : lines.start[g + 1]]:
            for token in lines.ids[lines.of[line] : lines.of[line + 1]]:
                met[token] = 0
    return out


@compiled
def _tokens(lines: _Lines, first: Ints) -> Ints:
    """Those tokens, ascending."""
    met = np.zeros(lines.words, np.int64)
    out = np.empty(first[-1], np.int32)
    for g in range(len(first) - 1):
        n = first[g]
        for line in lines.line[lines.start[g] : lines.start[g + 1]]:
            for token in lines.ids[lines.of[line] : lines.of[line + 1]]:
                met[token] += 1
                if met[token] == 2:
                    out[n] = token
                    n += 1
        out[first[g] : n].sort()
        for line in lines.line[lines.start[g] : lines.start[g + 1]]:
            for token in lines.ids[lines.of[line] : lines.of[line + 1]]:
                met[token] = 0
    return out


@compiled
def _expected(rows: _Rows, lines: _Lines, count: Floats) -> Floats:
    """Write the expected count of every pair, and return their sum by token conditioned on."""
    spread = np.zeros(lines.words, np.float32)
    shared = np.zeros(len(lines.ids), np.float32)  # of each token of each line
    for g in range(len(rows.start) - 1):
        for k in range(rows.start[g], rows.start[g + 1]):
            spread[rows.token[k]] = rows.value[k]
        for line in lines.line[lines.start[g] : lines.start[g + 1]]:
            for at in range(lines.of[line], lines.of[line + 1]):
                shared[at] += spread[lines.ids[at]]
        for k in range(rows.start[g], rows.start[g + 1]):
            spread[rows.token[k]] = 0.0
    met = np.zeros(lines.words)
    total = np.zeros(len(rows.start) - 1)
    for g in range(len(total)):
        for k in range(rows.start[g], rows.start[g + 1]):
            spread[rows.token[k]] = rows.value[k]
        for line in lines.line[lines.start[g] : lines.start[g + 1]]:
            for at in range(lines.of[line], lines.of[line + 1]):
                token = lines.ids[at]
                if spread[token] > 0.0:
                    met[token] += spread[token] / shared[at]
        for k in range(rows.start[g], rows.start[g + 1]):
            token = rows.token[k]
            count[k] = met[token]
            total[g] += met[token]
            spread[token] = 0.0
            met[token] = 0.0
    return total


@compiled
def _turned(rows: _Rows, words: int) -> tuple[Ints, Floats]:
    """The values of the pairs without the empty word in the order of the other token, and that
    token.
    """
    real = rows.start[len(rows.start) - 2]
    place = np.zeros(words + 1, np.int64)
    for token in rows.token[:real]:
        place[token + 1] += 1
    place = np.cumsum(place)
    token_of = np.empty(real, np.int32)
    value = np.empty(real, np.float32)
    for k in range(real):
        token = rows.token[k]
        token_of[place[token]] = token
        value[place[token]] = rows.value[k]
        place[token] += 1
    return token_of, value


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
