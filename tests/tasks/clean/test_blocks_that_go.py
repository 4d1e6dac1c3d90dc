"""Whole blocks that go: copies, tails, watermarks, assistants; and what stays beside them."""

from models.records import RemovalReason
from tests.tasks.clean.ledger import assert_accounted, cleaned, texts

A = "The harbour was closed on Sunday after a ship had lost forty containers in the storm, the port said."
B = "Divers have found most of them; three are still missing, among them one with car batteries inside."
C = "Ships may enter again from Tuesday, but only by day and with a pilot on board, until the search ends."
ZH = "港口周日因一艘货船在风暴中丢失四十个集装箱而关闭，潜水员已找到其中的大部分。"


def reasons(text: str) -> list[tuple[RemovalReason, str]]:
    draft = cleaned(text)
    assert_accounted(draft, text)
    return [(removal.reason, removal.text) for removal in draft.removals]


def kept(text: str) -> list[str]:
    return texts(cleaned(text))


class TestDuplicates:
    def test_exact_copies_go_wherever_they_stand(self) -> None:
        assert kept(f"{A}\n{B}\n{C}\n{A}\n") == [A, B, C]

    def test_short_lines_may_come_again(self) -> None:
        assert kept(f"{A}\nNo.\n{B}\nNo.\n") == [A, "No.", B, "No."]

    def test_a_title_repeated_at_once_goes(self) -> None:
        assert kept(f"Harbour closed after storm\nHarbour closed after storm\n{A}\n{B}\n")[:2] == [
            "Harbour closed after storm",
            A,
        ]

    def test_a_title_as_first_sentence_is_no_copy(self) -> None:
        title = "Why was the harbour of the old town closed for two days?"
        text = f"{title}\n{A}\n{title} Nobody knows for certain, the port said on Monday.\n"
        assert len(kept(text)) == 3

    def test_a_near_copy_at_the_top_goes(self) -> None:
        near = A.replace("ship", "vessel").replace("lost", "dropped")
        assert kept(f"Title of the story\n{near}\n{A}\n{B}\n{C}\n") == [
            "Title of the story",
            near,
            B,
            C,
        ]

    def test_paragraphs_that_differ_in_a_number_or_a_name_stay(self) -> None:
        one = "Shares of Acme rose sharply on Monday after the company had reported record sales in Asia, up 3%."
        assert len(kept(f"{one}\n{one.replace('3%', '4%')}\n{one.replace('Asia', 'Peru')}\n")) == 3

    def test_two_reports_of_one_event_stay(self) -> None:
        other = "On Sunday the port was shut because forty containers had fallen off a ship during the storm."
        assert len(kept(f"{A}\n{other}\n{B}\n")) == 3

    def test_a_second_copy_that_was_cut_off(self) -> None:
        text = (
            f"Harbour closed after storm\n{A}\n{B}\nHarbour closed after storm\n{A}\n{B[:50]}...\n"
        )
        assert kept(text) == ["Harbour closed after storm", A, B]

    def test_answers_that_agree_stay(self) -> None:
        text = "".join(
            f"Question: Is number {n} right?\nAnna: That is right, and it has always been so, as all of us know.\n"
            for n in range(4)
        )
        assert sum("That is right" in line for line in kept(text)) == 4


class TestTails:
    def test_all_below_a_disclaimer_goes(self) -> None:
        text = f"{A}\n{B}\n{C}\nRisk Warning and Disclaimer\nMarkets carry risk, and so does this text, for all of its readers.\n"
        assert kept(text) == [A, B, C]

    def test_a_disclaimer_above_the_article_takes_nothing_with_it(self) -> None:
        assert kept(f"Disclaimer\n{A}\n{B}\n{C}\n") == [A, B, C]

    def test_the_second_half_of_a_bilingual_page_stays(self) -> None:
        text = f"{ZH}\n{ZH[:-1]}，他说。\n免责声明\nHarbour closed after storm\n{A}\n{B}\n"
        assert A in kept(text)
        assert B in kept(text)
        assert "Harbour closed after storm" in kept(text)

    def test_links_inside_an_article_go_and_the_article_goes_on(self) -> None:
        text = f"{A}\nRelated articles\nStorm sinks two yachts\nWhat is a pilot for?\n{B}\n{C}\n"
        assert kept(text) == [A, B, C]

    def test_comments_go_to_the_end(self) -> None:
        text = f"{A}\n{B}\nComments (2)\nThis is what I have always said about that harbour, and nobody listened to me.\nMe too\n"
        assert kept(text) == [A, B]

    def test_a_heading_that_only_sounds_like_comments_stays(self) -> None:
        assert kept(f"{ZH}\n评论\n{ZH[:-1]}，他认为。\n")[1:] == ["评论", f"{ZH[:-1]}，他认为。"]

    def test_an_article_goes_on_below_a_risk_note(self) -> None:
        text = f"{A}\n{B}\n{C}\n{A[:-1]} again.\n{B[:-1]} again.\n风险提示\n需求不及预期。\nWhat Comes Next\n{C[:-1]} then.\n"
        assert f"{C[:-1]} then." in kept(text)


class TestRepeatedLines:
    def test_a_site_named_again_and_again(self) -> None:
        text = f"{A}\nwww.harbour.example\n{B}\nwww.harbour.example\n{C}\nwww.harbour.example\n"
        assert kept(text) == [A, B, C]

    def test_a_sentence_cut_by_a_running_head_is_joined_again(self) -> None:
        text = f"{A}\nHarbour News 11\n{B[: B.index('among') - 1]}\nHarbour News 12\n{B[B.index('among') :]}\nHarbour News 13\n{C}\n"
        assert B in kept(text)

    def test_numbered_headings_and_refrains_stay(self) -> None:
        text = f"Part.1\n{A}\nPart.2\n{B}\nPart.3\n{C}\n"
        assert len(kept(text)) == 6
        days = f"Day 1\n{A}\nDay 2\n{B}\nDay 3\n{C}\n"
        assert len(kept(days)) == 6


class TestAssistants:
    def test_an_assistant_and_its_name_go(self) -> None:
        text = (
            f"Title of the story\nnewsbot\nHi, I'm NewsBot, I can summarize articles.\n{A}\n{B}\n"
        )
        assert kept(text) == ["Title of the story", A, B]

    def test_a_short_line_above_that_is_not_its_name_stays(self) -> None:
        text = f"Harbour closed\n我是小智助手，可以帮你总结文章。\n{A}\n"
        assert kept(text) == ["Harbour closed", A]

    def test_people_say_i_too(self) -> None:
        line = "I'm a fisherman, I can tell you what happened."
        assert line in kept(f"{A}\n{line}\n{B}\n")


def test_a_sentence_cut_by_a_page_break_is_joined_again() -> None:
    text = f"{ZH}\n分析人士认为，受风暴影响，未来几天的运价，\n第1页 / 共2页\n将会继续上涨。\n"
    assert kept(text)[1] == "分析人士认为，受风暴影响，未来几天的运价，将会继续上涨。"


def test_every_removal_names_its_rule() -> None:
    text = f"{A}\n广告\n分享到 微信 微博\n{B}\n"
    assert reasons(text) == [
        (RemovalReason.ADVERTISEMENT, "广告"),
        (RemovalReason.BOILERPLATE, "分享到 微信 微博"),
    ]
