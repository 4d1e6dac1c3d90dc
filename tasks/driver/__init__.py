"""The plain driver: what is done, in which order, and what need not be done again."""

from tasks.driver.executors import Executor, PoolExecutor, SerialExecutor, WorkerDiedError
from tasks.driver.plan import Plan, is_published, make_plan
from tasks.driver.run import NothingToPublishError, Outcome, Progress, run

__all__ = [
    "Executor",
    "NothingToPublishError",
    "Outcome",
    "Plan",
    "PoolExecutor",
    "Progress",
    "SerialExecutor",
    "WorkerDiedError",
    "is_published",
    "make_plan",
    "run",
]
