"""How gold pages are counted: on pages so small that the counts can be seen."""

from pathlib import Path

import pytest

from models.records import Lang
from tasks.evaluate.gate import run_pages
from tasks.evaluate.page_gold import Fate, held_out, read_page
from tasks.evaluate.page_marks import mark
from tasks.evaluate.pages import count_page, document_of, evaluate_pages, gold_digest, scores

GOOD = """\
? share_bar
@ en
T|Rain falls on Halden for a ninth day
M|By Ann Lee
K|Rain fell on the city for a ninth day on Friday, and the river rose by 1.2 meters.‖ Nobody was hurt.
D|Share Tweet Pin
K|The mayor said that schools would stay closed until Monday, and asked people to stay at home.
= author Ann Lee/author
"""


def page_in(folder: Path, text: str, name: str = "page.txt") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_page_that_is_read_well(tmp_path: Path) -> None:
    counts = count_page(read_page(page_in(tmp_path, GOOD)))
    assert counts.misses == ()
    assert (counts.sentences, counts.sentences_kept) == (4, 4)
    assert (counts.scraps, counts.scraps_removed) == (2, 2)
    assert (counts.removed_rightly, counts.removed_wrongly) == (len("ByAnnLeeShareTweetPin"), 0)
    assert (counts.ends, counts.ends_found, counts.ends_right) == (4, 4, 4)
    assert (counts.facts, counts.facts_right, counts.facts_found) == (2, 2, 2)
    score = scores([counts])
    assert score.sentence_recall == score.boundary_f1 == score.metadata_precision == 1.0


def test_what_is_wrong_is_counted_and_named(tmp_path: Path) -> None:
    wrong = (
        GOOD.replace("D|Share Tweet Pin", "K|Share Tweet Pin")
        .replace("K|The mayor", "D|The mayor")
        .replace(" Friday, and the", " Friday, and‖ the")
        .replace("= author Ann Lee/author", "= author Ann Lee/editor")
    )
    counts = count_page(read_page(page_in(tmp_path, wrong)))
    assert counts.sentences_kept == counts.sentences - 1
    assert counts.scraps_removed == counts.scraps - 1
    assert counts.removed_wrongly == len("ShareTweetPin")
    assert (counts.facts_right, counts.facts_invented) == (1, 1)
    assert counts.ends_right == counts.ends - 2  # the share bar's, and the one inside the sentence
    assert {miss.partition(":")[0] for miss in counts.misses} == {
        "lost",
        "left in the body",
        "not cut at",
        "metadata missing",
        "metadata invented",
    }


def test_a_page_that_should_be_two_articles(tmp_path: Path) -> None:
    counts = count_page(read_page(page_in(tmp_path, GOOD.replace("@ en", "@ zh en"))))
    assert (counts.bilingual, counts.bilingual_right) == (1, 0)
    assert scores([counts]).bilingual_split == 0.0


def test_a_more_exact_time_that_the_gold_allows_is_right(tmp_path: Path) -> None:
    body = "<p>Rain fell on the city for a ninth day on Friday, and the river rose again.</p>" * 3
    time = '<meta property="article:published_time" content="2024-05-03T09:15:00+08:00">'
    page_in(tmp_path, f"<html><head>{time}</head><body><h1>Rain</h1>{body}</body></html>", "a.html")
    gold = "@ en\nT|Rain\nN|Rain fell on the city for a ninth day on Friday, and the river rose again.\n= published 2024-05-03\n"
    page_in(tmp_path, gold, "a.html.gold")
    assert count_page(read_page(tmp_path / "a.html")).facts_right == 1
    page_in(tmp_path, gold + "~ published 2024-05-03T09:15:00+08:00\n", "a.html.gold")
    counts = count_page(read_page(tmp_path / "a.html"))
    assert (counts.facts, counts.facts_right, counts.facts_invented) == (2, 2, 0)


def test_marks_lie_on_the_characters_of_the_page(tmp_path: Path) -> None:
    text = "@ zh\nK|河水⟦广告⟧上涨⟦１→1⟧米。\nK|雨还在\nD|第2页\nC|下。⟦~（完）⟧\n"
    page = read_page(page_in(tmp_path, text))
    document = document_of(page)
    assert page.text == "河水广告上涨１米。\n雨还在\n第2页\n下。（完）\n"
    marked = mark(page, document)  # type: ignore[arg-type]
    assert [(s.text, s.lang) for s in marked.sentences] == [
        ("河水上涨1米。", Lang.ZH),
        ("雨还在 下。", Lang.ZH),
    ]
    assert [text for text, _ in marked.scraps] == ["广告", "第2页"]
    assert [marked.fates[page.text.index(ch)] for ch in "河广１第完"] == [
        Fate.KEPT,
        Fate.GONE,
        Fate.KEPT,
        Fate.GONE,
        Fate.ANY,
    ]


def test_a_page_in_html_is_found_again_in_what_was_extracted(tmp_path: Path) -> None:
    body = "<p>Rain fell on the city for a ninth day on Friday, and the river rose again.</p>"
    more = "<p>The mayor said that schools would stay closed until Monday because of it.</p>"
    page_in(tmp_path, f"<html><body><h1>Rain</h1>{body * 1}{more}</body></html>", "page.html")
    gold = "@ en\nT|Rain\nK|Rain fell on the city for a ninth day on Friday, and the river rose again.\nK|Nobody wrote this.\nD|Cookies\n"
    page_in(tmp_path, gold, "page.html.gold")
    counts = count_page(read_page(tmp_path / "page.html"))
    assert (counts.sentences, counts.sentences_kept) == (3, 2)
    assert counts.removed_wrongly == len("Nobodywrotethis.")
    # The cookies were not extracted; what the gold does not know was, and is a scrap.
    assert (counts.scraps, counts.scraps_removed) == (2, 1)


def test_a_line_without_a_mark_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"page\.txt:2: 'Rain fell"):
        read_page(page_in(tmp_path, "@ en\nRain fell\n"))
    with pytest.raises(ValueError, match="languages of its articles are missing"):
        read_page(page_in(tmp_path, "K|Rain fell\n"))
    # A misspelt field made right values count as invented.
    with pytest.raises(ValueError, match=r"page\.txt:3: .* is no field of the metadata"):
        read_page(page_in(tmp_path, "@ en\nK|Rain fell\n~ original_title Rain\n"))


def test_the_gate_holds_both_halves_to_their_floors(tmp_path: Path) -> None:
    names = [f"p{number}.txt" for number in range(4)]
    for name in names:
        page_in(tmp_path, GOOD, name)
    held = [name for name in names if held_out(name)]
    assert 0 < len(held) < 4
    assert set(evaluate_pages(tmp_path, held=True)) == set(held)
    digest = gold_digest(tmp_path)
    floors: dict[str, dict[str, float | str]] = {
        "pages, visible half": {"sentence_recall": 1.0, "gold": digest},
        "pages, held-out half": {"sentence_recall": 1.1, "gold": digest},
    }
    verdicts = {v.name: v.passed for v in run_pages(tmp_path, floors)}
    assert verdicts["pages, visible half: sentence_recall"]
    assert not verdicts["pages, held-out half: sentence_recall"]
    page_in(tmp_path, GOOD.replace("ninth", "tenth"), names[0])
    assert not any(v.passed for v in run_pages(tmp_path, floors))
    assert all(v.measured is None for v in run_pages(tmp_path / "nowhere", floors))
