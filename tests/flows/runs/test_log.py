"""Records and logs of runs: complete, in their own place, and never in the way of a run."""

import json
import logging
import signal
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest

from flows.request import plan_of
from flows.running import execute
from flows.runs.events import EventName, Level
from flows.runs.log import FileSink, RunLog, to_stderr
from flows.runs.progress import logged_progress
from flows.runs.watch import watched
from models.records import QuarantineReason
from tasks.driver import NothingToPublishError
from tasks.driver.lock import LockedError, locked
from tasks.driver.publish import ForeignFolderError
from tasks.read import InputError
from tests.flows.runs.helpers import carry_out, events, record, request, runs, zhen
from tests.pages import ALONE_EN, inbox, tree

ROOT = Path(__file__).parents[3]


def test_a_run_leaves_a_record_and_a_log(tmp_path: Path) -> None:
    folder, out = inbox(tmp_path / "in"), tmp_path / "out"
    carry_out(request(folder, out))
    (run,) = runs(out)
    found = record(run)
    assert (found["run"], found["state"]) == (run.name, "published")
    assert found["done"] == {"ingest": 5, "words": 5, "sign": 5, "align": 2}
    assert found["changes"] == {"new": 5, "changed": 0, "removed": 0, "moved": 0}
    assert found["asked"]["inputs"] == [str(folder)]
    assert found["counts"]["pairs"] == {"file_name": 1, "same_page": 1}
    assert {"read", "ingest", "align", "emit"} <= found["seconds_by_stage"].keys()
    assert found["peak_memory_bytes"] > 1e6
    assert found["peak_memory_bytes_by_stage"].keys() <= found["seconds_by_stage"].keys()
    lines = events(run)
    stages = ["documents", "pair", "translate", "align", "emit"]
    assert [line["event"] for line in lines] == [
        "run_started", *["stage_started", "stage_finished"] * 5, "run_published",
    ]  # fmt: skip
    assert [line["stage"] for line in lines if line["event"] == "stage_finished"] == stages
    assert {line["run"] for line in lines} == {run.name}
    times = [datetime.fromisoformat(line["time"]) for line in lines]
    assert times == sorted(times)
    assert all(time.tzinfo for time in times)


def test_a_run_with_nothing_to_do_is_noted_too(tmp_path: Path) -> None:
    folder, out = inbox(tmp_path / "in"), tmp_path / "out"
    carry_out(request(folder, out))
    before = tree(out)
    carry_out(request(folder, out))
    assert [record(run)["state"] for run in runs(out)] == ["published", "unchanged"]
    assert tree(out) == before


