import json

import pytest

from models.records import Hints
from tasks.read.html import extract_page
from tests.tasks.read.html.pages import BODY, TITLE, article, page


def hints(head: str = "", body: str = "", **kwargs: str) -> Hints:
    return extract_page(page(body or article(BODY), head=head, **kwargs)).hints


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2024-05-03T09:15:00+08:00",
    "dateModified": "2024-05-03T11:45:00+08:00",
    "author": [{"@type": "Person", "name": "王强"}, {"@type": "Person", "name": "李丽"}],
    "publisher": {"@type": "Organization", "name": "东江网"},
    "mainEntityOfPage": {"@id": "https://example.org/1"},
    "inLanguage": "zh-CN",
    "description": "摘要。",
}
EXPECTED = Hints(
    how="html",
    title=TITLE,
    url="https://example.org/1",
    published="2024-05-03T09:15:00+08:00",
    updated="2024-05-03T11:45:00+08:00",
    outlet="东江网",
    authors=("王强", "李丽"),
    lang="zh-CN",
    summary="摘要。",
)


@pytest.mark.parametrize(
    "data",
    [
        ARTICLE,
        [{"@type": "BreadcrumbList"}, ARTICLE],
        {"@graph": [{"@type": "WebSite", "name": "x"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {**ARTICLE, "@type": ["Article", "NewsArticle"]},
    ],
)
def test_linked_data(data: object) -> None:
    assert hints(linked(data)) == EXPECTED


def test_linked_data_with_raw_line_breaks_and_a_broken_block_before() -> None:
    text = json.dumps(ARTICLE, ensure_ascii=False).replace("摘要。", "摘\n要。")
    head = f"<script type='application/ld+json'>{{broken</script><script type='application/ld+json'>{text}</script>"
    assert hints(head).summary == "摘 要。"


def test_open_graph_and_meta_tags() -> None:
    head = (
        "<meta property='og:url' content='https://example.org/2'>"
        "<meta property='og:site_name' content='东江网'>"
        "<meta property='article:published_time' content='2024-05-03 09:15'>"
        "<meta property='article:modified_time' content='2024-05-04'>"
        "<meta name='Author' content='王强'><meta name='Description' content='摘要&amp;更多'>"
    )
    assert hints(head) == Hints(
        how="html",
        title=TITLE,
        url="https://example.org/2",
        published="2024-05-03 09:15",
        updated="2024-05-04",
        outlet="东江网",
        authors=("王强",),
        summary="摘要&更多",
    )


def test_the_names_of_chinese_government_sites() -> None:
    head = (
        "<meta name='ArticleTitle' content='东江新铁路明年三月通车'>"
        "<meta name='PubDate' content='2024-05-03 09:15'><meta name='ContentSource' content='新华网'>"
        "<meta name='SiteName' content='东江市人民政府'>"
    )
    found = hints(head)
    assert (found.published, found.outlet) == ("2024-05-03 09:15", "新华网")


def test_microdata_and_canonical_link() -> None:
    body = f"<time itemprop='datePublished' datetime='2024-05-03'>昨天</time>{article(BODY)}"
    found = hints("<link rel='canonical' href='https://example.org/3'>", body)
    assert (found.published, found.url) == ("2024-05-03", "https://example.org/3")


def test_the_date_in_the_markup_of_the_articles_own_line() -> None:
    line = "<p><time datetime='2024-05-03T09:15'>{}5月3日 09:15</time></p>"
    assert hints(body=article(BODY, info=line.format(""))).published == "2024-05-03T09:15"
    assert hints(body=article(BODY, info=line.format("更新于"))).published is None


def test_an_author_that_is_the_site_or_an_address_is_none() -> None:
    site = "<meta property='og:site_name' content='东江网'>"
    assert hints(site + "<meta name='author' content='东江网'>").authors == ()
    assert hints("<meta property='article:author' content='https://x.org/a'>").authors == ()


def test_a_time_somewhere_on_the_page_is_no_publication_date() -> None:
    # A related story's date, or the day the page was made, would be made up for this one.
    assert (
        hints(body=article(BODY) + "<div><time datetime='2019-01-01'>x</time></div>").published
        is None
    )


@pytest.mark.parametrize("address", ["/1.html", "javascript:x", "http://[bad", "https:///x", "a b"])
def test_an_address_that_is_none_is_left_out(address: str) -> None:
    assert hints(f"<link rel='canonical' href='{address}'>").url is None


def test_odd_types_in_linked_data_do_no_harm() -> None:
    odd = {
        "@type": "NewsArticle",
        "headline": {"x": 1},
        "author": 5,
        "datePublished": ["2024"],
        "publisher": [],
    }
    found = hints(linked(odd))
    assert (found.authors, found.published, found.outlet) == ((), "2024", None)
    assert hints(linked({"@graph": {"@graph": [[[ARTICLE]]]}})).outlet == "东江网"
    deep: object = ARTICLE
    for _ in range(100):
        deep = [deep]
    assert hints(linked(deep)).outlet is None


def test_nothing_said_is_nothing_known() -> None:
    assert hints() == Hints(how="html", title=TITLE)


def test_an_author_in_the_markup_of_the_page() -> None:
    """Where neither linked data nor a meta tag names one: microdata, then a link to an author."""
    byline = '<p>By <span itemprop="author"><a itemprop="name" href="/a">Ann Lee</a></span></p>'
    assert hints(body=article(BODY) + byline).authors == ("Ann Lee",)
    assert hints(body=article(BODY) + '<a rel="author" href="/b">Bob Ray</a>').authors == (
        "Bob Ray",
    )
    meta = '<meta name="author" content="Cy Dow">'
    assert hints(meta, article(BODY) + byline).authors == ("Cy Dow",)


def test_a_tag_for_each_author() -> None:
    tags = "".join(
        f'<meta property="article:author" content="{n}">' for n in ("Ann Lee", "Bob Ray")
    )
    assert hints(tags).authors == ("Ann Lee", "Bob Ray")


@pytest.mark.parametrize("content", ["来源：东江日报", "稿源: 东江日报", "Source: 东江日报"])
def test_a_label_within_the_value_of_a_tag_is_no_part_of_the_name(content: str) -> None:
    assert hints(f"<meta name='source' content='{content}'>").outlet == "东江日报"


def test_the_name_that_the_markup_above_the_text_calls_the_authors() -> None:
    """The name of an account has no label, and no form that tells; its class says what it is."""
    card = "<div><p class='author-name'>东江老船长</p><p>发布时间：05-03 09:15</p></div>"
    assert hints(body=article(BODY, info=card)).authors == ("东江老船长",)
    below = "<div class='author-name'>西江老船长</div>"  # that of another story
    assert hints(body=article(BODY, info="<p>2024-05-03</p>") + below).authors == ()


def test_the_author_that_the_head_names_comes_first() -> None:
    card = "<p class='author-name'>东江老船长</p>"
    head = "<meta name='author' content='王强'>"
    assert hints(head, article(BODY, info=card)).authors == ("王强",)


@pytest.mark.parametrize(
    ("description", "summary"),
    [
        (TITLE, None),
        (f"{TITLE} 东江,铁路,通车,新线", None),
        (f"{TITLE}-要闻频道-东江网", None),
        (
            f"{TITLE} 新铁路全长两百公里，明年三月通车。",
            f"{TITLE} 新铁路全长两百公里，明年三月通车。",
        ),
        ("新铁路全长两百公里", "新铁路全长两百公里"),
    ],
)
def test_the_title_with_keywords_behind_it_is_no_summary(
    description: str, summary: str | None
) -> None:
    assert hints(f"<meta name='description' content='{description}'>").summary == summary
