"""The record of a run: ``OUT.zhen/runs/RUN/run.json``, beside its log ``log.jsonl``."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from models.manifest import Summary
from tasks.driver.changes import Changes
from tasks.driver.files import write_whole

RUNS = "runs"
RECORD = "run.json"
LOG = "log.jsonl"
#: Bytes at the end of a log in which the last event of a stage is looked for.
_TAIL = 100_000


class RunState(StrEnum):
    """How a run stands."""

    RUNNING = "running"  # or killed: then nobody holds the lock of the work folder
    PUBLISHED = "published"
    UNCHANGED = "unchanged"  # the corpus was up to date already
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for: enough to ask the same again from the same ``folder``.

    ``flags`` are ``section.name=value`` settings of the command line; those of notifications are
    left out, since a webhook's address is a secret.
    """

    folder: str
    inputs: tuple[str, ...]
    out: str
    config: str | None = None
    flags: tuple[str, ...] = ()
    pairs: str | None = None


@dataclass(frozen=True, slots=True)
class RunError:
    """Why a run failed: the name of the exception, and one line."""

    kind: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run. Times are ISO 8601 in UTC, ``seconds`` wall-clock.

    ``done`` and ``reused`` count results by stage, those made and those that were there already.
    ``peak_memory_bytes`` is the highest resident memory of any one process, by stage how large a
    process became in it when it became larger than ever before. ``documents`` counts documents
    found, ``refused`` files that the first look could not use; ``dropped_bytes`` are former results
    that nobody needs any more; ``counts`` are those of the published corpus.
    """

    run: str
    state: RunState
    started: str
    ended: str | None = None
    seconds: float = 0.0
    host: str = ""
    pid: int = 0
    version: str = ""
    asked: Asked
    runner: str = ""
    workers: int = 1
    documents: int = 0
    refused: int = 0
    changes: Changes | None = None
    done: dict[str, int] = field(default_factory=dict)
    reused: dict[str, int] = field(default_factory=dict)
    seconds_by_stage: dict[str, float] = field(default_factory=dict)
    peak_memory_bytes: int = 0
    peak_memory_bytes_by_stage: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    dropped_bytes: int = 0
    counts: Summary | None = None
    error: RunError | None = None


def write_record(folder: Path, record: RunRecord) -> None:
    """Write the record into the folder of its run, whole or not at all. Raises OSError."""
    text = msgspec.json.format(msgspec.json.encode(record), indent=1)
    write_whole(folder / RECORD, text + b"\n")


def read_records(work: Path) -> Iterator[RunRecord]:
    """The records in a work folder, the newest first; what cannot be read is passed over."""
    for folder in sorted(run_folders(work), reverse=True):
        try:
            yield msgspec.json.decode((folder / RECORD).read_bytes(), type=RunRecord)
        except (OSError, msgspec.MsgspecError):
            continue


def last_event(work: Path, run: str) -> dict[str, Any] | None:
    """The last event in the log of a run that is about one of its stages; None before the first."""
    try:
        with open(work / RUNS / run / LOG, "rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
            lines = file.read().split(b"\n")[:-1]
    except OSError:
        return None
    for line in reversed(lines):
        try:
            event: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.MsgspecError:
            continue  # the first one read, cut by where the reading began
        if "stage" in event:
            return event
    return None


def run_folders(work: Path) -> list[Path]:
    """The folders of all runs, the oldest first."""
    try:
        return sorted(path for path in (work / RUNS).iterdir() if path.is_dir())
    except OSError:
        return []


def drop_old_records(work: Path, keep: int) -> int:
    """Delete all but the newest ``keep`` records with their logs; how many were deleted."""
    old = run_folders(work)[: -keep or None]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)
