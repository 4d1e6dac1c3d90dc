"""Authors and dates that only the markup of a page's body says."""

import pytest

from tasks.read.html import extract_page
from tests.tasks.read.html.pages import ENGLISH_BODY, ENGLISH_TITLE, links, page, paragraphs

BODY = f"<div>{paragraphs(ENGLISH_BODY)}</div>"


def shown(above: str = "", below: str = "", *, around: str = "<div>{}</div>") -> str:
    inside = f"{above}<h1>{ENGLISH_TITLE}</h1>{BODY}{below}"
    return page(around.format(inside), title=ENGLISH_TITLE, before="")


def authors(html: str) -> tuple[str, ...]:
    return extract_page(html).hints.authors


def published(html: str) -> str | None:
    return extract_page(html).hints.published


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="author vcard"><b class="fn">Ann Example</b> <i>Correspondent</i></p>',
        '<span class="post-author vcard">Posted by <span class="fn">Ann Example</span></span>',
        '<a href="/ann" rel="author">View all posts by Ann Example</a>',
        '<a href="/ann" rel="author">SHOW ALL ARTICLES OF<br>Ann Example</a>',
        '<p class="post-author-name">Ann Example</p>',
        '<div class="byline__name"> Ann  Example</div><div class="byline__name">Ann Example</div>',
    ],
)
def test_the_author_by_microformats_and_names_of_parts(byline: str) -> None:
    assert authors(shown(below=byline)) == ("Ann Example",)


@pytest.mark.parametrize(
    "scrap",
    [
        # A reader, and the authors of other stories.
        '<ol class="comment-list"><li><cite class="author vcard"><b class="fn">Bo Reader</b>'
        "</cite></li></ol>",
        '<div class="related-posts"><a rel="author" href="/bo">Bo Other</a></div>',
        '<div id="sidebar"><p class="author-name">Bo Other</p></div>',
        # Two names in the same way, or no name at all.
        '<p class="author-name">Bo Other</p><p class="author-name">Cy Third</p>',
        '<p class="author">Our staff writes about trains</p>',
    ],
)
def test_names_of_others_are_not_the_author(scrap: str) -> None:
    assert authors(shown(below=scrap)) == ()
    assert authors(shown(below=scrap, around="<article>{}</article>")) == () or "sidebar" in scrap


def test_a_column_of_the_article_is_its_own_whatever_it_is_called() -> None:
    column = '<div id="sidebar"><a rel="author" href="/ann">Ann Example</a></div>'
    assert authors(shown(above=column, around="<article>{}</article>")) == ("Ann Example",)


@pytest.mark.parametrize(
    "mark",
    [
        '<abbr class="published updated" title="2024-03-05T16:39:00-04:00">Mar 5</abbr>',
        '<abbr itemprop="datePublished" title="2024-03-05T16:39:00-04:00">4:39 PM</abbr>',
        '<time class="entry-date published" datetime="2024-03-05T16:39:00-04:00">Tue</time>',
        '<time pubdate datetime="2024-03-05T16:39:00-04:00">Tue</time>',
    ],
)
def test_the_day_by_microformats(mark: str) -> None:
    # A Blogger page was dated "T21:05": the day stood in a title attribute.
    assert published(shown(below=f"<footer>{mark}</footer>")) == "2024-03-05T16:39:00-04:00"


def test_days_of_several_stories_are_not_the_day_of_the_page() -> None:
    marks = "".join(f'<time class="published" datetime="2024-03-0{n}">x</time>' for n in (5, 6))
    assert published(shown(below=f"<footer>{marks}</footer>")) is None


def test_a_date_right_above_the_headline() -> None:
    above = '<p class="eyebrow">Tuesday, March 5, 2024</p>'
    assert published(shown(above)) == "March 5, 2024"
    assert published(shown(above, around="<div><div class='post'>{}</div></div>")) == (
        "March 5, 2024"
    )


@pytest.mark.parametrize(
    "above",
    [
        "<p>Updated: March 5, 2024</p>",
        "<p>March 5, 2024</p><p>March 6, 2024</p>",
        f"<p>Tuesday, March 5, 2024</p><ul>{links('News', 'Sport', 'Trains')}</ul>",
    ],
)
def test_other_dates_above_the_headline_are_not_its_day(above: str) -> None:
    assert published(shown(above)) is None


def test_the_date_of_a_masthead_is_not_the_day_of_the_page() -> None:
    # It is the day on which the page was fetched.
    masthead = "<div class='top'>Tuesday, March 5, 2024</div>"
    html = page(f"<div><h1>{ENGLISH_TITLE}</h1>{BODY}</div>", title=ENGLISH_TITLE, before=masthead)
    assert published(html) is None
