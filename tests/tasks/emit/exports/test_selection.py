from pathlib import Path

import pytest
from pyarrow import parquet

from models.records import Lang
from tasks.emit.corpus import Corpus
from tasks.emit.exports import ExportError, Format, Selection, export, export_bitext
from tests.tasks.emit.sample import make_sample


def rows(folder: Path, out: Path, selection: Selection) -> tuple[list[dict], dict[str, int]]:
    counts = export(folder, Format.PARQUET, out, selection)
    found = parquet.read_table(counts.files[0]).to_pylist()
    assert counts.written == len(found)
    return found, counts.left_out


def test_the_default_leaves_out_null_beads_only(sample_folder: Path, tmp_path: Path) -> None:
    found, left_out = rows(sample_folder, tmp_path, Selection())
    assert len(found) == 15
    assert left_out == {"null": 3}  # two without counterpart, one failed translation


def test_everything_left_out_has_a_reason(sample_folder: Path, tmp_path: Path) -> None:
    total = len(make_sample().beads)
    for selection in (
        Selection(min_score=0.9),
        Selection(origin="source"),
        Selection(origin="machine"),
        Selection(max_length=30),
        Selection(min_score=0.9, origin="source", max_length=60),
    ):
        found, left_out = rows(sample_folder, tmp_path, selection)
        assert len(found) + sum(left_out.values()) == total


def test_min_score(sample_folder: Path, tmp_path: Path) -> None:
    found, left_out = rows(sample_folder, tmp_path, Selection(min_score=0.9))
    assert left_out["score"] == 15 - len(found)
    assert min(row["score"] for row in found) == 0.9  # the bound itself is in


def test_origin(sample_folder: Path, tmp_path: Path) -> None:
    source, left_out = rows(sample_folder, tmp_path, Selection(origin="source"))
    assert {row["zh_origin"] for row in source} == {"source"}
    assert left_out == {"null": 3, "origin": 3}
    machine, _ = rows(sample_folder, tmp_path, Selection(origin="machine"))
    assert {row["zh_origin"] for row in machine} == {"machine"}
    assert len(source) + len(machine) == 15


def test_max_length_is_that_of_the_longer_side(sample_folder: Path, tmp_path: Path) -> None:
    found, _ = rows(sample_folder, tmp_path, Selection(max_length=40))
    assert found
    assert max(max(len(row["zh"]), len(row["en"])) for row in found) <= 40


def test_script_converts_the_chinese_side_only_and_says_so(
    sample_folder: Path, tmp_path: Path
) -> None:
    before, _ = rows(sample_folder, tmp_path, Selection())
    hans, _ = rows(sample_folder, tmp_path, Selection(script="hans"))
    assert {row["zh_script"] for row in hans} == {"Hans"}
    assert [row["en"] for row in hans] == [row["en"] for row in before]
    for old, new in zip(before, hans, strict=True):
        if old["zh_script"] == "Hans":
            assert new == old
        else:
            assert new["zh_converted_from"] == "Hant"
    assert any(row["zh"].startswith("港湾大桥将于周三") for row in hans)
    hant, _ = rows(sample_folder, tmp_path, Selection(script="hant"))
    assert {row["zh_script"] for row in hant} == {"Hant"}
    assert hant[0]["zh"].startswith("江北電池廠")
    assert hant[0]["zh_converted_from"] == "Hans"


def test_a_tmx_of_converted_text_says_so(sample_folder: Path, tmp_path: Path) -> None:
    export(sample_folder, Format.TMX, tmp_path / "x.tmx", Selection(script="hant"))
    text = (tmp_path / "x.tmx").read_text("utf-8")
    assert 'xml:lang="zh-Hans"' not in text
    assert text.count('<prop type="x-converted-from">Hans</prop>') == 12


def test_a_bitext_has_both_languages(sample_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="--lang goes with --to articles only"):
        export(sample_folder, Format.TSV, tmp_path, Selection(lang=Lang.ZH))


def test_senseless_selections_are_refused() -> None:
    with pytest.raises(ExportError, match="--min-score"):
        Selection(min_score=1.5)
    with pytest.raises(ExportError, match="--max-length"):
        Selection(max_length=0)


def test_a_file_name_or_a_folder_will_do(sample_folder: Path, tmp_path: Path) -> None:
    one = export(sample_folder, Format.TSV, tmp_path / "deep" / "my.tsv")
    assert one.files == (tmp_path / "deep" / "my.tsv",)
    two = export(sample_folder, Format.TSV, tmp_path / "folder")
    assert two.files == (tmp_path / "folder" / "bitext.tsv",)
    assert one.files[0].read_bytes() == two.files[0].read_bytes()


def test_articles_are_no_bitext(sample_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="articles are no bitext"):
        export_bitext(Corpus(sample_folder), (Format.TSV, Format.ARTICLES), tmp_path)
    assert not list(tmp_path.iterdir())
