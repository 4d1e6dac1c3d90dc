"""Where shards run: in this process, in threads, or in worker processes.

Anything with the same ``map`` will do; the Prefect flow brings one that makes each shard a task
run. The results come in the order of the items, whatever finishes first.
"""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor as PoolBase
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from threading import Lock
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class WorkerDiedError(Exception):
    """A worker process ended without an answer."""


class Executor(Protocol):
    """Runs a function over items."""

    #: How many shards run at once.
    workers: int

    def map(self, function: Callable[[T], R], items: Iterable[T], stage: str) -> Iterator[R]:
        """The results in the order of the items. ``stage`` names the work for the user."""
        ...


class SerialExecutor:
    """One shard after the other, in this process."""

    workers = 1

    def map(self, function: Callable[[T], R], items: Iterable[T], stage: str) -> Iterator[R]:
        """See :class:`Executor`."""
        return map(function, items)

    def close(self) -> None:
        """Nothing to stop."""


class PoolExecutor:
    """Shards in threads or in processes of this machine."""

    def __init__(self, kind: str, workers: int) -> None:
        self.kind = kind
        self.workers = workers
        self._pool: PoolBase | None = None
        self._starting = Lock()  # map may be called from several threads at once

    def _start(self) -> PoolBase:
        with self._starting:
            if self._pool is None:
                if self.kind == "threads":
                    self._pool = ThreadPoolExecutor(self.workers)
                else:
                    # Not "fork": the parent may hold threads and locks (Prefect, Arrow).
                    context = multiprocessing.get_context("spawn")
                    self._pool = ProcessPoolExecutor(self.workers, mp_context=context)
            return self._pool

    def map(self, function: Callable[[T], R], items: Iterable[T], stage: str) -> Iterator[R]:
        """See :class:`Executor`. Only a few items are taken ahead, so memory stays bounded."""
        pool = self._start()
        waiting: list[Future[R]] = []
        source = iter(items)
        done = 0
        try:
            waiting += [pool.submit(function, i) for i in islice(source, self.workers * 2)]
            while waiting:
                result = waiting.pop(0).result()
                waiting += [pool.submit(function, i) for i in islice(source, 1)]
                done += 1
                yield result
        except BrokenProcessPool:
            raise WorkerDiedError(
                f"a worker process died in stage {stage}, shard {done + 1}; "
                "what was finished is kept, run again to go on"
            ) from None
        finally:
            for future in waiting:
                future.cancel()

    def close(self) -> None:
        """Stop the workers; a shard at work is finished first, waiting ones are dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
