"""What the stages cost: seconds by stage and the peak memory of the process."""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Wall-clock seconds by stage, and the highest resident memory in bytes."""

    seconds: dict[str, float] = field(default_factory=dict)
    peak_bytes: int = 0

    def __add__(self, other: "StageTimes") -> "StageTimes":
        names = sorted({*self.seconds, *other.seconds})
        return StageTimes(
            {name: self.seconds.get(name, 0.0) + other.seconds.get(name, 0.0) for name in names},
            max(self.peak_bytes, other.peak_bytes),
        )


class StageClock:
    """Adds up the time spent in named stages."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of the block under ``name``."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[name] = self._seconds.get(name, 0.0) + time.perf_counter() - start

    def times(self) -> StageTimes:
        """What was counted so far."""
        return StageTimes(dict(self._seconds), peak_memory())


def peak_memory() -> int:
    """The highest resident memory of this process so far, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
