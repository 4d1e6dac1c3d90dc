"""Each format is read back by another library, and holds the same segments with the same ids."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pyarrow import parquet

from models.records import Bead, Origin, OriginKind
from tasks.emit.corpus import Corpus
from tasks.emit.exports import DEFAULT_FORMATS, Format, Selection, export, export_bitext
from tasks.emit.exports.text import one_line, storable, unguard_cell, xml_text
from tests.tasks.emit.making import MACHINE
from tests.tasks.emit.sample import make_sample, with_hostile_pair

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What TMX 1.4b says of the elements used, https://www.gala-global.org/tmx-14b
TMX_DTD = """
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #REQUIRED>
<!ELEMENT header (note | prop | ude)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED
  adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)> <!ATTLIST tu tuid CDATA #IMPLIED srclang CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED creationid CDATA #IMPLIED>
<!ELEMENT seg (#PCDATA)> <!ELEMENT note (#PCDATA)> <!ELEMENT ude EMPTY>
<!ELEMENT prop (#PCDATA)> <!ATTLIST prop type CDATA #REQUIRED>
"""
MEAN = st.text(
    st.sampled_from("字a =+-@'\"\t\n\r\x00\x0b\x1c\x85\u2028\u2029\ufffe＝\u3000<&>]\u202e"),
    min_size=1,
) | st.text(min_size=1)
PAIRS = st.lists(st.tuples(MEAN, MEAN), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Path:
    out = tmp_path_factory.mktemp("exports")
    export_bitext(Corpus(sample_folder), DEFAULT_FORMATS, out)
    return out


@pytest.fixture(scope="module")
def beads() -> list[Bead]:
    """The beads that a bitext holds."""
    return [bead for bead in make_sample().beads if bead.zh_text and bead.en_text]


def read_tsv(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, dialect="excel-tab"))


def read_moses(folder: Path, stem: str) -> list[tuple[str, str, list[str]]]:
    """Read as line-based tools do: split at LF only."""
    zh, en, ids = (
        (folder / f"{stem}.{side}").read_bytes().decode().split("\n")
        for side in ("zh", "en", "ids")
    )
    assert zh[-1] == en[-1] == ids[-1] == ""
    rows = list(zip(zh, en, ids, strict=True))[:-1]
    return [(z, e, line.split("\t")) for z, e, line in rows]


def read_tmx(path: Path) -> list[dict[str, object]]:
    tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True))
    dtd = etree.DTD(io.StringIO(TMX_DTD))
    assert dtd.validate(tree), dtd.error_log
    units = []
    for unit in tree.iter("tu"):
        own = {prop.get("type"): prop.text for prop in unit.findall("prop")}
        sides = {
            side.get(XML_LANG): {
                "text": side.findtext("seg"),
                "creationid": side.get("creationid"),
                **{prop.get("type"): prop.text for prop in side.findall("prop")},
            }
            for side in unit.findall("tuv")
        }
        units.append({"id": unit.get("tuid"), "srclang": unit.get("srclang"), **own, **sides})
    return units


def test_same_ids_in_the_same_order_everywhere(exported: Path, beads: list[Bead]) -> None:
    ids = [bead.id for bead in beads]
    machine = {b.id for b in beads if OriginKind.MACHINE in (b.zh_origin.kind, b.en_origin.kind)}
    assert [row["id"] for row in read_tsv(exported / "bitext.tsv")] == ids
    assert [unit["id"] for unit in read_tmx(exported / "bitext.tmx")] == ids
    assert parquet.read_table(exported / "bitext.parquet")["id"].to_pylist() == ids
    source_rows = read_moses(exported, "bitext")
    machine_rows = read_moses(exported, "bitext.machine")
    assert [row[2][0] for row in source_rows] == [i for i in ids if i not in machine]
    assert [row[2][0] for row in machine_rows] == [i for i in ids if i in machine]


def test_tsv_holds_what_the_beads_hold(exported: Path, beads: list[Bead]) -> None:
    for row, bead in zip(read_tsv(exported / "bitext.tsv"), beads, strict=True):
        assert unguard_cell(row["zh"]) == one_line(bead.zh_text)
        assert unguard_cell(row["en"]) == one_line(bead.en_text)
        assert float(row["score"]) == bead.score
        assert row["pair"] == bead.pair
        assert row["zh_ids"].split() == list(bead.zh)
        assert row["en_ids"].split() == list(bead.en)
        assert row["flags"].split() == list(bead.checks.flags)
        assert (row["zh_origin"], row["en_origin"]) == (bead.zh_origin.kind, bead.en_origin.kind)


def test_tsv_opens_in_pandas(exported: Path, beads: list[Bead]) -> None:
    frame = pd.read_csv(exported / "bitext.tsv", sep="\t", dtype=str, keep_default_na=False)
    texts = frame["en"].str.replace(r"^'", "", regex=True)
    assert list(texts) == [one_line(bead.en_text) for bead in beads]


def test_moses_holds_source_text_only(exported: Path, beads: list[Bead]) -> None:
    for stem, machine in (("bitext", False), ("bitext.machine", True)):
        own = [b for b in beads if (b.zh_origin.kind is OriginKind.MACHINE) is machine]
        for (zh, en, ids), bead in zip(read_moses(exported, stem), own, strict=True):
            assert (zh, en) == (one_line(bead.zh_text), one_line(bead.en_text))
            assert ids == [
                bead.id, bead.pair, " ".join(bead.zh), " ".join(bead.en),
                bead.zh_origin.kind, bead.en_origin.kind,
            ]  # fmt: skip


def test_tmx_holds_what_the_beads_hold(exported: Path, beads: list[Bead]) -> None:
    for unit, bead in zip(read_tmx(exported / "bitext.tmx"), beads, strict=True):
        (tag,) = {"zh-Hans", "zh-Hant"} & set(unit)
        zh, en = unit[tag], unit["en"]
        assert zh["text"] == bead.zh_text
        assert en["text"] == bead.en_text
        assert zh["x-sentences"].split() == list(bead.zh)
        assert en["x-sentences"].split() == list(bead.en)
        assert float(unit["x-score"]) == bead.score
        assert unit["x-pair"] == bead.pair
        assert (unit.get("x-flags") or "").split() == list(bead.checks.flags)
        machine = bead.zh_origin.kind is OriginKind.MACHINE
        assert unit["x-origin"] == ("machine" if machine else "source")
        assert unit["srclang"] == ("en" if machine else None)
        assert zh["creationid"] == ("MT" if machine else None)
        assert zh.get("x-model") == bead.zh_origin.model
        assert zh.get("x-revision") == bead.zh_origin.revision
        assert en["creationid"] is None


def test_tmx_tells_the_scripts_apart(exported: Path) -> None:
    tags = [({"zh-Hans", "zh-Hant"} & set(u)).pop() for u in read_tmx(exported / "bitext.tmx")]
    assert tags == ["zh-Hans"] * 9 + ["zh-Hant"] * 3 + ["zh-Hans"] * 3


def test_tmx_has_no_date(exported: Path) -> None:
    """The same corpus gives the same bytes on every day."""
    assert not re.search("date=", (exported / "bitext.tmx").read_text("utf-8"))


def test_parquet_holds_the_texts_unchanged(exported: Path, beads: list[Bead]) -> None:
    rows = parquet.read_table(exported / "bitext.parquet").to_pylist()
    for row, bead in zip(rows, beads, strict=True):
        assert (row["zh"], row["en"]) == (bead.zh_text, bead.en_text)
        assert (row["zh_ids"], row["en_ids"]) == (list(bead.zh), list(bead.en))
        assert row["score"] == bead.score
        assert row["flags"] == list(bead.checks.flags)
        assert (row["zh_origin"], row["en_origin"]) == (bead.zh_origin.kind, bead.en_origin.kind)
        machine = bead.zh_origin.kind is OriginKind.MACHINE
        assert row["zh_model"] == ("ctranslate2 demo-en-zh r1" if machine else None)
        assert row["en_model"] is None
    frame = pd.read_parquet(exported / "bitext.parquet")
    assert list(frame["en"]) == [bead.en_text for bead in beads]


def test_parquet_row_groups_join(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beads: list[Bead]
) -> None:
    monkeypatch.setattr("tasks.emit.exports.parquet._ROWS_IN_A_GROUP", 4)
    export(sample_folder, Format.PARQUET, tmp_path)
    file = parquet.ParquetFile(tmp_path / "bitext.parquet")
    assert file.metadata.num_row_groups == 4
    assert file.read()["id"].to_pylist() == [bead.id for bead in beads]


@settings(max_examples=60)
@given(PAIRS)
def test_hostile_text_round_trips(
    tmp_path_factory: pytest.TempPathFactory, texts: Sequence[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    sample = with_hostile_pair(*texts)
    sample.write(folder)
    export_bitext(Corpus(folder), DEFAULT_FORMATS, folder)
    kept = [bead for bead in sample.beads if bead.zh_text.strip() and bead.en_text.strip()]
    expected = [(bead.id, storable(bead.zh_text), storable(bead.en_text)) for bead in kept]
    lined = [(i, one_line(zh), one_line(en)) for i, zh, en in expected]

    rows = parquet.read_table(folder / "bitext.parquet").to_pylist()
    assert [(row["id"], row["zh"], row["en"]) for row in rows] == expected
    units = read_tmx(folder / "bitext.tmx")
    found = [(u["id"], u["zh-Hans"]["text"] or "", u["en"]["text"] or "") for u in units]
    assert found == [(i, xml_text(zh), xml_text(en)) for i, zh, en in expected]
    assert [(row[2][0], row[0], row[1]) for row in read_moses(folder, "bitext")] == lined
    cells = read_tsv(folder / "bitext.tsv")
    assert [(c["id"], unguard_cell(c["zh"]), unguard_cell(c["en"])) for c in cells] == lined
    assert (folder / "bitext.tsv").read_bytes().count(b"\n") == len(kept) + 1


def test_tmx_properties_are_escaped(tmp_path: Path) -> None:
    """A model's name comes from a folder name or a hub id; it is data too."""
    sample = with_hostile_pair(("甲", "a"))
    origin = replace(MACHINE, model='<b> & "x"\x01')
    sample.beads = [replace(bead, zh_origin=origin) for bead in sample.beads]
    export(sample.write(tmp_path / "c"), Format.TMX, tmp_path)
    (unit,) = read_tmx(tmp_path / "bitext.tmx")
    assert unit["zh-Hans"]["x-model"] == '<b> & "x"'


def test_machine_files_of_moses_are_there_only_when_needed(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    counts = export(lines, Format.MOSES, out)
    assert {path.name for path in counts.files} == {path.name for path in out.iterdir()}
    assert (out / "bitext.machine.zh").exists()
    again = export(lines, Format.MOSES, out, Selection(origin="source"))
    assert {path.name for path in out.iterdir()} == {"bitext.zh", "bitext.en", "bitext.ids"}
    assert {path.name for path in again.files} == {path.name for path in out.iterdir()}


def test_machine_side_may_be_the_english_one(tmp_path: Path) -> None:
    sample = with_hostile_pair(("甲", "a"))
    sample.beads = [replace(bead, en_origin=MACHINE) for bead in sample.beads]
    folder = sample.write(tmp_path / "c")
    export_bitext(Corpus(folder), DEFAULT_FORMATS, tmp_path)
    (unit,) = read_tmx(tmp_path / "bitext.tmx")
    assert (unit["srclang"], unit["en"]["creationid"]) == ("zh-Hans", "MT")
    assert read_moses(tmp_path, "bitext") == []
    assert len(read_moses(tmp_path, "bitext.machine")) == 1


def test_origin_settings_do_not_matter_for_being_machine(tmp_path: Path) -> None:
    sample = with_hostile_pair(("甲", "a"))
    bare = Origin(OriginKind.MACHINE)
    sample.beads = [replace(bead, zh_origin=bare) for bead in sample.beads]
    counts = export(sample.write(tmp_path / "c"), Format.PARQUET, tmp_path)
    assert counts.machine == counts.written == 1


def test_a_failed_export_leaves_the_old_file(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for format in DEFAULT_FORMATS:
        export(lines, format, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with open(lines / "alignments.jsonl", "ab") as file:
        file.write(b"{}\n")
    for format in DEFAULT_FORMATS:
        with pytest.raises(ValueError, match=r"alignments\.jsonl, line 19"):
            export(lines, format, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_no_text_of_a_tsv_is_a_formula(tmp_path: Path) -> None:
    sample = with_hostile_pair(("＝甲", '=HYPERLINK("x")'), ("-乙", " +1"), ("'丙", "@SUM(1)"))
    export(sample.write(tmp_path / "c"), Format.TSV, tmp_path)
    found = [(row["zh"], row["en"]) for row in read_tsv(tmp_path / "bitext.tsv")]
    assert found == [("'＝甲", '\'=HYPERLINK("x")'), ("'-乙", "' +1"), ("''丙", "'@SUM(1)")]
