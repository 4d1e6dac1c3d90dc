"""``zhen eval``: quality against gold data."""

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.engines import Engine, EngineOption
from flows.cli.errors import UsageError
from models.records import Lang

app = typer.Typer(
    help="Measure quality against gold data.", no_args_is_help=True, rich_markup_mode=None
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Batch(StrEnum):
    """What self-training learns from."""

    ALL = "all"
    DOCUMENT = "document"


class Direction(StrEnum):
    """Which way to translate."""

    ZH_EN = "zh-en"
    EN_ZH = "en-zh"


@app.command()
def align(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Sets with src/, tgt/ and gold/.")
    ],
    batch: Annotated[
        Batch, typer.Option(help="Self-training: a document, or all.")
    ] = Batch.DOCUMENT,
    no_lexicon: Annotated[bool, typer.Option("--no-lexicon", help="Without a lexicon.")] = False,
    lexicon: Annotated[Path | None, typer.Option(help="A lexicon of your own.")] = None,
    write: Annotated[Path | None, typer.Option(help="Write the system's beads here.")] = None,
    as_json: AsJson = False,
) -> None:
    """Score the aligner: strict precision, recall and F1, one row a set."""
    from models.lexicon import Lexicon, load_lexicon
    from tasks.evaluate.align import evaluate, format_scores, score_records

    chosen = Lexicon.empty() if no_lexicon else load_lexicon(lexicon)
    rows = evaluate(folders, batch=batch.value, lexicon=chosen, write=write)
    typer.echo(json.dumps(score_records(rows)) if as_json else format_scores(rows))


@app.command()
def pair(
    documents: Annotated[
        Path, typer.Argument(metavar="TSV", help="Columns: Chinese, English, document id.")
    ],
    traditional: Annotated[
        bool, typer.Option("--traditional", help="Write the Chinese side in Traditional.")
    ] = False,
    alone: Annotated[
        float, typer.Option(min=0, max=1, help="Share of documents left without counterpart.")
    ] = 0.0,
    as_json: AsJson = False,
) -> None:
    """Score the pairing of articles by content: precision and recall."""
    from tasks.evaluate.pair import evaluate_pairing, read_documents

    score = evaluate_pairing(read_documents(documents), traditional=traditional, alone=alone)
    if as_json:
        shares = {"precision": score.precision, "recall": score.recall}
        typer.echo(json.dumps({**asdict(score), **shares}))
    else:
        typer.echo(f"{documents.name}: precision {score.precision:.4f}, recall {score.recall:.4f} "
                   f"({score.right} of {score.gold} pairs, {score.ties} near-ties)")  # fmt: skip


@app.command()
def translate(
    testset: Annotated[Path, typer.Argument(metavar="TESTSET", help="Columns: Chinese, English.")],
    direction: Annotated[
        Direction | None, typer.Option(help="One direction [default: both].")
    ] = None,
    translator: Annotated[str, typer.Option(help="auto, a model folder or a hub id.")] = "auto",
    engine: Engine = None,
    glossary: Annotated[
        Path | None,
        typer.Option(help="A TSV of terms to keep and to count [default: none]."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first sentences.")] = None,
    write: Annotated[
        Path | None,
        typer.Option(help="A file for the translations; of two directions each has its suffix."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Score a translation engine: BLEU and chrF with signatures, speed, guards, terms."""
    from models.glossary import load_glossary
    from tasks.evaluate.translate import evaluate_testset, format_scores, score_records

    directions = [
        (Lang(one), Lang(other))
        for one, other in (
            way.value.split("-") for way in ([direction] if direction else Direction)
        )
    ]
    rows = evaluate_testset(
        testset,
        directions,
        translator=translator,
        engine=(engine or EngineOption.AUTO).setting,
        glossary=None if glossary in (None, Path("none")) else load_glossary(glossary),
        limit=limit,
        write=write,
    )
    typer.echo(json.dumps(score_records(rows)) if as_json else format_scores(rows))


@app.command()
def pages(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Pages with gold, as in tests/data/pages.")
    ],
    misses: Annotated[
        bool, typer.Option("--misses", help="What is read wrongly, on pages not held out.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Score the reading of messy pages: sentences, scraps, metadata, languages, boundaries."""
    from tasks.evaluate.page_gold import held_out
    from tasks.evaluate.pages import evaluate_pages, format_scores, scores

    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder")
    counts = evaluate_pages(folder)
    halves = {"visible": False, "held out": True}
    rows = {
        name: scores(count for page, count in counts.items() if held_out(page) is held)
        for name, held in halves.items()
    }
    if as_json:
        typer.echo(json.dumps({name: asdict(row) for name, row in rows.items()}))
        return
    typer.echo(format_scores(rows))
    for page, count in counts.items() if misses else ():
        for miss in count.misses if not held_out(page) else ():
            typer.echo(f"{page}\t{miss}")
