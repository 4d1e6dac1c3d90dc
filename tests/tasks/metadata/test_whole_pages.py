"""Whole pages with front matter and tails as sites write them: ``whole_pages.tsv``.

All values must come out, and no others; every sentence of the story stays.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.records import BlockKind
from tasks.evaluate.pages import fact_lines
from tests.tasks.clean.ledger import assert_accounted, read_page

#: Title and body of each story.
STORIES = {
    "bridge": (
        "澜溪老桥重新亮灯，守桥人等了三十一年",
        "澜溪老桥的路灯上周六重新亮了起来，守桥人何满仓站在桥头数了两遍，一共四十六盏。",
        "这座桥建成于1958年，三十一年前因为船只撞坏了供电线路而熄灯，此后夜里过桥的人只能打手电。",
        "镇里今年拨出二十八万元更换线路，电工们在桥下的小船上干了十九天，何满仓天天给他们送水。",
    ),
    "birds": (
        "种了十年的沙枣林，终于留住了候鸟",
        "沙枣林在石羊滩的北边，面积不到两平方公里，十年前那里只有风，护林员每年春天补种一次。",
        "死一棵补一棵，到今年活下来的有一万一千多株，观鸟的志愿者在林子里记录到二十三种候鸟。",
        "其中有六种是第一次出现，志愿者们说，鸟是会记路的，只要林子还在，明年它们还会来。",
    ),
    "canteen": (
        "社区食堂涨价两元，老人们为什么不生气",
        "北仓社区食堂的午餐从八元涨到十元，通知贴出来的那天，没有一个老人去找负责人。",
        "食堂负责人说，他们把每一笔菜钱都写在门口的黑板上，大家看得见，也就没有什么可说的。",
        "今年前八个月，食堂的亏损从每月一万四千元降到三千元，七十九岁的鲁阿姨每天都来吃饭。",
    ),
    "ferry": (
        "末班渡輪停駛前夜，船長多繞了一圈",
        "末班渡輪在晚上十點二十分離開碼頭，船上坐了六十三名乘客，比平日多了三倍。",
        "船長游世昌在這條航線開了二十二年，他說自己閉著眼睛也知道哪裡有暗流，哪裡有沙洲。",
        "新的跨海大橋下個月通車，渡輪公司決定不再續約，那一晚渡輪在港內多繞了一圈才靠岸。",
    ),
    "bus": (
        "Village library reopens in a former bus",
        "The library in Thornmere closed four years ago, when its roof came down in a storm.",
        "On Saturday it opened again in a green bus that used to run between village and station.",
        "The bus holds 1,900 books, and there is a waiting list for the seat behind the driver.",
    ),
    "marsh": (
        "Salt marsh returns after sea wall is breached",
        "Engineers cut the sea wall at Hollin Point in 2019 and let in the tide for the first time.",
        "Five years on, the salt marsh covers 140 hectares, and farmers graze sheep above it.",
        "The cost was 3.1 million, less than a third of what a new wall would have taken.",
    ),
    "trains": (
        "Night trains find passengers again, but not enough drivers",
        "Night trains between the two capitals ran 94 percent full in July, the operator said.",
        "Yet one train in six was cancelled because there were not enough drivers to run it.",
        "Training a driver takes eleven months, and the railway has places for only 60 a year.",
    ),
}


def pages() -> Iterator[tuple[str, str, set[str], set[str]]]:
    path = Path(__file__).with_name("whole_pages.tsv")
    for row in path.read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            story, page, wanted, allowed = row.split("\t")
            yield story, page, _values(wanted), _values(allowed)


def _values(text: str) -> set[str]:
    return set(text.split("; ")) - {""}


@pytest.mark.parametrize(
    ("story", "page", "wanted", "allowed"), [pytest.param(*row, id=row[1]) for row in pages()]
)
def test_whole_page(story: str, page: str, wanted: set[str], allowed: set[str]) -> None:
    title, *body = STORIES[story]
    text = page.replace("⏎", "\n").replace("␣", " ").replace("{t}", title)
    text = text.replace("{b}", "\n".join(body)) + "\n"
    draft, metadata = read_page(text)
    assert_accounted(draft, text, metadata)
    found = set(fact_lines(metadata))
    assert found - allowed == wanted - allowed
    titles = [block.text.text for block in draft.blocks if block.kind is BlockKind.TITLE]
    assert titles == [title]
    kept = "\n".join(block.text.text for block in draft.blocks)
    assert all(sentence in kept for sentence in body)
