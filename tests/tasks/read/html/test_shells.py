"""The same article in the many ways in which sites wrap one: all of it is found, and no more."""

from collections.abc import Callable, Sequence

import pytest

from tasks.read.html import extract_page
from tests.tasks.read.html.pages import ENGLISH_TITLE, FOOTER, NAVIGATION, RANKING, TITLE, page
from tests.tasks.read.texts import ENGLISH, SIMPLIFIED

CHINESE_BODY = [*SIMPLIFIED, "施工期间，附近居民可以改乘公交。", "他说，车站的钟从来没有停过。"]
ENGLISH_BODY = [*ENGLISH, "Nobody asked for a refund.", "The clock at the station never stopped."]
MORE = "<div class='promo'><a href='/s'>Sign up for our newsletter</a></div>"

Body = Sequence[str]


def each(texts: Body, form: str = "<p>{}</p>") -> str:
    return "".join(form.format(text) for text in texts)


def thirds(texts: Body) -> list[Body]:
    return [texts[at : at + 3] for at in range(0, len(texts), 3)]


SHELLS: dict[str, Callable[[Body], str]] = {
    "paragraphs in an article": lambda b: f"<article>{each(b)}</article>",
    "forced breaks": lambda b: f"<div class='content'>{'<br><br>'.join(b)}</div>",
    "one box a paragraph": lambda b: f"<div class='story'>{each(b, '<div>{}</div>')}</div>",
    "parts in rows, promotions between": lambda b: (
        "<main>"
        + "".join(
            f"<div class='row'><div class='c9'>{each(t)}</div></div>{MORE}" for t in thirds(b)
        )
        + "</main>"
    ),
    "groups with a heading each": lambda b: "".join(
        f"<div class='group'><h3>Part {n} of it</h3>{each(t)}</div>"
        for n, t in enumerate(thirds(b))
    ),
    "parts with names that count": lambda b: "".join(
        f"<div class='part-{n}'>{each(t)}</div>{MORE}" for n, t in enumerate(thirds(b))
    ),
    "a layout of tables": lambda b: (
        "<table><tr><td><a href='/'>Home</a><br><a href='/n'>News</a></td>"
        f"<td><font size='2'>{'<br>&nbsp;&nbsp;'.join(b)}</font></td></tr></table>"
    ),
    "a row a paragraph": lambda b: f"<table>{each(b, '<tr><td>{}</td></tr>')}</table>",
    "sections": lambda b: f"<article>{each(b, '<section><p>{}</p></section>')}</article>",
    "spans in sections": lambda b: (
        f"<div id='js_content'>{each(b, '<section><section><span>{}</span></section></section>')}"
        "</div>"
    ),
    "a word processor": lambda b: (
        "<div class='TRS_Editor'>"
        + each(b, "<p class='MsoNormal'><span lang='EN-US'><span>{}</span><o:p></o:p></span></p>")
        + "</div>"
    ),
    "elements nobody knows": lambda b: f"<story-body>{each(b, '<x-p>{}</x-p>')}</story-body>",
    "nothing at all": each,
    "a lead beside the headline": lambda b: (
        f"<div class='standfirst'><p>{b[0]}</p></div><figure><img src='a.jpg'></figure>"
        f"<div class='text'>{each(b[1:])}</div>"
    ),
    "a lead and a list": lambda b: (
        f"<article><p>{b[0]}</p><ul>{each(b[1:], '<li>{}</li>')}</ul></article>"
    ),
    "a paragraph an item": lambda b: f"<ul class='blocks'>{each(b, '<li><p>{}</p></li>')}</ul>",
    "the rest behind a paywall": lambda b: (
        f"<div class='text'>{each(b[:-3])}</div><div class='paywall'>{each(b[-3:])}</div>"
    ),
    "the rest behind a paywall inside": lambda b: (
        f"<div class='text'>{each(b[:-3])}<div class='premium paywall'>{each(b[-3:])}</div></div>"
    ),
    "a form around it": lambda b: f"<form action='x'><div>{each(b)}</div><input></form>",
    "entries of a live page": lambda b: (
        "<div class='live'>"
        + each(b, "<div class='entry'><time>10:15</time><p>{}</p><button>Share</button></div>")
        + "</div>"
    ),
    "links to other stories inside": lambda b: (
        "<div class='post'>"
        + each(b, "<p>{}</p><div class='inline'><a href='/x'>Another story of that day</a></div>")
        + "</div>"
    ),
}


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", SHELLS)
@pytest.mark.parametrize(("title", "body"), [(TITLE, CHINESE_BODY), (ENGLISH_TITLE, ENGLISH_BODY)])
def test_the_body_is_found_in_every_shell(name: str, title: str, body: list[str]) -> None:
    # Bodies that promotions cut into boxes lost all but one box, leads their only paragraph.
    shell = f"<h1>{title}</h1>{SHELLS[name](body)}"
    text = bare(extract_page(page(shell, title=f"{title} - 东江网")).text)
    assert [sentence for sentence in body if bare(sentence) not in text] == []
    for scrap in ("首页", "排行榜", "另一条新闻标题", "版权所有", "newsletter", "Anotherstory"):
        assert bare(scrap) not in text
    assert all(scrap in NAVIGATION + RANKING + FOOTER for scrap in ("首页", "排行榜", "版权所有"))


def test_the_headline_of_a_bar_is_no_lead() -> None:
    shell = (
        f"<article><h1>{TITLE}</h1><div class='bar'><div>{TITLE}</div></div>"
        f"<div class='text'>{each(CHINESE_BODY)}</div></article>"
    )
    assert extract_page(page(shell)).text.count(TITLE) == 1


def test_the_next_story_of_an_endless_page_is_another_one() -> None:
    other = "<h1>Harbour closed after storm</h1>" + each(ENGLISH[:1] * 2)
    shell = (
        f"<div class='story'><h1>{TITLE}</h1>{each(CHINESE_BODY)}</div>"
        f"<div class='story'>{other}</div>"
    )
    assert "Harbour" not in extract_page(page(shell)).text
