"""The work store: results of stages by key, in append-only segment files.

A segment is a run of records ``key (20 bytes), size, checksum, payload``. A worker writes its own
segment and nobody else's; it only ever appends, so a kill leaves at worst one torn record at the
end, which the next reader does not see. The same key may stand in two segments (two workers did
the same work); the payloads are then equal, since stages are pure.
"""

import mmap
import os
import platform
import secrets
import struct
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Protocol
from zlib import crc32

HEADER = struct.Struct("<20sII")  # key, payload size in bytes, CRC-32 of the payload
SUFFIX = ".segment"
_URL = "://"

Key = bytes


class StoreError(Exception):
    """A record of the work store cannot be read back."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a payload lies: segment file, byte offset, size in bytes, checksum."""

    segment: str
    offset: int
    size: int
    checksum: int


def stage_key(stage: str, *parts: str | bytes) -> Key:
    """The key of a stage's result: a digest over its name and everything the result depends on."""
    digest = blake2b(digest_size=20)
    for part in (stage, *parts):
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.digest()


class Writer(Protocol):
    """Takes records into segments of a store."""

    def put(self, key: Key, payload: bytes) -> Location:
        """Take one record; where it lies, or will lie after ``sync``."""
        ...

    def sync(self) -> None:
        """Bring to the store what was taken."""
        ...

    def close(self) -> None:
        """Take no more."""
        ...


class SegmentWriter:
    """Appends records to a segment of its own, created at the first record.

    It works on a bare descriptor: every record is one write, so nothing waits in a buffer when the
    process is killed, and it closes when the thread that holds it ends.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / f"{name}{SUFFIX}"
        self._descriptor = -1
        self._size = 0

    def put(self, key: Key, payload: bytes) -> Location:
        """Append one record; it survives a kill of this process from here on."""
        if self._descriptor < 0:
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
            self._descriptor = os.open(self._path, flags, 0o666)
            self._size = os.fstat(self._descriptor).st_size
        checksum = crc32(payload)
        record = memoryview(HEADER.pack(key, len(payload), checksum) + payload)
        while record:
            record = record[os.write(self._descriptor, record) :]
        start = self._size + HEADER.size
        self._size = start + len(payload)
        return Location(str(self._path), start, len(payload), checksum)

    def sync(self) -> None:
        """Bring what was written to disk."""
        if self._descriptor >= 0:
            os.fsync(self._descriptor)

    def close(self) -> None:
        """Close the segment."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __del__(self) -> None:
        self.close()


_this_thread = threading.local()


def thread_writer(store: str, run: str) -> Writer:
    """The writer of this thread for a run: segments that no other thread or machine writes."""
    place = (store, run)
    if getattr(_this_thread, "place", None) != place:
        if hasattr(_this_thread, "writer"):
            _this_thread.writer.close()
        host = "".join(ch for ch in platform.node() if ch.isalnum() or ch == "-")
        # Machines of a cluster may bear one name and give the same numbers; chance parts them.
        name = f"{run}-{host}-{os.getpid()}-{secrets.token_hex(4)}"
        _this_thread.writer = open_writer(store, name)
        _this_thread.place = place
    writer: Writer = _this_thread.writer
    return writer


def open_writer(store: str, name: str) -> Writer:
    """A writer of segments with that name."""
    if is_url(store):
        from tasks.driver.remote import RemoteWriter

        return RemoteWriter(store, name)
    return SegmentWriter(Path(store), name)


class WorkStore:
    """The index of all segments of a store (a folder, or a URL that fsspec knows): which keys have
    a result, and where.

    Nothing is written; a folder that is not there has no results. Raises StoreError.
    """

    def __init__(self, place: Path | str) -> None:
        self.place = str(place)
        self._index: dict[Key, Location] = {}
        for _, records in scan_store(self.place):
            self._index.update(records)

    def __contains__(self, key: Key) -> bool:
        return key in self._index

    def __len__(self) -> int:
        return len(self._index)

    def locate(self, key: Key) -> Location:
        """Where the result of ``key`` lies; KeyError when there is none."""
        return self._index[key]

    def get(self, key: Key) -> bytes:
        """The result of ``key``; KeyError when there is none."""
        return read_payload(self._index[key])

    def bytes_of(self, key: Key) -> int:
        """The bytes that the record of ``key`` takes; 0 when there is none."""
        location = self._index.get(key)
        return 0 if location is None else HEADER.size + location.size

    def add(self, entries: Iterable[tuple[Key, Location]]) -> None:
        """Take results into the index that a worker wrote."""
        self._index.update(entries)


def is_url(place: str) -> bool:
    """Whether a store is at a URL, and no folder."""
    return _URL in place


def scan_store(place: str) -> Iterator[tuple[str, list[tuple[Key, Location]]]]:
    """The segments of a store, in the order of the runs that wrote them, with their records."""
    if is_url(place):
        from tasks.driver.remote import remote_segments, scan_remote

        yield from scan_remote(remote_segments(place))
        return
    for path in segments(Path(place)):
        yield str(path), list(scan_segment(path))


def segments(folder: Path) -> list[Path]:
    """The segment files of a folder by name: in the order of the runs that wrote them."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def scan_segment(path: Path) -> Iterator[tuple[Key, Location]]:
    """The whole records of a segment; a torn one at the end is left out."""
    size = path.stat().st_size
    if size < HEADER.size:
        return
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        at = 0
        name = str(path)
        while at + HEADER.size <= size:
            key, length, checksum = HEADER.unpack_from(view, at)
            start = at + HEADER.size
            if start + length > size or not any(key):
                break  # torn by a kill, or the zeros that a power cut leaves
            yield key, Location(name, start, length, checksum)
            at = start + length


def checksum_of(payload: bytes) -> int:
    """The checksum of a payload."""
    return crc32(payload)


def read_payload(location: Location) -> bytes:
    """The payload at a location. Raises StoreError when it is not what was written."""
    if is_url(location.segment):
        from tasks.driver.remote import read_remote

        payload = read_remote(location)
    else:
        try:
            number = _descriptor(location.segment)
            payload = os.pread(number, location.size, location.offset)
        except OSError as error:
            raise StoreError(f"{location.segment}: {error.strerror}") from error
    if len(payload) != location.size or checksum_of(payload) != location.checksum:
        raise StoreError(
            f"{location.segment}: damaged at byte {location.offset}; delete this file and run again"
        )
    return payload


class _Descriptor:
    """An open file that closes when it falls out of the cache."""

    def __init__(self, path: str) -> None:
        self.number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def __del__(self) -> None:
        os.close(self.number)


@lru_cache(maxsize=256)
def _open(path: str, inode: int) -> _Descriptor:
    return _Descriptor(path)


def _descriptor(path: str) -> int:
    # The inode is part of the cache's key: a store deleted and made again has other files.
    return _open(path, os.stat(path).st_ino).number
