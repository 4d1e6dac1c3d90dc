"""A corpus made in parts is the corpus made in one, byte for byte."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.manifest import Summary
from models.records import Lang
from tasks.emit.corpus import REMOVED, Corpus
from tasks.emit.exports import DEFAULT_FORMATS, export_bitext, join_fragments
from tasks.emit.jsonl import digest_file
from tasks.emit.report import (
    RemovedByDocument,
    assemble_report,
    make_sections,
    read_sections,
    write_report,
    write_sections,
)
from tasks.emit.settings import EmitSettings
from tasks.emit.summary import add_up, summarise
from tests.tasks.emit.sample import Sample, make_sample

LAYOUT = EmitSettings(page_size=2)


@pytest.fixture
def parts(tmp_path: Path) -> list[tuple[Path, int]]:
    """The sample corpus cut into single pairs and single articles, each with its number."""
    whole = make_sample()
    cut = [
        (Sample([pair], [zh], [en], [], [b for b in whole.beads if b.pair == pair.id]), number)
        for number, (pair, zh, en) in enumerate(
            zip(whole.pairs, whole.zh, whole.en, strict=True), 1
        )
    ]
    alone = [a for lang in Lang for a in whole.unpaired if a.lang is lang]
    cut += [(Sample(unpaired=[article]), number) for number, article in enumerate(alone, 1)]
    assert len(cut) > 3
    return [
        (replace(sample, removed=whole.removed).write(tmp_path / str(at)), number)
        for at, (sample, number) in enumerate(cut)
    ]


def test_exports_of_parts_are_those_of_the_whole(
    sample_folder: Path,
    parts: list[tuple[Path, int]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tasks.emit.exports.parquet._ROWS_IN_A_GROUP", 3)  # groups over parts
    fragments = [folder / "exports" for folder, _ in parts]
    for folder, _ in parts:
        export_bitext(Corpus(folder), DEFAULT_FORMATS, folder / "exports", fragment=True)
    export_bitext(Corpus(sample_folder), DEFAULT_FORMATS, tmp_path / "whole")
    (tmp_path / "joined").mkdir()
    digests = join_fragments(DEFAULT_FORMATS, fragments, tmp_path / "joined")
    whole = {path.name: path.read_bytes() for path in (tmp_path / "whole").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "joined").iterdir()} == whole
    assert digests == {
        name: digest_file(tmp_path / "whole" / name) for name in whole if name != "bitext.parquet"
    }


def test_an_export_without_fragments_is_that_of_an_empty_corpus(tmp_path: Path) -> None:
    empty = Corpus(Sample().write(tmp_path / "corpus"))
    export_bitext(empty, DEFAULT_FORMATS, tmp_path / "whole")
    (tmp_path / "joined").mkdir()
    join_fragments(DEFAULT_FORMATS, [], tmp_path / "joined")
    for path in (tmp_path / "whole").iterdir():
        assert (tmp_path / "joined" / path.name).read_bytes() == path.read_bytes()


def test_a_report_of_parts_is_that_of_the_whole(
    lines: Path, parts: list[tuple[Path, int]], tmp_path: Path
) -> None:
    stored = []
    for folder, first in parts:
        with RemovedByDocument(folder / REMOVED) as removed:
            sections = make_sections(Corpus(folder), removed, LAYOUT.removed_length, first=first)
            write_sections(folder / "sections", sections)
        stored.append(folder / "sections")
    names = [path.relative_to(lines) for path in write_report(lines, Summary(), LAYOUT)]
    assert len(names) > 3
    whole = {name: (lines / name).read_bytes() for name in names}
    assemble_report(lines, Summary(), read_sections(stored), LAYOUT)
    assert {name: (lines / name).read_bytes() for name in names} == whole


def test_the_counts_of_parts_add_up(sample_folder: Path, parts: list[tuple[Path, int]]) -> None:
    whole = summarise(Corpus(sample_folder), files=0, documents=0)
    articles = [summarise(Corpus(folder), files=0, documents=0) for folder, _ in parts]
    counted = [replace(summary, removed={}) for summary in articles]  # all parts have all of these
    rest = Summary(removed=whole.removed, quarantined=whole.quarantined)
    assert add_up([*counted, rest]) == whole
