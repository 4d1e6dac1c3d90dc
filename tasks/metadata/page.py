"""The metadata of one page: front matter leaves the blocks, datelines are read where they stand."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.records import (
    BlockKind,
    Document,
    Draft,
    DraftBlock,
    Fact,
    Metadata,
    Removal,
    RemovalReason,
)
from models.revise import partition, trim
from models.spans import Span, TracedText
from tasks.blocks.prose import mostly_chinese
from tasks.blocks.surgery import removal
from tasks.blocks.wrap import columns
from tasks.metadata.choose import Candidate, choose
from tasks.metadata.counted import counted_places
from tasks.metadata.datelines import read_dateline
from tasks.metadata.edges import Edge, signature, trailing_byline
from tasks.metadata.found import STRANGE, Field, Found
from tasks.metadata.headers import mark_labelled_title
from tasks.metadata.headline import POST_TAG
from tasks.metadata.last_resort import lines_left
from tasks.metadata.lines import front_matter
from tasks.metadata.restored import lines_of_site, says_something, with_lines, without
from tasks.metadata.said_elsewhere import fields_of_removals
from tasks.metadata.site_lines import is_office
from tasks.metadata.site_names import holders, is_said_by_site, key, masthead, said_often
from tasks.metadata.site_suffix import site_suffix
from tasks.metadata.summaries import is_note, take_notes, take_summary
from tasks.metadata.titles import second_title, title_places
from tasks.metadata.top import Around, FrontLine, is_body

_DATELINE_BLOCKS = 6  # blocks from the top of each language that may start with a dateline
_PARAGRAPH = 40  # columns
_FOLLOW = re.compile(
    r"\W{0,2}(?:已?关注(?:[他她]|TA)?|加关注|已?關注|追[踪蹤]|Follow(?:ing)?|FOLLOW)\W{0,2}"
)
_FIRST_PAGE = re.compile(
    r"第\s?1\s?[页頁].{0,4}共\s?(?:[2-9]|\d\d)\s?[页頁]|\bpage 1 of (?:[2-9]|\d\d)\b"
    r"|\b1\s?/\s?[2-9]\s?(?:页|pages)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _FrontText:
    """A stretch of front matter, its fields, and which block (or block's end) it was."""

    text: TracedText
    found: tuple[Found, ...]
    place: int
    label: TracedText | None = None
    method: str = "line"


@dataclass(frozen=True, slots=True)
class Front:
    """The blocks of a page, the label of its title, and which of the blocks are front matter.

    Front matter that had left as lines of the site is among the blocks, not the ``removals``.
    """

    draft: Draft
    blocks: tuple[DraftBlock, ...]
    header: list[tuple[int, TracedText]]
    lines: dict[int, FrontLine]
    removals: tuple[Removal, ...]

    def is_of(self, draft: Draft) -> bool:
        """Whether it was found in the blocks and removals of a draft."""
        return self.draft.blocks is draft.blocks and self.draft.removals is draft.removals

    @property
    def starts(self) -> frozenset[int]:
        """Where in the source the blocks start that ``extract`` takes: front matter and notes."""
        texts = [*(self.blocks[at].text for at in self.lines), *(text for _, text in self.header)]
        texts += [block.text for block in self.blocks if is_note(block)]
        return frozenset(text.pieces[0][0] for text in texts if text.pieces)


def extract(
    draft: Draft, document: Document, front_of: Front | None = None
) -> tuple[Draft, Metadata]:
    """The metadata of a page, and ``draft`` without its front matter.

    A line of front matter leaves the blocks: its values are facts with their spans, and the rest
    of it is a removal. A dateline stays in its sentence; its facts are ``in_body``. The title, if
    there is one, is the block of kind TITLE. ``front_of`` is what :func:`find_front` gave, if it
    was asked; it counts when it was about this draft.
    """
    source = document.text
    if front_of is None or not front_of.is_of(draft):
        front_of = find_front(draft, document)
    whole, header, lines = front_of.blocks, front_of.header, front_of.lines
    front = [
        _FrontText(block.text, lines[index].found, index, block.label)
        for index, block in enumerate(whole)
        if index in lines
    ]
    front += [_FrontText(text, (), -1) for _, text in header]
    kept = [index for index in range(len(whole)) if index not in lines]
    blocks = tuple(whole[index] for index in kept)
    above_front = frozenset(place for place, index in enumerate(kept) if index + 1 in lines)
    blocks, more = _cut_edges(blocks, len(draft.blocks))
    front += more
    site = holders(draft.removals)
    titled = title_places(blocks, document.hints, above_front, _site_lines(draft), draft.headline)
    blocks, more = _with_titles(blocks, titled, site, 2 * len(draft.blocks))
    front += more
    gone, more_lines = fields_of_removals(
        source, front_of.removals, [piece for text in front for piece in text.text.pieces]
    )
    places = range(3 * len(draft.blocks), 3 * len(draft.blocks) + len(more_lines))
    front += [
        _FrontText(text, found, place)
        for place, (text, found) in zip(places, more_lines, strict=True)
    ]
    candidates = [c for text in front for c in _candidates(source, text)]
    gone, more_lines = lines_left(
        source,
        gone,
        _top(blocks),
        people=not any(c.found.field is Field.PERSON for c in candidates),
        day=not any(c.found.date is not None for c in candidates),
    )
    for place, (line, fields) in enumerate(more_lines, 4 * len(draft.blocks)):
        front.append(_FrontText(line, fields, place))
        candidates += _candidates(source, front[-1])
    titles = {key(block.text.text) for block in blocks if block.kind is BlockKind.TITLE}
    candidates = [
        c
        for c in candidates
        if c.found.field is not Field.ORIGINAL_TITLE or key(c.found.value) not in titles
    ]
    candidates += _datelines(source, blocks)
    if not any(c.found.field is Field.OUTLET for c in candidates):
        gone, named = _named_by_site(source, gone, front, blocks, site)
        candidates += named
    metadata, used = choose(candidates, document.hints, site, _title_and_body(blocks))
    removals = gone
    for text in front:
        removals += _leftover(source, text, used)
    blocks, summary = take_summary(source, blocks, draft.removals, document.hints)
    blocks, notes, rest = take_notes(source, blocks)
    removals += rest
    if summary is not None:
        removals += summary.removals
    notes += _first_of_several(blocks, draft.removals)
    metadata = replace(metadata, summary=summary.fact if summary else None, notes=notes)
    removals.sort(key=lambda r: r.pieces)
    return Draft(blocks, tuple(removals)), metadata


def _is_written_for(text: _FrontText, found: Found, removals: Sequence[Removal]) -> bool:
    """Whether a name right behind an author's also stands in a line of the site of its own."""
    people = [f for f in text.found if f.field is Field.PERSON and f.end < found.start]
    if not people or text.text.text[people[-1].end : found.start].strip(" ,|/·") != "":
        return False
    name = key(text.text.text[found.start : found.end])
    return any(key(gone.text) == name for gone in removals)


def _top(blocks: Sequence[DraftBlock]) -> Span:
    """From where the first block starts in the source to the first paragraph."""
    starts = [block.text.pieces[0][0] for block in blocks if is_body(block)]
    return (blocks[0].text.pieces[0][0], starts[0]) if starts else (0, 0)


def _title_and_body(blocks: Sequence[DraftBlock]) -> Span:
    """Where the first title starts in the source, and the first paragraph below it."""
    places = [at for at, block in enumerate(blocks) if block.kind is BlockKind.TITLE]
    first = places[0] if places else 0
    body = next((block for block in blocks[first + 1 :] if is_body(block)), None)
    if not places or body is None:
        return (0, 0)
    return blocks[first].text.pieces[0][0], body.text.pieces[0][0]


def _named_by_site(
    source: str,
    removals: list[Removal],
    front: list[_FrontText],
    blocks: Sequence[DraftBlock],
    site: frozenset[str],
) -> tuple[list[Removal], list[Candidate]]:
    """The outlet that stands without a label above or below the title, and in a line of rights.

    Also the removals without the line that named it, which becomes front matter.
    """
    for text in front:
        for found in text.found:
            name = text.text.text[found.start : found.end]
            if found.name != STRANGE:
                continue
            said = is_said_by_site(name, removals) or _is_written_for(text, found, removals)
            if key(name) in site or said or is_office(name):
                outlet = replace(found, field=Field.OUTLET, name="", value=name)
                return removals, _candidates(source, replace(text, found=(outlet,)))
    starts = [block.text.pieces[0][0] for block in blocks if is_body(block)]
    above = masthead(source, removals, min(starts, default=0), site)
    above = above or said_often(source, removals)
    if above is None:
        return removals, []
    gone, line, outlet = above
    front.append(_FrontText(line, (outlet,), -2, method="site"))
    kept = [removal for removal in removals if removal is not gone]
    return kept, _candidates(source, front[-1])


def _beside(
    source: str, blocks: Sequence[DraftBlock], removals: Sequence[Removal]
) -> frozenset[int]:
    """The places of the blocks above and below a removed line that says something of the page."""
    _, said = fields_of_removals(source, removals, ())
    ends = [block.text.pieces[-1][1] for block in blocks]
    places = [bisect_right(ends, text.pieces[0][0]) for text, _ in said]
    return frozenset(place + step for place in places for step in (-1, 0))


def _followed(blocks: Sequence[DraftBlock], removals: Sequence[Removal]) -> frozenset[int]:
    """The places of the blocks above a button that follows the author of a page."""
    buttons = [r.pieces[0][0] for r in removals if _FOLLOW.fullmatch(r.text.strip()) is not None]
    ends = [block.text.pieces[-1][1] for block in blocks]
    return frozenset(bisect_right(ends, button) - 1 for button in buttons)


def find_front(draft: Draft, document: Document) -> Front:
    """The front matter of a page, with a title that a label names in a block of its own."""
    whole, header = mark_labelled_title(draft.blocks)
    restored = lines_of_site(draft, document.text)
    others = without(draft.removals, restored)
    blocks = with_lines(whole, restored)
    around = Around(
        _site_lines(draft),
        _followed(blocks, others),
        _beside(document.text, blocks, others),
        counted_places(blocks, others),
        draft.headline,
    )
    lines = _below_notices(blocks, document.hints.published or "", around)
    if not restored:
        return Front(draft, whole, header, lines, draft.removals)
    kept = [at for at, b in enumerate(blocks) if b not in restored or says_something(lines.get(at))]
    taken = [restored[b] for b in map(blocks.__getitem__, kept) if b in restored]
    return Front(
        draft,
        tuple(blocks[at] for at in kept),
        header,
        {new: lines[at] for new, at in enumerate(kept) if at in lines},
        without(draft.removals, taken),
    )


def _below_notices(
    blocks: Sequence[DraftBlock], published: str, around: Around
) -> dict[int, FrontLine]:
    """The front matter of a page; where a notice of the site stands above the headline, with
    paragraphs of its own, also what is front matter if the page begins with the headline.
    """
    starts = [block.text.pieces[0][0] for block in blocks]
    first = starts.index(around.headline) if around.headline in starts else 0
    whole = front_matter(blocks, published, around)
    if not any(is_body(block) for block in blocks[:first]):
        return whole
    moved = Around(
        around.site_lines,
        frozenset(at - first for at in around.followed if at >= first),
        frozenset(at - first for at in around.beside if at >= first),
        {at - first: name for at, name in around.counted.items() if at >= first},
        around.headline,
    )
    lines = front_matter(blocks[first:], published, moved)
    return {at + first: line for at, line in lines.items()} | whole


def _site_lines(draft: Draft) -> str:
    """The site's own lines that were removed."""
    site = (RemovalReason.BOILERPLATE, RemovalReason.DISCLAIMER)
    return "\n".join(gone.text for gone in draft.removals if gone.reason in site)


def _cut_edges(
    blocks: Sequence[DraftBlock], first_place: int
) -> tuple[tuple[DraftBlock, ...], list[_FrontText]]:
    """The blocks without the bylines at their ends."""
    out: list[DraftBlock] = []
    front: list[_FrontText] = []
    for index, block in enumerate(blocks):
        edge = trailing_byline(block.text.text)
        if edge is None and index == len(blocks) - 1:
            edge = _signature(blocks)
        if edge is None:
            out.append(block)
            continue
        body, tail = partition(block.text, [edge.start])
        found = tuple(f.moved(-edge.start) for f in edge.found)
        front.append(_FrontText(tail, found, first_place + index, method="byline"))
        out.append(DraftBlock(block.kind, trim(body), block.label))
    return tuple(out), front


def _signature(blocks: Sequence[DraftBlock]) -> Edge | None:
    """The names below the last paragraph; not those of somebody whom the text tells of."""
    edge = signature(blocks[-1].text.text)
    if edge is None:
        return None
    text = blocks[-1].text.text[: edge.start]
    told = any(
        field.value in part
        for field in edge.found
        for part in (text, *(block.text.text for block in blocks[:-1]))
    )
    return None if told else edge


def _with_titles(
    blocks: Sequence[DraftBlock],
    places: list[int],
    site: frozenset[str],
    first_place: int,
) -> tuple[tuple[DraftBlock, ...], list[_FrontText]]:
    """The blocks with the title marked, and the site's name that was behind it."""
    second = second_title(blocks)
    if second is not None and second not in places:
        places = [*places, second]
    out = list(blocks)
    front: list[_FrontText] = []
    for place in places:
        text = out[place].text
        tag = POST_TAG.match(text.text)
        if tag is not None:  # ``[转帖] …``
            label, text = partition(text, [tag.end()])
            front.append(_FrontText(label, (), first_place + place))
        suffix = site_suffix(text.text, site)
        if suffix is not None:
            start, name = suffix
            text, tail = partition(text, [start])
            at = len(tail.text) - len(name)
            found = Found(Field.OUTLET, at, len(tail.text), len(tail.text), value=name)
            front.append(_FrontText(tail, (found,), first_place + place, method="title"))
        out[place] = DraftBlock(BlockKind.TITLE, trim(text), out[place].label)
    return tuple(out), front


def _candidates(source: str, text: _FrontText) -> list[Candidate]:
    return [
        Candidate(
            found,
            text.place,
            span := _span(text.text, found),
            source[span[0] : span[1]] if span else text.text.text[found.start : found.end],
            f"{text.method}:{'label' if found.labelled else found.field.value}",
            in_body=False,
        )
        for found in text.found
    ]


def _span(text: TracedText, found: Found) -> Span | None:
    """The one stretch of the source behind a field; None when there are several."""
    pieces = text.slice_pieces(found.start, found.end)
    return pieces[0] if len(pieces) == 1 else None


def _datelines(source: str, blocks: Sequence[DraftBlock]) -> list[Candidate]:
    """What the datelines of the first paragraphs say, one of each language."""
    out: list[Candidate] = []
    looked = {True: 0, False: 0}
    for index, block in enumerate(blocks):
        text = block.text.text
        if block.kind is not BlockKind.PARAGRAPH or columns(text[:80]) < _PARAGRAPH:
            continue
        chinese = mostly_chinese(text)
        if looked[chinese] >= _DATELINE_BLOCKS:
            if looked[not chinese] >= _DATELINE_BLOCKS or index > 200:
                break
            continue
        looked[chinese] += 1
        found = read_dateline(text)
        if found:
            looked[chinese] = _DATELINE_BLOCKS
        for field in found:
            span = _span(block.text, field)
            raw = source[span[0] : span[1]] if span else text[field.start : field.end]
            out.append(Candidate(field, -1 - index, span, raw, "dateline", in_body=True))
    return out


def _leftover(source: str, text: _FrontText, used: Sequence[Candidate]) -> list[Removal]:
    """The rest of a line beside the values that were kept, as one removal."""
    kept = sorted(c.span for c in used if c.block == text.place and c.span is not None)
    pieces = [*(text.label.pieces if text.label else ()), *text.text.pieces]
    rest: list[Span] = []
    for start, end in pieces:
        at = start
        for low, high in kept:
            if low >= end or high <= start:
                continue
            if source[at:low].strip():
                rest.append((at, low))
            at = high
        if source[at:end].strip():
            rest.append((at, end))
    if not rest:
        return []
    return [removal(source, tuple(sorted(rest)), RemovalReason.METADATA_LINE, "front_matter")]


def _first_of_several(
    blocks: Sequence[DraftBlock], removals: Sequence[Removal]
) -> tuple[Fact[str], ...]:
    """A note that a page is the first of several: its page mark stands below all of its text."""
    found = [r for r in removals if r.reason is RemovalReason.PAGINATION]
    first = [r for r in found if _FIRST_PAGE.search(r.text)]
    end = max((block.text.pieces[-1][1] for block in blocks), default=0)
    if not first or first[-1].pieces[0][0] < end:
        return ()
    return (Fact(first[-1].text, first[-1].text, None, "pagination"),)
