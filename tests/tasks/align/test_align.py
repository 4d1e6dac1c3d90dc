"""Alignment as its users see it: :func:`align` and :func:`align_batch`."""

import math
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.lexicon import Lexicon
from models.records import BlockKind, Flag, Lang
from tasks.align import AlignedBead, AlignSettings, Channel, DocumentPair, Group, align, align_batch
from tests.tasks.align.texts import sentences


def ids(beads: list[AlignedBead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(b.zh, b.en) for b in beads]


def assert_partition(beads: list[AlignedBead], zh: int, en: int) -> None:
    """Every sentence in exactly one bead, every bead with something, finite figures."""
    assert sorted(x for b in beads for x in b.zh) == list(range(zh))
    assert sorted(x for b in beads for x in b.en) == list(range(en))
    for bead in beads:
        assert bead.zh or bead.en
        assert 0.0 <= bead.score <= 1.0
        assert all(math.isfinite(v) for v in bead.parts.values())


def test_one_to_one(lexicon: Lexicon) -> None:
    zh, en = sentences(20)
    beads = align(zh, en, lexicon=lexicon)
    assert ids(beads) == [((k,), (k,)) for k in range(20)]
    assert min(b.score for b in beads) > 0.9
    assert {"english", "chinese"} <= set(beads[0].parts)


def test_merged_sentences(lexicon: Lexicon) -> None:
    zh, en = sentences(12)
    joined = [*en[:4], en[4] + " " + en[5], *en[6:]]
    split = [*zh[:8], *zh[8:]]
    assert ((4, 5), (4,)) in ids(align(split, joined, lexicon=lexicon))
    joined_zh = [*zh[:4], zh[4] + zh[5], *zh[6:]]
    assert ((4,), (4, 5)) in ids(align(joined_zh, en, lexicon=lexicon))


def test_missing_stretch_becomes_nulls(lexicon: Lexicon) -> None:
    zh, en = sentences(30)
    found = ids(align(zh, en[:10] + en[16:], lexicon=lexicon))
    for k in range(10, 16):
        assert ((k,), ()) in found
    assert ((20,), (14,)) in found


def test_moved_block_is_found_and_flagged(lexicon: Lexicon) -> None:
    zh, en = sentences(30)
    moved = en[:8] + en[14:] + en[8:14]
    beads = align(zh, moved, lexicon=lexicon)
    flagged = {(b.zh, b.en) for b in beads if Flag.REORDERED in b.flags}
    assert flagged == {((k,), (k + 16,)) for k in range(8, 14)}
    assert_partition(beads, 30, 30)


def test_blocks_decide_where_words_do_not(lexicon: Lexicon) -> None:
    # Eight equal lines in list items: only the blocks say where the missing line was.
    zh, en = ["好的。"] * 6, ["Fine."] * 6
    places = [Group(k // 2, BlockKind.LIST_ITEM) for k in range(6)]
    beads = align(zh, en, lexicon=lexicon, zh_groups=places, en_groups=places)
    assert ids(beads) == [((k,), (k,)) for k in range(6)]


def test_groups_must_fit(lexicon: Lexicon) -> None:
    with pytest.raises(ValueError, match="2 sentences, but 1 groups"):
        align(["一。", "二。"], ["One."], lexicon=lexicon, zh_groups=[Group(0)])


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        (0, 0),
        (0, 3),
        (3, 0),
        (1, 40),
        (40, 1),
        (1, 3000),  # long enough for anchors on several levels
        (3000, 1),
        (60, 900),
    ],
)
def test_lopsided(zh: int, en: int, lexicon: Lexicon) -> None:
    left, right = sentences(max(zh, en))
    beads = align(left[:zh], right[:en], lexicon=lexicon)
    assert_partition(beads, zh, en)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 400), st.integers(1, 400), st.integers(0, 9))
def test_any_shape(lexicon: Lexicon, zh: int, en: int, seed: int) -> None:
    # Steep documents left bands that no path led through.
    left, right = sentences(max(zh, en), seed=seed)
    assert_partition(align(left[:zh], right[:en], lexicon=lexicon), zh, en)


def test_nothing_in_common(lexicon: Lexicon) -> None:
    zh, _ = sentences(12, seed=1)
    en = [f"Quite other matters are told of here, part {k}." for k in range(9)]
    assert_partition(align(zh, en, lexicon=lexicon), 12, 9)


def test_translation_as_a_third_channel() -> None:
    # Nothing but the machine translation says what belongs together: equal lengths, no lexicon.
    zh, en = sentences(16, words=3)
    away = en[:5] + en[9:]
    alone = ids(align(zh, away, lexicon=Lexicon.empty()))
    for channel in (Channel(Lang.ZH, en), Channel(Lang.EN, zh[:5] + zh[9:])):
        helped = ids(align(zh, away, lexicon=Lexicon.empty(), translation=channel))
        right = {((k,), (k if k < 5 else k - 4,)) for k in range(16) if not 5 <= k < 9}
        assert len(right & set(helped)) > len(right & set(alone))
    with pytest.raises(ValueError, match="16 sentences, but 1 translations"):
        align(zh, en, lexicon=Lexicon.empty(), translation=Channel(Lang.ZH, ["one"]))


