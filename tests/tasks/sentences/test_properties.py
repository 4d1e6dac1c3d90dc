"""What holds for every text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records import Lang
from tasks.sentences import split_sentences

MARKS = "。！？.!?…；，,”“\"'’‘」「（）()《》 \n\u3000\u0085\u2028"
WORDS = [
    "他说",
    "走了",
    "表示",
    "的",
    "U.S.",
    "Mr",
    "The",
    "he",
    "said",
    "No",
    "AI",
    "e.g",
    "Inc",
    "iPhone",
]
PARTS = st.sampled_from([*MARKS, *WORDS, "3.5", "12", "5", "[1]", "a.m", "A", "é", "😀"])
TEXTS = st.one_of(st.text(max_size=60), st.lists(PARTS, max_size=40).map("".join))
LANGS = st.sampled_from(list(Lang))


@given(TEXTS, LANGS)
def test_sentences_hold_every_character_once(text: str, lang: Lang) -> None:
    spans = split_sentences(text, lang)
    covered: list[int] = []
    for start, end in spans:
        assert start < end
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        covered += range(start, end)
    assert covered == sorted(set(covered))
    outside = set(range(len(text))) - set(covered)
    assert all(text[at].isspace() for at in outside)


@given(TEXTS, LANGS)
def test_no_sentence_is_made_of_marks_alone(text: str, lang: Lang) -> None:
    spans = split_sentences(text, lang)
    if any(ch.isalnum() for ch in text):
        assert all(any(ch.isalnum() for ch in text[start:end]) for start, end in spans)
    else:
        assert len(spans) <= 1


@given(TEXTS, LANGS)
def test_blanks_around_a_block_change_nothing(text: str, lang: Lang) -> None:
    inner = split_sentences(text.strip(), lang)
    shift = 2 + len(text) - len(text.lstrip())
    outer = split_sentences(f"  {text}\n", lang)
    assert outer == [(start + shift, end + shift) for start, end in inner]


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("unit", ["1. foo ", '." ', '"."a', "。”", "……", "U.S. ", "a. ' ", "“A。"])
def test_work_grows_with_the_text_only(unit: str, lang: Lang) -> None:
    # Quadratic work would take minutes here; the test's own time limit would end it.
    assert split_sentences(unit * 20_000, lang)
