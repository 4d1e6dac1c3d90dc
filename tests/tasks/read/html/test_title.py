import pytest

from tasks.read.html import extract_page
from tests.tasks.read.html.pages import BODY, TITLE, article, page, paragraphs


def title_of(html: str) -> str | None:
    extracted = extract_page(html)
    first = extracted.text.split("\n")[0]
    assert (extracted.hints.title is None) == (not first.startswith("# "))
    assert extracted.hints.title is None or first == f"# {extracted.hints.title}"
    return extracted.hints.title


@pytest.mark.parametrize(
    "suffix", ["_东江网", "-东江网", " - 东江网", "|东江网", "_要闻_东江网", " — 东江网"]
)
def test_the_suffix_goes_where_a_heading_proves_it(suffix: str) -> None:
    assert title_of(page(article(BODY), title=TITLE + suffix)) == TITLE


def test_the_suffix_goes_where_the_head_names_the_site() -> None:
    html = page(
        paragraphs(BODY),
        title=f"{TITLE} - 东江网",
        head="<meta property='og:site_name' content='东江网'>",
    )
    assert title_of(html) == TITLE


def test_the_suffix_goes_where_the_page_shows_it_as_a_logo() -> None:
    assert (
        title_of(page(f"<div>东江网</div>{paragraphs(BODY)}", title=f"{TITLE} - 东江网")) == TITLE
    )


def test_a_suffix_that_nothing_proves_stays() -> None:
    title = "New railway to open - what we know"
    assert title_of(page(paragraphs(BODY), title=title)) == title


def test_a_heading_that_is_the_site_or_another_story_is_not_the_title() -> None:
    html = page(
        f"<h1><a href='/'>东江网</a></h1><div><div class='tt'>{TITLE}</div>{paragraphs(BODY)}</div>"
        "<h2>另一条新闻的标题</h2>"
    )
    assert title_of(html) == TITLE


def test_open_graph_and_linked_data_are_believed() -> None:
    html = page(
        article(BODY), title="东江网", head=f"<meta property='og:title' content='{TITLE}_东江网'>"
    )
    assert title_of(html) == TITLE
    linked = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}"}}</script>'
    assert title_of(page(paragraphs(BODY), title="东江网", head=linked)) == TITLE


def test_quotes_and_widths_may_differ() -> None:
    html = page(
        article(BODY, title="“东江”新铁路 明年3月通车"), title='"东江"新铁路明年３月通车_东江网'
    )
    assert title_of(html) == "“东江”新铁路 明年3月通车"


def test_the_title_stands_once() -> None:
    assert extract_page(page(article([TITLE, *BODY]))).text.count(TITLE) <= 2
    assert extract_page(page(article(BODY))).text.count(TITLE) == 1


def test_without_any_title_none_is_made_up() -> None:
    assert title_of(f"<div>{paragraphs(BODY)}</div>") is None
