"""Front matter in the forms of many sites: what a line says, in a page with a title and a body."""

import pytest

from models.records import Hints
from tasks.evaluate.pages import fact_lines
from tests.tasks.clean.ledger import assert_accounted, read_page

ZH = (
    "江州港周日因一艘货船在风暴中丢失四十个集装箱而关闭，潜水员已找到其中的大部分，港务局说。\n"
    "港务局负责人表示，另有三个集装箱下落不明，其中一个装有汽车电池，搜寻工作还将继续三天。\n"
)
EN = (
    "The harbour was closed on Sunday after a ship had lost forty containers in the storm, the port said.\n"
    "Divers have found most of them; three are still missing, among them one with car batteries inside.\n"
)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("江报 2024-08-30 20:11:37", ["published 2024-08-30T20:11:37"]),
        ("江报 江州港的四十个集装箱", None),
        (
            "江流财讯 2024-08-30 20:11:37",
            ["published 2024-08-30T20:11:37", "outlet 江流财讯"],
        ),
        (
            "2025-01-22 15:48 江報／ 記者 簡佑庭／台北即時報導",
            ["published 2025-01-22T15:48", "outlet 江報", "author 簡佑庭/reporter"],
        ),
        (
            "原创 王大鱼 江边研究 2023-08-01 20:31 上海",
            ["published 2023-08-01T20:31", "outlet 江边研究", "author 王大鱼/author"],
        ),
        ("原创： 王大鱼编译 江边研究", ["outlet 江边研究", "author 王大鱼/translator"]),
        ("2024-03-12 09:48 浙江", ["published 2024-03-12T09:48"]),
        (
            "采访｜温知夏　摄影｜白苏　排版｜小满",
            ["author 温知夏/author", "author 白苏/photographer", "author 小满/designer"],
        ),
        ("全文约3650字 阅读需要10分钟", ["counter words 3650", "counter reading_minutes 10"]),
        ("每江记者：李彪    每江编辑：陈旭", ["author 李彪/reporter", "author 陈旭/editor"]),
        ("来源：江州日报 大字体 小字体", ["outlet 江州日报"]),
        ("来源 | 江边人物（ID：jiangbian）", ["outlet 江边人物"]),
    ],
)
def test_chinese(line: str, values: list[str] | None) -> None:
    text = f"江州港因风暴关闭两天\n{line}\n{ZH}"
    draft, metadata = read_page(text)
    assert_accounted(draft, text, metadata)
    assert fact_lines(metadata) == (values or [])
    assert (line in [block.text.text for block in draft.blocks]) is (values is None)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        (
            "By Prof. Hester Oak | The Wexcombe Letters | 9 March 2023 | 4 min read",
            [
                "published 2023-03-09",
                "outlet The Wexcombe Letters",
                "author Hester Oak/author",
                "counter reading_minutes 4",
            ],
        ),
        ("By Gwen Pardoe, Local Democracy Reporter", ["author Gwen Pardoe/author"]),
        ("Mon 8 Jan 2024 12.00 GMT", ["published 2024-01-08T12:00Z"]),
        ("Photo: VCG", []),
        (
            "This article was originally published in Soil & Sky under the title “In Praise of Rain”.",
            ["original In Praise of Rain"],
        ),
    ],
)
def test_english(line: str, values: list[str]) -> None:
    text = f"Harbour closed for two days after storm\n{line}\n{EN}"
    draft, metadata = read_page(text)
    assert_accounted(draft, text, metadata)
    assert [value for value in fact_lines(metadata) if "Soil" not in value] == values
    assert line not in [block.text.text for block in draft.blocks]


