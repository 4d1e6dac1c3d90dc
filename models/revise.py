"""Many changes and cuts on one traced text at once, in time linear in text, edits and steps.

:meth:`models.spans.TracedText.edit` and ``cut`` answer one question at a time; a paragraph with a
hundred thousand HTML entities asks them all together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.spans import Change, Edit, Span, TracedText, merge_pieces, undo_edits


@dataclass(frozen=True, slots=True)
class Cut:
    """A wish to take ``text[start:end]`` out, with ``joint`` (a blank, usually) in its place."""

    start: int
    end: int
    joint: str = ""
    reason: str = "cut"


@dataclass(frozen=True, slots=True)
class Revised:
    """The new text, and for each cut that was asked for the source stretches that left it.

    A cut that ends inside an older edit cannot leave the pieces (that stretch has no place of its
    own in the source): it becomes part of an edit, and its entry in ``cuts`` is empty.
    """

    text: TracedText
    cuts: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class _Event:
    """An old edit or a new step, with its interval in the old text."""

    start: int
    end: int
    edit: Edit | None
    step: Change | Cut | None


def revise(traced: TracedText, steps: Sequence[Change | Cut]) -> Revised:
    """``traced`` with ``steps`` (sorted, not overlapping) made.

    A step that overlaps an older edit becomes one edit with it, under the step's reason.

    >>> revised = revise(TracedText.of("a**b**", 0, 6), [Cut(1, 3), Cut(4, 6)])
    >>> revised.text.text, revised.text.pieces, revised.cuts
    ('ab', ((0, 1), (3, 4)), (((1, 3),), ((4, 6),)))
    """
    if not steps:
        return Revised(traced, ())
    writer = _Writer(traced)
    for cluster in _clusters(traced, steps):
        writer.take(cluster)
    return writer.done()


def _old_edits(traced: TracedText) -> Iterator[_Event]:
    text = raw = 0
    for edit in traced.edits:
        text += edit.position - raw
        yield _Event(text, text + len(edit.after), edit, None)
        text += len(edit.after)
        raw = edit.position + len(edit.before)


def _clusters(traced: TracedText, steps: Sequence[Change | Cut]) -> Iterator[list[_Event]]:
    """Edits and steps in the order of the text; those that overlap stand together."""
    events = [_Event(step.start, step.end, None, step) for step in steps]
    if traced.edits:
        events = sorted([*_old_edits(traced), *events], key=lambda e: (e.start, e.end))
    cluster: list[_Event] = []
    end = -1
    for event in events:
        if cluster and event.start >= end:
            yield cluster
            cluster = []
            end = -1
        cluster.append(event)
        end = max(end, event.end)
    if cluster:
        yield cluster


class _Writer:
    """Builds the new pieces, edits and text from left to right."""

    def __init__(self, traced: TracedText) -> None:
        self.old = traced
        self.at = 0  # in the old text
        self.raw = 0  # in the old joined pieces
        self.new_raw = 0  # in the new joined pieces
        self.text: list[str] = []
        self.pieces: list[Span] = []
        self.edits: list[Edit] = []
        self.cuts: list[tuple[Span, ...]] = []
        self.piece = 0  # the old piece that holds self.raw
        self.offset = 0  # characters of it that are used

    def take(self, cluster: list[_Event]) -> None:
        start = cluster[0].start
        self._keep(start - self.at)
        steps = [event for event in cluster if event.step is not None]
        if not steps:
            for event in cluster:
                self._keep(event.start - self.at)
                self._edit_back(event)
        elif len(cluster) == len(steps):
            for event in cluster:
                self._keep(event.start - self.at)
                self._step(event)
        else:
            self._mixed(cluster)

    def _keep(self, count: int) -> None:
        """Copy unchanged text."""
        if count > 0:
            self.text.append(self.old.text[self.at : self.at + count])
            self.pieces += self._advance(count)
            self.at += count
            self.new_raw += count

    def _advance(self, count: int) -> list[Span]:
        """The source stretches of the next ``count`` characters of the joined pieces."""
        out: list[Span] = []
        self.raw += count
        while count > 0:
            start, end = self.old.pieces[self.piece]
            low = start + self.offset
            high = min(end, low + count)
            out.append((low, high))
            count -= high - low
            self.offset += high - low
            if high == end:
                self.piece += 1
                self.offset = 0
        return out

    def _put(self, before: str, after: str, reason: str) -> None:
        """Write an edit over the next ``len(before)`` characters of the joined pieces."""
        self.pieces += self._advance(len(before))
        self.text.append(after)
        last = self.edits[-1] if self.edits else None
        if (
            last is not None
            and last.position + len(last.before) == self.new_raw
            and not (before and last.before)  # an insertion never stands beside another edit
        ):
            before, after = last.before + before, last.after + after
            self.new_raw = last.position
            self.edits.pop()
        if before != after:
            self.edits.append(Edit(self.new_raw, before, after, reason))
        self.new_raw += len(before)

    def _edit_back(self, event: _Event) -> None:
        edit = event.edit
        assert edit is not None
        self._put(edit.before, edit.after, edit.reason)
        self.at = event.end

    def _step(self, event: _Event) -> None:
        step = event.step
        if isinstance(step, Cut):
            self.cuts.append(merge_pieces(self._advance(step.end - step.start)))
            if step.joint:
                self._put("", step.joint, step.reason)
        elif step is not None:
            self._put(self.old.text[step.start : step.end], step.after, step.reason)
        self.at = event.end

    def _mixed(self, cluster: list[_Event]) -> None:
        start = cluster[0].start
        end = max(event.end for event in cluster)
        inside = [
            Edit(e.edit.position - self.raw, e.edit.before, e.edit.after, e.edit.reason)
            for e in cluster
            if e.edit is not None
        ]
        before = undo_edits(self.old.text[start:end], inside)
        steps = [event.step for event in cluster if event.step is not None]
        only = steps[0]
        if isinstance(only, Cut) and (only.start, only.end) == (start, end):
            self.cuts.append(merge_pieces(self._advance(len(before))))
            if only.joint:
                self._put("", only.joint, only.reason)
        else:
            after: list[str] = []
            at = start
            for step in steps:
                new = step.joint if isinstance(step, Cut) else step.after
                after += (self.old.text[at : step.start], new)
                at = step.end
                if isinstance(step, Cut):
                    self.cuts.append(())
            after.append(self.old.text[at:end])
            self._put(before, "".join(after), steps[-1].reason)
        self.at = end

    def done(self) -> Revised:
        self._keep(len(self.old.text) - self.at)
        traced = TracedText("".join(self.text), merge_pieces(self.pieces), tuple(self.edits))
        return Revised(traced, tuple(self.cuts))


def partition(traced: TracedText, points: Sequence[int]) -> list[TracedText]:
    """``traced`` cut into ``len(points) + 1`` traced texts at ``points`` (sorted, may repeat).

    Raises ValueError when a point lies inside an edit, where it has no place in the source.

    >>> [part.text for part in partition(TracedText.of("abc", 0, 3), [1])]
    ['a', 'bc']
    """
    out: list[TracedText] = []
    edits = list(_old_edits(traced))
    at = raw = index = piece = offset = 0
    for point in (*points, len(traced.text)):
        inside: list[Edit] = []
        raw_size = point - at
        while (index < len(edits) and edits[index].start < point) or _ends_at(edits, index, point):
            event = edits[index]
            if event.end > point or event.edit is None:
                raise ValueError(f"{point} is inside an edit")
            moved = event.edit.position - raw
            inside.append(Edit(moved, event.edit.before, event.edit.after, event.edit.reason))
            raw_size += len(event.edit.before) - len(event.edit.after)
            index += 1
        raw += raw_size
        pieces: list[Span] = []
        while raw_size > 0:
            start, end = traced.pieces[piece]
            low = start + offset
            high = min(end, low + raw_size)
            pieces.append((low, high))
            raw_size -= high - low
            offset += high - low
            if high == end:
                piece += 1
                offset = 0
        out.append(TracedText(traced.text[at:point], tuple(pieces), tuple(inside)))
        at = point
    return out


def _ends_at(edits: Sequence[_Event], index: int, point: int) -> bool:
    return index < len(edits) and edits[index].start == edits[index].end == point


def trim(traced: TracedText) -> TracedText:
    """``traced`` without blanks at both ends.

    Blanks of the source leave the pieces; what only became a blank by an edit (``&nbsp;``) stays
    in them, so that none of its characters is lost.

    >>> trim(TracedText(" a ", ((0, 8),), (Edit(2, "&nbsp;", " ", "entity"),))).edits
    (Edit(position=1, before='&nbsp;', after='', reason='blank'),)
    """
    text = traced.text
    if text and not (text[0].isspace() or text[-1].isspace()):
        return traced
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if start >= end:
        start = end = len(text)
    spans = [span for span in ((0, start), (end, len(text))) if span[0] < span[1]]
    if not spans:
        return traced
    edited = [event for event in _old_edits(traced) if event.edit and event.edit.before]
    steps: list[Change | Cut] = []
    for low, high in spans:
        if any(event.start <= high and low <= event.end for event in edited):
            steps.append(Change(low, high, "", "blank"))
        else:
            steps.append(Cut(low, high))
    return revise(traced, steps).text
