"""JSON Schemas (draft 2020-12) of the lines of the output files and of the manifest.

They are made from the record types, and shipped as files beside this module. After a change of a
record, ``python -m models.schemas`` writes them anew; a test holds the files against the types.
"""

import inspect
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from models.manifest import Manifest
from models.records import Article, ArticlePair, Bead, Quarantine, RemovedLine

FOLDER = Path(__file__).parent

#: Schema name → the type of a line (or of the file, for the manifest).
TYPES: Mapping[str, type] = MappingProxyType(
    {
        "article": Article,
        "pair": ArticlePair,
        "bead": Bead,
        "removed": RemovedLine,
        "quarantine": Quarantine,
        "manifest": Manifest,
    }
)

#: Output file → the name of the schema that its lines follow.
FILES: Mapping[str, str] = MappingProxyType(
    {
        "zh.jsonl": "article",
        "en.jsonl": "article",
        "pairs.jsonl": "pair",
        "alignments.jsonl": "bead",
        "removed.jsonl": "removed",
        "quarantine.jsonl": "quarantine",
        "manifest.json": "manifest",
    }
)


def load(name: str) -> dict[str, Any]:
    """The shipped schema of that name.

    >>> load("quarantine")["title"]
    'Quarantine'
    """
    schema: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_bytes())
    return schema


def generate(name: str) -> dict[str, Any]:
    """The schema of that name, made from its record type.

    Every field is required: an output line always holds all of its fields, absent values as null
    or empty. Fields beyond these are allowed, so that a later version may add some.
    """
    import msgspec

    raw = msgspec.json.schema(TYPES[name])
    definitions = {key: _finished(value) for key, value in sorted(raw["$defs"].items())}
    top = definitions.pop(TYPES[name].__name__)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **top, "$defs": definitions}


def text(name: str) -> str:
    """The content of the schema's file."""
    return json.dumps(generate(name), ensure_ascii=False, indent=2) + "\n"


def write(folder: Path = FOLDER) -> list[Path]:
    """Write all schemas; their paths."""
    paths = []
    for name in TYPES:
        paths.append(folder / f"{name}.json")
        paths[-1].write_text(text(name), encoding="utf-8", newline="\n")
    return paths


def _finished(definition: dict[str, Any]) -> dict[str, Any]:
    """A definition as we publish it: plain description, all fields required, no defaults."""
    result = dict(definition)
    if "description" in result:
        result["description"] = " ".join(inspect.cleandoc(result["description"]).split())
    if "properties" in result:
        result["properties"] = {
            field: {key: value for key, value in rule.items() if key != "default"}
            for field, rule in result["properties"].items()
        }
        result["required"] = list(result["properties"])
    return result
