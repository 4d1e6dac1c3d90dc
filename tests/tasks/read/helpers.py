"""Reading one file, for the tests of the formats."""

from pathlib import Path

from models.records import Document, Quarantine, QuarantineReason
from tasks.read import ReadSettings, read, scan


def read_all(
    path: Path,
    settings: ReadSettings = ReadSettings(),  # noqa: B008
) -> list[Document | Quarantine]:
    """Every document of an input, or why there is none."""
    units = scan([path], settings)
    return [unit if isinstance(unit, Quarantine) else read(unit, settings) for unit in units]


def read_bytes(
    folder: Path,
    name: str,
    content: bytes,
    settings: ReadSettings = ReadSettings(),  # noqa: B008
) -> Document | Quarantine:
    """The one document in a file ``name`` with ``content``."""
    (folder / name).write_bytes(content)
    (result,) = read_all(folder / name, settings)
    return result


def document(result: Document | Quarantine) -> Document:
    """``result``, which must be a document."""
    assert isinstance(result, Document), result
    return result


def reason(result: Document | Quarantine) -> QuarantineReason:
    """Why ``result`` is no document; its detail must be one plain line."""
    assert isinstance(result, Quarantine), result
    assert result.detail
    assert "\n" not in result.detail
    return result.reason
