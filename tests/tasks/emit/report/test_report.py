import base64
import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from models.manifest import Summary
from models.records import BlockKind, Lang, RemovalReason
from tasks.emit.report import write_report
from tasks.emit.report.pages import Rendered, render
from tasks.emit.report.text import shown
from tasks.emit.report.view import Item
from tasks.emit.settings import EmitSettings
from tests.tasks.emit.making import Page, Sample
from tests.tasks.emit.sample import (
    HOSTILE,
    make_sample,
    with_hostile_pair,
    write_many,
)


def parsed(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes().decode("utf-8"))


def text_of(element: html.HtmlElement, *without: str) -> str:
    for name in without:
        for gone in element.find_class(name):
            gone.drop_tree()
    return " ".join(element.text_content().split())


@pytest.fixture
def report(whole_folder: Path) -> html.HtmlElement:
    return parsed(whole_folder / "report.html")


def test_summary_stands_first(tmp_path: Path) -> None:
    folder = Sample().write(tmp_path)
    summary = Summary(
        files=5,
        documents=5,
        pairs={"same_page": 1},
        unpaired={"no_candidate": 4},
        articles={"en": 5, "zh": 1},
    )
    write_report(folder, summary)
    page = parsed(folder / "report.html")
    assert page.findtext(".//h1") == "1 pair, 4 unpaired"
    assert "--translator" in text_of(page.find_class("engine")[0])
    assert "5 files with 5 documents gave 1 Chinese and 5 English articles." in page.text_content()


def test_every_pair_article_and_refused_input_is_listed(report: html.HtmlElement) -> None:
    links = {link.get("href") for link in report.find_class("list")[0].iter("a")}
    sample = make_sample()
    assert links == {f"#a-{pair.id}" for pair in sample.pairs}
    alone = {link.get("href") for link in report.get_element_by_id("unpaired").iter("a")}
    assert alone == {f"#a-{article.id}" for article in sample.unpaired}
    assert all(report.get_element_by_id(link[1:]) is not None for link in links | alone)
    refused = text_of(report.get_element_by_id("quarantine"))
    assert "odd/list.jsonl, line 3" in refused
    assert "bad record: <i>no field text</i>" in refused


def test_beads_stand_on_facing_rows(report: html.HtmlElement) -> None:
    for bead in make_sample().beads:
        row = report.get_element_by_id(f"b-{bead.id}")
        zh, en = row.find_class("cell")
        assert (zh.get("lang")[:2], en.get("lang")) == ("zh", "en")
        assert zh.get("data-origin") == bead.zh_origin.kind
        assert en.get("data-origin") == bead.en_origin.kind
        assert text_of(row.find_class("score")[0]) == str(round(100 * bead.score))
        assert text_of(zh, "gone", "label", "missing").replace(" ", "") == bead.zh_text.replace(
            " ", ""
        )
        assert text_of(en, "gone", "label", "missing") == bead.en_text


def test_labels_headings_and_kinds_are_shown(report: html.HtmlElement) -> None:
    assert [text_of(label) for label in report.find_class("label")] == [
        "产能：", "Capacity:", "投资：", "Money:", "能源："
    ]  # fmt: skip
    assert text_of(report.find_class("heading")[0]) == "三个看点"
    assert len(report.xpath("//*[@role='heading'][@aria-level='2']")) == 2 * 3 + 1


def test_flags_show_what_differs(report: html.HtmlElement) -> None:
    found = [text_of(line) for line in report.find_class("flags")]
    assert "number mismatch only Chinese: 1.2e12; only English: 1.3e12" in found
    assert "length outlier 3.4 English characters to a Chinese one" in found
    assert "translation failed" in found
    assert len(report.xpath("//*[contains(@class,'row')][@data-flagged]")) == 4


def test_machine_text_is_marked(report: html.HtmlElement) -> None:
    machine = make_sample().pairs[2]
    section = report.get_element_by_id(f"a-{machine.id}")
    badge = text_of(section.find_class("badge")[0])
    assert badge == "machine Chinese: ctranslate2 demo-en-zh r1"
    origins = [cell.get("data-origin") for cell in section.find_class("cell")]
    assert origins == ["machine", "source"] * 4
    (entry,) = report.xpath(f"//a[@href='#a-{machine.id}'][1]")[:1]
    assert text_of(entry).endswith("machine")


def test_missing_sides_say_why(report: html.HtmlElement) -> None:
    said = [text_of(cell) for cell in report.find_class("missing")]
    assert said == ["no counterpart", "no counterpart", "translation failed"]


