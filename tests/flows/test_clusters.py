"""A run on an existing Dask or Ray cluster, and what is said when that cannot be used."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.config import RunSettings, load_config
from flows.running import make_executor
from tasks.driver import SerialExecutor, WorkerDiedError, make_plan, run
from tasks.driver.executors import SiteError
from tests.pages import inbox, tree

pytestmark = [pytest.mark.integration, pytest.mark.timeout(240)]
ROOT = Path(__file__).parents[2]
SETTINGS = load_config(environment={}).settings


@contextmanager
def dask_cluster() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0", memory_limit=0
    ) as cluster:
        yield cluster.scheduler_address


@contextmanager
def ray_cluster() -> Iterator[str]:
    # A cluster on the loopback address, wherever the machine's name leads to.
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    pytest.importorskip("ray")
    from ray.cluster_utils import Cluster

    cluster = Cluster(
        initialize_head=True,
        head_node_args={
            "num_cpus": 2,
            "node_ip_address": "127.0.0.1",
            "object_store_memory": 100_000_000,
            "include_dashboard": False,
        },
    )
    try:
        yield cluster.address
    finally:
        cluster.shutdown()


CLUSTERS = {"dask": dask_cluster, "ray": ray_cluster}


@pytest.fixture(scope="module", params=["dask", "ray"])
def cluster(request: pytest.FixtureRequest) -> Iterator[RunSettings]:
    with CLUSTERS[request.param]() as address:
        yield RunSettings(runner=request.param, address=address)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    top = tmp_path_factory.mktemp("undisturbed")
    folder = inbox(top / "in")
    run(make_plan([folder], top / "out", SETTINGS), SerialExecutor())
    return folder, tree(top / "out")


def count_loads(_: int) -> tuple[int, int]:
    """This worker process, and how often it has loaded the lexicon."""
    from models.lexicon import store

    return os.getpid(), store._load.cache_info().misses


def test_an_existing_cluster_gives_the_same_bytes_and_loads_models_once_a_worker(
    cluster: RunSettings, undisturbed: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    folder, whole = undisturbed
    plan = make_plan([folder], tmp_path / "out", SETTINGS, shard_size=1)
    with make_executor(cluster, plan) as executor:
        assert executor.workers == 2
        outcome = run(plan, executor)
        loads = dict(executor.map(count_loads, range(20), "count"))
    assert outcome.done == {"ingest": 5, "words": 5, "sign": 5, "align": 2}
    assert tree(tmp_path / "out") == whole
    assert os.getpid() not in loads
    assert max(loads.values()) == 1


def test_a_worker_that_cannot_see_the_work_store_is_told_in_one_line(
    cluster: RunSettings, undisturbed: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    plan = make_plan([undisturbed[0]], tmp_path / "out", SETTINGS)
    with make_executor(cluster, plan) as executor:
        (tmp_path / "out.zhen" / "site").unlink()  # as where the folder is another one
        with pytest.raises(SiteError, match=r"the worker on .* cannot see or write the work store"):
            run(plan, executor)
    assert not (tmp_path / "out").exists()


def whose(mark: str) -> int:
    """Leaves its pid and waits, so that it can be killed; a second call answers."""
    path = Path(mark)
    if not path.exists():
        path.write_text(str(os.getpid()), encoding="ascii")
        time.sleep(120)
    return os.getpid()


def dies(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_dies_costs_nothing_but_time(
    cluster: RunSettings, undisturbed: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    plan = make_plan([undisturbed[0]], tmp_path / "out", SETTINGS)
    with make_executor(cluster, plan) as executor:

        def kill() -> None:
            while not mark.exists() or not mark.read_text("ascii"):
                time.sleep(0.05)
            os.kill(int(mark.read_text("ascii")), signal.SIGKILL)

        threading.Thread(target=kill, daemon=True).start()
        (answered,) = executor.map(whose, [str(mark)], "test")
        assert str(answered) != mark.read_text("ascii")
        with pytest.raises(WorkerDiedError, match="stage test, shard 7"):
            list(executor.map(dies, [0], "test", 7))


@pytest.mark.parametrize("runner", ["dask", "ray"])
def test_under_prefect_task_runs_wrap_the_cluster(
    runner: str, undisturbed: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    folder, whole = undisturbed
    with CLUSTERS[runner]() as address:
        done = subprocess.run(
            [sys.executable, "-m", "flows.cli", "run", folder, "--out", tmp_path / "out",
             "--runner", runner, "--address", address, "--shard-size", "2"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "ZHEN_CACHE_DIR": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert tree(tmp_path / "out") == whole
