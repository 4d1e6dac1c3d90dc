"""From a document to its draft blocks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.records import BlockKind, Document, Draft, DraftBlock, Removal, RemovalReason
from models.revise import partition, trim
from models.spans import TracedText
from tasks.blocks.headings import mark_headings
from tasks.blocks.inline import Inline, has_inline_marks, inline_marks
from tasks.blocks.labels import Labels, LabelSpan, find_labels
from tasks.blocks.lines import split_lines
from tasks.blocks.marks import (
    Numbering,
    find_numbering,
    inner_mark,
    is_caption,
    leading_mark,
    markup_line,
    may_start_with_mark,
    opens_block,
    table_row,
)
from tasks.blocks.surgery import Excision, excise, removal, remove_whole
from tasks.blocks.wrap import join_lines

_START = 64  # characters of a line that the search for labels and numbers looks at
_MOST_MARKS = 4  # marks that may stand one after the other at the start of a paragraph
_MARKDOWN_LINE = re.compile(r"#{1,6} \S|\* \S|- \*\*|\*\*\S|> \S|```|\|.+\|")
_LONGEST_MARKED = 90  # characters of a line that may be a heading
_PROSE_END = frozenset('.。!！?？”"')
_HEADING_END = frozenset(".。;；,，")


@dataclass(frozen=True, slots=True)
class _Forms:
    """What counts as a mark in this document."""

    source: str
    labels: Labels
    numbering: Numbering
    markdown: bool

    @property
    def has_labels(self) -> bool:
        """Whether any paragraph of the document may hold a label."""
        return bool(self.labels.at_starts or self.labels.times)


@dataclass(frozen=True, slots=True)
class _Marked:
    """A text without its leading marks, the kind they announced, and what was taken out."""

    text: TracedText
    kind: BlockKind | None
    removals: tuple[Removal, ...]


def blocks(document: Document) -> Draft:
    """The blocks of a document, in order, and the markup that left them.

    Every non-blank character of ``document.text`` is afterwards in exactly one place: a block's
    text, a block's label, or a removal.
    """
    text = document.text
    found = split_lines(text)
    starts = [text[line.start : min(line.end, line.start + _START)] for line in found.lines]
    markdown = document.markdown or _looks_like_markdown(starts)
    forms = _Forms(text, find_labels(starts), find_numbering(starts), markdown)
    opens = [
        opens_block(start, forms.numbering) or forms.labels.at_start(start) is not None
        for start in starts
    ]
    removals = [
        removal(text, (span,), RemovalReason.MARKUP, "line_break_tag") for span in found.tags
    ]
    removals += [
        removal(text, (span,), RemovalReason.INVISIBLE, "invisible_line")
        for span in found.invisible
    ]
    out: list[DraftBlock] = []
    for paragraph in join_lines(text, found.lines, opens):
        read, gone = _read(paragraph.text, forms)
        out += read
        removals += gone
    removals.sort(key=lambda r: r.pieces)
    return Draft(mark_headings(_attach_labels(out)), tuple(removals))


def _looks_like_markdown(starts: Sequence[str]) -> bool:
    """Whether several lines carry marks of Markdown, so that single stars are marks too."""
    return sum(_MARKDOWN_LINE.match(start) is not None for start in starts) >= 3


def _attach_labels(blocks: Sequence[DraftBlock]) -> list[DraftBlock]:
    """A label alone in its line belongs to the block below it."""
    out: list[DraftBlock] = []
    waiting: TracedText | None = None
    for block in blocks:
        if waiting is not None and block.label is None:
            block = DraftBlock(block.kind, block.text, waiting)
        elif waiting is not None:
            out.append(DraftBlock(BlockKind.PARAGRAPH, waiting))
        waiting = None
        if block.text.text:
            out.append(block)
        else:
            waiting = block.label
    if waiting is not None:
        out.append(DraftBlock(BlockKind.PARAGRAPH, waiting))
    return out


def _read(text: TracedText, forms: _Forms) -> tuple[list[DraftBlock], list[Removal]]:
    """The blocks of one paragraph: one, or more when labels stand inside it."""
    if _is_plain(text.text, forms):
        return [DraftBlock(BlockKind.PARAGRAPH, text)], []
    whole = markup_line(text.text)
    if whole is not None:
        return [], [remove_whole(forms.source, text, RemovalReason.MARKUP, whole.value)]
    row = table_row(text.text)
    if row is not None:
        cells, gone = excise(forms.source, text, row.excisions)
        return [DraftBlock(BlockKind.TABLE_ROW, cells)], gone
    marked = _without_marks(text, forms)
    kind, removals = marked.kind, list(marked.removals)
    body, label, gone = _without_inline(marked.text, forms)
    if gone:
        removals += gone
        if kind is None and label is None and _was_bold_line(marked.text, body):
            kind = BlockKind.HEADING
        marked = _without_marks(body, forms)
        body, kind = marked.text, kind or marked.kind
        removals += marked.removals
    if not body.text:
        return [], removals
    if label is None and kind not in (BlockKind.HEADING, BlockKind.CAPTION):
        spot = forms.labels.at_start(body.text)
        if spot is not None:
            _, label, body, gone = _split_label(body, spot, forms.source)
            removals += gone
            if not body.text:
                return [DraftBlock(BlockKind.PARAGRAPH, body, label)], removals
    if kind is None:
        kind = BlockKind.CAPTION if is_caption(body.text) else BlockKind.PARAGRAPH
    first, *others = _split_inside(body, forms)
    out = [DraftBlock(kind, first[0], label)]
    out += [DraftBlock(BlockKind.PARAGRAPH, part, name) for part, name, _ in others]
    removals += [gone for _, _, mark in others for gone in mark]
    return out, removals


def _is_plain(text: str, forms: _Forms) -> bool:
    """Whether a long paragraph has none of what the marks of this module are made of.

    Most paragraphs are so; the careful way gives the same for them.
    """
    if len(text) <= _LONGEST_MARKED or forms.has_labels or "\t" in text:
        return False
    if text[-1] not in _PROSE_END or may_start_with_mark(text) or is_caption(text):
        return False
    return not has_inline_marks(text)


def _without_marks(text: TracedText, forms: _Forms) -> _Marked:
    """``text`` without bullets, numbers and heading marks."""
    kind: BlockKind | None = None
    removals: list[Removal] = []
    for _ in range(_MOST_MARKS):
        mark = leading_mark(text.text, forms.numbering)
        if mark is None:
            break
        text, gone = excise(forms.source, text, mark.excisions)
        text = trim(text)
        removals += gone
        kind = kind or mark.kind
        if not text.text:
            return _Marked(text, kind, tuple(removals))
    mark = inner_mark(text.text)
    if mark is not None:
        text, gone = excise(forms.source, text, mark.excisions)
        text = trim(text)
        removals += gone
        kind = kind or mark.kind
    return _Marked(text, kind, tuple(removals))


def _without_inline(
    text: TracedText, forms: _Forms
) -> tuple[TracedText, TracedText | None, list[Removal]]:
    """``text`` without emphasis and link marks, and the bold label that it starts with."""
    if not text.text:
        return text, None, []
    found: Inline = inline_marks(text.text, markdown=forms.markdown)
    if found.label is None:
        body, removals = excise(forms.source, text, found.excisions)
        return trim(body) if removals else body, None, removals
    opening, label, body, removals = _split_label(text, found.label, forms.source)
    removals += opening
    shift = len(text.text) - len(body.text)
    inside = [
        Excision(e.start - shift, e.end - shift, e.reason, e.rule)
        for e in found.excisions
        if e.start >= shift
    ]
    body, gone = excise(forms.source, body, inside)
    return trim(body), label, removals + gone


def _split_label(
    text: TracedText, spot: LabelSpan, source: str
) -> tuple[list[Removal], TracedText, TracedText, list[Removal]]:
    """What stands before a label, the label, what follows it, and its colon."""
    before, label, colon, body = partition(text, [spot.start, spot.end, spot.stop])
    opening = (
        [remove_whole(source, before, RemovalReason.MARKUP, "emphasis")] if before.text else []
    )
    marks = [remove_whole(source, colon, RemovalReason.MARKUP, "label_mark")] if colon.text else []
    return opening, label, _left_stripped(body), marks


def _left_stripped(text: TracedText) -> TracedText:
    blanks = len(text.text) - len(text.text.lstrip())
    return partition(text, [blanks])[1] if blanks else text


def _split_inside(
    text: TracedText, forms: _Forms
) -> list[tuple[TracedText, TracedText | None, list[Removal]]]:
    """``text`` cut before the labels inside it: each part with its label and the label's colon."""
    spots = [s for s in forms.labels.inside_of(text.text, 0) if text.text[s.stop :].strip()]
    if not spots:
        return [(text, None, [])]
    points = [point for spot in spots for point in (spot.start, spot.end, spot.stop)]
    first, *rest = partition(text, points)
    out: list[tuple[TracedText, TracedText | None, list[Removal]]] = [(trim(first), None, [])]
    for at in range(0, len(rest), 3):
        label, colon, body = rest[at : at + 3]
        mark = remove_whole(forms.source, colon, RemovalReason.MARKUP, "label_mark")
        out.append((trim(body), label, [mark]))
    return out


def _was_bold_line(before: TracedText, after: TracedText) -> bool:
    """Whether the whole of a short line was bold, and it is no sentence."""
    text = before.text
    if len(after.text) > 90 or not after.text or after.text[-1] in _HEADING_END:
        return False
    return text[:2] in ("**", "__") and text[-2:] == text[:2] and len(text) == len(after.text) + 4
