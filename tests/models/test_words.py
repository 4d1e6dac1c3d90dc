"""Words by number."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.words import WordNumbers, between_blanks

words = st.text(st.characters(), min_size=1, max_size=6)


def places(found: list[str]) -> tuple[bytes, "np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    data = [word.encode("utf-8", "surrogatepass") for word in found]
    return b"".join(data), np.cumsum([0, *map(len, data)])


@given(st.lists(st.lists(words, max_size=30), max_size=4), st.integers(1, 20))
def test_equal_words_have_equal_numbers(texts: list[list[str]], most: int) -> None:
    """Also where the words are many more than are remembered, and the table grows."""
    table = WordNumbers(len, most=most)
    for text in texts:
        data, at = places(text)
        numbers, known = table.of(data, at[:-1], at[1:])
        assert [known.names[number] for number in numbers] == text
        assert known.values[numbers].tolist() == list(map(len, text))
        assert len(set(known.names)) == len(known.names)


def test_thousands_of_words() -> None:
    """The table is made larger several times; a hash of 64 bits alone decides nothing."""
    table = WordNumbers(int, most=1 << 20)
    found = [str(n) for n in range(20_000)]
    data, at = places(found)
    for _ in range(2):
        numbers, known = table.of(data, at[:-1], at[1:])
        assert known.values[numbers].tolist() == list(range(20_000))


def test_no_more_words_are_kept_than_asked_for() -> None:
    table = WordNumbers(len, most=10)
    for start in range(0, 100, 5):
        data, at = places([str(n) for n in range(start, start + 5)])
        _, known = table.of(data, at[:-1], at[1:])
        assert len(known.names) <= 15


@given(st.text(st.sampled_from(" a’\n\t中") | st.characters()))
def test_words_stand_between_blanks(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    start, end = between_blanks(data)
    found = [data[low:high] for low, high in zip(start, end, strict=True)]
    assert found == [word for word in data.split(b" ") if word]
