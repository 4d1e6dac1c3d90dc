"""The weights table: packing, loading, and what the shipped one knows."""

import zlib
from pathlib import Path

import msgspec
import pytest

from models.weights import WeightsError, load_weights, pack_weights


def packed(**changes: object) -> bytes:
    content: dict[str, object] = {
        "stems": ["earthquak", "quak", "the"],
        "weights": [2.0, 1.5, 0.0],
        "translations": {"震": [(1, 0.5)], "地震": [(0, 0.8), (1, 0.1)]},
        "pinyin": {"地": "di", "震": "zhen"},
    }
    return pack_weights(**{**content, **changes})  # type: ignore[arg-type]


def test_what_is_packed_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(packed())
    weights = load_weights(file)
    assert weights.stem_ids == {"earthquak": 0, "quak": 1, "the": 2}
    assert list(weights.stem_weights) == [2.0, 1.5, 0.0]
    assert [key for key, _ in weights.translations("地震")] == [0, 1]
    assert weights.translations("地震")[0][1] == pytest.approx(0.8, abs=0.01)
    assert weights.translations("火山") == []
    assert weights.pinyin("地震") == "dizhen"
    assert weights.pinyin("地x") is None
    assert weights.syllables == {"di", "zhen"}


def test_the_same_content_gives_the_same_bytes() -> None:
    assert packed() == packed(pinyin={"震": "zhen", "地": "di"})
    assert packed() != packed(weights=[2.0, 1.5, 0.1])


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    other = msgspec.msgpack.encode({"format": 1})
    stored = msgspec.msgpack.decode(zlib.decompress(packed()))
    newer = msgspec.msgpack.encode({**stored, "format": 99})
    for number, content in enumerate((b"", b"weights", zlib.compress(other), zlib.compress(newer))):
        file = tmp_path / f"{number}.bin"
        file.write_bytes(content)
        with pytest.raises(WeightsError, match=str(file)):
            load_weights(file)


def test_the_shipped_table_knows_words_of_the_news() -> None:
    weights = load_weights()
    stems = {number: stem for stem, number in weights.stem_ids.items()}
    best = {w: stems[weights.translations(w)[0][0]] for w in ("疫苗", "北京", "总统", "半导体")}
    assert best == {
        "疫苗": "vaccin",
        "北京": "beij",
        "总统": "president",
        "半导体": "semiconductor",
    }
    assert weights.pinyin("王志强") == "wangzhiqiang"


def test_common_words_have_no_weight_and_telling_ones_have() -> None:
    weights = load_weights()
    for common in ("the", "and", "with"):
        assert weights.stem_weights[weights.stem_ids[common]] == 0
    assert weights.stem_weights[weights.stem_ids["vaccin"]] > 1.5
    assert len(weights.stem_ids) < 1 << 16
