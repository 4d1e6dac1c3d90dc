"""The same input gives the same bytes: whatever the workers, the shards, the machine's habits."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from flows.config import load_config
from tasks.driver import SerialExecutor, make_plan, run
from tests.faults.driving import SHIM, needs_compiler
from tests.pages import ALONE_EN, ALONE_ZH, crowd, inbox, tree

ROOT = Path(__file__).resolve().parent.parent
LATER = 20 * 365 * 86400  # seconds: another date, another year


@dataclass(frozen=True)
class Case:
    """How a run differs from the plain one (serial, shards of 1)."""

    runner: str = "serial"
    workers: int = 1
    shard_size: int = 1
    environment: Mapping[str, str] = field(default_factory=dict)
    clock: int = 0
    prefect: bool = False

    def __str__(self) -> str:
        parts = [self.runner, str(self.workers), f"shards-of-{self.shard_size}"]
        parts += [f"{name}={value}" for name, value in self.environment.items()]
        parts += ["later"] * bool(self.clock) + ["prefect"] * self.prefect
        return "-".join(parts)


def marked(mark: str, *cases: Case) -> list[object]:
    marks = [getattr(pytest.mark, mark)]
    return [
        pytest.param(case, marks=[*marks, needs_compiler] if case.clock else marks)
        for case in cases
    ]


ELSEWHERE = {
    "LC_ALL": "C",
    "TZ": "Pacific/Kiritimati",
    "PYTHONUTF8": "0",
    "PYTHONHASHSEED": "12345",
}
CASES: list[object] = [
    Case("serial", 1, 7, ELSEWHERE),
    Case("threads", 2, 7),
    *marked(
        "slow",
        Case("processes", 2, 1),
        Case("serial", 1, 500),
        Case("threads", 2, 1),
        Case("threads", 4, 500),
        Case("processes", 2, 500),
        Case("processes", 4, 7, ELSEWHERE),
        Case(environment={"PYTHONHASHSEED": "1"}),
        Case(environment={"LC_ALL": "C.UTF-8", "TZ": "America/St_Johns"}),
        Case(clock=LATER),
        Case("processes", 2, 7, ELSEWHERE, clock=-LATER),
    ),
    *marked(
        "integration",
        Case("threads", 2, 7, prefect=True),
        Case("dask", 2, 7),
        Case("dask", 1, 500),
        Case("dask", 4, 1, ELSEWHERE),
        Case("ray", 2, 7),
        Case("ray", 4, 1, ELSEWHERE),
    ),
]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Documents of all sorts, and the corpus that they make."""
    top = tmp_path_factory.mktemp("plain")
    folder = inbox(top / "in")
    crowd(folder / "crowd", 6)
    for place in ("seeds", "tests/data/pages"):
        shutil.copytree(ROOT / place, folder / place)
    lines = [{"id": f"x{n}", "text": f"{ALONE_EN} {n}", "title": "Frogs"} for n in range(3)]
    lines += [{"text": ALONE_ZH.replace("88", str(n))} for n in range(80, 83)]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "records.jsonl").write_text(text, encoding="utf-8")
    (folder / "page.html").write_text(
        f"<html><head><title>Frogs</title></head><body><p>{ALONE_EN}</p></body></html>", "utf-8"
    )
    settings = load_config(environment={}).settings
    outcome = run(make_plan([folder], top / "out", settings, shard_size=1), SerialExecutor())
    assert outcome.done["ingest"] > 30
    assert outcome.done["align"] >= 9
    return folder, tree(top / "out")


@pytest.mark.timeout(240)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_same_bytes(case: Case, plain: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    if case.runner in ("dask", "ray"):
        pytest.importorskip({"dask": "distributed"}.get(case.runner, case.runner))
    folder, whole = plain
    files = [path for path in folder.rglob("*") if path.is_file()]
    random.Random(str(case)).shuffle(files)
    for file in files:  # made in another order, at other times
        copy = tmp_path / "in" / file.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "ZHEN_CACHE_DIR": str(folder.parent / "cache"),  # what is compiled once need not be again
        **case.environment,
    }
    if case.clock:
        shim = tmp_path / "shim.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, SHIM, "-ldl"], check=True)
        environment |= {"LD_PRELOAD": str(shim), "FAULTS_CLOCK": str(case.clock)}
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "run", tmp_path / "in", "--out", tmp_path / "out",
         "--prefect" if case.prefect else "--no-prefect", "--runner", case.runner,
         "--workers", str(case.workers), "--shard-size", str(case.shard_size)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "out") == whole
