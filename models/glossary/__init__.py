"""Glossaries: what a term is called in the other language.

A glossary is a file of tab-separated lines ``zh``, ``en``, ``note``. Between renderings that are as
good stands ``|``, the preferred one first; one that means other things too has ``~`` before it and
is accepted where it comes out, but not looked for in a source. Lines that start with ``#`` and
empty lines are skipped. A glossary drives three places: jieba's dictionary
(:attr:`Glossary.words`), protected terms in translation, and the score of an alignment
(:attr:`Glossary.pairs`).
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
