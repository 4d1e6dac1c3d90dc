"""The metadata of whole pages, and how it meets what the container says."""

from pathlib import Path

import pytest

from models.records import BlockKind, Hints, Metadata, RemovalReason
from tasks.blocks import blocks
from tasks.clean import clean
from tasks.metadata import extract
from tasks.zones import trim
from tests.tasks.clean.ledger import assert_accounted, document, read_page, texts

BODY = (
    "The harbour was closed on Sunday after a ship had lost forty containers in the storm, the port said.\n"
    "Divers have found most of them; three are still missing, among them one with car batteries inside.\n"
    "Ships may enter again from Tuesday, but only by day and with a pilot on board, until the search ends.\n"
)


def seed(seeds: Path, number: str) -> tuple[str, list[str], Metadata]:
    (path,) = seeds.glob(f"{number}_*.txt")
    text = path.read_bytes().decode("utf-8")
    draft, metadata = read_page(text)
    assert_accounted(draft, text, metadata)
    titles = [b.text.text for b in draft.blocks if b.kind is BlockKind.TITLE]
    assert len(titles) <= 1
    return titles[0] if titles else "", texts(draft), metadata


def people(metadata: Metadata) -> list[tuple[str, str]]:
    return [(fact.value.name, fact.value.role) for fact in metadata.authors]


def counters(metadata: Metadata) -> dict[str, int]:
    return {fact.value.name: fact.value.count for fact in metadata.counters}


class TestSeeds:
    def test_000_has_a_dateline_and_no_title(self, seeds: Path) -> None:
        title, body, metadata = seed(seeds, "000")
        assert title == ""
        assert metadata.published is not None
        assert metadata.published.value == "--04-20"
        assert (metadata.published.precision, metadata.published.in_body) == ("month_day", True)
        assert metadata.outlet is not None
        assert metadata.outlet.value == "Science and Technology Innovation Board Daily"
        assert metadata.outlet.in_body
        assert body[0].startswith(
            "Science and Technology Innovation Board Daily, April 20, a remark"
        )

    def test_001(self, seeds: Path) -> None:
        title, body, metadata = seed(seeds, "001")
        assert title.startswith("Tesla communication meeting, Tao Lin revealed")
        assert metadata.published is not None
        assert metadata.published.value == "2026-02-06T14:54"
        assert not metadata.published.ambiguous
        assert metadata.outlet is not None
        assert metadata.outlet.value == "Wallstreetcn"
        assert metadata.authors == ()  # neither the person asked nor the assistant
        assert metadata.summary is not None
        assert metadata.summary.value.startswith("Tesla Vice President Tao Lin revealed the 2026")
        assert body[1].startswith("On February 6th, Tesla Vice President")

    def test_002(self, seeds: Path) -> None:
        title, body, metadata = seed(seeds, "002")
        assert title == ""
        assert metadata.published is not None
        assert metadata.published.value == "2024-11-11"
        assert counters(metadata) == {"views": 470, "words": 1749, "reading_minutes": 3}
        assert people(metadata) == [
            ("Heyan Yueche Studio", "author"),
            ("Cai Jialun", "author"),
            ("He Zi", "editor"),
        ]
        assert body[0].startswith("Xiaomi is staging a dramatic comeback")
        assert body[1].startswith("Why is Xiaomi Cars")

    def test_003(self, seeds: Path) -> None:
        title, body, metadata = seed(seeds, "003")
        assert title.startswith("Electrified - Why Tesla")
        assert metadata.published is not None
        assert metadata.published.value == "2026-01-22T01:49:36"
        assert body[1] == "以下是视频新闻内容的摘要:"
        assert len(body) == 39

    def test_004(self, seeds: Path) -> None:
        title, body, metadata = seed(seeds, "004")
        assert title.startswith("What can new forces in car manufacturing do")
        assert metadata.published is not None
        assert metadata.published.value == "2025-03-07"
        assert metadata.published.ambiguous
        assert metadata.published.alternatives == ("2025-07-03",)
        assert metadata.published.raw == "03/07 2025"
        assert counters(metadata) == {"views": 560}
        assert people(metadata) == [
            ("Awen", "author"),
            ("Yibai", "editor"),
            ("Yonge", "proofreader"),
        ]
        assert "Part.1" in body


