"""From a document to articles: the per-document stages, one after the other.

>>> from tasks.ingest import ingest
>>> from models.records import Document, SourceFile
>>> page = Document(SourceFile("a.txt", "", 0, "txt"), "Rain fell on the city. Nobody minded.")
>>> [sentence.text for sentence in ingest(page).articles[0].sentences]
['Rain fell on the city.', 'Nobody minded.']
"""

from models.ids import make_id, text_sha256
from models.records import (
    Article,
    Document,
    DraftBlock,
    Fact,
    Ingested,
    Quarantine,
    QuarantineReason,
)
from tasks.blocks import blocks
from tasks.clean import clean
from tasks.ingest.build import build_article
from tasks.ingest.ledger import Ledger, LedgerError, account
from tasks.language import decide
from tasks.metadata import extract, find_front
from tasks.split import split
from tasks.zones import trim

__all__ = ["Ledger", "LedgerError", "account", "ingest"]


def ingest(document: Document) -> Ingested:
    """The articles of a document (two when it is a bilingual page, Chinese first).

    A pure function of the document. What cannot be used comes back as a quarantine record with its
    reason; see :class:`models.records.Ingested`.
    """
    cleaned = clean(blocks(document), document)
    front = find_front(cleaned, document)
    draft, metadata = extract(trim(cleaned, document, front), document, front)
    if not any(_has_words(block) for block in draft.blocks):
        return _refused(document, QuarantineReason.NO_TEXT, "no article text was found in it")
    languages = decide(draft.blocks)
    if languages.refused:
        return _refused(document, QuarantineReason.WRONG_LANGUAGE, languages.refused)
    halves = split(draft, languages, metadata)
    page = make_id(text_sha256(document.text))
    title = _container_title(document)
    articles: list[Article] = []
    for number, half in enumerate(halves):
        other_has_title = len(halves) > 1  # the container's one title cannot be both halves' title
        article = build_article(
            make_id(page, str(number)),
            half,
            languages.decision,
            document,
            None if other_has_title else title,
        )
        if article.sentences:
            articles.append(article)
    if len(articles) < len(halves):
        return _refused(document, QuarantineReason.NO_TEXT, "no sentence was found in it")
    return Ingested(tuple(articles), draft.removals)


def _has_words(block: DraftBlock) -> bool:
    return any(ch.isalnum() for ch in block.text.text)


def _container_title(document: Document) -> Fact[str] | None:
    hints = document.hints
    if hints.title is None or not hints.title.strip():
        return None
    return Fact(" ".join(hints.title.split()), hints.title, None, f"{hints.how}:title")


def _refused(document: Document, reason: QuarantineReason, detail: str) -> Ingested:
    source = document.source
    return Ingested(
        (), (), Quarantine(source.path, reason, detail, source.record, None, source.sha256)
    )