def test_equal_sentences(lexicon: Lexicon) -> None:
    beads = align(["好的。"] * 50, ["Fine."] * 50, lexicon=lexicon)
    assert ids(beads) == [((k,), (k,)) for k in range(50)]


@pytest.mark.slow
def test_ten_thousand_equal_lines(lexicon: Lexicon) -> None:
    beads = align(["好的。"] * 10_000, ["Fine."] * 10_000, lexicon=lexicon)
    assert_partition(beads, 10_000, 10_000)


def test_very_long_sentences(lexicon: Lexicon) -> None:
    zh, en = sentences(6)
    zh[2], en[2] = zh[2] * 400, " ".join([en[2]] * 400)
    beads = align(zh, en, lexicon=lexicon)
    assert ids(beads) == [((k,), (k,)) for k in range(6)]
    assert_partition(beads, 6, 6)


def test_a_page_in_one_line(lexicon: Lexicon) -> None:
    # All pairs of its tokens would be some thousand million.
    zh, en = sentences(3)
    beads = align([s * 8000 for s in zh], [" ".join([s] * 8000) for s in en], lexicon=lexicon)
    assert ids(beads) == [((k,), (k,)) for k in range(3)]


def test_wrong_language_is_refused(lexicon: Lexicon) -> None:
    zh, en = sentences(5)
    with pytest.raises(ValueError, match="the Chinese side is not Chinese"):
        align(en, zh, lexicon=lexicon)
    with pytest.raises(ValueError, match="the English side is not English"):
        align(zh, zh, lexicon=lexicon)


def test_traditional_characters(lexicon: Lexicon) -> None:
    zh, en = sentences(15)
    from tasks.language.hans import to_traditional

    traditional = [to_traditional(s) for s in zh]
    assert ids(align(traditional, en, lexicon=lexicon)) == [((k,), (k,)) for k in range(15)]


def test_copy_is_flagged(lexicon: Lexicon) -> None:
    zh, en = sentences(6)
    zh[3] = en[3]
    beads = align(zh, en, lexicon=lexicon)
    assert Flag.UNTRANSLATED_COPY in beads[3].flags


def test_batch_gives_what_single_documents_give(lexicon: Lexicon) -> None:
    documents = []
    for seed, size in enumerate((3, 17, 25, 60, 1, 90)):
        zh, en = sentences(size, seed=seed)
        documents.append(DocumentPair(zh=zh, en=en[: max(1, size - seed)]))
    batch = align_batch(documents, lexicon=lexicon)
    assert batch == [align(d.zh, d.en, lexicon=lexicon) for d in documents]
    turned = align_batch(documents[::-1], lexicon=lexicon)
    assert turned[::-1] == batch


def test_long_document_in_a_band(lexicon: Lexicon) -> None:
    zh, en = sentences(900, seed=5)
    beads = align(zh, en[:300] + en[330:], lexicon=lexicon)
    right = sum(
        (k,) == b.zh and b.en == ((k,) if k < 300 else (k - 30,)) for b in beads for k in b.zh
    )
    assert right > 850
    assert sum(not b.en for b in beads) >= 28


def test_no_lexicon_still_finds_names_and_lengths() -> None:
    zh = [f"第{k}段里的 Name{k}x 说了{'很' * (k % 7)}多话。" for k in range(25)]
    en = [f"Name{k}x of part {k} said {'very ' * (k % 7)}much." for k in range(25)]
    assert ids(align(zh, en, lexicon=Lexicon.empty())) == [((k,), (k,)) for k in range(25)]


ODD = st.lists(
    st.text(alphabet="好的苹果和。！？“” abcZ'.0\u3000\u200b\x00", max_size=3), max_size=12
)


@settings(max_examples=40, deadline=None)
@given(ODD, ODD)
def test_every_sentence_once(lexicon: Lexicon, zh: list[str], en: list[str]) -> None:
    beads = align(zh, en, lexicon=lexicon)
    assert_partition(beads, len(zh), len(en))


@pytest.mark.slow
def test_same_bytes_across_hash_seeds() -> None:
    # Issue of every dictionary-driven aligner: ties broken by the order of a set.
    program = (
        "from models.lexicon import Lexicon\n"
        "from tasks.align import align\n"
        "from tests.tasks.align.texts import sentences\n"
        "zh, en = sentences(40)\n"
        "print(align(zh, en[:30], lexicon=Lexicon.empty()))\n"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(printed) == 1


def test_settings_are_plain() -> None:
    values = [getattr(AlignSettings(), name) for name in AlignSettings.__dataclass_fields__]
    assert all(isinstance(value, (int, float, str, bool)) for value in values)
