"""How a corpus stands: its last runs, what is quarantined, and what a run would do now."""

from collections import Counter
from contextlib import chdir
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from flows.cli.errors import message_of
from flows.config import load_config
from flows.request import Request, plan_of
from flows.runs.record import Asked, RunRecord, RunState, last_event, read_records
from models.manifest import Summary
from models.records import Quarantine
from tasks.driver.lock import Holder, holder
from tasks.driver.outlook import Outlook, look_ahead
from tasks.driver.plan import work_folder
from tasks.emit.corpus import MANIFEST, QUARANTINE
from tasks.emit.jsonl import CorpusError, read_lines
from tasks.emit.summary import describe


@dataclass(frozen=True, slots=True)
class Status:
    """How a corpus stands.

    ``at_work`` is who runs now, ``progress`` the last event of a stage of that run. ``runs`` are
    the newest records first, ``quarantined`` counts by reason with the first few records in
    ``examples``. ``outlook`` is what the last run would do if it was asked for again; when that
    cannot be told, ``obstacle`` says why.
    """

    corpus: str
    at_work: Holder | None
    progress: dict[str, Any] | None
    counts: Summary | None
    runs: tuple[RunRecord, ...]
    quarantined: dict[str, int]
    examples: tuple[Quarantine, ...]
    outlook: Outlook | None
    obstacle: str | None


def status_of(corpus: Path, *, runs: int, examples: int) -> Status:
    """The state of a corpus folder with at most so many runs and quarantined inputs.

    Nothing is written. Raises CorpusError when there is neither a corpus nor a run of one.
    """
    out = corpus.resolve()
    work = work_folder(out)
    published = (out / MANIFEST).is_file()
    if not published and not work.is_dir():
        raise CorpusError(f"{corpus} is no corpus, and no run has worked on it")
    reasons: Counter[str] = Counter()
    first: list[Quarantine] = []
    if published:
        for refused in read_lines(out / QUARANTINE, Quarantine):
            reasons[refused.reason] += 1
            if len(first) < examples:
                first.append(refused)
    last = next(read_records(work), None)
    at_work = holder(work)
    running = next((r.run for r in read_records(work) if r.state is RunState.RUNNING), None)
    progress = last_event(work, running) if at_work and running else None
    outlook, obstacle = (None, "no run is on record") if last is None else _ahead(last.asked, out)
    return Status(
        str(out),
        at_work,
        progress,
        describe(out) if published else None,
        tuple(islice(read_records(work), runs)),
        dict(sorted(reasons.items())),
        tuple(first),
        outlook,
        obstacle,
    )


def _ahead(asked: Asked, out: Path) -> tuple[Outlook | None, str | None]:
    """What the same command, given in the same folder, would do now."""
    try:
        with chdir(asked.folder):
            file = Path(asked.config) if asked.config else None
            # A look fetches nothing.
            config = load_config(file, flags=(*asked.flags, "translate.download=false"))
            pairs = Path(asked.pairs) if asked.pairs else None
            inputs = tuple(Path(path) for path in asked.inputs)
            return look_ahead(plan_of(Request(inputs, out, config, pairs))), None
    except Exception as error:  # the inbox is gone, a setting is no longer known, …
        return None, message_of(error).removesuffix("; nothing was published")
