"""Bilingual pages as sites have them: heads, headings, version lines and furniture in both languages
around every layout. Each sentence comes out in its half, each title above it, and no furniture.
"""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records import Lang
from tasks.language.versions import is_version_line
from tests.tasks.split.pairs import PAIRS
from tests.tasks.split.test_composed import articles, bare, said

Pair = tuple[str, str]

ZH, EN = "码头上的一年", "A Year on the Docks"
#: The lines above the text, with both titles.
HEADS = {
    "below each other": [ZH, EN],
    "English first": [EN, ZH],
    "in capitals": [EN.upper(), ZH],
    "a bar": [f"{ZH} | {EN}"],
    "a bar that is a character": [f"{ZH}丨{EN}"],
    "slashes": [f"{EN} // {ZH}"],
    "a dot": [f"{ZH} · {EN}"],
    "brackets": [f"{EN} ({ZH})"],
    "a blank": [f"{ZH} {EN}"],
    "dates between": [ZH, "2022年3月4日", EN, "March 4, 2022"],
    "labels": [f"标题：{ZH}", f"Title: {EN}"],
    "a menu": ["首页 Home | 新闻 News | 视频 Video", ZH, EN],
    "a switch of languages": ["简体中文 / English / 登录 Login", EN, ZH],
    "a player": [ZH, EN, "收听音频 LISTEN 05:20"],
    "a version line": [ZH, EN, "请向下滚动查看英文版"],
}
FEET = {
    "nothing": [],
    "other stories": [
        "上一篇 Previous: 茶园里的机器人 Robots in the Tea Garden",
        "下一篇 Next: 无人的灯塔 The Empty Lighthouse",
    ],
    "a menu": ["关于我们 About Us | 联系我们 Contact Us | 隐私政策 Privacy Policy"],
    "rights": ["© 2022 白沙双语网 版权所有 All Rights Reserved", "返回顶部 Back to Top"],
}
VERSIONS = (
    *("The English version follows:", "英文版 English Version", "(For English version, see below)"),
    *("英文参考：", "English Text:", "English translation / 英文译文", "▼ English version ▼"),
)
HEADINGS = (("背景", "Background"), ("经过", "What Happened"), ("结果", "Outcome"))


def in_turn(pairs: Sequence[Pair]) -> list[str]:
    return [line for pair in pairs for line in pair]


def memory(pairs: Sequence[Pair]) -> list[str]:
    """As translation memories are exported."""
    return [
        line
        for number, (zh, en) in enumerate(pairs)
        for line in (
            f'<tu tuid="{number}">',
            f'<tuv xml:lang="zh-CN"><seg>{zh}</seg></tuv>',
            f'<tuv xml:lang="en-US"><seg>{en}</seg></tuv>',
            "</tu>",
        )
    ]


LAYOUTS: dict[str, Callable[[Sequence[Pair]], list[str]]] = {
    "in turn": in_turn,
    "in brackets": lambda pairs: [f"{zh}（{en}）" for zh, en in pairs],
    "English, then square brackets": lambda pairs: [f"{en} [{zh}]" for zh, en in pairs],
    "one after the other": lambda pairs: [zh for zh, _ in pairs] + [en for _, en in pairs],
    "numbered": lambda pairs: [
        line for n, pair in enumerate(pairs, 1) for line in (f"#{n}", *pair)
    ],
    "subtitles": lambda pairs: [
        line
        for n, pair in enumerate(pairs)
        for line in (f"00:00:{n * 7:02d},000 --> 00:00:{n * 7 + 6:02d},500", *pair)
    ],
    "a memory of translations": memory,
}
SOME_PAIRS = st.lists(st.sampled_from(PAIRS), min_size=5, max_size=8, unique=True)


@given(
    SOME_PAIRS,
    st.sampled_from(sorted(HEADS)),
    st.sampled_from(sorted(LAYOUTS)),
    st.sampled_from(sorted(FEET)),
)
def test_a_page_of_a_bilingual_site(pairs: list[Pair], head: str, layout: str, foot: str) -> None:
    found = articles([*HEADS[head], *LAYOUTS[layout](pairs), *FEET[foot]])
    assert [article.lang for article in found] == [Lang.ZH, Lang.EN]
    titles = (ZH, EN.upper() if head == "in capitals" else EN)
    for side, (article, title) in enumerate(zip(found, titles, strict=True)):
        assert (article.title, article.title_derived) == (title, False)
        assert said(article) == bare(title + "".join(pair[side] for pair in pairs))


