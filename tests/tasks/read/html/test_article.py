"""What comes out of a page: each test is one way in which real pages mislead extraction tools."""

import pytest

from models.records import QuarantineReason
from tasks.read.html import decode_page, extract_page
from tasks.read.unusable import UnusableError
from tests.tasks.read.html.pages import (
    BODY,
    ENGLISH_BODY,
    ENGLISH_TITLE,
    FOOTER,
    NAVIGATION,
    RANKING,
    TITLE,
    article,
    links,
    page,
    paragraphs,
)
from tests.tasks.read.texts import ENGLISH, SIMPLIFIED

INFO = "<div><span>2024-05-03</span><span>09:15</span> <span>来源：东江日报</span></div>"


def blocks(html: str) -> list[str]:
    return extract_page(html).text.split("\n\n")


def test_title_metadata_line_and_body() -> None:
    assert blocks(page(article(BODY, info=INFO))) == [
        f"# {TITLE}",
        "2024-05-03 09:15 来源：东江日报",
        *BODY,
    ]


@pytest.mark.parametrize(
    "line",
    [
        "昨天 14:20",
        "3小时前",
        "澎东新闻记者 王强",
        "发布时间：2024年5月3日",
        "发布时间：5-3",
        "来源于：东江街道办事处",
        "<a href='/a'>Posted on May 3, 2024</a>",
        "（记者 李丽）",
        "January 31st, 2022",
        "31.01.2022",
        "Last updated - 12 March",
        "Story by: Mary Brown",
        "Photos by Mary Brown",
        "Edited by Jane Doe; Written by Mary Brown",
    ],
)
def test_lines_of_metadata_below_the_title_are_kept(line: str) -> None:
    shown = line.replace("<a href='/a'>", "").replace("</a>", "")
    assert blocks(page(article(BODY, info=f"<p>{line}</p>"))) == [f"# {TITLE}", shown, *BODY]


def test_an_english_page() -> None:
    info = "<p class='byline'>By Mary Brown</p><time datetime='2024-05-03'>May 3, 2024</time>"
    html = page(
        article(ENGLISH_BODY, title=ENGLISH_TITLE, info=info),
        title=f"{ENGLISH_TITLE} - The Eastern Ledger",
        before=f"<nav>{links('Home', 'World', 'Business', tag='span')}</nav>",
        after=f"<aside><h3>Most read</h3><ul>{links('One story', 'Another story')}</ul></aside>"
        "<footer><p>© 2024 The Eastern Ledger. All rights reserved. Terms of use.</p></footer>",
    )
    assert blocks(html) == [f"# {ENGLISH_TITLE}", "By Mary Brown", "May 3, 2024", *ENGLISH_BODY]


def test_a_stray_end_of_page_before_the_article_loses_nothing() -> None:
    html = page(article(BODY)).replace("<body>", "</html><body></body></html>")
    assert blocks(html) == [f"# {TITLE}", *BODY]


def test_a_short_article_does_not_lose_to_its_surroundings() -> None:
    notice = "<div><p>声明：本网站转载的文章仅代表作者个人观点，不代表本网立场，请读者仅作参考，并自行核实内容。</p></div>"
    crumbs = f"<div>{links('首页', '要闻', tag='span')} &gt; 正文</div>"
    html = page(article(BODY[:1]), before=NAVIGATION + crumbs, after=notice + RANKING + FOOTER)
    assert blocks(html) == [f"# {TITLE}", BODY[0]]


@pytest.mark.parametrize(
    "heading", ["相关阅读", "【热门推荐】", "猜你喜欢", "24小时排行榜", "延伸阅读："]
)
def test_lists_of_stories_inside_the_body_go(heading: str) -> None:
    inside = f"<div><h4>{heading}</h4><ul>{links('甲市召开会议', '乙县举行比赛')}</ul></div>"
    assert blocks(page(article(BODY, inside=inside))) == [f"# {TITLE}", *BODY]


def test_stories_with_a_summary_each_are_not_the_article() -> None:
    card = '<div class="c"><h4><a href="/1">另一条新闻的标题</a></h4><p>{}</p></div>'
    cards = "".join(card.format(text) for text in SIMPLIFIED)
    assert blocks(page(article(BODY[:2]), after=f"<div>{cards}</div>" + FOOTER)) == [
        f"# {TITLE}",
        *BODY[:2],
    ]


