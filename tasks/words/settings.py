"""The settings of word segmentation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WordSettings:
    """Which terms are known as words beside jieba's own dictionary."""

    #: Use the terms that ship with zhen (models/dictionary).
    shipped_terms: bool = True
    #: Cut Han runs with rjieba, jieba's algorithm in Rust: the same words many times faster (two of
    #: 90,000 runs of news and web text differ). False: jieba itself.
    use_rjieba: bool = True
    #: Files of further terms, a term a line (jieba's user dictionaries will do).
    dictionaries: tuple[str, ...] = ()
