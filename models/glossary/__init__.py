"""Glossaries: what a term is called in the other language.

A glossary is a file of tab-separated lines ``zh``, ``en``, ``note``; ``|`` stands between
renderings that are as good, the preferred one first; lines that start with ``#`` and empty lines
are skipped. It drives three places: jieba's dictionary (:attr:`Glossary.words`), protected terms
in translation, and the score of an alignment (:attr:`Glossary.pairs`).
"""

from models.glossary.glossary import (
    STARTER,
    Glossary,
    GlossaryError,
    Occurrence,
    Term,
    load_glossary,
)

__all__ = ["STARTER", "Glossary", "GlossaryError", "Occurrence", "Term", "load_glossary"]
