"""Telling someone that a run has failed: a program, or a webhook."""

import subprocess
import urllib.request
from pathlib import Path
from urllib.error import HTTPError, URLError

import msgspec

from flows.config import NotifySettings
from flows.runs.record import RunRecord


class NotifyError(Exception):
    """A notification could not be delivered; the message never holds the webhook's address."""


def notify(settings: NotifySettings, record: RunRecord, folder: Path) -> None:
    """Tell whom the settings name. ``folder`` has the run's record and log.

    The program gets the JSON on its standard input; it is started without a shell. The webhook gets
    it by POST. Both are tried. Raises NotifyError when one of them fails.
    """
    payload = _payload(record, folder)
    problems = []
    for ask, send in ((settings.command, _run), (settings.url, _post)):
        if ask:
            try:
                send(settings, payload)
            except Exception as error:
                problems.append(_plain(error, settings))
    if problems:
        raise NotifyError(f"nobody was told of the failure: {'; '.join(problems)}")


def _payload(record: RunRecord, folder: Path) -> bytes:
    """What failed, in short; ``text`` is the one field that chat programs show."""
    error = record.error
    message = error.message if error else ""
    return msgspec.json.encode(
        {
            "text": f"zhen on {record.host}: {record.asked.out} was not brought up to date: "
            f"{message}",
            "event": "run_failed",
            "run": record.run,
            "out": record.asked.out,
            "inputs": record.asked.inputs,
            "host": record.host,
            "started": record.started,
            "ended": record.ended,
            "error": error,
            "log": str(folder),
        }
    )


def _run(settings: NotifySettings, payload: bytes) -> None:
    done = subprocess.run(
        settings.command,
        input=payload,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=settings.timeout,
        check=False,
    )
    if done.returncode:
        raise NotifyError(f"{settings.command[0]} ended with {done.returncode}")


def _post(settings: NotifySettings, payload: bytes) -> None:
    request = urllib.request.Request(
        settings.url, data=payload, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=settings.timeout):
        pass


def _plain(error: Exception, settings: NotifySettings) -> str:
    """What went wrong; only known parts of the error, since its text may show the address."""
    if isinstance(error, NotifyError):
        return str(error)
    if isinstance(error, subprocess.TimeoutExpired):
        return f"{settings.command[0]} took more than {settings.timeout:g} s"
    if isinstance(error, HTTPError):
        return f"the webhook answered {error.code}"
    if isinstance(error, URLError):
        return f"the webhook cannot be reached: {error.reason}"
    if isinstance(error, OSError) and error.strerror:
        return f"{type(error).__name__}: {error.strerror}"
    return f"{type(error).__name__} on the way to the webhook"
