"""Whatever a page holds: its characters are accounted for, and all that is traced is true."""

from hypothesis import given, settings
from hypothesis import strategies as st

from models.records import Hints
from tests.tasks.clean.ledger import assert_accounted, read_page

PROSE = st.sampled_from(
    [
        "The market rose 3.5% on Monday, said Mr. Smith, and nobody knows why it did so.",
        "“没有人知道原因。”他说，“我们只能等待。”",
        "公司周一表示，营业收入同比增长３．５％，净利润下降。",
        "lower case words go on here",
        "He saw it manu-",
        "facturing again",
        "营收增长了，",
        "Mixed 中文 and English, 一起 in a line.",
        "日本語のテキスト。",
        "한국어 문장입니다.",
        "Ünïcödé tèxt – with dashes…",
        "𝗕𝗼𝗹𝗱 letters \U0001f468\u200d\U0001f469 and e\u0301",
        "\u202aabc\u202c\u200b\u00ad\ufeff",
        "\ufffd\ufffe\ue000",
        "\x00\x07",
        "ã\x80\x82â€œxâ€\x9d",
        "锟斤拷锟斤拷",
    ]
)
FURNITURE = st.sampled_from(
    [
        "分享到 微信 微博",
        "Share Tweet Pin 1.2K",
        "Advertisement",
        "第1页 / 共2页",
        "Related articles",
        "免责声明",
        "本文仅代表作者个人观点，不构成投资建议。",
        "Comments (2)",
        "网友A: 说得好! 3楼 回复(2)",
        "延伸阅读：某某",
        "I'm NewsBot, I can summarize articles.",
        "word.OnlinepokerwithvideoWhen it",
        "加薇❤️信 abc66778 免费领取",
        "2025-03-05 10:20 来源：江州网 阅读 1.2万",
        "11/11 2024 470",
        "560",
        "By Ann Lee and Jane Doe, CNN",
        "新华社北京3月5日电（记者 王强）",
        "（责任编辑：王强）",
        "原标题：《房子》",
        "来源：",
        "摘要：",
        "Editor's note: so",
        "Title - Reuters",
        "腾讯(00700.HK) +1.35%",
    ]
)
MARKS = st.sampled_from(
    [
        *("* ", "1. ", "（一）", "# ", "> ", ">> ", "|", "**", "__", "▌", "△ ", "【", "】"),
        *("Question: ", "记者：", "14:32 ", "<br/>", "<b>", "</p>", "&nbsp;", "&amp;lt;"),
        *("[/caption]", "{{ ad }}", "[a](http://x)", "![x](y)", "`", "~~"),
    ]
)
BREAKS = st.sampled_from(
    ["\n", "\n", "\n\n", "\r\n", "\r", "\x0c", "\u2028", "\x85", " ", "\u3000\u3000", "\t", ""]
)
PAGES = st.lists(PROSE | FURNITURE | MARKS | BREAKS | st.text(max_size=8), max_size=40).map("".join)
HINTS = st.sampled_from(
    [
        Hints(),
        Hints(
            "jsonl",
            title="Title",
            published="2025-03-05T10:00:00Z",
            outlet="CNN",
            authors=("A B",),
            summary="S",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(PAGES, HINTS, st.booleans())
def test_every_character_stands_in_one_place(text: str, hints: Hints, markdown: bool) -> None:
    draft, metadata = read_page(text, markdown=markdown, hints=hints)
    assert_accounted(draft, text, metadata)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    draft, metadata = read_page(text)
    assert_accounted(draft, text, metadata)


@settings(max_examples=100, deadline=None)
@given(PAGES)
def test_the_same_page_gives_the_same_result(text: str) -> None:
    assert read_page(text) == read_page(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(PROSE | FURNITURE, max_size=12))
def test_line_ends_change_nothing_but_positions(lines: list[str]) -> None:
    one, _ = read_page("\n".join(lines))
    two, _ = read_page("\r\n".join(lines))
    assert [(b.kind, b.text.text) for b in one.blocks] == [
        (b.kind, b.text.text) for b in two.blocks
    ]
