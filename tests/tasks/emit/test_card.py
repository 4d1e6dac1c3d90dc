import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.manifest import Summary
from tasks.emit.card import write_card
from tasks.emit.card.features import features
from tasks.emit.corpus import Corpus
from tasks.emit.summary import summarise
from tests.conftest import ROOT
from tests.tasks.emit.conftest import build
from tests.tasks.emit.making import Sample
from tests.tasks.emit.sample import make_sample, with_hostile_pair

yaml = pytest.importorskip("yaml")  # comes with datasets, a development dependency


def header(folder: Path) -> dict[str, Any]:
    text = (folder / "README.md").read_text("utf-8")
    assert text.startswith("---\n")
    found: dict[str, Any] = yaml.safe_load(text[4:].partition("\n---\n")[0])
    return found


def snippets(path: Path) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_header_names_files_that_are_there(whole_folder: Path) -> None:
    top = header(whole_folder)
    assert top["language"] == ["zh", "en"]
    assert top["task_categories"] == ["translation"]
    assert top["size_categories"] == ["n<1K"]
    assert [config["config_name"] for config in top["configs"]] == [
        "alignments",
        "pairs",
        "zh",
        "en",
    ]
    assert [config.get("default") for config in top["configs"]] == [True, None, None, None]
    assert all((whole_folder / config["data_files"]).is_file() for config in top["configs"])
    assert {info["config_name"] for info in top["dataset_info"]} == {
        "alignments",
        "pairs",
        "zh",
        "en",
    }


def test_columns_are_those_of_the_lines(whole_folder: Path) -> None:
    for info in header(whole_folder)["dataset_info"]:
        file = {c["config_name"]: c["data_files"] for c in header(whole_folder)["configs"]}
        line = json.loads((whole_folder / file[info["config_name"]]).read_bytes().split(b"\n")[0])
        assert [column["name"] for column in info["features"]] == list(line)


def test_free_keys_become_columns_of_the_widest_type(tmp_path: Path) -> None:
    sample = make_sample()
    origin = sample.zh[2].origin
    odd = replace(origin, settings={"beam": 2.5, "normalise": "yes", "seed": 3})
    sample.zh[2] = replace(sample.zh[2], origin=odd)
    folder = sample.write(tmp_path)
    write_card(folder, Summary())
    zh = next(i for i in header(folder)["dataset_info"] if i["config_name"] == "zh")
    found = next(column for column in zh["features"] if column["name"] == "origin")["struct"]
    assert found[-1]["struct"] == [
        {"name": "beam", "dtype": "float64"},
        {"name": "normalise", "dtype": "string"},
        {"name": "seed", "dtype": "int64"},
    ]


def test_features_follow_the_schema() -> None:
    found = {
        column["name"]: column for column in features("bead", {"parts": {"length": "float64"}})
    }
    assert found["zh"] == {"name": "zh", "list": "string"}
    assert found["parts"]["struct"] == [{"name": "length", "dtype": "float64"}]
    blocks = next(c for c in features("article", {}) if c["name"] == "blocks")["list"]
    assert {"name": "pieces", "list": {"list": "int64"}} in blocks


def test_unpaired_and_engine_are_told_plainly(tmp_path: Path) -> None:
    folder = Sample().write(tmp_path)
    summary = Summary(files=5, documents=5, pairs={"same_page": 1}, unpaired={"no_candidate": 4})
    text = write_card(folder, summary).read_text("utf-8")
    assert "\n1 pair, 4 unpaired.\n" in text
    assert summary.hint in text


def test_machine_text_is_told(whole_folder: Path, tmp_path: Path) -> None:
    assert "**Part of this corpus was made by a machine.**" in (
        whole_folder / "README.md"
    ).read_text("utf-8")
    folder = with_hostile_pair(("甲", "a")).write(tmp_path)
    write_card(folder, summarise(Corpus(folder), files=2, documents=2))
    text = (folder / "README.md").read_text("utf-8")
    assert "nothing was made by a translation engine" in text
    assert "Part of this corpus was made by a machine" not in text


def test_empty_files_are_no_configurations(tmp_path: Path) -> None:
    sample = make_sample()
    alone = Sample(unpaired=[a for a in sample.unpaired if a.lang == "en"])
    folder = alone.write(tmp_path)
    build(folder)
    top = header(folder)
    assert [config["config_name"] for config in top["configs"]] == ["en"]
    assert top["language"] == ["en"]
    assert "task_categories" not in top
    empty = Sample().write(tmp_path / "empty")
    build(empty)
    assert header(empty)["configs"] is None


