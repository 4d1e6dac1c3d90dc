"""Expressions written to search quickly find what their plain forms find."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tasks.zones.quick import any_word
from tasks.zones.shapes import (
    _LONGEST_ROW,
    _QUOTE,
    _ROW,
    _SIGNS,
    _TECHNICAL,
    _quotes,
    ending,
    is_row,
)

_WORDS = ("kiss", "kisses", "is", "s")
_PLAIN_WORDS = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_PLAIN_TECHNICAL = re.compile(
    rf"https?:|www\.|\w@\w|(?:^|\s)@\w|[{_SIGNS}]|\.(?:com|cn|net|org|example)\b"
    r"|[:：]\s?\d[\d\- ]{6}",
    re.IGNORECASE,
)


@given(st.lists(st.sampled_from(["k", "K", "\u212a", "i", "ı", "s", "ſ", "e", " ", "_", "."])))
def test_whole_words_in_any_case(letters: list[str]) -> None:
    text = "".join(letters)
    found, plain = any_word(_WORDS).search(text), _PLAIN_WORDS.search(text)
    assert (found and found.span()) == (plain and plain.span())


@given(
    st.lists(st.sampled_from([*"@.:：© a\n1-", "http", "HTTPS", "www", "com", "123-456"])).map(
        "".join
    )
)
def test_addresses_and_signs(text: str) -> None:
    assert (_TECHNICAL.search(text) is None) == (_PLAIN_TECHNICAL.search(text) is None)


def test_the_longest_remark_is_seen_behind_a_sentence() -> None:
    assert ending(f"The river rose. ({'x' * 40})") == "stop"
    assert ending(f"The river rose. ({'x' * 41})") != "stop"


@given(
    st.lists(st.sampled_from([*'1,.年-—%°_k" 。:“', "Butter ", " 12", " 4.10", "2024", "三 "])).map(
        "".join
    ),
)
def test_first_looks_at_rows_and_quotations(text: str) -> None:
    assert is_row(text) == (_ROW.fullmatch(text) is not None)
    assert _quotes(text) == (_QUOTE.search(text) is not None)


def test_the_longest_row() -> None:
    """Longer lines are no rows whatever they hold, and are not searched."""
    row = "a" * 60 + (" " * 8 + "$1" + "0" * 14 + "1kkkk") * 12
    assert len(row) == _LONGEST_ROW
    assert is_row(row)
