"""How far a stage is, at which rate, and how long the rest will take."""

import time
from collections.abc import Callable

from flows.runs.events import EventName
from flows.runs.log import RunLog
from tasks.driver import Progress

#: Seconds between two events of progress of a stage.
_EVERY = 10.0


def logged_progress(
    log: RunLog, shown: Progress | None, clock: Callable[[], float] = time.monotonic
) -> Progress:
    """A progress callback that writes events of stages to ``log`` and passes on to ``shown``.

    A stage gives ``stage_started`` (with what there is to do, in documents, articles or pairs),
    ``progress`` at most every ten seconds (with the rate a second so far and the seconds that the
    rest will take at that rate), and ``stage_finished``.
    """
    started: dict[str, float] = {}
    told: dict[str, float] = {}

    def progress(stage: str, done: int, total: int) -> None:
        if shown is not None:
            shown(stage, done, total)
        now = clock()
        if stage not in started:
            started[stage] = told[stage] = now
            log.event(EventName.STAGE_STARTED, stage=stage, total=total)
        spent = now - started[stage]
        if done >= total:
            log.event(EventName.STAGE_FINISHED, stage=stage, done=done, seconds=round(spent, 3))
        elif done and now - told[stage] >= _EVERY:
            told[stage] = now
            rate = done / spent
            log.event(
                EventName.PROGRESS,
                stage=stage,
                done=done,
                total=total,
                rate=round(rate, 2),
                remaining_seconds=round((total - done) / rate),
            )

    return progress
