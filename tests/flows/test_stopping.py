"""``zhen run`` stopped by a signal or killed: it ends at once, leaves nobody behind, and resumes."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from flows.config import load_config
from flows.runs.record import RunState, read_records
from tasks.driver import SerialExecutor, make_plan, run
from tests.pages import crowd, tree

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
ROOT = Path(__file__).parents[2]
SEED = int(os.environ.get("ZHEN_TEST_SEED") or int.from_bytes(os.urandom(4), "big"))
PAIRS = 60


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    print("ZHEN_TEST_SEED", SEED)  # noqa: T201 - to repeat a failure
    top = tmp_path_factory.mktemp("undisturbed")
    folder = crowd(top / "in", PAIRS)
    settings = load_config(environment={}).settings
    outcome = run(make_plan([folder], top / "out", settings), SerialExecutor())
    assert outcome.done["align"] == PAIRS
    return folder, tree(top / "out")


@contextmanager
def zhen_run(folder: Path, top: Path, *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """``zhen run`` in a session of its own; whoever is left of it at the end is killed."""
    with open(top / "stderr", "wb") as errors, subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "run", folder, "--out", top / "out",
         "--log-format", "json", "--shard-size", "3", *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ZHEN_CACHE_DIR": str(top.parent / "cache")},
        stdout=subprocess.DEVNULL,
        stderr=errors,
        start_new_session=True,
        # Tests that were themselves started in the background hand on that SIGINT is ignored.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            for pid in session(process.pid):
                os.kill(pid, signal.SIGKILL)


def session(leader: int) -> list[int]:
    """The living processes of a session."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, its_session = (place / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(its_session) == leader and state != "Z":
            found.append(int(place.name))
    return found


def errors_of(top: Path) -> str:
    return (top / "stderr").read_text("utf-8", "replace")


def children(parent: int, module: str) -> list[int]:
    """The living children of a process that run a Python module."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            its_parent = (place / "stat").read_text().rpartition(")")[2].split()[1]
            command = (place / "cmdline").read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        if int(its_parent) == parent and module in command:
            found.append(int(place.name))
    return sorted(found)


def busy() -> float:
    """How much longer than alone a process takes on this machine now, at least 1."""
    wall, cpu = time.perf_counter(), time.process_time()
    while time.process_time() - cpu < 0.3:
        pass
    return max(1.0, (time.perf_counter() - wall) / 0.3)


def wait_for_stage(process: "subprocess.Popen[bytes]", top: Path, stage: str) -> None:
    while process.poll() is None:
        for line in errors_of(top).split("\n")[:-1]:
            event = json.loads(line) if line.startswith("{") else {}
            if event.get("event") == "stage_started" and event["stage"] == stage:
                return
        time.sleep(0.02)
    raise AssertionError(f"{stage} was not reached: {errors_of(top)}")


def resumed(folder: Path, top: Path, *options: str) -> dict[str, int]:
    """What one more run had to do, which must succeed."""
    with zhen_run(folder, top, *options) as process:
        assert process.wait(120) == 0, errors_of(top)
    record = next(read_records(top / "out.zhen"))
    assert record.state is RunState.PUBLISHED
    for stage in ("ingest", "align"):
        assert record.done.get(stage, 0) + record.reused.get(stage, 0) == (
            2 * PAIRS if stage == "ingest" else PAIRS
        )
    return record.done


@pytest.mark.parametrize(
    ("stop", "stage", "options"),
    [
        ("TERM", "documents", ["--no-prefect", "--runner", "serial"]),
        ("INT", "align", ["--no-prefect", "--runner", "serial"]),
        ("TERM", "documents", ["--no-prefect", "--runner", "threads", "--workers", "2"]),
        ("INT", "documents", ["--no-prefect", "--runner", "processes", "--workers", "2"]),
        ("TERM", "align", ["--no-prefect", "--runner", "processes", "--workers", "2"]),
        ("INT", "documents", ["--runner", "processes", "--workers", "2"]),
        ("TERM", "align", ["--runner", "threads", "--workers", "2"]),
        *(
            pytest.param(
                stop,
                stage,
                ["--no-prefect", "--runner", runner, "--workers", "2"],
                marks=pytest.mark.integration,
            )
            for stop, stage, runner in (("TERM", "align", "dask"), ("INT", "documents", "ray"))
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(o.strip("-") for o in value),
)
def test_a_signal_stops_a_run_cleanly_within_five_seconds(
    undisturbed: tuple[Path, dict[str, bytes]],
    tmp_path: Path,
    stop: str,
    stage: str,
    options: list[str],
) -> None:
    folder, whole = undisturbed
    with zhen_run(folder, tmp_path, *options) as process:
        wait_for_stage(process, tmp_path, stage)
        time.sleep(0.2)
        start = time.monotonic()
        if stop == "INT":  # Ctrl-C reaches all processes of a terminal
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.terminate()
        process.wait(120)
        seconds = time.monotonic() - start
        assert process.returncode == {"INT": 130, "TERM": 143}[stop], errors_of(tmp_path)
        assert seconds < 5 * busy()
        assert "Traceback" not in errors_of(tmp_path)
        while session(process.pid):
            assert time.monotonic() - start < 10, "somebody is left"
            time.sleep(0.05)
    assert not (tmp_path / "out").exists()
    assert next(read_records(tmp_path / "out.zhen")).state is RunState.INTERRUPTED
    done = resumed(folder, tmp_path, "--no-prefect", "--runner", "serial")
    if stage == "align":
        assert "ingest" not in done
    assert tree(tmp_path / "out") == whole


@pytest.mark.integration
def test_the_prefect_run_killed_three_times(
    undisturbed: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    folder, whole = undisturbed
    chance = random.Random(SEED)
    for stage in ("documents", "align", "emit"):
        with zhen_run(folder, tmp_path, "--runner", "threads", "--workers", "2") as process:
            wait_for_stage(process, tmp_path, stage)
            time.sleep(chance.uniform(0, 0.3))
            (server,) = children(process.pid, "flows.temporary_server")
            process.kill()
            process.wait()
            end = time.monotonic() + 20
            while Path(f"/proc/{server}").exists():
                assert time.monotonic() < end, "the temporary server is left"
                time.sleep(0.1)
        assert not (tmp_path / "out").exists() or tree(tmp_path / "out") == whole
    done = resumed(folder, tmp_path, "--runner", "threads", "--workers", "2")
    assert not done.keys() & {"ingest", "align"}
    assert tree(tmp_path / "out") == whole


def test_a_worker_that_is_killed_costs_its_shard_only(
    undisturbed: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    folder, whole = undisturbed
    options = ("--no-prefect", "--runner", "processes", "--workers", "2")
    with zhen_run(folder, tmp_path, *options) as process:
        wait_for_stage(process, tmp_path, "documents")
        while not (workers := children(process.pid, "multiprocessing.spawn")):
            time.sleep(0.05)
        time.sleep(0.5)
        os.kill(workers[0], signal.SIGKILL)
        assert process.wait(120) == 0, errors_of(tmp_path)
    assert "a worker process died; shard" in errors_of(tmp_path)
    assert tree(tmp_path / "out") == whole