def test_comments_longer_than_the_article_are_not_the_article() -> None:
    comment = "<div><span>读者{0}</span><span>{0}小时前</span><p>{1}</p><a href='#'>回复</a></div>"
    comments = "".join(comment.format(i + 1, text) for i, text in enumerate(SIMPLIFIED))
    html = page(article(BODY[:1]), after=f"<div><h3>网友评论</h3>{comments}</div>" + FOOTER)
    assert blocks(html) == [f"# {TITLE}", BODY[0]]


def test_sections_with_headings_of_their_own_stay_together() -> None:
    sections = "".join(
        f"<section><h2>第{n}节</h2><p>{text}</p></section>"
        for n, text in zip("一二三四", BODY, strict=True)
    )
    assert blocks(page(f"<div><h1>{TITLE}</h1><div>{sections}</div></div>")) == [
        f"# {TITLE}",
        *[part for n, text in zip("一二三四", BODY, strict=True) for part in (f"## 第{n}节", text)],
    ]


def test_paragraphs_by_line_breaks_and_indents() -> None:
    text = "<br>".join(f"　　{text}" for text in BODY)
    assert blocks(page(f"<div><h1>{TITLE}</h1><div>{text}</div></div>")) == [f"# {TITLE}", *BODY]


def test_paragraphs_in_the_cell_of_a_layout_table() -> None:
    cell = f"<td><h1>{TITLE}</h1>{paragraphs(BODY)}</td>"
    html = page(f"<table><tr><td>{NAVIGATION}</td>{cell}</tr></table>", before="")
    assert blocks(html) == [f"# {TITLE}", *BODY]


def test_players_and_widgets_do_not_split_a_body() -> None:
    texts = paragraphs(BODY[:2]) + "<div><script>play('x')</script><video>不支持</video></div>"
    html = page(f"<h1>{TITLE}</h1><div>{texts}{paragraphs(BODY[2:])}</div>")
    assert blocks(html) == [f"# {TITLE}", *BODY]


def test_lists_numbers_sections_in_items_and_nested_lists() -> None:
    inside = (
        "<ul><li><section>甲地新建了学校</section></li><li>乙地<ul><li>修路</li></ul></li></ul>"
        "<ol><li>第一步</li><li><p>第二步</p><p>第二步的说明。</p></li></ol>" + f"<p>{BODY[0]}</p>"
    )
    assert blocks(page(article(BODY, inside=inside)))[len(BODY) + 1 :] == [
        "- 甲地新建了学校",
        "- 乙地",
        "- 修路",
        "1. 第一步",
        "2. 第二步",
        "第二步的说明。",
        BODY[0],
    ]


@pytest.mark.parametrize("wrapper", ["<section>{}</section>", "<div><div><p>{}</p></div></div>"])
def test_paragraphs_each_in_wrappers_of_their_own(wrapper: str) -> None:
    # The longest of them must not be taken for the whole article, nor the list after it be lost.
    texts = [BODY[0], BODY[1] * 3, BODY[2]]
    inside = "".join(wrapper.format(text) for text in texts) + "<ul><li>甲地</li><li>乙地</li></ul>"
    html = page(f"<div><h1>{TITLE}</h1><div>{inside}</div></div>")
    assert blocks(html) == [f"# {TITLE}", *texts, "- 甲地", "- 乙地"]


def test_tables_quotes_captions_and_preformatted_text() -> None:
    inside = (
        "<table><tr><th>项目</th><th>2023</th></tr><tr><td>营收</td><td>12.5</td></tr></table>"
        f"<blockquote>{SIMPLIFIED[1]}</blockquote>"
        "<figure><img src='x'><figcaption>图为新建的车站。</figcaption></figure>"
        f"<pre>\n一行\n  又一行\n</pre><p>{BODY[0]}</p>"
    )
    assert blocks(page(article(BODY, inside=inside)))[len(BODY) + 1 :] == [
        "| 项目 | 2023 |\n| 营收 | 12.5 |",
        f"> {SIMPLIFIED[1]}",
        "图为新建的车站。",
        "一行\n  又一行",
        BODY[0],
    ]


