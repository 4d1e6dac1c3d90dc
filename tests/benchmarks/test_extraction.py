"""The benchmark of extraction: its measure, and a run over pages made here."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import extraction
from benchmarks.extraction import Found, judged, overlap, scores
from tests.tasks.read.html.pages import ENGLISH_BODY, ENGLISH_TITLE, article, page

PAGE = page(
    article(ENGLISH_BODY, title=ENGLISH_TITLE, info="<p>By Ann Lee</p><p>5 March 2024</p>"),
    title=ENGLISH_TITLE,
    before="",
    after="",
)


def folder(path: Path, golds: dict[str, dict[str, object]]) -> Path:
    (path / "html").mkdir()
    (path / "ground-truth.json").write_text(json.dumps(golds), "utf-8")
    return path


def test_words_are_compared_four_in_a_row_and_as_often_as_they_come() -> None:
    found = overlap("One, two: three four five.", "two three four five six")
    assert (found.both, found.found_only, found.gold_only) == (1 / 3, 1 / 3, 1 / 3)
    twice = overlap("a b c d", "a b c d a b c d")
    assert (twice.recall, twice.precision) == (1.0, 1 / 5)


def test_a_text_of_less_than_four_words_is_one_shingle() -> None:
    assert overlap("so it is", "so it is").precision == 1.0
    assert overlap("so it is", "so it was").precision == 0.0


def test_a_page_without_text_is_no_loss_of_precision() -> None:
    """As in the public benchmark: what found nothing is judged by its recall alone."""
    pages = [overlap("a b c d", "a b c d"), overlap("a b c d", "")]
    assert scores(pages) == pytest.approx((1.0, 0.5, 2 / 3))


def test_values_are_right_wrong_or_missing() -> None:
    gold = {"title": "Rain – at last", "authors": ["Ann Lee", "Bo Ek"], "date": "2024-03-05"}
    found = Found(title="Rain - At Last", authors=("Bo Ek",), date="")
    assert judged(gold, found) == {"title": "right", "authors": "wrong", "date": "missing"}
    assert judged({"date": "2024-03-05"}, Found(date="2024-03-05T08:00:00Z")) == {"date": "right"}


def test_a_folder_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = "\n".join(ENGLISH_BODY)
    about = {"title": ENGLISH_TITLE, "authors": ["Ann Lee"], "date": "2024-03-05"}
    folder(tmp_path, {"plain": {"articleBody": body, **about}, "packed": {"articleBody": body}})
    (tmp_path / "html" / "plain.html").write_text(PAGE, "utf-8")
    (tmp_path / "html" / "packed.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    extraction.main([str(tmp_path), "--worst", "1"])
    lines = capsys.readouterr().out.split("\n")
    assert lines[0].startswith("2 pages")
    assert lines[1].split() == ["zhen", "1.000", "1.000", "1.000"]
    assert lines[2].split()[0] == "trafilatura"
    for field in ("title", "authors", "date"):
        assert f"{field}, zhen: 1 right, 0 wrong, 0 missing" in lines
    assert lines[-2].startswith("packed  1.000 1.000")


def test_what_is_missing_in_a_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"ground-truth\.json is missing"):
        extraction.main([str(tmp_path)])
    folder(tmp_path, {"lost": {"articleBody": "x"}})
    with pytest.raises(SystemExit, match=r"lost\.html is missing"):
        extraction.main([str(tmp_path)])
