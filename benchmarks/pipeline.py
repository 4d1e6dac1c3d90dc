"""Speed and memory of the whole way, without translation.

    python -m benchmarks.pipeline --bitext ../shared/bitext --articles 1000 10000

Generates articles of 20 sentences, runs the plain driver on them with one and with two workers,
each time in a process of its own, and prints articles/s, MB of text per second and per second of a
processor, seconds by stage, and how large a process became in which stage. Loops that are not
compiled yet (a fresh checkout) are compiled before, on a few articles. The text is the UTF-8 of the
input files. Wall-clock seconds say something on an idle machine only; the load is printed.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.corpus import Made, make_corpus
from flows.config import RunSettings, load_config
from flows.running import make_executor
from tasks.driver import Outcome, is_published, make_plan, run

_FEW = 40  # articles, enough to need every compiled loop


def main() -> None:
    """Measure and print one block a corpus size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--bitext", type=Path, required=True, help="train.zh.xz, train.en.xz")
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    arguments = parser.parse_args()
    compiling = _compile_loops(arguments.bitext)
    print(f"{_FEW} articles, with what had to be compiled: {compiling:.1f} s")
    for articles in arguments.articles:
        with tempfile.TemporaryDirectory(prefix="zhen-bench-") as folder:
            made = make_corpus(Path(folder, "in"), articles, arguments.bitext)
            print(f"{made.articles:,} articles in {made.files:,} files, {made.bytes / 1e6:.1f} MB")
            for workers in arguments.workers:
                with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                    alone.submit(_measure, Path(folder), made, workers).result()


def _compile_loops(bitext: Path) -> float:
    """Run a few articles, and with them every compiled loop; the seconds that it took.

    What is compiled is kept beside the source, so only the first run of a checkout waits for it.
    """
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="zhen-bench-") as folder:
        make_corpus(Path(folder, "in"), _FEW, bitext)
        plan = make_plan(
            [Path(folder, "in")], Path(folder, "corpus"), load_config(environment={}).settings
        )
        with make_executor(RunSettings(runner="serial"), plan) as executor:
            run(plan, executor)
    return time.perf_counter() - start


def _measure(folder: Path, made: Made, workers: int) -> None:
    out = folder / "corpus"
    for place in (out, folder / "corpus.zhen"):
        shutil.rmtree(place, ignore_errors=True)
    settings = load_config(environment={}).settings
    start, cpu, load = time.perf_counter(), _cpu(), os.getloadavg()[0]
    plan = make_plan([folder / "in"], out, settings)
    runner = RunSettings(runner="processes" if workers > 1 else "serial", workers=workers)
    with make_executor(runner, plan) as executor:
        outcome = run(plan, executor)
    seconds, cpu = time.perf_counter() - start, _cpu() - cpu
    print(f"  {workers} worker(s), load before {load:.1f} on {os.cpu_count()} cores:")
    _report(made, seconds, cpu, outcome)
    start = time.perf_counter()
    unchanged = is_published(make_plan([folder / "in"], out, settings))
    print(
        f"    unchanged re-run: {time.perf_counter() - start:.2f} s"
        f"{'' if unchanged else ' (NOT recognised)'}; work store "
        f"{_size(folder / 'corpus.zhen') / 1e6:.0f} MB, corpus {_size(out) / 1e6:.0f} MB",
        flush=True,
    )


def _report(made: Made, seconds: float, cpu: float, outcome: Outcome) -> None:
    size = made.bytes / 1e6
    print(
        f"    {seconds:.1f} s wall, {cpu:.1f} s CPU; {made.articles / seconds:,.0f} articles/s, "
        f"{size / seconds:.2f} MB/s, {size / cpu:.2f} MB per CPU-second"
    )
    for what, by_stage in (("wall", outcome.times.seconds), ("CPU", outcome.times.cpu)):
        stages = sorted(by_stage.items(), key=lambda item: -item[1])
        print(f"    s {what}: " + ", ".join(f"{name} {value:.1f}" for name, value in stages))
    grown = sorted(outcome.times.memory.items(), key=lambda item: item[1])
    print("    MB of a process after: " + ", ".join(f"{n} {v / 1e6:,.0f}" for n, v in grown))
    print(
        f"    highest: workers {outcome.times.peak_bytes / 1e6:,.0f} MB, main {_own_peak():,.0f} MB"
    )
    pairs = ", ".join(f"{how} {count:,}" for how, count in outcome.summary.pairs.items())
    print(f"    pairs: {pairs}; unpaired {sum(outcome.summary.unpaired.values()):,}")


def _cpu() -> float:
    """CPU-seconds of this process and of its finished children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _own_peak() -> float:
    """The highest resident memory of this process, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
