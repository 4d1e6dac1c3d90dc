import gzip
import json
import lzma
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.training.data import DataSettings, prepare_data, read_pairs
from models.training.data_clean import (
    CleanCounts,
    chinese_punctuation,
    clean_pairs,
    clean_text,
    pair_key,
    reason_to_drop,
    side_keys,
)
from models.training.data_noise import PLACEHOLDERS, Kind, NoiseSettings, Use, variants
from models.training.data_pack import PackedData, PackWriter
from tests.models.training.grammar import pairs, write_pairs

ALWAYS = NoiseSettings(lower=1, upper=1, title=1, no_stop=1, traditional=1, ascii_stops=1, terms=1)
SETTINGS = DataSettings(vocabulary=480, valid_pairs=20, noise=ALWAYS)


@pytest.mark.parametrize(
    ("zh", "en", "reason"),
    [
        ("", "a", "empty"),
        ("GDP 2025", "GDP 2025", "same"),
        ("hello there", "Hello there my friend", "zh_script"),
        ("一" * 401, "a " * 400, "long"),
        ("これは本です", "This is a book", "other_script"),
        ("这是一本书", "这 is a book", "en_script"),
        ("这是一本书", "12 34 56 78 90 a", "en_script"),
        ("这是<t1>书", "This is a <t1> book", "placeholder"),
        ("好", "This is a long sentence that says much more", "length"),
        ("这是一本书。", "This is a book.", None),
    ],
)
def test_what_is_left_out(zh: str, en: str, reason: str | None) -> None:
    assert reason_to_drop(zh, en) == reason


def test_pairs_are_kept_once_and_test_sets_stay_out() -> None:
    counts = CleanCounts()
    given_pairs = [
        ("这是一本书。", "This is a book."),
        ("这是一本书", "this is a Book"),
        ("那是一辆车。", "That is a car."),
        ("他喜欢茶。", "He likes tea."),
    ]
    exclude = side_keys(["He likes tea!", "那是 一辆车"])
    kept = list(clean_pairs(given_pairs, side_keys([]) | exclude, counts))
    # A key of one side is made as of a pair whose other side is empty.
    assert kept == [given_pairs[0]]
    assert counts.dropped == {"duplicate": 1, "test_set": 2}


