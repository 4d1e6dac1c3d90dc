"""Runs of the plain driver in forked processes, each with a fault of its own.

One process loads everything once (under the preloaded ``shim.c``) and forks a child a run, so that
a run costs a tenth of a second and hundreds of kills can be tried.
"""

import contextlib
import ctypes
import gc
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import IO, Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIM = Path(__file__).parent / "shim.c"

needs_compiler = pytest.mark.skipif(
    shutil.which("cc") is None or not sys.platform.startswith("linux"),
    reason="needs a C compiler and Linux",
)


class Act(IntEnum):
    """What is done at a run's act on the disk; the numbers are those of shim.c."""

    COUNT = 0
    KILL = 1
    TEAR = 2  # half of a write, then a kill
    FAIL_ONCE = 3
    FAIL_FROM = 4  # it and all later ones: a disk that is full stays full


@dataclass(frozen=True)
class Ran:
    """How a run ended. ``done``, ``boundaries`` and ``message`` (of an exception) are those of the
    plain driver, ``told`` is what the command line wrote on standard error.
    """

    status: int  # as Popen.returncode: below zero is a signal
    done: dict[str, int]
    boundaries: int
    acts: tuple[tuple[str, str], ...]  # kind and path
    message: str
    told: str
    seconds: float

    @property
    def killed(self) -> bool:
        return self.status == -signal.SIGKILL


class Driver:
    """Starts runs."""

    def __init__(self, process: "subprocess.Popen[str]", results: Path) -> None:
        self._process = process
        self._results = results

    def run(
        self,
        folder: Path,
        out: Path,
        *,
        act: Act = Act.COUNT,
        at: int = 0,
        error: int = 0,
        boundary: int = 0,
        kill_after: float | None = None,
        clock: int = 0,
        two_renames: bool = False,
        tidy: bool = False,
        below: Path | None = None,
        translator: Path | None = None,
        command: bool = False,
    ) -> Ran:
        """One run. ``at`` counts acts on the disk and ``boundary`` progress reports, from 1;
        ``kill_after`` are seconds, ``clock`` how many the clock is ahead. With ``tidy`` the work
        store is cleaned after the publication, however little there is to drop. The acts are those
        on paths that begin with ``below``, else with ``out``. With a ``translator`` (its files; a
        rule does the work) there are machine sides. ``command`` makes it ``zhen run``, with records
        and what it tells, in the place of the plain driver.
        """
        self._results.unlink(missing_ok=True)
        for what in ("acts", "told"):  # made here: a child can be killed before it opens them
            Path(f"{self._results}.{what}").write_bytes(b"")
        job = {
            "inputs": str(folder),
            "out": str(out),
            "below": str(below or out),
            "results": str(self._results),
            "act": int(act),
            "at": at,
            "error": error,
            "boundary": boundary,
            "kill_after": kill_after,
            "clock": clock,
            "two_renames": two_renames,
            "tidy": tidy,
            "translator": str(translator or ""),
            "command": command,
        }
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps(job) + "\n")
        stdin.flush()
        answer = json.loads(stdout.readline())
        found: dict[str, Any] = {}
        if self._results.exists():
            found = json.loads(self._results.read_bytes())
        acts = Path(f"{self._results}.acts").read_text("utf-8", "replace").split("\n")[:-1]
        return Ran(
            answer["status"],
            found.get("done", {}),
            found.get("boundaries", 0),
            tuple((kind, path) for kind, _, path in (line.partition("\t") for line in acts)),
            found.get("message", ""),
            Path(f"{self._results}.told").read_text("utf-8", "replace"),
            answer["seconds"],
        )


@contextmanager
def driving(folder: Path, *warm: Path) -> Iterator[Driver]:
    """A driver that works with files in ``folder``. It has run on the documents in each of ``warm``
    one after the other, so that no run has to load or compile anything.
    """
    shim = folder / "shim.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, SHIM, "-ldl"], check=True)
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.faults.driving", folder / "warm", *warm],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
        env={**os.environ, "LD_PRELOAD": str(shim), "ZHEN_CACHE_DIR": str(folder / "cache")},
    ) as process:
        try:
            yield Driver(process, folder / "results.json")
        finally:
            assert process.stdin is not None
            process.stdin.close()


