"""DOCX: the text of a Word document as Markdown-like lines.

The parts of the archive are read as streams, each after its size was checked; entities and
document types are refused. Nothing outside the file is ever looked up.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser, fromstring

from models.records import Hints, QuarantineReason
from tasks.read.docx_body import BodyReader, Lists, Styles, local_name, value_of
from tasks.read.extracted import Extracted
from tasks.read.unusable import UnusableError

_MAX_ENTRIES = 10_000
#: Word's XML shrinks 10 to 50 times; what shrinks far more and is large is a bomb.
_MAX_RATIO = 200
_SMALL = 10_000_000
#: So many bytes of markup for each byte of text are let through.
_MARKUP = 10
_CHUNK = 1 << 16


def extract_docx(data: bytes, max_text: int) -> Extracted:
    """The body of a Word document: paragraphs, headings, list items and table rows.

    Deleted and hidden text, field codes, headers, footers and notes are not taken. Raises
    :class:`UnusableError`: UNSAFE for archive and entity bombs, UNREADABLE for what is no DOCX.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > _MAX_ENTRIES:
                raise UnusableError(QuarantineReason.UNSAFE, "an archive with too many entries")
            reader = BodyReader(_styles(archive), _lists(archive))
            parser = XMLParser(target=reader, forbid_dtd=True)
            for chunk in _stream(archive, _main_part(archive), _MARKUP * max_text):
                parser.feed(chunk)
            parser.close()
            hints = _properties(archive)
    except DefusedXmlException:
        detail = "XML with entities or a document type, which Word never writes"
        raise UnusableError(QuarantineReason.UNSAFE, detail) from None
    except ParseError:
        raise UnusableError(QuarantineReason.UNREADABLE, "the document's XML is broken") from None
    except RuntimeError:  # zipfile's word for a password
        raise UnusableError(QuarantineReason.UNREADABLE, "the document is encrypted") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError):
        raise UnusableError(QuarantineReason.UNREADABLE, "no readable Word document") from None
    return Extracted("\n\n".join(reader.blocks), hints, markdown=True, extracted=True)


def _stream(archive: zipfile.ZipFile, name: str, limit: int) -> Iterator[bytes]:
    """The bytes of a part in chunks. Raises :class:`UnusableError` when it is missing or a bomb."""
    if name not in archive.NameToInfo:
        raise UnusableError(QuarantineReason.UNREADABLE, "no text in the Word package")
    info = archive.NameToInfo[name]
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > limit or (info.file_size > _SMALL and ratio > _MAX_RATIO):
        raise UnusableError(QuarantineReason.UNSAFE, "an archive bomb: it would unpack to too much")
    with archive.open(info) as file:  # zipfile never gives more than the size it declares
        while chunk := file.read(_CHUNK):
            yield chunk


def _tree(archive: zipfile.ZipFile, name: str) -> list[Element]:
    """All elements of a small part; none when the package does not have it."""
    if name not in archive.NameToInfo:
        return []
    root: Element = fromstring(b"".join(_stream(archive, name, _SMALL)), forbid_dtd=True)
    return list(root.iter())


def _main_part(archive: zipfile.ZipFile) -> str:
    """The name of the part that holds the text."""
    for element in _tree(archive, "_rels/.rels"):
        if element.get("Type", "").endswith("/officeDocument"):
            return element.get("Target", "").lstrip("/")
    return "word/document.xml"


def _styles(archive: zipfile.ZipFile) -> Styles:
    """The built-in English name (lower case) of every paragraph style."""
    names: dict[str, str] = {}
    for element in _tree(archive, "word/styles.xml"):
        if local_name(element.tag) == "style":
            name = next((value_of(e) for e in element if local_name(e.tag) == "name"), "")
            names[value_of(element, "styleId")] = name.lower()
    return names


def _lists(archive: zipfile.ZipFile) -> Lists:
    """Whether a level of a list (list id, level) is numbered."""
    formats: dict[tuple[str, str], bool] = {}
    lists: dict[tuple[str, str], bool] = {}
    for element in _tree(archive, "word/numbering.xml"):
        kind = local_name(element.tag)
        if kind == "abstractNum":
            abstract = value_of(element, "abstractNumId")
            for level in element:
                if local_name(level.tag) == "lvl":
                    shape = next((value_of(e) for e in level if local_name(e.tag) == "numFmt"), "")
                    formats[abstract, value_of(level, "ilvl")] = shape == "decimal"
        elif kind == "num":
            number = value_of(element, "numId")
            for child in element:
                if local_name(child.tag) == "abstractNumId":
                    for (abstract, ilvl), numbered in list(formats.items()):
                        if abstract == value_of(child):
                            lists[number, ilvl] = numbered
    return lists


def _properties(archive: zipfile.ZipFile) -> Hints:
    """What the file says about the document. Its date is that of the file, so it is left alone."""
    found = {
        local_name(element.tag): (element.text or "").strip() or None
        for element in _tree(archive, "docProps/core.xml")
    }
    author = found.get("creator")
    return Hints(
        how="docx",
        title=found.get("title"),
        authors=(author,) if author else (),
        lang=found.get("language"),
        summary=found.get("description"),
    )
