"""The stages of the aligner, one by one."""

import numpy as np
import pytest

from models.lexicon import Lexicon
from tasks.align.anchors import guide, link_weights
from tasks.align.bands import Band, around, between, full
from tasks.align.dynamic import best_paths
from tasks.align.edges import FIRST, LAST, edge_names, edge_tables
from tasks.align.encode import encode
from tasks.align.links import links_of
from tasks.align.nulls import null_credits
from tasks.align.posteriors import bead_posteriors
from tasks.align.records import DocumentPair
from tasks.align.scores import PENALTY, TYPES, Model, Tables, bead_scores
from tasks.align.settings import AlignSettings
from tasks.align.structure import prior_table
from tests.tasks.align.texts import sentences

SETTINGS = AlignSettings()


def prepared(lexicon: Lexicon, *sizes: tuple[int, int]):
    pairs = []
    for seed, (zh_size, en_size) in enumerate(sizes):
        zh, en = sentences(max(zh_size, en_size), seed=seed)
        pairs.append(DocumentPair(zh=zh[:zh_size], en=en[:en_size]))
    batch = encode(pairs)
    first, last = edge_tables(lexicon.edges)
    n = len(pairs)
    model = Model(
        links_of(lexicon, batch),
        np.full(n, 4.0),
        np.array([first] * n),
        np.array([last] * n),
        np.array([prior_table()] * n),
    )
    bands = [full(*size) for size in sizes]
    return batch, model, Band.of([b[0] for b in bands], [b[1] for b in bands], batch)


def test_scores_do_not_depend_on_the_batch(lexicon: Lexicon) -> None:
    batch, model, band = prepared(lexicon, (7, 9), (4, 3))
    both, _ = bead_scores(batch, model, band, SETTINGS)
    alone_batch, alone_model, alone_band = prepared(lexicon, (7, 9))
    alone, _ = bead_scores(alone_batch, alone_model, alone_band, SETTINGS)
    assert np.array_equal(both[:8], alone)


def test_scores_are_what_their_parts_say(lexicon: Lexicon) -> None:
    batch, model, band = prepared(lexicon, (6, 6))
    scores, _ = bead_scores(batch, model, band, SETTINGS)
    tables = Tables(batch, model, SETTINGS)
    for t, (a, b) in enumerate(TYPES):
        if a > 3 or b > 3:
            continue
        d, i, j = np.array([0]), np.array([1]), np.array([2])
        lexical = sum(tables.lexical(d, i, j, np.array([a]), np.array([b])))
        form, _ = tables.form(t, d, i, j)
        assert scores[1, t, 2] == pytest.approx(float((lexical + form)[0]), abs=1e-3)


def brute_force(scores, nulls, zh: int, en: int, combine) -> float:
    """All alignments of a tiny document, combined."""
    totals: list[float] = []

    def go(i: int, j: int, in_null: bool, total: float) -> None:
        if (i, j) == (zh, en):
            totals.append(total)
            return
        for t, (a, b) in enumerate(TYPES):
            if i + a <= zh and j + b <= en:
                go(i + a, j + b, False, total + scores[i, t, j])
        opening = 0.0 if in_null else nulls.opening
        if i < zh:
            go(i + 1, j, True, total + opening + nulls.zh[i + 1])
        if j < en:
            go(i, j + 1, True, total + opening + nulls.en[i, j + 1] - nulls.en[i, j])

    go(0, 0, False, 0.0)
    return combine(totals)


@pytest.mark.parametrize("size", [(3, 3), (2, 4), (4, 2), (1, 3)])
def test_best_path_and_posteriors_against_brute_force(
    lexicon: Lexicon, size: tuple[int, int]
) -> None:
    batch, model, band = prepared(lexicon, size)
    scores, gain = bead_scores(batch, model, band, SETTINGS)
    nulls = null_credits(batch, band, gain, SETTINGS)
    scores = scores / 8  # so that more than one alignment has weight
    path = best_paths(scores, band, nulls)[0]
    total, before = 0.0, False
    for i, i2, j, j2 in path:
        if i2 > i and j2 > j:
            total += scores[i, TYPES.index((i2 - i, j2 - j)), j]
            before = False
        else:
            total += 0.0 if before else nulls.opening
            total += nulls.zh[i2] if i2 > i else nulls.en[i, j2] - nulls.en[i, j]
            before = True
    assert total == pytest.approx(brute_force(scores, nulls, *size, max), abs=1e-4)
    chances = bead_posteriors(scores, band, nulls, [path], 1.0)[0]
    assert all(0.0 <= c <= 1.0 for c in chances)
    if len(path) == 1 or all(i2 > i and j2 > j for i, i2, j, j2 in path):
        weight = brute_force(scores, nulls, *size, lambda all_: float(np.logaddexp.reduce(all_)))
        assert np.prod(chances) <= 1.0
        assert np.exp(total - weight) <= min(chances) + 1e-6


def test_anchors_lie_on_the_diagonal(lexicon: Lexicon) -> None:
    zh, en = sentences(700, seed=3)
    zh = [f"{s[:-1]}和Name{k}。" for k, s in enumerate(zh)]
    en = [f"{s[:-1]} and Name{k}." for k, s in enumerate(en)]
    batch = encode([DocumentPair(zh=zh, en=en)])
    points = guide(batch, 0, link_weights(links_of(lexicon, batch)))
    assert len(points) > 200
    assert sum(abs(i - j) <= 3 for i, j in points) / len(points) > 0.95
    low, width = between(points, 700, 700, 8)
    assert width < 200
    assert low[0] == 0
    assert low[-1] + width > 700


def test_band_without_anchors_is_bounded() -> None:
    low, width = between([], 5000, 7000, 8)
    assert width < 500
    assert low[0] == 0
    assert low[2500] < 3500 < low[2500] + width


def test_band_around_a_path() -> None:
    low, width = around([(0, 1, 0, 2), (1, 2, 2, 3)], 2, 3, 1)
    assert low.tolist() == [0, 1, 2]
    assert width >= 3


def test_edges_survive_the_lexicon() -> None:
    first, last = np.zeros((len(FIRST),) * 2), np.zeros((len(LAST),) * 2)
    first[1, 2], last[3, 4] = 1.25, -0.5
    back = edge_tables(edge_names(first, last))
    assert np.array_equal(back[0], first)
    assert np.array_equal(back[1], last)


def test_penalties_are_symmetric() -> None:
    for (a, b), penalty in zip(TYPES, PENALTY, strict=True):
        assert PENALTY[TYPES.index((b, a))] == penalty
