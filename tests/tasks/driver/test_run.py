"""The plain driver: incremental, repeatable, and nothing lost."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from flows.config import load_config
from tasks.driver import (
    NothingToPublishError,
    Outcome,
    PoolExecutor,
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


def test_a_changed_setting_redoes_the_stages_that_read_it(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    build(folder, tmp_path / "out")
    words = tmp_path / "words.txt"
    words.write_text("跨江大桥\n", encoding="utf-8")
    for flag, redone in (
        (f"words.dictionaries=['{words}']", {"words": 5}),
        ("align.band=11", {"align": 2}),
        ("pair.candidates=2", {}),
    ):
        settings = load_config(environment={}, flags=[flag]).settings
        outcome = run(make_plan([folder], tmp_path / "out", settings), SerialExecutor())
        assert outcome.done == redone, flag


def test_the_same_content_twice_is_a_recorded_duplicate(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    # The same text in another encoding, with other line ends and under another name.
    (folder / "z-copy.txt").write_bytes(ALONE_EN.replace("\n", "\r\n").encode("utf-16"))
    outcome = build(folder, tmp_path / "out")
    assert outcome.summary.duplicates == 1
    copies = [r for r in lines(tmp_path / "out" / "removed.jsonl") if r["source"] == "z-copy.txt"]
    assert [(r["reason"], r["rule"]) for r in copies] == [("duplicate", "same text as frog.txt")]
    assert outcome.summary.articles == {"en": 3, "zh": 3}


@pytest.mark.parametrize(
    ("kind", "workers", "shard_size"),
    [("serial", 1, 1), ("threads", 2, 1), ("threads", 4, 500), ("processes", 2, 2)],
)
def test_same_bytes_whatever_the_workers_and_shards(
    made: Path, tmp_path: Path, kind: str, workers: int, shard_size: int
) -> None:
    executor = SerialExecutor() if kind == "serial" else PoolExecutor(kind, workers)
    plan = make_plan([made / "in"], tmp_path / "out", SETTINGS, shard_size=shard_size)
    try:
        run(plan, executor)
    finally:
        if isinstance(executor, PoolExecutor):
            executor.close()
    assert tree(tmp_path / "out") == tree(made / "out")


def test_same_bytes_whatever_the_environment(made: Path, tmp_path: Path) -> None:
    names = sorted(path.name for path in (made / "in").iterdir())
    random.Random(3).shuffle(names)
    (tmp_path / "in").mkdir()
    for name in names:  # another order in the directory, other times
        (tmp_path / "in" / name).write_bytes((made / "in" / name).read_bytes())
    code = (
        "import sys, pathlib\n"
        "from flows.config import load_config\n"
        "from tasks.driver import *\n"
        "run(make_plan([pathlib.Path(sys.argv[1])], pathlib.Path(sys.argv[2]),"
        " load_config(environment={}).settings), SerialExecutor())\n"
    )
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "12345",
        "LC_ALL": "C",
        "TZ": "Pacific/Kiritimati",
        "PYTHONUTF8": "0",
    }
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "in"), str(tmp_path / "out")],
        check=True,
        env=environment,
        cwd=Path(__file__).parents[3],
    )
    assert tree(tmp_path / "out") == tree(made / "out")


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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tasks.driver import documents

    real = documents.ingest

    def fails_on_the_frog(document: object) -> object:
        if "frog" in document.text:  # type: ignore[attr-defined]
            raise RecursionError("deep")
        return real(document)  # type: ignore[arg-type]

    monkeypatch.setattr(documents, "ingest", fails_on_the_frog)
    outcome = build(inbox(tmp_path / "in"), tmp_path / "out")
    (refused,) = lines(tmp_path / "out" / "quarantine.jsonl")
    assert (refused["source"], refused["reason"]) == ("frog.txt", "internal_error")
    assert "RecursionError" in refused["detail"]
    assert outcome.summary.articles == {"en": 2, "zh": 3}


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

    from tasks.driver import emission

    monkeypatch.setattr(emission, "write_raw", full)
    with pytest.raises(OSError, match="No space left"):
        build(folder, tmp_path / "out")
    assert tree(tmp_path / "out") == before
    assert not (tmp_path / "out.zhen" / "next").exists()
    monkeypatch.setattr(emission, "write_raw", jsonl.write_raw)
    outcome = build(folder, tmp_path / "out")
    assert outcome.done.get("ingest", 0) == 0  # what was done before the disk was full is kept
