"""``zhen run``: the whole way, with progress and a summary."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.errors import Exit, UsageError

Inputs = Annotated[
    list[Path], typer.Argument(metavar="INPUT...", help="Files and folders to read.")
]
Out = Annotated[Path, typer.Option("--out", "-o", help="The corpus folder to make.")]


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
    glossary: Annotated[Path | None, typer.Option(help="A TSV of terms: zh, en, note.")] = None,
    runner: Annotated[
        str | None, typer.Option(help="Where shards run: auto, serial, threads, processes.")
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Shards at work at once.")] = None,
    shard_size: Annotated[int | None, typer.Option(help="Documents in a shard.")] = None,
    setting: Annotated[
        list[str] | None, typer.Option("--set", help="Any setting: SECTION.NAME=VALUE.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 3 when an input was quarantined.")
    ] = False,
    prefect: Annotated[
        bool, typer.Option(help="Run as a Prefect flow; the bytes are the same without.")
    ] = True,
) -> None:
    """Build (or bring up to date) a corpus folder from documents."""
    from flows.config import load_config
    from flows.prefect_home import prepare_prefect
    from flows.running import Finished, Request, execute, plan_of
    from tasks.driver import is_published

    given = {
        "translate.translator": translator,
        "translate.glossary": None if glossary is None else str(glossary),
        "run.runner": runner,
        "run.workers": workers,
        "run.shard_size": shard_size,
    }
    flags = [*(setting or ()), *(f"{k}={v}" for k, v in given.items() if v is not None)]
    request = Request(tuple(inputs), out, load_config(config, flags=flags), pairs)
    if pairs is not None and not pairs.is_file():
        raise UsageError(f"--pairs {pairs}: no such file")

    from flows.cli.display import show_finished, shown_progress

    plan = plan_of(request)
    if is_published(plan):
        finished: Finished = execute(request, plan=plan)
    else:
        with shown_progress() as progress:
            if prefect:
                prepare_prefect(quiet=True)
                from flows.build_corpus import run_as_flow

                finished = run_as_flow(request, plan, progress)
            else:
                finished = execute(request, plan=plan, progress=progress)
    show_finished(finished)
    if strict and finished.counts.get("quarantined"):
        raise typer.Exit(Exit.QUARANTINED)
