"""A real server and a real worker on loopback: scheduled runs, a document added, a power cut."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.runs.record import RunRecord, RunState, read_records
from tests.pages import ALONE_EN, crowd, inbox

ROOT = Path(__file__).parents[2]
NIGHTLY = "build-corpus/nightly"
PREFECT = Path(sys.executable).parent / "prefect"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(
    command: list[str], log: Path, stop: signal.Signals = signal.SIGTERM, **options: object
) -> Iterator[None]:
    """A process of ours, stopped by its pid (with what it started) at the end."""
    with open(log, "ab") as out:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **options,  # type: ignore[call-overload]
        )
        try:
            yield
        finally:
            os.killpg(process.pid, stop)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait_for(what: str, seconds: float, ready: Callable[[], object]) -> object:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := ready():
                return found
        except OSError:
            pass
        time.sleep(0.5)
    raise AssertionError(f"{what} did not happen within {seconds:.0f} s")


def server_environment(home: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }


@contextmanager
def serving(
    folder: Path, port: int, environment: dict[str, str], stop: signal.Signals = signal.SIGTERM
) -> Iterator[None]:
    """A Prefect server that answers."""

    def healthy() -> bool:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5) as answer:
            return bool(answer.status == 200)

    server = [str(PREFECT), "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with running(server, folder / "server.log", stop, env=environment):
        wait_for("the server's start", 180, healthy)
        yield


def post(port: int, what: str, data: dict[str, object]) -> Any:
    """The server's answer."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/{what}",
        data=json.dumps(data).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


@pytest.mark.integration
@pytest.mark.timeout(600)
def test_a_server_as_in_the_compose_file_drops_old_runs(tmp_path: Path) -> None:
    """So that its database does not grow for ever; without the setting it does."""
    port = free_port()
    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))
    environment = {
        **server_environment(tmp_path, port),
        **{
            name: value
            for name, value in compose["services"]["server"]["environment"].items()
            if name.startswith("PREFECT_SERVER_")
        },
        "PREFECT_SERVER_SERVICES_DB_VACUUM_LOOP_SECONDS": "2",
    }
    with serving(tmp_path, port, environment):

        def patiently(what: str, data: dict[str, object]) -> Any:
            # A server that is busy with its own services answers with 503.
            return wait_for(f"an answer to {what}", 60, lambda: post(port, what, data))

        flow = patiently("flows/", {"name": "build-corpus"})["id"]
        done = {"flow_id": flow, "state": {"type": "COMPLETED"}}
        runs = [patiently("flow_runs/", done)["id"] for _ in range(3)]
        old, young, _ = runs
        with sqlite3.connect(tmp_path / "prefect" / "prefect.db", timeout=60) as database:
            for run, days in ((old, 91), (young, 89)):
                database.execute(
                    "update flow_run set end_time = datetime('now', ?) where id = ?",
                    (f"-{days} days", run),
                )
        database.close()

        def left() -> set[str]:
            return {run["id"] for run in patiently("flow_runs/filter", {})}

        wait_for("the old run's end", 120, lambda: old not in left())
        assert left() & {*runs} == {*runs} - {old}


def scheduled(top: Path, folder: Path, out: Path, port: int) -> dict[str, str]:
    """The project's own ``prefect.yaml`` in ``top``, with these folders and a schedule that does
    not wait for night; the environment of server, worker and commands.
    """
    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))
    nightly = next(d for d in deployments["deployments"] if d["name"] == "nightly")
    nightly["schedules"] = [{"interval": 10}]
    nightly["parameters"] |= {"inputs": [str(folder)], "out": str(out)}
    deployments["deployments"] = [nightly]
    (top / "prefect.yaml").write_text(yaml.safe_dump(deployments), encoding="utf-8")
    return {
        **server_environment(top, port),
        "PREFECT_API_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
        "ZHEN_HOME": str(ROOT),
        "PATH": f"{PREFECT.parent}{os.pathsep}{os.environ['PATH']}",
        "ZHEN_CACHE_DIR": str(top / "cache"),
    }


def prefect(environment: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [str(PREFECT), "--no-prompt", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def working(
    top: Path, environment: dict[str, str], stop: signal.Signals = signal.SIGTERM
) -> Iterator[None]:
    """A worker as in the compose file; what it said last stands with a failure."""
    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))
    _, *arguments = compose["services"]["worker"]["command"]
    log = top / "worker.log"
    with running([str(PREFECT), *arguments], log, stop, env=environment, cwd=ROOT):
        try:
            yield
        except AssertionError as error:
            raise AssertionError(f"{error}\n{log.read_text('utf-8', 'replace')[-3000:]}") from error


