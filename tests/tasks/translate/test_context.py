import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records import Lang
from tasks.translate.context import Peeled, convert_quote, peel
from tasks.translate.labels import label_of, label_text, write_label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“我们会继续。”", Peeled("“", "我们会继续。", "”")),
        ("“我们会继续。", Peeled("“", "我们会继续。", "")),
        ("我们会继续。”", Peeled("", "我们会继续。", "”")),
        ("「好」他说「行」", Peeled("", "「好」他说「行」", "")),
        ("“好”，他说。", Peeled("", "“好”，他说。", "")),
        ("他说：“好。”", Peeled("", "他说：“好。”", "")),
        ("（一）新车型", Peeled("(1) ", "新车型", "")),
        ("3、价格", Peeled("3. ", "价格", "")),
        ("- 价格", Peeled("- ", "价格", "")),
        ("3.5亿元", Peeled("", "3.5亿元", "")),
        ("2025.06.01发布", Peeled("", "2025.06.01发布", "")),
        ("『「好」』", Peeled("‘“", "好", "”’")),
        ("  好 ", Peeled("", "好", "")),
        ("1.", Peeled("", "1.", "")),
    ],
)
def test_chinese_markers_and_quotes(text: str, expected: Peeled) -> None:
    assert peel(text, Lang.ZH, Lang.EN) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It works."', Peeled('"', "It works.", '"')),
        ('"It works," he said.', Peeled("", '"It works," he said.', "")),
        ("(2) The price", Peeled("（2）", "The price", "")),
        ("It's the drivers’ day", Peeled("", "It's the drivers’ day", "")),
        ("the workers'", Peeled("", "the workers'", "")),
    ],
)
def test_english_markers_and_quotes(text: str, expected: Peeled) -> None:
    assert peel(text, Lang.EN, Lang.ZH) == expected


@given(st.text(alphabet="“”「」\"'‘’a好。 (1).、二•-", max_size=20))
def test_no_character_of_the_words_is_lost(text: str) -> None:
    peeled = peel(text, Lang.ZH, Lang.ZH)
    letters = [c for c in text if c in "a好"]
    assert [c for c in peeled.core if c in "a好"] == letters or peeled.before
    assert peeled.wrap("") == ""
    quotes = sum(c in '“”「」"‘' for c in text)
    kept = sum(c in '“”「」"‘’' for c in peeled.before + peeled.core + peeled.after)
    assert kept >= quotes


def test_quotes_become_curly() -> None:
    assert [convert_quote(mark) for mark in '「」『』“”"'] == ["“", "”", "‘", "’", "“", "”", '"']


def test_common_labels_and_their_colon() -> None:
    assert label_text("Question:") == "Question"
    assert label_of("question", Lang.EN) == "问"
    assert label_of("没有这个", Lang.ZH) is None
    assert write_label("Q:", "问", Lang.ZH) == "问："
    assert write_label("Q", "问：", Lang.ZH) == "问"
    assert label_text("12.") == ""
