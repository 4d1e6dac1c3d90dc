"""The log of a run: events to a file, to standard error, or to another logger.

A log never stops a run: a file that cannot be written is given up with a word on standard error.
"""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from threading import Lock
from typing import Any

from flows.runs.events import Event, EventName, Level, as_json, as_text

#: Takes an event somewhere.
Sink = Callable[[Event], None]

#: The loggers of zhen's own packages; what they say becomes a part of the log.
_LOGGERS = ("zhen", "tasks", "models")


class RunLog:
    """The events of one run on their way to their sinks; may be used from several threads."""

    def __init__(self, run: str, sinks: tuple[Sink, ...]) -> None:
        self.run = run
        self._sinks = sinks
        self._lock = Lock()

    def add(self, sink: Sink) -> None:
        """Send events to one more place from now on."""
        self._sinks = (*self._sinks, sink)

    def event(self, name: EventName, level: Level = Level.INFO, **fields: Any) -> None:
        """Tell what happened; ``fields`` are plain values."""
        event = Event(datetime.now(UTC), level, self.run, name, fields)
        with self._lock:
            for sink in self._sinks:
                sink(event)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take what zhen's own loggers say into the log while the block runs."""
        handler = _Handler(self)
        loggers = [logging.getLogger(name) for name in _LOGGERS]
        for logger in loggers:
            logger.addHandler(handler)
        try:
            yield
        finally:
            for logger in loggers:
                logger.removeHandler(handler)


class _Handler(logging.Handler):
    def __init__(self, log: RunLog) -> None:
        super().__init__(logging.INFO)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        level = Level.INFO
        if record.levelno >= logging.WARNING:
            level = Level.ERROR if record.levelno >= logging.ERROR else Level.WARNING
        text = record.getMessage()
        if record.exc_info:
            text += "\n" + logging.Formatter().formatException(record.exc_info)
        self._log.event(EventName.MESSAGE, level, logger=record.name, message=text)


def to_stderr(format: str) -> Sink:
    """Events on standard error: ``json`` or ``text``; with "" warnings only, as text."""

    def sink(event: Event) -> None:
        if format == "json":
            line = as_json(event)
        elif format == "text" or event.name is EventName.MESSAGE:
            line = as_text(event)
        else:
            return
        print(line, file=sys.stderr, flush=True)  # noqa: T201

    return sink


class FileSink:
    """Events as JSON lines in a file, each written at once, so that a kill loses none."""

    def __init__(self, path: Path) -> None:
        self._file: FileIO | None = None
        try:
            self._file = FileIO(path, "a")  # unbuffered: nothing is left to flush on a full disk
        except OSError as error:
            self._give_up(error)

    def __call__(self, event: Event) -> None:
        """Write one line."""
        if self._file is not None:
            try:
                self._file.write(as_json(event).encode("ascii") + b"\n")
            except OSError as error:
                self._give_up(error)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _give_up(self, error: OSError) -> None:
        self.close()
        print(f"zhen: the log of this run ends here: {error}", file=sys.stderr)  # noqa: T201
