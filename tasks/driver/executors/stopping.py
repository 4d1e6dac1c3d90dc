"""Stopping what a worker thread does: it is asked to, since nobody can end a thread."""

import threading

_this_thread = threading.local()


class StoppedError(Exception):
    """The run was stopped while this shard was at work."""


def obey(stop: threading.Event) -> None:
    """From now on this thread stops when ``stop`` is set."""
    _this_thread.stop = stop


def stop_if_asked() -> None:
    """Called between two documents. Raises StoppedError when this thread is to stop."""
    stop: threading.Event | None = getattr(_this_thread, "stop", None)
    if stop is not None and stop.is_set():
        raise StoppedError("the run was stopped")
