"""Building the finished article from a half of a page: ids, blocks, sentences."""

from models.ids import numbered_ids
from models.records import (
    Article,
    Block,
    BlockKind,
    Document,
    DraftBlock,
    Fact,
    Lang,
    LanguageDecision,
    Origin,
    Sentence,
)
from models.spans import TracedText, hull
from tasks.language.hans import script_of
from tasks.sentences import split_sentences
from tasks.split import Half

#: A title made from the lead is cut at a word or clause before this many characters.
DERIVED_TITLE_LENGTH = 120


def build_article(
    article_id: str,
    half: Half,
    decision: LanguageDecision,
    document: Document,
    container_title: Fact[str] | None,
) -> Article:
    """The article of one half, without words (jieba's tokens are a stage of their own)."""
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    block_ids, sentence_ids = (numbered_ids(article_id, of) for of in ("block", "sentence"))
    for draft in half.blocks:
        block = _block(next(block_ids), draft)
        blocks.append(block)
        spans = split_sentences(block.text, half.lang)
        for (start, end), pieces in zip(spans, draft.text.all_pieces(spans), strict=True):
            sentences.append(
                Sentence(
                    id=next(sentence_ids),
                    block=block.id,
                    text=block.text[start:end],
                    at=(start, end),
                    span=hull(pieces),
                    pieces=pieces,
                )
            )
    title, derived = _title(blocks, sentences, container_title)
    script = script_of("\n".join(b.text for b in blocks)) if half.lang is Lang.ZH else None
    return Article(
        id=article_id,
        lang=half.lang,
        script=script,
        title=title,
        title_derived=derived,
        metadata=half.metadata,
        language=decision,
        blocks=tuple(blocks),
        sentences=tuple(sentences),
        origin=Origin(),
        source=document.source,
    )


def _block(block_id: str, draft: DraftBlock) -> Block:
    label = draft.label or TracedText("", ())
    return Block(
        id=block_id,
        kind=draft.kind,
        label=label.text or None,
        text=draft.text.text,
        span=hull((*label.pieces, *draft.text.pieces)),
        pieces=draft.text.pieces,
        edits=draft.text.edits,
        label_pieces=label.pieces,
        label_edits=label.edits,
    )


def _title(
    blocks: list[Block], sentences: list[Sentence], container: Fact[str] | None
) -> tuple[str | None, bool]:
    """The title and whether it is derived: the page's own, else the container's, else the lead."""
    for block in blocks:
        if block.kind is BlockKind.TITLE:
            return block.text, False
    if container is not None:
        return container.value, False
    paragraphs = {block.id for block in blocks if block.kind is BlockKind.PARAGRAPH}
    lead = next((s.text for s in sentences if s.block in paragraphs), "")
    # A line that only announces what follows ("The news in brief:") names nothing.
    return (_shorten(lead), True) if lead and lead[-1] not in ":：" else (None, False)


def _shorten(lead: str) -> str:
    """The lead, cut at the last blank or clause mark before the limit.

    >>> _shorten("short")
    'short'
    """
    if len(lead) <= DERIVED_TITLE_LENGTH:
        return lead
    head = lead[:DERIVED_TITLE_LENGTH]
    cut = max(head.rfind(mark) for mark in " ，、；,;")
    return head[: cut if cut > 0 else DERIVED_TITLE_LENGTH].rstrip(" ，、；,;") + "…"