@given(st.text(max_size=60))
def test_cleaning_is_done_at_once(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert "\n" not in once
    assert "\t" not in once
    assert chinese_punctuation(chinese_punctuation(once)) == chinese_punctuation(once)


def test_numbers_and_addresses_keep_their_punctuation() -> None:
    text = "售价3,000元，见https://example.org，时间10:30"
    assert chinese_punctuation(text) == text


def test_every_kind_of_variant_says_what_it_is() -> None:
    terms = [("电池", "battery")]
    seen = set()
    for zh, en in (
        ("这家公司发布了新电池，很好。", "The company released a new battery, good."),
        ("NASA发布了新软件。", "NASA released new software."),
    ):
        for row in variants(zh, en, terms, ALWAYS):
            seen.add(row.kind)
            if row.kind in (Kind.LOWER, Kind.UPPER, Kind.TITLE):
                assert (row.zh, row.use) == (zh, Use.EN_ZH)
                assert row.en.lower() == en.lower()
            elif row.kind is Kind.NO_STOP:
                assert (row.zh, row.en) == (zh[:-1], en[:-1])
            elif row.kind is Kind.TRADITIONAL:
                assert (row.en, row.use) == (en, Use.ZH_EN)
                assert "發" in row.zh
            elif row.kind is Kind.ASCII_STOPS:
                assert row.zh.endswith(".")
            elif row.kind is Kind.PLACEHOLDER:
                (token,) = [token for token in PLACEHOLDERS if token in row.zh]
                assert token in row.en
            elif row.kind is Kind.TERM_IN_ZH:
                assert "battery" in row.zh
            elif row.kind is Kind.TERM_IN_EN:
                assert "电池" in row.en
    assert seen >= set(Kind) - {Kind.PLAIN, Kind.PLACEHOLDER}


def test_variants_are_drawn_from_the_text_alone() -> None:
    settings = NoiseSettings()
    drawn = [list(variants(zh, en, (), settings)) for zh, en in pairs(200)]
    again = [list(variants(zh, en, (), settings)) for zh, en in reversed(pairs(200))]
    assert drawn == again[::-1]
    assert 0 < sum(map(len, drawn)) < 80


def test_a_prepared_folder_holds_all_rows_and_can_be_made_again(tmp_path: Path) -> None:
    zh, en = write_pairs(tmp_path, 120)
    first = prepare_data(zh, en, tmp_path / "a", SETTINGS, terms=[("机器人", "robots")])
    second = prepare_data(zh, en, tmp_path / "b", SETTINGS, terms=[("机器人", "robots")])
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name
    assert first.rows == second.rows == sum(first.kinds.values())
    assert first.kinds["plain"] + first.valid == 120
    data = PackedData.load(tmp_path / "a")
    assert len(data) == first.rows
    from sentencepiece import SentencePieceProcessor

    processor = SentencePieceProcessor(model_file=str(tmp_path / "a" / "source.spm"))
    texts = [
        processor.decode([int(i) for i in data.en[data.en_at[row] : data.en_at[row + 1]]])
        for row in range(len(data))
        if data.kinds[row] == Kind.PLAIN
    ]
    held_out = {
        line.split("\t")[1]
        for line in (tmp_path / "a" / "valid.tsv").read_text().split("\n")
        if line
    }
    assert set(texts) | held_out == {pair[1] for pair in pairs(120)}
    assert not set(texts) & held_out
    vocabulary = json.loads((tmp_path / "a" / "vocab.json").read_text())
    assert sorted(vocabulary.values()) == list(range(len(vocabulary)))
    assert list(vocabulary)[-3:] == [">>zh<<", ">>en<<", "<pad>"]
    assert set(PLACEHOLDERS) <= set(vocabulary)
    assert "<0xE4>" in vocabulary


def test_packed_inputs_are_read(tmp_path: Path) -> None:
    zh, en = write_pairs(tmp_path, 40)
    zh_xz, en_gz = tmp_path / "zh.xz", tmp_path / "en.gz"
    zh_xz.write_bytes(lzma.compress(zh.read_bytes()))
    en_gz.write_bytes(gzip.compress(en.read_bytes()))
    assert list(read_pairs(zh_xz, en_gz)) == pairs(40)


def test_files_of_different_length_are_refused(tmp_path: Path) -> None:
    zh, en = write_pairs(tmp_path, 40)
    short = tmp_path / "short"
    short.write_text("a\n", encoding="utf-8")
    with pytest.raises(ValueError, match="ends at line 1"):
        prepare_data(zh, short, tmp_path / "out", SETTINGS)
    with pytest.raises(ValueError, match="is shorter"):
        prepare_data(short, en, tmp_path / "out", SETTINGS)
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".preparing-*"))


def test_a_line_separator_does_not_end_a_line(tmp_path: Path) -> None:
    # U+2028 and U+0085 in a sentence once put the two sides out of step.
    zh, en = tmp_path / "zh", tmp_path / "en"
    zh.write_text("一\u2028二\x85三\n四\n", encoding="utf-8")
    en.write_text("one two\nfour\n", encoding="utf-8")
    assert [pair[1] for pair in read_pairs(zh, en)] == ["one two", "four"]


def test_an_incomplete_folder_is_refused(tmp_path: Path) -> None:
    writer = PackWriter()
    writer.add(0, 0, [1, 2], [3])
    writer.add(7, 2, [4], [5, 6])
    writer.write(tmp_path, {"placeholders": []})
    data = PackedData.load(tmp_path)
    assert data.kinds.tolist() == [0, 7]
    assert data.uses.tolist() == [0, 2]
    assert data.zh[data.zh_at[1] : data.zh_at[2]].tolist() == [4]
    (tmp_path / "en.xz").write_bytes(lzma.compress(b"\1\0"))
    with pytest.raises(ValueError, match="do not belong together"):
        PackedData.load(tmp_path)
    (tmp_path / "meta.json").unlink()
    with pytest.raises(ValueError, match=r"meta\.json is missing"):
        PackedData.load(tmp_path)


def test_packing_needs_little_more_memory_than_the_rows(tmp_path: Path) -> None:
    tracemalloc.start()
    writer = PackWriter()
    row = list(range(30))
    for _ in range(20_000):
        writer.add(0, 0, row, row)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * 20_000 * 2 * 2 * 30


def test_keys_ignore_case_blanks_and_punctuation() -> None:
    assert pair_key("你好！", "Hello, World") == pair_key("你 好", "hello world")
    assert pair_key("a", "b") != pair_key("ab", "")
