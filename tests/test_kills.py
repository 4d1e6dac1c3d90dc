"""Kill a run anywhere and run again: the same bytes, and finished work is not done again."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.pages import inbox, tree

ROOT = Path(__file__).resolve().parent.parent

# Runs the plain driver and prints what was done; dies at a boundary when told to.
RUN = """
import os, signal, sys, pathlib
from flows.config import load_config
from tasks.driver import *
inputs, out, boundary = sys.argv[1:]
passed = 0
def progress(stage, done, total):
    global passed
    passed += 1
    if passed == int(boundary):
        os.kill(os.getpid(), signal.SIGKILL)
plan = make_plan([pathlib.Path(inputs)], pathlib.Path(out), load_config(environment={}).settings,
                 shard_size=1)
outcome = run(plan, SerialExecutor(), progress)
print(outcome.done.get("ingest", 0), passed)
"""


def start(folder: Path, out: Path, boundary: int = 0) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), str(out), str(boundary)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(folder: Path, out: Path) -> tuple[int, int]:
    with start(folder, out) as process:
        printed, errors = process.communicate()
    assert process.returncode == 0, errors
    done, passed = printed.split()
    return int(done), int(passed)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], int]:
    top = tmp_path_factory.mktemp("undisturbed")
    folder = inbox(top / "in")
    _, boundaries = finish(folder, top / "out")
    return folder, tree(top / "out"), boundaries


@pytest.mark.slow
def test_killed_at_every_stage_boundary(
    undisturbed: tuple[Path, dict[str, bytes], int], tmp_path: Path
) -> None:
    folder, whole, boundaries = undisturbed
    assert boundaries >= 10
    for boundary in range(1, boundaries + 1):
        out = tmp_path / f"{boundary}"
        with start(folder, out, boundary) as process:
            process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert not out.exists()  # nothing is published before the end
        done, _ = finish(folder, out)
        assert tree(out) == whole
        if boundary >= 2:  # the first document was finished when the second boundary was passed
            assert done <= 5 - min(5, boundary - 1)


@pytest.mark.slow
def test_killed_at_random_moments(
    undisturbed: tuple[Path, dict[str, bytes], int], tmp_path: Path
) -> None:
    folder, whole, _ = undisturbed
    seed = int.from_bytes(os.urandom(4), "big")
    print("seed", seed)  # noqa: T201 - to repeat a failure
    chance = random.Random(seed)
    out = tmp_path / "out"
    for _ in range(15):
        with start(folder, out) as process:
            time.sleep(chance.uniform(0.2, 3.0))
            process.kill()
            process.communicate()
        assert not out.exists() or tree(out) == whole
    finish(folder, out)
    assert tree(out) == whole


@pytest.mark.slow
def test_a_reader_never_sees_a_mixed_set(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    out = tmp_path / "out"
    finish(folder, out)
    versions = [tree(out)["manifest.json"]]
    (folder / "new.txt").write_text(
        "A new story about a heron was published today.", encoding="utf-8"
    )
    with start(folder, out) as process:
        seen = set()
        while process.poll() is None:
            # The folder is opened once: what it holds then belongs together, also after the
            # exchange has put another folder in its place.
            descriptor = os.open(out, os.O_RDONLY)
            try:
                read = []
                for name in ("manifest.json", "en.jsonl"):
                    part = os.open(name, os.O_RDONLY, dir_fd=descriptor)
                    read.append(os.read(part, 10_000_000))
                    os.close(part)
                seen.add(tuple(read))
            except FileNotFoundError:
                pass  # the old folder is being deleted; a reader opens the new one
            finally:
                os.close(descriptor)
        process.communicate()
    versions.append(tree(out)["manifest.json"])
    assert {manifest for manifest, _ in seen} <= set(versions)
    assert len({text for _, text in seen}) == len({manifest for manifest, _ in seen})
