"""A corpus folder as streams of records, in the order of its files.

Nothing here holds more than one article pair in memory.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from models.manifest import SCHEMA_VERSION
from models.records import (
    Article,
    ArticlePair,
    Bead,
    Lang,
    Quarantine,
    RemovedLine,
    Script,
)
from tasks.emit.jsonl import CorpusError, read_lines, read_raw

ARTICLES = {Lang.ZH: "zh.jsonl", Lang.EN: "en.jsonl"}
PAIRS = "pairs.jsonl"
ALIGNMENTS = "alignments.jsonl"
REMOVED = "removed.jsonl"
QUARANTINE = "quarantine.jsonl"
MANIFEST = "manifest.json"
LINE_FILES = (*ARTICLES.values(), PAIRS, ALIGNMENTS, REMOVED, QUARANTINE)


class Head(msgspec.Struct, frozen=True):
    """What a bitext needs of an article; five times faster to read than the article."""

    id: str
    script: Script | None


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """An article pair with both articles and its beads."""

    pair: ArticlePair
    zh: Article
    en: Article
    beads: tuple[Bead, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The line files of a corpus folder (published, or being built: a manifest is not needed).

    Raises CorpusError when the folder lacks one of them, or has a manifest of another schema
    version. All iterators raise CorpusError, with file and line, for a line that cannot be read
    and for files that do not belong together.
    """

    folder: Path

    def __post_init__(self) -> None:
        if not self.folder.is_dir():
            raise CorpusError(f"{self.folder} is not a folder")
        missing = [name for name in LINE_FILES if not (self.folder / name).is_file()]
        if missing:
            raise CorpusError(f"{self.folder} is not a corpus of zhen: no {', '.join(missing)}")
        check_schema_version(self.folder)

    def articles(self, lang: Lang) -> Iterator[Article]:
        """All articles of a language: paired ones first, in the order of ``pairs.jsonl``."""
        return read_lines(self.folder / ARTICLES[lang], Article)

    def heads(self, lang: Lang) -> Iterator[Head]:
        """The same order as :meth:`articles`, only what a bitext needs."""
        return read_lines(self.folder / ARTICLES[lang], Head)

    def pairs(self) -> Iterator[ArticlePair]:
        """All article pairs."""
        return read_lines(self.folder / PAIRS, ArticlePair)

    def beads(self) -> Iterator[Bead]:
        """All beads, null beads too: pairs in the order of ``pairs.jsonl``."""
        return read_lines(self.folder / ALIGNMENTS, Bead)

    def removed(self) -> Iterator[RemovedLine]:
        """Everything taken out of the texts."""
        return read_lines(self.folder / REMOVED, RemovedLine)

    def quarantine(self) -> Iterator[Quarantine]:
        """The inputs that could not be used."""
        return read_lines(self.folder / QUARANTINE, Quarantine)

    def alignments(self) -> Iterator[tuple[ArticlePair, tuple[Bead, ...]]]:
        """Every article pair with its beads (none, perhaps)."""
        beads = self.beads()
        bead = next(beads, None)
        for pair in self.pairs():
            group: list[Bead] = []
            while bead is not None and bead.pair == pair.id:
                group.append(bead)
                bead = next(beads, None)
            yield pair, tuple(group)
        if bead is not None:
            raise CorpusError(
                f"{ALIGNMENTS}: bead {bead.id} is of pair {bead.pair}, which {PAIRS} does not "
                "have at this place"
            )

    def paired_articles(self) -> Iterator[tuple[ArticlePair, Article, Article]]:
        """Every pair with both articles: line k of the three files belongs together."""
        zh, en = self.articles(Lang.ZH), self.articles(Lang.EN)
        for number, pair in enumerate(self.pairs(), 1):
            yield (
                pair,
                _side(zh, pair, pair.zh, Lang.ZH, number),
                _side(en, pair, pair.en, Lang.EN, number),
            )

    def aligned_pairs(self) -> Iterator[AlignedPair]:
        """Every pair with both articles and its beads."""
        for (pair, zh, en), (_, beads) in zip(
            self.paired_articles(), self.alignments(), strict=True
        ):
            yield AlignedPair(pair, zh, en, beads)

    def unpaired(self, lang: Lang) -> Iterator[Article]:
        """The articles of a language that have no counterpart."""
        return read_lines(self.folder / ARTICLES[lang], Article, skip=self.pair_count())

    def pair_count(self) -> int:
        """The number of lines of ``pairs.jsonl``."""
        return sum(1 for _ in read_raw(self.folder / PAIRS))


def check_schema_version(folder: Path) -> None:
    """Raises CorpusError when the folder has a manifest that is not one of this schema version."""
    path = folder / MANIFEST
    if not path.exists():
        return
    try:
        found = json.loads(path.read_bytes())["schema_version"]
    except (OSError, ValueError, KeyError, TypeError):
        raise CorpusError(f"{path} is not a manifest of zhen") from None
    if found != SCHEMA_VERSION:
        raise CorpusError(
            f"{folder} has schema version {found}; this version of zhen reads {SCHEMA_VERSION}"
        )


def _side(
    articles: Iterator[Article], pair: ArticlePair, wanted: str, lang: Lang, number: int
) -> Article:
    article = next(articles, None)
    if article is None or article.id != wanted:
        found = "no article" if article is None else f"article {article.id}"
        raise CorpusError(
            f"{ARTICLES[lang]}, line {number}: {found}, but {PAIRS} has {wanted} there "
            f"(pair {pair.id})"
        )
    return article
