"""Stopping what a worker does, also where somebody else's code stands in the way.

A worker thread is asked to, since nobody can end a thread. In the main thread a signal raises an
exception wherever the code happens to be (:mod:`tasks.driver.signals`).
"""

import threading

from tasks.driver.signals import raise_again

_this_thread = threading.local()


class StoppedError(Exception):
    """The run was stopped while this shard was at work."""


def obey(stop: threading.Event) -> None:
    """From now on this thread stops when ``stop`` is set."""
    _this_thread.stop = stop


def stop_if_asked() -> None:
    """Called between two documents, pairs or shards. Raises StoppedError when this thread is to
    stop, and in the main thread what a signal raised before.
    """
    stop: threading.Event | None = getattr(_this_thread, "stop", None)
    if stop is not None and stop.is_set():
        raise StoppedError("the run was stopped")
    raise_again()


def interruption(error: BaseException) -> BaseException | None:
    """The KeyboardInterrupt, or other exception of a signal, that ``error`` was made of.

    A library with a bare ``except:`` (langdetect, while it loads) turns a request to stop into an
    error of its own; the request stands in the chain of contexts.
    """
    seen: BaseException | None = error
    while seen is not None and isinstance(seen, Exception):
        seen = seen.__cause__ or seen.__context__
    return seen
