"""What a person asks of a run, and what came of it."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from flows.config import Config
from models.manifest import Summary
from tasks.driver import Outcome, Plan, make_plan


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks of a run."""

    inputs: tuple[Path, ...]
    out: Path
    config: Config
    pairs_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """A run that is over: ``outcome`` is None when there was nothing to do."""

    plan: Plan
    outcome: Outcome | None
    summary: Summary

    @property
    def counts(self) -> dict[str, Any]:
        """The counts of the corpus as plain tables."""
        return asdict(self.summary)


def plan_of(request: Request) -> Plan:
    """Look at the inputs and decide what is to be made."""
    return make_plan(
        request.inputs,
        request.out,
        request.config.settings,
        pairs_file=request.pairs_file,
        shard_size=request.config.run.shard_size,
        store_url=request.config.run.store,
    )