def test_a_date_line_inside_an_article_stays() -> None:
    text = f"How the canal was built\n{BODY}March 5, 1998\n{BODY}June 12, 2004\n{BODY}"
    draft, metadata = read_page(text)
    assert metadata.published is None
    assert "March 5, 1998" in texts(draft)


def test_a_bare_number_counts_only_beside_a_date() -> None:
    assert counters(read_page(f"03/07 2025\n560\nA title\n{BODY}")[1]) == {"views": 560}
    draft, metadata = read_page(f"A title\n{BODY}560\n{BODY}")
    assert counters(metadata) == {}
    assert "560" in texts(draft)


def test_what_is_left_of_a_line_is_a_removal() -> None:
    text = f"A title\n2025-03-05 10:20 来源：江州网 作者：王强\n{BODY}"
    draft, metadata = read_page(text)
    assert_accounted(draft, text, metadata)
    (rest,) = [r for r in draft.removals if r.reason is RemovalReason.METADATA_LINE]
    assert rest.text.replace(" ", "") == "来源：作者："


def test_a_question_that_heads_a_section_is_no_title() -> None:
    text = f"{BODY}What comes next?\n{BODY}"
    draft, _ = read_page(text)
    assert BlockKind.TITLE not in [block.kind for block in draft.blocks]


def test_titles_in_both_languages() -> None:
    text = f"港口因风暴关闭\nHarbour closed after storm\n{BODY}"
    draft, _ = read_page(text)
    assert [b.kind for b in draft.blocks[:3]] == [
        BlockKind.TITLE,
        BlockKind.TITLE,
        BlockKind.PARAGRAPH,
    ]


def test_the_name_of_the_site_behind_a_title_is_the_outlet() -> None:
    text = f"Harbour closed after storm - BBC News\n{BODY}"
    draft, metadata = read_page(text)
    assert_accounted(draft, text, metadata)
    assert texts(draft)[0] == "Harbour closed after storm"
    assert metadata.outlet is not None
    assert metadata.outlet.value == "BBC News"
    other = read_page(f"Harbour closed - for how long\n{BODY}")[0]
    assert texts(other)[0] == "Harbour closed - for how long"


def test_a_domain_and_a_copyright_line_are_no_outlet_and_no_author() -> None:
    _, metadata = read_page(
        f"A title\n来源：www.example.com\n作者：网络\n© 2025 Some Media\n{BODY}"
    )
    assert metadata.outlet is None
    assert metadata.authors == ()


@pytest.mark.parametrize(
    ("line", "hint", "value", "ambiguous", "precision"),
    [
        ("", "2025-03-05T10:00:00Z", "2025-03-05T10:00:00Z", False, "second"),
        ("2025-03-05\n", None, "2025-03-05", False, "day"),
        ("2025-03-05\n", "2025-03-05T10:00:00+08:00", "2025-03-05T10:00:00+08:00", False, "second"),
        (
            "3月5日\n",
            "2025-03-05",
            "2025-03-05",
            False,
            "day",
        ),  # the year stands in the container only
        (
            "03/07 2025\n",
            "2025-07-03",
            "2025-07-03",
            False,
            "day",
        ),  # the container says which reading
        ("昨天 14:20\n", "2025-03-05", "2025-03-05", False, "day"),
        (
            "2025-03-05\n",
            "2024-01-01",
            "2025-03-05",
            True,
            "day",
        ),  # the text counts, and it is flagged
        ("3月5日\n", "2025-04-01", "--03-05", True, "month_day"),
        ("", "sometime last spring", "sometime last spring", False, "relative"),
    ],
)
def test_dates_of_text_and_container(
    line: str, hint: str | None, value: str, ambiguous: bool, precision: str
) -> None:
    text = f"A title of the story\n{line}{BODY}"
    draft, metadata = read_page(text, hints=Hints("html", published=hint))
    assert_accounted(draft, text, metadata)
    assert metadata.published is not None
    assert metadata.published.value == value
    assert metadata.published.ambiguous is ambiguous
    assert metadata.published.precision == precision


