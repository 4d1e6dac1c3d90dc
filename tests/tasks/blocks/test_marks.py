"""Bullets, numbers, headings, captions, tables, quotes, and inline marks."""

import pytest

from models.records import BlockKind
from tasks.blocks import blocks
from tests.tasks.clean.ledger import assert_accounted, document

BODY = "This is a paragraph of the body that is long enough to stand below a heading, and it ends with a stop."
CHINESE_BODY = "这是一段足够长的正文，可以放在小标题下面，它有好几个分句，并且用句号结束。"


def first(text: str, *, markdown: bool = False) -> tuple[BlockKind, str]:
    draft = blocks(document(text, markdown=markdown))
    assert_accounted(draft, text)
    return draft.blocks[0].kind, draft.blocks[0].text.text


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("* an item", "an item"),
        ("- an item", "an item"),
        ("• an item", "an item"),
        ("●一项", "一项"),
        ("1. an item", "an item"),
        ("1、一项内容", "一项内容"),
        ("1) an item", "an item"),
        ("（一）一项内容", "一项内容"),
        ("一、一项内容", "一项内容"),
        ("①一项内容", "一项内容"),
        ("１．一项内容", "一项内容"),
    ],
)
def test_items_lose_their_marks(line: str, text: str) -> None:
    assert first(line) == (BlockKind.LIST_ITEM, text)


@pytest.mark.parametrize(
    "line",
    [
        "2024 is hailed as the first year of something new.",
        "3.5 million people came to see it.",
        "12. That was the day of the vote.",  # no 11. and no 13. in the document: a wrapped sentence
        "-5 degrees were measured on Monday.",
        "A. Smith said so.",
        "一个人来了。",
        "(see above) it says.",
        "1,000 people came.",
    ],
)
def test_no_items(line: str) -> None:
    assert first(line) == (BlockKind.PARAGRAPH, line)


def test_numbers_count_when_their_neighbours_are_there() -> None:
    draft = blocks(document("11. eleventh thing\n12. twelfth thing\n"))
    assert [b.kind for b in draft.blocks] == [BlockKind.LIST_ITEM] * 2


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("## A heading ##", "A heading"),
        ("【产业观察】", "产业观察"),
        ("■ What comes next", "What comes next"),
        ("▌下一步怎么走", "下一步怎么走"),
        ("What ▌ comes next?", "What comes next?"),
        ("**A bold line**", "A bold line"),
    ],
)
def test_marked_headings(line: str, text: str) -> None:
    assert first(f"{line}\n{BODY}\n") == (BlockKind.HEADING, text)


@pytest.mark.parametrize(
    "line", ["The Market Wakes Up", "What it means for buyers", "Part.2", "Chapter 3"]
)
def test_unmarked_headings_stand_above_body(line: str) -> None:
    draft = blocks(document(f"{BODY}\n{line}\n{BODY}\n"))
    assert [b.kind for b in draft.blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
    ]


def test_unmarked_chinese_heading() -> None:
    draft = blocks(document(f"{CHINESE_BODY}\n市场开始回暖\n{CHINESE_BODY}\n"))
    assert draft.blocks[1].kind is BlockKind.HEADING


@pytest.mark.parametrize(
    "line",
    [
        "Sales fell.",
        "He said:",
        "Sales fell; nobody knew why;",
        "Can this be true in the end?",
        "2025-03-05 10:20",
    ],
)
def test_short_lines_that_are_no_headings(line: str) -> None:
    draft = blocks(document(f"{BODY}\n{line}\n{BODY}\n"))
    assert draft.blocks[1].kind is BlockKind.PARAGRAPH


def test_many_short_lines_are_no_headings() -> None:
    lines = "\n".join(f"Short line number {n}" for n in "abcdef")
    draft = blocks(document(f"{BODY}\n{lines}\n{BODY}\n"))
    assert BlockKind.HEADING not in [b.kind for b in draft.blocks]


@pytest.mark.parametrize(
    "line",
    [
        "△ 图中是新厂房",
        "▲新厂房",
        "图1 新厂房外景",
        "Figure 2: The new plant",
        "Photo: the new plant",
        "新厂房的夜景（视频截图）",
        "新厂房的夜景。江州公安局供图 江州网发",
        "5月6日，新厂房里的第一班工人。 通讯员周小渔 摄",
    ],
)
def test_captions(line: str) -> None:
    assert first(line)[0] is BlockKind.CAPTION


def test_sentences_on_pictures_are_no_captions() -> None:
    for line in ("他把手机里的视频截图交给了警方。", "网友晒出的视频截图显示，工厂当天并没有停工"):
        assert first(line)[0] is not BlockKind.CAPTION


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("| a | b | c |", "a | b | c"),
        ("item\t12\t13", "item\t12\t13"),
        ("项目 2023 2024 同比 营收 12.5 15.1 20.8%", "项目 2023 2024 同比 营收 12.5 15.1 20.8%"),
    ],
)
def test_table_rows(line: str, text: str) -> None:
    assert first(line) == (BlockKind.TABLE_ROW, text)


def test_quotes_and_rules() -> None:
    text = "> a quoted line of text\n\n---\n\n***\n\n| --- | --- |\n"
    draft = blocks(document(text))
    assert_accounted(draft, text)
    assert [(b.kind, b.text.text) for b in draft.blocks] == [
        (BlockKind.QUOTE, "a quoted line of text")
    ]
    assert [r.rule for r in draft.removals] == ["quote_mark", "rule_line", "rule_line", "rule_line"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A **bold** word and __another__ one.", "A bold word and another one."),
        ("See [the report](https://example.com/a) for more.", "See the report for more."),
        ("Text ![a picture](x.png) goes on.", "Text  goes on."),
        ("2**3 is 8, and a * b is not.", "2**3 is 8, and a * b is not."),
        (
            "An __init__ method and snake_case_name stay.",
            "An init method and snake_case_name stay.",
        ),
    ],
)
def test_inline_marks(text: str, expected: str) -> None:
    assert first(text)[1] == expected


def test_weak_marks_count_in_markdown_only() -> None:
    text = "An *important* and _stressed_ `code` word."
    assert first(text)[1] == text
    assert first(text, markdown=True)[1] == "An important and stressed code word."


def test_an_ellipsis_alone_is_text() -> None:
    assert first("……")[1] == "……"
