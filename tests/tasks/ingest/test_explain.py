"""Every decision about a page, beside its text."""

from hypothesis import given
from hypothesis import strategies as st

from models.records import Document, Hints, SourceFile
from tasks.evaluate.page_gold import read_pages
from tasks.ingest import ingest
from tasks.ingest.explain import ExplainedLine, Explanation, Fate, explain, plain_text
from tests.pages import PAGE
from tests.tasks.evaluate.test_page_files import FOLDER

TEXT = """\
新桥周一通车
2025-03-05 09:10 来源：云海日报 阅读 1.2万
云海新建的跨江大桥周一正式通车，全长３．２公里。总投资18亿元，工期三年。
广告
云岭铜业(600999.SH) +1.35%承建了主桥，该公司总部在云海市高新区。
"""


def explained(text: str, hints: Hints | None = None) -> Explanation:
    page = Document(SourceFile("page.txt", "", len(text), "txt"), text, hints or Hints())
    return explain(page, ingest(page))


def line(found: Explanation, number: int) -> ExplainedLine:
    return next(line for line in found.lines if line.number == number)


def test_a_line_says_what_it_is_and_what_was_read_from_it() -> None:
    found = explained(TEXT)
    assert line(found, 1).margin == "zh title"
    front = line(found, 2)
    assert front.margin == "metadata"
    assert plain_text(front.stretches) == "{2025-03-05 09:10}⟦ 来源：⟧{云海日报}⟦ 阅读 ⟧{1.2万}"
    assert "published = 2025-03-05T09:10 from “2025-03-05 09:10” at 7-23 (line:date, minute)" in (
        front.notes
    )
    assert any(note.startswith("counters = views 12000 from “1.2万”") for note in front.notes)


def test_sentences_edits_and_cuts_are_shown_where_they_are() -> None:
    found = explained(TEXT)
    body = line(found, 3)
    assert body.margin == "zh paragraph"
    assert plain_text(body.stretches) == (
        "云海新建的跨江大桥周一正式通车，全长３．２公里。‖总投资18亿元，工期三年。‖"
    )
    assert body.notes == ("edited: “３．２” became “3.2” (width)",)
    assert line(found, 4).margin == "advertisement: ad_label"
    cut = line(found, 5)
    assert "⟦(600999.SH) +1.35%⟧" in plain_text(cut.stretches)
    assert cut.notes == ("cut “(600999.SH) +1.35%”: boilerplate: stock_quote",)


def test_the_head_is_about_the_whole_document() -> None:
    found = explained(TEXT, Hints(how="html", url="https://cloud.example/1"))
    assert found.head[0].startswith("page.txt: txt, ")
    assert "zh Hans: “新桥周一通车”, 4 sentences" in found.head
    assert "url = https://cloud.example/1 from “https://cloud.example/1” (html:url)" in found.head
    refused = explained("広島の天気はとても良いですね。今日は散歩に行きましょう。そう思います。")
    assert refused.lines == ()
    assert any(about.startswith("quarantined: wrong_language") for about in refused.head)


def test_the_halves_of_a_bilingual_page_are_told_apart() -> None:
    margins = [line.margin for line in explained(PAGE).lines if line.margin]
    assert {margin[:2] for margin in margins} == {"zh", "en"}


def assert_whole(text: str, found: Explanation) -> None:
    shown = ["".join(part.text for part in line.stretches) for line in found.lines]
    assert not found.lines or "\n".join(shown) == text
    for line in found.lines:
        blank = [part for part in line.stretches if part.fate is Fate.BLANK]
        assert not any(part.text.strip() for part in blank), "every character has its decision"


def test_the_gold_pages_are_shown_whole() -> None:
    for page in read_pages(FOLDER):
        if not page.html:
            assert_whole(page.text, explained(page.text))


@given(st.lists(st.sampled_from([*TEXT.split("\n"), "Rain fell. It stopped.", "", "Share", "　"])))
def test_nothing_of_a_text_is_left_out(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert_whole(text, explained(text))
