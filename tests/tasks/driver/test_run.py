"""The plain driver: incremental, repeatable, and nothing lost."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from flows.config import load_config
from models.lexicon import load_lexicon
from models.lexicon.store import SHIPPED, save_lexicon
from tasks.driver import (
    NothingToPublishError,
    Outcome,
    SerialExecutor,
    is_published,
    make_plan,
    run,
)
from tasks.driver.publish import ForeignFolderError
from tasks.read import InputError
from tests.pages import ALONE_EN, EN, ZH, inbox, tree

SETTINGS = load_config(environment={}).settings


def build(folder: Path, out: Path, **plan: int) -> Outcome:
    return run(make_plan([folder], out, SETTINGS, **plan), SerialExecutor())


def lines(path: Path) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    build(inbox(folder / "in"), folder / "out")
    return folder


def test_line_k_of_the_corpora_belongs_together(made: Path) -> None:
    out = made / "out"
    zh, en, pairs = (lines(out / f"{name}.jsonl") for name in ("zh", "en", "pairs"))
    assert len(pairs) == 2
    for one, other, pair in zip(zh, en, pairs, strict=False):
        assert one["id"] == pair["zh"]
        assert other["id"] == pair["en"]
        assert one["pair"] == other["pair"] == pair["id"]
        assert one["unpaired"] is None
    assert {pair["how"] for pair in pairs} == {"file_name", "same_page"}
    for article in (*zh[2:], *en[2:]):
        assert article["pair"] is None
        assert article["unpaired"]["reason"]
    assert [article["source"]["path"] for article in zh[2:]] == ["in/football.txt"] or [
        article["source"]["path"] for article in zh[2:]
    ] == ["football.txt"]


def test_beads_hold_every_sentence_of_a_pair_once(made: Path) -> None:
    out = made / "out"
    beads = lines(out / "alignments.jsonl")
    for side in ("zh", "en"):
        articles = [a for a in lines(out / f"{side}.jsonl") if a["pair"]]
        sentences = [s["id"] for a in articles for s in a["sentences"]]
        assert sorted(sentences) == sorted(i for bead in beads for i in bead[side])


def test_an_unchanged_run_does_no_work(made: Path) -> None:
    plan = make_plan([made / "in"], made / "out", SETTINGS)
    assert is_published(plan)
    outcome = run(plan, SerialExecutor())  # forced: every result is there already
    assert outcome.done == {}
    assert outcome.reused == {"ingest": 5, "words": 5, "sign": 5, "align": 2}


def test_one_changed_document_costs_one_document(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    build(folder, tmp_path / "out")
    (folder / "frog.txt").write_text(ALONE_EN + " It is green.", encoding="utf-8")
    outcome = build(folder, tmp_path / "out")
    assert outcome.done == {"ingest": 1, "words": 1, "sign": 1}
    (folder / "bridge.en.txt").write_text(EN + " Some do not.", encoding="utf-8")
    outcome = build(folder, tmp_path / "out")
    assert outcome.done == {"ingest": 1, "words": 1, "sign": 1, "align": 1}
    fresh = tmp_path / "fresh"
    build(folder, fresh)
    assert tree(tmp_path / "out") == tree(fresh)


def test_a_renamed_or_removed_document_costs_no_stage_work(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    build(folder, tmp_path / "out")
    (folder / "frog.txt").rename(folder / "toad.txt")
    (folder / "football.txt").unlink()
    outcome = build(folder, tmp_path / "out")
    assert outcome.done == {}
    build(folder, tmp_path / "fresh")
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


WORDS = {"words": 5}
ALIGN = {"align": 2}
ALL = {"ingest": 5, "words": 5, "sign": 5}


@pytest.mark.parametrize(
    ("flag", "redone"),
    [
        ("read.max_pdf_pages=7", ALL),
        ("words.shipped_terms=false", WORDS),
        ("pair.candidates=2", {}),
        ("align.band=11", ALIGN),
        ("check.min_coverage=0.2", ALIGN),
        ("emit.page_size=7", {}),
        ("translate.cache_mb=7", {}),
        ("translate.glossary=none", {**WORDS, **ALIGN}),
    ],
)
def test_a_changed_setting_redoes_the_stages_that_read_it(
    made: Path, tmp_path: Path, flag: str, redone: dict[str, int]
) -> None:
    for name in ("out", "out.zhen"):
        shutil.copytree(made / name, tmp_path / name)
    settings = load_config(environment={}, flags=[flag]).settings
    plan = make_plan([made / "in"], tmp_path / "out", settings)
    outcome = run(plan, SerialExecutor())
    assert outcome.done == redone
    assert is_published(plan)
    run(make_plan([made / "in"], tmp_path / "fresh", settings), SerialExecutor())
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def test_a_file_with_other_content_redoes_the_stages_that_read_it(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    files = {name: tmp_path / name for name in ("dictionary", "glossary", "lexicon")}
    save_lexicon(replace(load_lexicon(), source="another"), tmp_path / "new")
    contents = {
        "dictionary": (b"\xe8\xb7\xa8\xe6\xb1\x9f\n", "跨江大桥\n".encode()),
        "glossary": ("大桥\tbridge\n".encode(), "大桥\tcrossing\n".encode()),
        "lexicon": (SHIPPED.read_bytes(), (tmp_path / "new").read_bytes()),
    }
    for name, (before, _) in contents.items():
        files[name].write_bytes(before)
    flags = [
        f"words.dictionaries=['{files['dictionary']}']",
        f"translate.glossary={files['glossary']}",
        f"models.lexicon={files['lexicon']}",
    ]
    settings = load_config(environment={}, flags=flags).settings
    run(make_plan([folder], tmp_path / "out", settings), SerialExecutor())
    for name, redone in (
        ("dictionary", WORDS), ("glossary", {**WORDS, **ALIGN}), ("lexicon", ALIGN)
    ):  # fmt: skip
        (tmp_path / "new").write_bytes(contents[name][1])
        (tmp_path / "new").replace(files[name])
        plan = make_plan([folder], tmp_path / "out", settings)
        assert not is_published(plan)
        assert run(plan, SerialExecutor()).done == redone, name
        assert run(make_plan([folder], tmp_path / "out", settings), SerialExecutor()).done == {}


def test_the_same_content_twice_is_a_recorded_duplicate(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    # The same text in another encoding, with other line ends and under another name.
    (folder / "z-copy.txt").write_bytes(ALONE_EN.replace("\n", "\r\n").encode("utf-16"))
    outcome = build(folder, tmp_path / "out")
    assert outcome.summary.duplicates == 1
    copies = [r for r in lines(tmp_path / "out" / "removed.jsonl") if r["source"] == "z-copy.txt"]
    assert [(r["reason"], r["rule"]) for r in copies] == [("duplicate", "same text as frog.txt")]
    assert outcome.summary.articles == {"en": 3, "zh": 3}


def test_a_pairs_file_pairs_what_nothing_else_would(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("football.txt\tfrog.txt\n", encoding="utf-8")
    plan = make_plan([folder], tmp_path / "out", SETTINGS, pairs_file=pairs)
    outcome = run(plan, SerialExecutor())
    assert outcome.summary.pairs == {"file_name": 1, "pairs_file": 1, "same_page": 1}


def test_the_input_is_left_as_it_was_and_nothing_else_is_written(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}
    build(folder, tmp_path / "out")
    assert {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out", "out.zhen"]


def test_an_output_folder_inside_the_input_is_not_read(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    build(folder, folder / "corpus")
    outcome = build(folder, folder / "corpus")
    assert outcome.summary.files == 5
    with pytest.raises(InputError, match="lies inside the output folder"):
        make_plan([folder / "corpus" / "exports"], folder / "corpus", SETTINGS)


def test_no_documents_publish_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(NothingToPublishError, match="no documents in"):
        build(tmp_path / "in", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_foreign_output_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"cat")
    with pytest.raises(ForeignFolderError):
        build(folder, tmp_path / "photos")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "photos"]


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (folder / "japanese.txt").write_text(
        "これは日本語の記事です。東京で雨が降りました。" * 5, "utf-8"
    )
    outcome = build(folder, tmp_path / "out")
    refused = {q["source"]: q["reason"] for q in lines(tmp_path / "out" / "quarantine.jsonl")}
    assert refused == {
        "empty.txt": "empty",
        "picture.txt": "binary",
        "japanese.txt": "wrong_language",
    }
    assert sum(outcome.summary.pairs.values()) == 2


def test_a_document_zhen_fails_on_is_quarantined_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from tasks.driver import ingesting

    real = ingesting.ingest

    def fails_on_the_frog(document: object) -> object:
        if "frog" in document.text:  # type: ignore[attr-defined]
            raise RecursionError("deep")
        return real(document)  # type: ignore[arg-type]

    monkeypatch.setattr(ingesting, "ingest", fails_on_the_frog)
    outcome = build(inbox(tmp_path / "in"), tmp_path / "out")
    (refused,) = lines(tmp_path / "out" / "quarantine.jsonl")
    assert (refused["source"], refused["reason"]) == ("frog.txt", "internal_error")
    assert "RecursionError" in refused["detail"]
    assert outcome.summary.articles == {"en": 2, "zh": 3}
    (warning,) = caplog.messages
    assert warning.startswith("frog.txt could not be processed\nTraceback")
    assert warning.rstrip().endswith("RecursionError: deep")


def test_progress_counts_documents_and_pairs(tmp_path: Path) -> None:
    seen: dict[str, list[tuple[int, int]]] = {}
    plan = make_plan([inbox(tmp_path / "in")], tmp_path / "out", SETTINGS, shard_size=2)
    run(plan, SerialExecutor(), lambda stage, *count: seen.setdefault(stage, []).append(count))
    assert seen["documents"] == [(0, 5), (2, 5), (4, 5), (5, 5)]
    assert seen["align"] == [(0, 2), (2, 2)]
    assert seen["emit"] == [(0, 1), (1, 1)]


def test_the_cost_of_every_stage_is_told(tmp_path: Path) -> None:
    outcome = build(inbox(tmp_path / "in"), tmp_path / "out")
    times = outcome.times
    stages = {"read", "ingest", "words", "sign", "pair", "align", "check", "emit", "exports"}
    assert stages <= times.seconds.keys()
    assert times.memory.keys() <= times.seconds.keys()
    assert max(times.memory.values(), default=0) <= times.peak_bytes
    assert times.peak_bytes > 1e6


def test_a_disk_that_takes_nothing_more_leaves_the_published_folder_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    from tasks.emit import jsonl

    folder = inbox(tmp_path / "in")
    build(folder, tmp_path / "out")
    before = tree(tmp_path / "out")
    (folder / "new.zh.txt").write_text(ZH.replace("大桥", "隧道"), encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    from tasks.driver import parts

    monkeypatch.setattr(parts, "write_raw", full)
    with pytest.raises(OSError, match="No space left"):
        build(folder, tmp_path / "out")
    assert tree(tmp_path / "out") == before
    assert not (tmp_path / "out.zhen" / "next").exists()
    monkeypatch.setattr(parts, "write_raw", jsonl.write_raw)
    outcome = build(folder, tmp_path / "out")
    assert outcome.done.get("ingest", 0) == 0  # what was done before the disk was full is kept


def test_what_the_engine_left_unanswered_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.engines.ct2 import CTranslate2Engine
    from tests.models.engines.random_model import write_random_model

    flag = f"translate.translator={write_random_model(tmp_path / 'model')}"
    settings = load_config(environment={}, flags=[flag]).settings
    folder = inbox(tmp_path / "in")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(CTranslate2Engine, "translate", broken)
    plan = make_plan([folder], tmp_path / "out", settings)
    outcome = run(plan, SerialExecutor())
    assert outcome.summary.flags["translation_failed"] > 0
    assert not is_published(plan)
    monkeypatch.undo()
    assert run(plan, SerialExecutor()).done["translate"] == 2
    assert is_published(plan)
