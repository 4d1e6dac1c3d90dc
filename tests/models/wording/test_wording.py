"""The table of wording: features, packing, learning, and what the shipped one knows."""

import zlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.training.wording import Lines, learn, read_written
from models.wording import (
    Wording,
    WordingError,
    load_wording,
    pack_wording,
    wording_features,
)


@given(st.text(max_size=80))
def test_case_numbers_and_the_last_stop_do_not_matter(line: str) -> None:
    features = wording_features(line)
    assert len(features) == len(set(features))
    assert wording_features(f"{line} 12,5.") == features


def test_a_line_has_words_pairs_and_threes_of_characters() -> None:
    assert wording_features("App 下载客") == [
        "app", "^ app", "app 下", "^ app 下", "下 载", "app 下 载", "载 客", "下 载 客", "客 $", "载 客 $",
    ]  # fmt: skip


def test_what_is_packed_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "wording.bin"
    file.write_bytes(pack_wording(-1.0, {"sign": 2.0, "^ sign": 0.01, "关 注": -0.5}))
    wording = load_wording(file)
    assert wording.bias == -1.0
    assert wording.weights == pytest.approx({"sign": 2.0, "关 注": -0.5})  # nothing is left out
    assert wording.odds("Sign") == pytest.approx(-1.0 + 2.0 / 3**0.5)  # of three features
    assert wording.odds("") == pytest.approx(-1.0)


def test_the_order_of_the_features_does_not_change_the_bytes() -> None:
    assert pack_wording(0.0, {"a": 1.0, "b": 2.0}) == pack_wording(0.0, {"b": 2.0, "a": 1.0})


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    newer = {"format": 99, "bias": 0.0, "features": "", "weights": b""}
    for number, content in enumerate(
        (b"", b"wording", zlib.compress(msgspec.msgpack.encode(newer)))
    ):
        file = tmp_path / f"{number}.bin"
        file.write_bytes(content)
        with pytest.raises(WordingError, match=str(file)):
            load_wording(file)


def test_words_of_sites_are_learned() -> None:
    names = ("Harbour", "Valley", "Delta", "Ridge")
    lines = Lines(
        furniture=[f"Log in to read the {name}" for name in names],
        article=[f"The {name} council met to read the plan" for name in names],
        sentences=["The river rose again.", "Nobody was hurt."],
    )
    wording = Wording(*learn(lines))
    assert wording.odds("Log in to go on") > wording.odds("The council met again") + 1


def test_tags_of_values_are_no_words(tmp_path: Path) -> None:
    (tmp_path / "front_en.txt").write_text("By {A:Lena Ortwick}\n\n", "utf-8")
    (tmp_path / "front_zh.txt").write_text("記者{A:王強}\n", "utf-8")
    assert read_written(tmp_path, "front") == ["By Lena Ortwick", "记者王强"]


@pytest.mark.parametrize(
    "line",
    [
        "Log in to pick up your reading where you stopped",
        "Get our weekly letter in your inbox",
        "打开手机客户端，继续阅读精彩内容",
        "觉得不错就点个在看再走吧",
    ],
)
def test_the_shipped_table_knows_lines_of_sites(line: str) -> None:
    assert load_wording().odds(line) > 0.5


@pytest.mark.parametrize(
    "line",
    [
        "The newspaper lost a tenth of its subscribers in the spring, its owner said.",
        "By Lena Ortwick and Sam Pryde, Harrowgate Courier",
        "昨天下午，渡轮在港口停了三个小时，没有人受伤。",
        "记者 周文岚 摄影 李可",
    ],
)
def test_the_shipped_table_knows_lines_of_texts(line: str) -> None:
    assert load_wording().odds(line) < 0.0