def run_beside(
    folder: Path, code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> dict[str, Any]:
    """Run an example as a reader would: beside the folder, which is called corpus."""
    assert folder.name == "corpus"
    monkeypatch.chdir(folder.parent)
    names: dict[str, Any] = {}
    exec(compile(code, "example", "exec"), names)
    return names


DOCS = ROOT / "docs" / "outputs.md"


def offline_examples() -> Iterator[str]:
    yield from (code for code in snippets(DOCS) if "datasets" not in code)


@pytest.mark.parametrize("number", range(len(list(offline_examples()))))
def test_examples_of_the_documentation_run(
    whole_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int
) -> None:
    run_beside(whole_folder, list(offline_examples())[number], monkeypatch, tmp_path)


def test_pandas_and_tmx_examples_of_the_card_run(
    whole_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, pandas, tmx = snippets(whole_folder / "README.md")
    frames = run_beside(whole_folder, pandas, monkeypatch, tmp_path)
    assert len(frames["bitext"]) == 15
    assert len(frames["beads"]) == 18
    units = run_beside(whole_folder, tmx, monkeypatch, tmp_path)["units"]
    assert [unit for unit, _ in units] == list(frames["bitext"]["id"])
    assert units[0][1]["zh-Hans"] == "江北电池厂二期投产，年产能翻一番"


def test_the_example_for_articles_alone_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sample = make_sample()
    folder = Sample(unpaired=sample.unpaired).write(tmp_path / "corpus")
    build(folder)
    (code,) = snippets(folder / "README.md")
    assert len(run_beside(folder, code, monkeypatch, tmp_path)["articles"]) == 1


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Hugging Face datasets without network, and with a cache of its own."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    datasets = pytest.importorskip("datasets")
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", str(tmp_path / "cache"))
    datasets.disable_progress_bars()
    return datasets


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_datasets_example_of_the_card_runs(
    whole_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, offline: Any
) -> None:
    code = snippets(whole_folder / "README.md")[0]
    names = run_beside(whole_folder, code, monkeypatch, tmp_path)
    assert len(names["bitext"]) == 15
    assert len(names["beads"]) == 18
    assert {row["zh_origin"] for row in names["good"]} == {"source"}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_examples_of_the_documentation_run_with_datasets(
    whole_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, offline: Any
) -> None:
    for code in snippets(DOCS):
        if "datasets" in code:
            run_beside(whole_folder, code, monkeypatch, tmp_path)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
@pytest.mark.parametrize("name", ["zh.jsonl", "en.jsonl", "pairs.jsonl", "alignments.jsonl"])
def test_datasets_reads_each_line_file(
    whole_folder: Path, offline: Any, name: str, tmp_path: Path
) -> None:
    lines = (whole_folder / name).read_bytes().count(b"\n")
    found = offline.load_dataset(
        "json", data_files=str(whole_folder / name), cache_dir=str(tmp_path), split="train"
    )
    assert len(found) == lines
    assert found[0]["id"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_types_in_the_card_hold_for_a_large_corpus(offline: Any, tmp_path: Path) -> None:
    """The first 10 MB have no article without counterpart, so that datasets would guess wrong."""
    sample = make_sample()
    pair, zh, en = sample.pairs[1], sample.zh[1], sample.en[1]
    many = [f"{number:016x}" for number in range(6000)]
    sample.pairs = [*(replace(pair, id=i) for i in many), *sample.pairs]
    sample.zh = [*(replace(zh, id=i) for i in many), *sample.zh]
    sample.en = [*(replace(en, id=i) for i in many), *sample.en]
    folder = sample.write(tmp_path / "corpus")
    assert (folder / "zh.jsonl").stat().st_size > 11 << 20
    write_card(folder, Summary())
    found = offline.load_dataset(str(folder), "zh", split="train")
    assert len(found) == 6004
    assert found[-1]["unpaired"]["reason"] == "near_tie"
    assert found[-2]["origin"]["settings"] == {"beam": 4, "normalise": True}


def test_only_the_exports_that_are_there_are_told(lines: Path) -> None:
    text = write_card(lines, Summary(), exports=("tsv",)).read_text("utf-8")
    assert "`exports/` has the sentence pairs as TSV, with the" in text
    assert "parquet" not in text
    assert "tmx" not in text
    assert "exports/" not in write_card(lines, Summary(), exports=()).read_text("utf-8")
