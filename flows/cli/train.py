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
Values = Annotated[list[str] | None, typer.Option("--set", help="Any setting: NAME=VALUE.")]
DataValues = Annotated[
    list[str] | None, typer.Option("--set-data", help="Any setting of the data: NAME=VALUE.")
]
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
    set_: Values = None,
    set_data: DataValues = None,
) -> None:
    """Train one translation model for both directions, and export it for CTranslate2.

    With --prepare-only the compact training data is made, to be copied to a machine with a GPU.
    """
    from models.training.data import DataSettings, prepare_data
    from models.training.translator_settings import TranslatorSettings, with_values

    if data is None and (zh is None or en is None):
        raise UsageError("give --zh and --en, or --data with what --prepare-only made")
    given = {"minutes": minutes, "steps": steps}
    named = [f"{name}={value}" for name, value in given.items() if value is not None]
    settings = with_values(TranslatorSettings(), [*named, *(set_ or ())])
    data_settings = with_values(DataSettings(), set_data or ())
    if prepare_only:
        if zh is None or en is None:
            raise UsageError("--prepare-only needs --zh and --en")
        ready = prepare_data(zh, en, out, data_settings, exclude=exclude or (), say=typer.echo)
        typer.echo(f"{out}: {ready.rows:,} rows of {ready.read:,} pairs")
        return
    from models.training.translator import train_translator

    made = train_translator(
        out,
        zh=zh,
        en=en,
        data=data,
        settings=settings,
        data_settings=data_settings,
        exclude=exclude or (),
        say=typer.echo,
    )
    typer.echo(f"{made.converted or made.model}: {made.steps:,} batches, chrF {made.chrf}")


@models_app.command()
def pull(hub_id: Annotated[str, typer.Argument(metavar="ID", help="A model on the hub.")]) -> None:
    """Download a translation model into the cache folder (the only command that downloads)."""
    from models.engines.pull import pull_model

    typer.echo(str(pull_model(hub_id)))


@models_app.command()
def convert(
    model: Annotated[Path, typer.Argument(metavar="MODEL", help="A transformers folder.")],
    out: Out,
) -> None:
    """Convert a translation model to CTranslate2 in int8, ready to be used or to ship."""
    from models.engines.convert import convert_model
    from models.engines.files import check_folder

    if out.exists():
        raise UsageError(f"{out} exists already")
    made = convert_model(check_folder(model), out)
    directions = ", ".join(sorted("-".join(direction) for direction in made.directions))
    size = sum(path.stat().st_size for path in out.iterdir())
    typer.echo(f"{out}: {directions}, {size / 1e6:.1f} MB")
