"""Where shards run: results in order, workers that die, clusters that are not there."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flows.config import RunSettings, load_config
from flows.running import make_executor
from tasks.driver import Plan, PoolExecutor, WorkerDiedError, make_plan
from tasks.driver.executors import ClusterError, SiteError, site_of
from tasks.driver.executors.site import work_at
from tasks.driver.executors.stopping import StoppedError, stop_if_asked
from tests.pages import inbox

ROOT = Path(__file__).parents[3]
SETTINGS = load_config(environment={}).settings


def slower_first(number: int) -> int:
    time.sleep(0.05 / number)
    return number * number


def dies_once(mark: str) -> str:
    if mark and not os.path.exists(mark):
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return mark


def dies_always(dies: bool) -> None:
    if dies:
        os.kill(os.getpid(), signal.SIGKILL)


def sleeps(mark: str) -> None:
    Path(mark).write_text(str(os.getpid()), encoding="ascii")
    time.sleep(120)


def stops_when_asked(mark: str) -> None:
    Path(mark).write_text("x", encoding="ascii")
    while True:
        stop_if_asked()
        time.sleep(0.01)


def wait_for(path: Path) -> str:
    for _ in range(6000):
        if path.exists() and (text := path.read_text("ascii")):
            return text
        time.sleep(0.01)
    raise AssertionError(f"{path} was not written")


def gone(pid: int) -> bool:
    for _ in range(500):
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().split(") ")[1].startswith("Z"):
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.01)
    return False


def consuming(results: Iterator[object], expected: type[Exception]) -> threading.Thread:
    """A thread that waits for results, whose end must be an exception (else the test fails)."""

    def consume() -> None:
        with pytest.raises(expected):
            list(results)

    thread = threading.Thread(target=consume, daemon=True)
    thread.start()
    return thread


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return make_plan([inbox(tmp_path / "in")], tmp_path / "out", SETTINGS)


def test_results_come_in_the_order_of_the_items_and_few_are_taken_ahead() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1, 20):
            taken.append(number)
            yield number

    with PoolExecutor("threads", 2) as executor:
        results = executor.map(slower_first, items(), "test")
        assert next(results) == 1
        assert len(taken) <= 5
        assert [1, *results] == [number * number for number in range(1, 20)]


def test_a_shard_whose_worker_died_is_done_again(tmp_path: Path) -> None:
    marks = ["", str(tmp_path / "mark"), "", ""]
    with PoolExecutor("processes", 2) as executor:
        assert list(executor.map(dies_once, marks, "test")) == marks


def test_a_shard_that_kills_every_worker_is_named() -> None:
    with (
        PoolExecutor("processes", 2) as executor,
        pytest.raises(WorkerDiedError, match=r"died in stage align, shard 12; what was finished"),
    ):
        list(executor.map(dies_always, [False, False, True, False], "align", 10))


def test_stopped_processes_end_at_once(tmp_path: Path) -> None:
    executor = PoolExecutor("processes", 1)
    results = executor.map(sleeps, [str(tmp_path / "mark")], "test")
    consumer = consuming(results, WorkerDiedError)
    pid = int(wait_for(tmp_path / "mark"))
    start = time.monotonic()
    executor.stop()
    assert gone(pid)
    consumer.join(5)
    assert not consumer.is_alive()
    assert time.monotonic() - start < 5


def test_stopped_threads_end_after_their_document(tmp_path: Path) -> None:
    executor = PoolExecutor("threads", 1)
    results = executor.map(stops_when_asked, [str(tmp_path / "mark")], "test")
    consumer = consuming(results, StoppedError)
    wait_for(tmp_path / "mark")
    executor.stop()
    consumer.join(5)
    assert not consumer.is_alive()


def test_workers_do_not_outlive_a_killed_driver(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from tasks.driver import PoolExecutor\n"
        "from tests.tasks.driver.test_executors import sleeps\n"
        "if __name__ == '__main__':\n"
        "    list(PoolExecutor('processes', 1).map(sleeps, sys.argv[1:], 'test'))\n"
    )
    (tmp_path / "driver.py").write_text(code, encoding="ascii")
    with subprocess.Popen(
        [sys.executable, tmp_path / "driver.py", tmp_path / "mark"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as driver:
        pid = int(wait_for(tmp_path / "mark"))
        driver.kill()
    assert gone(pid)


@pytest.mark.parametrize("runner", ["dask", "ray"])
def test_an_address_where_nobody_answers_is_one_line(plan: Plan, runner: str) -> None:
    pytest.importorskip({"dask": "distributed"}.get(runner, runner))
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound but not listening
        address = f"127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(ClusterError, match=rf"no .* answers at {address}: Connection refused"):
            make_executor(RunSettings(runner=runner, address=address), plan)


@pytest.mark.parametrize(("runner", "module"), [("dask", "distributed"), ("ray", "ray")])
def test_a_missing_extra_is_named(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, runner: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ClusterError, match=rf"not installed; pip install 'zhen\[{runner}\]'"):
        make_executor(RunSettings(runner=runner), plan)


def test_a_worker_works_only_where_it_finds_what_the_driver_has(plan: Plan) -> None:
    site = site_of(plan)
    assert work_at(site, slower_first, 3) == 9
    for wrong, message in (
        (
            replace(site, proof="x"),
            "cannot see or write the work store .*out.zhen; choose an --out",
        ),
        (replace(site, inputs=("/nowhere",)), "cannot read the input /nowhere"),
        (replace(site, versions=()), r"another zhen, or other libraries, .* \(stage ingest\)"),
        (replace(site, models=()), "another lexicon than the driver"),
    ):
        with pytest.raises(SiteError, match=message):
            work_at(wrong, slower_first, 3)
