"""What the stages cost: seconds and memory by stage."""

import resource
import sys
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Wall-clock seconds by stage, the highest resident memory in bytes of any one process, and
    for each stage in which a process became larger than ever before how large that was. The stage
    with the highest figure is the one that needs the memory. ``cpu`` are the seconds of a
    processor, which a busy machine hardly changes.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    peak_bytes: int = 0
    memory: dict[str, int] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)

    def __add__(self, other: "StageTimes") -> "StageTimes":
        return StageTimes(
            _sum(self.seconds, other.seconds),
            max(self.peak_bytes, other.peak_bytes),
            {
                name: max(self.memory.get(name, 0), other.memory.get(name, 0))
                for name in sorted({*self.memory, *other.memory})
            },
            _sum(self.cpu, other.cpu),
        )


def _sum(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {name: one.get(name, 0.0) + other.get(name, 0.0) for name in sorted({*one, *other})}


class StageClock:
    """Adds up the time spent in named stages, and notes where memory grows."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._memory: dict[str, int] = {}
        self._cpu: dict[str, float] = {}

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Count the time of the block under ``name``."""
        return _Stage(self, name)

    def add(self, name: str, seconds: float, cpu: float, grown_to: int | None) -> None:
        """Count wall-clock and processor seconds, and how large the process became if it grew."""
        self._seconds[name] = self._seconds.get(name, 0.0) + seconds
        self._cpu[name] = self._cpu.get(name, 0.0) + cpu
        if grown_to is not None:
            self._memory[name] = grown_to

    def times(self) -> StageTimes:
        """What was counted so far."""
        return StageTimes(dict(self._seconds), peak_memory(), dict(self._memory), dict(self._cpu))


class _Stage(AbstractContextManager[None]):
    """A stage while it lasts; a class, since a generator costs more than the clocks it asks."""

    __slots__ = ("_before", "_clock", "_cpu", "_name", "_start")

    def __init__(self, clock: StageClock, name: str) -> None:
        self._clock = clock
        self._name = name

    def __enter__(self) -> None:
        self._start = time.perf_counter()
        self._cpu, self._before = _used()

    def __exit__(self, *failure: object) -> None:
        seconds = time.perf_counter() - self._start
        cpu, after = _used()
        grown_to = after if after > self._before else None
        self._clock.add(self._name, seconds, cpu - self._cpu, grown_to)


def peak_memory() -> int:
    """The highest resident memory of this process so far, in bytes."""
    try:
        with open("/proc/self/status", "rb") as status:
            line = next(line for line in status if line.startswith(b"VmHWM:"))
        return int(line.split()[1]) * 1024
    except (OSError, StopIteration):
        return _high_mark()


def _used() -> tuple[float, int]:
    """Processor seconds of this thread, and :func:`_high_mark`: in one call of the system where it
    can be, since that is dear for a document of a few kilobytes.
    """
    if sys.platform == "linux":
        used = resource.getrusage(resource.RUSAGE_THREAD)
        return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024
    return time.thread_time(), _high_mark()


def _high_mark() -> int:
    """The same, a hundred times faster, but never below what the parent had when it started this
    process (on Linux ``exec`` hands that down): good for seeing a rise.
    """
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
