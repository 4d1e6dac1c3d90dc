"""Events of a run: what happened when, as a line of JSON or as a line for people."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How much an event matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class EventName(StrEnum):
    """What can happen in a run."""

    RUN_STARTED = "run_started"
    STAGE_STARTED = "stage_started"
    PROGRESS = "progress"
    STAGE_FINISHED = "stage_finished"
    MESSAGE = "message"  # a warning of some part, with its traceback when there is one
    RUN_PUBLISHED = "run_published"
    RUN_UNCHANGED = "run_unchanged"
    RUN_FAILED = "run_failed"
    RUN_INTERRUPTED = "run_interrupted"


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``fields`` holds plain values only, as JSON has them."""

    time: datetime
    level: Level
    run: str
    name: EventName
    fields: Mapping[str, Any]


def as_json(event: Event) -> str:
    """The event as one line of ASCII: ``time``, ``level``, ``run``, ``event``, then its fields."""
    head = {
        "time": event.time.isoformat(timespec="milliseconds"),
        "level": event.level,
        "run": event.run,
        "event": event.name,
    }
    return json.dumps({**head, **event.fields}, ensure_ascii=True)


def as_text(event: Event) -> str:
    """The event as one line (a traceback takes more) that begins with the time of day in UTC."""
    told = event.fields.get("message")
    rest = " ".join(
        f"{name}={_shown(value)}" for name, value in event.fields.items() if name != "message"
    )
    what = [] if event.name is EventName.MESSAGE else [event.name.replace("_", " ")]
    level = [] if event.level is Level.INFO else [event.level]
    parts = (f"{event.time:%H:%M:%S}", *level, *what, told, rest)
    return " ".join(str(part) for part in parts if part)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return json.dumps(text, ensure_ascii=False) if " " in text and text[0] not in "{[" else text
