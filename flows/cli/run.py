"""``zhen run``: the whole way, with progress and a summary."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.engines import Download, Engine, engine_flags
from flows.cli.errors import Exit, UsageError, exit_code

if TYPE_CHECKING:
    from flows.request import Finished, Request

Inputs = Annotated[
    list[Path], typer.Argument(metavar="INPUT...", help="Files and folders to read.")
]
Out = Annotated[Path, typer.Option("--out", "-o", help="The corpus folder to make.")]


class LogFormat(StrEnum):
    """How events are written."""

    TEXT = "text"
    JSON = "json"


def run(
    inputs: Inputs,
    out: Out,
    config: Annotated[Path | None, typer.Option(help="A config file [default: zhen.toml]")] = None,
    pairs: Annotated[
        Path | None, typer.Option(help="A TSV of known pairs: two paths or article ids a line.")
    ] = None,
    translator: Annotated[
        str | None,
        typer.Option(
            help="What translates articles without counterpart: auto, none, a folder, a hub id."
        ),
    ] = None,
    engine: Engine = None,
    download: Download = False,
    glossary: Annotated[Path | None, typer.Option(help="A TSV of terms: zh, en, note.")] = None,
    runner: Annotated[
        str | None, typer.Option(help="auto, serial, threads, processes, dask, ray.")
    ] = None,
    address: Annotated[
        str | None, typer.Option(help="The Dask or Ray cluster; a local one without it.")
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Shards at work at once.")] = None,
    shard_size: Annotated[int | None, typer.Option(help="Documents in a shard.")] = None,
    setting: Annotated[
        list[str] | None, typer.Option("--set", help="Any setting: SECTION.NAME=VALUE.")
    ] = None,
    log_format: Annotated[
        LogFormat | None, typer.Option(help="Events as lines on standard error.")
    ] = None,
    metrics: Annotated[
        Path | None, typer.Option(help="A file for Prometheus metrics of the run.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 3 when an input was quarantined.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")
    ] = False,
    prefect: Annotated[
        bool, typer.Option(help="Run as a Prefect flow; the bytes are the same without.")
    ] = True,
) -> None:
    """Build (or bring up to date) a corpus folder from documents."""
    from flows.config import load_config
    from flows.request import Request, plan_of

    given = {
        "translate.translator": translator,
        "translate.glossary": None if glossary is None else str(glossary),
        "run.runner": runner,
        "run.address": address,
        "run.workers": workers,
        "run.shard_size": shard_size,
        "run.log_format": None if log_format is None else log_format.value,
        "run.metrics": None if metrics is None else str(metrics),
    }
    flags = [*(setting or ()), *(f"{k}={v}" for k, v in given.items() if v is not None)]
    flags += engine_flags(engine, download)
    if dry_run:
        flags.append("translate.download=false")
    request = Request(tuple(inputs), out, load_config(config, flags=flags), pairs)
    if pairs is not None and not pairs.is_file():
        raise UsageError(f"--pairs {pairs}: no such file")

    if dry_run:
        from flows.cli.status import outlook_lines
        from tasks.driver.outlook import look_ahead

        for line in outlook_lines(look_ahead(plan_of(request))):
            typer.echo(line)
        typer.echo("Nothing was written.")
        return

    from flows.cli.display import show_finished

    try:
        finished = _carry_out(request, prefect=prefect)
    except BaseException as error:
        code = exit_code(error)
        if code is None or request.config.run.log_format != "json":
            raise
        raise typer.Exit(code) from None  # told in the log; every line of it is JSON
    show_finished(finished)
    if strict and finished.counts.get("quarantined"):
        raise typer.Exit(Exit.QUARANTINED)


def _carry_out(request: "Request", *, prefect: bool) -> "Finished":
    from flows.cli.display import shown_progress
    from flows.prefect_home import prepare_prefect
    from flows.request import plan_of
    from flows.running import execute
    from flows.runs.watch import watched
    from tasks.driver import is_published

    with watched(request) as watch:
        plan = plan_of(request)
        if is_published(plan):
            return execute(request, plan, watch)
        with shown_progress(request.config.run.log_format) as progress:
            if not prefect:
                return execute(request, plan, watch, progress=progress)
            prepare_prefect(quiet=True)
            from flows.build_corpus import run_as_flow

            return run_as_flow(request, plan, watch, progress)
