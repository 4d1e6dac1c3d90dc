"""Which lines make a paragraph."""

import pytest

from tasks.blocks import blocks
from tests.tasks.clean.ledger import assert_accounted, document, texts

WRAPPED = """The committee met on Monday for the first time since the
summer break and agreed on a budget for the coming year, which
will be somewhat smaller than the last one because of a fall
in revenue.

Members of the opposition had asked for more money for roads
and schools, but withdrew their motion after a long debate in
which the mayor promised a new plan before the winter, with
figures."""

WRAPPED_CHINESE = """委员会周一召开了夏季休会以来的第一次会议，通过了明年的预算方案，总
额比今年略少，原因是财政收入下降。与会者认为，这一结果可以接受，但
仍需观察。
　　反对派曾要求增加道路和学校的投入，经过长时间辩论之后，他们撤回了
动议，市长则承诺在冬天之前提出新的计划，并且公布详细的数字和时间表
供市民讨论。"""


def lines_of(text: str) -> list[str]:
    draft = blocks(document(text))
    assert_accounted(draft, text)
    return texts(draft)


def test_english_wrapped_lines_are_joined_with_a_blank() -> None:
    found = lines_of(WRAPPED)
    assert len(found) == 2
    assert "since the summer break and agreed" in found[0]


def test_chinese_wrapped_lines_are_joined_with_nothing_and_an_indent_opens_a_paragraph() -> None:
    found = lines_of(WRAPPED_CHINESE)
    assert len(found) == 2
    assert "预算方案，总额比今年略少" in found[0]
    assert found[1].startswith("反对派")


PRINTED = """07 要闻
江岸晚报　2011年9月16日　星期五
责编／陶平　版式／戚安　校对／陆成

修桥的人
本报记者　葛清　实习生　方远

　　老桥修了三个月，每天清早就有人来看，站在河边的栏杆旁
一看就是半天，有人还带着小板凳和热水壶，像看戏一样，直到
天黑。
　　修桥的师傅姓周，今年六十一岁，二十年前就在这条河上修
过另外一座桥，他说那时候没有吊车，石头都是一块一块用肩膀
抬上去的。
　　现在有了机器，活儿轻了许多，可是看的人比从前更多，他
有时候觉得不好意思，只好把安全帽的帽檐往下拉一拉，低头干
活。

（下转11版）
江岸晚报社出版
社址：江岸市湖滨路十八号
"""


@pytest.mark.parametrize("indent", ["　　", ""])
def test_a_printed_page_is_wrapped_though_its_head_and_foot_are_not(indent: str) -> None:
    """Without the joints its lines stop in mid-sentence, and were taken for lines above the text.
    A copy may have lost the indent, so that the first line of a paragraph is two characters short.
    """
    found = lines_of(PRINTED.replace("　　", indent))
    paragraphs = [text for text in found if len(text) > 40]
    assert [text[:4] for text in paragraphs] == ["老桥修了", "修桥的师", "现在有了"]
    assert [text[-3:] for text in paragraphs] == ["天黑。", "去的。", "干活。"]
    assert "修桥的人" in found


def test_lines_of_uneven_width_are_paragraphs() -> None:
    text = "\n".join(
        (
            "A first paragraph that is rather long and says a lot about the matter at hand, in one line.",
            "A second one, shorter.",
            "A third paragraph, of middle length, which ends here.",
            "And the fourth is the longest of them all, because it has to make up for the second one, as said.",
        )
    )
    assert len(lines_of(text)) == 4


def test_a_lower_case_word_goes_on_from_a_long_open_line() -> None:
    text = "The company said in a statement to the stock exchange on\nmonday that it would not pay a dividend.\n"
    assert len(lines_of(text)) == 1


def test_short_front_matter_lines_are_not_joined() -> None:
    assert lines_of("Some Outlet\n2026.02.06 14:54\nwidget\n") == [
        "Some Outlet",
        "2026.02.06 14:54",
        "widget",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The long decline in manu-\nfacturing went on through the spring.", "manufacturing"),
        ("The whole of the end-to-\nend system was switched off for good.", "end-to-end"),
        (
            "They spoke of a co-\noperative that had a well-known and self-evident aim.",
            "co-operative",
        ),
        ("All of it was the xylo-\nphonic sort of music that xylophonic bands play.", "xylophonic"),
    ],
)
def test_hyphens_at_line_ends_go_only_when_they_broke_a_word(text: str, expected: str) -> None:
    (found,) = lines_of(text)
    if (
        expected == "co-operative"
    ):  # either spelling is a word: nothing is repaired but what must be
        assert "co-operative" in found or "cooperative" in found
    else:
        assert expected in found


def test_page_marks_and_advertisements_never_join() -> None:
    text = "The plan, which still needs the consent of parliament, allows the towns below to\nPage 3 of 7\nstay dry.\n"
    assert "Page 3 of 7" in lines_of(text)


def test_br_tags_end_lines_and_leave_as_markup() -> None:
    text = "第一段在这里结束。<br/>第二段从这里开始。<p>第三段。</p>"
    draft = blocks(document(text))
    assert_accounted(draft, text)
    assert texts(draft) == ["第一段在这里结束。", "第二段从这里开始。", "第三段。"]
    assert {removal.rule for removal in draft.removals} == {"line_break_tag"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0c"])
def test_line_ends_of_all_kinds_give_the_same_blocks(end: str) -> None:
    lines = ["One paragraph stands here.", "Another one stands there.", "And a third."]
    assert lines_of(end.join(lines)) == lines


@pytest.mark.parametrize("ch", ["\u2028", "\x85", "\u2029"])
def test_unicode_separators_are_text(ch: str) -> None:
    """str.splitlines would cut here, and put the sides of a line-parallel file out of step."""
    assert len(lines_of(f"one part{ch}another part")) == 1


@pytest.mark.parametrize("text", ["", "\n\n", " \t\r\n", "\u200b\ufeff"])
def test_nothing_gives_no_blocks(text: str) -> None:
    assert lines_of(text) == []
