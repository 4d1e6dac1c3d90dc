"""What executors on clusters have in common."""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self, TypeVar

from tasks.driver.executors.base import Answer, in_order
from tasks.driver.executors.pool import PoolExecutor
from tasks.driver.executors.site import Site

T = TypeVar("T")
R = TypeVar("R")


class ClusterExecutor(ABC):
    """Shards on a cluster; see :class:`tasks.driver.Executor`.

    ``scratch`` is a folder that a local cluster writes in, and goes with it.
    """

    workers: int
    here: PoolExecutor

    def __init__(self, site: Site) -> None:
        self.site = site
        self.scratch: str | None = None

    @abstractmethod
    def submit(self, function: Callable[[T], R], item: T, stage: str, number: int) -> Answer[R]:
        """Give a shard to the cluster."""

    @abstractmethod
    def leave(self) -> None:
        """Leave the cluster; a local one ends."""

    def map(
        self, function: Callable[[T], R], items: Iterable[T], stage: str, first: int = 1
    ) -> Iterator[R]:
        """See :class:`tasks.driver.Executor`."""

        def submit(item: T, number: int) -> Answer[R]:
            return self.submit(function, item, stage, number)

        return in_order(submit, items, self.workers * 2, first)

    def close(self) -> None:
        """Leave the cluster and end what is left of it here."""
        self.leave()
        if self.scratch is not None:
            shutil.rmtree(self.scratch, ignore_errors=True)
        if hasattr(self, "here"):  # a cluster without workers is left before there is one
            self.here.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: Any) -> None:
        if kind is not None:
            self.here.stop()
        self.close()
