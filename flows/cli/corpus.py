"""``zhen export``, ``inspect`` and ``clean``: what one does with a corpus folder."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.errors import Exit
from models.records import Lang

Corpus = Annotated[Path, typer.Argument(metavar="CORPUS", help="A corpus folder.")]


class To(StrEnum):
    """What a corpus can be exported to."""

    TSV = "tsv"
    MOSES = "moses"
    TMX = "tmx"
    PARQUET = "parquet"
    ARTICLES = "articles"


class FromOrigin(StrEnum):
    """Whose text is exported."""

    SOURCE = "source"
    MACHINE = "machine"
    ANY = "any"


class ToScript(StrEnum):
    """The script that the Chinese side is converted to."""

    HANS = "hans"
    HANT = "hant"


def export(
    corpus: Corpus,
    to: Annotated[To, typer.Option(help="The format.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="A folder, or a file of the format.")],
    min_score: Annotated[float, typer.Option(min=0, max=1, help="Least score of a bead.")] = 0.0,
    origin: Annotated[FromOrigin, typer.Option(help="Whose text.")] = FromOrigin.ANY,
    max_length: Annotated[
        int | None, typer.Option(min=1, help="Most characters of a side.")
    ] = None,
    paired_only: Annotated[
        bool, typer.Option("--paired-only", help="Leave out articles without counterpart.")
    ] = False,
    lang: Annotated[Lang | None, typer.Option(help="Only this language (articles).")] = None,
    script: Annotated[
        ToScript | None, typer.Option(help="Convert the Chinese side on output.")
    ] = None,
) -> None:
    """Export a corpus to TSV, Moses files, TMX, Parquet or article files."""
    from tasks.emit.exports import Format, Selection
    from tasks.emit.exports import export as write

    selection = Selection(
        min_score=min_score,
        origin=origin.value,
        max_length=max_length,
        paired_only=paired_only,
        lang=lang,
        script=None if script is None else script.value,
    )
    counts = write(corpus, Format(to), out, selection)
    what = "articles" if to is To.ARTICLES else "segments"
    typer.echo(f"{counts.written:,} {what} ({counts.machine:,} with machine text)")
    for reason, count in counts.left_out.items():
        typer.echo(f"left out: {reason} {count:,}")
    for path in counts.files:
        typer.echo(str(path))


def inspect(
    corpus: Corpus,
    as_json: Annotated[bool, typer.Option("--json", help="Print the manifest's counts.")] = False,
) -> None:
    """Say what a corpus folder holds, and whether its files are as they were published."""
    from tasks.emit.manifest import verify
    from tasks.emit.summary import engine_line, plain_sentences, read_manifest, tables

    manifest = read_manifest(corpus)
    problems = verify(corpus)
    if as_json:
        import msgspec

        typer.echo(msgspec.json.encode(manifest.counts).decode())
    else:
        for line in (*plain_sentences(manifest.counts), engine_line(manifest.counts)):
            if line:
                typer.echo(line)
        for table in tables(manifest.counts):
            typer.echo(f"{table.title}: " + ", ".join(f"{n} {c:,}" for n, c in table.rows))
        typer.echo(f"Signature: {manifest.signature}")
    for problem in problems:
        typer.echo(f"zhen: {problem}", err=True)
    if problems:
        raise typer.Exit(Exit.FAILED)
    if not as_json:
        typer.echo(f"All {len(manifest.files):,} files are as they were published.")


def clean(
    corpus: Corpus,
    config: Annotated[Path | None, typer.Option(help="A config file [default: zhen.toml]")] = None,
    setting: Annotated[
        list[str] | None, typer.Option("--set", help="Any setting: SECTION.NAME=VALUE.")
    ] = None,
) -> None:
    """Drop work beside a corpus that it no longer needs, and say how much that was."""
    from flows.cleaning import clean as do
    from flows.config import load_config

    done = do(corpus, load_config(config, flags=setting or ()))
    typer.echo(f"results nothing refers to: {done.results:,} ({_megabytes(done.result_bytes)})")
    typer.echo(f"left over from runs that died: {_megabytes(done.leftover_bytes)}")
    typer.echo(f"old records of runs: {done.runs:,}")
    typer.echo(f"translations beyond the limit: {done.translations:,}")
    typer.echo(f"old files in the cache folder: {_megabytes(done.cache_bytes)}")
    freed = done.before - done.after
    typer.echo(f"freed {_megabytes(freed)}; {_megabytes(done.after)} are left")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