def serve(jobs: IO[str], out: Path, inputs: list[Path]) -> None:
    """Fork a child for every job, one JSON line each; answer when it has ended."""
    plain = {"boundary": 0, "two_renames": False, "tidy": False, "translator": "", "out": str(out)}
    for folder in inputs:
        _run(plain | {"inputs": str(folder)})
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        _command(plain | {"inputs": str(inputs[0])})
    gc.collect()
    gc.freeze()  # what is there is not looked at again, and so not copied into every child
    for line in jobs:
        job = json.loads(line)
        start = time.monotonic()
        child = os.fork()
        if child == 0:
            _be_the_run(job)
        if job["kill_after"] is not None:
            time.sleep(job["kill_after"])
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        answer = {
            "status": os.waitstatus_to_exitcode(status),
            "seconds": time.monotonic() - start,
        }
        print(json.dumps(answer), flush=True)  # noqa: T201


def _be_the_run(job: dict[str, Any]) -> None:
    """In the child; never returns."""
    acts = os.open(f"{job['results']}.acts", os.O_WRONLY | os.O_CREAT)
    told = os.open(f"{job['results']}.told", os.O_WRONLY | os.O_CREAT)
    os.dup2(told, 2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    shim = ctypes.CDLL(None)
    shim.faults_clock(ctypes.c_long(job["clock"]))
    below = os.fsencode(job["below"])
    shim.faults_arm(below, ctypes.c_long(job["at"]), job["act"], job["error"], acts)
    found: dict[str, Any] = {}
    try:
        status = _command(job) if job["command"] else 0
        found = {} if job["command"] else _run(job)
    except Exception as error:
        status = 1
        found["message"] = f"{type(error).__name__}: {error}"
    shim.faults_arm(b"", ctypes.c_long(0), 0, 0, -1)
    Path(job["results"]).write_text(json.dumps(found), encoding="utf-8")
    sys.stderr.flush()
    os._exit(status)


def _command(job: dict[str, Any]) -> int:
    """``zhen run`` with its exit code."""
    from flows.cli.app import main

    options = ["--no-prefect", "--runner", "serial", "--shard-size", "1"]
    if job["translator"]:
        options += ["--translator", job["translator"]]
    _prepare(job)
    sys.argv = ["zhen", "run", job["inputs"], "--out", job["out"], *options]
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)


def _prepare(job: dict[str, Any]) -> None:
    from tasks.driver import machine, publish, upkeep
    from tests.tasks.translate.fakes import FakeEngine

    if job["translator"]:
        machine._engine = lambda _spec: FakeEngine()
    if job["two_renames"]:
        publish._exchange = lambda _one, _other: False
    if job["tidy"]:
        upkeep._LEAST, upkeep._WASTE = 1, 0.0


def _run(job: dict[str, Any]) -> dict[str, Any]:
    """The plain driver, and what it counted."""
    from flows.config import load_config
    from tasks.driver import SerialExecutor, make_plan, run
    from tasks.driver.keeping import Keeping

    _prepare(job)
    passed = 0

    def progress(_stage: str, _done: int, _total: int) -> None:
        nonlocal passed
        passed += 1
        if passed == job["boundary"]:
            os.kill(os.getpid(), signal.SIGKILL)

    flags = [f"translate.translator={job['translator']}"] if job["translator"] else []
    settings = load_config(environment={}, flags=flags).settings
    plan = make_plan([Path(job["inputs"])], Path(job["out"]), settings, shard_size=1)
    keeping = Keeping(publications=1 if job["tidy"] else 3)
    outcome = run(plan, SerialExecutor(), progress, keeping=keeping)
    return {"done": outcome.done, "boundaries": passed}


if __name__ == "__main__":
    serve(sys.stdin, Path(sys.argv[1]), [Path(place) for place in sys.argv[2:]])
