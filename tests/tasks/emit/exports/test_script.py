"""``--script`` in every format: all Chinese text in one script, nothing else changed, and told."""

import csv
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet as parquet
import pytest
from opencc import OpenCC

from tasks.emit.exports import Format, Selection, export
from tasks.emit.exports.selection import ScriptChoice

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: What is told of a text: the text, its script, and the script that it was converted from.
Row = tuple[str, str, str]


def of_tsv(folder: Path) -> list[tuple[Row, str]]:
    with open(folder / "bitext.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, dialect="excel-tab"))
    return [((r["zh"], r["zh_script"], r["zh_converted_from"]), r["en"]) for r in rows]


def of_parquet(folder: Path) -> list[tuple[Row, str]]:
    rows = parquet.read_table(folder / "bitext.parquet").to_pylist()
    return [((r["zh"], r["zh_script"], r["zh_converted_from"] or ""), r["en"]) for r in rows]


def of_tmx(folder: Path) -> list[tuple[Row, str]]:
    out = []
    for unit in ElementTree.parse(folder / "bitext.tmx").iter("tu"):
        zh, en = sorted(unit.iter("tuv"), key=lambda side: side.get(LANG) == "en")
        props = {prop.get("type"): prop.text or "" for prop in zh.iter("prop")}
        row = zh.findtext("seg", ""), zh.get(LANG, "")[3:], props.get("x-converted-from", "")
        out.append((row, en.findtext("seg", "")))
    return out


def of_moses(folder: Path) -> list[tuple[Row, str]]:
    sides = [
        "".join(
            (folder / f"{stem}.{side}").read_text("utf-8") for stem in ("bitext", "bitext.machine")
        )
        for side in ("zh", "en")
    ]
    zh, en = (side.rstrip("\n").split("\n") for side in sides)
    return [((text, "", ""), other) for text, other in zip(zh, en, strict=True)]


def of_articles(folder: Path) -> list[tuple[Row, str]]:
    with open(folder / "articles" / "index.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, dialect="excel-tab"))
    out = []
    for row in rows:
        text = row["title"] + "\n" + (folder / "articles" / row["file"]).read_text("utf-8")
        if row["lang"] == "zh":
            out.append(((text, row["script"], row["converted_from"]), ""))
        else:
            out.append((("", "", row["script"] + row["converted_from"]), text))
    return out


READERS: dict[Format, Callable[[Path], list[tuple[Row, str]]]] = {
    Format.TSV: of_tsv,
    Format.PARQUET: of_parquet,
    Format.TMX: of_tmx,
    Format.MOSES: of_moses,
    Format.ARTICLES: of_articles,
}


def test_every_format_is_tested() -> None:
    assert READERS.keys() == set(Format)


@pytest.mark.parametrize("script", ["hans", "hant"])
@pytest.mark.parametrize("format", list(Format))
def test_all_chinese_text_is_converted_and_nothing_else(
    sample_folder: Path, tmp_path: Path, format: Format, script: ScriptChoice
) -> None:
    read = READERS[format]
    export(sample_folder, format, tmp_path / "as it is")
    export(sample_folder, format, tmp_path / "converted", Selection(script=script))
    before, after = read(tmp_path / "as it is"), read(tmp_path / "converted")
    convert = OpenCC("t2s" if script == "hans" else "s2t").convert
    changed = 0
    for ((old, own, _), old_en), ((new, told, told_from), new_en) in zip(
        before, after, strict=True
    ):
        assert new_en == old_en
        if format is Format.MOSES:  # tells no script; the other formats say which text is which
            assert new in (old, convert(old))
        elif own:
            same = own.lower() == script
            assert new == (old if same else convert(old))
            assert (told.lower(), told_from) == (script, "" if same else own)
        changed += new != old
    assert changed > 0
