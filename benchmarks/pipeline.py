"""Speed and memory of the whole way, without translation.

    python -m benchmarks.pipeline --bitext ../shared/bitext --articles 1000 10000

Generates articles of 20 sentences, runs the plain driver on them with one and with two workers,
and prints articles/s, MB of text per second, seconds by stage and the highest resident memory of
any process. The text is the UTF-8 of the input files.
"""

import argparse
import resource
import shutil
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.corpus import Made, make_corpus
from flows.config import RunSettings, load_config
from flows.running import make_executor
from tasks.driver import Outcome, is_published, make_plan, run


def main() -> None:
    """Measure and print one block a corpus size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--bitext", type=Path, required=True, help="train.zh.xz, train.en.xz")
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    arguments = parser.parse_args()
    for articles in arguments.articles:
        with tempfile.TemporaryDirectory(prefix="zhen-bench-") as folder:
            made = make_corpus(Path(folder, "in"), articles, arguments.bitext)
            print(f"{made.articles:,} articles in {made.files:,} files, {made.bytes / 1e6:.1f} MB")
            for workers in arguments.workers:
                _measure(Path(folder), made, workers)


def _measure(folder: Path, made: Made, workers: int) -> None:
    out = folder / "corpus"
    for place in (out, folder / "corpus.zhen"):
        shutil.rmtree(place, ignore_errors=True)
    settings = load_config(environment={}).settings
    start, cpu = time.perf_counter(), _cpu()
    plan = make_plan([folder / "in"], out, settings)
    runner = RunSettings(runner="processes" if workers > 1 else "serial", workers=workers)
    with closing(make_executor(runner, len(plan.units))) as executor:
        outcome = run(plan, executor)
    seconds, cpu = time.perf_counter() - start, _cpu() - cpu
    _report(made, workers, seconds, cpu, outcome)
    start = time.perf_counter()
    unchanged = is_published(make_plan([folder / "in"], out, settings))
    print(
        f"    unchanged re-run: {time.perf_counter() - start:.2f} s"
        f"{'' if unchanged else ' (NOT recognised)'}; work store "
        f"{_size(folder / 'corpus.zhen') / 1e6:.0f} MB, corpus {_size(out) / 1e6:.0f} MB",
        flush=True,
    )


def _report(made: Made, workers: int, seconds: float, cpu: float, outcome: Outcome) -> None:
    rate = made.bytes / 1e6 / seconds
    print(
        f"  {workers} worker(s): {seconds:.1f} s wall, {cpu:.1f} s CPU; "
        f"{made.articles / seconds:,.0f} articles/s, {rate:.2f} MB/s, "
        f"{made.bytes / 1e6 / cpu:.2f} MB per CPU-second; peak memory "
        f"{max(outcome.times.peak_bytes, _own_peak()) / 1e6:,.0f} MB in one process"
    )
    stages = sorted(outcome.times.seconds.items(), key=lambda item: -item[1])
    print("    seconds by stage: " + ", ".join(f"{name} {value:.1f}" for name, value in stages))
    pairs = ", ".join(f"{how} {count:,}" for how, count in outcome.summary.pairs.items())
    print(f"    pairs: {pairs}; unpaired {sum(outcome.summary.unpaired.values()):,}")


def _cpu() -> float:
    """CPU-seconds of this process and of its finished children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _own_peak() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
