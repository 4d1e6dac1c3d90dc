"""Scripts are counted by letters, over all planes of Unicode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.language.evidence import evidence, together
from tasks.language.script import Letters, count_letters, has_han, is_han, shares


@pytest.mark.parametrize(
    "ch", ["真", "〇", "々", "㐀", "\U00020000", "\U0002ebf0", "\U00030000", "豈"]
)
def test_all_planes_of_chinese_characters_are_han(ch: str) -> None:
    assert is_han(ch)
    assert count_letters(ch) == Letters(han=1)


@pytest.mark.parametrize("ch", ["z", "の", "カ", "한", "。", "１", "ー", "　", "Ω"])
def test_other_characters_are_not_han(ch: str) -> None:
    assert not is_han(ch)


def test_each_script_is_counted_for_itself() -> None:
    assert count_letters("中 aé Ｚ のカ 한 Жд 12，") == Letters(
        han=1, latin=3, kana=2, hangul=1, other=2
    )


def test_a_text_without_letters_has_no_shares() -> None:
    assert shares("2024-11, 12:30！").han == 0
    assert shares("12").latin == 0


@given(st.text())
def test_counts_add_up_over_any_cut(text: str) -> None:
    for at in (0, len(text) // 2, len(text)):
        parts = together([evidence(text[:at]), evidence(text[at:])])
        assert parts.letters == count_letters(text)
    assert has_han(text) == any(map(is_han, text))


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_takes_the_short_way_to_the_same_counts(text: str) -> None:
    assert count_letters(text).latin == sum(map(str.isalpha, text))