def test_what_the_container_says_fills_what_the_text_does_not() -> None:
    hints = Hints(
        "jsonl",
        title="A title",
        url="https://example.com/a",
        updated="2025-03-06",
        outlet="Some Times",
        authors=("Ann Lee", "www.example.com", "Reuters"),
        summary="A short one.",
    )
    _, metadata = read_page(f"A title\n{BODY}", hints=hints)
    assert people(metadata) == [("Ann Lee", "author")]
    assert metadata.outlet is not None
    assert (metadata.outlet.value, metadata.outlet.method, metadata.outlet.span) == (
        "Some Times",
        "jsonl:outlet",
        None,
    )
    assert metadata.url is not None
    assert metadata.summary is not None
    assert metadata.updated is not None


def test_a_text_outlet_counts_before_the_container() -> None:
    _, metadata = read_page(f"A title\n来源：江州网\n{BODY}", hints=Hints("html", outlet="Portal"))
    assert metadata.outlet is not None
    assert (metadata.outlet.value, metadata.outlet.alternatives) == ("江州网", ("Portal",))


def test_a_labelled_summary_must_come_again_in_the_body() -> None:
    told = "摘要：港口周日因风暴关闭，潜水员找到了大部分集装箱。"
    body = "港口周日因一艘货船在风暴中丢失四十个集装箱而关闭，港务局说。\n潜水员已找到大部分集装箱，还有三个下落不明，其中一个装有电池。\n港口周二起恢复开放，但只限白天，而且船上必须有引航员在场。\n"
    draft, metadata = read_page(f"港口关闭\n{told}\n{body}")
    assert metadata.summary is not None
    assert metadata.summary.value == told[3:]
    assert not any("摘要" in text for text in texts(draft))
    other = "摘要：今年的苹果收成比去年好得多，果农们都很高兴。"
    draft, metadata = read_page(f"港口关闭\n{other}\n{body}")
    assert metadata.summary is None
    assert other in texts(draft)


def test_a_summary_that_begins_with_the_title_in_brackets() -> None:
    told = "摘要 【港口关闭两天】港口周日因风暴关闭，潜水员已找到大部分集装箱。"
    draft, metadata = read_page(f"港口关闭两天\n{told}\n{PORT}港口周二起恢复开放，只限白天。\n")
    assert metadata.summary is not None
    assert metadata.summary.value == told[3:]
    assert not any("摘要" in text for text in texts(draft))


def test_notes_and_corrections() -> None:
    text = f"A title\nEditor's note: This story was updated.\n{BODY}更正：本文前一版本有误。\n"
    draft, metadata = read_page(text)
    assert_accounted(draft, text, metadata)
    assert [note.value for note in metadata.notes] == [
        "Editor's note: This story was updated.",
        "更正：本文前一版本有误。",
    ]


def test_the_first_page_of_several_is_noted() -> None:
    _, metadata = read_page(f"A title\n{BODY}第1页 / 共3页\n")
    assert [note.value for note in metadata.notes] == ["第1页 / 共3页"]
    _, metadata = read_page(f"A title\n{BODY}第1页 / 共3页\n{BODY.replace('Sunday', 'Friday')}")
    assert metadata.notes == ()


def test_a_label_alone_in_its_line() -> None:
    text = f"A title\n来源：\n江州晚报\n{BODY}"
    draft, metadata = read_page(text)
    assert_accounted(draft, text, metadata)
    assert metadata.outlet is not None
    assert metadata.outlet.value == "江州晚报"


def test_time_and_day_of_one_line_are_joined() -> None:
    _, metadata = read_page(f"A title\n2025-03-05 发布 09:10 更新 11:45\n{BODY}")
    assert metadata.published is not None
    assert metadata.updated is not None
    assert (metadata.published.value, metadata.updated.value) == (
        "2025-03-05T09:10",
        "2025-03-05T11:45",
    )


def test_a_byline_as_the_author_of_a_container_is_its_names() -> None:
    hints = Hints(how="html", authors=("By Ann Lee and Bob Ray", "Heyan Studio", "Reuters"))
    _, metadata = read_page(f"Harbour closed after storm\n{BODY}", hints=hints)
    assert people(metadata) == [(n, "author") for n in ("Ann Lee", "Bob Ray", "Heyan Studio")]


