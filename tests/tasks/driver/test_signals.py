"""A signal whose exception is lost in somebody else's code is not lost."""

import os
import signal
import threading

import pytest

from tasks.driver.executors.stopping import stop_if_asked
from tasks.driver.signals import signals_raise


class Stopped(BaseException):
    pass


def lose_a_signal() -> None:
    """As a finalizer, or a callback that C calls, does."""
    try:
        os.kill(os.getpid(), signal.SIGUSR1)
        while True:  # the handler runs between two steps of this
            pass
    except BaseException:
        return


def test_what_was_lost_is_raised_between_two_documents() -> None:
    # An interrupt in the first seconds of alignment, while numba loads, once in thirty times ended
    # nowhere, and the run went on and published.
    with signals_raise({signal.SIGUSR1: Stopped}):
        stop_if_asked()
        lose_a_signal()
        with pytest.raises(Stopped):
            stop_if_asked()
    stop_if_asked()  # the next command starts anew


def test_it_is_for_the_main_thread() -> None:
    seen: list[str] = []

    def work() -> None:
        stop_if_asked()
        seen.append("went on")

    with signals_raise({signal.SIGUSR1: Stopped}):
        lose_a_signal()
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert seen == ["went on"]


def test_an_ignored_signal_stays_ignored_and_handlers_come_back() -> None:
    before = signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    try:
        with signals_raise({signal.SIGUSR1: Stopped}):
            os.kill(os.getpid(), signal.SIGUSR1)
            stop_if_asked()
        assert signal.getsignal(signal.SIGUSR1) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGUSR1, before)
