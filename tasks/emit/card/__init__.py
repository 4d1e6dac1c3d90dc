"""The dataset card ``README.md``, with the header that Hugging Face ``datasets`` and its hub read.

All configurations are line files: ``datasets`` reads a folder with one reader, so the Parquet file
of the exports cannot be one of them.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.manifest import Summary
from models.records import Lang
from tasks.emit.card.features import Tables, features
from tasks.emit.corpus import ALIGNMENTS, ARTICLES, PAIRS, QUARANTINE, REMOVED, Corpus
from tasks.emit.jsonl import read_raw
from tasks.emit.settings import DEFAULT_SETTINGS
from tasks.emit.summary import engine_line, plain_sentences, plural, tables
from tasks.emit.tally import FreeKey, tally_corpus
from tasks.emit.version import tool_version

CARD = "README.md"
_LINES = {
    ARTICLES[Lang.ZH]: "an article in Chinese",
    ARTICLES[Lang.EN]: "an article in English",
    PAIRS: "a pair of articles",
    ALIGNMENTS: "a bead: sentences of both sides that translate each other",
    REMOVED: "something taken out of a text, with its reason",
    QUARANTINE: "an input that could not be used, with its reason",
}
# https://huggingface.co/docs/hub/datasets-cards
_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
    (100_000_000, "10M<n<100M"),
)
_FORMATS = {"tsv": "TSV", "moses": "Moses files", "tmx": "TMX", "parquet": "Parquet"}


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration of the dataset: a name for one of its files, and its columns as YAML."""

    name: str
    file: str
    features: str


def write_card(
    folder: Path,
    summary: Summary,
    *,
    name: str = "zhen corpus",
    exports: Sequence[str] = DEFAULT_SETTINGS.exports,
    counts: Mapping[str, int] | None = None,
    free_keys: Collection[FreeKey] | None = None,
) -> Path:
    """Write the card of a corpus folder whose line files are there; its path.

    ``exports`` are the formats that are, or will be, under ``exports/``. ``counts`` (lines of each
    line file) and ``free_keys`` are found in the files unless they are given.
    """
    if counts is None:
        counts = {file: sum(1 for _ in read_raw(folder / file)) for file in _LINES}
    if free_keys is None:
        free_keys = tally_corpus(Corpus(folder)).free_keys
    configs = _configs(_seen_tables(free_keys), counts)
    text = _template().render(
        name=name,
        summary=summary,
        version=tool_version(),
        languages=[lang for lang in Lang if counts[ARTICLES[lang]]],
        size=_size(counts[ALIGNMENTS] or sum(counts[file] for file in ARTICLES.values())),
        configs=configs,
        config_names=" or ".join(f"`{c.name}`" for c in configs[1:]),
        sentences=plain_sentences(summary),
        engine=engine_line(summary),
        files=[(file, counts[file], what) for file, what in _LINES.items()],
        tables=tables(summary),
        machine=_machine(summary),
        beads=counts[ALIGNMENTS],
        exports=exports,
        formats=" and ".join(_FORMATS[format] for format in exports),
        article_file=next((f for f in ARTICLES.values() if counts[f]), ""),
    )
    path = folder / CARD
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _configs(seen: Tables, counts: Mapping[str, int]) -> list[Config]:
    """The configurations that have lines; loading an empty file is an error in ``datasets``."""
    lines = (
        ("alignments", ALIGNMENTS, "bead"),
        ("pairs", PAIRS, "pair"),
        ("zh", ARTICLES[Lang.ZH], "article"),
        ("en", ARTICLES[Lang.EN], "article"),
    )
    found: list[Config] = []
    stated: set[str] = set()
    for name, file, schema in lines:
        if counts[file]:
            columns = f"&{schema} {json.dumps(features(schema, seen))}"  # YAML: named, to be reused
            found.append(Config(name, file, f"*{schema}" if schema in stated else columns))
            stated.add(schema)
    return found


def _seen_tables(free_keys: Collection[FreeKey]) -> Tables:
    """The keys of the tables of free keys, with the type that holds all values of a key."""
    kinds: dict[str, dict[str, set[str]]] = {"settings": {}, "parts": {}}
    for table, name, kind in free_keys:
        kinds[table].setdefault(name, set()).add(kind)
    return {
        table: {name: _widest(found) for name, found in names.items()}
        for table, names in kinds.items()
    }


def _widest(kinds: set[str]) -> str:
    if len(kinds) == 1:
        return next(iter(kinds))
    return "float64" if kinds == {"int64", "float64"} else "string"


def _size(count: int) -> str:
    """The size class of the hub."""
    return next((name for limit, name in _SIZES if count < limit), "100M<n<1B")


def _machine(summary: Summary) -> str:
    """How much a machine made, in words; "" for nothing."""
    articles = sum(summary.machine_articles.values())
    if not articles and not summary.machine_beads:
        return ""
    return f"{plural(articles, 'article')}, {plural(summary.machine_beads, 'bead')}"


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # Markdown; no text of a document is in it
    ).get_template("card.md.j2")
