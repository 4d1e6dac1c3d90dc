"""Injected advertisements: cut on two signs, never on one."""

import pytest

from models.records import RemovalReason
from tasks.clean.vocabulary import fall_apart
from tests.tasks.clean.ledger import assert_accounted, cleaned, texts


def kept(text: str) -> str:
    draft = cleaned(text)
    assert_accounted(draft, text)
    assert {r.reason for r in draft.removals} <= {RemovalReason.SPAM, RemovalReason.BOILERPLATE}
    return "\n".join(texts(draft))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # glued on both sides, and made of the vocabulary
        (
            "The fee was cut.BestonlinecasinobonusThe firm said so.",
            "The fee was cut. The firm said so.",
        ),
        ("It rose 3FreepokerwithvideoWhen markets opened.", "It rose 3 When markets opened."),
        # twice, glued once each
        (
            "It fell onlineslotsgamesThen it rose. It fell onlineslotsgamesThen it rose.",
            "It fell Then it rose. It fell Then it rose.",
        ),
        ("He saw a ONLINECASINOBONUSThe end.", "He saw a The end."),
        # three words of no spam, but glued on both sides and repeated
        (
            "One thing.CheapflightticketsAnother thing.\nTwo thing.CheapflightticketsAnother thing.",
            "One thing. Another thing.\nTwo thing. Another thing.",
        ),
    ],
)
def test_glued_tokens_are_cut(text: str, expected: str) -> None:
    assert kept(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "JavaScript, OpenStreetMap and PricewaterhouseCoopers are names.",
        "The casino in Macau reopened; poker players came at once.",
        "Infrastructure spending rose.Telecommunications did not.",
        "He plays OnlinePoker for a living.",
        "DeepMindAlphafoldServer is a product; DeepMindAlphafoldServer is new.",
        "A typo glues.Internationalisation words together.",
        "The internationalization of the counterrevolutionaries went on.",
    ],
)
def test_one_sign_is_not_enough(text: str) -> None:
    assert kept(text) == text


@pytest.mark.parametrize(
    "line",
    [
        "加薇❤️信 abc66778 免费领取资料",
        "𝗕𝗲𝘀𝘁 𝗖𝗮𝘀𝗶𝗻𝗼 online",
        "V1agra without prescription www.cheap-pills.top",
        "ｗｗｗ．ｂｅｔ８８．ｃｏｍ 注册送彩金",
        "澳门新葡京 客服QQ：123456789",
        "北京赛车 时时彩 幸运飞艇 六合彩 开奖 百家乐 真人荷官 棋牌平台 捕鱼游戏 德州扑克 老虎机 快三 分分彩",
    ],
)
def test_spam_lines_go(line: str) -> None:
    body = "改造保留了原有的骑楼，只更换了地下管网，负责人说。"
    assert kept(f"{body}\n{line}\n") == body


@pytest.mark.parametrize(
    "line",
    [
        "警方提醒，点击赌博网站链接、注册送彩金都是诈骗。",
        "澳门赌场周一重新开放，百家乐收入下降。",
        "他的微信号被盗，损失三万元。",
        "The pharmacy sells pills online now.",
        "Visit www.example.com for the full report.",
        # The @ of an address is no letter that only looks like one.
        "他把草稿寄给了“fred@example.com”。这个地址属于他的编辑，编辑当天就回了信，信里只有三个字",
        "甲公司、乙公司、丙公司、丁公司、戊公司、己公司、庚公司参加了会议",
        "公司 2023 2024 收入 12.5 15.1 增长 20.8%",
    ],
)
def test_news_about_such_things_stays(line: str) -> None:
    assert kept(line) == line


def test_insertions_in_brackets_are_cut_out_of_the_sentence() -> None:
    text = (
        "古井将原址保护。【澳门新葡京www.xpj8899.com注册送彩金】游客明年可以参观，门票免费，他说。"
    )
    assert kept(text) == "古井将原址保护。游客明年可以参观，门票免费，他说。"


def test_spam_sentences_are_cut_out_of_a_paragraph() -> None:
    text = "老街昨天重新开街。老师带牛股加薇❤️信abc66778点击领取！首批42家商户入驻，其中三分之一是老字号。"
    assert kept(text) == "老街昨天重新开街。首批42家商户入驻，其中三分之一是老字号。"


def test_stock_quotes_behind_names_go_and_codes_stay() -> None:
    text = "云岭铜业(600999.SH) +1.35%报收12.6元，远山股份(00700.HK)停牌。"
    assert kept(text) == "云岭铜业报收12.6元，远山股份(00700.HK)停牌。"


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("onlinepokerwithvideo", ("online", "poker", "with", "video")),
        ("casino", ("casino",)),
        ("infrastructure", ("infrastructure",)),
        ("qwxzkjv", ()),
    ],
)
def test_tokens_fall_apart_into_the_fewest_words(token: str, words: tuple[str, ...]) -> None:
    assert fall_apart(token) == words


@pytest.mark.parametrize(
    "spam",
    [
        "加薇❤️信abc123",
        "加微信 xx8888 稳赚",
        "（加V信：bet8888领红包）",
        "（微信号：abc123，代开发票）",
    ],
)
def test_spam_inside_a_sentence_does_not_cost_the_sentence(spam: str) -> None:
    # The whole sentence went with the account that somebody had set into it.
    first, second = (
        "老码头周日因一艘货船丢失四十个集装箱而关闭",
        "，潜水员已找到其中的大部分集装箱。",
    )
    assert kept(f"{first}{spam}{second}") == first + second


def test_a_sentence_that_is_spam_goes_whole() -> None:
    story = "老码头周日关闭，潜水员已找到其中的大部分集装箱。"
    assert kept(f"{story}加薇❤️信abc领取牛股，稳赚不赔。") == story


AROUND = ("船东说，费用由保险公司承担", "，不会转嫁给居民，也不会影响今年的票价。")
AROUND_EN = ("The owner said that the insurers would pay", ", and that nobody's fare would rise.")


@pytest.mark.parametrize(
    "set_in",
    [
        "(本站网址www.example-novel.com)",
        "【本文首发于桥头网 www.qiaotou.example.cn】",
        "（更多精彩内容请关注公众号：桥头夜话）",
        "（下载桥头APP看更多）",
        "【广告】",
        "{ad_slot_3}",
        "＋威❤：abc8866",
        "[12.35 +1.20% 资金 研报]",
    ],
)
def test_what_a_site_sets_into_a_sentence_leaves_it(set_in: str) -> None:
    assert kept(set_in.join(AROUND)) == "".join(AROUND)


@pytest.mark.parametrize("set_in", [" (advertisement)", " (scan the QR code to follow us)"])
def test_what_a_site_sets_into_an_english_sentence_leaves_it(set_in: str) -> None:
    assert kept(set_in.join(AROUND_EN)) == "".join(AROUND_EN)


@pytest.mark.parametrize(
    "aside",
    [
        "（登记网址：www.example.gov.cn）",
        "（推荐）",
        "（发送）",
        "（微信公众号）",
        "（河谷电视台）",
        "【3】",
        "（见附件）",
        "（图）",
        "（微信ID：qiaotouyehua）",
    ],
)
def test_asides_of_the_author_stay(aside: str) -> None:
    assert kept(aside.join(AROUND)) == aside.join(AROUND)


def test_a_sentence_about_an_advertisement_keeps_its_label() -> None:
    line = "他点开一个广告，【广告】两个字就在右上角，他没有理会，继续往下读那条新闻。"
    assert kept(line) == line
