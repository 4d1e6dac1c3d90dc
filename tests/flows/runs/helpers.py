"""Runs as the command line makes them, in this process."""

import json
from pathlib import Path
from typing import Any

from flows.cli.app import app
from flows.config import load_config
from flows.request import Finished, Request, plan_of
from flows.running import execute
from flows.runs.watch import watched


def request(folder: Path, out: Path, *flags: str, **environment: str) -> Request:
    config = load_config(flags=["run.runner=serial", *flags], environment=environment)
    return Request((folder,), out, config)


def carry_out(asked: Request) -> Finished:
    with watched(asked) as watch:
        return execute(asked, plan_of(asked), watch)


def zhen(*arguments: str | Path) -> int:
    """The command line in this process; errors of the user come as exceptions."""
    code = app([str(argument) for argument in arguments], standalone_mode=False)
    return code if isinstance(code, int) else 0


def runs(out: Path) -> list[Path]:
    """The folders of the runs on a corpus, the oldest first."""
    return sorted((out.with_name(f"{out.name}.zhen") / "runs").iterdir())


def record(run: Path) -> dict[str, Any]:
    return json.loads((run / "run.json").read_bytes())  # type: ignore[no-any-return]


def events(run: Path) -> list[dict[str, Any]]:
    text = (run / "log.jsonl").read_text("ascii")
    assert text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]
