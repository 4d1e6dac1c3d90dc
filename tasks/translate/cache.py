"""Translations on disk: made once, kept for every later run.

An SQLite file in WAL mode (https://sqlite.org/wal.html): many processes may read and write it at
the same time, and a process that is killed at any moment leaves it whole. The first answer for a
key stays, so two runs that translated the same sentence at the same time go on with the same text.
Every translation has the day of its last use, so that a file that grew too large loses those that
nobody asks for.
"""

import math
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.engines import EngineIdentity
from models.records import Lang

_LAYOUT = 2
_PER_QUERY = 500
#: What :meth:`TranslationCache.shrink` leaves of the limit, so that it is not needed every time.
_LEFT = 0.9


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
        today = _today()
        with self._open() as connection:
            for part in chunks(keys, _PER_QUERY):
                marks = ",".join("?" * len(part))
                query = f"SELECT key, value, used FROM translation WHERE key IN ({marks})"
                rows = connection.execute(query, part).fetchall()
                found.update((key, value) for key, value, _ in rows)
                stale = [(today, key) for key, _, used in rows if used < today]
                if stale:  # at most one write a day for a translation
                    with connection:
                        connection.execute("BEGIN IMMEDIATE")
                        connection.executemany("UPDATE translation SET used=? WHERE key=?", stale)
        return found

    def put(self, values: Mapping[bytes, str]) -> dict[bytes, str]:
        """Store values in one transaction and return what now stands: the first ones to come."""
        with self._open() as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            today = _today()
            connection.executemany(
                "INSERT OR IGNORE INTO translation (key, value, used) VALUES (?, ?, ?)",
                ((key, value, today) for key, value in values.items()),
            )
        return self.get(list(values))

    def count(self) -> int:
        """How many translations are stored."""
        with self._open() as connection:
            (found,) = connection.execute("SELECT count(*) FROM translation").fetchone()
        return int(found)

    def size(self) -> int:
        """Bytes that the translations take, without room that is free in the file."""
        with self._open() as connection:
            pages, free, bytes_each = (
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "freelist_count", "page_size")
            )
        return int((pages - free) * bytes_each)

    def shrink(self, limit: int) -> int:
        """Drop translations, those not used for longest first, when they take more than ``limit``
        bytes; how many were dropped. What a run needs again is then translated again.
        """
        if self.size() <= limit:
            return 0
        with self._open() as connection:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                count = self.count()
                dropped = min(count, math.ceil(count * (1 - _LEFT * limit / self.size())))
                connection.execute(
                    "DELETE FROM translation WHERE key IN "
                    "(SELECT key FROM translation ORDER BY used, key LIMIT ?)",
                    (dropped,),
                )
            connection.executescript("PRAGMA incremental_vacuum")  # execute() frees one page
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return dropped

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
                # SQLite itself would not let a group write that the umask lets write.
                os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666))
            connection = sqlite3.connect(
                ":memory:" if self._path is None else self._path,
                timeout=60,
                isolation_level=None,
                check_same_thread=False,
            )
        except (OSError, sqlite3.Error) as error:
            raise CacheError(f"translation cache {self._path}: {error}") from error
        try:
            connection.execute("PRAGMA auto_vacuum=INCREMENTAL")  # of a new file
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                self._make_tables(connection)
        except sqlite3.DatabaseError as error:
            connection.close()
            raise CacheError(f"translation cache {self._path}: {error}") from error
        except CacheError:
            connection.close()
            raise
        return connection

    def _make_tables(self, connection: sqlite3.Connection) -> None:
        """Make the table of a new file; give that of an older one its day of last use."""
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        if layout == 0:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS translation (key BLOB PRIMARY KEY, "
                "value TEXT NOT NULL, used INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID"
            )
        elif layout == 1:
            connection.execute("ALTER TABLE translation ADD COLUMN used INTEGER NOT NULL DEFAULT 0")
        elif layout != _LAYOUT:
            raise CacheError(f"translation cache {self._path}: made by another version of zhen")
        if layout != _LAYOUT:
            connection.execute(f"PRAGMA user_version={_LAYOUT}")


def _today() -> int:
    """Days since 1970. It decides only what :meth:`TranslationCache.shrink` drops first."""
    return int(time.time() // 86_400)


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
