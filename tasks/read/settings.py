"""What a user can set about reading."""

from dataclasses import dataclass

#: The fields of a JSONL document.
JSONL_FIELDS = (
    "text",
    "html",
    "id",
    "title",
    "url",
    "published",
    "outlet",
    "authors",
    "lang",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings:
    """Settings of the read stage.

    Raises ValueError for a limit below 1 and for a ``jsonl_fields`` entry that is not
    ``ours=theirs`` with one of our names.
    """

    #: Longest text of one document, in bytes of UTF-8.
    max_document_bytes: int = 20_000_000
    #: Longest file, or line of a JSONL file, that is opened at all (markup may far outweigh text).
    max_file_bytes: int = 100_000_000
    #: Most pages of a PDF.
    max_pdf_pages: int = 2_000
    #: Read links to files and folders that stay inside their input folder.
    follow_links: bool = True
    #: Names of JSONL fields as ``ours=theirs``, as in ``text=body``; ``title=`` leaves one unread.
    jsonl_fields: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("max_document_bytes", "max_file_bytes", "max_pdf_pages"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        for entry in self.jsonl_fields:
            ours, equals, _ = entry.partition("=")
            if not equals or ours not in JSONL_FIELDS:
                known = ", ".join(JSONL_FIELDS)
                raise ValueError(f"jsonl_fields: {entry!r} is not OURS=THEIRS, OURS one of {known}")

    def jsonl_name(self, ours: str) -> str:
        """What the field ``ours`` is called in the files ("" when it is not to be read).

        >>> ReadSettings(jsonl_fields=("text=body",)).jsonl_name("text")
        'body'
        """
        name = ours
        for entry in self.jsonl_fields:
            mapped, _, theirs = entry.partition("=")
            if mapped == ours:
                name = theirs
        return name
