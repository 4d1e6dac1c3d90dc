"""Words of the weights table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.weights import chinese_words, latin_words, stem


def test_chinese_words_leave_out_marks_numbers_and_latin() -> None:
    assert chinese_words("国会通过了 GDP 预算案,增长3.5%。") == [
        "国会",
        "通过",
        "了",
        "预算案",
        "增长",
    ]
    assert chinese_words("GDP 3.5%") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ＧＤＰ是５G", ["GDP", "5G"]),
        ("ﬁnancé’s café", ["financ" + "e", "cafe"]),
        ("cafe\u0301", ["cafe"]),
        ("1,000 m2", ["m2"]),
        ("国会don't", ["dont"]),
        ("", []),
    ],
)
def test_latin_words_without_their_finery(text: str, words: list[str]) -> None:
    assert latin_words(text) == words


@pytest.mark.parametrize(
    "forms",
    [
        ("vaccine", "vaccines"),
        ("stop", "stops", "stopped", "stopping"),
        ("city", "cities"),
        ("make", "makes", "making"),
        ("box", "boxes"),
        ("call", "called", "calling"),
        ("Volcano", "volcanos"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    assert all(word.isascii() for word in latin_words(text))
    assert all(stem(word) == stem(word.upper()) for word in latin_words(text))
    assert all(word in text for word in chinese_words(text))