@pytest.mark.integration
@pytest.mark.timeout(600)
def test_two_scheduled_runs_with_a_document_added_between_them(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "inbox")
    out = tmp_path / "corpus"
    port = free_port()
    environment = scheduled(tmp_path, folder, out, port)

    def ask(what: str) -> list[dict]:  # type: ignore[type-arg]
        return post(port, f"{what}/filter", {})  # type: ignore[no-any-return]

    def artifacts() -> list[str]:
        return [one["data"] for one in ask("artifacts") if one["key"] == "zhen-summary"]

    def manifest() -> dict:  # type: ignore[type-arg]
        return json.loads((out / "manifest.json").read_bytes())  # type: ignore[no-any-return]

    with serving(tmp_path, port, environment):
        folders = {"ZHEN_INBOX": str(folder), "ZHEN_CORPUS": str(tmp_path / "other")}
        register = ["sh", str(ROOT / "deploy" / "register.sh")]
        for _ in range(2):  # it may be repeated
            subprocess.run(register, env=environment | folders, check=True, capture_output=True)
        registered = {d["name"]: d["parameters"] for d in ask("deployments")}
        assert registered.keys() == {"nightly", "on-demand"}
        for parameters in registered.values():
            assert parameters["inputs"] == [str(folder)]
            assert parameters["out"] == str(tmp_path / "other")
            assert parameters["settings"] == ["run.wait=3600"]
        mine = str(tmp_path / "prefect.yaml")
        prefect(environment, "deploy", "--all", "--prefect-file", mine)
        with working(tmp_path, environment):
            first = wait_for("the first scheduled run", 180, lambda: out.exists() and manifest())
            assert first["counts"]["documents"] == 5  # type: ignore[index]
            (folder / "heron.txt").write_text(ALONE_EN.replace("frog", "heron"), encoding="utf-8")
            wait_for(
                "the second scheduled run", 180, lambda: manifest()["counts"]["documents"] == 6
            )

            def published() -> list[RunRecord]:
                found = [r for r in read_records(work) if r.state == RunState.PUBLISHED]
                return found if len(found) > 1 else []

            work = tmp_path / "corpus.zhen"
            last, *_ = wait_for("the second run's record", 60, published)  # type: ignore[misc]
            assert last.done == {"ingest": 1, "words": 1, "sign": 1}
            assert (last.changes.new, last.changes.changed) == (1, 0)
            tables = wait_for("the artifact", 60, artifacts)
            assert "report.html" in tables[0]  # type: ignore[index]
            assert "2 pairs" in tables[0]  # type: ignore[index]
            # Those that came while the worker was busy would all be done before it.
            prefect(environment, "deployment", "schedule", "clear", "--accept-yes", NIGHTLY)
            prefect(
                environment, "deployment", "run", "build-corpus/on-demand",
                "--param", f"out={tmp_path / 'other'}",
                "--param", 'settings=["emit.exports=[\\"tsv\\"]"]',
            )  # fmt: skip
            other = tmp_path / "other" / "manifest.json"
            wait_for("the run on demand", 120, other.exists)
            files = json.loads(other.read_bytes())["files"]
            assert [name for name in files if name.startswith("exports/")] == ["exports/bitext.tsv"]


@pytest.mark.integration
@pytest.mark.timeout(600)
def test_after_a_power_cut_the_schedule_goes_on(tmp_path: Path) -> None:
    """With a concurrency limit of Prefect's the next run waited for ever for the place of the one
    that had died: the server that knew of it was gone too.
    """
    folder = crowd(tmp_path / "inbox", 30)
    out = tmp_path / "corpus"
    port = free_port()
    environment = scheduled(tmp_path, folder, out, port)

    def at_work() -> int:
        holder = (tmp_path / "corpus.zhen" / "lock").read_bytes()
        return int(json.loads(holder or b"{}").get("pid", 0))

    with serving(tmp_path, port, environment, signal.SIGKILL):
        prefect(environment, "work-pool", "create", "zhen", "--type", "process")
        mine = str(tmp_path / "prefect.yaml")
        prefect(environment, "deploy", "--all", "--prefect-file", mine)
        with working(tmp_path, environment, signal.SIGKILL):
            run = wait_for("a run at work", 180, at_work)
        with suppress(ProcessLookupError):
            os.kill(run, signal.SIGKILL)  # type: ignore[call-overload]
    assert not out.exists()
    with serving(tmp_path, port, environment), working(tmp_path, environment):
        wait_for("the next run", 180, out.exists)
    assert json.loads((out / "manifest.json").read_bytes())["counts"]["documents"] == 60
