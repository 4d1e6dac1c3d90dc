"""The search for the nearest articles against comparing all with all."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tasks.pair import Signature, similarity
from tasks.pair import similarity as measure
from tasks.pair.nearest import FLOOR, Edges, log_odds, nearest


def signature(features: dict[int, int], chars: int = 100) -> Signature:
    return Signature(
        b"".join(key.to_bytes(4, "little") for key in sorted(features)),
        bytes(features[key] for key in sorted(features)),
        chars,
        5,
        0,
    )


SIGNATURES = st.lists(
    st.dictionaries(st.integers(0, 12), st.integers(1, 255), max_size=6).map(signature), max_size=8
)


def pairs(edges: Edges) -> list[tuple[int, int]]:
    return list(zip(edges.zh.tolist(), edges.en.tolist(), strict=True))


@given(SIGNATURES, SIGNATURES)
def test_every_pair_above_the_floor_is_found(zh: list[Signature], en: list[Signature]) -> None:
    edges = nearest(zh, en)
    found = dict(zip(pairs(edges), edges.odds.tolist(), strict=True))
    wanted = {
        (i, j): similarity(a, b).odds
        for i, a in enumerate(zh)
        for j, b in enumerate(en)
        if similarity(a, b).cosine > FLOOR
    }
    # At the floor itself the last bit may fall either way.
    near = {key for key in wanted if abs(similarity(zh[key[0]], en[key[1]]).cosine - FLOOR) < 1e-9}
    assert set(found) - near == set(wanted) - near
    assert all(found[key] == wanted[key] for key in found if key in wanted)


def test_each_article_keeps_its_nearest_ones() -> None:
    zh = [signature({1: 200})]
    en = [signature({1: 200, 2: 10 * k}) for k in range(1, 20)]
    edges = nearest(zh, en)
    assert edges.en[edges.odds > log_odds(0.95, 100, 100)].tolist()[:3] == [0, 1, 2]
    # The far ones are here all the same: the Chinese article is the nearest that they have.
    assert len(edges.en) == len([s for s in en if similarity(zh[0], s).cosine > FLOOR])


# Equally near, but a cosine from two roots and one from the root of the product differ in a bit.
@example(
    [signature({0: 1}), signature({0: 1}), signature({0: 9})],
    [signature({0: 1}), signature({0: 1}), signature({0: 1, 1: 1})],
    4096,
)
@given(SIGNATURES, SIGNATURES, st.integers(1, 9))
def test_the_nearest_few_of_both_sides_are_those_of_comparing_all(
    zh: list[Signature], en: list[Signature], block: int
) -> None:
    few = 2
    near = {
        (one, other): found.cosine
        for one, left in enumerate(zh)
        for other, right in enumerate(en)
        if (found := similarity(left, right)).cosine > FLOOR
    }
    wanted: set[tuple[int, int]] = set()
    for side in (0, 1):
        for article in range((len(zh), len(en))[side]):
            own = [pair for pair in near if pair[side] == article]
            wanted.update(sorted(own, key=lambda pair: (-near[pair], pair[1 - side]))[:few])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tasks.pair.nearest._NEAREST", few)
        patch.setattr("tasks.pair.postings._BLOCK", block)
        edges = nearest(zh, en)
    assert pairs(edges) == sorted(wanted)
    # To the last bit, whatever the block and the order in which sums were made.
    assert edges.odds.tolist() == [
        similarity(zh[one], en[other]).odds for one, other in pairs(edges)
    ]


def test_more_agreement_and_a_usual_length_score_higher() -> None:
    zh = signature({1: 100, 2: 100, 3: 100}, 100)
    assert measure(zh, signature({1: 100, 2: 100, 3: 100}, 270)).score > 0.99
    assert (
        measure(zh, signature({1: 100, 2: 100, 3: 100}, 270)).odds
        > measure(zh, signature({1: 100, 2: 100, 4: 100}, 270)).odds
        > measure(zh, signature({1: 100, 2: 100, 4: 100}, 900)).odds
        > measure(zh, signature({1: 100, 4: 100, 5: 100}, 900)).odds
    )
    assert measure(zh, signature({}, 270)).cosine == 0
