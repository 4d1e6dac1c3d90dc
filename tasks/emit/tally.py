"""Counting what stands in the line files, a record at a time."""

from collections import Counter

import msgspec

from models.records import (
    Article,
    ArticlePair,
    Bead,
    Flag,
    Lang,
    Origin,
    OriginKind,
    PairHow,
    Unpaired,
)
from tasks.emit.corpus import ALIGNMENTS, ARTICLES, PAIRS, Corpus
from tasks.emit.jsonl import read_lines

#: A count of :class:`models.manifest.Summary`: its field, and for a table the key in it, else "".
Count = tuple[str, str]
#: A key of a table of free keys (``settings`` of an origin, ``parts`` of a bead) with its type.
FreeKey = tuple[str, str, str]

_TYPES = {bool: "bool", int: "int64", float: "float64", str: "string"}


class _Sentence(msgspec.Struct):
    """A sentence to be counted; nothing of it is read."""


class _Origin(msgspec.Struct):
    kind: OriginKind
    settings: dict[str, str | int | float | bool]


class CountedArticle(msgspec.Struct):
    """What is counted of a line of ``zh.jsonl`` or ``en.jsonl``."""

    sentences: list[_Sentence]
    origin: _Origin
    unpaired: Unpaired | None = None


class _Checks(msgspec.Struct):
    flags: list[Flag]


class CountedBead(msgspec.Struct):
    """What is counted of a line of ``alignments.jsonl``."""

    zh: list[str]
    en: list[str]
    parts: dict[str, float]
    checks: _Checks
    zh_origin: _Origin
    en_origin: _Origin


class CountedPair(msgspec.Struct):
    """What is counted of a line of ``pairs.jsonl``."""

    how: PairHow


class Tally:
    """Counts of articles, pairs and beads, and the free keys that they have."""

    def __init__(self) -> None:
        self.counts: Counter[Count] = Counter()
        self.free_keys: set[FreeKey] = set()

    def add_article(self, lang: Lang, article: CountedArticle | Article) -> None:
        """Count an article."""
        machine = article.origin.kind is OriginKind.MACHINE
        self.counts["machine_articles" if machine else "articles", lang] += 1
        self.counts["sentences", lang] += len(article.sentences)
        if article.unpaired is not None:
            self.counts["unpaired", article.unpaired.reason] += 1
            self.counts["unpaired_languages", lang] += 1
        self._add_settings(article.origin)

    def add_pair(self, pair: CountedPair | ArticlePair) -> None:
        """Count a pair."""
        self.counts["pairs", pair.how] += 1

    def add_bead(self, bead: CountedBead | Bead) -> None:
        """Count a bead."""
        self.counts["beads", f"{len(bead.zh)}-{len(bead.en)}"] += 1
        for flag in bead.checks.flags:
            self.counts["flags", flag] += 1
        if OriginKind.MACHINE in (bead.zh_origin.kind, bead.en_origin.kind):
            self.counts["machine_beads", ""] += 1
        for name in bead.parts:
            self.free_keys.add(("parts", name, "float64"))
        self._add_settings(bead.zh_origin)
        self._add_settings(bead.en_origin)

    def _add_settings(self, origin: _Origin | Origin) -> None:
        for name, value in origin.settings.items():
            self.free_keys.add(("settings", name, _TYPES[type(value)]))


def tally_corpus(corpus: Corpus) -> Tally:
    """The tally of a corpus folder. Raises CorpusError."""
    tally = Tally()
    for lang, name in ARTICLES.items():
        for article in read_lines(corpus.folder / name, CountedArticle):
            tally.add_article(lang, article)
    for pair in read_lines(corpus.folder / PAIRS, CountedPair):
        tally.add_pair(pair)
    for bead in read_lines(corpus.folder / ALIGNMENTS, CountedBead):
        tally.add_bead(bead)
    return tally
