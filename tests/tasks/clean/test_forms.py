"""Lines that are site furniture, and lines of articles that look a little like them."""

import pytest

from tasks.clean.forms import line_verdict

FURNITURE = {
    "advertisement": [
        "广告",
        "Advertisement",
        "SPONSORED",
        "Story continues below advertisement",
        "限时优惠 点击领取",
        "Get 50% off your first order today",
    ],
    "boilerplate": [
        "分享到 微信 微博",
        "If you like this letter, forward it to a friend. 喜欢就转给朋友。",
        "--- English ---",
        "【中文版】",
        "以下为中文全文：",
        "Please scroll down for English version",
        "英文版 English Version",
        "Share Tweet Pin 1.2K",
        "长按二维码关注公众号",
        "欢迎关注“江州晚报”微信公众号",
        "Follow us on Telegram",
        "Scan the QR code to follow us",
        "We use cookies to improve your experience. By continuing you agree.",
        "本网站使用Cookies以改善您的体验，继续浏览即表示同意。",
        "Subscribe to read the full story",
        "Already a subscriber? Log in",
        "本文为付费内容,剩余70%",
        "开通会员即可阅读全文",
        "打开APP阅读全文",
        "返回首页",
        "【打印】 【关闭窗口】",
        "首页 > 新闻 > 国内 > 正文",
        "您现在的位置：首页 > 新闻",
        "Home > News > World",
        "关键词：汽车 电池",
        "Tags: cars, batteries",
        "#新能源车# #电池#",
        "原节目",
        "查看原文",
        "Watch the full video",
        "Back to top",
        "字号：大 中 小",
        "京ICP备12345678号-1 京公网安备11010502000001号",
        "爆料热线：021-12345678",
        "点击图片放大",
        "Loading...",
        "导读",
        "(完)",
        "👉 👉 👉",
        "Was this article helpful?",
    ],
    "disclaimer": [
        "(This article is originally created by Some Studio and may not be reproduced without authorization)",
        "未经授权不得转载",
        "转载请注明出处",
        "© 2025 Example Media. All rights reserved.",
        "本文仅代表作者个人观点，不构成投资建议。",
        "免责声明：以上内容来自网络，如有侵权请联系删除。",
        "投资有风险，入市需谨慎。",
        "The views expressed in this article are those of the author alone.",
        "This article does not constitute investment advice.",
    ],
    "related": [
        "延伸阅读:某某发布新车",
        "READ MORE: A new car is coming",
        "Related: How batteries work",
        "上一篇：春耕开始",
    ],
    "comment": [
        "网友A: 说得好! 3楼 回复(2)",
        "John D. · 2 hours ago · Reply · 5 likes",
        "我来说两句",
        "Leave a comment",
        "12楼 回复",
    ],
    "pagination": [
        "第2页 / 共5页",
        "[1] [2] 下一页",
        "Page 3 of 10",
        "- 12 -",
        "上一页 下一页",
        "Textile Monthly - 12 -",
    ],
}

TEXT = [
    "Share prices fell sharply on Monday.",
    "Save the whales campaign grows",
    "Save 10% of your salary, experts say",
    "Register to vote by Oct. 5.",
    "Buy now, pay later firm files for an offering",
    "Home prices rise",
    "Like many investors, he sold.",
    "Page by page, the report lists failures.",
    "More on the plan: it will cost $5 billion",
    "Commentary",
    "The bomb went off 2 hours ago, a report said.",
    "The firm will allow third-party cookies to remain, it said on Monday.",
    "The book may not be reproduced without the author's permission, the court ruled.",
    "Critics said the rule should not be considered legal advice.",
    "Follow the money, he said.",
    "Comments by the minister drew criticism.",
    "市场关注我们何时加息。",
    "用户需扫描二维码进入景区。",
    "扫码支付成为主流。",
    "监管部门关注公众号乱象",
    "数百万用户下载某款APP引发热议",
    "剩余30%股权将于明年转让",
    "法院判定该歌曲版权归王某所有。",
    "平台未经许可转载文章被判侵权",
    "评论认为这是一次失败",
    "分享会上，他谈到了微信和微博。",
    "请加入我们的行列，他说。",
    "广告收入同比下降三成",
    "登录月球的计划推迟",
    "打印出来的房子住得下人吗",
    "会员国同意了这一方案。",
]


@pytest.mark.parametrize(
    ("reason", "line"), [(reason, line) for reason, lines in FURNITURE.items() for line in lines]
)
def test_furniture(reason: str, line: str) -> None:
    verdict = line_verdict(line)
    assert verdict is not None
    assert verdict.reason == reason


@pytest.mark.parametrize("line", TEXT)
def test_text(line: str) -> None:
    """A lost sentence is the worst of all errors."""
    assert line_verdict(line) is None


def test_a_long_line_is_looked_at_for_long_forms_only() -> None:
    assert line_verdict("分享到 微信 微博 " * 30) is None
    long = "免责声明：" + "本文内容来自公开资料，仅供参考，不构成任何投资建议。" * 20
    verdict = line_verdict(long)
    assert verdict is not None
    assert verdict.reason == "disclaimer"


@pytest.mark.parametrize(
    "line",
    [
        "扫码点餐强制关注公众号的做法，被消协点名批评。",
        "“打开App查看更多”已经成了许多网页的标配，用户怨声载道。",
        "“股市有风险，入市需谨慎”这句话，老股民张师傅听了三十年。",
        "如果您有他的线索，请拨打当地110，或联系民警王警官。",
        "举报人的信息被泄露，谁之过？",
        "#开学第一课#的话题下，晒出来的都是家长的手工。",
        '"Comments are closed," reads a note under the video.',
        '"We value your privacy," the websites say; what they mean is that they know its price.',
    ],
)
def test_sentences_that_tell_of_furniture_stay(line: str) -> None:
    # Found by setting 2,400 written lines of articles that resemble furniture into texts.
    assert line_verdict(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "江州日报违法和不良信息举报电话：010-5555 0110",
        "网上有害信息举报专区",
        "涉未成年人举报",
        "#江州 #渡轮",
    ],
)
def test_lines_of_sites_of_such_words_go(line: str) -> None:
    assert line_verdict(line) is not None


def test_players_and_menus_that_unfold() -> None:
    # A player's line was taken for the headline, and the headline left.
    assert line_verdict("NOW PLAYING   Raw: creek comes over Hatchery Road   0:48") is not None
    assert line_verdict("News ▾  Weather ▾  Closings & Delays  Sports ▾  About Us ▾") is not None
    assert line_verdict("Watch the final at 7:30") is None
    assert line_verdict("Up next in the series is the ferry") is None
