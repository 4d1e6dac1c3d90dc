"""Pages made to hurt: they must come through, whole and accounted for; size is all that is bounded."""

import pytest

from tests.tasks.clean.ledger import assert_accounted, read_page, texts

ENGLISH = 'The market rose 3.5% on Monday, said Mr. Smith (left), and "nobody knows" why it did so & more. '
CHINESE = "公司周一表示，营业收入同比增长3.5%，“没有人知道原因”，他说。"

HARD = [
    ">" * 500,
    "> " * 500,
    ">>> >> > " * 200 + "NAME: text",
    "*" * 2000 + "a",
    "**a" * 700,
    "__a__" * 400,
    "[" * 1000 + "](http://x)",
    "【" * 500 + "】" * 500,
    "(" * 1000,
    "（责任编辑：" * 100 + "）",
    "<" * 500 + "a " * 300,
    "<b><!--" * 300,
    "&amp;" * 500 + "lt;",
    "1. " * 400,
    "1,234" * 300,
    "１２，" * 400,
    "首页" + " > 新闻" * 100,
    "Home" + "-a" * 300 + " > b",
    "分享 " * 300,
    "作者：王强、" * 150,
    "By Ann Lee and " * 60,
    "2025-03-05 " * 60,
    "A: " * 500,
    "记者：好。" * 300,
    "Question: x. " * 300,
    "未经授权" * 300,
    "copyright " * 150,
    "views expressed by authors " * 50,
    "本文仅代表" * 200,
    "加微信" * 300,
    "www." * 400 + "com",
    "a." * 800 + "com",
    "onlinecasino" * 120,
    "Onlinecasino" * 120,
    "â€" * 600,
    "锟斤拷" * 400,
    "鐨勬槸" * 400,
    "\u200b" * 1500,
    "经 " * 700,
    "\ud800" * 50,
    "|" * 1000,
    "| a " * 300 + "|",
    "- " * 600,
    "\t" * 1000 + "x",
    "a-\n" * 400,
    "……" * 400,
]


@pytest.mark.parametrize("text", HARD, ids=range(len(HARD)))
def test_hard_lines(text: str) -> None:
    page = f"A title of the page\n{text}\n{ENGLISH}\n{text} {CHINESE}\n"
    draft, metadata = read_page(page)
    assert_accounted(draft, page, metadata)


@pytest.mark.parametrize(
    "unit", [ENGLISH, CHINESE, "a &amp; b\u200b <i>c</i> ", "Question: x? He said. "]
)
def test_a_long_line_is_one_document_like_any_other(unit: str) -> None:
    text = "Question: a\n" * 3 + unit * (100_000 // len(unit))
    draft, metadata = read_page(text)
    assert_accounted(draft, text, metadata)


@pytest.mark.slow
@pytest.mark.parametrize("unit", [ENGLISH, CHINESE])
def test_ten_megabytes_in_one_line(unit: str) -> None:
    text = unit * (10_000_000 // len(unit.encode()))
    draft, _ = read_page(text)
    assert texts(draft) == [text.strip()]
