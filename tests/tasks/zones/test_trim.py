"""Lines that go for where they stand: above the headline, set into the text, below its end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records import Document, SourceFile
from tasks.blocks import blocks
from tasks.clean import clean
from tasks.ingest import account, ingest
from tasks.zones import trim

TITLE = "The harbour of Old Quay opens after the storm"
A = "The harbour of Old Quay was closed on Sunday after a ship had lost forty containers in a storm."
B = "Divers have found most of the containers; three are still missing, among them one with batteries."
C = "Ships may enter the harbour again from Tuesday, but only by day, and with a pilot on board."
ZH_TITLE = "老码头风暴之后重新开放"
ZH_A = "老码头周日因一艘货船在风暴中丢失四十个集装箱而关闭，潜水员已找到其中的大部分集装箱。"
ZH_B = "港务局说，码头从周二起重新开放，船只白天可以进港，但必须有引水员在船上，直到搜寻结束。"


def kept(*lines: str) -> list[str]:
    text = "\n\n".join(lines) + "\n"
    page = Document(SourceFile("page.txt", "", len(text), "txt"), text)
    account(page, ingest(page))  # every character is somewhere
    return [block.text.text for block in trim(clean(blocks(page), page), page).blocks]


class TestBelow:
    def test_comments_between_the_counts_of_comments_go(self) -> None:
        # What readers write has no form of its own; what stands around it has.
        first = ("江边的阿宝 湖南", "看完想去坐一次船。", "赞 216")
        second = ("不吃香菜 广东", "有桥是好事，有船也是好事。", "赞 97")
        tail = ("写留言", "精选留言 共2条", *first, *second, "已无更多数据")
        assert kept(ZH_TITLE, ZH_A, ZH_B, *tail) == [ZH_TITLE, ZH_A, ZH_B]

    def test_notes_below_the_mark_of_an_end_go(self) -> None:
        notes = ("ENDS", "Notes to editors", "For pictures, write to the press office of the port.")
        assert kept(TITLE, A, B, C, *notes) == [TITLE, A, B, C]

    def test_who_the_author_is_goes(self) -> None:
        lines = (TITLE, "By Hal Petrie", A, B, C)
        bio = "Hal Petrie is our harbour man and has sailed since 1998."
        assert bio not in kept(*lines, bio)
        assert "Rosa Veld is our harbour man." in kept(*lines, "Rosa Veld is our harbour man.")

    def test_short_lines_below_the_last_sentence_go_whatever_they_say(self) -> None:
        tail = ("Harbour Lights Weekly", "Quay ropes and knots", "Pilot vacancies", "Mooring fees")
        assert kept(TITLE, A, B, C, *tail) == [TITLE, A, B, C]

    def test_in_chinese_too(self) -> None:
        tail = ("江湾号角", "船票与潮汐", "岸上人家", "灯塔画报")
        assert kept(ZH_TITLE, ZH_A, ZH_B, *tail) == [ZH_TITLE, ZH_A, ZH_B]

    def test_a_short_last_sentence_stays(self) -> None:
        # No end of a page may cost a sentence that stands right below the text.
        assert kept(TITLE, A, B, C, "Nobody was hurt.")[-1] == "Nobody was hurt."
        assert kept(TITLE, A, B, "“Go and look for yourselves!”")[-1].startswith("“Go and look")
        assert kept(ZH_TITLE, ZH_A, ZH_B, "没有人受伤。")[-1] == "没有人受伤。"

    def test_a_sentence_with_a_remark_behind_it_is_one(self) -> None:
        last = "搜寻周四结束（完）"
        assert kept(ZH_TITLE, ZH_A, ZH_B, f"港务局说，{last}。（记者海风）")[-1].startswith(
            "港务局"
        )

    def test_a_list_that_a_line_announces_stays(self) -> None:
        items = ("- North pier: Tuesday", "- South pier: Thursday", "- Fish market: next week")
        announced = kept(TITLE, A, B, "The piers will open in this order:", *items)
        assert [line for line in announced if "pier:" in line] == [i[2:] for i in items[:2]]

    def test_rows_of_a_table_stay(self) -> None:
        rows = ("Pier Ships Containers", "North 12 3,400", "South 7 1,950", "Market 3 0")
        assert kept(TITLE, A, B, C, *rows)[-3:] == list(rows[1:])

    def test_the_signature_of_a_notice_stays(self) -> None:
        signed = ("老码头港务管理有限公司", "2025年3月4日")
        assert kept(ZH_TITLE, ZH_A, ZH_B, "特此公告。", *signed)[-2:] == list(signed)

    def test_a_sentence_goes_only_below_proven_furniture(self) -> None:
        teaser = "The old lighthouse keeper sells his collection of brass lamps."
        alone = kept(TITLE, A, B, C, teaser)
        proven = kept(
            TITLE, A, B, C, "Share Tweet Email", "Follow us on Facebook", "Read more news", teaser
        )
        assert (teaser in alone, teaser in proven) == (True, False)

    @pytest.mark.parametrize(
        "line",
        [
            "Work on this story was paid for by the Foghorn Trust.",
            "To receive new posts, consider becoming a paid subscriber.",
            "本文由船歌公司提供支持。",
            "Ola Brandt covers ports and ferries for the Foghorn.",
            "The author holds no shares in the companies mentioned.",
        ],
    )
    def test_a_sentence_about_the_text_or_its_readers_goes(self, line: str) -> None:
        assert line not in kept(TITLE, A, B, C, line)

    def test_teasers_below_the_article_go(self) -> None:
        links = (
            "Share Tweet Email",
            "Read more",
            "Storm sinks yachts",
            "Two crews were saved by a passing ferry.",
        )
        more = ("Pilots on strike", "They ask for longer ladders and shorter nights.", "Most read")
        assert kept(TITLE, A, B, C, *links, *more) == [TITLE, A, B, C]

    def test_a_last_sentence_below_a_list_of_links_stays(self) -> None:
        # With two of its headlines above it, and other lists below, it was taken for a teaser.
        links = ("Trending stories", "Two hurt in crash", "Longtime diner closes")
        last = "The harbour opens in full when the last of the containers is found."
        more = ("Related stories", "Jail roof to cost more", "About Us", "Privacy Policy")
        assert kept(TITLE, A, B, C, *links, last, *more)[-1] == last

    def test_a_story_may_end_with_the_reader(self) -> None:
        last = "If you see a container, keep away from it and call the harbour."
        assert kept(TITLE, A, B, C, last)[-1] == last

    def test_a_note_of_the_newsroom_stays_for_the_metadata(self) -> None:
        note = "Correction: An earlier version of this article counted forty-one containers."
        assert note in kept(TITLE, A, B, C, note)

    def test_text_below_an_inset_goes_on(self) -> None:
        inset = ("Share Tweet Email", "Most read", "Sign up for our newsletter")
        assert kept(TITLE, A, *inset, B, C) == [TITLE, A, B, C]


class TestAbove:
    def test_lines_above_the_headline_go(self) -> None:
        site = ("Ropes & Boats", "Puzzles", "Lottery")
        assert kept(*site, TITLE, "By Ada Marsh, March 4, 2024", A, B, C)[0] == TITLE

    def test_in_chinese_too(self) -> None:
        assert kept("江湾号角", "掌上岸", ZH_TITLE, "2024年3月4日 10:20", ZH_A, ZH_B)[0] == ZH_TITLE

    def test_buttons_between_headline_and_text_go(self) -> None:
        found = kept(TITLE, "Ada Marsh, March 4, 2024", "Aa", "Loud", "Cosy mode", A, B, C)
        assert [line for line in found if line in ("Aa", "Loud", "Cosy mode")] == []

    def test_a_subtitle_and_a_first_heading_stay(self) -> None:
        subtitle = "Ships may enter the harbour again, but only by day"
        assert kept(TITLE, subtitle, A, B, C)[:2] == [TITLE, subtitle]
        assert (
            kept(TITLE, "By Ada Marsh, March 4, 2024", "## What now?", A, B, C)[-4] == "What now?"
        )

    def test_a_headline_that_the_text_does_not_repeat_stays(self) -> None:
        # It stands above a line that does, and nothing stands above it.
        headline = "The box that would not sink at all"
        assert kept(headline, TITLE, "By Ada Marsh, March 4, 2024", A, B, C)[0] == headline

    def test_hundreds_of_links_above_the_headline_go(self) -> None:
        # As in a page copied whole, menu and all.
        menu = tuple(f"Quay {word}" for word in ("maps", "mugs", "quiz", "radio", "club") * 30)
        assert kept(*menu, TITLE, "By Ada Marsh, March 4, 2024", A, B, C)[0] == TITLE

    def test_the_path_of_the_page_goes_though_it_has_the_headline(self) -> None:
        assert kept(f"Quays : Storms : {TITLE}", TITLE, A, B, C)[0] == TITLE


class TestInside:
    @pytest.mark.parametrize(
        "line",
        [
            "🐟 Our members read more about the sea, and pay less for it",
            "Enjoying this? You can have our stories about the sea every Friday",
            "OLD QUAY   OLD QUAY   OLD QUAY",
            "0:42",
        ],
    )
    def test_lines_of_another_form_that_speak_to_the_reader_go(self, line: str) -> None:
        assert kept(TITLE, A, line, B, C) == [TITLE, A, B, C]

    @pytest.mark.parametrize(
        "line",
        [
            "What to read next: How the lighthouse was sold",
            "Previously: Council votes on new bus lanes",
            "Drone flies over the flooded valley – video",
            "Today only: 40% off all annual plans",
            "Updated at 22.58 GMT",
            "此前报道：灯塔管理员卖掉了铜灯",
            "新股民注册，享专属福利",
        ],
    )
    def test_links_and_offers_go_by_how_they_are_put_together(self, line: str) -> None:
        assert line not in kept(TITLE, A, B, line, C)

    @pytest.mark.parametrize(
        "line",
        [
            "The harbour master: a man of few words",
            "Our newsletter once had more readers than there are people in the town.",
            "扫码领券的人多了，坐船的人少了。",
            "平台说，用户可以在客户端里查看每一艘船的位置。",
        ],
    )
    def test_text_about_such_things_stays(self, line: str) -> None:
        assert line in kept(TITLE, A, B, line, C)

    def test_a_list_of_headlines_below_a_heading_of_the_site_goes(self) -> None:
        picks = ("Editors’ Picks", "Is It Time to Leave Your Sofa?", "How Beans Became a Luxury")
        assert kept(TITLE, A, *picks, B, C) == [TITLE, A, B, C]

    def test_headings_stay(self) -> None:
        for heading in ("Three boxes are missing", "What you can do", "Who pays?"):
            assert heading in kept(TITLE, A, heading, B, C)

    def test_numbers_of_sections_stay(self) -> None:
        # Seen on a page with interviews that were numbered in lines of their own.
        assert kept(TITLE, A, "1", B, "2", C, "3", A + " " + B)[2::2] == ["1", "2", "3"]

    def test_no_line_goes_where_paragraphs_do_not_end_like_sentences(self) -> None:
        # Verse, and text without marks: a line without an end is nothing odd there.
        lines = [line.rstrip(".") for line in (A, B, C)]
        odd = "We sang our song to you and you, and all of you sang it again to us"
        assert odd in kept(TITLE, lines[0], odd, lines[1], lines[2])


def test_a_page_without_paragraphs_is_left_alone() -> None:
    lines = ["Harbour Lights Weekly", "Quay ropes", "Pilot vacancies"]
    assert kept(*lines) == lines


SENTENCES = st.sampled_from([A, B, C, ZH_A, ZH_B, "Nobody was hurt.", "没有人受伤。"])


@given(st.lists(SENTENCES, min_size=2, max_size=7, unique=True))
def test_no_sentence_of_a_page_without_furniture_goes(lines: list[str]) -> None:
    # Above the first and below the last paragraph, too: sentences need proof.
    page = Document(SourceFile("page.txt", "", 0, "txt"), "\n\n".join(lines))
    draft = clean(blocks(page), page)
    assert trim(draft, page).blocks == draft.blocks


class TestShortLines:
    """Accounts write texts in lines like verse, which break off at a comma or within a clause."""

    VERSE = (
        "老码头周二就要重新开放，",
        "船只白天可以进港，",
        "这是风暴之后的第一次。",
        "那么为什么晚上不行",
        "因为",
        "北航道还没有清理完毕，",
        "三个集装箱仍然下落不明。",
    )

    def test_a_line_within_a_sentence_stays(self) -> None:
        lines = (ZH_TITLE, *self.VERSE, ZH_A, ZH_B)
        assert kept(*lines) == [*lines]

    def test_a_line_with_a_comma_above_the_last_ones_stays(self) -> None:
        end = ("请大家互相转告通知，", "愿各位都能", "平安出海，安全回港。")
        lines = (ZH_TITLE, ZH_A, ZH_B, ZH_A.replace("周日", "周一"), *end)
        assert kept(*lines)[-3:] == [*end]

    @pytest.mark.parametrize("line", ["女士们、先生们：", "朋友们，", "同志们："])
    def test_how_a_speech_begins_stays(self, line: str) -> None:
        assert kept(ZH_TITLE, line, ZH_A, ZH_B)[1] == line


def test_a_quotation_with_the_name_behind_it_ends_a_text() -> None:
    """It was taken for a line of the site that speaks of itself: we, and no full stop."""
    last = "“风暴过去以后，如果我们都还在，我想带孩子去看海”。——白云帆"
    more = [f"{ZH_A[:-1]}，这是第{n}次。" for n in "一二三四五"]
    lines = [ZH_TITLE, ZH_A, ZH_B, *more, last]
    assert kept(*lines)[-1] == last


def test_lines_of_subtitles_stay_though_they_end_anywhere() -> None:
    # That a line has no end proves nothing where half of the lines have none.
    lines = [
        "老码头今天上午重新开放，第一批进港的是三艘运煤船",
        "港务局在通知中写道，船只从今天起可以在白天进港，但必须有引水员在船上。",
        "我们在码头上看到，工人们从凌晨四点就开始清理航道",
        "记者了解到，三个集装箱仍然下落不明，潜水员还在北航道继续搜寻",
        "港务局局长白云帆说，集装箱没有全部上岸之前，北航道不会对任何船只开放。",
        "他们都相信",
        "码头会在月底以前恢复到风暴之前的样子",
        "船东已同意支付潜水员的费用，保险公司估计，这笔账单将达到两百万元左右。",
        "码头上的搬运工等了整整三天，没有工钱，只有盒饭",
        "期待他们早日复工",
    ]
    assert kept(*lines) == lines


def test_a_line_within_the_text_that_breaks_off_at_a_comma_stays() -> None:
    """Its words are those of a request; but the sentence goes on in the next line."""
    more = [f"{ZH_A[:-1]}，这是第{n}次。" for n in "一二三四五"]
    lines = [
        ZH_TITLE,
        ZH_A,
        ZH_B,
        *more,
        "请大家互相转告通知，",
        "愿各位都能",
        ZH_A[:-1] + "了。",
        ZH_B,
    ]
    assert kept(*lines)[8:10] == ["请大家互相转告通知，", "愿各位都能"]


@pytest.mark.parametrize("line", ["点个在看再走也不迟", "喜欢就分享给身边的朋友吧"])
def test_a_line_worded_as_those_of_sites_goes_from_between_paragraphs(line: str) -> None:
    # No vocabulary or form has it; the learned wording is one sign, that the text does not tell
    # of it and that it has no end are the others.
    assert kept(ZH_TITLE, ZH_A, line, ZH_B, ZH_A.replace("周日", "周五")) == [
        *(ZH_TITLE, ZH_A, ZH_B, ZH_A.replace("周日", "周五"))
    ]


@pytest.mark.parametrize("line", ["Log in, he told his pilots.", "What the divers found"])
def test_no_wording_takes_a_sentence_or_a_heading_that_the_text_tells_of(line: str) -> None:
    assert line in kept(TITLE, A, line, B, C)


@pytest.mark.parametrize("line", ["Results", "Discussion"])
def test_headings_of_reports_stay_though_sites_have_such_words(line: str) -> None:
    assert line in kept(TITLE, A, B, line, C, A.replace("Sunday", "Friday"))
    assert "回应" in kept(ZH_TITLE, ZH_A, "回应", ZH_B)
