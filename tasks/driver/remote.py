"""Work files at a URL that fsspec knows (``s3://bucket/corpus``): for machines without a folder
that all of them see.

Such stores cannot append. So a segment holds what one shard made: it is written once, and after it
a list of its records. What has no whole list is not there; a kill costs the shard that was at work.
See https://filesystem-spec.readthedocs.io.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

from tasks.driver.store import HEADER, SUFFIX, Key, Location, StoreError, checksum_of

_LIST = ".list"
_CHECK = 16  # bytes
#: What is read at once: records that are read one after the other mostly lie so too.
_BLOCK = 1_000_000
_BLOCKS = 64
#: A segment that is being joined from others is closed when it is larger than this.
_LARGE = 64_000_000
#: File systems without folders, where the first part of a path is a bucket. One that is not there
#: is a slip in the URL, and nothing to be made on the way (their ``makedirs`` would).
_OF_BUCKETS = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss"}


class RemoteWriter:
    """Collects the records of a shard; ``sync`` makes a segment of them."""

    def __init__(self, url: str, name: str) -> None:
        self._url = url
        self._name = name
        self._number = 0
        self._data = bytearray()
        self._list = bytearray()

    def put(self, key: Key, payload: bytes) -> Location:
        """Take one record; it can be read, and survives a kill, after the next ``sync``."""
        header = HEADER.pack(key, len(payload), checksum_of(payload))
        self._list += header
        self._data += header
        start = len(self._data)
        self._data += payload
        place = f"{self._url}/{self._name}-{self._number:06d}{SUFFIX}"
        location = Location(place, start, len(payload), checksum_of(payload))
        if len(self._data) > _LARGE:
            self.sync()
        return location

    def sync(self) -> None:
        """Store what was taken. Raises StoreError."""
        if not self._data:
            return
        place = f"{self._name}-{self._number:06d}{SUFFIX}"
        write_object(self._url, place, bytes(self._data))
        digest = blake2b(self._list, digest_size=_CHECK).digest()
        write_object(self._url, place + _LIST, bytes(self._list) + digest)
        self._number += 1
        self._data.clear()
        self._list.clear()

    def close(self) -> None:
        """Forget what was not stored: the shard that it is of was cut off."""
        self._data.clear()
        self._list.clear()


def remote_segments(url: str) -> list[str]:
    """The whole segments at a URL, by name: in the order of the runs that wrote them."""
    with _told(url):
        files, root = _filesystem(url)
        files.invalidate_cache()
        if not files.exists(root):
            bucket = root.partition("/")[0]
            if _of_buckets(files) and not files.exists(bucket):
                raise FileNotFoundError(f"there is no bucket {bucket}")
            return []
        names = {str(path).rpartition("/")[2] for path in files.ls(root, detail=False)}
    return sorted(
        f"{url}/{name}" for name in names if name.endswith(SUFFIX) and name + _LIST in names
    )


def remote_size(url: str) -> int:
    """The bytes of all that lies at a URL. Raises StoreError."""
    with _told(url):
        files, root = _filesystem(url)
        files.invalidate_cache()
        return int(files.du(root)) if files.exists(root) else 0


def scan_remote(segments: Iterable[str]) -> Iterator[tuple[str, list[tuple[Key, Location]]]]:
    """Each segment with its records; one whose list is torn has none."""
    for segment in segments:
        url, _, name = segment.rpartition("/")
        with _told(url):
            files, root = _filesystem(url)
            data: bytes = files.cat_file(f"{root}/{name}{_LIST}")
        heads, digest = data[:-_CHECK], data[-_CHECK:]
        records: list[tuple[Key, Location]] = []
        if blake2b(heads, digest_size=_CHECK).digest() == digest:
            at = 0
            for key, size, checksum in HEADER.iter_unpack(heads):
                at += HEADER.size
                records.append((key, Location(segment, at, size, checksum)))
                at += size
        yield segment, records


def read_remote(location: Location) -> bytes:
    """The bytes at a location. Raises StoreError."""
    found = _blocks.held.get(location.segment)
    end = location.offset + location.size
    if found is None or not found[0] <= location.offset <= end <= found[0] + len(found[1]):
        url, _, name = location.segment.rpartition("/")
        with _told(url):
            files, root = _filesystem(url)
            most = max(end, location.offset + _BLOCK)
            data: bytes = files.cat_file(f"{root}/{name}", start=location.offset, end=most)
        found = (location.offset, data)
        _blocks.held[location.segment] = found
        if len(_blocks.held) > _BLOCKS:
            _blocks.held.popitem(last=False)
    start = location.offset - found[0]
    return found[1][start : start + location.size]


def delete_remote(segments: Iterable[str]) -> None:
    """Delete segments, their lists first: a segment without one is not there. Raises StoreError."""
    for segment in segments:
        url, _, name = segment.rpartition("/")
        with _told(url):
            files, root = _filesystem(url)
            files.rm_file(f"{root}/{name}{_LIST}")
            files.rm_file(f"{root}/{name}")


def write_object(url: str, name: str, data: bytes) -> None:
    """Write a file at a URL. Raises StoreError."""
    with _told(url):
        files, root = _filesystem(url)
        if not _of_buckets(files):
            files.makedirs(root, exist_ok=True)
        files.pipe_file(f"{root}/{name}", data)


def read_object(url: str, name: str) -> bytes:
    """Read a file at a URL. Raises StoreError."""
    with _told(url):
        files, root = _filesystem(url)
        data: bytes = files.cat_file(f"{root}/{name}")
    return data


class _Blocks(threading.local):
    """What this thread has read last of each segment: where it begins, and the bytes."""

    def __init__(self) -> None:
        self.held: OrderedDict[str, tuple[int, bytes]] = OrderedDict()


_blocks = _Blocks()


def _filesystem(url: str) -> tuple[Any, str]:
    """The file system of a URL and the path in it; fsspec keeps file systems for later."""
    from fsspec.core import url_to_fs  # slow to load, and seldom needed

    files, root = url_to_fs(url)
    if getattr(files, "async_impl", False):
        files.loop.set_exception_handler(_unheard)
    return files, root.rstrip("/")


def _unheard(_loop: Any, _context: dict[str, Any]) -> None:
    """An error in a library's own task that nothing waits for, in the loop of the file systems.

    asyncio would print it with a traceback (aiohttp's writer has one when a service goes away);
    what it means for the call that was made is raised there, and told in a line.
    """


def _of_buckets(files: Any) -> bool:
    names = files.protocol
    return not _OF_BUCKETS.isdisjoint([names] if isinstance(names, str) else names)


@contextmanager
def _told(url: str) -> Iterator[None]:
    """What a file system says, with the place.

    Libraries have errors of their own (botocore, of a service that does not answer), so every one
    is taken; nothing but calls of theirs stands in such a block.
    """
    try:
        yield
    except Exception as error:
        raise StoreError(f"the work store {url} cannot be used: {error}") from error
