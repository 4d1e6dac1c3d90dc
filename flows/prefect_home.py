"""What Prefect must be told before it is imported."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from models.places import cache_folder

#: A temporary server's database beyond this size (bytes) is begun anew. It keeps the history of
#: flow runs, which nobody reads: that of zhen's runs lies beside the corpus. An empty one has
#: 1.4 MB, a flow run adds 0.07 MB and a task run (one a shard) 0.02 MB.
_LARGE = 200_000_000
_DATABASE = "prefect.db"
_held: list[int] = []


def prepare_prefect(*, quiet: bool) -> None:
    """Set Prefect's environment, leaving everything the user has set as it is.

    Unless the user has a Prefect profile, home or API URL, Prefect's database goes to zhen's cache
    folder, and is kept from growing for ever. ``quiet`` keeps Prefect's own log off the terminal:
    the command line tells what happens in its own words. To be called before ``import prefect``.
    """
    environment = os.environ
    environment.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    environment.setdefault("DO_NOT_TRACK", "1")
    environment.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
    if quiet:
        environment.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
        environment.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "CRITICAL")
    own = {"PREFECT_HOME", "PREFECT_API_URL", "PREFECT_PROFILES_PATH"}
    if not own & environment.keys() and not (Path.home() / ".prefect" / "profiles.toml").exists():
        home = cache_folder() / "prefect"
        home.mkdir(parents=True, exist_ok=True)
        _begin_large_database_anew(home)
        environment["PREFECT_HOME"] = str(home)


def _begin_large_database_anew(home: Path) -> None:
    """Delete a database that has become large, unless another process of zhen's works with it now;
    from here on this one does, to its end.
    """
    with suppress(OSError):  # no locks here: then the database is left alone
        lock = os.open(home / "in-use", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        _held.append(lock)  # let go by the end of the process
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            found = list(home.glob(f"{_DATABASE}*"))  # with the journal beside it
            if sum(path.stat().st_size for path in found) > _LARGE:
                for path in sorted(found, reverse=True):
                    path.unlink()
        fcntl.flock(lock, fcntl.LOCK_SH)
