"""One Prefect flow for each stage that a person would run alone: ingest, translate, align, export.

Each does what the command of the same name does, with the same plain functions underneath.
"""

from pathlib import Path
from typing import Any, Literal

from flows.prefect_home import prepare_prefect

prepare_prefect(quiet=False)

# Prefect reads its environment when it is imported, hence the order.
from prefect import flow  # noqa: E402

from flows.config import load_config  # noqa: E402
from models.records import Lang, Quarantine  # noqa: E402


def _settings(config: str | None, settings: list[str] | None) -> Any:
    return load_config(Path(config) if config else None, flags=settings or ()).settings


@flow(name="ingest", persist_result=False)
def ingest(
    inputs: list[str], out: str, config: str | None = None, settings: list[str] | None = None
) -> dict[str, int]:
    """Turn documents into a JSONL file of articles; how many there are, how many were refused."""
    from tasks.driver.files import write_whole
    from tasks.driver.single import ingest_files

    lines: list[bytes] = []
    refused = 0
    for found in ingest_files([Path(path) for path in inputs], _settings(config, settings)):
        if isinstance(found, Quarantine):
            refused += 1
        else:
            lines.append(found)
    write_whole(Path(out), b"".join(lines))
    return {"articles": len(lines), "refused": refused}


@flow(name="align", persist_result=False)
def align(
    zh: str, en: str, out: str, config: str | None = None, settings: list[str] | None = None
) -> dict[str, int]:
    """Align two files, a sentence a line, into a file of JSON lines; how many beads there are."""
    from tasks.driver.aligning import align_texts, format_jsonl
    from tasks.driver.files import write_whole
    from tasks.driver.texts import read_text

    chosen = _settings(config, settings)
    texts = [(path, read_text(Path(path))) for path in (zh, en)]
    aligned = align_texts(texts[0], texts[1], chosen)
    write_whole(Path(out), format_jsonl(aligned, chosen))
    return {"beads": len(aligned.beads)}


@flow(name="translate", persist_result=False)
def translate(
    source: str,
    to: Lang,
    out: str,
    config: str | None = None,
    settings: list[str] | None = None,
) -> dict[str, int]:
    """Translate a text file line by line; how many lines there are, how many sentences failed."""
    from tasks.driver.files import write_whole
    from tasks.driver.single import translate_lines
    from tasks.driver.texts import read_text

    lines = read_text(Path(source)).rstrip("\n").split("\n")
    made, failed = translate_lines(lines, to, _settings(config, settings).translate)
    write_whole(Path(out), "".join(f"{line}\n" for line in made).encode())
    return {"lines": len(made), "failed": failed}


@flow(name="export", persist_result=False)
def export(
    corpus: str,
    to: str,
    out: str,
    min_score: float = 0.0,
    origin: Literal["source", "machine", "any"] = "any",
    max_length: int | None = None,
    paired_only: bool = False,
    lang: Lang | None = None,
    script: Literal["hans", "hant"] | None = None,
) -> dict[str, int]:
    """Export a corpus folder; how many segments (or articles) were written.

    The parameters are the options of ``zhen export``.
    """
    from tasks.emit.exports import Format, Selection
    from tasks.emit.exports import export as write

    selection = Selection(
        min_score=min_score,
        origin=origin,
        max_length=max_length,
        paired_only=paired_only,
        lang=lang,
        script=script,
    )
    return {"written": write(Path(corpus), Format(to), Path(out), selection).written}
