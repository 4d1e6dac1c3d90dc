"""The cleaning of one page: characters first, then whole blocks, then what stands inside them."""

from collections.abc import Sequence

from models.records import Document, Draft, DraftBlock, Removal, RemovalReason
from models.revise import revise
from models.spans import TracedText
from tasks.blocks.surgery import excise, remove_whole
from tasks.clean.assistant import assistant_lines
from tasks.clean.characters import decode_entities, tidy
from tasks.clean.duplicates import duplicate_blocks
from tasks.clean.edges import edge_lines
from tasks.clean.forms import chrome_lines
from tasks.clean.insertions import cut_insertions
from tasks.clean.kickers import kicker_lines
from tasks.clean.link_marks import cut_link_marks
from tasks.clean.mojibake import is_lost, lost_stretches, may_be_damaged, repair
from tasks.clean.quotes import cut_stock_quotes
from tasks.clean.rejoin import rejoin
from tasks.clean.segments import segment_lines
from tasks.clean.spam_text import cut_spam_sentences, spam_blocks
from tasks.clean.spam_tokens import cut_spam_tokens
from tasks.clean.tags import leftovers
from tasks.clean.tails import tail_sections
from tasks.clean.verdict import Verdict, Verdicts
from tasks.clean.watermarks import repeated_lines


def clean(draft: Draft, document: Document) -> Draft:
    """``draft`` with its characters put right and without what is no text of the article.

    Only what is proven goes; everything that goes is in the removals, with its reason and the
    name of the rule. Sentences are never changed but for what was injected into them.
    """
    source = document.text
    removals = list(draft.removals)
    blocks, gone_now = _characters(source, draft.blocks)
    removals += gone_now
    blocks, gone_now = cut_link_marks(source, blocks)
    removals += gone_now
    gone: Verdicts = {}
    for rule in (_unreadable, assistant_lines, chrome_lines):
        _add(gone, rule(blocks))
    for later in (
        *(kicker_lines, tail_sections, spam_blocks, repeated_lines, duplicate_blocks),
        *(segment_lines, edge_lines),
    ):
        _add(gone, later(blocks, gone))
    removals += [
        gone_whole
        for index, (reason, rule_name) in sorted(gone.items())
        for gone_whole in _whole(source, blocks[index], reason, rule_name)
    ]
    kept = rejoin(blocks, gone)
    for inner in (cut_stock_quotes, cut_spam_sentences, cut_insertions):
        changed = [inner(source, block) for block in kept]
        kept = tuple(block for block, _ in changed)
        removals += [removal for _, gone_now in changed for removal in gone_now]
    kept, gone_now = cut_spam_tokens(source, kept)
    removals += gone_now
    kept, gone_now = _without_empty(source, kept)
    removals += gone_now
    removals.sort(key=lambda r: r.pieces)
    return Draft(kept, tuple(removals))


def _add(gone: Verdicts, found: Verdicts) -> None:
    """The first verdict on a block counts."""
    for index, verdict in found.items():
        gone.setdefault(index, verdict)


def _whole(source: str, block: DraftBlock, reason: RemovalReason, rule: str) -> list[Removal]:
    """The records of a block that leaves, label and all."""
    texts = [block.label] if block.label is not None else []
    return [
        remove_whole(source, text, reason, rule) for text in (*texts, block.text) if text.pieces
    ]


def _without_empty(
    source: str, blocks: Sequence[DraftBlock]
) -> tuple[tuple[DraftBlock, ...], list[Removal]]:
    """The blocks that still hold text; of the others only a label may be left."""
    removals = [
        removal
        for block in blocks
        if not block.text.text
        for removal in _whole(source, block, RemovalReason.MARKUP, "empty_block")
    ]
    return tuple(block for block in blocks if block.text.text), removals


def _characters(
    source: str, blocks: Sequence[DraftBlock]
) -> tuple[tuple[DraftBlock, ...], list[Removal]]:
    """The blocks with entities, mojibake, tags, blanks and widths put right."""
    out: list[DraftBlock] = []
    removals: list[Removal] = []
    for block in blocks:
        text, gone = _clean_text(source, block.text)
        label = block.label
        if label is not None:
            label, gone_label = _clean_text(source, label)
            gone += gone_label
            if not label.text:
                gone += _rest(source, label)
                label = None
        removals += gone
        if text.text:
            out.append(DraftBlock(block.kind, text, label))
            continue
        removals += _rest(source, text)
        if label is not None:
            removals += _rest(source, label)
    return tuple(out), removals


def _rest(source: str, text: TracedText) -> list[Removal]:
    """The record of a text of which nothing that shows is left."""
    if not text.pieces:
        return []
    return [remove_whole(source, text, RemovalReason.INVISIBLE, "invisible_text")]


def _clean_text(source: str, text: TracedText) -> tuple[TracedText, list[Removal]]:
    gone: list[Removal] = []
    if may_be_damaged(text.text):
        repaired = repair(text.text)
        if repaired:
            text = revise(text, repaired).text
        lost = lost_stretches(text.text)
        if lost and not is_lost(text.text, lost):
            text, gone = excise(source, text, lost)
    text = decode_entities(text)
    text, removals = excise(source, text, leftovers(text.text))
    return tidy(text), gone + removals


def _unreadable(blocks: Sequence[DraftBlock]) -> Verdicts:
    """Blocks that are lost to wrong decoding."""
    found: Verdicts = {}
    for index, block in enumerate(blocks):
        lost = lost_stretches(block.text.text)
        if lost and is_lost(block.text.text, lost):
            found[index] = Verdict(RemovalReason.UNREADABLE, "lost_text")
    return found
