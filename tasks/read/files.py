"""Opening input files without ever waiting for, or being led astray by, what is not a file."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager

from models.records import QuarantineReason
from tasks.read.unusable import UnreachableError

#: Bytes taken from a file at a time.
CHUNK = 1 << 20
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)  # opening a pipe returns at once
    | getattr(os, "O_NOFOLLOW", 0)  # the path is a real one; a link now is a swap
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


@contextmanager
def opened(path: str) -> Iterator[tuple[int, int]]:
    """A descriptor of the regular file ``path`` and its size in bytes.

    Raises :class:`UnreachableError`: UNREADABLE, also for I/O errors inside the block, or
    NOT_A_FILE.
    """
    try:
        descriptor = os.open(path, _FLAGS)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UnreachableError(QuarantineReason.NOT_A_FILE, "no longer a regular file")
            yield descriptor, status.st_size
        finally:
            os.close(descriptor)
    except OSError as error:
        detail = f"cannot be read: {error.strerror or 'I/O error'}"
        raise UnreachableError(QuarantineReason.UNREADABLE, detail) from error


def chunks(descriptor: int) -> Iterator[bytes]:
    """The bytes of an open file from where it stands, :data:`CHUNK` at a time."""
    while chunk := os.read(descriptor, CHUNK):
        yield chunk


def read_range(path: str, start: int, size: int) -> bytes:
    """``size`` bytes from ``start``, fewer at the end of the file.

    Raises :class:`UnreachableError`.
    """
    with opened(path) as (descriptor, file_size):
        if start:
            os.lseek(descriptor, start, os.SEEK_SET)
        parts: list[bytes] = []
        at, end = start, start + size
        while at < end and (part := os.read(descriptor, min(end - at, 1 << 24))):
            parts.append(part)
            at += len(part)
            if at == file_size:  # no need to be told that there is no more
                break
        return b"".join(parts)
