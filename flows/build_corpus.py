"""The main flow: a folder of documents in, aligned Chinese and English corpora out.

``python -m flows.build_corpus INPUT... --out DIR`` runs it, as ``zhen run`` does.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from flows.prefect_home import prepare_prefect

prepare_prefect(quiet=False)

# Prefect reads its environment when it is imported, hence the order.
from prefect import flow, get_run_logger, task  # noqa: E402
from prefect.artifacts import create_markdown_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.futures import PrefectFuture  # noqa: E402
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings  # noqa: E402

from flows.config import load_config  # noqa: E402
from flows.request import Finished, Request, plan_of  # noqa: E402
from flows.running import execute  # noqa: E402
from flows.runs.events import Event, as_text  # noqa: E402
from flows.runs.log import Sink  # noqa: E402
from flows.runs.watch import Watch, watched  # noqa: E402
from flows.temporary_server import bind_temporary_server  # noqa: E402
from tasks.driver import Executor, Plan, Progress  # noqa: E402
from tasks.emit.summary import headline, tables  # noqa: E402

bind_temporary_server()

T = TypeVar("T")
R = TypeVar("R")


class TaskRunExecutor:
    """Makes each shard a Prefect task run; where it is computed is up to the executor inside.

    The task run waits in a thread for the inner executor, so worker processes need not import
    Prefect, and the same settings choose the workers with and without it.
    """

    def __init__(self, inner: Executor) -> None:
        self._inner = inner
        self.workers = inner.workers

    @property
    def here(self) -> "TaskRunExecutor":
        """Task runs around what is inner's own."""
        return TaskRunExecutor(self._inner.here)

    def map(
        self, function: Callable[[T], R], items: Iterable[T], stage: str, first: int = 1
    ) -> Iterator[R]:
        """See :class:`tasks.driver.Executor`."""
        held: dict[int, T] = {}  # a task run gets the number of its shard, never data

        @task(
            name=stage,
            task_run_name=f"{stage}-{{number}}",
            # Bad data never raises here; what is worth another try is the disk and the network.
            retries=2,
            retry_delay_seconds=[1, 10],
            retry_condition_fn=_is_input_output,
            cache_policy=NO_CACHE,
            persist_result=False,
        )
        def shard(number: int) -> R:
            return next(iter(self._inner.map(function, [held[number]], stage, number)))

        waiting: list[tuple[int, PrefectFuture[R]]] = []
        for number, item in enumerate(items, first):
            if len(waiting) >= self.workers * 2:
                yield _result(waiting, held)
            held[number] = item
            waiting.append((number, shard.submit(number)))
        while waiting:
            yield _result(waiting, held)


def _result(waiting: list[tuple[int, PrefectFuture[R]]], held: dict[int, T]) -> R:
    number, future = waiting.pop(0)
    result = future.result()
    del held[number]
    return result


def _is_input_output(_task: object, _run: object, state: Any) -> bool:
    try:
        state.result(raise_on_failure=True)
    except OSError:
        return True
    except Exception:
        return False
    return False


@flow(name="build-corpus", persist_result=False)
def build_corpus(
    inputs: list[str],
    out: str,
    config: str | None = None,
    settings: list[str] | None = None,
    pairs: str | None = None,
) -> dict[str, Any]:
    """Build (or bring up to date) the corpus folder ``out`` from files and folders.

    ``config`` is a ``zhen.toml``, ``settings`` are ``section.name=value`` strings over it,
    ``pairs`` a TSV of known pairs. Returns the counts of the corpus. Nothing is done when nothing
    has changed.
    """
    request = Request(
        tuple(Path(path) for path in inputs),
        Path(out),
        load_config(Path(config) if config else None, flags=settings or ()),
        Path(pairs) if pairs else None,
    )
    with watched(request, _to_flow_log()) as watch:
        return _build(request, plan_of(request), watch, None).counts


def run_as_flow(request: Request, plan: Plan, watch: Watch, progress: Progress) -> Finished:
    """The same flow for a caller in this process that has looked at the inputs already."""

    @flow(name="build-corpus", persist_result=False)
    def build_corpus_here() -> Finished:
        return _build(request, plan, watch, progress)

    # The heartbeat tells a server whether a far process lives; here it only costs a second.
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        return build_corpus_here()


def _build(request: Request, plan: Plan, watch: Watch, progress: Progress | None) -> Finished:
    finished = execute(request, plan, watch, progress=progress, wrap=TaskRunExecutor)
    _leave_artifact(finished)
    return finished


def _to_flow_log() -> Sink:
    """Shows what happens in the log of the flow run, on the server's page."""
    logger = get_run_logger()

    def sink(event: Event) -> None:
        logger.log(getattr(logging, event.level.upper()), "%s", as_text(event))

    return sink


def _leave_artifact(finished: Finished) -> None:
    """Put the counts and the place of the report beside the flow run."""
    rows = [
        f"| {table.title} | {name} | {count} |"
        for table in tables(finished.summary)
        for name, count in table.rows
    ]
    create_markdown_artifact(
        "\n".join(
            [
                f"{headline(finished.summary)}",
                "",
                "| | | |",
                "|---|---|---:|",
                *rows,
                "",
                f"Report: `{finished.plan.out / 'report.html'}`",
            ]
        ),
        key="zhen-summary",
        description="What the run made",
    )


if __name__ == "__main__":
    import sys

    from flows.cli.app import main

    sys.argv.insert(1, "run")
    main()
