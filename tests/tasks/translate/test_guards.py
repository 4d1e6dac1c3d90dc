import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.engines import EngineNote, Translation
from models.records import Lang
from tasks.translate.guards import (
    FATAL,
    Fault,
    find_faults,
    is_loop,
    length_faults,
    lost_numbers,
    needs_translation,
)

ZH = "这家公司今年在上海建成了一座新的电池工厂。"
EN = "The company built a new battery plant in Shanghai this year."


def faults(text: str, answer: str, source: Lang = Lang.ZH) -> list[Fault]:
    target = Lang.EN if source is Lang.ZH else Lang.ZH
    return find_faults(text, Translation(answer), source, target)


def test_a_good_translation_has_no_fault_in_either_direction() -> None:
    assert faults(ZH, EN) == []
    assert faults(EN, ZH, Lang.EN) == []


@pytest.mark.parametrize("answer", ["", "   ", "...", "。", "“”"])
def test_nothing_but_punctuation_is_empty(answer: str) -> None:
    assert faults(ZH, answer) == [Fault.EMPTY]


@pytest.mark.parametrize(
    "answer",
    [
        "The company, the company, the company, the company, the company, the company said",
        "I I I I I I I I I I I I I I",
        "It is a good thing and it is a good time. " * 6,
    ],
)
def test_loops_of_words_are_found(answer: str) -> None:
    assert Fault.LOOP in faults(ZH, answer)


def test_loops_of_characters_are_found() -> None:
    assert Fault.LOOP in faults(EN, "新的工厂" * 6, Lang.EN)


def test_a_loop_that_stands_in_the_source_is_no_fault() -> None:
    assert Fault.LOOP not in faults("哈" * 14 + "，他笑了", "ha " * 14 + "he laughed")


@pytest.mark.parametrize(
    "text",
    [
        "The more you learn the more you know, the more you know the more you forget.",
        "New York, New York",
        "No, no, no, he said.",
        "A rose is a rose is a rose is a rose.",
        "哈哈哈，太好了。",
    ],
)
def test_rhetoric_is_no_loop(text: str) -> None:
    assert not is_loop(text)


def test_copies_and_wrong_scripts_are_fatal() -> None:
    assert faults(ZH, ZH)[0] is Fault.COPY
    assert Fault.COPY in faults(EN, EN.upper(), Lang.EN)
    assert Fault.WRONG_SCRIPT in faults(ZH, "这家公司今年在上海 built 了一座新工厂。")
    assert Fault.WRONG_SCRIPT in faults(
        EN, "The company built a 新 battery plant in Shanghai", Lang.EN
    )


def test_a_name_may_stay_as_it_is_in_chinese() -> None:
    assert faults("OpenAI", "OpenAI", Lang.EN) == []
    assert faults("Tesla Model", "Tesla Model", Lang.EN) == []


def test_an_output_without_end_and_a_left_over_token_are_fatal() -> None:
    cut = Translation(EN, None, (EngineNote.TRUNCATED,))
    assert find_faults(ZH, cut, Lang.ZH, Lang.EN) == [Fault.TRUNCATED]
    assert Fault.PLACEHOLDER in faults(ZH, EN + " <t1>")
    assert Fault.PLACEHOLDER in faults(ZH, EN + " ⁇")


def test_lengths_that_cannot_be_are_fatal_and_odd_ones_are_not() -> None:
    assert length_faults("一" * 40, "It") == [Fault.LENGTH_EXTREME]
    assert length_faults("好", "good " * 30) == [Fault.LENGTH_EXTREME]
    assert length_faults("一" * 40, "Some words here, few") == [Fault.LENGTH]
    assert length_faults("是", "Yes, it is.") == []
    assert Fault.LENGTH not in FATAL


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("营收为3.5亿元。", "Revenue was 350 million yuan."),
        ("增长5%，达1.2万亿。", "Up 5 percent to 1.2 trillion."),
        ("3月5日上午10:30", "10:30 a.m. on March 5"),
    ],
)
def test_numbers_are_understood_in_both_languages(zh: str, en: str) -> None:
    assert lost_numbers(zh, en, Lang.ZH, Lang.EN) == ()
    assert lost_numbers(en, zh, Lang.EN, Lang.ZH) == ()


def test_a_number_that_is_off_by_ten_is_found() -> None:
    assert lost_numbers("投资90亿美元", "invested 90 billion dollars", Lang.ZH, Lang.EN) == ("9e9",)


def test_what_needs_no_translation() -> None:
    same = ["2025", "V12.3", "https://example.org/a", "GDP", "+5%", "a@example.org", "iPhone15"]
    assert [text for text in same if needs_translation(text, Lang.EN)] == []
    assert not needs_translation("OpenAI GPT-4", Lang.ZH)
    assert needs_translation("售价9元", Lang.ZH)


@given(st.text(max_size=80), st.text(max_size=200))
def test_no_text_breaks_the_guards(text: str, answer: str) -> None:
    for source, target in ((Lang.ZH, Lang.EN), (Lang.EN, Lang.ZH)):
        found = find_faults(text, Translation(answer), source, target)
        assert len(found) == len(set(found))
