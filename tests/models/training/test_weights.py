"""Learning the weights on a bitext small enough to know the answer."""

import json
import lzma
import random
from pathlib import Path

import pytest

from models.training import weights as training
from models.weights import Weights, load_weights

WORDS = {
    "地震": "earthquake", "疫苗": "vaccine", "总统": "president", "足球": "football",
    "火山": "volcano", "飓风": "hurricane", "医院": "hospital", "半导体": "semiconductor",
    "银行": "bank", "石油": "oil", "大学": "university", "警察": "police",
}  # fmt: skip


@pytest.fixture
def bitext(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lines of two of the words and, on the English side, words that no Chinese word stands for."""
    monkeypatch.setattr(training, "_MAX_SHARE", 0.5)
    monkeypatch.setattr(training, "_PART", 50)
    pairs = list(WORDS.items())
    dice = random.Random(1)
    chinese, english = [], []
    for number in range(240):
        first, second = pairs[number % 12], pairs[(number * 5 + number // 12) % 12]
        chinese.append(f"{first[0]}，{second[0]}。")
        english.append(f"The {second[1]} of the {first[1]}{'s really' * (dice.random() < 0.3)}.")
    for name, lines in (("zh", chinese), ("en", english)):
        with lzma.open(tmp_path / f"train.{name}.xz", "wt", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
    (tmp_path / "pinyin.json").write_text(
        json.dumps(
            {str(ord("王")): "wáng,wàng", str(ord("曾")): "céng,zēng", str(ord("㐀")): "qiū"}
        )
    )
    return tmp_path


def learned(folder: Path) -> Weights:
    out = folder / "out.bin"
    out.write_bytes(training.train(folder, folder / "pinyin.json"))
    return load_weights(out)


def test_words_find_their_translations(bitext: Path) -> None:
    weights = learned(bitext)
    stems = {number: stem for stem, number in weights.stem_ids.items()}
    for zh, en in WORDS.items():
        number, probability = weights.translations(zh)[0]
        assert en.startswith(stems[number])
        assert probability > 0.8


def test_a_word_that_nothing_translates_has_little_weight(bitext: Path) -> None:
    weights = learned(bitext)
    loose = weights.stem_weights[weights.stem_ids["real"]]  # "really", at random
    assert loose < weights.stem_weights[weights.stem_ids["volcano"]] / 2


def test_readings_are_without_tones_and_those_of_names(bitext: Path) -> None:
    weights = learned(bitext)
    assert weights.pinyin("王") == "wang"
    assert weights.pinyin("曾") == "zeng"
    assert weights.pinyin("㐀") is None  # not among the common characters


def test_the_same_bitext_gives_the_same_bytes(bitext: Path) -> None:
    pinyin = bitext / "pinyin.json"
    assert training.train(bitext, pinyin) == training.train(bitext, pinyin)


def test_some_lines_are_held_out() -> None:
    held = [line for line in range(100_000) if training.held_out(line)]
    assert len(held) == 2000
    assert held[0] == training.HELD_BLOCK * training.HELD_AT
