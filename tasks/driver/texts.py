"""The text of one file that a command is given."""

from pathlib import Path

from models.records import Quarantine, QuarantineReason
from tasks.read import InputError, ReadSettings, read, scan


def read_text(path: Path) -> str:
    """The text of one file, decoded or extracted as documents are.

    Raises InputError when the file cannot be read as text; an empty file is an empty text.
    """
    settings = ReadSettings()
    for unit in scan([path], settings):
        document = unit if isinstance(unit, Quarantine) else read(unit, settings)
        if isinstance(document, Quarantine):
            if document.reason is QuarantineReason.EMPTY:
                return ""
            raise InputError(f"{path}: {document.reason}: {document.detail}")
        return document.text
    raise InputError(f"{path}: nothing to read")
