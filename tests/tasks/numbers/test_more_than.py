"""Numerals with 多, 余 or 来 ("more than") inside, wherever they stand."""

import pytest

from models.records import Lang
from tasks.numbers import keys


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("一百多万倍", "1e6"),  # once a KeyError, found while signing the bitext
        ("增长一百多万人", "1e6"),
        ("两千余万元", "2e7"),
        ("20多万辆", "200000"),
    ],
)
def test_more_than(text: str, key: str) -> None:
    assert keys(text, Lang.ZH) == (key,)


@pytest.mark.parametrize("unit", ["倍", "%", "成", "分之一", "万", "人", "年"])
@pytest.mark.parametrize("vague", "多余来几")
def test_vague_numerals_never_raise(vague: str, unit: str) -> None:
    for front in ("一百", "3", "三十", "千"):
        for back in ("", "万", "亿"):
            keys(f"约{front}{vague}{back}{unit}。", Lang.ZH)
