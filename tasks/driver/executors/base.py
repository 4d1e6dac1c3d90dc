"""What an executor is, and the plainest one."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, islice
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class WorkerDiedError(Exception):
    """A worker process ended without an answer."""

    def __init__(self, stage: str, number: int, how: str) -> None:
        super().__init__(
            f"{how} in stage {stage}, shard {number}; what was finished is kept, run again to go on"
        )


class Executor(Protocol):
    """Runs a function over items."""

    @property
    def workers(self) -> int:
        """How many shards run at once."""
        ...

    @property
    def here(self) -> "Executor":
        """The executor for work on the corpus folder itself, which stays on this machine.

        A worker elsewhere that is taken for dead may still be writing: it must never write what
        is published.
        """
        ...

    def map(
        self, function: Callable[[T], R], items: Iterable[T], stage: str, first: int = 1
    ) -> Iterator[R]:
        """The results in the order of the items, of which only a few are taken ahead.

        ``stage`` and the number of an item, counted from ``first``, name the work for the user.
        May be called in several threads at once. Raises WorkerDiedError.
        """
        ...


class Answer(Protocol[R_co]):
    """A result to come."""

    def result(self) -> R_co:
        """Wait for it."""
        ...

    def cancel(self) -> object:
        """Nobody waits for it any more."""
        ...


def in_order(
    submit: Callable[[T, int], Answer[R]], items: Iterable[T], ahead: int, first: int
) -> Iterator[R]:
    """Submit items with their numbers, at most ``ahead`` of them at once; the results in order."""
    numbered = zip(items, count(first), strict=False)
    waiting: deque[Answer[R]] = deque()
    try:
        waiting.extend(submit(*one) for one in islice(numbered, ahead))
        while waiting:
            result = waiting[0].result()
            waiting.popleft()
            waiting.extend(submit(*one) for one in islice(numbered, 1))
            yield result
    finally:
        for answer in waiting:
            answer.cancel()


def shards(items: Sequence[T], most: int, workers: int) -> list[tuple[T, ...]]:
    """Items in runs of ``most``, of fewer where that would leave workers idle.

    >>> shards("abcde", 2, workers=1)
    [('a', 'b'), ('c', 'd'), ('e',)]
    """
    fair = -(-len(items) // (workers * 4)) if workers > 1 else most
    size = max(1, min(most, fair))
    return [tuple(items[at : at + size]) for at in range(0, len(items), size)]


class SerialExecutor:
    """One shard after the other, in this process."""

    workers = 1

    @property
    def here(self) -> "SerialExecutor":
        """Itself."""
        return self

    def map(
        self, function: Callable[[T], R], items: Iterable[T], stage: str, first: int = 1
    ) -> Iterator[R]:
        """See :class:`Executor`."""
        return map(function, items)

    def close(self) -> None:
        """Nothing to stop."""

    def __enter__(self) -> "SerialExecutor":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
