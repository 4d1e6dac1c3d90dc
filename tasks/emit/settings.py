"""Settings of the emission. None of them changes a line of the corpus, only how it is shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EmitSettings:
    """How the report is laid out, and which exports a run makes."""

    exports: tuple[str, ...] = ("tsv", "moses", "tmx", "parquet")  # bitext formats under exports/
    page_size: int = 50  # most articles or pairs on a page of the report
    page_rows: int = 2_000  # a page with this many rows takes no further article
    list_limit: int = 5_000  # up to so many pairs the first page lists each, beyond it the pages
    quarantine_limit: int = 200  # most quarantined inputs listed on the first page
    removed_length: int = 2_000  # most characters shown of one removed stretch


#: The settings of a run that does not set any.
DEFAULT_SETTINGS = EmitSettings()
