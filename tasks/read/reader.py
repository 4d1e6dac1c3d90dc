"""One unit to one document."""

import hashlib

from models.records import Document, Quarantine, QuarantineReason, SourceFile
from tasks.read.decode import Decoded, decode
from tasks.read.extracted import Extracted
from tasks.read.files import read_range
from tasks.read.formats import HEAD, refuse_binary
from tasks.read.settings import ReadSettings
from tasks.read.units import InputUnit
from tasks.read.unusable import UnreachableError, UnusableError


def read(unit: InputUnit, settings: ReadSettings) -> Document | Quarantine:
    """The document of ``unit``, or why there is none; never raises for what is in a file.

    The bytes must still be those that were scanned, so that a document and its digest always
    belong together. A quarantine record has the digest of what it judges; it has none when the
    bytes could not be had, which may be otherwise the next time.
    """
    try:
        return _document(unit, settings)
    except UnreachableError as error:
        return Quarantine(unit.path, error.reason, error.detail, unit.record, unit.offset)
    except UnusableError as error:
        return Quarantine(
            unit.path, error.reason, error.detail, unit.record, unit.offset, unit.sha256
        )


def _document(unit: InputUnit, settings: ReadSettings) -> Document:
    if unit.size > settings.max_file_bytes:
        detail = f"{unit.size} bytes, the limit is {settings.max_file_bytes}"
        raise UnusableError(QuarantineReason.TOO_LARGE, detail)
    # One byte more than expected, so that a file that grew is noticed.
    more = 1 if unit.record is None else 0
    data = read_range(unit.file, unit.offset or 0, unit.size + more)
    if hashlib.sha256(data).hexdigest() != unit.sha256:
        detail = "the file changed while it was being used"
        raise UnreachableError(QuarantineReason.UNREADABLE, detail)
    extracted = _extract(data, unit, settings)
    _check_size(extracted.text, settings.max_document_bytes)
    if not extracted.text.strip():
        reason = QuarantineReason.NO_TEXT if extracted.extracted else QuarantineReason.EMPTY
        raise UnusableError(
            reason, "no text in it" if extracted.extracted else "nothing but blanks"
        )
    source = SourceFile(
        path=unit.path,
        sha256=unit.sha256,
        size=unit.size,
        format=unit.format,
        record=unit.record,
        encoding=extracted.encoding,
        encoding_confidence=extracted.confidence,
        encoding_alternatives=extracted.alternatives,
    )
    return Document(
        source, extracted.text, extracted.hints, extracted.markdown, extracted.extracted
    )


def _extract(data: bytes, unit: InputUnit, settings: ReadSettings) -> Extracted:
    """Hands ``data`` to the reader of its format; they are loaded when one is needed."""
    if not data:
        raise UnusableError(QuarantineReason.EMPTY, "the file is empty")
    if unit.format == "docx":
        from tasks.read.docx import extract_docx

        return extract_docx(data, settings.max_document_bytes)
    if unit.format == "pdf":
        from tasks.read.pdf import extract_pdf

        return extract_pdf(data, settings.max_pdf_pages, settings.max_document_bytes)
    if unit.format == "jsonl":
        from tasks.read.jsonl import extract_record

        return extract_record(data, settings)
    refuse_binary(data[:HEAD])
    if unit.format == "html":
        from tasks.read.html import decode_page, extract_page

        decoded = decode_page(data)
        return _with_encoding(extract_page(decoded.text), decoded)
    if len(data) > 4 * settings.max_document_bytes:  # too large in any encoding
        raise UnusableError(
            QuarantineReason.TOO_LARGE, _limit(len(data), settings.max_document_bytes)
        )
    decoded = decode(data)
    return _with_encoding(Extracted(decoded.text, markdown=unit.format == "md"), decoded)


def _with_encoding(extracted: Extracted, decoded: Decoded) -> Extracted:
    return Extracted(
        extracted.text,
        extracted.hints,
        decoded.encoding,
        decoded.confidence,
        decoded.alternatives,
        extracted.markdown,
        extracted.extracted,
    )


def _check_size(text: str, limit: int) -> None:
    """Raises :class:`UnusableError` when ``text`` has more than ``limit`` bytes as UTF-8."""
    if len(text) * 4 <= limit:
        return
    size = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
    if size > limit:
        raise UnusableError(QuarantineReason.TOO_LARGE, _limit(size, limit))


def _limit(size: int, limit: int) -> str:
    return f"{size} bytes of text, the limit is {limit}"
