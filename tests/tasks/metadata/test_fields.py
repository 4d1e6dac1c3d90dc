"""Lines of front matter, field by field, and sentences that are none."""

import pytest

from tasks.metadata.datelines import read_dateline
from tasks.metadata.edges import trailing_byline
from tasks.metadata.fields import read_fields
from tasks.metadata.found import Field, Found


def said(found: list[Found] | None) -> list[str] | None:
    if found is None:
        return None
    return [_say(field) for field in found if field.field is not Field.TOOL]


def _say(found: Found) -> str:
    value = found.date.value if found.date else found.value or str(found.count or "")
    return f"{found.field.value}:{found.name + ':' if found.name else ''}{value}"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("11/11 2024 470", ["date:2024-11-11", "number:views:470"]),
        ("Author|Heyan Studio", ["person:author:Heyan Studio"]),
        ("Editor/Yibai", ["person:editor:Yibai"]),
        ("Total Words: 1749", ["counter:words:1749"]),
        ("Reading Time: 3 Minutes", ["counter:reading_minutes:3"]),
        ("全文共1749字", ["counter:words:1749"]),
        ("1.2万次阅读", ["counter:views:12000"]),
        ("阅读 1.3万 评论 56", ["counter:views:13000", "counter:comments:56"]),
        ("1,234 views · 12 comments", ["counter:views:1234", "counter:comments:12"]),
        ("发布 09:10 更新 11:45", ["published:T09:10", "updated:T11:45"]),
        ("Updated 4:05 p.m. ET, March 3, 2025", ["updated:2025-03-03T16:05"]),
        ("Posted on 14 June 2024 by admin", ["published:2024-06-14", "credit:"]),
        (
            "By John Smith and Jane Doe, CNN",
            ["person:author:John Smith", "person:author:Jane Doe", "outlet:CNN"],
        ),
        (
            "By John Smith | Reuters | March 5, 2025",
            ["person:author:John Smith", "outlet:Reuters", "date:2025-03-05"],
        ),
        (
            "(Reporting by Ann Lee in Bonn and Tom O'Brien in London; Editing by Jane Doe)",
            ["person:reporter:Ann Lee", "person:reporter:Tom O'Brien", "person:editor:Jane Doe"],
        ),
        (
            "作者：王强 责编：李四 来源：新华网",
            ["person:author:王强", "person:editor:李四", "outlet:新华网"],
        ),
        ("文/王强 图/李明", ["person:author:王强", "person:photographer:李明"]),
        ("文丨苏晓岚 编辑丨郑一凡", ["person:author:苏晓岚", "person:editor:郑一凡"]),
        ("本报记者 王强 李小明 北京报道", ["person:reporter:王强", "person:reporter:李小明"]),
        ("新华社记者 王强", ["outlet:新华社", "person:reporter:王强"]),
        ("記者 林志豪／台北報導", ["person:reporter:林志豪"]),
        ("译者：约翰·史密斯", ["person:translator:约翰·史密斯"]),
        ("图片来源：视觉中国", ["credit:"]),
        ("Photo: Li Ming/Xinhua", ["person:photographer:Li Ming", "credit:"]),
        (
            "来源:甲报(转自乙网) 原标题:《房子》",
            ["outlet:甲报", "outlet:chain:乙网", "original_title:房子"],
        ),
        ("来源：新华网 2025-03-05 10:20 字号 大 中 小", ["outlet:新华网", "date:2025-03-05T10:20"]),
        ("原文链接：https://example.com/a", ["url:https://example.com/a"]),
        ("FRANKFURT, March 6, 2025", ["date:2025-03-06"]),
        ("2025年2月18日 上午10时20分 星期二", ["date:2025-02-18T10:20"]),
        ("Wallstreetcn", ["outlet:Wallstreetcn"]),
        ("3小时前", ["date:3小时前"]),
        # The name took the month along where all is in capitals.
        (
            "By JANE DOE and ANN LEE-McKAY DEC. 10, 2018",
            ["person:author:JANE DOE", "person:author:ANN LEE-McKAY", "date:2018-12-10"],
        ),
        (
            "By Jane Doe | Reuters – 1 hr 4 mins ago",
            ["person:author:Jane Doe", "outlet:Reuters", "date:1 hr 4 mins ago"],
        ),
        ("Video: Luis de la Cruz", ["person:producer:Luis de la Cruz"]),
    ],
)
def test_front_matter(line: str, expected: list[str]) -> None:
    assert said(read_fields(line)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "2024 is hailed as the first year of intelligent driving.",
        "By Monday, prices had doubled",
        "Time for change",
        "Photos show damage",
        "Writers of fiction gather",
        "Editor's choice",
        "In March 2024 the plant was closed",
        "作者说他不知道",
        "3月5日，公司宣布裁员。",
        "记者了解到，价格上涨",
        "来源不明的货物被查扣",
        "阅读是一种习惯",
        "更新换代加快",
        "Reuters said on Monday that it was so",
        "Updated rules take effect",
        "5 things to know",
        "Harbour Video: Ferries- Episode VII adds new crew and Northern Falcon",
    ],
)
def test_sentences_and_headlines(line: str) -> None:
    assert read_fields(line) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "新华社北京3月5日电（记者 王强）春耕开始了。",
            ["outlet:新华社", "date:--03-05", "person:reporter:王强"],
        ),
        (
            "财联社4月20日讯（编辑 史正丞）美股周一收涨。",
            ["outlet:财联社", "date:--04-20", "person:editor:史正丞"],
        ),
        ("本报讯（记者 李明）昨天，大桥通车。", ["person:reporter:李明"]),
        ("中新网3月5日电 大桥通车。", ["outlet:中新网", "date:--03-05"]),
        ("【环球时报综合报道】大桥通车。", ["outlet:环球时报"]),
        ("BEIJING, March 5 (Xinhua) -- China opened a bridge.", ["outlet:Xinhua", "date:--03-05"]),
        ("(Reuters) - A bridge was opened.", ["outlet:Reuters"]),
        ("NEW YORK, N.Y. (AP) — A bridge was opened.", ["outlet:AP"]),
        (
            "LHASA, Aug. 2, 2025 (Xinhua) -- A road was opened.",
            ["outlet:Xinhua", "date:2025-08-02"],
        ),
        (
            "Northern Valley Daily, April 20, a bridge was opened.",
            ["outlet:Northern Valley Daily", "date:--04-20"],
        ),
        ("On March 5, a bridge was opened.", []),
        ("The bridge (Golden Gate) was opened.", []),
        ("In Paris, April 20 is a holiday.", []),
        ("据新华社3月5日报道，大桥通车。", []),
        # Who is cited in a sentence is no outlet of the page, and “according to” no part of a name.
        ("另据远山社3月5日报道，大桥通车。", []),
        ("根据河谷地铁新闻报报道，大桥今晚通车。", []),
        ("他是新华社记者，写了很多报道。", []),
        ("记者昨天来到大桥。", []),
    ],
)
def test_datelines(text: str, expected: list[str]) -> None:
    assert said(read_dateline(text)) == expected


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("大桥通车了。（责任编辑：王强）", "（责任编辑：王强）"),
        ("大桥通车了。（完）", "（完）"),
        ("大桥通车了。责任编辑：王强", "责任编辑：王强"),
        (
            "It was opened. (Reporting by Ann Lee; Editing by Jane Doe)",
            "(Reporting by Ann Lee; Editing by Jane Doe)",
        ),
        ("大桥通车了（图为大桥）", None),
        ("大桥通车了。（他们都这么说。）", None),
        ("It was opened. (See the map.)", None),
        ("It was opened (Reuters)", None),
        ("每周一次（3月5日除外）", None),
    ],
)
def test_bylines_at_the_end_of_a_paragraph(text: str, end: str | None) -> None:
    edge = trailing_byline(text)
    assert (text[edge.start :] if edge else None) == end


def test_the_agency_of_a_picture_is_not_the_outlet() -> None:
    # Stories of every paper that buys pictures were "AP".
    edge = trailing_byline("Guests at the bridge in May 2024. (AP Photo/Jane Doe)")
    assert edge is not None
    assert said(edge.found) == ["credit:", "person:photographer:Jane Doe"]
