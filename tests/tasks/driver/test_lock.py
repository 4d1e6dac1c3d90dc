"""One run at a time, and a run that died locks nothing."""

import errno
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tasks.driver.lock import LockedError, holder, locked

ROOT = Path(__file__).parents[3]

# Takes the lock, says so, and waits.
HOLD = """
import pathlib, sys, time
from tasks.driver.lock import locked
with locked(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def hold(folder: Path) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_a_second_run_is_told_who_is_at_work(tmp_path: Path) -> None:
    assert holder(tmp_path) is None
    with hold(tmp_path) as process:
        found = holder(tmp_path)
        assert found is not None
        assert (found.pid, found.host) == (process.pid, os.uname().nodename)
        with (
            pytest.raises(LockedError, match=rf"process {process.pid} on .* since 20"),
            locked(tmp_path),
        ):
            pass
        assert holder(tmp_path) == found  # a refused run leaves the holder's name alone
        process.kill()
    assert holder(tmp_path) is None


def test_a_run_may_wait_for_another(tmp_path: Path) -> None:
    with hold(tmp_path) as process:
        threading.Timer(0.5, process.kill).start()
        with locked(tmp_path, wait=30):
            found = holder(tmp_path)
    assert found is not None
    assert found.pid == os.getpid()


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_a_lock_of_a_dead_process_is_recognised(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, sent: int
) -> None:
    with hold(tmp_path) as process:
        process.send_signal(sent)
    with locked(tmp_path):
        pass
    (message,) = caplog.messages
    assert f"process {process.pid} on" in message
    assert "was cut off" in message
    caplog.clear()
    with locked(tmp_path):  # told once
        pass
    assert caplog.messages == []


def test_a_lock_of_a_host_that_is_gone_is_recognised(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # What a machine that lost its power leaves on a shared folder: a name, and no kernel lock.
    # The number is that of a living process here, which says nothing.
    left = {"pid": os.getpid(), "host": "elsewhere", "since": "2026-01-01T00:00:00+00:00"}
    (tmp_path / "lock").write_text(json.dumps(left))
    assert holder(tmp_path) is None
    with locked(tmp_path):
        assert holder(tmp_path) is not None
    assert "on elsewhere since 2026-01-01" in caplog.messages[0]


@pytest.mark.parametrize("content", [b"", b"4711\n", b"\x00" * 30, b'{"pid": "x"}'])
def test_a_lock_file_with_anything_in_it_locks_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lock").write_bytes(content)
    with locked(tmp_path):
        pass


def test_a_run_that_fails_is_not_one_that_died(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for error in (OSError, KeyboardInterrupt):
        with pytest.raises(error), locked(tmp_path):
            raise error
    with locked(tmp_path):
        pass
    assert caplog.messages == []


def test_a_look_at_the_lock_never_turns_a_run_away(tmp_path: Path) -> None:
    with locked(tmp_path):
        pass
    looking = os.open(tmp_path / "lock", os.O_RDONLY)
    fcntl.flock(looking, fcntl.LOCK_SH)  # as holder() does, for a moment
    try:
        threading.Timer(0.1, os.close, (looking,)).start()
        with locked(tmp_path):
            pass
    finally:
        for thread in threading.enumerate():
            if isinstance(thread, threading.Timer):
                thread.join()


def test_a_file_system_without_locks_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(OSError, match="no file locks here"), locked(tmp_path):
        pass
