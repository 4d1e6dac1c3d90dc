"""One stage alone on files at hand, for the commands that a person runs beside the main job."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from models.records import Quarantine, QuarantineReason
from tasks.driver.settings import Settings
from tasks.emit.jsonl import encode_line
from tasks.ingest import ingest
from tasks.ingest.words import with_words
from tasks.read import InputError, read, scan


def ingest_files(
    inputs: Sequence[Path], settings: Settings
) -> Iterator[bytes | Quarantine]:
    """The articles of documents as JSON lines, in path order; quarantine records in between.

    The lines are those of ``zh.jsonl`` and ``en.jsonl`` before pairing.
    """
    for unit in scan(inputs, settings.read):
        document = unit if isinstance(unit, Quarantine) else read(unit, settings.read)
        if isinstance(document, Quarantine):
            yield document
            continue
        ingested = ingest(document)
        if ingested.quarantine is not None:
            yield ingested.quarantine
        for article in ingested.articles:
            yield encode_line(with_words(article, settings.words)) + b"\n"


def read_text(path: Path) -> str:
    """The text of one file, decoded or extracted as documents are.

    Raises InputError when the file cannot be read as text; an empty file is an empty text.
    """
    settings = Settings().read
    for unit in scan([path], settings):
        document = unit if isinstance(unit, Quarantine) else read(unit, settings)
        if isinstance(document, Quarantine):
            if document.reason is QuarantineReason.EMPTY:
                return ""
            raise InputError(f"{path}: {document.reason}: {document.detail}")
        return document.text
    raise InputError(f"{path}: nothing to read")
