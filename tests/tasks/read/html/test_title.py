import pytest

from tasks.read.html import extract_page
from tests.tasks.read.html.pages import BODY, ENGLISH_BODY, TITLE, article, page, paragraphs


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


@pytest.mark.parametrize("suffix", [" – The Eastern Ledger", " | The Eastern Ledger", ""])
def test_a_title_cut_short_for_search_engines_does_not_hide_the_headline(suffix: str) -> None:
    """The headline stood in no article then, nor did the date below it."""
    headline = "New railway to open in March after eleven years and two ministers"
    html = page(
        article(ENGLISH_BODY, title=headline, info="<p>May 3, 2024</p>"),
        title=f"New railway to open in March{suffix}",
    )
    assert title_of(html) == headline
    assert extract_page(html).text.split("\n\n")[1] == "May 3, 2024"


def test_a_heading_that_begins_like_the_site_is_not_the_title() -> None:
    html = page(
        f"<h1>News from all the corners of the county, every morning</h1>{article(BODY)}",
        title=f"News | {TITLE}",
    )
    assert title_of(html) == TITLE


def test_the_title_stands_once() -> None:
    assert extract_page(page(article([TITLE, *BODY]))).text.count(TITLE) <= 2
    assert extract_page(page(article(BODY))).text.count(TITLE) == 1


def test_without_any_title_none_is_made_up() -> None:
    assert title_of(f"<div>{paragraphs(BODY)}</div>") is None


def test_titles_in_both_languages_and_a_salutation() -> None:
    """The page's title names both; the shorter-looking Chinese one says as much as the English,
    so the first of them is the headline, the other stays below it, and no first line is lost."""
    found = extract_page(
        "<html><head><title>关于实验楼停水检修的通知 Notice on Water Maintenance in the Laboratory"
        "-临溪大学</title></head><body><div class='nav'><a>首页</a></div>"
        "<h1>关于实验楼停水检修的通知</h1>"
        "<h2>Notice on Water Maintenance in the Laboratory</h2>"
        "<p class='meta'>发布时间：2025-07-02</p><div class='content'><p>各位老师：</p>"
        "<p>因管道更新，学校将于7月12日8:00至17:30对实验楼停水检修，请各实验室提前储水并关好阀门。</p>"
        "<p>检修期间，一楼卫生间可以使用，二楼以上的洗眼器和喷淋装置停用，请暂停有关实验。</p>"
        "<p>Pipes will be replaced, and the water in the laboratory will be off on July 12 from 8 a.m.</p>"
        "</div></body></html>"
    )
    assert found.hints.title == "关于实验楼停水检修的通知"
    assert "Notice on Water Maintenance in the Laboratory" in found.text
    assert "各位老师：" in found.text


def test_headings_in_two_languages_share_a_title_that_ends_with_the_site() -> None:
    # Each is less than half of the head's title once the site's name, said twice, is counted.
    html = page(
        "<div class='article'><h1>The Bridge That Came Back</h1><h1>回来的那座桥</h1>"
        f"{paragraphs(BODY)}</div>",
        title="The Bridge That Came Back 回来的那座桥 - 东江博物馆 Dongjiang City Museum of Art",
    )
    assert title_of(html) == "The Bridge That Came Back"


INFO = "<div>发布时间：2024-05-03 来源：东江铁路学会</div>"


def test_the_one_heading_above_a_date_where_the_head_names_section_and_site() -> None:
    """The address of the society below the page repeats a part of that title."""
    html = page(
        f"<div><h5>{TITLE}</h5>{INFO}<div>{paragraphs(BODY)}</div></div>"
        "<div><h4>联系我们</h4><h5>东江铁路学会</h5><p>地址：东江市江边路11号</p></div>",
        title="新闻动态--东江铁路学会官网",
    )
    assert title_of(html) == TITLE


def test_headings_with_dates_in_a_list_are_no_titles() -> None:
    stories = "".join(
        f"<div><h3>{text}</h3><p>2024-05-0{n}</p></div>"
        for n, text in enumerate(("东江大桥今天合龙通车", "西江大桥明年开工建设"), 1)
    )
    html = page(stories + paragraphs(BODY), title="要闻--东江铁路学会官网")
    assert title_of(html) not in ("东江大桥今天合龙通车", "西江大桥明年开工建设")


@pytest.mark.parametrize("tags", [("h1", "h2"), ("div", "div"), ("p", "h1")])
def test_headlines_in_both_languages_stay_in_their_order(tags: tuple[str, str]) -> None:
    # The English one repeats more of the head's title; the Chinese one above it was lost.
    one, other = tags
    html = f"""<html><head><title>学校为天鹅开会 The University Held a Meeting About Two Swans-鹿川大学</title></head>
    <body><{one}>学校为天鹅开会</{one}><{other} class="title">The University Held a Meeting About Two Swans</{other}>
    <p>5月17日上午，大学召开了一次会议，议题只有一个：考场要不要搬家，因为两只天鹅在门口做了窝。</p>
    <p>On May 17 the university held a meeting about a single question: whether to move its examinations.</p>
    </body></html>"""
    text = extract_page(html).text
    lines = [line.lstrip("# ") for line in text.split("\n") if line.strip()]
    assert lines[:2] == ["学校为天鹅开会", "The University Held a Meeting About Two Swans"]


def test_the_date_below_a_break_in_the_headline_is_no_part_of_it() -> None:
    """Some systems for content set the line with date and source into the heading."""
    html = page(
        f"<div><h1>{TITLE}<br><span>2024-05-03 09:15 来源：东江日报 点击：12</span></h1>"
        f"<div>{paragraphs(BODY)}</div></div>"
    )
    assert title_of(html) == TITLE
    assert "\n\n2024-05-03 09:15 来源：东江日报 点击：12\n\n" in extract_page(html).text


def test_a_headline_of_two_lines_stays_whole() -> None:
    html = page(f"<div><h1>{TITLE}<br>沿线二十个站点明年启用</h1>{paragraphs(BODY)}</div>")
    assert title_of(html) == f"{TITLE} 沿线二十个站点明年启用"
