"""The stages of the aligner, one by one."""

import math
import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from models.lexicon import Lexicon
from tasks.align.anchors import guide
from tasks.align.bands import Band, Rows, Step, around, between, full
from tasks.align.chain import fits
from tasks.align.dynamic import Nulls, best_path
from tasks.align.edges import FIRST, LAST, edge_names, edge_tables
from tasks.align.encode import Document, encode
from tasks.align.links import Links, links_of
from tasks.align.order import order_gains
from tasks.align.posteriors import bead_posteriors, flow_of
from tasks.align.records import DocumentPair
from tasks.align.scores import (
    NUMBER,
    PENALTY,
    TYPES,
    Model,
    Scores,
    bead_parts,
    bead_scores,
    lexical_gains,
)
from tasks.align.search import search
from tasks.align.selftrain import adapt_links
from tasks.align.settings import AlignSettings
from tasks.align.structure import prior_table
from tasks.align.taught import untaught
from tests.tasks.align.texts import WORDS, sentences

SETTINGS = AlignSettings()


def prepared(lexicon: Lexicon, zh_size: int, en_size: int) -> tuple[Document, Model, Band]:
    zh, en = sentences(max(zh_size, en_size))
    batch = encode([DocumentPair(zh=zh[:zh_size], en=en[:en_size])])
    model = Model(links_of(lexicon, batch), *edge_tables(lexicon.edges), prior_table())
    return batch.documents[0], model, full(zh_size, en_size)


def lexical(document: Document, links: Links, step: Step) -> tuple[float, float]:
    """The lexical terms of a bead as the formula has them: English tokens given the Chinese ones,
    and the other way.
    """
    i, i2, j, j2 = step
    zh = document.zh.tokens[document.zh.start[i] : document.zh.start[i2]].tolist()
    en = document.en.tokens[document.en.start[j] : document.en.start[j2]].tolist()
    ratio = {
        (z, e): (one, other)
        for z, e, one, other in zip(links.zh, links.en, links.to_en, links.to_zh, strict=True)
    }
    none = (0.0, 0.0)
    to_en = [sum(ratio.get((z, e), none)[0] for z in zh) / len(zh) for e in en]
    to_zh = [sum(ratio.get((z, e), none)[1] for e in en) / len(en) for z in zh]
    return (
        SETTINGS.weight_en * sum(math.log1p(SETTINGS.kappa * x) for x in to_en),
        SETTINGS.weight_zh * sum(math.log1p(SETTINGS.kappa * x) for x in to_zh),
    )


def scored(document: Document, model: Model, band: Band) -> Scores:
    gains = lexical_gains(document, model, band, untaught(document), 4.0, SETTINGS)
    return bead_scores(document, model, band, gains, 4.0, SETTINGS)


def test_scores_are_what_the_formula_says(lexicon: Lexicon) -> None:
    document, model, band = prepared(lexicon, 6, 6)
    scores = scored(document, model, band)
    steps = [(1, 1 + a, 2, 2 + b) for a, b in TYPES if a <= 3 and b <= 3]
    parts = bead_parts(document, model, scores, 4.0, steps, SETTINGS)
    for (i, i2, j, j2), terms in zip(steps, parts, strict=True):
        t = NUMBER[i2 - i, j2 - j]
        expected = lexical(document, model.links, (i, i2, j, j2))
        assert terms[:2].tolist() == pytest.approx(expected, abs=1e-3)
        score = scores.beads[band.nodes.start[i] + j, t]
        assert score == pytest.approx(terms.sum() + PENALTY[t], abs=1e-3)


def test_a_narrow_band_scores_as_the_whole_plane(lexicon: Lexicon) -> None:
    # What stands outside the band is never looked at: inside, away from its edge, nothing changes.
    document, model, plane = prepared(lexicon, 60, 60)
    narrow = around([(k, k + 1, k, k + 1) for k in range(60)], 60, 60, 12)
    wide, some = scored(document, model, plane), scored(document, model, narrow)
    for i in range(50):
        here = some.beads[narrow.nodes.start[i] + i - narrow.nodes.low[i]]
        there = wide.beads[plane.nodes.start[i] + i]
        assert np.array_equal(here, there)


def test_a_very_long_sentence_does_not_overflow(lexicon: Lexicon) -> None:
    # The factors of a sentence's gain are multiplied before the log is taken.
    zh, en = sentences(2)
    batch = encode([DocumentPair(zh=[zh[0] * 2000, zh[1]], en=[" ".join([en[0]] * 2000), en[1]])])
    model = Model(links_of(lexicon, batch), *edge_tables(lexicon.edges), prior_table())
    scores = scored(batch.documents[0], model, full(2, 2))
    assert np.isfinite(scores.en_gains).all()
    assert scores.en_gains[0, 0] > 5000


