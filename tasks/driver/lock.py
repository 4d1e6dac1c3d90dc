"""One run at a time on an output folder."""

import fcntl
import logging
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

log = logging.getLogger("zhen")

_FILE = "lock"
#: Seconds that a lock is tried for at the least, since a look at it (:func:`holder`) holds it for a
#: moment, and between two tries.
_LEAST = 0.25
_PAUSE = 0.05


class LockedError(Exception):
    """Another run holds the output folder."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock, or left it behind: process, host, and since when (ISO 8601, UTC)."""

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        if not self.pid:
            return "a process that left no name"
        return f"process {self.pid} on {self.host} since {self.since}"


@contextmanager
def locked(folder: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold ``folder``'s lock while the block runs; wait for it so many seconds at the most.

    The lock is the kernel's (``flock``): it ends with the process that holds it, however that
    ends and wherever it ran. What stands in the lock file is only for people: when it names a
    holder and the lock is free all the same, that run died, which is told in the log. Raises
    LockedError when another process holds the lock, OSError where the file system has none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / _FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        if not _taken(descriptor, fcntl.LOCK_EX, max(wait, _LEAST)):
            by = _written(descriptor)
            raise LockedError(
                f"another run{f' ({by})' if by else ''} is at work on this output folder; "
                "wait for it or choose another --out"
            )
        dead = _written(descriptor)
        if dead is not None:
            log.warning("the last run (%s) was cut off; this one goes on from what it left", dead)
        since = datetime.now(UTC).isoformat(timespec="seconds")
        _write(descriptor, msgspec.json.encode(Holder(os.getpid(), platform.node(), since)))
        try:
            yield
        finally:
            _write(descriptor, b"")  # failed or stopped, but not cut off
    finally:
        os.close(descriptor)


def holder(folder: Path) -> Holder | None:
    """Who is at work on a folder now; None when nobody is, or nobody ever was."""
    try:
        descriptor = os.open(folder / _FILE, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        if _taken(descriptor, fcntl.LOCK_SH, 0.0):
            return None
        return _written(descriptor) or Holder(0, "", "")
    finally:
        os.close(descriptor)


def _taken(descriptor: int, kind: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            left = end - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(_PAUSE, left))
        except OSError as error:
            text = f"no file locks here ({error.strerror}); put the corpus on another file system"
            raise OSError(error.errno, text) from None
        else:
            return True


def _written(descriptor: int) -> Holder | None:
    try:
        return msgspec.json.decode(os.pread(descriptor, 1000, 0), type=Holder)
    except msgspec.MsgspecError:
        return None


def _write(descriptor: int, content: bytes) -> None:
    with suppress(OSError):  # it is only for people; on a full disk the work itself will say so
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, content, 0)