def test_removed_text_stands_where_it_stood(report: html.HtmlElement) -> None:
    removed = make_sample().removed
    found = report.xpath("//del[contains(@class,'gone')]")
    assert len(found) == len(removed)
    assert {gone.get("data-reason") for gone in found} == {line.reason for line in removed}
    spam = next(gone for gone in found if gone.get("data-reason") == "spam")
    assert text_of(spam.getparent()) == (
        "厂长周晓岚在仪式上说， spam澳门mahjongwin88新线的良率已经达到百分之九十五。"
    )
    first = report.xpath("//article[1]//div[contains(@class,'heads')][1]//del")
    assert [text_of(gone) for gone in first] == ["boilerplate首页 > 财经 > 正文"]


def test_metadata_of_both_sides_is_shown(report: html.HtmlElement) -> None:
    section = report.get_element_by_id(f"a-{make_sample().pairs[0].id}")
    zh, en = section.findall(".//dl")
    assert "2025-03-07 03/07 2025 ambiguous or 2025-07-03" in text_of(zh)
    assert "author 林一舟 记者 林一舟" in text_of(zh).replace("author林", "author 林")
    assert "views560" in text_of(zh).replace(" ", "")
    assert "javascript:alert(1)" in text_of(en)
    assert text_of(section.find_class("conflict")[0]).startswith("published differs: 2025-03-07 on")


def test_addresses_of_documents_are_no_links(report: html.HtmlElement) -> None:
    links = {link.get("href") for link in report.iter("a")}
    assert all(link.startswith("#") for link in links)


def test_candidates_of_a_near_tie_are_named(report: html.HtmlElement) -> None:
    sample = make_sample()
    section = report.get_element_by_id(f"a-{sample.unpaired[1].id}")
    notes = [text_of(note) for note in section.find_class("near")]
    assert notes == [
        f"near candidate {sample.en[0].id}, score 0.44",
        f"near candidate {sample.en[1].id}, score 0.43",
    ]


def test_sentences_no_bead_names_are_not_lost(tmp_path: Path) -> None:
    sample = make_sample()
    lost = sample.beads.pop()
    folder = sample.write(tmp_path)
    write_report(folder, Summary())
    section = parsed(folder / "report.html").get_element_by_id(f"a-{lost.pair}")
    assert "She still climbs." in text_of(section)
    assert "not aligned" in text_of(section)


def test_nothing_may_load_or_run_but_our_own(report: html.HtmlElement) -> None:
    policy = report.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (element,) = report.iter(tag)
        digest = hashlib.sha256(element.text.encode()).digest()
        assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert not report.xpath("//@src | //@style | //link | //img | //iframe | //object | //form")
    assert not [
        name for element in report.iter() for name in element.attrib if name.startswith("on")
    ]


def test_nothing_outside_is_referred_to(whole_folder: Path) -> None:
    text = (whole_folder / "report.html").read_text("utf-8")
    assert not re.search(r"""(?:href|src|url)\s*[=(]\s*["']?\s*(?:https?:)?//""", text)


def test_hostile_text_is_text(report: html.HtmlElement) -> None:
    section = report.get_element_by_id(f"a-{make_sample().unpaired[0].id}")
    told = text_of(section)
    assert "<img src=x onerror=\"document.title='taken'\">" in told
    for text in HOSTILE:
        assert " ".join(shown(text).split()) in told
    assert "<script>document.title = 'removed'</script>" in told
    assert not section.xpath(".//script | .//img | .//b[not(@class)] | .//i")


MEAN = st.text(
    st.sampled_from("a字<>&\"'{}%/!-]\x00\x1b\x85\u2028\u202e\ufffe`="), min_size=1, max_size=20
)


