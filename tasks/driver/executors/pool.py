"""Shards in threads or processes of this machine."""

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor as PoolBase
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from tasks.driver.collector import collect_seldom
from tasks.driver.executors.base import WorkerDiedError, in_order
from tasks.driver.executors.stopping import obey

T = TypeVar("T")
R = TypeVar("R")

log = logging.getLogger("zhen")


class PoolExecutor:
    """Shards in threads or in processes of this machine; ``kind`` is one of the two words.

    A shard whose worker process died is done again in a process of its own; when that dies too,
    WorkerDiedError names the shard. Worker processes end with this one, however it ends.
    """

    def __init__(self, kind: str, workers: int) -> None:
        self.kind = kind
        self.workers = workers
        self._lock = threading.Lock()  # map may be called from several threads at once
        self._pool: PoolBase | None = None
        self._stop = threading.Event()
        self._lifeline: Connection | None = None  # workers end when this end of it is closed

    @property
    def here(self) -> "PoolExecutor":
        """Itself."""
        return self

    def map(
        self, function: Callable[[T], R], items: Iterable[T], stage: str, first: int = 1
    ) -> Iterator[R]:
        """See :class:`tasks.driver.Executor`."""

        def submit(item: T, number: int) -> _Shard[T, R]:
            return _Shard(self, function, item, stage, number, self._submit(function, item))

        return in_order(submit, items, self.workers * 2, first)

    def _submit(self, function: Callable[[T], R], item: T) -> "Future[R]":
        pool = self._started()
        try:
            with _interrupts_held():  # this is where processes are started
                return pool.submit(function, item)
        except BrokenProcessPool:
            with self._lock:
                if self._pool is pool:
                    self._pool = None
            return self._submit(function, item)

    def _started(self) -> PoolBase:
        with self._lock:
            if self._pool is None:
                if self.kind == "threads":
                    self._pool = ThreadPoolExecutor(
                        self.workers, initializer=obey, initargs=(self._stop,)
                    )
                else:
                    self._pool = self._processes(self.workers)
            return self._pool

    def _processes(self, workers: int) -> ProcessPoolExecutor:
        # Not "fork": the parent may hold threads and locks (Prefect, Arrow).
        context = multiprocessing.get_context("spawn")
        if self._lifeline is None:
            self._lifeline_end, self._lifeline = context.Pipe(duplex=False)
        return ProcessPoolExecutor(
            workers, mp_context=context, initializer=_follow, initargs=(self._lifeline_end,)
        )

    def again(self, function: Callable[[T], R], item: T, stage: str, number: int) -> R:
        """Do a shard whose worker died once more, in a process that does nothing else."""
        died = WorkerDiedError(stage, number, "a worker process died")
        if self._stop.is_set():
            raise died
        log.warning("a worker process died; shard %d of stage %s is done again", number, stage)
        with self._lock:
            pool = self._processes(1)
        try:
            with _interrupts_held():
                future = pool.submit(function, item)
            return future.result()
        except BrokenProcessPool:
            raise died from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def close(self) -> None:
        """Stop the workers; a shard at work is finished first, waiting ones are dropped."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)
        if self._lifeline is not None:
            self._lifeline.close()
            self._lifeline_end.close()
            self._lifeline = None

    def stop(self) -> None:
        """Stop the workers at once: processes end where they are, threads after their document."""
        self._stop.set()
        if self._lifeline is not None:
            self._lifeline.close()
        self.close()

    def __enter__(self) -> "PoolExecutor":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: Any) -> None:
        self.close() if kind is None else self.stop()


@dataclass(frozen=True, slots=True)
class _Shard(Generic[T, R]):
    """A shard at work."""

    executor: PoolExecutor
    function: Callable[[T], R]
    item: T
    stage: str
    number: int
    future: "Future[R]"

    def result(self) -> R:
        try:
            return self.future.result()
        except BrokenProcessPool:
            # Every shard that was at work is told so, not only the one to blame.
            return self.executor.again(self.function, self.item, self.stage, self.number)

    def cancel(self) -> object:
        return self.future.cancel()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes started in the block never see Ctrl-C, which reaches all of them on a terminal:
    the driver decides.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _follow(lifeline: Connection) -> None:
    """In a worker process: end when the driver has gone, or says so."""
    collect_seldom()

    def wait() -> None:
        try:
            lifeline.recv_bytes()
        except (EOFError, OSError):
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
