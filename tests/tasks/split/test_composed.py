"""Pages composed of paragraphs in both languages, furniture around them, in every layout: exactly
these halves come out, pair by pair. Pages of one language that quote the other stay whole.
"""

from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from models.records import Article, Document, Lang, SourceFile
from tasks.ingest import ingest
from tests.tasks.split.pairs import PAIRS

Pair = tuple[str, str]


def _zh(pairs: Sequence[Pair]) -> list[str]:
    return [zh for zh, _ in pairs]


def _en(pairs: Sequence[Pair]) -> list[str]:
    return [en for _, en in pairs]


LAYOUTS: dict[str, Callable[[Sequence[Pair]], list[str]]] = {
    "Chinese, English": lambda pairs: [*_zh(pairs), *_en(pairs)],
    "English, Chinese": lambda pairs: [*_en(pairs), *_zh(pairs)],
    "in turn": lambda pairs: [line for pair in pairs for line in pair],
    "in turn, English first": lambda pairs: [line for zh, en in pairs for line in (en, zh)],
    "in brackets": lambda pairs: [f"{zh}（{en}）" for zh, en in pairs],
    "Chinese in brackets": lambda pairs: [f"{en} ({zh})" for zh, en in pairs],
    "in one paragraph": lambda pairs: [f"{zh} {en}" for zh, en in pairs],
    "rows": lambda pairs: [f"{zh}\t{en}" for zh, en in pairs],
    "rows, English first": lambda pairs: [f"{en} | {zh}" for zh, en in pairs],
    "labels": lambda pairs: [
        line for zh, en in pairs for line in (f"【原文】{en}", f"【译文】{zh}")
    ],
    "a version line": lambda pairs: [*_zh(pairs), "英文版 English Version", *_en(pairs)],
    "one paragraph each": lambda pairs: ["".join(_zh(pairs)), " ".join(_en(pairs))],
}
TITLE = ("码头上的一年", "A Year on the Docks")
ABOVE = st.sampled_from(
    [[], ["首页 > 新闻 > 正文"], ["Home > News > World"], ["打印本页 | 关闭窗口"]]
)
BELOW = st.sampled_from(
    [[], ["分享到：微信 微博"], ["Share Tweet Email"], ["© 2024 白沙日报 版权所有"]]
)
SOME_PAIRS = st.lists(st.sampled_from(PAIRS), min_size=4, max_size=8, unique=True)


def articles(lines: Sequence[str]) -> tuple[Article, ...]:
    text = "\n".join(lines) + "\n"
    return ingest(Document(SourceFile("page.txt", "", len(text.encode()), "txt"), text)).articles


def bare(text: str) -> str:
    return "".join(ch for ch in text if ch.isalnum())


def said(article: Article) -> str:
    return bare("".join((block.label or "") + block.text for block in article.blocks))


@given(SOME_PAIRS, st.sampled_from(sorted(LAYOUTS)), ABOVE, BELOW)
def test_a_page_in_both_languages_becomes_its_halves(
    pairs: list[Pair], layout: str, above: list[str], below: list[str]
) -> None:
    found = articles([*above, *TITLE, *LAYOUTS[layout](pairs), *below])
    assert [article.lang for article in found] == [Lang.ZH, Lang.EN]
    for article, title, texts in zip(found, TITLE, (_zh(pairs), _en(pairs)), strict=True):
        assert said(article) == bare(title + "".join(texts))
        assert (article.title, article.title_derived) == (title, False)
    if layout != "one paragraph each":
        assert len(found[0].blocks) == len(found[1].blocks) == len(pairs) + 1


@given(
    st.lists(st.sampled_from(PAIRS), min_size=7, max_size=9, unique=True),
    st.integers(1, 3),
    st.booleans(),
)
def test_a_page_that_quotes_the_other_language_stays_whole(
    pairs: list[Pair], quotes: int, chinese: bool
) -> None:
    # What is quoted is said nowhere else on the page; the page says more than it quotes.
    own, quoted = pairs[:-quotes], pairs[-quotes:]
    lines = _zh(own) if chinese else _en(own)
    for place, (zh, en) in enumerate(quoted):
        line = f"“{en.strip('“”')}”" if chinese else f"“{zh.strip('“”')}”"
        lines.insert(1 + 2 * place, line)
    (article,) = articles([TITLE[0] if chinese else TITLE[1], *lines])
    assert article.lang is (Lang.ZH if chinese else Lang.EN)
