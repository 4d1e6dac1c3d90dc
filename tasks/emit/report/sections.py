"""The sections of a report, made from a corpus folder."""

from collections.abc import Iterator
from itertools import chain

from models.records import Article, Lang
from tasks.emit.corpus import Corpus
from tasks.emit.report.pages import Rendered, render
from tasks.emit.report.places import Places, RemovedByDocument, place
from tasks.emit.report.view import pair_item, unpaired_item


def make_sections(corpus: Corpus, removed: RemovedByDocument, limit: int) -> Iterator[Rendered]:
    """Every pair, then every article without counterpart, as HTML.

    ``limit`` is the most characters shown of a removed stretch.
    """
    for aligned in corpus.aligned_pairs():
        places = _places(removed, aligned.zh, aligned.en)
        yield render(pair_item(aligned, places, limit))
    for article in chain.from_iterable(corpus.unpaired(lang) for lang in Lang):
        yield render(unpaired_item(article, _places(removed, article), limit))


def _places(removed: RemovedByDocument, *articles: Article) -> Places:
    """The places of what was removed from the documents of these articles."""
    by_document: dict[tuple[str, int | None], list[Article]] = {}
    for article in articles:
        key = (article.source.path, article.source.record)
        by_document.setdefault(key, []).append(article)
    found = Places()
    for group in by_document.values():
        places = place(removed.of(group[0].source), group)
        found.at.update(places.at)
        found.before.update(places.before)
    return found
