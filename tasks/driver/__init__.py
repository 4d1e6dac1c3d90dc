"""The plain driver: what is done, in which order, and what need not be done again."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tasks.driver.build import NothingToPublishError, Outcome, Progress, run
    from tasks.driver.executors import Executor, PoolExecutor, SerialExecutor, WorkerDiedError
    from tasks.driver.plan import Plan, is_published, make_plan

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

_PLACES = {
    "executors": ("Executor", "PoolExecutor", "SerialExecutor", "WorkerDiedError"),
    "plan": ("Plan", "is_published", "make_plan"),
    "build": ("NothingToPublishError", "Outcome", "Progress", "run"),
}


def __getattr__(name: str) -> Any:
    """A name of the driver, loaded when it is asked for: it takes all stages with it, and a command
    that only reads settings needs none of them.
    """
    for module, names in _PLACES.items():
        if name in names:
            return getattr(import_module(f"tasks.driver.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
