"""Which format a file is in: by its extension, else by its first bytes."""

import re

from models.records import QuarantineReason
from tasks.read.unusable import UnusableError

_BY_EXTENSION = {
    "txt": "txt",
    "text": "txt",
    "md": "md",
    "markdown": "md",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "shtml": "html",
    "docx": "docx",
    "pdf": "pdf",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
}
#: Text files that are no documents: tables, data, code, subtitles, other programs' formats.
_NO_DOCUMENT_NAMES = """
csv tsv json xml rss atom tmx tbx xlf xliff po srt vtt yaml yml toml ini cfg conf log sql css
js mjs ts jsx tsx py pyc rb php3 pl sh bat ps1 c h cc cpp hpp java go rs swift kt lua r ipynb
tex bib rtf eml mbox mht mhtml warc svg lock map part partial crdownload tmp
"""
_NOT_DOCUMENTS = frozenset(_NO_DOCUMENT_NAMES.split())
#: What a file is that begins so (offset, bytes, name for the reader).
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"PK\x05\x06", "a ZIP archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ\x00", "an xz archive"),
    (0, b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (8, b"WEBP", "a WebP image"),
    (8, b"WAVE", "a sound file"),
    (0, b"II*\x00", "a TIFF image"),
    (0, b"MM\x00*", "a TIFF image"),
    (0, b"ID3", "a sound file"),
    (0, b"OggS", "a sound file"),
    (0, b"fLaC", "a sound file"),
    (4, b"ftyp", "a film"),
    (0, b"\x1aE\xdf\xa3", "a film"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls or .ppt)"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90\x00", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"\x00asm", "a program"),
    (0, b"SQLite format 3\x00", "a database"),
    (0, b"PAR1", "a Parquet file"),
    (0, b"wOFF", "a font"),
    (0, b"wOF2", "a font"),
    (0, b"\x00\x01\x00\x00\x00", "a font"),
    (0, b"%!PS", "a PostScript file"),
    (0, b"{\\rtf", "an RTF file"),
)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--[^>]{0,500}-->\s*)?(?:<\?xml[^>]{0,200}\?>\s*)?"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
#: So many first bytes are enough to tell.
HEAD = 4096


def extension(name: str) -> str:
    """The extension in lower case, without the point ("" when there is none)."""
    stem, point, ending = name.rpartition(".")
    return ending.lower() if point and stem else ""


def format_of(name: str, head: bytes) -> str:
    """The format of a file by its name and its first :data:`HEAD` bytes.

    Raises :class:`UnusableError` for what is no document: BINARY, or UNSUPPORTED by extension.

    >>> format_of("a.TXT", b""), format_of("news.php", b"<!DOCTYPE html><p>")
    ('txt', 'html')
    """
    ending = extension(name)
    known = _BY_EXTENSION.get(ending)
    if known is not None:
        return known
    if ending in _NOT_DOCUMENTS:
        detail = f"no document format: .{ending}"
        raise UnusableError(QuarantineReason.UNSUPPORTED, detail)
    if head.startswith(b"PK\x03\x04") and b"word/" in head:
        return "docx"
    if head.startswith(b"%PDF-"):
        return "pdf"
    refuse_binary(head)
    return "html" if _HTML.match(head) else "txt"


def refuse_binary(head: bytes) -> None:
    """Raises :class:`UnusableError` (BINARY) when the first bytes are those of a known format."""
    for offset, magic, kind in _MAGIC:
        if head.startswith(magic, offset):
            raise UnusableError(QuarantineReason.BINARY, f"the file is {kind}")
    if head.startswith(b"%PDF-"):
        detail = "the file is a PDF, but its name says text"
        raise UnusableError(QuarantineReason.BINARY, detail)
