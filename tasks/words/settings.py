"""The settings of word segmentation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WordSettings:
    """Which terms are known as words beside jieba's own dictionary."""

    #: Use the terms that ship with zhen (models/dictionary).
    shipped_terms: bool = True
    #: Files of further terms, a term a line (jieba's user dictionaries will do).
    dictionaries: tuple[str, ...] = ()
