"""The sections of a report, made from a corpus folder or read back from files of workers."""

import struct
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import msgspec

from models.records import Article, Lang
from tasks.emit.corpus import Corpus
from tasks.emit.report.pages import Rendered, render
from tasks.emit.report.places import Places, RemovedByDocument, place
from tasks.emit.report.view import pair_item, unpaired_item

_SIZE = struct.Struct("<I")  # bytes of the section that follows


def make_sections(
    corpus: Corpus, removed: RemovedByDocument, limit: int, *, first: int = 1
) -> Iterator[Rendered]:
    """Every pair, then every article without counterpart, as HTML.

    ``limit`` is the most characters shown of a removed stretch, ``first`` the number of the first
    section of either kind: 1 unless the folder holds only a part of a corpus.
    """
    for number, aligned in enumerate(corpus.aligned_pairs(), first):
        places = _places(removed, aligned.zh, aligned.en)
        yield render(pair_item(number, aligned, places, limit))
    alone = chain.from_iterable(corpus.unpaired(lang) for lang in Lang)
    for number, article in enumerate(alone, first):
        yield render(unpaired_item(number, article, _places(removed, article), limit))


def write_sections(path: Path, sections: Iterable[Rendered]) -> None:
    """Keep sections in a file for :func:`read_sections`."""
    with open(path, "wb") as file:
        for section in sections:
            data = msgspec.msgpack.encode(section)
            file.write(_SIZE.pack(len(data)) + data)


def read_sections(paths: Iterable[Path]) -> Iterator[Rendered]:
    """The sections of several files, one after the other; a file is deleted once it is read."""
    decoder = msgspec.msgpack.Decoder(Rendered)
    for path in paths:
        with open(path, "rb") as file:
            while size := file.read(_SIZE.size):
                yield decoder.decode(file.read(*_SIZE.unpack(size)))
        path.unlink()


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
