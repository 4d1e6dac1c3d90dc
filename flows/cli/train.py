"""``zhen train`` and ``zhen models``: learned parts, made here or fetched."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.errors import UsageError

app = typer.Typer(
    help="Learn a lexicon or a translator from a bitext.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
models_app = typer.Typer(
    help="Translation models on this machine.", no_args_is_help=True, rich_markup_mode=None
)

Side = Annotated[Path | None, typer.Option(help="Lines of this language (.xz is read too).")]
Out = Annotated[Path, typer.Option("--out", "-o", help="The folder to make.")]


@app.command()
def lexicon(
    out: Out,
    zh: Side = None,
    en: Side = None,
    adapt: Annotated[
        Path | None, typer.Option(help="A corpus folder: a new version from its confident beads.")
    ] = None,
    base: Annotated[
        Path | None, typer.Option(help="The lexicon to adapt [default: the shipped one].")
    ] = None,
) -> None:
    """Learn the aligner's lexicon (IBM Model 1, both directions)."""
    from tasks.align.learn import adapt_lexicon, train_lexicon

    if adapt is not None:
        if zh is not None or en is not None:
            raise UsageError("--adapt goes without --zh and --en")
        made = adapt_lexicon(adapt, out, base=base)
    elif zh is None or en is None:
        raise UsageError("give --zh and --en, or --adapt CORPUS")
    else:
        made = train_lexicon(zh, en, out)
    typer.echo(f"{out / 'lexicon.bin'}: {len(made.zh_index):,} Chinese and "
               f"{len(made.en_index):,} English tokens, from {made.source}")  # fmt: skip


@app.command()
def translator(
    out: Out,
    zh: Side = None,
    en: Side = None,
    data: Annotated[
        Path | None, typer.Option(help="Prepared data instead of --zh and --en.")
    ] = None,
    prepare_only: Annotated[
        bool, typer.Option("--prepare-only", help="Stop when the data is prepared in --out.")
    ] = False,
    minutes: Annotated[float | None, typer.Option(help="Minutes of training at most.")] = None,
    steps: Annotated[int | None, typer.Option(help="Batches at most.")] = None,
    exclude: Annotated[
        list[Path] | None, typer.Option(help="Test sets whose sentences are not learned.")
    ] = None,
) -> None:
    """Train one translation model for both directions, and export it for CTranslate2.

    With --prepare-only the compact training data is made, to be copied to a machine with a GPU.
    """
    if data is None and (zh is None or en is None):
        raise UsageError("give --zh and --en, or --data with what --prepare-only made")
    if prepare_only:
        from models.training.data import prepare_data

        if zh is None or en is None:
            raise UsageError("--prepare-only needs --zh and --en")
        ready = prepare_data(zh, en, out, exclude=exclude or (), say=typer.echo)
        typer.echo(f"{out}: {ready.rows:,} rows of {ready.read:,} pairs")
        return
    from models.training.translator import train_translator
    from models.training.translator_settings import TranslatorSettings

    given = {"minutes": minutes, "steps": steps}
    settings = TranslatorSettings(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    made = train_translator(
        out, zh=zh, en=en, data=data, settings=settings, exclude=exclude or (), say=typer.echo
    )
    typer.echo(f"{made.converted or made.model}: {made.steps:,} batches, chrF {made.chrf}")


@models_app.command()
def pull(hub_id: Annotated[str, typer.Argument(metavar="ID", help="A model on the hub.")]) -> None:
    """Download a translation model into the cache folder (the only command that downloads)."""
    from models.engines.pull import pull_model

    typer.echo(str(pull_model(hub_id)))
