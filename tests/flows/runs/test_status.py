"""``zhen status`` and ``zhen run --dry-run``."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.request import plan_of
from flows.running import execute
from flows.runs.record import last_event
from flows.runs.status import status_of
from flows.runs.watch import watched
from tasks.driver import NothingToPublishError
from tasks.driver.lock import locked
from tasks.emit.jsonl import CorpusError
from tasks.read import InputError
from tests.flows.runs.helpers import carry_out, request, runs, zhen
from tests.pages import ALONE_EN, inbox, tree

Shown = Callable[..., str]


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str]) -> Shown:
    """What a command prints."""

    def command(*arguments: str | Path) -> str:
        capsys.readouterr()
        assert zhen(*arguments) == 0
        return capsys.readouterr().out

    return command


def test_a_corpus_and_its_history(tmp_path: Path) -> None:
    folder, out = inbox(tmp_path / "in"), tmp_path / "out"
    (folder / "empty.txt").write_bytes(b"")
    carry_out(request(folder, out))
    carry_out(request(folder, out))
    (tmp_path / "none").mkdir()
    with pytest.raises(NothingToPublishError):
        carry_out(request(tmp_path / "none", out))
    (folder / "heron.txt").write_text(ALONE_EN.replace("frog", "heron"), encoding="utf-8")
    carry_out(request(folder, out))
    (folder / "heron.txt").write_text(ALONE_EN.replace("frog", "crane"), encoding="utf-8")
    before = tree(tmp_path)
    found = status_of(out, runs=9, examples=9)
    assert tree(tmp_path) == before
    assert [run.state for run in found.runs] == ["published", "failed", "unchanged", "published"]
    assert found.at_work is None
    assert found.quarantined == {"empty": 1}
    assert found.examples[0].source == "empty.txt"
    assert found.outlook is not None
    assert found.outlook.changes.changed == 1
    assert found.outlook.work == {"ingest": 1, "words": 1, "sign": 1}
    assert found.counts is not None
    assert found.counts.documents == 7


def test_a_run_at_work_and_one_that_was_cut_off(tmp_path: Path, shown: Shown) -> None:
    folder, out = inbox(tmp_path / "in"), tmp_path / "out"
    carry_out(request(folder, out))
    run = runs(out)[0]
    text = (run / "run.json").read_text()
    # As a killed run leaves it.
    (run / "run.json").write_text(text.replace('"state": "published"', '"state": "running"'))
    with locked(tmp_path / "out.zhen"):
        assert status_of(out, runs=1, examples=0).at_work is not None
        assert "A run is at work: process" in shown("status", out)
    told = shown("status", out)
    assert "A run is at work" not in told
    assert "cut off" in told


def test_how_far_a_run_is(tmp_path: Path, shown: Shown) -> None:
    folder, out = inbox(tmp_path / "in"), tmp_path / "out"
    told: list[str] = []

    def look(stage: str, done: int, total: int) -> None:
        if (stage, done) in (("align", 0), ("align", 1), ("emit", 0)):
            told.append(shown("status", out).split("\n")[0])

    asked = request(folder, out, "run.shard_size=1")
    with watched(asked) as watch:
        execute(asked, plan_of(asked), watch, progress=look)
    assert len(told) == 3
    assert all(line.startswith("A run is at work: process ") for line in told)
    # The bar is told before the log.
    assert told[0].endswith("; translate done.")
    assert told[1].endswith("; align 0 of 2.")
    assert told[2].endswith("; align done.")
    assert "at work" not in shown("status", out)


def test_the_last_event_of_a_long_log(tmp_path: Path) -> None:
    (tmp_path / "runs" / "r").mkdir(parents=True)
    log = tmp_path / "runs" / "r" / "log.jsonl"
    assert last_event(tmp_path, "r") is None
    line = '{"event": "progress", "stage": "align", "done": %d, "total": 9000}\n'
    log.write_text("".join(line % number for number in range(9000)))
    with open(log, "a") as file:
        file.write('{"event": "message", "message": "a warning"}\n{"event": "prog')
    found = last_event(tmp_path, "r")
    assert found is not None
    assert found["done"] == 8999


def test_relative_places_and_the_config_are_those_of_the_run(
    tmp_path: Path, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox(tmp_path / "in")
    (tmp_path / "zhen.toml").write_text("[pair]\nmin_score = 0.7\n")
    monkeypatch.chdir(tmp_path)
    zhen("run", "in", "--out", "out", "--no-prefect")
    monkeypatch.chdir("/")
    assert "there is nothing to do" in shown("status", tmp_path / "out")
    (tmp_path / "zhen.toml").write_text("[pair]\nmin_score = 0.8\n")
    assert "setting pair.min_score" in shown("status", tmp_path / "out")
    assert Path.cwd() == Path("/")


@pytest.mark.parametrize("gone", ["in", "zhen.toml"])
def test_what_would_be_done_cannot_always_be_told(
    tmp_path: Path, shown: Shown, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    inbox(tmp_path / "in")
    (tmp_path / "zhen.toml").write_text("[pair]\nmin_score = 0.7\n")
    monkeypatch.chdir(tmp_path)
    zhen("run", "in", "--out", "out", "--no-prefect")
    (tmp_path / gone).rename(tmp_path / "elsewhere")
    told = shown("status", "out").rpartition("cannot be told")
    assert gone in told[2]


def test_the_work_folder_may_be_deleted(tmp_path: Path) -> None:
    import shutil

    folder, out = inbox(tmp_path / "in"), tmp_path / "out"
    carry_out(request(folder, out))
    shutil.rmtree(tmp_path / "out.zhen")
    found = status_of(out, runs=5, examples=5)
    assert found.runs == ()
    assert found.obstacle == "no run is on record"
    assert not (tmp_path / "out.zhen").exists()
    with pytest.raises(CorpusError, match="is no corpus"):
        status_of(tmp_path / "nothing", runs=5, examples=5)


def test_status_as_json(tmp_path: Path, shown: Shown) -> None:
    carry_out(request(inbox(tmp_path / "in"), tmp_path / "out"))
    found = json.loads(shown("status", tmp_path / "out", "--json"))
    assert found["outlook"]["up_to_date"] is True
    assert found["runs"][0]["state"] == "published"


def test_names_of_documents_cannot_break_the_lines(tmp_path: Path, shown: Shown) -> None:
    folder, out = inbox(tmp_path / "in"), tmp_path / "out"
    (folder / "a\nzhen: all is well\x1b[2J.txt").write_bytes(b"")
    carry_out(request(folder, out))
    told = shown("status", out)
    assert "\x1b" not in told
    assert "\\x0azhen" in told


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(
    tmp_path: Path, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox(tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    told = shown("run", "in", "--out", "out", "--dry-run")
    assert "5 new" in told
    assert "ingest 5" in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]
    with pytest.raises(InputError):
        zhen("run", "nowhere", "--out", "out", "--dry-run")
    zhen("run", "in", "--out", "out", "--no-prefect")
    before = tree(tmp_path)
    (tmp_path / "in" / "frog.txt").unlink()
    told = shown("run", "in", "--out", "out", "--dry-run")
    assert "1 removed" in told
    assert "Stage work to do: none" in told
    (tmp_path / "in" / "frog.txt").write_bytes(before["in/frog.txt"])
    assert "there is nothing to do" in shown("run", "in", "--out", "out", "--dry-run")
    assert tree(tmp_path) == before
