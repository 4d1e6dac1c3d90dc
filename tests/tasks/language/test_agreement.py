"""Signs by which two texts are told to say the same."""

from tasks.language.agreement import Agreement, agreement

ZH = "市政府周三宣布，新医院将于2027年建成，投资4.5亿元。学生和农民都可以使用。"
EN = (
    "The city government announced on Wednesday that the new hospital will be finished in 2027 at a "
    "cost of 450 million yuan. Students and farmers can use it."
)
OTHER = (
    "The football season opened on Saturday with 12 matches; the champions lost at home for the "
    "first time since 1998, and their coach blamed the weather."
)


def test_a_translation_agrees_and_another_text_does_not() -> None:
    assert agreement(ZH, EN).share > 0.7
    assert agreement(ZH, OTHER).share < 0.2


def test_traditional_text_is_asked_in_simplified() -> None:
    traditional = "市政府週三宣布，新醫院將於2027年建成，投資4.5億元。學生和農民都可以使用。"
    assert agreement(traditional, EN) == agreement(ZH, EN)


def test_latin_names_in_chinese_text_count() -> None:
    both = agreement("XAI和SpaceX", "XAI joins SpaceX")
    assert both.found == both.asked > agreement("XAI", "XAI joins SpaceX").asked
    assert agreement("XAI和SpaceX", "Nobody came").found == 0


def test_nothing_to_ask_is_no_agreement() -> None:
    assert agreement("", "") == Agreement(0, 0)
    assert agreement("", EN).share == 0


def test_a_story_without_numbers_and_names_is_told_by_its_words() -> None:
    # A list of words of the news knew three of these sentences' words, and the page stayed whole.
    zh = "外婆从不扔掉一粒纽扣。她说，衣服会旧，纽扣不会。我小时候最爱把它们按颜色排队。"
    en = (
        "My grandmother never threw away a button. Clothes grow old, she used to say, but buttons do "
        "not. What I liked best as a child was to line them up by colour."
    )
    assert agreement(zh, en).share > 0.6
    assert agreement(zh, OTHER).share < 0.2