@given(SOME_PAIRS, st.sampled_from(VERSIONS))
def test_a_line_that_announces_the_version_leaves(pairs: list[Pair], version: str) -> None:
    chinese, english = articles(
        [ZH, *(zh for zh, _ in pairs), version, EN, *(en for _, en in pairs)]
    )
    assert (chinese.title, english.title) == (ZH, EN)
    assert said(chinese) == bare(ZH + "".join(zh for zh, _ in pairs))
    assert said(english) == bare(EN + "".join(en for _, en in pairs))


@pytest.mark.parametrize("form", ["{zh} / {en}", "{en} {zh}", "【{zh}】{en}", "{zh}\n{en}"])
def test_headings_in_both_languages_come_apart(form: str) -> None:
    # The first stands right below the titles, where lines of a site stand too.
    lines = [ZH, EN]
    for number, (zh, en) in enumerate(HEADINGS):
        lines += form.format(zh=zh, en=en).split("\n")
        lines += in_turn(PAIRS[2 * number : 2 * number + 2])
    chinese, english = articles(lines)
    if "\n" not in form:
        kept = [bare(block.text) for block in chinese.blocks]
        assert [text for text in kept if text in dict(HEADINGS)] == [zh for zh, _ in HEADINGS]
    for zh, en in HEADINGS[1:]:
        assert bare(zh) in said(chinese)
        assert bare(en) in said(english)
        assert bare(en) not in said(chinese)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        # The Chinese title has words of the English one.
        ("Harwick 监狱：六名狱警受伤", "Harwick prison: six officers hurt"),
        ("小偷在 Levee 商场偷走 ATM 现金", "Thieves take cash from ATM at the Levee mall"),
        ("奥尔森（Betty Olsen）校长的午餐实验", "Headmistress Betty Olsen's lunch experiment"),
        # The English one has no word that only sentences have.
        ("灯塔更新：沿海各县浓度下降", "Lighthouse Update: Concentrations decrease along coast"),
    ],
)
@pytest.mark.parametrize("form", ["{zh} | {en}", "{en} / {zh}", "{zh} {en}", "{en} ({zh})"])
def test_titles_with_words_of_the_other_language(zh: str, en: str, form: str) -> None:
    lines = [form.format(zh=zh, en=en), *(f"{a}（{b}）" for a, b in PAIRS[:6])]
    if form == "{zh} {en}" and zh[-1].isascii():
        return
    chinese, english = articles(lines)
    assert (chinese.title, english.title) == (zh, en)


def test_names_of_the_other_language_stay_in_their_sentence() -> None:
    # "said Yuan (袁伯舟), the captain" was cut at the name.
    pairs = [
        (zh, en.replace("Captain Yuan Bozhou", "Yuan Bozhou (袁伯舟), the captain, who never"))
        for zh, en in PAIRS[:6]
    ]
    chinese, english = articles([ZH, EN, *in_turn(pairs)])
    assert said(english) == bare(EN + "".join(en for _, en in pairs))
    assert said(chinese) == bare(ZH + "".join(zh for zh, _ in pairs))


def test_a_translation_behind_a_chinese_sentence_that_ends_in_latin() -> None:
    pairs = [
        *PAIRS[:4],
        ("警方在眼镜上找到了 Yuan 的 DNA。", "Police found Yuan's DNA on the glasses."),
    ]
    chinese, english = articles([ZH, EN, *(f"{zh}（{en}）" for zh, en in pairs)])
    assert bare(pairs[-1][0]) in said(chinese)
    assert bare(pairs[-1][1]) in said(english)


def test_a_question_in_brackets_is_no_byline() -> None:
    # ``(记者：现在不是有传感器吗？)`` was taken for the name of a reporter, and left.
    lines = [ZH, EN, *(f"{en} ({zh})" for zh, en in PAIRS[:5])]
    lines.insert(4, "Reporter: Aren't there sensors for that now? (记者：现在不是有传感器吗？)")
    chinese, _ = articles(lines)
    assert "现在不是有传感器吗" in said(chinese)


def test_the_last_sentence_of_a_page_in_turn_stays() -> None:
    # An apology sounds like the site's; its translation stands right above it.
    last = ("由此带来的不便，敬请谅解。", "We apologise for any inconvenience this may cause.")
    lines = [EN, ZH, *(line for zh, en in [*PAIRS[:5], last] for line in (en, zh))]
    chinese, _ = articles([*lines[:-1], "[图片 Image]", lines[-1], "阅读原文 Read more"])
    assert bare(last[0]) in said(chinese)


@pytest.mark.parametrize(
    "line",
    [
        "English as she is spoken",
        "The original story",
        "中文 is Chinese",
        "原文与译文",
        "A Chinese story",
    ],
)
def test_a_line_about_languages_announces_nothing(line: str) -> None:
    assert not is_version_line(line)
