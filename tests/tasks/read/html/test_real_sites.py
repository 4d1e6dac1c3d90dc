"""What misled the reader on pages of real sites; the text here is invented."""

import pytest

from tasks.read.html import extract_page
from tasks.read.html.article import article_blocks
from tasks.read.html.furniture import names_of
from tasks.read.html.page import page_blocks
from tasks.read.html.regions import Page
from tasks.read.html.tree import parse_page, visible_body
from tests.tasks.read.html.pages import (
    BODY,
    ENGLISH_BODY,
    ENGLISH_TITLE,
    TITLE,
    article,
    links,
    page,
    paragraphs,
)

SECRET = "Nobody can see this sentence, which was written for machines alone."


def english(inside: str) -> list[str]:
    """Paragraphs of an English page, below its title."""
    html = page(f"<div><h1>{ENGLISH_TITLE}</h1>{inside}</div>", title=ENGLISH_TITLE, before="")
    first, *rest = extract_page(html).text.split("\n\n")
    assert first == f"# {ENGLISH_TITLE}"
    return rest


@pytest.mark.parametrize("lead", ["", f"<p class='standfirst'>{ENGLISH_BODY[0]}</p>"])
def test_a_list_of_stories_on_top_of_the_body_does_not_take_it_along(lead: str) -> None:
    # The box around heading and links was widened to the body, which begins with it.
    stories = links("Seven other towns with a new railway", "What the mayor promised last year")
    box = f"<div><h3>Related content</h3><ul>{stories}</ul></div>"
    body = [*ENGLISH_BODY, *reversed(ENGLISH_BODY)]
    found = english(f"{lead}<div class='bd'>{box}{paragraphs(body)}</div>")
    assert found == [*([ENGLISH_BODY[0]] if lead else []), *body]


@pytest.mark.parametrize(
    "attributes",
    ['id="articleBody"', 'class="x article-body"', 'itemprop="articleBody"', 'class="story_body"'],
)
def test_a_body_that_a_script_will_show_is_read(attributes: str) -> None:
    # Only a cookie notice was left of pages that ask first whether the reader has subscribed.
    body = [f"{number}: {text}" for number in "ABC" for text in ENGLISH_BODY]
    hidden = f'<div {attributes} style="display: none">{paragraphs(body)}</div>'
    assert english(f"{hidden}<p>Please log in to continue reading.</p>")[: len(body)] == body


@pytest.mark.parametrize("attributes", ['class="seo"', 'id="articleBody"'])
def test_hidden_text_beside_the_article_stays_hidden(attributes: str) -> None:
    hidden = f'<div {attributes} style="display:none"><p>{SECRET}</p></div>'
    assert english(f"<div>{paragraphs(ENGLISH_BODY)}</div>{hidden}") == ENGLISH_BODY


@pytest.mark.parametrize(
    "notice",
    [
        "On this website we use cookies and similar functions to process device information. "
        "The processing serves to measure what is read, to show advertising that fits, and to "
        "bring in what others offer. You can take your consent back at any time.",
        "We and our 714 partners store or read information on a device, such as cookies, and "
        "process personal data, so that what you see suits you.",
        "By continuing to read you accept that we place cookies on your device, for the purposes "
        "that are listed below and for others that we have not thought of yet.",
    ],
)
def test_a_long_notice_on_cookies_is_not_the_article(notice: str) -> None:
    assert english(f"<div><div>{notice}</div></div><div><p>{ENGLISH_BODY[0]}</p></div>") == [
        ENGLISH_BODY[0]
    ]


def test_letters_of_a_checksum_are_no_name() -> None:
    # "ad" in the middle of a checksum took standfirst and byline away.
    assert "ad" not in names_of("header__deck--7ad4f9c2")
    assert {"ad", "header", "deck"} <= names_of("ad-slot header__deck--7ad4f9c2 ad300x250")
    assert "authorbio" in names_of("author-bio")


def test_who_speaks_of_a_privacy_policy_is_quoted() -> None:
    said = "“You cannot hide this in a privacy policy,” Ms. Example said."
    asked = "Read our privacy policy."
    body = [ENGLISH_BODY[0], said, ENGLISH_BODY[1]]
    assert english(f"<div>{paragraphs([*body, asked])}</div>") == body


def test_a_last_sentence_with_long_links_is_a_sentence() -> None:
    last = (
        'Read on with <a href="/1">three poems for a long journey by train</a>, then go back to '
        '<a href="/2">what an engineer learned from rivers</a>.'
    )
    plain = (
        "Read on with three poems for a long journey by train, then go back to "
        "what an engineer learned from rivers."
    )
    found = english(f"<article>{paragraphs([*ENGLISH_BODY, *ENGLISH_BODY[:2], last])}</article>")
    assert found[-1] == plain


def test_who_is_quoted_stands_below_the_quotation() -> None:
    quote = f"<blockquote>{paragraphs(ENGLISH_BODY)}</blockquote><p>— Jane Example, engineer</p>"
    assert english(f"<div><div>{quote}</div></div>")[-1] == "— Jane Example, engineer"


def test_a_notice_on_reprints_is_no_line_of_metadata() -> None:
    # It says 来源： in quotation marks; trafilatura takes it for text.
    notices = [
        "东江网声明：凡本网注明“来源：东江网”的所有作品，版权均属于东江网，未经本网授权不得转载。",
        "凡本网注明“来源：XXX（非东江网）”的作品，均转载自其它媒体，并不代表本网赞同其观点。",
    ]
    text = extract_page(page(article(BODY, inside=paragraphs(notices)))).text
    assert text == "\n\n".join([f"# {TITLE}", *BODY])


@pytest.mark.parametrize("name", ["author-dropdown", "featured-video", "audio__player"])
@pytest.mark.parametrize("agreed", [True, False])
def test_a_box_beside_the_text_goes_when_the_second_opinion_refuses_it(
    name: str, agreed: bool
) -> None:
    beside = "Ann Example writes about trains, rivers and bridges. She lives near the harbour."
    inside = f"<div class='{name}'><p>{beside}</p></div>{paragraphs(ENGLISH_BODY)}"
    body = visible_body(parse_page(page(f"<h1>{ENGLISH_TITLE}</h1><div>{inside}</div>")))
    blocks, buttons = page_blocks(body)
    title = next(i for i, block in enumerate(blocks) if block.level == 1)
    voted = {i for i, block in enumerate(blocks) if block.text in ENGLISH_BODY}
    if agreed:
        voted |= {i for i, block in enumerate(blocks) if block.text == beside}
    found = [block.text for block in article_blocks(Page(body, blocks, buttons, title), voted)]
    assert found == [*([beside] if agreed else []), *ENGLISH_BODY]


def test_a_byline_in_a_box_of_the_author_stays() -> None:
    # "by" stood behind a line break.
    byline = '<div class="author"><span>\n by <a href="/ann">Ann Lee</a></span></div>'
    day = "<div>March 5, 2024</div>"
    found = english(
        f"<p>{ENGLISH_BODY[0]}</p>{byline}{day}<div>{paragraphs(ENGLISH_BODY[1:])}</div>"
    )
    assert found[1:3] == ["by Ann Lee", "March 5, 2024"]
