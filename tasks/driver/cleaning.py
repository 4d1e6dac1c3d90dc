"""Dropping work that nothing refers to: results of old inputs and settings, leftovers of dead runs.

What the published corpus was made of is kept, so that the next run finds it; so is what runs did
after the last publication, since the next one goes on from there.
"""

import os
import shutil
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tasks.driver.files import sync_folder, write_whole
from tasks.driver.former import forget_contents
from tasks.driver.plan import store_of
from tasks.driver.publish import recover
from tasks.driver.store import (
    Key,
    Location,
    StoreError,
    Writer,
    is_url,
    open_writer,
    read_payload,
    scan_store,
)

_REFERENCES = "references"
_KEY = 20  # bytes
#: Whole segments below this size are joined, so that nightly runs do not leave thousands of files.
_SMALL = 4_000_000
#: A joined segment is closed when it is larger than this.
_LARGE = 1_000_000_000
_LEFTOVERS = ("next", "replaced")


@dataclass(frozen=True, slots=True)
class Dropped:
    """What cleaning dropped: results and bytes of the work store, bytes of dead runs' leftovers."""

    results: int = 0
    result_bytes: int = 0
    leftover_bytes: int = 0

    def __add__(self, other: "Dropped") -> "Dropped":
        return Dropped(
            self.results + other.results,
            self.result_bytes + other.result_bytes,
            self.leftover_bytes + other.leftover_bytes,
        )


class _References(msgspec.Struct):
    """The keys that the published corpus was made of, and the run that published it. ``earlier``
    has those that former publications were made of besides, the newest first.
    """

    run: str
    keys: bytes
    earlier: list[bytes] = []


def remember_references(
    work: Path, run: str, keys: Collection[Key], publications: int = 1
) -> set[Key]:
    """Note what the corpus that ``run`` has just published was made of; all that the last so many
    publications were made of.
    """
    found = [set(keys)]
    before = _read_references(work)
    for data in (before.keys, *before.earlier) if before else ():
        # The same corpus once more is no publication of its own.
        if len(found) < publications and (rest := _split(data).difference(*found)):
            found.append(rest)
    newest, *earlier = (b"".join(sorted(one)) for one in found)
    write_whole(work / _REFERENCES, msgspec.msgpack.encode(_References(run, newest, list(earlier))))
    return set().union(*found)


def clean_work(out: Path, work: Path, publications: int = 1, store_url: str = "") -> Dropped:
    """Drop what is not referred to from a work folder whose lock the caller holds, and from its
    store; what the last so many publications were made of is kept.

    Without a list of references (nothing published yet) results are kept. A kill at any moment
    costs nothing but time. Raises OSError, StoreError.
    """
    recover(out, work)
    leftover = _drop_leftovers(work) + forget_contents(work, out)
    references = _read_references(work)
    if references is None:
        return Dropped(leftover_bytes=leftover)
    store = store_of(work, store_url)
    before = store_size(store)
    live = _split(references.keys).union(*map(_split, references.earlier[: publications - 1]))
    results = _rewrite(store, live, references.run)
    return Dropped(results, before - store_size(store), leftover)


def _split(keys: bytes) -> set[Key]:
    return {keys[at : at + _KEY] for at in range(0, len(keys), _KEY)}


def _rewrite(store: str, live: set[Key], published: str) -> int:
    """Write live records of segments with dead ones, and of small segments, into new ones; then
    delete the old ones. How many results were dropped (copies of a result count too).
    """
    kept: set[Key] = set()
    dropped = 0
    small: list[_Segment] = []
    rewritten: list[_Segment] = []
    for place, records in scan_store(store):
        if place.rpartition("/")[2].partition("-")[0] > published:
            continue  # work done since: the next run needs it
        good = [(key, where) for key, where in records if key in live and key not in kept]
        kept.update(key for key, _ in good)
        dropped += len(records) - len(good)
        segment = _Segment(place, good)
        if len(good) < len(records) or not _whole(place, records):
            rewritten.append(segment)
        elif sum(where.size for _, where in records) < _SMALL:
            small.append(segment)
    if rewritten or len(small) > 1:
        rewritten += small
    writer = _Joined(store, published)
    for segment in rewritten:
        dropped += sum(not writer.put(key, where) for key, where in segment.good)
    writer.close()
    _sync(store)
    _delete([segment.place for segment in rewritten])
    _sync(store)
    return dropped


@dataclass(frozen=True, slots=True)
class _Segment:
    """A segment and those of its records that are kept."""

    place: str
    good: list[tuple[Key, Location]]


def _whole(place: str, records: list[tuple[Key, Location]]) -> bool:
    """Whether a segment has records, and ends with the last one."""
    if not records:
        return False
    return is_url(place) or records[-1][1].offset + records[-1][1].size == os.path.getsize(place)


class _Joined:
    """Writes records into new segments, which count as those of the run that published."""

    def __init__(self, store: str, published: str) -> None:
        self._store = store
        self._name = f"{published}-clean-{time.time_ns():x}"
        self._number = 0
        self._writer: Writer | None = None
        self._size = 0

    def put(self, key: Key, place: Location) -> bool:
        """Copy a record; False for one that cannot be read any more."""
        try:
            payload = read_payload(place)
        except StoreError:
            return False
        if self._writer is None or self._size > _LARGE:
            self.close()
            self._number += 1
            self._writer = open_writer(self._store, f"{self._name}-{self._number}")
            self._size = 0
        self._writer.put(key, payload)
        self._size += len(payload)
        return True

    def close(self) -> None:
        """Bring what was written to disk."""
        if self._writer is not None:
            self._writer.sync()
            self._writer.close()


def _sync(store: str) -> None:
    if not is_url(store):
        sync_folder(Path(store))


def _delete(places: list[str]) -> None:
    if places and is_url(places[0]):
        from tasks.driver.remote import delete_remote

        delete_remote(places)
        return
    for place in places:
        os.unlink(place)


def store_size(store: str) -> int:
    """The bytes of all segments of a store."""
    if not is_url(store):
        return size_of(Path(store))
    from tasks.driver.remote import remote_size

    return remote_size(store)


def _read_references(work: Path) -> _References | None:
    try:
        return msgspec.msgpack.decode((work / _REFERENCES).read_bytes(), type=_References)
    except (OSError, msgspec.MsgspecError):
        return None


def _drop_leftovers(work: Path) -> int:
    """Delete half-built folders and half-written files of runs that died; their bytes."""
    found = [work / name for name in _LEFTOVERS]
    found += [path for path in work.rglob(".*.part") if path.is_file()]
    size = sum(size_of(path) for path in found)
    for path in found:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return size


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files in a folder; 0 for what is not there."""
    if not path.is_dir():
        return path.lstat().st_size if path.exists() else 0
    total = 0
    for parent, _, names in os.walk(path):
        total += sum(os.lstat(os.path.join(parent, name)).st_size for name in names)
    return total
