"""From exceptions to one line and an exit code."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of ``zhen``."""

    PUBLISHED = 0
    FAILED = 1
    USAGE = 2
    QUARANTINED = 3  # published, but with --strict something was quarantined
    LOCKED = 4
    INTERRUPTED = 130
    TERMINATED = 143


class UsageError(Exception):
    """The arguments do not make sense; the message is one line for the user."""


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn the errors that a user can meet into one line on standard error and an exit code.

    Anything else is a bug of zhen's and keeps its traceback.
    """
    try:
        yield
    except BrokenPipeError:
        # The reader of our output has gone (zhen … | head): nothing to say, nowhere to say it.
        sys.stderr.close()
        raise SystemExit(Exit.FAILED) from None
    except BaseException as error:
        code = exit_code(error)
        if code is None:
            raise
        print(f"zhen: {message_of(error)}", file=sys.stderr)  # noqa: T201
        raise SystemExit(code) from None


def message_of(error: BaseException) -> str:
    """What went wrong in one line."""
    if isinstance(error, KeyboardInterrupt | Terminated):
        what = "interrupted" if isinstance(error, KeyboardInterrupt) else "stopped"
        return f"{what}; what was finished is kept, run again to go on"
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror}; nothing was published"
    return " ".join(str(error).split()) or type(error).__name__


class Interrupted(KeyboardInterrupt):
    """SIGINT was received.

    A class of its own, because Python ends itself by the signal, not with our exit code, if a plain
    KeyboardInterrupt ever passed through code that was compiled from a string (each dataclass).
    """


class Terminated(BaseException):
    """SIGTERM was received."""


def exit_code(error: BaseException) -> Exit | None:
    """The exit code of an error that is the user's to mend; None for a bug."""
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED
    if isinstance(error, Terminated):
        return Exit.TERMINATED
    # By name, so that telling of an error imports nothing that the command did not import.
    names = {kind.__name__ for kind in type(error).__mro__}
    wrong_argument = {
        "ConfigError",
        "EngineError",
        "ExportError",
        "ForeignFolderError",
        "GlossaryError",
        "InputError",
        "PairsFileError",
        "TestSetError",
        "TrainingError",
        "UsageError",
    }
    if names & wrong_argument:
        return Exit.USAGE
    if "LockedError" in names:
        return Exit.LOCKED
    plain = {
        "CacheError",
        "ClusterError",
        "CorpusError",
        "FolderInUseError",
        "NothingToPublishError",
        "StoreError",
        "WorkerDiedError",
        "OSError",
    }
    return Exit.FAILED if names & plain else None