@pytest.mark.parametrize(
    "line",
    [
        "Harrowgate Times",  # a paper
        "News  Sport  Weather  Jobs",  # a menu
        "Home » News » Local",  # a path
        "Press office | Newsroom",
        "This article is more than 6 years old",
        "August 14, 2023",
    ],
)
def test_of_a_page_without_a_title_none_is_made_up(line: str) -> None:
    """Every such line was the title of a page whose own title was missing."""
    draft, _ = read_page(f"{line}\nBy Hattie Moss\n{BODY * 4}")
    assert [block.text.text for block in draft.blocks if block.kind is BlockKind.TITLE] == []


def test_the_masthead_is_the_outlet_when_the_line_of_rights_names_it() -> None:
    """Neither line is enough alone: the first may be a section, the other the company behind it."""
    story = f"Harbour closed for two days after storm\nMay 6, 2024\n{BODY}"

    def outlet(text: str) -> str | None:
        page = document(text)
        fact = extract(trim(clean(blocks(page), page), page), page)[1].outlet
        return None if fact is None else fact.value

    assert (
        outlet(f"Saltgrass\n{story}© 2024 Saltgrass Media. All rights reserved.\n") == "Saltgrass"
    )
    assert outlet(f"Saltgrass\n{story}") is None
    assert outlet(f"{story}© 2024 Saltgrass Media. All rights reserved.\n") is None


@pytest.mark.parametrize(
    ("line", "first", "published", "updated"),
    [
        # The day of the change stood alone, and was taken for that of the story.
        (
            "March 6, 2024 -- Updated 0203 GMT",
            "2024-03-05T08:36:32Z",
            "2024-03-05T08:36:32Z",
            "2024-03-06",
        ),
        ("March 6, 2024", "2024-03-01T08:36:32Z", "2024-03-01T08:36:32Z", "2024-03-06"),
        # One day may lie between two time zones; a label says what is meant.
        ("March 6, 2024", "2024-03-05T22:36:32Z", "2024-03-06", "2024-03-06"),
        ("Published March 6, 2024", "2024-03-01T08:36:32Z", "2024-03-06", "2024-03-06"),
    ],
)
def test_a_date_may_be_that_of_the_last_change(
    line: str, first: str, published: str, updated: str
) -> None:
    text = f"Harbour closed after storm\n{line}\n{BODY}"
    hints = Hints("html", published=first, updated="2024-03-06T02:03:23Z")
    draft, metadata = read_page(text, hints=hints)
    assert_accounted(draft, text, metadata)
    assert metadata.published is not None
    assert metadata.updated is not None
    assert metadata.published.value == published
    assert metadata.updated.value.startswith(updated)


PORT = (
    "港口周日因一艘货船在风暴中丢失四十个集装箱而关闭，港务局说。\n"
    "潜水员已找到大部分集装箱，还有三个下落不明，其中一个装有电池。\n"
)


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("港口周二起恢复开放。（张大河）", ["张大河"]),
        ("港口周二起恢复开放。（张大河 王强）", ["张大河", "王强"]),
        ("港口周二起恢复开放。（张家口）", []),
        ("港口周二起恢复开放。（党建办）", []),
        # Whom the text tells of has not signed it.
        ("港口周二起恢复开放，引航员张大河说。（张大河）", []),
    ],
)
def test_names_alone_in_brackets_behind_the_last_sentence(end: str, names: list[str]) -> None:
    draft, metadata = read_page(f"港口关闭两天\n{PORT}{end}\n")
    assert [fact.value.name for fact in metadata.authors] == names
    assert texts(draft)[-1] == (end[: end.index("（")] if names else end)


def test_names_alone_in_brackets_within_a_text_stay() -> None:
    draft, metadata = read_page(f"港口关闭两天\n港口已经关闭。（张大河）\n{PORT}")
    assert metadata.authors == ()
    assert "港口已经关闭。（张大河）" in texts(draft)


def test_a_date_below_a_headline_that_ends_like_a_sentence() -> None:
    """Such a headline was a paragraph, below which a bare date and a name are none."""
    _, metadata = read_page(
        f"# 5月20日至31日，江州高速公路江岸枢纽至大桥枢纽段因施工封闭！\n\n2024-05-06 · 江岸城市报道\n\n{PORT}"
    )
    assert metadata.published is not None
    assert metadata.published.value == "2024-05-06"
