"""Watching one run: its record, its log, and who is told how it ended."""

import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flows.cli.errors import message_of
from flows.request import Finished, Request
from flows.runs.events import EventName, Level
from flows.runs.log import FileSink, RunLog, Sink, to_stderr
from flows.runs.metrics import write_metrics
from flows.runs.notify import NotifyError, notify
from flows.runs.progress import logged_progress
from flows.runs.record import (
    LOG,
    RUNS,
    Asked,
    RunError,
    RunRecord,
    RunState,
    drop_old_records,
    write_record,
)
from tasks.driver import Plan, Progress
from tasks.driver.changes import changes_of
from tasks.driver.plan import work_folder
from tasks.driver.publish import check_target
from tasks.driver.versions import library_version


@contextmanager
def watched(request: Request, *sinks: Sink) -> Iterator["Watch"]:
    """Watch what the block does for a request, to its end or failure; ``sinks`` get the events."""
    watch = Watch(request, sinks)
    with watch.log.listening():
        try:
            yield watch
        except BaseException as error:
            watch.failed(error)
            raise
        finally:
            watch.close()


class Watch:
    """Keeps the record of a run up to date and tells what happens.

    Nothing of it stops a run or changes its result: what cannot be written or sent is a warning.
    """

    def __init__(self, request: Request, sinks: tuple[Sink, ...] = ()) -> None:
        started = datetime.now(UTC)
        self._request = request
        self._run = request.config.run
        self._started = time.perf_counter()
        name = started.strftime("%Y%m%dT%H%M%S.%fZ")
        self._work = work_folder(Path(request.out).resolve())
        self._folder = self._work / RUNS / name
        self.log = RunLog(name, (to_stderr(self._run.log_format), *sinks))
        self._file: FileSink | None = None
        self.record = RunRecord(
            run=name,
            state=RunState.RUNNING,
            started=started.isoformat(timespec="seconds"),
            host=platform.node(),
            pid=os.getpid(),
            version=library_version("zhen"),
            asked=_asked(request),
            runner=self._run.runner,
        )

    def begin(self, plan: Plan, workers: int, progress: Progress | None) -> Progress:
        """There is work to do: opens record and log. The callback that a run reports to."""
        check_target(plan.out)  # before anything is made beside it
        changes = changes_of(plan)
        self.record = replace(
            self.record,
            workers=workers,
            documents=len(plan.units),
            refused=len(plan.refused),
            changes=changes,
        )
        self._open()
        self.log.event(
            EventName.RUN_STARTED,
            documents=len(plan.units),
            refused=len(plan.refused),
            new=changes.new,
            changed=changes.changed,
            removed=changes.removed,
            moved=changes.moved,
            workers=workers,
        )
        return logged_progress(self.log, progress)

    def ended(self, finished: Finished) -> None:
        """The run is over: published, or nothing had to be done."""
        outcome = finished.outcome
        if outcome is None:
            self.record = replace(
                self.record,
                documents=len(finished.plan.units),
                refused=len(finished.plan.refused),
                counts=finished.summary,
            )
            self._open()
            self._over(RunState.UNCHANGED)
            self.log.event(EventName.RUN_UNCHANGED)
        else:
            times = outcome.times
            self.record = replace(
                self.record,
                done=outcome.done,
                reused=outcome.reused,
                seconds_by_stage={k: round(v, 3) for k, v in times.seconds.items()},
                peak_memory_bytes=times.peak_bytes,
                peak_memory_bytes_by_stage=times.memory,
                notes=outcome.notes,
                dropped_bytes=outcome.dropped_bytes,
                counts=finished.summary,
            )
            self._over(RunState.PUBLISHED)
            self.log.event(
                EventName.RUN_PUBLISHED,
                seconds=self.record.seconds,
                done=outcome.done,
                reused=outcome.reused,
                peak_memory_bytes=times.peak_bytes,
                quarantined=sum(finished.summary.quarantined.values()),
            )
        self._tell(lambda: drop_old_records(self._work, self._run.keep_runs))

    def failed(self, error: BaseException) -> None:
        """The run ended with an exception, which goes on to the caller."""
        interrupted = not isinstance(error, Exception)
        message = message_of(error)
        if self.record.state is not RunState.RUNNING:  # what came after it failed, not the run
            self.log.event(EventName.MESSAGE, Level.ERROR, message=f"after the run: {message}")
            return
        self.record = replace(self.record, error=RunError(type(error).__name__, message))
        if self._file is None and self._work.is_dir():
            self._open()
        self._over(RunState.INTERRUPTED if interrupted else RunState.FAILED)
        if interrupted:
            self.log.event(EventName.RUN_INTERRUPTED, Level.WARNING, message=message)
        else:
            kind = type(error).__name__
            self.log.event(EventName.RUN_FAILED, Level.ERROR, kind=kind, message=message)
            self._tell(lambda: notify(self._request.config.notify, self.record, self._folder))

    def close(self) -> None:
        """Close the log's file."""
        if self._file is not None:
            self._file.close()

    def _open(self) -> None:
        if self._tell(lambda: self._folder.mkdir(parents=True)):
            self._file = FileSink(self._folder / LOG)
            self.log.add(self._file)
            self._tell(lambda: write_record(self._folder, self.record))

    def _over(self, state: RunState) -> None:
        self.record = replace(
            self.record,
            state=state,
            ended=datetime.now(UTC).isoformat(timespec="seconds"),
            seconds=round(time.perf_counter() - self._started, 3),
        )
        if self._file is not None:
            self._tell(lambda: write_record(self._folder, self.record))
        if self._run.metrics:
            self._tell(lambda: write_metrics(Path(self._run.metrics), self._work, self.record))

    def _tell(self, action: Callable[[], object]) -> bool:
        """Do what must not stop the run; whether it could be done."""
        try:
            action()
        except Exception as error:
            kind = "" if isinstance(error, NotifyError) else f"{type(error).__name__}: "
            text = f"{kind}{error}"
            self.log.event(EventName.MESSAGE, Level.WARNING, message=text)
            return False
        return True


def _asked(request: Request) -> Asked:
    config = request.config
    return Asked(
        folder=os.getcwd(),
        inputs=tuple(str(path) for path in request.inputs),
        out=str(request.out),
        config=None if config.file is None else str(config.file.absolute()),
        flags=tuple(flag for flag in config.flags if not flag.startswith("notify.")),
        pairs=None if request.pairs_file is None else str(request.pairs_file),
    )
