"""From what the aligner found to the records of beads, and from articles to what it is given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from models.ids import make_id
from models.records import Article, Bead, Checks, Flag
from tasks.align import AlignedBead, Group
from tasks.check import check_all
from tasks.driver.revisions import glossary_of
from tasks.driver.settings import Settings


def article_groups(article: Article) -> list[Group]:
    """Which block each sentence of an article stands in, for the aligner."""
    number = {block.id: (n, block.kind) for n, block in enumerate(article.blocks)}
    return [Group(*number[sentence.block]) for sentence in article.sentences]


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """A pair, its articles and beads, and flags by sentence id that the translation of a machine
    side raised.
    """

    id: str
    zh: Article
    en: Article
    beads: Sequence[AlignedBead]
    flags: Mapping[str, tuple[Flag, ...]]


def beads_of(pair: AlignedPair, settings: Settings) -> list[Bead]:
    """The beads of a pair as records, checked."""
    return beads_of_all([pair], settings)[0]


def beads_of_all(pairs: Sequence[AlignedPair], settings: Settings) -> list[list[Bead]]:
    """The beads of pairs as records, checked, in less time than one pair after the other."""
    # Only a glossary of the user's own binds the translators of these texts: what the shipped one
    # would rather call otherwise is no fault of theirs.
    glossary = glossary_of(settings.translate) if settings.translate.glossary else None
    sides = [[_sides(bead, pair.zh, pair.en) for bead in pair.beads] for pair in pairs]
    texts = [(side.zh_text, side.en_text) for found in sides for side in found]
    checks = iter(check_all(texts, glossary=glossary, settings=settings.check))
    return [list(_records(pair, found, checks)) for pair, found in zip(pairs, sides, strict=True)]


@dataclass(frozen=True, slots=True)
class _Sides:
    """Sentence ids and texts of a bead."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    zh_text: str
    en_text: str


def _sides(bead: AlignedBead, zh: Article, en: Article) -> _Sides:
    # A sentence without text is one whose translation failed: it is no part of a bead.
    zh_side = [s for n in bead.zh if (s := zh.sentences[n]).text]
    en_side = [s for n in bead.en if (s := en.sentences[n]).text]
    return _Sides(
        tuple([s.id for s in zh_side]),
        tuple([s.id for s in en_side]),
        "".join([s.text for s in zh_side]),
        " ".join([s.text for s in en_side]),
    )


def _records(
    pair: AlignedPair, sides: Sequence[_Sides], checks: Iterator[Checks]
) -> Iterator[Bead]:
    """The records of a pair's beads, which take their checks from ``checks``."""
    seen: set[tuple[str, str]] = set()
    for bead, side in zip(pair.beads, sides, strict=True):
        found = next(checks)
        flags = [*bead.flags]
        if pair.flags:
            for article, numbers in ((pair.zh, bead.zh), (pair.en, bead.en)):
                for number in numbers:
                    flags += pair.flags.get(article.sentences[number].id, ())
        texts = (side.zh_text, side.en_text)
        if all(texts) and texts in seen:
            flags.append(Flag.DUPLICATE)
        seen.add(texts)
        if flags or len(found.flags) > 1:
            found = replace(found, flags=tuple(sorted({*found.flags, *flags})))
        yield Bead(
            id=make_id("bead", pair.id, *side.zh, "|", *side.en),
            pair=pair.id,
            zh=side.zh,
            en=side.en,
            zh_text=side.zh_text,
            en_text=side.en_text,
            score=bead.score,
            parts=bead.parts,
            checks=found,
            zh_origin=pair.zh.origin,
            en_origin=pair.en.origin,
        )
