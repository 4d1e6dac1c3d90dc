"""Where shards run: in this process, in threads or processes of this machine, on a cluster.

Anything with the same ``map`` will do; the Prefect flow brings one that makes each shard a task
run. The results come in the order of the items, whatever finishes first.
"""

from tasks.driver.executors.base import Executor, SerialExecutor, WorkerDiedError, shards
from tasks.driver.executors.pool import PoolExecutor
from tasks.driver.executors.site import ClusterError, Site, SiteError, site_of

__all__ = [
    "ClusterError",
    "Executor",
    "PoolExecutor",
    "SerialExecutor",
    "Site",
    "SiteError",
    "WorkerDiedError",
    "shards",
    "site_of",
]
