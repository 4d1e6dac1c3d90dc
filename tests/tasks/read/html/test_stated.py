"""The article's text in the data of a page (JSON-LD), beside or instead of what the page shows."""

import json

import pytest

from tasks.read.html import extract_page
from tests.tasks.read.html.pages import ENGLISH_BODY, ENGLISH_TITLE, page, paragraphs

BODY = [
    f"{text} That was number {n} of {len(ENGLISH_BODY)}." for n, text in enumerate(ENGLISH_BODY)
]
LONG = [f"{letter}: {text}" for letter in "ABC" for text in BODY]
DATE = "<p>Published: 5 March 2024</p>"


def shown(inside: str, stated: str, headline: str = ENGLISH_TITLE) -> list[str]:
    data = {"@type": "NewsArticle", "headline": headline, "articleBody": stated}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    html = page(
        f"<div><h1>{ENGLISH_TITLE}</h1>{inside}</div>", title=ENGLISH_TITLE, head=head, before=""
    )
    first, *rest = extract_page(html).text.split("\n\n")
    assert first == f"# {ENGLISH_TITLE}"
    return rest


@pytest.mark.parametrize(
    "stated",
    [
        "\n\n".join(LONG),
        paragraphs(LONG),
        "<br/>".join(LONG).replace("’", "&rsquo;").replace("railway", "<b>railway</b>"),
    ],
)
def test_a_text_that_the_page_only_states_is_read(stated: str) -> None:
    # The page showed a caption, and a button that fetches the rest.
    caption = "<figure><img><figcaption>A train near the river in May.</figcaption></figure>"
    found = shown(f"{DATE}{caption}<p>Read full article</p>", stated)
    assert found[-len(LONG) :] == LONG
    assert "Published: 5 March 2024" in found


def test_a_text_that_the_page_shows_is_read_from_the_page() -> None:
    assert shown(f"<div>{paragraphs(LONG)}</div>", " ".join(LONG)) == LONG


@pytest.mark.parametrize(
    ("stated", "headline"),
    [(" ".join(LONG), "Harbour closed after storm"), (" ".join(LONG[:1]), ENGLISH_TITLE)],
)
def test_another_story_and_a_summary_are_not_the_text(stated: str, headline: str) -> None:
    assert shown(f"<div>{paragraphs(BODY[:1])}</div>", stated, headline) == BODY[:1]


def test_what_is_stated_is_the_article_whatever_its_box_is_called() -> None:
    boxes = "".join(f"<div class='promo'><p>{text}</p></div>" for text in LONG[4:])
    inside = f"<div class='text'>{paragraphs(LONG[:4])}{boxes}</div>"
    assert shown(inside, "\n".join(LONG)) == LONG
    assert shown(inside, "\n".join(LONG), "Harbour closed after storm") == LONG[:4]
