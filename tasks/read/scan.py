"""From inputs to units: every file and every JSONL line with its digest, in the order of paths."""

import codecs
import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from models.records import Quarantine, QuarantineReason
from tasks.read.files import chunks, opened
from tasks.read.formats import HEAD, format_of
from tasks.read.settings import ReadSettings
from tasks.read.units import InputUnit
from tasks.read.unusable import UnusableError
from tasks.read.walk import Found, find

_BLANKS = b" \t\r\x0b\x0c"


def scan(
    inputs: Sequence[Path], settings: ReadSettings, *, exclude: Sequence[Path] = ()
) -> Iterator[InputUnit | Quarantine]:
    """Everything in ``inputs`` (files and folders), sorted by path, whatever order they come in.

    A JSONL file gives one unit a line that is not blank. What cannot be a document comes as a
    quarantine record in its place; nothing is opened but regular files. ``exclude`` names
    folders inside the inputs that are left out (outputs of a run). Files are read as a stream.

    Raises :class:`tasks.read.InputError`, before the first unit, when an input does not exist.
    """
    found = find(inputs, follow_links=settings.follow_links, exclude=exclude)
    return _units(found, settings)


def _units(
    found: Sequence[Found | Quarantine], settings: ReadSettings
) -> Iterator[InputUnit | Quarantine]:
    for result in found:
        if isinstance(result, Quarantine):
            yield result
            continue
        try:
            yield from _file(result, settings)
        except UnusableError as error:
            yield Quarantine(result.path, error.reason, error.detail)


def _file(found: Found, settings: ReadSettings) -> Iterator[InputUnit | Quarantine]:
    with opened(found.file) as (descriptor, size):
        head = os.read(descriptor, HEAD)
        kind = format_of(found.path.rpartition("/")[2], head)
        if kind == "jsonl":
            os.lseek(descriptor, 0, os.SEEK_SET)
            yield from _records(found, descriptor, settings.max_file_bytes)
            return
        if size > settings.max_file_bytes:
            detail = f"{size} bytes, the limit is {settings.max_file_bytes}"
            raise UnusableError(QuarantineReason.TOO_LARGE, detail)
        digest = hashlib.sha256(head)
        read = len(head)
        for chunk in chunks(descriptor):
            digest.update(chunk)
            read += len(chunk)
        yield InputUnit(found.path, found.file, kind, digest.hexdigest(), read)


class _Line:
    """A line that is being read: its digest, and whether there is anything in it."""

    __slots__ = ("_carriage_return", "blank", "digest", "offset", "size")

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.size = 0
        self.blank = True
        self.digest = hashlib.sha256()
        self._carriage_return = False

    def add(self, part: bytes) -> None:
        """Takes more of the line in. A carriage return at the end waits: it may be its end."""
        if not part:
            return
        if self._carriage_return:
            self._take(b"\r")
        self._carriage_return = part.endswith(b"\r")
        self._take(part[:-1] if self._carriage_return else part)

    def _take(self, part: bytes) -> None:
        self.digest.update(part)
        self.size += len(part)
        if self.blank and part.strip(_BLANKS):
            self.blank = False


def _records(found: Found, descriptor: int, limit: int) -> Iterator[InputUnit | Quarantine]:
    """The lines of a JSONL file. Only a line feed, or one after a carriage return, ends a line."""
    number = 0
    count = 0
    for line in _lines(descriptor):
        number += 1
        if line.blank:
            continue
        count += 1
        digest = line.digest.hexdigest()
        if line.size > limit:
            yield Quarantine(
                found.path,
                QuarantineReason.TOO_LARGE,
                f"line {number} has {line.size} bytes, the limit is {limit}",
                number,
                line.offset,
                digest,
            )
        else:
            yield InputUnit(found.path, found.file, "jsonl", digest, line.size, number, line.offset)
    if not count:
        raise UnusableError(QuarantineReason.EMPTY, "no records in the file")


def _lines(descriptor: int) -> Iterator[_Line]:
    """The lines of a file as a stream. A byte order mark is no part of the first."""
    line = _Line(0)
    position = 0  # of the chunk in the file
    for chunk in chunks(descriptor):
        start = 0
        if not position:
            if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise UnusableError(
                    QuarantineReason.BAD_ENCODING, "JSONL in UTF-16; it must be UTF-8"
                )
            if chunk.startswith(codecs.BOM_UTF8):
                start = line.offset = len(codecs.BOM_UTF8)
        while (end := chunk.find(b"\n", start)) >= 0:
            line.add(chunk[start:end])
            yield line
            start = end + 1
            line = _Line(position + start)
        line.add(chunk[start:])
        position += len(chunk)
    yield line
