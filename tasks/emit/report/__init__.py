"""The report: ``report.html``, and pages under ``report/`` when there is much to show.

Pages stand alone (style and script are inside) and need no network. They are made from the line
files of a corpus folder, one pair at a time.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from markupsafe import Markup

from models.manifest import FileDigest, Summary
from models.records import Quarantine
from tasks.emit.corpus import QUARANTINE, REMOVED, Corpus
from tasks.emit.jsonl import read_lines, read_raw
from tasks.emit.report.pages import (
    PAIRS,
    UNPAIRED,
    Entry,
    Outline,
    Page,
    Rendered,
    numbered,
    paged,
    take_page,
    template,
)
from tasks.emit.report.places import RemovedByDocument
from tasks.emit.report.sections import article_section, make_sections, pair_section
from tasks.emit.report.text import shown
from tasks.emit.settings import DEFAULT_SETTINGS, EmitSettings
from tasks.emit.summary import engine_line, headline, plain_sentences, tables, word

__all__ = [
    "FIRST_PAGE",
    "PAGES",
    "Assembled",
    "Outline",
    "RemovedByDocument",
    "Rendered",
    "article_section",
    "assemble_report",
    "make_sections",
    "pair_section",
    "write_report",
]

FIRST_PAGE = "report.html"
PAGES = "report"
_TITLES = {PAIRS: "Pairs", UNPAIRED: "Articles without counterpart"}


@dataclass(frozen=True, slots=True)
class _PageLine:
    """A page in the list of pages."""

    number: int
    href: str
    first: int
    last: int
    first_title: str
    last_title: str


@dataclass(slots=True)
class _Listing:
    """What the first page lists of a kind: every section, or only the pages when they are many."""

    limit: int
    total: int = 0
    entries: list[Entry] = field(default_factory=list)
    pages: list[_PageLine] = field(default_factory=list)

    def add(self, sections: Sequence[Rendered], href: str) -> None:
        """List sections that stand on the page ``href`` ("" for the first page)."""
        self.total += len(sections)
        if self.total > self.limit:
            self.entries.clear()
        else:
            self.entries += [section.entry(href) for section in sections]
        titles = [sections[i].outline.titles[-1].text for i in (0, -1)]
        first, last = sections[0].number, sections[-1].number
        self.pages.append(_PageLine(len(self.pages) + 1, href, first, last, *titles))


@dataclass(slots=True)
class Assembled:
    """A report that was written: the digests of its pages by their path in the folder, and for
    each section, in order, its page and the byte at which its markup begins there.
    """

    pages: dict[str, FileDigest] = field(default_factory=dict)
    places: list[tuple[str, int]] = field(default_factory=list)


def write_report(
    folder: Path, summary: Summary, settings: EmitSettings = DEFAULT_SETTINGS
) -> list[Path]:
    """Write the report of a corpus folder into it, replacing an older one; the files written.

    Everything stands on ``report.html`` when it fits on a page, else pages under ``report/`` hold
    the articles. Raises :class:`tasks.emit.corpus.CorpusError`.
    """
    corpus = Corpus(folder)
    with RemovedByDocument(folder / REMOVED) as removed:
        sections = make_sections(corpus, removed, settings.removed_length)
        return [
            folder / name for name in assemble_report(folder, summary, sections, settings).pages
        ]


def assemble_report(
    folder: Path, summary: Summary, sections: Iterable[Rendered], settings: EmitSettings
) -> Assembled:
    """:func:`write_report` from sections that are made already; of the line files of ``folder``
    only the quarantine is read.
    """
    shutil.rmtree(folder / PAGES, ignore_errors=True)
    listings = {kind: _Listing(settings.list_limit) for kind in _TITLES}
    report = Assembled()
    stream = numbered(sections)
    here = take_page(stream, settings.page_size, settings.page_rows)
    following = next(stream, None)
    if following is None:
        for kind, listing in listings.items():
            if own := [section for section in here if section.kind == kind]:
                listing.add(own, "")
    else:
        pages = paged(chain(here, [following], stream), settings.page_size, settings.page_rows)
        here = []
        for page in _write_pages(folder, pages, report):
            listings[page.kind].add(page.sections, f"{PAGES}/{page.name}")
    _write_index(folder, summary, settings, listings, here, report)
    return report


def _write_pages(folder: Path, pages: Iterator[Page], report: Assembled) -> Iterator[Page]:
    """Write pages that link to their neighbours."""
    (folder / PAGES).mkdir()
    before: Page | None = None
    page = next(pages, None)
    while page is not None:
        after = next(pages, None)
        numbers = (
            f"{page.first:,} to {page.last:,}" if page.last > page.first else f"{page.first:,}"
        )
        _write_page(
            folder,
            f"{PAGES}/{page.name}",
            "page",
            page.sections,
            report,
            title=f"{_TITLES[page.kind]} {numbers}",
            previous=before.name if before else None,
            next=after.name if after else None,
            entries=[section.entry("") for section in page.sections],
        )
        yield page
        before, page = page, after


def _write_page(
    folder: Path,
    name: str,
    kind: str,
    sections: Sequence[Rendered],
    report: Assembled,
    **values: Any,
) -> None:
    """Write a page, and note what was written where."""
    digest = hashlib.sha256()
    at = 0

    def bodies() -> Iterator[Markup]:
        for section in sections:
            # All that stands before it was written: the template asks for one after the other.
            report.places.append((name, at + len(section.first_line.encode())))
            yield Markup(section.first_line + section.markup)

    with open(folder / name, "wb") as file:
        for chunk in template(kind).generate(bodies=bodies(), **values):
            data = chunk.encode()
            file.write(data)
            digest.update(data)
            at += len(data)
    report.pages[name] = FileDigest(None, digest.hexdigest(), at)


def _write_index(
    folder: Path,
    summary: Summary,
    settings: EmitSettings,
    listings: dict[str, _Listing],
    here: Sequence[Rendered],
    report: Assembled,
) -> None:
    shown_lines = [
        {
            "source": shown(_place(line.source, line.record)),
            "why": f"{word(line.reason)}: {shown(line.detail)}",
        }
        for line in islice(read_lines(folder / QUARANTINE, Quarantine), settings.quarantine_limit)
    ]
    quarantined = sum(1 for _ in read_raw(folder / QUARANTINE))
    pairs, unpaired = listings[PAIRS], listings[UNPAIRED]
    _write_page(
        folder,
        FIRST_PAGE,
        "index",
        here,
        report,
        title=headline(summary),
        headline=headline(summary),
        sentences=plain_sentences(summary),
        engine=engine_line(summary),
        tables=tables(summary),
        pairs=pairs,
        unpaired=unpaired,
        quarantine=shown_lines,
        quarantine_more=quarantined - len(shown_lines),
    )


def _place(source: str, record: int | None) -> str:
    return source if record is None else f"{source}, line {record}"