def test_a_bead_does_not_confirm_itself() -> None:
    # Words that met in one bead only say nothing about that bead (leave-one-out), but support a
    # sentence elsewhere; without this the second pass would repeat the first one by heart.
    zh = ["甲子乙丑。", "丙寅丁卯。", "甲子乙丑。"]
    en = ["Alder birch.", "Cedar dogwood.", "Alder birch."]
    batch = encode([DocumentPair(zh=zh, en=en)])
    document = batch.documents[0]
    base = links_of(Lexicon.empty(), batch)
    path = [(0, 1, 0, 1), (1, 2, 1, 2)]  # the last two sentences taught nothing
    links, taught = adapt_links(base, batch, [path], replace(SETTINGS, discount=0.0))
    model = Model(links, *edge_tables({}), prior_table())
    band = full(3, 3)
    gains, _ = lexical_gains(document, model, band, taught[0], 4.0, SETTINGS)
    gains = gains[:, 0].reshape(3, 3)
    alone = scored(document, model, band).en_gains[:, 0].reshape(3, 3)
    assert gains[0, 0] == pytest.approx(0.0, abs=1e-6)
    assert gains[1, 1] == pytest.approx(0.0, abs=1e-6)
    assert gains[2, 2] == gains[2, 0] == alone[0, 0] > 0.1
    assert alone[1, 1] > 0.1
    order = order_gains(document, links, taught[0], [(0, 1, 0, 1)], SETTINGS)
    assert order[0] == pytest.approx(0.0, abs=1e-6)


def test_tokens_in_the_same_order_gain(lexicon: Lexicon) -> None:
    zh = "".join(word for word, _ in WORDS[:12])
    words = [word for _, word in WORDS[:12]]
    batch = encode([DocumentPair(zh=[zh, zh], en=[" ".join(words), " ".join(words[::-1])])])
    document, links = batch.documents[0], links_of(lexicon, batch)
    beads = [(0, 1, 0, 1), (0, 1, 1, 2), (0, 0, 0, 1)]
    right, turned, null = order_gains(document, links, untaught(document), beads, SETTINGS)
    assert right > 1.0
    assert turned < -1.0
    assert null == 0.0


def brute_force(
    scores: Scores, nulls: Nulls, zh: int, en: int, combine: Callable[[list[float]], float]
) -> float:
    """All alignments of a tiny document in the whole plane, combined."""
    totals: list[float] = []

    def go(i: int, j: int, in_null: bool, total: float) -> None:
        if (i, j) == (zh, en):
            totals.append(total)
            return
        for t, (a, b) in enumerate(TYPES):
            if i + a <= zh and j + b <= en:
                node = scores.band.nodes.start[i] + j
                go(i + a, j + b, False, total + scores.beads[node, t])
        opening = 0.0 if in_null else nulls.opening
        if i < zh:
            go(i + 1, j, True, total + opening + nulls.zh[i])
        if j < en:
            go(i, j + 1, True, total + opening + nulls.en[j])

    go(0, 0, False, 0.0)
    return combine(totals)


@pytest.mark.parametrize("size", [(3, 3), (2, 4), (4, 2), (1, 3)])
def test_best_path_and_posteriors_against_brute_force(
    lexicon: Lexicon, size: tuple[int, int]
) -> None:
    document, model, band = prepared(lexicon, *size)
    found = search(document, model, band, SETTINGS)
    scores, nulls = found.scores, found.nulls
    scores.beads[:] /= 8  # so that more than one alignment has weight
    path = best_path(scores, nulls)
    total, before = 0.0, False
    for i, i2, j, j2 in path:
        if i2 > i and j2 > j:
            total += scores.beads[band.nodes.start[i] + j, NUMBER[i2 - i, j2 - j]]
            before = False
        else:
            total += 0.0 if before else nulls.opening
            total += nulls.zh[i] if i2 > i else nulls.en[j]
            before = True
    assert total == pytest.approx(brute_force(scores, nulls, *size, max), abs=1e-4)
    chances = bead_posteriors(scores, flow_of(scores, nulls, 1.0), path)
    assert all(0.0 <= c <= 1.0 for c in chances)
    weight = brute_force(scores, nulls, *size, lambda all_: float(np.logaddexp.reduce(all_)))
    # No bead is less probable than the whole path that it is part of.
    assert np.exp(total - weight) <= min(chances) + 1e-6


