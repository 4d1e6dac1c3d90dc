"""How a corpus of growing size behaves: first run, nothing changed, one file in a hundred changed.

    python -m benchmarks.scale --bitext ../shared/bitext --articles 10000 50000 200000

Generates articles of 20 sentences and prints, for each size, articles/s, CPU-seconds, the highest
memory of one process, the size of the work store, and the cost of publication. The unchanged run
is the whole command in a process of its own.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpus import Made, make_corpus
from flows.config import RunSettings, load_config
from flows.running import make_executor
from tasks.driver import Outcome, make_plan, run


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall-clock and CPU-seconds of this process and the children that ended."""

    wall: float
    cpu: float


def main() -> None:
    """Measure and print one block a size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--bitext", type=Path, required=True, help="train.zh.xz, train.en.xz")
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 50_000, 200_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    arguments = parser.parse_args()
    for articles in arguments.articles:
        with tempfile.TemporaryDirectory(prefix="zhen-scale-", dir=arguments.folder) as folder:
            made = make_corpus(Path(folder, "in"), articles, arguments.bitext)
            print(f"{made.articles:,} articles in {made.files:,} files, {made.bytes / 1e6:.1f} MB")
            _measure(Path(folder), made, arguments.workers)


def _measure(folder: Path, made: Made, workers: int) -> None:
    outcome, cost = _timed(lambda: _run(folder, workers))
    print(
        f"  first run, {workers} workers: {cost.wall:.0f} s wall, {cost.cpu:.0f} s CPU; "
        f"{made.articles / cost.wall:.0f} articles/s, "
        f"{cost.cpu * 1000 / made.articles:.1f} CPU-seconds per thousand articles; peak memory "
        f"{outcome.times.peak_bytes / 1e6:,.0f} MB in one process"
    )
    _stages(outcome)
    store, corpus = _size(folder / "corpus.zhen"), _size(folder / "corpus")
    print(f"    work store {store / 1e6:,.0f} MB, corpus {corpus / 1e6:,.0f} MB", flush=True)
    _, cost = _timed(lambda: _command(folder))
    print(f"  nothing changed, whole command: {cost.wall:.1f} s wall, {cost.cpu:.1f} s CPU")
    changed = _change(folder / "in")
    outcome, cost = _timed(lambda: _run(folder, workers))
    done = ", ".join(f"{stage} {count:,}" for stage, count in outcome.done.items())
    print(
        f"  {changed:,} files changed: {cost.wall:.1f} s wall, {cost.cpu:.1f} s CPU; done: {done}; "
        f"work store {(_size(folder / 'corpus.zhen') - store) / 1e6:,.0f} MB larger"
    )
    _stages(outcome)


def _run(folder: Path, workers: int) -> Outcome:
    plan = make_plan([folder / "in"], folder / "corpus", load_config(environment={}).settings)
    with make_executor(RunSettings(runner="processes", workers=workers), plan) as executor:
        return run(plan, executor)


def _command(folder: Path) -> None:
    zhen = [sys.executable, "-m", "flows.cli"]
    done = subprocess.run(
        [*zhen, "run", folder / "in", "--out", folder / "corpus"],
        check=True,
        capture_output=True,
        text=True,
    )
    if "Nothing has changed" not in done.stdout:
        print(f"    NOT recognised as unchanged: {done.stdout}")


def _change(folder: Path) -> int:
    """Give one file in a hundred one more sentence."""
    files = sorted(path for path in folder.rglob("*.txt"))[::100]
    for path in files:
        with open(path, "a", encoding="utf-8") as file:
            file.write("\n\nThis sentence was added later.\n")
    return len(files)


def _stages(outcome: Outcome) -> None:
    for what, by_stage, unit in (
        ("CPU-seconds", outcome.times.cpu, 1.0),
        ("memory by stage, MB", outcome.times.memory, 1e6),
    ):
        stages = sorted(by_stage.items(), key=lambda item: -item[1])
        print(f"    {what}: " + ", ".join(f"{name} {n / unit:.1f}" for name, n in stages))


def _timed(action: Callable[[], Any]) -> tuple[Any, Cost]:
    start, cpu = time.perf_counter(), _cpu()
    result = action()
    return result, Cost(time.perf_counter() - start, _cpu() - cpu)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _size(folder: Path) -> int:
    return sum(
        os.lstat(os.path.join(parent, name)).st_size
        for parent, _, names in os.walk(folder)
        for name in names
    )


if __name__ == "__main__":
    main()
