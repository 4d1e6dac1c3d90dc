import csv
from pathlib import Path

import pytest

from models.records import Lang
from tasks.emit.exports import ExportError, Format, Selection, export
from tests.tasks.emit.sample import make_sample


def index(folder: Path) -> list[dict[str, str]]:
    with open(folder / "articles" / "index.tsv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, dialect="excel-tab"))


def test_one_file_a_side_named_by_ids(sample_folder: Path, tmp_path: Path) -> None:
    counts = export(sample_folder, Format.ARTICLES, tmp_path)
    sample = make_sample()
    pair, _, third = (pair.id for pair in sample.pairs)
    names = {path.name for path in (tmp_path / "articles").iterdir()}
    assert {f"{pair}.zh.txt", f"{pair}.en.txt", f"{third}.en.txt"} < names
    assert {f"{a.id}.{a.lang}.txt" for a in sample.unpaired} < names
    assert len(names) == 1 + 8
    assert (counts.written, counts.machine, counts.left_out) == (8, 1, {})


def test_machine_text_has_another_name(sample_folder: Path, tmp_path: Path) -> None:
    export(sample_folder, Format.ARTICLES, tmp_path)
    found = {row["file"]: row["origin"] for row in index(tmp_path)}
    assert {name for name, origin in found.items() if origin == "machine"} == {
        f"{make_sample().pairs[2].id}.zh.machine.txt"
    }
    assert sum(1 for name in found if ".machine." in name) == 1


def test_a_block_is_a_line_and_labels_are_kept(sample_folder: Path, tmp_path: Path) -> None:
    export(sample_folder, Format.ARTICLES, tmp_path)
    pair = make_sample().pairs[0].id
    zh = (tmp_path / "articles" / f"{pair}.zh.txt").read_text("utf-8").split("\n\n")
    assert zh[0] == "江北电池厂二期投产，年产能翻一番"
    assert zh[3] == "产能：新线每小时能下线480个电芯。"
    en = (tmp_path / "articles" / f"{pair}.en.txt").read_text("utf-8").split("\n\n")
    assert en[3] == "Capacity: The new line turns out 480 cells an hour."
    assert "ADVERTISEMENT" not in "".join(en)


def test_document_text_never_makes_a_name(sample_folder: Path, tmp_path: Path) -> None:
    export(sample_folder, Format.ARTICLES, tmp_path)
    for row in index(tmp_path):
        assert row["file"].replace(".", "").isalnum()
        assert not row["title"].startswith(("=", "+", "-", "@"))


def test_selection(sample_folder: Path, tmp_path: Path) -> None:
    def of(**options: object) -> tuple[set[tuple[str, str]], dict[str, int]]:
        counts = export(sample_folder, Format.ARTICLES, tmp_path, Selection(**options))  # type: ignore[arg-type]
        return {(row["lang"], row["origin"]) for row in index(tmp_path)}, counts.left_out

    assert of(lang=Lang.ZH) == ({("zh", "source"), ("zh", "machine")}, {"lang": 4})
    assert of(origin="source") == ({("zh", "source"), ("en", "source")}, {"origin": 1})
    assert of(origin="machine") == ({("zh", "machine")}, {"origin": 7})
    assert of(paired_only=True)[1] == {"unpaired": 2}
    assert of(min_score=0.9)[1] == {"score": 2}
    assert of(max_length=60)[1] == {"length": 5}


def test_script_is_converted(sample_folder: Path, tmp_path: Path) -> None:
    export(sample_folder, Format.ARTICLES, tmp_path, Selection(script="hans"))
    pair = make_sample().pairs[1].id
    text = (tmp_path / "articles" / f"{pair}.zh.txt").read_text("utf-8")
    assert text.startswith("港湾大桥将于周三重新开放")
    assert {row["script"] for row in index(tmp_path) if row["lang"] == "zh"} == {"Hans"}


def test_an_older_export_is_replaced_as_a_whole(sample_folder: Path, tmp_path: Path) -> None:
    export(sample_folder, Format.ARTICLES, tmp_path)
    export(sample_folder, Format.ARTICLES, tmp_path, Selection(lang=Lang.EN, paired_only=True))
    assert len(list((tmp_path / "articles").iterdir())) == 1 + 3
    assert [path.name for path in tmp_path.iterdir()] == ["articles"]


def test_a_folder_of_something_else_is_refused(sample_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "mine.txt").write_text("mine")
    with pytest.raises(ExportError, match="holds something else"):
        export(sample_folder, Format.ARTICLES, tmp_path)
    assert (tmp_path / "articles" / "mine.txt").read_text() == "mine"
