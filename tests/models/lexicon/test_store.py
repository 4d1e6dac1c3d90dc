from pathlib import Path

import numpy as np
import pytest

from models.lexicon import Lexicon, load_lexicon, save_lexicon
from models.lexicon.store import SHIPPED, level_ratios, ratio_levels
from models.training.lexicon import LexiconTraining, train


def made() -> Lexicon:
    zh = [["猫", "在", "家"], ["狗", "在", "家"], ["猫", "跑"], ["狗", "跑"]] * 5
    en = [["cat", "home"], ["dog", "home"], ["cat", "run"], ["dog", "run"]] * 5
    return train(zh, en, edges={"first": {"w w": 0.5}}, settings=LexiconTraining(min_ratio=1.1))


def test_learns_translations() -> None:
    lexicon = made()
    z, e = lexicon.zh_index["猫"], lexicon.en_index["cat"]
    links = slice(lexicon.start[z], lexicon.start[z + 1])
    best = lexicon.en[links][lexicon.en_level[links].argmax()]
    assert best == e


def test_round_trip_and_same_bytes(tmp_path: Path) -> None:
    lexicon = made()
    save_lexicon(lexicon, tmp_path / "a.bin")
    save_lexicon(made(), tmp_path / "b.bin")
    assert (tmp_path / "a.bin").read_bytes() == (tmp_path / "b.bin").read_bytes()
    back = load_lexicon(tmp_path / "a.bin")
    assert dict(back.zh_index) == dict(lexicon.zh_index)
    assert np.array_equal(back.en, lexicon.en)
    assert np.array_equal(back.en_level, lexicon.en_level)
    assert back.edges == lexicon.edges
    assert len(back.digest) == 64


def test_chunks_do_not_change_the_lexicon() -> None:
    zh = [[f"z{k % 7}", f"z{k % 5}", f"z{k % 3}"] for k in range(60)]
    en = [[f"e{k % 7}", f"e{k % 5}"] for k in range(60)]
    one = train(zh, en, edges={}, settings=LexiconTraining(min_ratio=0.1))
    many = train(zh, en, edges={}, settings=LexiconTraining(min_ratio=0.1, chunk_pairs=30))
    assert np.array_equal(one.en, many.en)
    assert np.array_equal(one.en_level, many.en_level)


def test_unequal_sides_are_refused() -> None:
    with pytest.raises(ValueError, match="2 Chinese and 1 English lines"):
        train([["a"], ["b"]], [["c"]], edges={})


def test_no_lexicon_file(tmp_path: Path) -> None:
    other = tmp_path / "x.bin"
    other.write_bytes(b"something else")
    with pytest.raises(ValueError, match="is not a zhen lexicon"):
        load_lexicon(other)
    with pytest.raises(FileNotFoundError):
        load_lexicon(tmp_path / "missing.bin")


def test_levels() -> None:
    ratios = np.array([0.0, 1.0, 2.0, 1e3, 1e9])
    levels = ratio_levels(ratios)
    assert levels[:2].tolist() == [0, 0]
    assert level_ratios()[levels[2:4]] == pytest.approx([2.0, 1e3], rel=0.03)
    assert levels[4] == 255


def test_shipped_lexicon_is_small_and_known() -> None:
    assert SHIPPED.stat().st_size <= 15 * 1024 * 1024
    lexicon = load_lexicon()
    assert len(lexicon) > 1_000_000
    assert "经济" in lexicon.zh_index
