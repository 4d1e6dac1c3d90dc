"""The sections of a report, made from a corpus folder."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from models.records import Article, Lang, RemovedLine, SourceFile
from tasks.emit.corpus import AlignedPair, Corpus
from tasks.emit.report.pages import Rendered, render
from tasks.emit.report.places import Places, RemovedByDocument, place
from tasks.emit.report.view import pair_item, unpaired_item

#: What was removed from a document.
RemovedOf = Callable[[SourceFile], Sequence[RemovedLine]]


def make_sections(corpus: Corpus, removed: RemovedByDocument, limit: int) -> Iterator[Rendered]:
    """Every pair, then every article without counterpart, as HTML.

    ``limit`` is the most characters shown of a removed stretch.
    """
    for aligned in corpus.aligned_pairs():
        yield pair_section(aligned, removed.of, limit)
    for article in chain.from_iterable(corpus.unpaired(lang) for lang in Lang):
        yield article_section(article, removed.of, limit)


def pair_section(aligned: AlignedPair, removed: RemovedOf, limit: int) -> Rendered:
    """The section of a pair."""
    return render(pair_item(aligned, _places(removed, aligned.zh, aligned.en), limit))


def article_section(article: Article, removed: RemovedOf, limit: int) -> Rendered:
    """The section of an article without counterpart."""
    return render(unpaired_item(article, _places(removed, article), limit))


def _places(removed: RemovedOf, *articles: Article) -> Places:
    """The places of what was removed from the documents of these articles."""
    by_document: dict[tuple[str, int | None], list[Article]] = {}
    for article in articles:
        key = (article.source.path, article.source.record)
        by_document.setdefault(key, []).append(article)
    found = Places()
    for group in by_document.values():
        places = place(removed(group[0].source), group)
        found.at.update(places.at)
        found.before.update(places.before)
    return found
