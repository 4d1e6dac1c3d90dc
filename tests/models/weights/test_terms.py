"""Words of the weights table."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.weights import chinese_words, counted, latin_places, latin_words, stem


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


LIKE_NEWS = (
    st.text(st.sampled_from("aZs09 5G'’-é\u0301Ａ５ﬁ中，\n\0\ud800"), max_size=30) | st.text()
)


@given(st.lists(LIKE_NEWS, max_size=5))
def test_the_words_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    data, start, end, done = latin_places(texts)
    words = [data[low:high].decode() for low, high in zip(start, end, strict=True)]
    low = 0
    for text, high in zip(texts, done, strict=True):
        assert words[low:high] == latin_words(text)
        low = high
    assert low == len(words)


@given(st.lists(st.lists(st.integers(0, 9), max_size=20), max_size=5))
def test_numbers_are_counted_text_by_text(texts: list[list[int]]) -> None:
    numbers = np.array([n for text in texts for n in text], np.int32)
    done = np.cumsum(list(map(len, texts))).astype(np.int64)
    different, times, until = counted(numbers, done, 10)
    low = 0
    for text, high in zip(texts, until, strict=True):
        found = zip(different[low:high].tolist(), times[low:high].tolist(), strict=True)
        assert list(found) == list(Counter(text).items())
        low = high
