"""Bilingual pages in the layouts of real sites, from page to articles: each sentence and title in its half."""

import pytest

from models.records import Article, Document, Lang, SourceFile
from tasks.ingest import ingest

SCHOOL = (
    ("码头上的夜校开学了", "A Night School Opens on the Docks"),
    (
        "泥湾码头的夜校上周四开学，第一堂课来了三十七名装卸工。",
        "The night school at Mudwan docks opened last Thursday, and 37 dockers came to the first lesson.",
    ),
    (
        "“我四十岁才学会写自己的名字。”班长罗大舟说。",
        "“I was 40 before I learned to write my own name,” said Luo Dazhou, the class monitor.",
    ),
    (
        "夜校每周上两次课，每次九十分钟，教室是一间旧仓库。",
        "The school meets twice a week for 90 minutes each time, in an old warehouse.",
    ),
    (
        "教师是三位退休的船长，他们不收报酬。",
        "The teachers are three retired captains, who are not paid.",
    ),
)
#: A notice: short lines, a salutation, no line as long as a paragraph of news.
NOTICE = (
    ("关于图书馆暑期开放时间的通知", "Notice on Library Hours in Summer"),
    ("各位读者：", "Dear readers,"),
    (
        "7月8日至8月25日，图书馆每天9:00至17:00开放，周一闭馆。",
        "From July 8 to August 25 the library will be open daily from 9:00 to 17:00, and closed on Mondays.",
    ),
    (
        "自习室座位请提前一天在手机上预约，每人每天限约一个。",
        "Please book seats in the study room on your phone one day ahead, one seat per person a day.",
    ),
    ("还书箱全天开放。", "The return box is open around the clock."),
    ("感谢配合！", "Thank you!"),
)
#: With headings between the paragraphs.
MILL = (
    ("山谷里最后一座磨坊停转", "The Last Mill in the Valley Stops Turning"),
    (
        "青石谷的最后一座水磨坊上月三十日停止运转，它转了一百一十二年。",
        "The last water mill in Qingshi Valley stopped on the 30th of last month after 112 years.",
    ),
    ("来买面粉的人", "Who buys the flour"),
    (
        "去年一年，只有十九户人家来磨过麦子，十年前有四百多户。",
        "Last year only 19 households came to grind their wheat; ten years ago there were more than 400.",
    ),
    (
        "县博物馆愿意出六万元买下磨盘，何石生还没有答应。",
        "The county museum has offered 60,000 yuan for the millstones, and He has not said yes.",
    ),
)
#: An essay: no number, a title that the text says in other words, a title of few Latin words.
BUTTON = (
    ("外婆的针线盒", "My Grandmother's Sewing Box"),
    (
        "她从不扔掉一粒纽扣。她说，衣服会旧，纽扣不会。",
        "She never threw away a button. Clothes grow old, she used to say, but buttons do not.",
    ),
    (
        "我小时候最爱做的事，是把它们全倒在床单上，按颜色排队。",
        "What I liked best as a child was to pour them all out on the sheet and line them up by colour.",
    ),
    (
        "后来我才听母亲讲，她年轻时等过一个水手，等了三年。",
        "It was my mother who told me, much later, that as a girl she had waited for a sailor, for three years.",
    ),
    (
        "如今饼干筒在我的书架上。那粒纽扣，我没有缝到任何一件衣服上。",
        "The tin stands on my bookshelf now. I have not sewn that button onto anything.",
    ),
)
STORIES = {"school": SCHOOL, "notice": NOTICE, "mill": MILL, "button": BUTTON}
LAYOUTS = {
    "titles, Chinese, English": "{zt}\n{et}\n2024-05-06\n{zh}\n{en}",
    "Chinese, then English with its title": "{zt}\n2024-05-06 来源：泥湾日报\n{zh}\n{et}\n{en}",
    "front matter above each half": "{et}\nBy Luo Yi | May 6, 2024\n{en}\n{zt}\n作者：罗一 2024年5月6日\n{zh}",
    "dates below both titles": "{zt}\n2024年5月6日\n{zh}\n{et}\nMay 6, 2024\n{en}",
    "in turn": "{zt}\n{et}\n2024-05-06\n{turn}",
    "titles in one line, in turn": "{zt} | {et}\n{turn}",
    "titles in one line with brackets": "{zt}（{et}）\n2024-05-06\n{zh}\n{en}",
    "a rule between the halves": "{zt}\n\n{zh}\n\n----------\n\n{et}\n\n{en}",
    "a version line between the halves": "{zt}\n{zh}\n英文版 English Version\n{et}\n{en}",
    "English, Chinese": "{et}\n{en}\n{zt}\n{zh}",
    "titles, English first, in turn": "{et}\n{zt}\n{turned}",
    "lines in brackets": "{zt}\n{et}\n{lines}",
    "rows": "{zt}\t{et}\n{rows}",
    "the language said of each paragraph": "{zt}\n{et}\n{labelled}",
    "below each other, announced": "{zt}\n【中文版】\n{zh}\n--- English ---\n{et}\n{en}",
    "editors below": "{zt}\n{et}\n{zh}\n{en}\n编辑：罗一\n分享到：微信 微博",
}


def said(article: Article) -> str:
    return bare("".join((block.label or "") + block.text for block in article.blocks))


def bare(text: str) -> str:
    return "".join(ch for ch in text if ch.isalnum())


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_both_halves_and_their_titles(story: tuple[tuple[str, str], ...], layout: str) -> None:
    (zh_title, en_title), *body = story
    text = layout.format(
        zt=zh_title,
        et=en_title,
        zh="\n".join(zh for zh, _ in body),
        en="\n".join(en for _, en in body),
        turn="\n".join(line for pair in body for line in pair),
        turned="\n".join(line for zh, en in body for line in (en, zh)),
        lines="\n".join(line for zh, en in body for line in (zh, f"({en})")),
        labelled="\n".join(f"English: {en}\n中文：{zh}" for zh, en in body),
        rows="\n".join(f"{zh}\t{en}" for zh, en in body),
    )
    page = Document(SourceFile("page.txt", "", len(text.encode()), "txt"), text + "\n")
    chinese, english = ingest(page).articles
    assert (chinese.lang, english.lang) == (Lang.ZH, Lang.EN)
    assert (chinese.title, chinese.title_derived) == (zh_title, False)
    assert (english.title, english.title_derived) == (en_title, False)
    for zh, en in body:
        assert bare(zh) in said(chinese)
        assert bare(en) in said(english)
        assert bare(en) not in said(chinese)
    if layout == LAYOUTS["dates below both titles"]:
        assert "2024" not in said(chinese) + said(english)
