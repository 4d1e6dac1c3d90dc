"""From what the aligner found to the records of beads, and from articles to what it is given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from models.ids import make_id
from models.records import Article, Bead, Flag
from tasks.align import AlignedBead, Group
from tasks.check import check
from tasks.driver.revisions import glossary_of
from tasks.driver.settings import Settings


def article_groups(article: Article) -> list[Group]:
    """Which block each sentence of an article stands in, for the aligner."""
    number = {block.id: (n, block.kind) for n, block in enumerate(article.blocks)}
    return [Group(*number[sentence.block]) for sentence in article.sentences]


def beads_of(
    pair_id: str,
    zh: Article,
    en: Article,
    beads: Sequence[AlignedBead],
    sentence_flags: Mapping[str, tuple[Flag, ...]],
    settings: Settings,
) -> Iterator[Bead]:
    """The beads of a pair as records, checked.

    ``sentence_flags`` are flags by sentence id that the translation of a machine side raised.
    """
    # Only a glossary of the user's own binds the translators of these texts: what the shipped one
    # would rather call otherwise is no fault of theirs.
    glossary = glossary_of(settings.translate) if settings.translate.glossary else None
    seen: set[tuple[str, str]] = set()
    for bead in beads:
        # A sentence without text is one whose translation failed: it is no part of a bead.
        zh_side = [s for n in bead.zh if (s := zh.sentences[n]).text]
        en_side = [s for n in bead.en if (s := en.sentences[n]).text]
        zh_ids, en_ids = tuple(s.id for s in zh_side), tuple(s.id for s in en_side)
        zh_text = "".join(s.text for s in zh_side)
        en_text = " ".join(s.text for s in en_side)
        flags = [*bead.flags]
        for article, numbers in ((zh, bead.zh), (en, bead.en)):
            for number in numbers:
                flags += sentence_flags.get(article.sentences[number].id, ())
        found = check(zh_text, en_text, glossary=glossary, settings=settings.check)
        texts = (zh_text, en_text)
        if zh_text and en_text and texts in seen:
            flags.append(Flag.DUPLICATE)
        seen.add(texts)
        if flags or found.flags:
            found = replace(found, flags=tuple(sorted({*found.flags, *flags})))
        yield Bead(
            id=make_id("bead", pair_id, *zh_ids, "|", *en_ids),
            pair=pair_id,
            zh=zh_ids,
            en=en_ids,
            zh_text=zh_text,
            en_text=en_text,
            score=bead.score,
            parts=bead.parts,
            checks=found,
            zh_origin=zh.origin,
            en_origin=en.origin,
        )