def test_bold_lines_are_headings_and_bold_sentences_are_not() -> None:
    texts = [BODY[0], "<strong>铁路的历史</strong>", BODY[1], f"<b>{BODY[2]}</b>", BODY[3]]
    assert blocks(page(article(texts)))[1:] == [BODY[0], "## 铁路的历史", BODY[1], BODY[2], BODY[3]]


def test_a_wrapped_source_line_has_no_blank_between_han() -> None:
    html = page(article([BODY[0][:8] + "\n      " + BODY[0][8:], "A line\nof words.", *BODY[1:]]))
    assert blocks(html)[1:3] == [BODY[0], "A line of words."]


def test_the_editor_below_the_buttons_is_kept_for_the_metadata() -> None:
    below = f"<div class='share'><p>[责任编辑：王强]</p>{links('微信', '微博', tag='span')}</div>"
    assert blocks(page(article(BODY) + below)) == [f"# {TITLE}", *BODY, "[责任编辑：王强]"]


def test_a_body_of_several_pages_says_so() -> None:
    inside = f"<div>{links('1', '2', '3', '下一页', tag='span')}</div>"
    assert blocks(page(article(BODY, inside=inside)))[-1].endswith("下一页")


def test_a_name_like_share_on_the_whole_page_is_no_reason() -> None:
    html = page(f"<div class='share-main recommend'>{article(BODY, name='tags comment')}</div>")
    assert blocks(html) == [f"# {TITLE}", *BODY]


def test_real_subscribe_and_cookie_notices_go() -> None:
    inside = (
        "<div><p>We use cookies to improve your experience.</p></div>"
        "<p>Sign up for our newsletter and never miss a story.</p>"
    )
    html = page(article(ENGLISH_BODY, title=ENGLISH_TITLE, inside=inside), title=ENGLISH_TITLE)
    assert blocks(html) == [f"# {ENGLISH_TITLE}", *ENGLISH_BODY]


def test_entities_are_characters_once() -> None:
    html = page(article(["甲&amp;乙公司&nbsp;表示，“&lt;b&gt;”是一个标记。&amp;nbsp;", *BODY]))
    assert blocks(html)[1] == "甲&乙公司\xa0表示，“<b>”是一个标记。&nbsp;"


def test_scripts_are_never_text_nor_run() -> None:
    html = page(article(BODY) + f"<script>document.write('{SIMPLIFIED[0] * 20}')</script>")
    assert blocks(html) == [f"# {TITLE}", *BODY]


def test_a_page_without_any_furniture() -> None:
    assert blocks(f"<p>{BODY[0]}</p><p>{BODY[1]}</p>") == BODY[:2]
    assert blocks(BODY[0]) == [BODY[0]]


def test_formatting_left_open_a_thousand_times_is_repaired() -> None:
    html = page(article(["<font color=red><b>" + text for text in BODY * 700]))
    assert blocks(html)[1:] == BODY * 700


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", QuarantineReason.NO_TEXT),
        ("<!-- nothing -->", QuarantineReason.NO_TEXT),
        ("<html><head><title>x</title></head><body><script>x()</script></body></html>", None),
        (f"<html><body>{NAVIGATION}</body></html>", None),
        ("<frameset><frame src='x.html'></frameset>", None),
    ],
)
def test_pages_without_an_article(html: str, reason: QuarantineReason | None) -> None:
    if reason is None:
        assert extract_page(html).text == ""
    else:
        with pytest.raises(UnusableError) as caught:
            extract_page(html)
        assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("declared", "encoding"), [("gb2312", "utf-8"), ("utf-8", "gb18030"), ("gbk", "gb18030")]
)
def test_the_declared_encoding_may_be_wrong(declared: str, encoding: str) -> None:
    html = page(article(BODY)).replace("<meta charset='utf-8'>", f"<meta charset={declared}>")
    decoded = decode_page(html.encode(encoding))
    assert (decoded.text, decoded.encoding) == (html, encoding)


