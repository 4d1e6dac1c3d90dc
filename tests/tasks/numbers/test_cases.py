"""Forms of one value have one key in both languages; words that are no numbers have none."""

from pathlib import Path

import pytest

from models.records import Lang
from tasks.numbers import Kind, keys, numbers


def _cases() -> list[tuple[str, Lang, list[str]]]:
    lines = (Path(__file__).parent / "cases.txt").read_text("utf-8").split("\n")
    out = []
    for line in lines:
        if line and not line.startswith("#"):
            expected, zh, en = line.split(" | ")
            for lang, forms in ((Lang.ZH, zh), (Lang.EN, en)):
                out += [(form.strip(), lang, expected.split()) for form in forms.split(" / ")]
    return out


@pytest.mark.parametrize(("form", "lang", "expected"), _cases())
def test_forms_of_one_value(form: str, lang: Lang, expected: list[str]) -> None:
    assert sorted(number.key for number in numbers(form, lang)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    ["一些", "一个", "一年", "有一天", "万一", "千万别忘", "十分重要", "数十人", "几十万人", "十几个", "好几百",
     "三四十人", "七八个", "三五年", "百万富翁", "三星", "五一假期", "周三", "星期五", "周四大约", "第一", "第二天", "四川", "百度", "一一列举",
     "半导体", "一点也不", "成千上万", "四处", "千方百计", "亿万", "统一", "万里长城", "双方", "上百人"],
)  # fmt: skip
def test_chinese_words_that_are_no_numbers(text: str) -> None:
    assert keys(text, Lang.ZH) == ()


@pytest.mark.parametrize(
    "text",
    ["one of them", "dozens of cars", "hundreds of people", "millions", "a few hundred", "May I ask", "March on",
     "a second later", "per second", "the first", "once", "quarter-finals", "a double-edged sword", "someone", "often",
     "weighty", "attend", "tension", "World War II", "second-hand", "first of all", "one", "the 1st"],
)  # fmt: skip
def test_english_words_that_are_no_numbers(text: str) -> None:
    assert keys(text, Lang.EN) == ()


def test_the_span_holds_the_words_of_the_value() -> None:
    text = "净利润达到1.2万亿元，增长百分之五"
    assert [text[slice(*n.span)] for n in numbers(text, Lang.ZH)] == ["1.2万亿", "百分之五"]
    text = "Up five percent to $1.2 trillion, half a million short of March 5"
    assert [text[slice(*n.span)] for n in numbers(text, Lang.EN)] == [
        "five percent",
        "1.2 trillion",
        "half a million",
        "March 5",
    ]


def test_kinds() -> None:
    text = "2024年第四季度增长5%，Q4发布V12.3，下午2点，3月5日，第二，三分之二，两倍，90年代"
    assert {number.kind for number in numbers(text, Lang.ZH)} == set(Kind) - {
        Kind.NUMBER,
        Kind.HALF,
    }


def test_addresses_hold_no_numbers() -> None:
    text = "See https://a.example/2024/05 or mail to a12@b34.example"
    assert keys(text, Lang.EN) == ()


def test_arithmetic_is_exact() -> None:
    # 0.07 * 100000000 is 7000000.000000001 in floats.
    assert keys("0.07亿", Lang.ZH) == keys("0.007 billion", Lang.EN) == ("7e6",)
    assert keys("1.1万", Lang.ZH) == ("11000",)


def test_keys_are_a_multiset_in_sorted_order() -> None:
    assert keys("两座厂房，两条线，1条", Lang.ZH) == ("2", "2")
