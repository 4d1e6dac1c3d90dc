"""What was decided about every line of a document, for a person to read beside its text."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.records import Article, Block, Document, Fact, Ingested
from models.spans import Span
from tasks.ingest.ledger import facts_of


class Fate(StrEnum):
    """What came of a stretch of the text."""

    BODY = "body"
    LABEL = "label"
    EDITED = "edited"  # body, but not as it stands in the source; ``note`` is what it became
    METADATA = "metadata"
    REMOVED = "removed"
    BLANK = "blank"
    SENTENCE_END = "sentence_end"  # no text: a sentence ends here


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a line with one fate."""

    text: str
    fate: Fate
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """A line of the text (``number`` from 1): a word on what it is, its stretches, and notes.

    ``margin`` is language and kind of its block, ``metadata``, or reason and rule of its removal;
    "" for a blank line. The notes are one decision each: a value of the metadata, a cut, an edit.
    """

    number: int
    margin: str
    stretches: tuple[Stretch, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A document with every decision: ``head`` is about the whole, ``lines`` are in order."""

    head: tuple[str, ...]
    lines: tuple[ExplainedLine, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    fate: Fate
    margin: str
    note: str = ""


def explain(document: Document, ingested: Ingested) -> Explanation:
    """Lay what became of a document beside its text, line by line.

    A page that could not be used has no lines; its head says why.
    """
    head = tuple(_head(document, ingested))
    if not ingested.articles:
        return Explanation(head, ())
    text = document.text
    marks = sorted(_marks(ingested), key=lambda m: (m.start, m.end))
    ends = sorted({s.pieces[-1][1] for a in ingested.articles for s in a.sentences if s.pieces})
    lines: list[ExplainedLine] = []
    start = first = 0
    for number, line in enumerate(text.split("\n"), 1):
        end = start + len(line)
        while first < len(marks) and marks[first].end <= start:
            first += 1
        own = [m for m in _from(marks, first, end) if m.end > start]
        here = ends[bisect_right(ends, start) : bisect_right(ends, end)]
        lines.append(_line(text, number, (start, end), own, here))
        start = end + 1
    return Explanation(head, tuple(lines))


def _from(marks: Sequence[_Mark], first: int, end: int) -> Iterator[_Mark]:
    for index in range(first, len(marks)):
        if marks[index].start >= end:
            return
        yield marks[index]


def _line(
    text: str, number: int, span: Span, marks: Sequence[_Mark], ends: Sequence[int]
) -> ExplainedLine:
    stretches: list[Stretch] = []
    notes: list[str] = []
    at, stop = span
    for mark in marks:
        start, end = max(mark.start, at), min(mark.end, stop)
        if mark.note and mark.start >= span[0]:
            notes.append(mark.note)
        if mark.fate is Fate.BLANK or start >= end:  # a value that is also part of the body
            continue
        stretches += _with_ends(text, (at, start), Fate.BLANK, ends)
        stretches += _with_ends(text, (start, end), mark.fate, ends, mark.note)
        at = end
    stretches += _with_ends(text, (at, stop), Fate.BLANK, ends)
    shown = [m for m in marks if m.margin]
    body = [m for m in shown if m.fate in (Fate.BODY, Fate.EDITED, Fate.LABEL)]
    values = [m for m in shown if m.fate is Fate.METADATA]
    order = dict.fromkeys(m.margin for m in (body or values or shown))
    cuts = [
        f"cut “{text[max(m.start, span[0]) : min(m.end, stop)].strip()}”: {m.margin}"
        for m in shown
        if body and m.fate is Fate.REMOVED and text[m.start : m.end].strip()
    ]
    return ExplainedLine(number, " + ".join(order), tuple(stretches), (*notes, *cuts))


def _with_ends(
    text: str, span: Span, fate: Fate, ends: Sequence[int], note: str = ""
) -> Iterator[Stretch]:
    """A stretch, cut where sentences end in it."""
    start, end = span
    if start >= end:
        return
    for place in ends:
        if start < place <= end:
            yield Stretch(text[start:place], fate, note)
            yield Stretch("", Fate.SENTENCE_END)
            start = place
    if start < end:
        yield Stretch(text[start:end], fate, note)


def _marks(ingested: Ingested) -> Iterator[_Mark]:
    """Every decision with its place, once: halves of a page share the facts of the page."""
    facts: dict[tuple[str, Span], _Mark] = {}
    for article in ingested.articles:
        for block in article.blocks:
            yield from _block_marks(article, block)
        for name, fact in named_facts(article):
            if fact.span is not None:
                fate = Fate.BLANK if fact.in_body else Fate.METADATA
                mark = _Mark(*fact.span, fate, "metadata", _fact_note(name, fact))
                facts[name, fact.span] = mark
    for (_, span), mark in facts.items():
        # Several values can stand in one place; they are one stretch with several notes.
        first = next(other for (_, place), other in facts.items() if place == span)
        yield mark if mark is first else _Mark(*span, Fate.BLANK, "", mark.note)
    for removal in ingested.removals:
        for start, end in removal.pieces:
            yield _Mark(start, end, Fate.REMOVED, f"{removal.reason}: {removal.rule}")


def _block_marks(article: Article, block: Block) -> Iterator[_Mark]:
    margin = f"{article.lang} {block.kind}"
    for start, end in block.label_pieces:
        yield _Mark(start, end, Fate.LABEL, margin)
    edits = iter(block.edits)
    edit = next(edits, None)
    raw = 0  # how much of the joined pieces lies before the current one
    for start, end in block.pieces:
        at = start
        while edit is not None and edit.position < raw + end - start:
            low = start + edit.position - raw
            high = min(low + len(edit.before), end)
            if at < low:
                yield _Mark(at, low, Fate.BODY, margin)
            if low < high:
                shown = f"“{_visible(edit.before)}” became “{_visible(edit.after)}”"
                yield _Mark(low, high, Fate.EDITED, margin, f"edited: {shown} ({edit.reason})")
            at = max(at, high)
            edit = next(edits, None)
        if at < end:
            yield _Mark(at, end, Fate.BODY, margin)
        raw += end - start


def named_facts(article: Article) -> Iterator[tuple[str, Fact[object]]]:
    """Every fact of an article with the name of its field."""
    for fact in facts_of(article.metadata):
        for name in article.metadata.__slots__:
            value = getattr(article.metadata, name)
            if value is fact or (isinstance(value, tuple) and any(v is fact for v in value)):
                yield name, fact


def _fact_note(name: str, fact: Fact[object]) -> str:
    """One value of the metadata: what it is, what it was read from and where, and how."""
    value = fact.value
    parts = [getattr(value, field) for field in getattr(value, "__slots__", ())] or [value]
    said = " ".join(str(part) for part in parts)
    how = [fact.method, *([fact.precision] if fact.precision else [])]
    if fact.ambiguous:
        how.append("ambiguous: " + " or ".join(fact.alternatives))
    place = f" from “{_visible(fact.raw)}”"
    place += f" at {fact.span[0]}-{fact.span[1]}" if fact.span else ""
    return f"{name} = {said}{place} ({', '.join(how)})"


def _head(document: Document, ingested: Ingested) -> Iterator[str]:
    source = document.source
    place = source.path if source.record is None else f"{source.path}:{source.record}"
    encoding = f", {source.encoding}" if source.encoding else ""
    if source.encoding_confidence is not None and source.encoding_confidence < 1:
        others = " or ".join(source.encoding_alternatives)
        encoding += f" ({source.encoding_confidence:.2f}{f', else {others}' if others else ''})"
    shown = ", extracted text" if document.extracted else ""
    yield f"{place}: {source.format}{encoding}, {len(document.text):,} characters{shown}"
    if ingested.quarantine is not None:
        yield f"quarantined: {ingested.quarantine.reason}: {ingested.quarantine.detail}"
    for article in ingested.articles:
        script = f" {article.script}" if article.script else ""
        derived = " (from the lead)" if article.title_derived else ""
        title = f"“{article.title}”{derived}" if article.title else "no title"
        yield f"{article.lang}{script}: {title}, {len(article.sentences)} sentences"
    language = ingested.articles[0].language if ingested.articles else None
    if language is not None:
        yield f"letters: {language.han:.0%} Han, {language.latin:.0%} Latin"
    seen: set[str] = set()
    for article in ingested.articles:
        for name, fact in named_facts(article):
            note = _fact_note(name, fact)
            if fact.span is None and note not in seen:
                seen.add(note)
                yield note


def _visible(text: str, longest: int = 60) -> str:
    """A text on one line, without invisible characters, cut when it is long."""
    shown = "".join(ch if ch.isprintable() else f"\\u{ord(ch):04x}" for ch in text)
    return shown if len(shown) <= longest else shown[:longest] + "…"


def plain_text(parts: Iterable[Stretch]) -> str:
    """A line with marks: ``⟦…⟧`` is removed, ``‖`` ends a sentence, ``{…}`` is metadata.

    >>> plain_text([Stretch("Rain.", Fate.BODY), Stretch("", Fate.SENTENCE_END)])
    'Rain.‖'
    """
    marks = {Fate.REMOVED: ("⟦", "⟧"), Fate.METADATA: ("{", "}"), Fate.LABEL: ("[", "]")}
    out = ""
    for part in parts:
        opening, closing = marks.get(part.fate, ("", ""))
        shown = "".join(ch if ch.isprintable() or ch == "\t" else "·" for ch in part.text)
        if part.fate is Fate.SENTENCE_END:
            out += "‖"
        elif shown.strip():
            out += opening + shown + closing
        else:
            out += shown
    return out