def test_anchors_lie_on_the_diagonal(lexicon: Lexicon) -> None:
    zh, en = sentences(700, seed=3)
    zh = [f"{s[:-1]}和Name{k}。" for k, s in enumerate(zh)]
    en = [f"{s[:-1]} and Name{k}." for k, s in enumerate(en)]
    batch = encode([DocumentPair(zh=zh, en=en)])
    points = guide(batch.documents[0], links_of(lexicon, batch))
    assert len(points) > 200
    assert sum(abs(i - j) <= 3 for i, j in points) / len(points) > 0.95
    low, high = between(points, 700, 700, 8)
    assert (high - low).max() < 200
    assert low[0] == 0
    assert high[-1] == 700


def test_band_without_anchors_is_bounded() -> None:
    low, high = between([], 5000, 7000, 8)
    assert (high - low).max() < 500
    assert low[0] == 0
    assert low[2500] < 3500 < high[2500]


def test_band_around_a_path() -> None:
    nodes = around([(0, 1, 0, 2), (1, 2, 2, 3)], 2, 3, 1).nodes
    assert nodes.low.tolist() == [0, 1, 2]
    assert nodes.high.tolist() == [2, 4, 4]
    assert nodes.start.tolist() == [0, 2, 5, 7]


def shuffled(lexicon: Lexicon, seed: int) -> tuple[Document, Model, Band]:
    """A document of 30 sentences, of which some are merged and some left out on either side."""
    rng = random.Random(seed)
    zh, en = sentences(30)
    for side in (zh, en):
        for _ in range(3):
            k = rng.randrange(len(side) - 1)
            side[k : k + 2] = [side[k] + " " + side[k + 1]]
        del side[rng.randrange(len(side))]
    batch = encode([DocumentPair(zh=zh, en=en)])
    model = Model(links_of(lexicon, batch), *edge_tables(lexicon.edges), prior_table())
    return batch.documents[0], model, full(len(zh), len(en))


@pytest.mark.parametrize("seed", range(8))
def test_near_the_chain_the_path_is_that_of_the_plane(lexicon: Lexicon, seed: int) -> None:
    document, model, plane = shuffled(lexicon, seed)
    near = search(document, model, plane, SETTINGS, chained=True)
    whole = search(document, model, plane, SETTINGS)
    assert near.path == whole.path
    assert near.chances == pytest.approx(whole.chances, abs=1e-3)
    assert near.gains.tolist() == whole.gains.tolist()  # nulls earn the same
    assert near.scores.band.nodes.size < 0.6 * plane.nodes.size


def test_a_path_at_the_edge_is_looked_for_in_the_whole_plane(lexicon: Lexicon) -> None:
    # A chain that is wrong must not decide: beside one without a margin every path is at an edge.
    document, model, plane = shuffled(lexicon, 1)
    found = search(document, model, plane, replace(SETTINGS, chain=0), chained=True)
    assert found.scores.band.nodes is plane.nodes


def test_edges_of_the_plane_are_no_edges_of_a_band() -> None:
    nodes = Rows.of(np.array([0, 0, 1, 1]), np.array([2, 3, 4, 4]))  # nodes 0-1, 0-2, 1-3, 1-3
    assert fits([(0, 2, 0, 2), (2, 3, 2, 3)], nodes, 1)
    assert fits([(0, 1, 0, 0), (1, 3, 0, 3)], nodes, 1)  # 0 is where the plane begins
    assert fits([(0, 2, 0, 3), (2, 3, 3, 3)], nodes, 1)  # and 3 where it ends
    assert not fits([(0, 1, 0, 2), (1, 3, 2, 3)], nodes, 1)  # row 1 might go on to 3
    assert not fits([(0, 2, 0, 1), (2, 3, 1, 3)], nodes, 1)  # row 2 might begin at 0


def test_a_path_with_many_nulls_is_looked_for_in_the_whole_plane(lexicon: Lexicon) -> None:
    # With two halves in the other order the chain runs through one of them and the band around it
    # ends before the other: which of them is moved, only the whole plane can tell.
    zh, en = sentences(24)
    batch = encode([DocumentPair(zh=zh, en=en[12:] + en[:12])])
    model = Model(links_of(lexicon, batch), *edge_tables(lexicon.edges), prior_table())
    plane = full(24, 24)
    found = search(batch.documents[0], model, plane, SETTINGS, chained=True)
    assert found.scores.band.nodes is plane.nodes


def test_edges_survive_the_lexicon() -> None:
    first, last = np.zeros((len(FIRST),) * 2), np.zeros((len(LAST),) * 2)
    first[1, 2], last[3, 4] = 1.25, -0.5
    back = edge_tables(edge_names(first, last))
    assert np.array_equal(back[0], first)
    assert np.array_equal(back[1], last)


def test_penalties_are_symmetric() -> None:
    for (a, b), penalty in zip(TYPES, PENALTY, strict=True):
        assert PENALTY[TYPES.index((b, a))] == penalty