def test_the_declared_encoding_decides_where_the_bytes_do_not() -> None:
    # These two bytes are common characters in both encodings.
    html = "<meta charset={}><p>{}</p>"
    for declared, encoding in (("gbk", "gb18030"), ("big5", "big5hkscs")):
        raw = html.format(declared, "").encode()[:-4] + "的".encode(encoding) + b"</p>"
        assert decode_page(raw).encoding == encoding


def test_tables_of_prose_beside_each_other_are_read_in_order() -> None:
    rows = "".join(
        f"<tr><td>{zh}</td><td>{en}</td></tr>" for zh, en in zip(SIMPLIFIED, ENGLISH, strict=False)
    )
    html = page(f"<h1>{TITLE}</h1><table>{rows}</table>")
    assert blocks(html)[1:] == [
        text for pair in zip(SIMPLIFIED, ENGLISH, strict=False) for text in pair
    ]


def test_a_lead_in_a_box_of_its_own_is_not_taken_for_the_article() -> None:
    # The box stands right below the headline, and its sentences weigh a little less than the text.
    lead = f"<div class='intro'>{paragraphs(BODY[:2])}</div>"
    text = f"<div class='txt'>{paragraphs([*BODY[2:], *BODY[:1]])}</div>"
    found = blocks(page(f"<h1>{TITLE}</h1>{lead}{text}"))
    assert [line for line in BODY[2:] if line not in found] == []


def test_a_short_first_line_of_the_body_is_kept() -> None:
    # "各位同学：" was lost, because it is no prose by itself.
    found = blocks(page(article(["各位读者：", *BODY], info=INFO)))
    assert "各位读者：" in found


@pytest.mark.parametrize(
    ("spans", "line"),
    [
        (("2024-05-03", "09:15", "来源：东江日报"), "2024-05-03 09:15 来源：东江日报"),
        (("发布时间：05-03", "09:15", "优质创作者"), "发布时间：05-03 09:15 优质创作者"),
        (("东江笔记", "05-03 09:15"), "东江笔记 05-03 09:15"),
        (("东江笔记", "2024-05-03 09:15"), "东江笔记 2024-05-03 09:15"),
    ],
)
def test_the_fields_of_a_line_do_not_run_into_a_time(spans: tuple[str, ...], line: str) -> None:
    """Without a blank ``09:15优质`` was no time, and the line no metadata."""
    info = "<p>" + "".join(f"<span>{span}</span>" for span in spans) + "</p>"
    assert blocks(page(article(BODY, info=info)))[1] == line


def test_a_time_in_bold_does_not_cut_a_sentence() -> None:
    text = "列车从<b>09:15</b>起每小时一班，<b>18:30</b>以后每两小时一班，票价不变。"
    plain = text.replace("<b>", "").replace("</b>", "")
    assert plain in blocks(page(article([*BODY[:2], text, *BODY[2:]])))


def test_a_date_in_three_elements_below_the_headline() -> None:
    info = "<div><div>2024</div><div>05/03</div><div>09:15</div></div>"
    assert blocks(page(article(BODY, info=info)))[1:4] == ["2024", "05/03", "09:15"]


def test_the_agency_in_the_box_of_the_date_is_metadata() -> None:
    """The name alone has no label; it stands in a box where nothing but front matter is."""
    info = "<div><p>东江通讯社</p><p>2024-05-03 09:15</p><div>字号</div></div>"
    assert blocks(page(article(BODY, info=info))) == [
        f"# {TITLE}",
        "东江通讯社",
        "2024-05-03 09:15",
        *BODY,
    ]


def test_the_date_beside_the_buttons_to_share_is_kept() -> None:
    """The box is called after its buttons; the date right below the headline is none of them."""
    info = "<div class='share-box'><p>2024-05-03 · 东江见闻</p><div>分享到</div></div>"
    assert blocks(page(article(BODY, info=info)))[1] == "2024-05-03 · 东江见闻"


def test_a_box_of_further_reading_inside_the_body_goes_with_its_teaser() -> None:
    box = (
        "<div><div>延伸 · 推荐</div><div><p><a href='/a'>西江新铁路明年开工</a></p>"
        "<p>西江铁路公司昨天说，新铁路全长两百公里，明年五月开工，预计五年以后通车。</p></div></div>"
    )
    html = page(article(BODY, inside=box))
    assert blocks(html) == [f"# {TITLE}", *BODY]
