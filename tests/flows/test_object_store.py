"""``zhen run`` with its results in a bucket of an S3 service: workers, a kill, a change, cleaning."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.config import load_config
from flows.runs.record import read_records
from tasks.driver import SerialExecutor, make_plan, run
from tests.object_store import BUCKET, needs_s3, s3_service
from tests.pages import ALONE_EN, crowd, tree

pytestmark = [pytest.mark.slow, needs_s3, pytest.mark.timeout(600)]
ROOT = Path(__file__).parents[2]
URL = f"s3://{BUCKET}/nightly"
SETTINGS = load_config(environment={}).settings
PAIRS = 20


@contextmanager
def serving(top: Path) -> Iterator[dict[str, str]]:
    """A service, and the environment of runs that keep their results there."""
    with s3_service(top) as environment:
        yield {
            **os.environ,
            **environment,
            "PYTHONPATH": str(ROOT),
            "ZHEN_CACHE_DIR": str(top / "cache"),
            "ZHEN_RUN_STORE": URL,
        }


@pytest.fixture
def service(tmp_path: Path) -> Iterator[dict[str, str]]:
    with serving(tmp_path) as environment:
        yield environment


def undisturbed(folder: Path, out: Path) -> dict[str, bytes]:
    run(make_plan([folder], out, SETTINGS), SerialExecutor())
    return tree(out)


def start(
    top: Path, environment: dict[str, str], runner: str = "processes"
) -> "subprocess.Popen[str]":
    """A run with two worker processes."""
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "run", top / "in", "--out", top / "out",
         "--no-prefect", "--runner", runner, "--workers", "2", "--shard-size", "2",
         "--log-format", "json"],
        cwd=ROOT, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    )  # fmt: skip


def finish(process: "subprocess.Popen[str]", top: Path) -> dict[str, int]:
    """What a run did, by stage."""
    _, told = process.communicate(timeout=300)
    assert process.returncode == 0, told
    return next(read_records(top / "out.zhen")).done


def wait_for_results(top: Path, process: "subprocess.Popen[str]") -> None:
    """Returns when some documents are stored and some are not."""
    while (top / "s3.log").read_bytes().count(b'"PUT') < 8 and process.poll() is None:
        time.sleep(0.02)
    assert process.poll() is None


def test_a_corpus_with_its_work_in_a_bucket(tmp_path: Path, service: dict[str, str]) -> None:
    folder = crowd(tmp_path / "in", PAIRS)
    process = start(tmp_path, service)
    wait_for_results(tmp_path, process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert not (tmp_path / "out").exists()

    done = finish(start(tmp_path, service), tmp_path)
    assert 0 < done["ingest"] < 2 * PAIRS  # what was stored before the kill is not done again
    assert done["align"] == PAIRS
    assert tree(tmp_path / "out") == undisturbed(folder, tmp_path / "whole")
    assert not (tmp_path / "out.zhen" / "work").exists()

    assert finish(start(tmp_path, service), tmp_path) == {}
    (folder / "frog.txt").write_text(ALONE_EN, encoding="utf-8")
    (folder / "0003.zh.txt").unlink()
    assert finish(start(tmp_path, service), tmp_path) == {"ingest": 1, "words": 1, "sign": 1}
    assert tree(tmp_path / "out") == undisturbed(folder, tmp_path / "changed")

    cleaned = subprocess.run(
        [sys.executable, "-m", "flows.cli", "clean", tmp_path / "out"],
        cwd=ROOT, env=service, capture_output=True, text=True,
    )  # fmt: skip
    assert cleaned.returncode == 0, cleaned.stderr
    # Three results of the document that is gone, and the alignment that it was in.
    assert "results nothing refers to: 4 " in cleaned.stdout
    (folder / "frog.txt").write_text(ALONE_EN + " It is green.", encoding="utf-8")
    assert finish(start(tmp_path, service), tmp_path) == {"ingest": 1, "words": 1, "sign": 1}
    assert tree(tmp_path / "out") == undisturbed(folder, tmp_path / "again")


def test_a_cluster_keeps_its_work_in_a_bucket(tmp_path: Path, service: dict[str, str]) -> None:
    pytest.importorskip("distributed")
    folder = crowd(tmp_path / "in", PAIRS)
    done = finish(start(tmp_path, service, "dask"), tmp_path)
    assert (done["ingest"], done["align"]) == (2 * PAIRS, PAIRS)
    assert tree(tmp_path / "out") == undisturbed(folder, tmp_path / "whole")
    assert not (tmp_path / "out.zhen" / "work").exists()
    assert finish(start(tmp_path, service), tmp_path) == {}  # other workers find it all


def test_a_service_that_goes_away_is_one_line_and_its_loss_costs_work_only(tmp_path: Path) -> None:
    folder = crowd(tmp_path / "in", PAIRS)
    with serving(tmp_path) as environment:
        process = start(tmp_path, environment)
        wait_for_results(tmp_path, process)
    _, told = process.communicate(timeout=300)
    assert process.returncode == 1, told
    assert "Traceback" not in told
    last = json.loads(told.strip().split("\n")[-1])
    assert (last["event"], last["kind"]) == ("run_failed", "StoreError")
    assert last["message"].startswith(f"the work store {URL} cannot be used: ")
    assert not (tmp_path / "out").exists()
    with serving(tmp_path) as environment:  # another one, which has nothing
        assert finish(start(tmp_path, environment), tmp_path)["ingest"] == 2 * PAIRS
    assert tree(tmp_path / "out") == undisturbed(folder, tmp_path / "whole")
