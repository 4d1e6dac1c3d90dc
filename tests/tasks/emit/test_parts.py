"""A corpus made in parts is the corpus made in one, byte for byte."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from models.manifest import Summary
from models.records import Lang
from tasks.emit.corpus import REMOVED, Corpus
from tasks.emit.exports import (
    DEFAULT_FORMATS,
    Format,
    export_bitext,
    join_fragments,
    write_fragments,
)
from tasks.emit.joining import DamagedError, Stretch, join_stretches
from tasks.emit.jsonl import digest_file
from tasks.emit.report import RemovedByDocument, assemble_report, make_sections, write_report
from tasks.emit.settings import EmitSettings
from tasks.emit.tally import tally_corpus
from tests.tasks.emit.making import Sample
from tests.tasks.emit.sample import make_sample

LAYOUT = EmitSettings(page_size=2)


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    """The sample corpus cut into single pairs and single articles."""
    whole = make_sample()
    cut = [
        Sample([pair], [zh], [en], [], [b for b in whole.beads if b.pair == pair.id])
        for pair, zh, en in zip(whole.pairs, whole.zh, whole.en, strict=True)
    ]
    alone = [a for lang in Lang for a in whole.unpaired if a.lang is lang]
    cut += [Sample(unpaired=[article]) for article in alone]
    assert len(cut) > 3
    return [
        replace(sample, removed=whole.removed).write(tmp_path / str(at))
        for at, sample in enumerate(cut)
    ]


def test_exports_of_parts_are_those_of_the_whole(
    sample_folder: Path,
    parts: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tasks.emit.exports.parquet._ROWS_IN_A_GROUP", 3)  # groups over parts
    export_bitext(Corpus(sample_folder), DEFAULT_FORMATS, tmp_path / "whole")
    whole = {path.name: path.read_bytes() for path in (tmp_path / "whole").iterdir()}
    pieces: dict[str, list[Stretch]] = {}
    for folder in parts:
        for sizes in write_fragments(Corpus(folder), DEFAULT_FORMATS, folder / "exports"):
            for name, size in sizes.items():
                pieces.setdefault(name, []).append(Stretch(folder / "exports" / name, 0, size))
    (tmp_path / "joined").mkdir()
    digests = join_fragments(DEFAULT_FORMATS, pieces, tmp_path / "joined", {})
    assert {path.name: path.read_bytes() for path in (tmp_path / "joined").iterdir()} == whole
    assert digests == {
        name: digest_file(tmp_path / "whole" / name) for name in whole if name != "bitext.parquet"
    }


def test_rows_of_a_published_export_may_be_taken_over(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every second row of a file, between rows of a fragment, as if these were new."""
    monkeypatch.setattr("tasks.emit.exports.parquet._ROWS_IN_A_GROUP", 3)
    corpus = Corpus(sample_folder)
    export_bitext(corpus, (Format.PARQUET,), tmp_path / "whole")
    sizes = write_fragments(corpus, (Format.PARQUET,), tmp_path / "made")
    old, made = (tmp_path / name / "bitext.parquet" for name in ("whole", "made"))
    rows = sum(size["bitext.parquet"] for size in sizes)
    assert rows > 6
    mixed = [Stretch(old if row % 2 else made, row, 1) for row in range(rows)]
    (tmp_path / "joined").mkdir()
    published = {old: digest_file(old).sha256}
    join_fragments((Format.PARQUET,), {old.name: mixed}, tmp_path / "joined", published)
    assert (tmp_path / "joined" / old.name).read_bytes() == old.read_bytes()
    old.write_bytes(old.read_bytes() + b" ")
    with pytest.raises(DamagedError, match="has been changed"):
        join_fragments((Format.PARQUET,), {old.name: mixed}, tmp_path / "joined", published)


def test_an_export_without_fragments_is_that_of_an_empty_corpus(tmp_path: Path) -> None:
    empty = Corpus(Sample().write(tmp_path / "corpus"))
    export_bitext(empty, DEFAULT_FORMATS, tmp_path / "whole")
    (tmp_path / "joined").mkdir()
    join_fragments(DEFAULT_FORMATS, {}, tmp_path / "joined", {})
    for path in (tmp_path / "whole").iterdir():
        assert (tmp_path / "joined" / path.name).read_bytes() == path.read_bytes()


def test_a_report_of_parts_is_that_of_the_whole(
    lines: Path, parts: list[Path], tmp_path: Path
) -> None:
    sections = []
    for folder in parts:
        with RemovedByDocument(folder / REMOVED) as removed:
            sections += make_sections(Corpus(folder), removed, LAYOUT.removed_length)
    names = [path.relative_to(lines) for path in write_report(lines, Summary(), LAYOUT)]
    assert len(names) > 3
    whole = {name: (lines / name).read_bytes() for name in names}
    report = assemble_report(lines, Summary(), sections, LAYOUT)
    assert {name: (lines / name).read_bytes() for name in names} == whole
    assert report.pages == {str(name): digest_file(lines / name) for name in names}
    for section, (page, start) in zip(sections, report.places, strict=True):
        markup = section.markup.encode()
        assert whole[Path(page)][start : start + len(markup)] == markup


def test_files_are_joined_from_stretches(tmp_path: Path) -> None:
    old, one, two = (tmp_path / name for name in ("old", "one", "two"))
    old.write_bytes(b"a\nb\nc\nd\n")
    one.write_bytes(b"1\n2\n")
    two.write_bytes(b"3\n")
    published = {old: digest_file(old).sha256}
    target = tmp_path / "new.jsonl"
    stretches = [
        Stretch(one, 0, 2),
        Stretch(old, 2, 2),
        Stretch(one, 2, 2),
        Stretch(old, 6, 2),
        Stretch(two, 0, 2),
    ]
    digest = join_stretches(stretches, target, head=b"h\n", published=published)
    assert target.read_bytes() == b"h\n1\nb\n2\nd\n3\n"
    assert digest == digest_file(target)
    assert digest.count == 6
    assert not one.exists()
    assert not two.exists()
    assert old.exists()


@pytest.mark.parametrize("harm", ["changed", "longer", "shorter", "gone"])
def test_a_published_file_with_damage_is_not_carried_on(tmp_path: Path, harm: str) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"a\nb\nc\nd\n")
    published = {old: digest_file(old).sha256}
    if harm == "gone":
        old.unlink()
    else:
        old.write_bytes(
            {"changed": b"a\nb\nc\nD\n", "longer": b"a\nb\nc\nd\n\n", "shorter": b"a\n"}[harm]
        )
    with pytest.raises(DamagedError, match=r"changed|read"):
        join_stretches([Stretch(old, 0, 2)], tmp_path / "new", published=published)


def test_the_counts_of_parts_add_up(sample_folder: Path, parts: list[Path]) -> None:
    whole = tally_corpus(Corpus(sample_folder))
    tallies = [tally_corpus(Corpus(folder)) for folder in parts]
    assert sum((tally.counts for tally in tallies), Counter()) == whole.counts
    assert set().union(*(tally.free_keys for tally in tallies)) == whole.free_keys
