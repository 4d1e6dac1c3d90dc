"""Running a plan: shared by the Prefect flow and by ``zhen run --no-prefect``."""

import os
from collections.abc import Callable
from typing import Any, Protocol, Self

from flows.config import RunSettings
from flows.request import Finished, Request
from flows.runs.watch import Watch
from tasks.driver import (
    Executor,
    Plan,
    PoolExecutor,
    Progress,
    SerialExecutor,
    is_published,
    run,
)
from tasks.driver.executors import site_of
from tasks.emit.summary import describe


def execute(
    request: Request,
    plan: Plan,
    watch: Watch,
    *,
    progress: Progress | None = None,
    wrap: Callable[[Executor], Executor] | None = None,
) -> Finished:
    """Carry out a request; do nothing when OUT already holds what it asks for.

    ``watch`` is told how it goes, ``wrap`` puts another executor around the one that the settings
    choose.
    """
    if is_published(plan):
        finished = Finished(plan, None, describe(plan.out))
    else:
        with make_executor(request.config.run, plan) as executor:
            report = watch.begin(plan, executor.workers, progress)
            settings = request.config.run
            outcome = run(
                plan,
                wrap(executor) if wrap else executor,
                report,
                wait=settings.wait,
                keeping=settings.keeping,
            )
        finished = Finished(plan, outcome, outcome.summary)
    watch.ended(finished)
    return finished


class OwnedExecutor(Executor, Protocol):
    """An executor that is ended by leaving its block; with an exception, at once."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, *_: Any) -> None: ...


def make_executor(settings: RunSettings, plan: Plan) -> OwnedExecutor:
    """The executor that the settings ask for.

    ``auto`` takes one process a core, and stays in this process when there is so little to do
    that starting workers would cost more than it saves. Raises ClusterError.
    """
    workers = settings.workers or _cores()
    runner = settings.runner
    if runner == "dask":
        from tasks.driver.executors.dask import DaskExecutor

        return DaskExecutor(settings.address, workers, site_of(plan))
    if runner == "ray":
        from tasks.driver.executors.ray import RayExecutor

        return RayExecutor(settings.address, workers, site_of(plan))
    if runner == "auto":
        few = len(plan.units) <= 2 * settings.shard_size
        runner = "serial" if few else "processes"
    if runner == "serial" or workers == 1:
        return SerialExecutor()
    return PoolExecutor(runner, workers)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1
