"""What scan gives and read takes: one document to be, found but not yet read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InputUnit:
    """A file, or a line of a JSONL file.

    ``path`` is the shown path (see :mod:`tasks.read.paths`), ``file`` the real one for the
    operating system. ``sha256`` and ``size`` (bytes) are those of the file; for a line
    (``record``, from 1) those of the line without its end, which begins at byte ``offset``.
    """

    path: str
    file: str
    format: str
    sha256: str
    size: int
    record: int | None = None
    offset: int | None = None
