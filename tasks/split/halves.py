"""From the blocks of a page to its one or two halves."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.records import Draft, DraftBlock, Lang, Metadata
from tasks.language import DocumentLanguage
from tasks.split.evidence import is_translation, size
from tasks.split.inside import Part, parts


@dataclass(frozen=True, slots=True)
class Half:
    """The article of one language on a page: all of it, or one half of a bilingual page.

    Both halves carry the metadata of the page.
    """

    lang: Lang
    blocks: tuple[DraftBlock, ...]
    metadata: Metadata


def split(draft: Draft, languages: DocumentLanguage, metadata: Metadata) -> tuple[Half, ...]:
    """One half, or two (Chinese first) when the second language says about the same as the first.

    A page is split only on evidence: both sides are about as long as translations of each other
    are, or what there is of the shorter one agrees with the longer in numbers, names and order.
    Otherwise foreign blocks stay where they are, as the quotations they are.
    """
    whole = [Part(lang, block) for block, lang in zip(draft.blocks, languages.langs, strict=True)]
    inside = [part for block in whole for part in parts(block.block, block.lang)]
    # Splitting inside blocks is tried on its own, so that a page whose blocks are in one language
    # each is never judged by a stray bracket.
    for candidate in (whole, inside) if len(inside) > len(whole) else (whole,):
        if is_translation(_texts(candidate)):
            if candidate is whole:
                candidate = inside  # a title in both languages may stand in one line
            return tuple(
                Half(lang, _blocks(candidate, lang), metadata) for lang in (Lang.ZH, Lang.EN)
            )
    return (Half(_dominant(whole), draft.blocks, metadata),)


def _texts(candidate: Sequence[Part]) -> list[tuple[Lang, str]]:
    return [(part.lang, part.text) for part in candidate]


def _blocks(candidate: Sequence[Part], lang: Lang) -> tuple[DraftBlock, ...]:
    return tuple(part.block for part in candidate if part.lang is lang)


def _dominant(whole: Sequence[Part]) -> Lang:
    weight = dict.fromkeys(Lang, 0.0)
    for part in whole:
        weight[part.lang] += size(part.text, part.lang)
    return Lang.ZH if weight[Lang.ZH] >= weight[Lang.EN] else Lang.EN
