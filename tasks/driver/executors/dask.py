"""Shards on a Dask cluster (https://distributed.dask.org): the extra ``zhen[dask]``."""

import logging
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tasks.driver.executors.base import WorkerDiedError
from tasks.driver.executors.cluster import ClusterExecutor
from tasks.driver.executors.pool import PoolExecutor
from tasks.driver.executors.reach import check_reachable, imported
from tasks.driver.executors.site import ClusterError, Site, work_at

T = TypeVar("T")
R = TypeVar("R")

_PORT = 8786


class DaskExecutor(ClusterExecutor):
    """Shards on the cluster whose scheduler listens at ``address`` (``tcp://host:8786``), or on a
    local one of ``workers`` processes when that is "".

    A shard whose worker died goes to another one, as often as the scheduler allows (three times by
    default). Raises ClusterError when there is no such cluster.
    """

    def __init__(self, address: str, workers: int, site: Site) -> None:
        distributed = imported("distributed", "dask")
        super().__init__(site)
        self._cluster: Any = None
        self._dead = (distributed.scheduler.KilledWorker, distributed.client.FutureCancelledError)
        for name in ("distributed", "distributed.nanny", "distributed.scheduler"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is told by zhen
        if address:
            check_reachable(address, _PORT, "Dask scheduler")
            try:
                self._client = distributed.Client(address, timeout=10, set_as_default=False)
            except (OSError, ValueError) as error:
                raise ClusterError(f"no Dask scheduler answers at {address}: {error}") from None
        else:
            self.scratch = tempfile.mkdtemp(prefix="zhen-dask-")
            self._cluster = distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address=":0",
                memory_limit=0,
                local_directory=self.scratch,
            )
            self._client = distributed.Client(self._cluster, set_as_default=False)
        threads = sum(self._client.nthreads().values())
        if not threads:
            self.close()
            raise ClusterError(f"the Dask cluster at {address} has no workers; start some")
        self.workers = threads
        self.here = PoolExecutor("processes", workers)

    def submit(self, function: Callable[[T], R], item: T, stage: str, number: int) -> "_Shard[R]":
        """Give a shard to the cluster."""
        future = self._client.submit(work_at, self.site, function, item, pure=False)
        return _Shard(future, self._dead, stage, number)

    def leave(self) -> None:
        """Leave the cluster; a local one ends."""
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()


@dataclass(frozen=True, slots=True)
class _Shard(Generic[R]):
    """A shard at work."""

    future: Any
    dead: tuple[type[BaseException], ...]
    stage: str
    number: int

    def result(self) -> R:
        try:
            answer: R = self.future.result()
        except self.dead:
            raise WorkerDiedError(self.stage, self.number, "workers of the cluster died") from None
        return answer

    def cancel(self) -> object:
        return self.future.cancel()
