"""What a corpus folder says about itself: the content of ``manifest.json``."""

from dataclasses import dataclass, field
from typing import Any

#: Changes whenever a reader of an older corpus folder would misread a newer one.
SCHEMA_VERSION = 1

#: How to get an engine, in one line; shown where articles are left without counterpart.
ENGINE_HINT = (
    "No translation engine was used. To give the unpaired articles a machine translation, "
    "run again with --translator and a model folder (zhen models pull ID gets one)."
)


@dataclass(frozen=True, slots=True)
class FileDigest:
    """A file's SHA-256 (hex) and size (bytes); ``count`` is its number of lines where a line is a
    record, else null.
    """

    count: int | None
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a corpus, as the report, the dataset card and ``zhen inspect`` show them.

    ``documents`` counts what was read from ``files`` (a JSONL file holds many), ``duplicates`` the
    documents with the same content as an earlier one. ``articles``, ``machine_articles`` and
    ``sentences`` are by language, ``machine_articles`` not being part of ``articles``; ``pairs`` by
    how they were found; ``unpaired`` by reason; ``beads`` by type (``1-2``: one Chinese sentence,
    two English ones), ``machine_beads`` of them with a machine-made side; ``flags`` by what a check
    found; ``removed`` (stretches) and ``quarantined`` (inputs) by reason. Zeros are left out of the
    tables. ``engine`` is the translation engine that was used, ``hint`` how to get one.
    """

    files: int = 0
    documents: int = 0
    duplicates: int = 0
    articles: dict[str, int] = field(default_factory=dict)
    machine_articles: dict[str, int] = field(default_factory=dict)
    sentences: dict[str, int] = field(default_factory=dict)
    pairs: dict[str, int] = field(default_factory=dict)
    unpaired: dict[str, int] = field(default_factory=dict)
    unpaired_languages: dict[str, int] = field(default_factory=dict)
    beads: dict[str, int] = field(default_factory=dict)
    machine_beads: int = 0
    flags: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    quarantined: dict[str, int] = field(default_factory=dict)
    engine: str | None = None
    hint: str = ENGINE_HINT


@dataclass(frozen=True, slots=True)
class Manifest:
    """``manifest.json``: what the folder holds and everything that decided its bytes.

    ``signature`` is one line to quote in a paper; ``config`` the settings that can change the
    output; ``versions`` those of the stages and of the libraries they use; ``models`` the
    revisions of dictionaries, lexicon and engines; ``files`` every file of the folder but this
    one, by its path inside it.
    """

    schema_version: int
    version: str
    signature: str
    config: dict[str, Any]
    versions: dict[str, str]
    models: dict[str, str]
    counts: Summary
    files: dict[str, FileDigest]
