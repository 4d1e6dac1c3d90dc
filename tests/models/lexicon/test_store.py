import random
from collections import Counter
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


def model1(
    zh: list[list[str]], en: list[list[str]], iterations: int
) -> dict[tuple[str, str], float]:
    """t(English | Chinese) as Brown et al. (1993) write it, the empty word as ``""``; pairs that
    meet on one line only are left out.
    """
    met = Counter((z, e) for a, b in zip(zh, en, strict=True) for z in ["", *a] for e in b)
    t = {pair: 1.0 for pair, count in met.items() if count > 1}
    for _ in range(iterations):
        count: Counter[tuple[str, str]] = Counter()
        for a, b in zip(zh, en, strict=True):
            for e in b:
                total = sum(t.get((z, e), 0.0) for z in ["", *a])
                for z in ["", *a]:
                    if (z, e) in t:
                        count[z, e] += t[z, e] / total
        given: Counter[str] = Counter()
        for (z, _), value in count.items():
            given[z] += value
        t = {(z, e): count[z, e] / given[z] for z, e in t}
    return t


def test_training_is_model_1() -> None:
    rng = random.Random(5)
    zh = [rng.sample([f"z{k}" for k in range(12)], rng.randint(1, 6)) for _ in range(80)]
    en = [[f"e{z[1:]}" for z in line if rng.random() < 0.8] or ["e0"] for line in zh]
    settings = LexiconTraining(min_ratio=0.0, discount=0.0, min_count=1)
    lexicon = train(zh, en, edges={}, settings=settings)
    expected = model1(zh, en, settings.iterations)
    ratios = level_ratios()
    checked = 0
    for z, number in lexicon.zh_index.items():
        for k in range(lexicon.start[number], lexicon.start[number + 1]):
            e = list(lexicon.en_index)[lexicon.en[k]]
            ratio = expected[z, e] / lexicon.p_en[lexicon.en[k]]
            if ratio > 1.1:  # smaller ones are kept as "no link"
                assert ratios[lexicon.en_level[k]] == pytest.approx(ratio, rel=0.06)
                checked += 1
    assert checked >= 12


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
