"""The halves of a document."""

from dataclasses import dataclass

from models.records import Draft, DraftBlock, Lang, Metadata
from tasks.language.decide import DocumentLanguage
from tasks.language.evidence import evidence, together
from tasks.split.fragments import is_column, join_lines
from tasks.split.inside import cut_mixed, heads_in_both, is_entry
from tasks.split.judge import in_turn, same_content, without_quotes
from tasks.split.labels import without_labels
from tasks.split.rows import cut_rows
from tasks.split.titles import with_titles


@dataclass(frozen=True, slots=True)
class Half:
    """The blocks of one language, to become one article."""

    lang: Lang
    blocks: tuple[DraftBlock, ...]
    metadata: Metadata


def split(draft: Draft, languages: DocumentLanguage, metadata: Metadata) -> tuple[Half, ...]:
    """The halves of a document: two (Chinese first) for a bilingual page, else one.

    A page is bilingual when its second language covers about the same content as the first,
    however the two are laid out: block after block, paragraph in turn, sentence and translation
    inside a paragraph, columns flattened to lines, a title in both languages. Both halves share
    the page's metadata. In any other page foreign blocks stay where they are, as quotations.
    """
    blocks, langs = draft.blocks, languages.langs
    rows, heads = cut_rows(blocks), heads_in_both(blocks)
    cut = [
        part
        for block, lang, cells in zip(blocks, langs, rows, strict=True)
        for part in cells or cut_mixed(block, lang, heads=heads)
    ]
    zh = [block for block, lang in cut if lang is Lang.ZH]
    en = [block for block, lang in cut if lang is Lang.EN]
    told = [(block, lang) for block, lang in cut if not is_entry(block.text.text)]
    if zh and en and same_content(told):
        if in_turn([lang for _, lang in told]) and is_column(en):
            zh, en = join_lines(zh, Lang.ZH), join_lines(en, Lang.EN)
        zh, en = with_titles(without_labels(zh), without_labels(en))
        return (Half(Lang.ZH, tuple(zh), metadata), Half(Lang.EN, tuple(en), metadata))
    return (Half(_main(blocks, langs), blocks, metadata),)


def _main(blocks: tuple[DraftBlock, ...], langs: tuple[Lang, ...]) -> Lang:
    """The language that says most, quotations left aside; on a tie the first."""
    if len(set(langs)) == 1:
        return langs[0]
    page = list(zip(blocks, langs, strict=True))
    found = [evidence(block.text.text) for block, _ in without_quotes(page) or page]
    total = together(found)
    if total.chinese == total.english:
        return langs[0] if langs else Lang.EN
    return Lang.ZH if total.chinese > total.english else Lang.EN
