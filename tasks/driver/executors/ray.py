"""Shards on a Ray cluster (https://docs.ray.io): the extra ``zhen[ray]``."""

import logging
import os
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

_PORT = 6379
#: Results are lists of places, a few kilobytes each.
_OBJECT_STORE = 100_000_000
#: How often a shard whose worker died is given to another one, as with Dask.
_RETRIES = 3


class RayExecutor(ClusterExecutor):
    """Shards on the cluster at ``address`` (``host:6379``, ``ray://host:10001`` or ``auto``), or
    on a local one of ``workers`` processes when that is "".

    Raises ClusterError when there is no such cluster.
    """

    def __init__(self, address: str, workers: int, site: Site) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is sent anywhere
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        if not address or address.partition(":")[0] in ("127.0.0.1", "localhost"):
            # Ray puts the machine's outer address in the place of the loopback one, unless it is
            # told that this is no cluster of machines.
            os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
        self._ray = ray = imported("ray", "ray")
        super().__init__(site)
        quiet = {"log_to_driver": False, "logging_level": logging.CRITICAL}
        if address:
            check_reachable(address, _PORT, "Ray cluster")
            # Its library would wait ten minutes for a cluster that has gone since.
            os.environ.setdefault("RAY_gcs_rpc_server_connect_timeout_s", "5")
            try:
                ray.init(address=address, **quiet)
            except (OSError, RuntimeError, ValueError) as error:
                reason = str(error).split("\n")[0]
                raise ClusterError(f"no Ray cluster answers at {address}: {reason}") from None
        else:
            self.scratch = tempfile.mkdtemp(prefix="zhen-ray-")
            ray.init(
                address="local",
                num_cpus=workers,
                include_dashboard=False,
                object_store_memory=_OBJECT_STORE,
                _node_ip_address="127.0.0.1",
                _temp_dir=self.scratch,
                **quiet,
            )
        self.workers = int(ray.cluster_resources().get("CPU", 0))
        if not self.workers:
            self.close()
            raise ClusterError(f"the Ray cluster at {address} has no CPUs for tasks; start workers")
        self._remote = ray.remote(max_retries=_RETRIES)(work_at)
        self.here = PoolExecutor("processes", workers)

    def submit(self, function: Callable[[T], R], item: T, stage: str, number: int) -> "_Shard[R]":
        """Give a shard to the cluster."""
        reference = self._remote.remote(self.site, function, item)
        return _Shard(self._ray, reference, stage, number)

    def leave(self) -> None:
        """Leave the cluster; a local one ends."""
        self._ray.shutdown()


@dataclass(frozen=True, slots=True)
class _Shard(Generic[R]):
    """A shard at work."""

    ray: Any
    reference: Any
    stage: str
    number: int

    def result(self) -> R:
        errors = self.ray.exceptions
        try:
            answer: R = self.ray.get(self.reference)
        except errors.RayTaskError as error:
            raise error.cause from None
        except errors.RayError as error:
            how = f"workers of the cluster died ({type(error).__name__})"
            raise WorkerDiedError(self.stage, self.number, how) from None
        return answer

    def cancel(self) -> object:
        # Ray ends the tasks of a driver that leaves. Its own cancel takes the whole driver down
        # when the task ends at that moment ("Tried to complete task that was not pending", 2.60).
        return None
