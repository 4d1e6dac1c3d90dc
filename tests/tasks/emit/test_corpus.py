import json
from pathlib import Path

import pytest

from models.records import Lang
from tasks.emit.corpus import LINE_FILES, Corpus
from tasks.emit.jsonl import CorpusError
from tests.tasks.emit.sample import make_sample


def test_streams_give_the_records_back(sample_folder: Path) -> None:
    sample, corpus = make_sample(), Corpus(sample_folder)
    assert list(corpus.pairs()) == sample.pairs
    assert list(corpus.beads()) == sample.beads
    assert list(corpus.removed()) == sample.removed
    assert list(corpus.quarantine()) == sample.quarantine
    for lang, paired in ((Lang.ZH, sample.zh), (Lang.EN, sample.en)):
        alone = [article for article in sample.unpaired if article.lang is lang]
        assert list(corpus.articles(lang)) == [*paired, *alone]
        assert list(corpus.unpaired(lang)) == alone
        assert [head.id for head in corpus.heads(lang)] == [a.id for a in (*paired, *alone)]


def test_line_k_belongs_together(sample_folder: Path) -> None:
    sample, corpus = make_sample(), Corpus(sample_folder)
    found = list(corpus.aligned_pairs())
    assert [(f.pair, f.zh, f.en) for f in found] == list(
        zip(sample.pairs, sample.zh, sample.en, strict=True)
    )
    assert [bead for f in found for bead in f.beads] == sample.beads
    assert all(bead.pair == f.pair.id for f in found for bead in f.beads)


def test_a_pair_may_have_no_beads(tmp_path: Path) -> None:
    sample = make_sample()
    middle = sample.pairs[1].id
    sample.beads = [bead for bead in sample.beads if bead.pair != middle]
    groups = list(Corpus(sample.write(tmp_path / "c")).alignments())
    assert [len(beads) for _, beads in groups] == [11, 0, 4]


@pytest.mark.parametrize("name", LINE_FILES)
def test_a_folder_without_a_line_file_is_no_corpus(lines: Path, name: str) -> None:
    (lines / name).unlink()
    with pytest.raises(CorpusError, match=f"is not a corpus of zhen: no {name}"):
        Corpus(lines)


def test_not_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="is not a folder"):
        Corpus(tmp_path / "absent")


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        (json.dumps({"schema_version": 99}), "has schema version 99; this version of zhen reads 1"),
        ("{}", "is not a manifest of zhen"),
        ("[", "is not a manifest of zhen"),
        ("[]", "is not a manifest of zhen"),
    ],
)
def test_another_schema_version_is_refused(lines: Path, manifest: str, message: str) -> None:
    (lines / "manifest.json").write_text(manifest)
    with pytest.raises(CorpusError, match=message):
        Corpus(lines)


def test_articles_out_of_step_are_refused(tmp_path: Path) -> None:
    sample = make_sample()
    sample.zh.reverse()
    with pytest.raises(CorpusError, match=r"zh\.jsonl, line 1: article \w+, but pairs\.jsonl has"):
        list(Corpus(sample.write(tmp_path / "c")).paired_articles())
    sample = make_sample()
    sample.en.pop()
    sample.unpaired.clear()
    with pytest.raises(CorpusError, match=r"en\.jsonl, line 3: no article"):
        list(Corpus(sample.write(tmp_path / "d")).paired_articles())


def test_beads_out_of_step_are_refused(tmp_path: Path) -> None:
    sample = make_sample()
    sample.beads.reverse()
    with pytest.raises(CorpusError, match=r"alignments\.jsonl: bead \w+ is of pair"):
        list(Corpus(sample.write(tmp_path / "c")).alignments())
