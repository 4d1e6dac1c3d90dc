"""Files put together from stretches of other files.

What a corpus had before can be taken over from its published files: these are read from beginning
to end and held against the digests of their manifest on the way, so that no damage is carried on.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from models.manifest import FileDigest

_READ_SIZE = 1 << 20


class DamagedError(Exception):
    """A published file is not what its manifest says, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """``size`` bytes of a file from ``start``; of Parquet and Arrow files so many rows."""

    path: Path
    start: int
    size: int


def join_stretches(
    stretches: Iterable[Stretch],
    path: Path,
    *,
    head: bytes = b"",
    foot: bytes = b"",
    published: Mapping[Path, str] | None = None,
) -> FileDigest:
    """Write stretches one after the other, between ``head`` and ``foot``; the new file's digest.

    ``published`` has the SHA-256 of files that stay and must have it; stretches of each must be in
    its order. Raises DamagedError. All other files are parts: they are deleted once they are taken
    in.
    """
    digest = hashlib.sha256()
    count = size = 0
    with open(path, "wb") as file:
        for chunk in chain([head], _taken(stretches, published or {}), [foot]):
            file.write(chunk)
            digest.update(chunk)
            count += chunk.count(b"\n")
            size += len(chunk)
    return FileDigest(count if path.suffix == ".jsonl" else None, digest.hexdigest(), size)


def _taken(stretches: Iterable[Stretch], published: Mapping[Path, str]) -> Iterator[bytes]:
    checked: dict[Path, _Checked] = {}
    part: tuple[Path, BinaryIO] | None = None
    try:
        for stretch in stretches:
            if stretch.path in published:
                if stretch.path not in checked:
                    checked[stretch.path] = _Checked(stretch.path)
                yield from checked[stretch.path].take(stretch)
                continue
            if part is None or part[0] != stretch.path:
                _finish(part)
                part = (stretch.path, open(stretch.path, "rb"))  # noqa: SIM115 - see finally
            part[1].seek(stretch.start)
            yield from _read(part[1], stretch.size)
        _finish(part)
        part = None
        for place, file in checked.items():
            file.check(published[place])
    finally:
        if part is not None:
            part[1].close()
        for file in checked.values():
            file.close()


def _finish(part: tuple[Path, BinaryIO] | None) -> None:
    if part is not None:
        part[1].close()
        part[0].unlink()


def _read(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0 and (chunk := file.read(min(size, _READ_SIZE))):
        yield chunk
        size -= len(chunk)


class _Checked:
    """A file that is read from its beginning to its end, with the digest of all of it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with _readable(path):
            self._file = open(path, "rb")  # noqa: SIM115 - closed by close()
        self._digest = hashlib.sha256()
        self._at = 0

    def take(self, stretch: Stretch) -> Iterator[bytes]:
        """The bytes of a stretch; what stands before it goes into the digest only."""
        for _ in self._pass(stretch.start - self._at):
            pass
        yield from self._pass(stretch.size)

    def check(self, digest: str) -> None:
        """Hold the whole file against a SHA-256 (hex)."""
        while chunk := self._read(_READ_SIZE):
            self._digest.update(chunk)
        if self._digest.hexdigest() != digest:
            raise DamagedError(f"{self._path} has been changed")

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def _pass(self, size: int) -> Iterator[bytes]:
        while size > 0 and (chunk := self._read(min(size, _READ_SIZE))):
            self._digest.update(chunk)
            self._at += len(chunk)
            size -= len(chunk)
            yield chunk

    def _read(self, size: int) -> bytes:
        with _readable(self._path):
            return self._file.read(size)


def check_published(path: Path, digest: str) -> None:
    """Hold a published file against its SHA-256 (hex). Raises DamagedError."""
    file = _Checked(path)
    try:
        file.check(digest)
    finally:
        file.close()


def read_published(path: Path, digest: str) -> bytes:
    """A whole published file that must have this SHA-256 (hex). Raises DamagedError."""
    with _readable(path):
        data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise DamagedError(f"{path} has been changed")
    return data


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DamagedError(f"{path} cannot be read any more ({error.strerror})") from error
