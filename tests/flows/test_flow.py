"""What the Prefect flow adds: I/O errors are tried again, bad data is not, and failures are told."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.runs.helpers import record, runs

ROOT = Path(__file__).parents[2]

RETRIES = """
import json
from flows.build_corpus import TaskRunExecutor
from prefect import flow
from tasks.driver import SerialExecutor

calls = {"disk": 0, "data": 0}

def disk(number):
    calls["disk"] += 1
    if calls["disk"] == 1:
        raise OSError(5, "Input/output error")
    return number * 2

def data(number):
    calls["data"] += 1
    raise ValueError("bad data")

@flow(name="retries")
def retries():
    executor = TaskRunExecutor(SerialExecutor())
    good = list(executor.map(disk, [4, 5], "documents"))
    try:
        list(executor.map(data, [1], "align"))
        told = ""
    except ValueError as error:
        told = str(error)
    return [good, told, calls]

print(json.dumps(retries()))
"""

FAILS = """
import sys
from flows.build_corpus import build_corpus
inbox, out, command = sys.argv[1:]
build_corpus([inbox], out, settings=["notify.command=" + command])
"""


def python(code: str, home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        **os.environ,
        "HOME": str(home),
        "PREFECT_HOME": str(home / "prefect"),
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.integration
def test_an_input_output_error_is_tried_again_and_bad_data_is_not(tmp_path: Path) -> None:
    done = python(RETRIES, tmp_path)
    assert done.returncode == 0, done.stderr
    good, told, calls = json.loads(done.stdout.strip().split("\n")[-1])
    assert good == [8, 10]
    assert told == "bad data"
    assert calls == {"disk": 3, "data": 1}


@pytest.mark.integration
def test_a_flow_run_that_fails_tells_whom_the_settings_name(tmp_path: Path) -> None:
    (tmp_path / "out.zhen").mkdir()
    (tmp_path / "empty").mkdir()
    got = tmp_path / "got.json"
    program = (
        f"import sys, pathlib; pathlib.Path({str(got)!r}).write_bytes(sys.stdin.buffer.read())"
    )
    command = json.dumps([sys.executable, "-c", program])
    done = python(FAILS, tmp_path, str(tmp_path / "empty"), str(tmp_path / "out"), command)
    assert done.returncode != 0
    assert "no documents in" in done.stderr
    assert json.loads(got.read_bytes())["error"]["kind"] == "NothingToPublishError"
    (run,) = runs(tmp_path / "out")
    assert record(run)["state"] == "failed"
    assert "run failed" in done.stderr  # the flow's log has the events of the run
