"""Numbers of two sides: what is the same, what is missing, and what is surely wrong."""

import pytest

from models.records import Lang
from tasks.check.figures import NumberCheck, compare_numbers, without
from tasks.numbers import numbers


def compare(zh: str, en: str) -> NumberCheck:
    return compare_numbers(numbers(zh, Lang.ZH), numbers(en, Lang.EN))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("1.2万亿元", "1.2 trillion yuan"),
        ("百分之五", "5%"),
        ("两成", "20%"),
        ("3月5日", "March 5"),
        ("第2条", "Article 2"),  # ordinal and number
        ("5月", "May 9"),  # one says less
        ("1253万人", "12.5 million people"),  # rounded
        ("下午2:30", "2:30"),  # with and without half of the day
        ("共有40人,40人到场", "all 40 came"),  # said twice
    ],
)
def test_the_same_said_in_another_way_is_no_difference(zh: str, en: str) -> None:
    assert compare(zh, en) == NumberCheck((), (), False)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("增长12%", "rose 21%"),
        ("有40人", "50 people"),
        ("3月5日", "March 6"),
        ("2024年", "in 2023"),
        ("上午9:30", "at 9:40"),
        ("XARM-37型", "the XARM-47"),
        ("共56,700人", "many people"),  # a figure that no translation leaves out
        ("许多人", "as many as 56,700 people"),
        ("占37%", "a part of it"),
    ],
)
def test_what_cannot_be_the_same_is_a_mismatch(zh: str, en: str) -> None:
    assert compare(zh, en).mismatch


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("一对夫妇和2个孩子", "a couple and their children"),
        ("这很好", "one of the two"),
        ("去年", "in 2023"),
        ("占50%", "half of it"),
        ("在3月", "in spring"),
        ("近40人", "dozens of people"),
    ],
)
def test_what_translations_turn_or_lose_is_listed_but_no_mismatch(zh: str, en: str) -> None:
    found = compare(zh, en)
    assert not found.mismatch


def test_the_keys_of_both_sides_are_listed_in_order() -> None:
    found = compare("7.5%的人,90天,3月5日", "80 days, March 5")
    assert found.zh_only == ("7.5%", "90")
    assert found.en_only == ("80",)


def test_a_text_without_its_numbers() -> None:
    text = "从3月5日到12日增长1.2万亿元"
    rest = without(text, numbers(text, Lang.ZH))
    assert "增长" in rest
    assert not any(ch.isdigit() for ch in rest)
    assert without("nothing", ()) == "nothing"