def test_the_corpus_is_the_same_however_the_run_is_watched(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    metrics = f"run.metrics={tmp_path / 'zhen.prom'}"
    carry_out(request(folder, tmp_path / "a"))
    carry_out(request(folder, tmp_path / "b", "run.log_format=json", metrics, "run.keep_runs=3"))
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


@pytest.mark.parametrize("kept", [1, 3])
def test_old_records_are_dropped(tmp_path: Path, kept: int) -> None:
    folder, out = inbox(tmp_path / "in"), tmp_path / "out"
    for _ in range(5):
        carry_out(request(folder, out, f"run.keep_runs={kept}"))
    assert [record(run)["state"] for run in runs(out)] == ["unchanged"] * kept


def test_a_failed_run_is_noted_where_there_was_a_run_before(tmp_path: Path) -> None:
    folder, out = inbox(tmp_path / "in"), tmp_path / "out"
    with pytest.raises(InputError):
        carry_out(request(tmp_path / "nowhere", out))
    assert not (tmp_path / "out.zhen").exists()
    carry_out(request(folder, out))
    with pytest.raises(InputError):
        carry_out(request(tmp_path / "nowhere", out))
    last = runs(out)[-1]
    assert record(last)["state"] == "failed"
    assert record(last)["error"]["kind"] == "InputError"
    assert "nowhere" in record(last)["error"]["message"]
    assert [line["event"] for line in events(last)] == ["run_failed"]


def test_what_fails_after_the_run_does_not_undo_it(tmp_path: Path) -> None:
    asked = request(inbox(tmp_path / "in"), tmp_path / "out")

    def fails_later() -> None:  # as a server that cannot take the artifact
        with watched(asked) as watch:
            execute(asked, plan_of(asked), watch)
            raise ConnectionError("the server is gone")

    with pytest.raises(ConnectionError):
        fails_later()
    (run,) = runs(tmp_path / "out")
    assert record(run)["state"] == "published"
    assert events(run)[-1]["message"] == "after the run: the server is gone"


def test_a_locked_or_foreign_folder(tmp_path: Path) -> None:
    folder, out = inbox(tmp_path / "in"), tmp_path / "out"
    with locked(tmp_path / "out.zhen"), pytest.raises(LockedError):
        carry_out(request(folder, out))
    assert record(runs(out)[-1])["error"]["kind"] == "LockedError"
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"cat")
    with pytest.raises(ForeignFolderError):
        carry_out(request(folder, tmp_path / "photos"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out.zhen", "photos"]


def test_a_run_may_wait_for_another(tmp_path: Path) -> None:
    folder, out, free = inbox(tmp_path / "in"), tmp_path / "out", Event()

    def other() -> None:
        with locked(tmp_path / "out.zhen"):
            free.set()
            sleep(0.5)

    thread = Thread(target=other)
    thread.start()
    free.wait()
    carry_out(request(folder, out, "run.wait=60"))
    thread.join()
    assert record(runs(out)[0])["state"] == "published"


def test_what_zhen_fails_on_is_in_the_log_with_its_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tasks.driver import ingesting

    def fails(document: object) -> object:
        raise RecursionError("deep")

    monkeypatch.setattr(ingesting, "ingest", fails)
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "frog.txt").write_text(ALONE_EN, encoding="utf-8")
    counts = carry_out(request(folder, out)).summary
    assert counts.quarantined == {QuarantineReason.INTERNAL_ERROR: 1}
    (message,) = [line for line in events(runs(out)[0]) if line["event"] == "message"]
    assert message["level"] == "warning"
    assert message["message"].startswith("frog.txt could not be processed\nTraceback")


def test_a_full_disk_ends_the_log_not_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = RunLog("r", (FileSink(Path("/dev/full")),))
    log.event(EventName.RUN_STARTED)
    log.event(EventName.RUN_PUBLISHED)
    assert capsys.readouterr().err.count("the log of this run ends here") == 1
    log = RunLog("r", (FileSink(tmp_path / "nowhere" / "log.jsonl"),))
    log.event(EventName.RUN_STARTED)


def test_records_that_cannot_be_written_do_not_stop_a_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out.zhen").mkdir()
    (tmp_path / "out.zhen" / "runs").write_text("a file where a folder should be")
    carry_out(request(inbox(tmp_path / "in"), tmp_path / "out"))
    assert (tmp_path / "out" / "manifest.json").is_file()
    assert "warning" in capsys.readouterr().err


def test_text_of_inputs_cannot_break_a_line_of_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = 'a\nb\u2028c\x85"\udc80\x00'
    with closing(FileSink(tmp_path / "log.jsonl")) as file:
        log = RunLog("r", (file, to_stderr("json")))
        log.event(EventName.MESSAGE, Level.WARNING, message=text)
    (line,) = (tmp_path / "log.jsonl").read_text("ascii").splitlines()
    assert json.loads(line)["message"] == text
    assert capsys.readouterr().err == line + "\n"


def test_loggers_are_let_go_at_the_end(tmp_path: Path) -> None:
    before = [len(logging.getLogger(name).handlers) for name in ("zhen", "tasks", "models")]
    carry_out(request(inbox(tmp_path / "in"), tmp_path / "out"))
    after = [len(logging.getLogger(name).handlers) for name in ("zhen", "tasks", "models")]
    assert before == after


def test_progress_has_a_rate_and_the_time_that_is_left(tmp_path: Path) -> None:
    now = iter([0.0, 1.0, 20.0, 21.0, 40.0, 50.0])
    shown: list[tuple[str, int, int]] = []
    with closing(FileSink(tmp_path / "log.jsonl")) as file:
        log = RunLog("r", (file,))
        report = logged_progress(log, lambda *seen: shown.append(seen), lambda: next(now))
        for done in (0, 1, 40, 41, 80, 100):
            report("documents", done, 100)
    lines = events(tmp_path)
    assert [line["event"] for line in lines] == [
        "stage_started", "progress", "progress", "stage_finished",
    ]  # fmt: skip
    assert (lines[1]["done"], lines[1]["rate"], lines[1]["remaining_seconds"]) == (40, 2.0, 30)
    assert (lines[2]["done"], lines[2]["remaining_seconds"]) == (80, 10)
    assert lines[3]["seconds"] == 50.0
    assert len(shown) == 6


@pytest.mark.parametrize("format", ["json", "text"])
def test_events_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str
) -> None:
    out = tmp_path / "out"
    zhen("run", inbox(tmp_path / "in"), "--out", out, "--no-prefect", "--log-format", format)
    lines = capsys.readouterr().err.splitlines()
    if format == "json":
        assert [json.loads(line) for line in lines] == events(runs(out)[0])
    else:
        assert len(lines) == 12
        assert "run started documents=5" in lines[0]
        assert "run published" in lines[-1]


def test_with_json_every_line_is_json_also_of_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    run = ("run", tmp_path / "in", "--out", tmp_path / "out", "--no-prefect")
    assert zhen(*run, "--log-format", "json") == 1
    last = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert (last["event"], last["message"]) == ("run_failed", f"no documents in {tmp_path / 'in'}")
    with pytest.raises(NothingToPublishError):  # which becomes a line for people
        zhen(*run, "--log-format", "text")


def test_a_run_that_is_told_to_stop_says_so_in_its_record(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    for number in range(300):
        text = ALONE_EN.replace("frog", f"frog {number}")
        (folder / f"frog{number}.txt").write_text(text, encoding="utf-8")
    command = [
        sys.executable, "-m", "flows.cli", "run", folder, "--out", tmp_path / "out", "--no-prefect",
    ]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
        while not (tmp_path / "out.zhen" / "lock").exists():
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 143
    (run,) = runs(tmp_path / "out")
    assert record(run)["state"] == "interrupted"
    assert events(run)[-1]["event"] == "run_interrupted"
