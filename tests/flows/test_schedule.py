"""A real server and a real worker on loopback, two scheduled runs, a document added in between."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from tests.pages import ALONE_EN, inbox

ROOT = Path(__file__).parents[2]
PREFECT = Path(sys.executable).parent / "prefect"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(command: list[str], log: Path, **options: object) -> Iterator[None]:
    """A process of ours, stopped by its pid (with what it started) at the end."""
    with open(log, "wb") as out:
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
            os.killpg(process.pid, signal.SIGTERM)
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


@pytest.mark.integration
@pytest.mark.timeout(600)
def test_two_scheduled_runs_with_a_document_added_between_them(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "inbox")
    out = tmp_path / "corpus"
    # The project's own prefect.yaml, with these folders and a schedule that does not wait for night.
    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))
    nightly = next(d for d in deployments["deployments"] if d["name"] == "nightly")
    nightly["schedules"] = [{"interval": 10}]
    nightly["parameters"] = {"inputs": [str(folder)], "out": str(out)}
    deployments["deployments"] = [nightly]
    (tmp_path / "prefect.yaml").write_text(yaml.safe_dump(deployments), encoding="utf-8")
    port = free_port()
    environment = {
        **os.environ,
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_API_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
        "ZHEN_HOME": str(ROOT),
        "ZHEN_CACHE_DIR": str(tmp_path / "cache"),
    }

    def prefect(*arguments: str) -> str:
        done = subprocess.run(
            [str(PREFECT), "--no-prompt", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def healthy() -> bool:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5) as answer:
            return bool(answer.status == 200)

    def artifacts() -> list[str]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/artifacts/filter",
            data=b"{}",
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return [one["data"] for one in json.load(answer) if one["key"] == "zhen-summary"]

    def manifest() -> dict:  # type: ignore[type-arg]
        return json.loads((out / "manifest.json").read_bytes())  # type: ignore[no-any-return]

    server = [str(PREFECT), "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with running(server, tmp_path / "server.log", env=environment):
        wait_for("the server's start", 120, healthy)
        prefect("work-pool", "create", "zhen", "--type", "process")
        prefect("deploy", "--all", "--prefect-file", str(tmp_path / "prefect.yaml"))
        worker = [str(PREFECT), "worker", "start", "--pool", "zhen"]
        with running(worker, tmp_path / "worker.log", env=environment, cwd=ROOT):
            try:
                first = wait_for(
                    "the first scheduled run", 180, lambda: out.exists() and manifest()
                )
                assert first["counts"]["documents"] == 5  # type: ignore[index]
                (folder / "heron.txt").write_text(
                    ALONE_EN.replace("frog", "heron"), encoding="utf-8"
                )
                wait_for(
                    "the second scheduled run",
                    180,
                    lambda: manifest()["counts"]["documents"] == 6,
                )
            except AssertionError as error:
                log = (tmp_path / "worker.log").read_text("utf-8", "replace")[-3000:]
                raise AssertionError(f"{error}\n{log}") from error
            records = tmp_path / "corpus.zhen" / "runs"
            wait_for("the second run's record", 60, lambda: len(list(records.iterdir())) >= 2)
            last = json.loads(sorted(records.iterdir())[-1].read_text("utf-8"))
            assert last["done"] == {"ingest": 1, "words": 1, "sign": 1}
            tables = wait_for("the artifact", 60, artifacts)
            assert "report.html" in tables[0]  # type: ignore[index]
            assert "2 pairs" in tables[0]  # type: ignore[index]