def test_an_outlet_between_title_and_date() -> None:
    """By its form, or because it comes again; a name of which neither is known stays."""
    date = "2025.08.19 14:32"
    _, metadata = read_page(f"江州港因风暴关闭两天\n江流财经\n{date}\n{ZH}")
    assert "outlet 江流财经" in fact_lines(metadata)
    _, metadata = read_page(f"江州港因风暴关闭两天\n大江小河\n{date}\n{ZH}扫码下载大江小河APP\n")
    assert "outlet 大江小河" in fact_lines(metadata)
    draft, metadata = read_page(f"江州港因风暴关闭两天\n大江小河\n{date}\n{ZH}")
    assert "大江小河" in [block.text.text for block in draft.blocks]
    assert fact_lines(metadata) == ["published 2025-08-19T14:32"]


def test_an_agency_in_a_dateline_that_no_list_knows() -> None:
    _, metadata = read_page(f"PORT EMBER, Nov. 11 (Halyard News) -- {EN}")
    assert fact_lines(metadata) == ["published --11-11", "outlet Halyard News"]
    _, metadata = read_page(f"PORT EMBER (It was a Friday) -- {EN}")
    assert fact_lines(metadata) == []


def test_whose_picture_it_is_behind_a_caption() -> None:
    text = f"{EN}The port at low tide (Dario Venn for The Kestrel Letters)\n△ 港口一角（受访者供图）\n{EN[:100]}\n"
    draft, metadata = read_page(text)
    assert_accounted(draft, text, metadata)
    assert {"The port at low tide", "港口一角"} <= {block.text.text for block in draft.blocks}
    assert "author Dario Venn/photographer" in fact_lines(metadata)


def test_a_copy_of_the_lead_without_its_dateline() -> None:
    lead = EN.split("\n")[0]
    draft, _ = read_page(
        f"PORT EMBER, Nov. 11 (Halyard News) -- {lead}\n{EN.split(chr(10))[1]}\n{lead}\n"
    )
    assert sum("forty containers" in block.text.text for block in draft.blocks) == 1


def test_a_description_of_the_site_or_the_title_again_is_no_summary() -> None:
    title = "江州港因风暴关闭两天"
    about = {
        "江州网，江州最大的新闻门户，提供房产、汽车、教育资讯": None,
        "江州港因风暴关闭": None,
        "江州港周日因货船丢失四十个集装箱而关闭": "江州港周日因货船丢失四十个集装箱而关闭",
    }
    for summary, wanted in about.items():
        hints = Hints(how="html", title=title, summary=summary)
        _, metadata = read_page(f"{title}\n{ZH}", hints=hints)
        assert (metadata.summary.value if metadata.summary else None) == wanted


_DATES = (("2024-03-05 10:20", "2024-03-05T10:20"), ("2024年3月5日10:20", "2024-03-05T10:20"))
_OTHERS = (
    ("来源：新桥日报", "新桥日报"),
    ("新桥日报", "新桥日报"),
    ("作者：王强", "王强"),
    ("记者 闻人秋", "闻人秋"),
    ("文/赵一", "赵一"),
    ("阅读 3052", "3052"),
    ("浏览次数：3052", "3052"),
    ("摄影 钱二", "钱二"),
)
_ENGLISH_DATES = (("March 5, 2024", "2024-03-05"), ("5 Mar 2024 10:20 GMT", "2024-03-05T10:20Z"))
_ENGLISH_OTHERS = (
    ("By Ann Lee", "Ann Lee"),
    ("By Ann Lee and Bob Ray", "Bob Ray"),
    ("Newbridge Times", "Newbridge Times"),
    ("Source: Newbridge Times", "Newbridge Times"),
    ("3,052 views", "3052"),
    ("5 min read", "reading_minutes 5"),
)


@pytest.mark.parametrize("separator", [" ", "\u3000", "  ", " | ", "｜", " / ", " · ", "，", "\t"])
def test_any_two_fields_with_any_separator(separator: str) -> None:
    for date, value in _DATES:
        for other, wanted in _OTHERS:
            for line in (date + separator + other, other + separator + date):
                draft, metadata = read_page(f"江州港因风暴关闭两天\n{line}\n{ZH}")
                said = "\n".join(fact_lines(metadata))
                assert f"published {value}" in said, line
                assert wanted in said, line
                assert len(draft.blocks) == 3, line


