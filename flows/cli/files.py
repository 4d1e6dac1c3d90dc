"""The commands that do one small thing with files at hand; none of them imports Prefect."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.engines import Download, Engine, engine_flags
from flows.cli.errors import Exit, UsageError
from models.records import Lang

Inputs = Annotated[
    list[Path], typer.Argument(metavar="INPUT...", help="Files and folders to read.")
]
Texts = Annotated[
    list[Path] | None, typer.Argument(metavar="[FILE...]", help="Text files [default: stdin].")
]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="A file [default: stdout].")]
Config = Annotated[Path | None, typer.Option(help="A config file [default: zhen.toml]")]
Setting = Annotated[
    list[str] | None, typer.Option("--set", help="Any setting: SECTION.NAME=VALUE.")
]


class AlignFormat(StrEnum):
    """How ``zhen align`` writes beads."""

    TSV = "tsv"
    JSONL = "jsonl"
    TMX = "tmx"
    HTML = "html"


def ingest(
    inputs: Inputs,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the pages with every decision beside them.")
    ] = False,
    out: Out = None,
    config: Config = None,
    setting: Setting = None,
) -> None:
    """Turn documents into articles, one JSON line each; what cannot be used goes to stderr."""
    from flows.cli.explain import shown_explanation
    from flows.config import load_config
    from models.records import Quarantine
    from tasks.driver.single import explain_files, ingest_files

    settings = load_config(config, flags=setting or ()).settings
    refused = 0
    with _output(out) as write:
        for found in explain_files(inputs, settings) if explain else ingest_files(inputs, settings):
            if isinstance(found, Quarantine):
                refused += 1
                place = found.source if found.record is None else f"{found.source}:{found.record}"
                typer.echo(f"zhen: {place}: {found.reason}: {found.detail}", err=True)
            elif isinstance(found, bytes):
                write(found)
            else:
                write(shown_explanation(found, color=out is None and sys.stdout.isatty()))
    if refused:
        raise typer.Exit(Exit.FAILED)


def detect(files: Texts = None) -> None:
    """Say the language and script of texts: name, language, script, share of Han and Latin."""
    from tasks.language import detect as decide

    for name, text in _texts(files):
        found = decide(text)
        shares = found.decision
        fields = (name, found.lang, found.script or "", f"{shares.han:.2f}", f"{shares.latin:.2f}")
        typer.echo("\t".join(fields))


def segment(
    files: Texts = None,
    lang: Annotated[
        Lang | None, typer.Option(help="The language [default: detected a text].")
    ] = None,
    words: Annotated[
        bool, typer.Option("--words", help="Cut Chinese sentences into words with jieba.")
    ] = False,
    config: Config = None,
    setting: Setting = None,
) -> None:
    """Print one sentence a line (with --words: Chinese words with blanks between)."""
    from tasks.language import detect as decide
    from tasks.sentences import split_sentences

    cut = None
    if words:
        from flows.config import load_config
        from tasks.words import segmenter

        cut = segmenter(load_config(config, flags=setting or ()).settings.words)
    for name, text in _texts(files):
        found = lang or decide(text).lang
        if found not in (Lang.ZH, Lang.EN):
            raise UsageError(f"{name}: the language is {found}, neither zh nor en; say --lang")
        for line in text.split("\n"):
            for start, end in split_sentences(line, Lang(found)):
                sentence = line[start:end]
                if cut is not None and found == Lang.ZH:
                    sentence = " ".join(word for word in cut(sentence) if not word.isspace())
                typer.echo(sentence)


def align(
    one: Annotated[
        str, typer.Argument(metavar="ZH", help="A text, a sentence a line; - is stdin.")
    ],
    other: Annotated[str, typer.Argument(metavar="EN", help="Its translation, likewise.")],
    format: Annotated[AlignFormat, typer.Option(help="How beads are written.")] = AlignFormat.TSV,
    explain: Annotated[
        bool, typer.Option("--explain", help="The parts of each score (TSV; JSONL has them).")
    ] = False,
    out: Out = None,
    config: Config = None,
    setting: Setting = None,
) -> None:
    """Align two texts that translate each other, in either order of languages."""
    from flows.config import load_config
    from tasks.driver.aligning import align_texts, format_file, format_jsonl, format_tsv

    settings = load_config(config, flags=setting or ()).settings
    aligned = align_texts(_named_text(one), _named_text(other), settings)
    with _output(out) as write:
        if format is AlignFormat.TSV:
            for row in format_tsv(aligned, settings, explain=explain):
                write(f"{row}\n".encode())
        elif format is AlignFormat.JSONL:
            write(format_jsonl(aligned, settings))
        else:
            write(format_file(aligned, settings, format.value))


def translate(
    to: Annotated[Lang, typer.Option(help="The language to translate into.")],
    files: Texts = None,
    translator: Annotated[
        str | None, typer.Option(help="auto, a model folder or a hub id.")
    ] = None,
    engine: Engine = None,
    download: Download = False,
    glossary: Annotated[Path | None, typer.Option(help="A TSV of terms: zh, en, note.")] = None,
    out: Out = None,
    config: Config = None,
    setting: Setting = None,
) -> None:
    """Translate texts line by line; what cannot be translated is left out and counted."""
    from flows.config import load_config
    from tasks.driver.single import translate_lines

    given = {"translate.translator": translator, "translate.glossary": glossary}
    flags = [*(setting or ()), *(f"{k}={v}" for k, v in given.items() if v is not None)]
    flags += engine_flags(engine, download)
    settings = load_config(config, flags=flags).settings
    lines = [line for _, text in _texts(files) for line in text.rstrip("\n").split("\n")]
    translated, failed = translate_lines(lines, to, settings.translate)
    with _output(out) as write:
        for line in translated:
            write(f"{line}\n".encode())
    if failed:
        typer.echo(f"zhen: {failed:,} sentences without translation were left out", err=True)
        raise typer.Exit(Exit.FAILED)


@contextmanager
def _output(out: Path | None) -> Iterator[Callable[[bytes], object]]:
    """A function that writes to standard output, or to a file that is whole or not there."""
    if out is None:
        yield sys.stdout.buffer.write
        sys.stdout.buffer.flush()
        return
    from tasks.driver.files import write_whole

    chunks: list[bytes] = []
    yield chunks.append
    write_whole(out, b"".join(chunks))


def _texts(files: list[Path] | None) -> list[tuple[str, str]]:
    """Named texts: the files, decoded as documents are, or standard input."""
    if not files:
        return [("-", _standard_input())]
    from tasks.driver.texts import read_text

    return [(str(path), read_text(path)) for path in files]


def _named_text(place: str) -> tuple[str, str]:
    if place == "-":
        return "standard input", _standard_input()
    ((name, text),) = _texts([Path(place)])
    return name, text


def _standard_input() -> str:
    return sys.stdin.buffer.read().decode("utf-8", "replace").removeprefix("\ufeff")
