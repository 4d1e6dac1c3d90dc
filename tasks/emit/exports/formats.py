"""The names of the export formats."""

from enum import StrEnum


class Format(StrEnum):
    """What a corpus can be exported to."""

    TSV = "tsv"
    MOSES = "moses"
    TMX = "tmx"
    PARQUET = "parquet"
    ARTICLES = "articles"


#: What every run writes under ``exports/``.
DEFAULT_FORMATS = (Format.TSV, Format.MOSES, Format.TMX, Format.PARQUET)
