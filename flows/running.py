"""Running a plan: shared by the Prefect flow and by ``zhen run --no-prefect``."""

import json
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.config import Config, RunSettings
from models.manifest import Summary
from tasks.driver import (
    Executor,
    Outcome,
    Plan,
    PoolExecutor,
    Progress,
    SerialExecutor,
    is_published,
    make_plan,
    run,
)
from tasks.emit.summary import describe


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks of a run."""

    inputs: tuple[Path, ...]
    out: Path
    config: Config
    pairs_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """A run that is over: ``outcome`` is None when there was nothing to do."""

    plan: Plan
    outcome: Outcome | None
    summary: Summary

    @property
    def counts(self) -> dict[str, Any]:
        """The counts of the corpus as plain tables."""
        return asdict(self.summary)


def plan_of(request: Request) -> Plan:
    """Look at the inputs and decide what is to be made."""
    return make_plan(
        request.inputs,
        request.out,
        request.config.settings,
        pairs_file=request.pairs_file,
        shard_size=request.config.run.shard_size,
    )


def execute(
    request: Request,
    *,
    plan: Plan | None = None,
    progress: Progress | None = None,
    wrap: Callable[[Executor], Executor] | None = None,
) -> Finished:
    """Carry out a request; do nothing when OUT already holds what it asks for.

    ``wrap`` puts another executor around the one that the settings choose.
    """
    plan = plan or plan_of(request)
    if is_published(plan):
        return Finished(plan, None, describe(plan.out))
    started = datetime.now(UTC)
    with closing(make_executor(request.config.run, len(plan.units))) as executor:
        outcome = run(plan, wrap(executor) if wrap else executor, progress)
    _note_run(plan, outcome, started)
    return Finished(plan, outcome, outcome.summary)


def make_executor(settings: RunSettings, documents: int) -> SerialExecutor | PoolExecutor:
    """The executor that the settings ask for.

    ``auto`` takes one process a core, and stays in this process when there is so little to do
    that starting workers would cost more than it saves.
    """
    workers = settings.workers or _cores()
    runner = settings.runner
    if runner == "auto":
        runner = "processes" if workers > 1 and documents > 2 * settings.shard_size else "serial"
    if runner == "serial" or workers == 1:
        return SerialExecutor()
    return PoolExecutor(runner, workers)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


def _note_run(plan: Plan, outcome: Outcome, started: datetime) -> None:
    """Write the record of a run beside the corpus: what was done, what it cost."""
    folder = plan.work / "runs"
    folder.mkdir(exist_ok=True)
    record = {
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(outcome.seconds, 3),
        "inputs": [str(path) for path in plan.inputs],
        "out": str(plan.out),
        "done": outcome.done,
        "reused": outcome.reused,
        "seconds_by_stage": {k: round(v, 3) for k, v in outcome.times.seconds.items()},
        "peak_memory_bytes": outcome.times.peak_bytes,
        "counts": asdict(outcome.summary),
    }
    name = started.strftime("%Y%m%dT%H%M%S.%fZ.json")
    text = json.dumps(record, ensure_ascii=False, indent=1)
    (folder / name).write_text(text + "\n", encoding="utf-8")
