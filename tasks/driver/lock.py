"""One run at a time on an output folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LockedError(Exception):
    """Another run holds the output folder."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold ``folder``'s lock while the block runs.

    The lock is the kernel's (``flock``): it ends with the process that holds it, however that
    ends, so a lock file left over from a crash locks nothing. Raises LockedError at once when
    another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 100).decode("ascii", "replace").strip()
            by = f" (process {holder})" if holder else ""
            raise LockedError(
                f"another run{by} is at work on this output folder; "
                "wait for it or choose another --out"
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)
