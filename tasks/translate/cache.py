"""Translations on disk: made once, kept for every later run.

An SQLite file in WAL mode (https://sqlite.org/wal.html): many processes may read and write it at
the same time, and a process that is killed at any moment leaves it whole. The first answer for a
key stays, so two runs that translated the same sentence at the same time go on with the same text.
"""

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.engines import EngineIdentity
from models.records import Lang

_LAYOUT = 1
_PER_QUERY = 500


class CacheError(Exception):
    """The cache file cannot be used. The message is one plain line for the user."""


def cache_key(text: str, source: Lang, target: Lang, who: EngineIdentity, *more: str) -> bytes:
    """The key of a translation: text, direction, engine, model, revision, settings and ``more``
    (the terms that had to be kept). 32 bytes.
    """
    parts = [text, source, target, who.engine, who.model, who.revision]
    parts += [f"{name}={who.settings[name]!r}" for name in sorted(who.settings)]
    digest = sha256()
    for part in (*parts, "\0", *more):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.digest()


class TranslationCache:
    """Values (short JSON texts) by key. ``path`` None keeps them in memory.

    An object may be used in several threads, carried to another process and used after a fork:
    every process opens the file for itself. Raises :class:`CacheError` when the file is no cache.
    """

    def __init__(self, path: Path | None = None):
        self._path = path
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._pid = 0

    def __getstate__(self) -> Path | None:
        if self._path is None:
            raise TypeError("a cache in memory cannot go to another process")
        return self._path

    def __setstate__(self, path: Path | None) -> None:
        self.__init__(path)  # type: ignore[misc]

    def get(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """The values that are known."""
        found: dict[bytes, str] = {}
        with self._open() as connection:
            for start in range(0, len(keys), _PER_QUERY):
                part = keys[start : start + _PER_QUERY]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, value FROM translation WHERE key IN ({marks})"
                found.update(connection.execute(query, part))
        return found

    def put(self, values: Mapping[bytes, str]) -> dict[bytes, str]:
        """Store values in one transaction and return what now stands: the first ones to come."""
        with self._open() as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "INSERT OR IGNORE INTO translation (key, value) VALUES (?, ?)", values.items()
            )
        return self.get(list(values))

    def count(self) -> int:
        """How many translations are stored."""
        with self._open() as connection:
            (found,) = connection.execute("SELECT count(*) FROM translation").fetchone()
        return int(found)

    def close(self) -> None:
        """Close the file; it is opened again when it is needed."""
        with self._lock:
            if self._connection is not None and self._pid == os.getpid():
                self._connection.close()
            self._connection = None

    def __enter__(self) -> "TranslationCache":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._connection is None or self._pid != os.getpid():
                self._connection = self._connect()
                self._pid = os.getpid()
            try:
                yield self._connection
            except sqlite3.DatabaseError as error:
                raise CacheError(f"translation cache {self._path}: {error}") from error

    def _connect(self) -> sqlite3.Connection:
        try:
            if self._path is not None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                ":memory:" if self._path is None else self._path,
                timeout=60,
                isolation_level=None,
                check_same_thread=False,
            )
        except (OSError, sqlite3.Error) as error:
            raise CacheError(f"translation cache {self._path}: {error}") from error
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS translation "
                "(key BLOB PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
            )
            (layout,) = connection.execute("PRAGMA user_version").fetchone()
            if layout not in (0, _LAYOUT):
                raise CacheError(f"translation cache {self._path}: made by another version of zhen")
            connection.execute(f"PRAGMA user_version={_LAYOUT}")
        except sqlite3.DatabaseError as error:
            connection.close()
            raise CacheError(f"translation cache {self._path}: {error}") from error
        except CacheError:
            connection.close()
            raise
        return connection


def chunks(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Lists of at most ``size`` items.

    >>> list(chunks("abc", 2))
    [['a', 'b'], ['c']]
    """
    part: list[Any] = []
    for item in items:
        part.append(item)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