@settings(max_examples=25)
@given(MEAN, MEAN, MEAN)
def test_any_text_stays_text(
    tmp_path_factory: pytest.TempPathFactory, zh: str, en: str, label: str
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    page = Page("a.txt")
    page.block(Lang.EN, en, kind=BlockKind.LIST_ITEM, label=label)
    sample = with_hostile_pair((zh, en))
    sample.unpaired.append(page.article(Lang.EN, title=label))
    write_report(sample.write(folder), Summary())
    document = parsed(folder / "report.html")
    assert len(list(document.iter("script", "style", "meta"))) == 6
    for text in (zh, en, label):
        assert " ".join(shown(text).split()) in " ".join(document.text_content().split())
    names = {name for element in document.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on")]


def test_long_removed_text_is_cut(tmp_path: Path) -> None:
    sample = make_sample()
    write_report(sample.write(tmp_path), Summary(), EmitSettings(removed_length=5))
    told = parsed(tmp_path / "report.html").text_content()
    assert "首页 >  … (7 more characters)" in told


def pages_of(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "report").iterdir())


def test_many_pairs_go_to_pages(tmp_path: Path) -> None:
    folder = write_many(tmp_path / "c", 7, rows=5)
    files = write_report(folder, Summary(), EmitSettings(page_size=3))
    assert pages_of(folder) == ["pairs-0001.html", "pairs-0002.html", "pairs-0003.html"]
    assert {path.relative_to(folder).as_posix() for path in files} == {
        "report.html", *(f"report/{name}" for name in pages_of(folder))
    }  # fmt: skip
    first = parsed(folder / "report.html")
    assert not first.xpath("//article")
    for link in first.get_element_by_id("pairs").xpath(".//a/@href"):
        path, _, anchor = link.partition("#")
        assert parsed(folder / path).get_element_by_id(anchor) is not None
    titles = [parsed(folder / "report" / name).findtext(".//h1") for name in pages_of(folder)]
    assert titles == ["Pairs 1 to 3", "Pairs 4 to 6", "Pairs 7"]
    second = parsed(folder / "report" / "pairs-0002.html")
    assert second.xpath("//nav[1]//a/@href")[:3] == [
        "pairs-0001.html", "../report.html", "pairs-0003.html"
    ]  # fmt: skip


def test_long_articles_make_shorter_pages(tmp_path: Path) -> None:
    folder = write_many(tmp_path / "c", 6, rows=10)
    write_report(folder, Summary(), EmitSettings(page_size=50, page_rows=20))
    assert len(pages_of(folder)) == 3


def test_articles_without_counterpart_have_pages_too(tmp_path: Path) -> None:
    sample = make_sample()
    folder = sample.write(tmp_path)
    write_report(folder, Summary(), EmitSettings(page_size=2))
    assert pages_of(folder) == ["pairs-0001.html", "pairs-0002.html", "unpaired-0001.html"]
    page = parsed(folder / "report" / "pairs-0002.html")
    assert "unpaired-0001.html" in page.xpath("//nav[1]//a/@href")


def test_very_many_are_listed_by_page(tmp_path: Path) -> None:
    folder = write_many(tmp_path / "c", 7, rows=2)
    write_report(folder, Summary(), EmitSettings(page_size=3, list_limit=6))
    links = parsed(folder / "report.html").get_element_by_id("pairs").xpath(".//a/@href")
    assert links == [f"report/{name}" for name in pages_of(folder)]


def test_a_smaller_report_leaves_no_old_pages(tmp_path: Path) -> None:
    folder = write_many(tmp_path / "c", 4, rows=2)
    write_report(folder, Summary(), EmitSettings(page_size=1))
    assert len(pages_of(folder)) == 4
    write_report(folder, Summary())
    assert not (folder / "report").exists()


def test_pages_hold_a_bounded_number_of_pairs_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page is written before the page after the next one is rendered."""
    folder = write_many(tmp_path / "c", 12, rows=2)
    written: list[int] = []

    def counted(item: Item) -> Rendered:
        written.append(len(list((folder / "report").glob("*"))))
        return render(item)

    monkeypatch.setattr("tasks.emit.report.sections.render", counted)
    write_report(folder, Summary(), EmitSettings(page_size=2))
    assert len(written) == 12
    assert max(number // 2 - pages for number, pages in enumerate(written)) <= 2


def test_neighbours_removed_for_one_reason_are_shown_together(tmp_path: Path) -> None:
    """List marks and emphasis marks would fill the page otherwise."""
    page = Page("a.txt")
    page.block(Lang.EN, "First.")
    for mark in ("*", "**", "**"):
        page.gone(mark, RemovalReason.MARKUP)
    page.gone("Share this", RemovalReason.BOILERPLATE)
    page.block(Lang.EN, "Second.")
    sample = Sample(unpaired=[page.article(Lang.EN, title="T")], removed=page.removed)
    write_report(sample.write(tmp_path), Summary())
    found = parsed(tmp_path / "report.html").xpath("//del")
    assert [text_of(gone) for gone in found] == ["markup* ** **", "boilerplateShare this"]
