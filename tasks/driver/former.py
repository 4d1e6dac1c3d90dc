"""What a published corpus was put together from, so that the next one takes over what is the same.

The list lies in the work folder and bears the digest of the manifest that it belongs to, so it is
never held against another corpus; what is taken over is held against the digests in the manifest.
"""

import os
from array import array
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from pathlib import Path

import msgspec

from tasks.driver.files import write_whole
from tasks.driver.store import Key
from tasks.emit.corpus import MANIFEST
from tasks.emit.jsonl import CorpusError
from tasks.emit.summary import read_manifest

_PREFIX = "contents-"
_KEY = 20  # bytes
_CHECK = 16  # bytes


@dataclass(slots=True)
class Contents:
    """What a corpus folder was put together from.

    Items are its pairs, then its articles without counterpart, each with its key, its note (an
    encoded :class:`tasks.driver.parts.ItemNote`), and page of the report and byte in it where its
    section begins; documents are all that were read, with their bytes in ``removed.jsonl``.
    ``basis`` is a digest of everything that the bytes depend on besides.
    """

    basis: Key
    items: list[Key] = field(default_factory=list)
    notes: list[bytes] = field(default_factory=list)
    places: list[tuple[str, int]] = field(default_factory=list)
    documents: list[Key] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Former:
    """A published corpus: its folder, contents, and the SHA-256 of its files by path in it."""

    folder: Path
    contents: Contents
    digests: dict[str, str]


class _Stored(msgspec.Struct, array_like=True):
    """How contents are kept: keys in one string, numbers as they lie in memory, names once."""

    basis: bytes
    items: bytes
    notes: list[bytes]
    pages: list[str]
    page_of: bytes
    starts: bytes
    documents: bytes
    removed: bytes


def remember_contents(work: Path, built: Path, contents: Contents) -> None:
    """Keep the contents of a folder that is complete, with its manifest, and about to be
    published.
    """
    pages = list(dict.fromkeys(page for page, _ in contents.places))
    number = {page: n for n, page in enumerate(pages)}
    stored = _Stored(
        contents.basis,
        b"".join(contents.items),
        contents.notes,
        pages,
        array("Q", (number[page] for page, _ in contents.places)).tobytes(),
        array("Q", (start for _, start in contents.places)).tobytes(),
        b"".join(contents.documents),
        array("Q", contents.removed).tobytes(),
    )
    data = msgspec.msgpack.encode(stored)
    write_whole(work / _name(built), blake2b(data, digest_size=_CHECK).digest() + data)


def find_former(work: Path, out: Path, basis: Key) -> Former | None:
    """The corpus that is published in ``out``, if its contents are known and rest on ``basis``."""
    try:
        content = (work / _name(out)).read_bytes()
        manifest = read_manifest(out)
    except (OSError, CorpusError):
        return None
    data = memoryview(content)[_CHECK:]
    if blake2b(data, digest_size=_CHECK).digest() != content[:_CHECK]:
        return None
    stored = msgspec.msgpack.decode(data, type=_Stored)
    if stored.basis != basis:
        return None
    places = zip(_numbers(stored.page_of), _numbers(stored.starts), strict=True)
    contents = Contents(
        stored.basis,
        _keys(stored.items),
        stored.notes,
        [(stored.pages[page], start) for page, start in places],
        _keys(stored.documents),
        _numbers(stored.removed).tolist(),
    )
    digests = {name: entry.sha256 for name, entry in manifest.files.items()}
    return Former(out, contents, digests)


def forget_contents(work: Path, out: Path) -> int:
    """Drop lists that do not belong to the published corpus; their bytes."""
    try:
        kept = _name(out)
    except OSError:
        kept = ""
    size = 0
    for path in work.glob(f"{_PREFIX}*"):
        if path.name != kept:
            with suppress(OSError):
                size += path.stat().st_size
                os.unlink(path)
    return size


def taken_over(keys: Sequence[Key], former: Sequence[Key]) -> list[int]:
    """Where each key stands in ``former``; -1 for what is not there, or only before a former one.

    >>> taken_over([b"a", b"x", b"c", b"b"], [b"a", b"b", b"c"])
    [0, -1, 2, -1]
    """
    place = {key: number for number, key in enumerate(former)}
    found: list[int] = []
    last = -1
    for key in keys:
        at = place.get(key, -1)
        found.append(at if at > last else -1)
        last = max(at, last)
    return found


def _name(folder: Path) -> str:
    return _PREFIX + sha256((folder / MANIFEST).read_bytes()).hexdigest()[:32]


def _keys(data: bytes) -> list[Key]:
    return [data[at : at + _KEY] for at in range(0, len(data), _KEY)]


def _numbers(data: bytes) -> "array[int]":
    found = array("Q")
    found.frombytes(data)
    return found
