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