@pytest.mark.parametrize("separator", [" ", "  ", " | ", " · ", ", ", " - ", " — ", " / ", "\t"])
def test_any_two_english_fields_with_any_separator(separator: str) -> None:
    for date, value in _ENGLISH_DATES:
        for other, wanted in _ENGLISH_OTHERS:
            for line in (date + separator + other, other + separator + date):
                _, metadata = read_page(f"Harbour closed for two days after storm\n{line}\n{EN}")
                said = fact_lines(metadata)
                assert f"published {value}" in said, line
                assert any(wanted in fact for fact in said), line
                assert sum(fact.startswith("outlet") for fact in said) <= 1, line


@pytest.mark.parametrize("where", ["top", "tail"])
@pytest.mark.parametrize("mark", ["：", ":", "/", "／", "|", "｜", "丨", " ", " / ", " | "])
def test_any_role_with_any_mark(mark: str, where: str) -> None:
    for role in (
        "作者",
        "撰文",
        "编辑",
        "责编",
        "校对",
        "译者",
        "摄影",
        "监制",
        "采写",
    ):
        for name in ("王强", "闻人秋", "诸葛一多", "Elsbeth Quine"):
            line = f"{role}{mark}{name}"
            page = f"{line}\n{ZH}" if where == "top" else f"{ZH}{line}\n"
            _, metadata = read_page(f"江州港因风暴关闭两天\n{page}")
            assert [fact.value.name for fact in metadata.authors] == [name], line


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("（记者王强 李明）", [("王强", "reporter"), ("李明", "reporter")]),
        ("作者：王强（江州大学教授）", [("王强", "author")]),
        ("统筹：王强 执行：李明", [("王强", "producer"), ("李明", "producer")]),
        ("（记者 王强 实习生 李明）", [("王强", "reporter"), ("李明", "reporter")]),
        ("Translated by Ann Lee", [("Ann Lee", "translator")]),
        ("By Ann Lee, staff writer", [("Ann Lee", "author")]),
        (
            "Writing by Ann Lee; Graphics by Bob Ray",
            [("Ann Lee", "author"), ("Bob Ray", "designer")],
        ),
    ],
)
def test_people_at_the_end(line: str, people: list[tuple[str, str]]) -> None:
    _, metadata = read_page(f"江州港因风暴关闭两天\n{ZH}{line}\n")
    assert [(fact.value.name, fact.value.role) for fact in metadata.authors] == people


@pytest.mark.parametrize(
    "lines",
    [
        ["The Halden Courier", "{title}", "By Ann Lee", "March 5, 2024"],
        ["{title}", "By Ann Lee", "The Halden Courier", "March 5, 2024"],
        ["{title}", "March 5, 2024", "The Halden Courier", "By Ann Lee"],
        ["March 5, 2024", "The Halden Courier", "{title}", "By Ann Lee"],
    ],
)
def test_an_outlet_of_its_own_line_in_any_order(lines: list[str]) -> None:
    title = "Harbour closed for two days after storm"
    text = "\n".join([*lines, EN]).format(title=title)
    draft, metadata = read_page(text)
    assert_accounted(draft, text, metadata)
    assert fact_lines(metadata) == [
        "published 2024-03-05",
        "outlet The Halden Courier",
        "author Ann Lee/author",
    ]
    assert len(draft.blocks) == 3


def test_a_headline_in_the_form_of_an_outlet_stays_the_headline() -> None:
    draft, metadata = read_page(f"Markets Slide Today\nBy Ann Lee\nMarch 5, 2024\n{EN}")
    assert draft.blocks[0].text.text == "Markets Slide Today"
    assert "outlet" not in " ".join(fact_lines(metadata))
