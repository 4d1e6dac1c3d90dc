"""Checks of a bead flag what is wrong and leave the rest alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.glossary import Glossary
from models.glossary.glossary import Term
from models.records import Checks, Flag
from tasks.check import CheckSettings, check, check_all

GOOD = [
    (
        "国会星期四以315票对98票通过了预算案。",
        "Parliament passed the budget by 315 votes to 98 on Thursday.",
    ),
    ("利润增长百分之五,达到1.2万亿元。", "Profit rose 5% to 1.2 trillion yuan."),
    ("3月5日,公司股价下跌两成。", "The company's shares fell 20% on March 5."),
    ("他于2024年加入OpenAI。", "He joined OpenAI in 2024."),
    ("“是的。”", '"Yes."'),
    ("iPhone 15 Pro", "iPhone 15 Pro"),
    (
        "苹果发布了 iPhone 15 Pro Max 和 Apple Watch Ultra。",
        "Apple unveiled the iPhone 15 Pro Max and the Apple Watch Ultra.",
    ),
    (
        "臺積電週三宣布擴建晶圓廠。",
        "TSMC announced on Wednesday that it would expand its wafer plant.",
    ),
    ("COVID-19", "COVID-19"),
]


@pytest.mark.parametrize(("zh", "en"), GOOD)
def test_a_good_translation_has_no_flag(zh: str, en: str) -> None:
    assert check(zh, en).flags == ()


def test_the_measurements_are_stored_without_a_flag_too() -> None:
    found = check("地震造成86人死亡。", "The earthquake killed 86 people.")
    assert found.length_ratio == round(32 / 10, 3)
    assert found.coverage is not None
    assert found.coverage > 0.3
    assert found.numbers_zh_only == found.numbers_en_only == ()


def test_numbers_that_disagree_are_flagged_and_listed() -> None:
    found = check("利润增长5%,达到1.2万亿元。", "Profit rose 15% to 1.2 trillion yuan.")
    assert found.flags == (Flag.NUMBER_MISMATCH,)
    assert (found.numbers_zh_only, found.numbers_en_only) == (("5%",), ("15%",))


def test_a_side_far_too_long_or_short_is_flagged() -> None:
    zh = "政府宣布进入紧急状态,并呼吁国际社会提供帐篷、药品和饮用水。"
    en = "The government declared a state of emergency and appealed for tents, medicine and water. "
    assert Flag.LENGTH_OUTLIER in check(zh, en * 6).flags
    assert Flag.LENGTH_OUTLIER in check(zh * 6, en).flags
    assert check(zh, en).flags == ()
    assert (
        Flag.LENGTH_OUTLIER
        not in check(zh, en * 6, settings=CheckSettings(length_deviation=99)).flags
    )


def test_another_text_is_flagged_as_badly_covered() -> None:
    zh = "研究人员发现一种海洋细菌产生的酶能在室温下分解塑料瓶。"
    en = "The goalkeeper saved two penalties as the home side reached the semi-finals of the cup."
    assert Flag.LOW_COVERAGE in check(zh, en).flags
    # Two words are too few to judge.
    assert check("没错。", "Parliament fell.").flags == ()


def test_an_untranslated_copy_is_flagged() -> None:
    english = "Residents are worried about the water use of the plant."
    assert Flag.UNTRANSLATED_COPY in check(english, english).flags
    assert Flag.UNTRANSLATED_COPY in check(english, english.upper()).flags
    chinese = "当地居民担心工厂的用水量。"
    assert Flag.UNTRANSLATED_COPY in check(chinese, chinese).flags
    assert Flag.UNTRANSLATED_COPY in check("當地居民擔心工廠的用水量。", chinese).flags


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("日本語のテキストはここにあります", "An English sentence stands here"),
        ("한국어 문장이 여기에 있습니다", "An English sentence stands here"),
        ("这里是一句中文。", "这里也是一句中文,而不是英文。"),
        ("An English sentence stands on the Chinese side", "It is another English sentence here"),
        ("这里是一句中文。", "А здесь стоит русское предложение"),
    ],
)
def test_a_side_in_another_language_is_flagged(zh: str, en: str) -> None:
    assert Flag.WRONG_LANGUAGE in check(zh, en).flags


def test_names_in_the_other_script_are_not_another_language() -> None:
    zh = "在CES 2025上,NVIDIA CEO Jensen Huang介绍了DGX Spark和GeForce RTX 5090"
    en = "At CES 2025, NVIDIA CEO Jensen Huang (黄仁勋) introduced DGX Spark and GeForce RTX 5090"
    assert check(zh, en).flags == ()


def test_a_null_bead_has_no_number_and_no_length_flag() -> None:
    empty = Checks()
    assert check("利润增长5%,达到1.2万亿元。", "") == empty
    assert check("", "Profit rose 15% to 1.2 trillion yuan in the first quarter.") == empty
    assert check("", " ") == empty
    assert check("日本語のテキストはここにあります", "").flags == (Flag.WRONG_LANGUAGE,)


def test_a_missing_term_is_flagged_with_its_entry() -> None:
    glossary = Glossary([Term(("动力电池",), ("power battery", "traction battery"))])
    missing = ("动力电池 = power battery",)
    found = check("动力电池很贵。", "The batteries are expensive.", glossary=glossary)
    assert (found.flags, found.terms_missing) == ((Flag.TERM_MISSING,), missing)
    found = check("電池很貴。", "Power batteries are expensive.", glossary=glossary)
    assert (found.flags, found.terms_missing) == ((Flag.TERM_MISSING,), missing)
    for zh, en in (
        ("动力电池很贵。", "Traction batteries are expensive."),
        ("動力電池很貴。", "Power batteries are expensive."),
        ("车很贵。", "Cars are expensive."),
    ):
        assert check(zh, en, glossary=glossary).flags == ()


@given(st.text(), st.text())
def test_any_two_texts_can_be_checked(zh: str, en: str) -> None:
    found = check(zh, en)
    assert len(set(found.flags)) == len(found.flags)
    assert found.coverage is None or 0 <= found.coverage <= 1
    assert found == check(zh, en)


BEAD_TEXT = st.lists(
    st.sampled_from(
        ["预算", "地震", "OpenAI", "ＡＢＣ", "5%", "三百万", "，", "。", " ", "the budget", "quake",
         "é", "in 2024", "three million", "“", "臺灣", "カタカナ", "\u200b", "K", "_", "²"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(st.lists(st.tuples(BEAD_TEXT, BEAD_TEXT), max_size=4))
def test_beads_that_are_checked_together_have_their_own_checks(
    beads: list[tuple[str, str]],
) -> None:
    assert check_all(beads) == [check(*bead) for bead in beads]
