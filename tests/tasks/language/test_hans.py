"""Views of Chinese text in the other script, and the script of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records import Script
from tasks.language.hans import script_of, to_simplified, to_traditional

SIMPLIFIED = "台积电表示，两期工程将于今年动工，预计后年量产，这是该公司在海外的第三座工厂。"
TRADITIONAL = "台積電表示，兩期工程將於今年動工，預計後年量產，這是該公司在海外的第三座工廠。"


def test_views_are_converted_with_phrases() -> None:
    assert to_simplified(TRADITIONAL) == SIMPLIFIED
    assert to_traditional(SIMPLIFIED) == TRADITIONAL.replace("台", "臺")
    assert to_simplified("乾隆皇帝乾杯") == "乾隆皇帝干杯"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("臺積電乾隆著後麵裏纔噁"))))
def test_views_keep_every_position(text: str) -> None:
    assert len(to_simplified(text)) == len(text)
    assert len(to_traditional(text)) == len(text)


def test_a_lone_surrogate_and_a_nul_are_no_trouble() -> None:
    assert to_simplified("後\ud800後\0後") == "后\ud800后\0后"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        (SIMPLIFIED, Script.HANS),
        (TRADITIONAL, Script.HANT),
        (TRADITIONAL + SIMPLIFIED, Script.MIXED),
        ("皇后在公里外的台上", None),  # at home in both scripts
        ("乾隆著书", Script.HANS),  # 乾 and 著 are Simplified characters too
        ("Tesla 2024", None),
        ("", None),
    ],
)
def test_script_of(text: str, script: Script | None) -> None:
    assert script_of(text) is script


def test_a_name_in_the_other_script_does_not_make_a_text_mixed() -> None:
    assert script_of(SIMPLIFIED * 5 + "鄭若驊") is Script.HANS
    assert script_of(TRADITIONAL * 5 + "习近平") is Script.HANT


def test_a_traditional_headline_over_a_simplified_body_is_mixed() -> None:
    assert script_of("臺灣晶圓廠擴產計劃獲批准\n" + SIMPLIFIED * 3) is Script.MIXED
