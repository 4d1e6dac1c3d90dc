from pathlib import Path

import pytest

from models.manifest import Summary
from tasks.emit.corpus import Corpus
from tasks.emit.jsonl import CorpusError
from tasks.emit.manifest import make_manifest, write_manifest
from tasks.emit.summary import describe, engine_line, headline, plain_sentences, summarise, tables
from tests.tasks.emit.making import Sample


def test_counts_of_the_sample(sample_folder: Path) -> None:
    summary = summarise(Corpus(sample_folder), files=7, documents=8, duplicates=1, engine="demo")
    assert summary == Summary(
        files=7,
        documents=8,
        duplicates=1,
        articles={"en": 4, "zh": 3},
        machine_articles={"zh": 1},
        sentences={"en": 24, "zh": 19},
        pairs={"content": 1, "machine": 1, "same_page": 1},
        unpaired={"near_tie": 1, "no_candidate": 1},
        unpaired_languages={"en": 1, "zh": 1},
        beads={"0-1": 1, "1-0": 1, "1-1": 15, "1-2": 1},
        machine_beads=4,
        flags={"length_outlier": 1, "low_score": 1, "number_mismatch": 1, "translation_failed": 1},
        removed={"advertisement": 2, "boilerplate": 1, "disclaimer": 1, "markup": 1, "spam": 1},
        quarantined={"bad_record": 1, "binary": 1},
        engine="demo",
    )


def test_an_empty_corpus_is_told_too(tmp_path: Path) -> None:
    summary = summarise(Corpus(Sample().write(tmp_path)), files=0, documents=0)
    assert headline(summary) == "0 pairs, 0 unpaired"
    assert plain_sentences(summary)[0] == (
        "0 files with 0 documents gave 0 Chinese and 0 English articles."
    )
    assert tables(summary) == ()


def test_how_to_get_an_engine_is_told_when_it_is_missed() -> None:
    alone = Summary(unpaired={"no_candidate": 4})
    assert "--translator" in engine_line(alone)
    assert engine_line(Summary(pairs={"content": 1})) == ""
    translated = Summary(pairs={"machine": 4}, engine="demo r1")
    assert engine_line(translated).startswith("Translated by demo r1")
    assert engine_line(Summary(unpaired={"no_candidate": 1}, hint="Do this.")) == "Do this."


def test_tables_show_the_frequent_first_and_no_zeros() -> None:
    summary = Summary(removed={"spam": 1, "markup": 5, "comment": 0}, articles={"en": 9, "zh": 1})
    found = {table.title: table.rows for table in tables(summary)}
    assert found == {
        "Articles": (("Chinese", 1), ("English", 9)),
        "Removed": (("markup", 5), ("spam", 1)),
    }


def test_a_published_corpus_describes_itself(lines: Path) -> None:
    with pytest.raises(CorpusError, match=r"not a published corpus of zhen: no manifest\.json"):
        describe(lines)
    summary = summarise(Corpus(lines), files=7, documents=8)
    manifest = make_manifest(lines, counts=summary, config={}, defaults={}, versions={}, models={})
    write_manifest(lines, manifest)
    assert describe(lines) == summary
    (lines / "manifest.json").write_text('{"schema_version": 1}')
    with pytest.raises(CorpusError, match=r"manifest\.json: Object missing required field"):
        describe(lines)
