"""PDF: the text of the pages."""

import io
import logging
from functools import cache
from typing import TYPE_CHECKING

from models.records import Hints, QuarantineReason
from tasks.read.extracted import Extracted
from tasks.read.unusable import UnusableError

if TYPE_CHECKING:
    from pypdf import PdfReader


@cache
def _reader_class() -> type["PdfReader"]:
    """The reader of pypdf, loaded once, with its remarks on odd files switched off."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    return PdfReader


def extract_pdf(data: bytes, max_pages: int, max_text: int) -> Extracted:
    """The text of a PDF, lines as on the page, a form feed after each page but the last.

    Raises :class:`UnusableError`: NO_TEXT for scanned pages, UNREADABLE for encrypted and broken
    files (one page that cannot be read loses the file, for a gap would not be seen), TOO_LARGE.
    """
    pages: list[str] = []
    size = 0
    try:
        reader = _reader_class()(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnusableError(QuarantineReason.UNREADABLE, "the PDF is encrypted")
        if len(reader.pages) > max_pages:
            detail = f"{len(reader.pages)} pages, the limit is {max_pages}"
            raise UnusableError(QuarantineReason.TOO_LARGE, detail)
        for page in reader.pages:
            pages.append(_clean(page.extract_text()).strip("\n"))
            size += len(pages[-1])
            if size > max_text:
                detail = f"more than {max_text} bytes of text, which is the limit"
                raise UnusableError(QuarantineReason.TOO_LARGE, detail)
        info = reader.metadata
        title, author = (info.title, info.author) if info is not None else (None, None)
    except UnusableError:
        raise
    except Exception as error:  # pypdf raises whatever a broken file leads it to
        detail = f"the PDF cannot be read (page {len(pages) + 1})"
        raise UnusableError(QuarantineReason.UNREADABLE, detail) from error
    text = "\n\f\n".join(pages)
    if not text.strip():
        raise UnusableError(QuarantineReason.NO_TEXT, "no text in the PDF (scanned pages?)")
    hints = Hints(
        how="pdf",
        title=_clean(str(title or "")).strip() or None,
        authors=(name,) if (name := _clean(str(author or "")).strip()) else (),
    )
    return Extracted(text, hints, extracted=True)


def _clean(text: str) -> str:
    """``text`` with U+FFFD for lone surrogates, which broken fonts yield."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
