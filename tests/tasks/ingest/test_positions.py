"""Positions are true, and every character of every text ends in exactly one place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records import Article, Document, Ingested, SourceFile
from models.spans import apply_edits, join_pieces
from tasks.evaluate.page_gold import read_page
from tasks.ingest import account, ingest
from tasks.ingest.ledger import facts_of
from tests.pages import ALONE_EN, ALONE_ZH, PAGE

ROOT = Path(__file__).parents[3]

_ZH = ALONE_ZH.replace("\n\n", "").split("。")
_EN = ALONE_EN.replace("\n\n", " ").split(". ")
LINES = st.sampled_from(
    [
        *(f"{sentence}。" for sentence in _ZH if sentence),
        *(f"{sentence}." for sentence in _EN),
        "发布时间：2025-03-07 14:54",
        "来源：新华社",
        "By Amelia Hart",
        "11/11 2024 470",
        "责任编辑：王小明",
        "Share Tweet Pin",
        "扫描二维码关注公众号",
        "Question: What is it? Answer: It is a frog.",
        "* **算力规模:** 共有2.3 GWh。",
        "- a list item",
        "1. first",
        "# A heading",
        "| 项目 | 2023 | 2024 |",
        "△ 一张照片",
        "延伸阅读：另一篇报道",
        "Risk Warning and Disclaimer",
        "&nbsp;&quot;quoted&quot; <br/>",
        "mot\u200bor \u00adcars\u3000here\u00a0now\ufeff",
        "１２，８００元",
        "â€œqualityâ€\u009d",
        "\U00020bb7家屋 \U0001f600 é e\u0301",
        "a\u2028b\u0085c\x0bd\x0ce\x00f",
        "“引文没有结束",
        '"An open quote',
        "（人行天桥）",
        "(The bridge opened on Monday.)",
        "",
    ]
)
JOINTS = st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", " ", "\n \n"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(LINES, JOINTS), max_size=14))
    odd = draw(st.text(max_size=12))
    return "".join(line + joint for line, joint in parts) + odd


def document(text: str) -> Document:
    clean = "".join("\ufffd" if "\ud800" <= ch <= "\udfff" else ch for ch in text)
    return Document(SourceFile("a.txt", "", len(clean), "txt"), clean)


def check_positions(page: Document, ingested: Ingested) -> None:
    for article in ingested.articles:
        for block in article.blocks:
            assert apply_edits(join_pieces(page.text, block.pieces), block.edits) == block.text
            label = apply_edits(join_pieces(page.text, block.label_pieces), block.label_edits)
            assert label == (block.label or "")
        check_sentences(page, article)
        for fact in facts_of(article.metadata):
            if fact.span is not None:
                assert page.text[slice(*fact.span)] == fact.raw
    for removal in ingested.removals:
        assert join_pieces(page.text, removal.pieces) == removal.text


def check_sentences(page: Document, article: Article) -> None:
    blocks = {block.id: block for block in article.blocks}
    for sentence in article.sentences:
        block = blocks[sentence.block]
        assert block.text[slice(*sentence.at)] == sentence.text
        assert sentence.text.strip() == sentence.text != ""
        inside = {at for start, end in block.pieces for at in range(start, end)}
        assert {at for start, end in sentence.pieces for at in range(start, end)} <= inside
        if not block.edits:
            assert join_pieces(page.text, sentence.pieces) == sentence.text
    ends = dict.fromkeys(blocks, 0)
    for sentence in article.sentences:  # in order, and nothing but blanks between them
        block = blocks[sentence.block]
        assert not block.text[ends[block.id] : sentence.at[0]].strip()
        ends[block.id] = sentence.at[1]
    for block in article.blocks:
        assert not block.text[ends[block.id] :].strip()


def stretches(ingested: Ingested) -> Iterator[tuple[int, int]]:
    seen = set()
    for article in ingested.articles:
        for block in article.blocks:
            yield from (*block.pieces, *block.label_pieces)
        for fact in facts_of(article.metadata):
            if fact.span is not None and not fact.in_body and fact.span not in seen:
                seen.add(fact.span)
                yield fact.span
    for removal in ingested.removals:
        yield from removal.pieces


@given(documents())
def test_the_input_can_be_put_together_again(text: str) -> None:
    page = document(text)
    ingested = ingest(page)
    ledger = account(page, ingested)  # raises when a character is in no place or in two
    assert ledger.balanced
    check_positions(page, ingested)
    if ingested.articles:
        again = [" " if ch.isspace() else "\x00" for ch in page.text]
        for start, end in stretches(ingested):
            again[start:end] = page.text[start:end]
        assert "".join("".join(again).split()) == "".join(page.text.split())


@given(st.text(max_size=200))
def test_any_text_is_accounted_for(text: str) -> None:
    page = document(text)
    ingested = ingest(page)
    assert account(page, ingested).balanced
    check_positions(page, ingested)


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_positions_in_the_seeds(name: str) -> None:
    (path,) = (ROOT / "seeds").glob(f"{name}_*")
    page = document(path.read_bytes().decode("utf-8"))
    ingested = ingest(page)
    assert account(page, ingested).balanced
    check_positions(page, ingested)


def test_ids_are_made_of_content_not_of_paths() -> None:
    one = ingest(document(PAGE))
    other = ingest(Document(SourceFile("elsewhere/b.md", "x", 9, "md"), PAGE))
    assert [a.id for a in one.articles] == [a.id for a in other.articles]
    assert [s.id for s in one.articles[0].sentences] == [s.id for s in other.articles[0].sentences]
    assert len(one.articles) == 2


def test_what_shows_nothing_at_the_border_of_two_halves_is_lost_in_neither() -> None:
    """A zero-width blank at the edge of a line in two columns was in no place."""
    page = ROOT / "tests" / "data" / "pages" / "bi_columns_tab.txt"
    text = read_page(page).text.replace("\t", "\u200b\t\u200b").replace("\n", "\u200b\n\u200b")
    document = Document(SourceFile("page.txt", "", len(text), "txt"), text)
    found = ingest(document)
    assert [str(article.lang) for article in found.articles] == ["zh", "en"]
    assert account(document, found).balanced
