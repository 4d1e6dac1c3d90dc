"""Furniture that pages of the wild showed, and text that looks like it and stays."""

import pytest

from tasks.clean.forms import line_verdict
from tests.tasks.clean.ledger import cleaned, texts

A = "The harbour was closed on Sunday after a ship had lost forty containers in the storm, the port said."
B = "Divers have found most of them; three are still missing, among them one with car batteries inside."
C = "Ships may enter again from Tuesday, but only by day and with a pilot on board, until the search ends."
D = "Nobody knows when the last of the containers will be found, and the divers have stopped to ask."


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("News  Opinion  Sport  Culture  Lifestyle", "navigation"),
        ("快讯 行情 自选 数据 直播 登录", "navigation"),
        ("💬 Join the conversation", "comment_form"),
        ("🔔 Get alerts for this author", "newsletter"),
        ("Reply  Like (31)", "comment_line"),
        ("Skip key events", "live_page"),
        ("00:00 / 03:26", "player"),
        ("展开阅读全文", "app_download"),
        ("广告 Advertisement", "ad_label"),
        ("（广告）江州信用卡，首刷满188元返88元，立即申请", "ad_label"),
        ("热线：0571-5550 1234", "hotline"),
        ("商务合作请联系：bd@site.example", "hotline"),
        ("分享 留言 列印 A- A+", "share_bar"),
        ("江州日报 · 第 3 版 · 要闻", "page_number"),
        ("本译文版权归某社所有，转载须注明出处。", "rights_line"),
        ("（本文首发于“江边”公众号，转载请后台留言）", "first_published"),
        ("The Echo is a member of the Press Standards Board.", "complaints_notice"),
        ("微信扫码分享 | Share on WeChat", "worded"),
        ("Read more 阅读更多: A night on the pier", "related_link"),
        ("（下转A07版）", "jump_line"),
        ("See PIER, Page A6", "jump_line"),
    ],
)
def test_furniture(line: str, rule: str) -> None:
    verdict = line_verdict(line)
    assert verdict is not None
    assert verdict.rule == rule


@pytest.mark.parametrize(
    "line",
    [
        "今天是我的生日，咱们庆祝一番吧!",
        "点击展开或收起时的回调",
        # a clause of a law, among others
        "违法窃取、泄露调查工作信息，或者泄露举报事项、举报受理情况以及举报人信息的；",
        "For more information, see his history of the port.",
        "欢迎光临大湾中学！",
        "Sport and culture",
        "World news is what they read",
        "广告收入同比增长三成，占总收入的一半。",
        "The fund is a member of the group.",
        "Live music came back to the old town",
        "Share of the market",
        "新闻自由与社会责任",
    ],
)
def test_text_that_looks_like_it(line: str) -> None:
    assert line_verdict(line) is None


def test_a_button_for_comments_inside_an_article_takes_nothing_with_it() -> None:
    text = f"{A}\n{B}\n{C}\n💬 Join the conversation\n{D}\n214 Comments\nsalty\n3 days ago\nNice.\n"
    assert texts(cleaned(text)) == [A, B, C, D]


def test_keywords_of_spam_at_the_end() -> None:
    spam = "Online casino bonus free spins sports betting odds payday loan replica watches cheap viagra pills"
    assert texts(cleaned(f"{A}\n{B}\n{spam.lower()}\n")) == [A, B]
    said = "the casino and the betting shop sold pills and viagra to tourists from the cheap hotels of the bay"
    assert len(texts(cleaned(f"{A}\n{B}\n{said}\n"))) == 3


def test_a_name_that_comes_again_with_a_word_of_its_rights() -> None:
    text = f"{A}\n灯社 独家译制\n{B}\n灯社 独家译制\n{C}\n灯社 独家译制\n"
    assert texts(cleaned(text)) == [A, B, C]
    refrain = f"{A}\n江水悠悠\n{B}\n江水悠悠\n{C}\n江水悠悠\n"
    assert len(texts(cleaned(refrain))) == 6


@pytest.mark.parametrize(
    "line",
    [
        *(
            "NEWS",
            "Opinion",
            "BREAKING NEWS",
            "World | Europe",
            "Health & Science",
            "Press Release",
        ),
        *(
            "Issue 214",
            "Vol. 12, No. 3",
            "View this email in your browser",
            "Support our journalism",
        ),
        *(
            "社会",
            "【要闻】",
            "原创",
            "第1234期",
            "01版：要闻",
            "手机版",
            "新桥新闻网 > 社会 > 正文",
        ),
        *(
            "News  Sport  Weather",
            "专题：防汛",
            "今天是2024年3月5日 星期二",
        ),
    ],
)
def test_lines_above_a_headline(line: str) -> None:
    title = "Harbour closed for two days after storm"
    text = f"{line}\n{title}\n{A}\n{B}\n{C}\n"
    assert texts(cleaned(text)) == [title, A, B, C]


@pytest.mark.parametrize("line", ["Opinion", "Analysis", "社会", "World | Europe"])
def test_the_same_words_as_a_heading_inside_the_article_stay(line: str) -> None:
    assert line in texts(cleaned(f"A headline of some length\n{A}\n{line}\n{B}\n{C}\n"))


def test_a_word_of_a_section_may_be_the_headline() -> None:
    assert "Weather" in texts(cleaned(f"Weather\n{A}\n{B}\n{C}\n"))


@pytest.mark.parametrize(
    "line",
    [
        *("Article continues below this ad", "Click to tweet", "View this post on Instagram"),
        *("pic.twitter.com/abc123", "— Port (@port) March 5, 2024", "1 of 5", "Next slide"),
        *("Get our free newsletter", "Enter your email address", "Also on the Echo: Port wider"),
        *("【延伸阅读】江州港扩建完成", "图1/5", "文章未完，请继续阅读"),
        *("新桥银行理财，年化5%，立即购买", "注册即送188元，提现秒到账", "扫码加入读者群"),
        *("分享让更多人看到", "听全文 约3分钟", "Comments (12)", "214 Comments"),
    ],
)
def test_lines_between_two_paragraphs_go_and_nothing_else(line: str) -> None:
    """Also a counter of comments: it is a button there, and no end of the article."""
    assert [text for text in texts(cleaned(f"{A}\n{B}\n{line}\n{C}\n")) if text != line] == [
        A,
        B,
        C,
    ]
    if "omments" not in line:
        assert texts(cleaned(f"{A}\n{B}\n{line}\n{C}\n")) == [A, B, C]
