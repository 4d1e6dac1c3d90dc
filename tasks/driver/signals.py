"""Signals that stop a program, as exceptions that cannot get lost.

An exception that a signal raises in the midst of other people's code may end there: in a callback
from C, in a finalizer, in a bare ``except``. So what was asked for is remembered, and raised again
where a run looks for it.
"""

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_asked: type[BaseException] | None = None  # of this process


@contextmanager
def signals_raise(kinds: Mapping[signal.Signals, type[BaseException]]) -> Iterator[None]:
    """While this lasts a signal raises its exception in the main thread.

    A signal that the process was started to ignore stays ignored. To be called in the main thread.
    """
    global _asked

    def handle(number: int, _frame: FrameType | None) -> NoReturn:
        global _asked
        _asked = kinds[signal.Signals(number)]
        raise _asked

    before = {number: signal.getsignal(number) for number in kinds}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, handle)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        _asked = None


def raise_again() -> None:
    """Raise what a signal raised before, if this is the main thread and it is still at work.

    >>> raise_again()
    """
    if _asked is not None and threading.current_thread() is threading.main_thread():
        raise _asked
