"""Text that remembers where it came from.

A :class:`TracedText` is made of stretches (``pieces``) of a source text and of ``edits`` on their
concatenation. It can be edited, cut and sliced again and again; the pieces and edits stay true:
joining the pieces and applying the edits gives the text, and undoing them gives the pieces back.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

#: A half-open interval of code points.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """At ``position`` of the joined pieces, ``before`` was replaced by ``after``."""

    position: int
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """A wish to change ``text[start:end]`` to ``after``; see :meth:`TracedText.edit`."""

    start: int
    end: int
    after: str
    reason: str


def join_pieces(source: str, pieces: Iterable[Span]) -> str:
    """The stretches of ``source``, one after the other.

    >>> join_pieces("abcdef", [(0, 2), (4, 6)])
    'abef'
    """
    return "".join([source[start:end] for start, end in pieces])


def apply_edits(raw: str, edits: Iterable[Edit]) -> str:
    """``raw`` with ``edits`` (in order, not overlapping) applied.

    Raises ValueError when an edit does not find its ``before``.

    >>> apply_edits("a&amp;b", [Edit(1, "&amp;", "&", "entity")])
    'a&b'
    """
    out: list[str] = []
    done = 0
    for edit in edits:
        end = edit.position + len(edit.before)
        if edit.position < done or raw[edit.position : end] != edit.before:
            raise ValueError(f"edit does not fit at {edit.position}: {edit.before!r}")
        out += (raw[done : edit.position], edit.after)
        done = end
    out.append(raw[done:])
    return "".join(out)


def undo_edits(text: str, edits: Iterable[Edit]) -> str:
    """The raw text that ``edits`` turned into ``text``; the inverse of :func:`apply_edits`."""
    out: list[str] = []
    done = 0  # in text
    raw_done = 0  # in raw
    for edit in edits:
        at = done + edit.position - raw_done
        if text[at : at + len(edit.after)] != edit.after:
            raise ValueError(f"edit cannot be undone at {edit.position}: {edit.after!r}")
        out += (text[done:at], edit.before)
        done = at + len(edit.after)
        raw_done = edit.position + len(edit.before)
    out.append(text[done:])
    return "".join(out)


def hull(pieces: Sequence[Span]) -> Span | None:
    """The smallest interval that holds all pieces; None when there are none."""
    if not pieces:
        return None
    if len(pieces) == 1:
        return pieces[0]
    return min(start for start, _ in pieces), max(end for _, end in pieces)


def merge_pieces(pieces: Iterable[Span]) -> tuple[Span, ...]:
    """Pieces without empty ones, and with those that touch made one; the order stays.

    >>> merge_pieces([(0, 2), (2, 4), (5, 5), (7, 9)])
    ((0, 4), (7, 9))
    """
    out: list[Span] = []
    for start, end in pieces:
        if start == end:
            continue
        if out and out[-1][1] == start:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """``text[start:end]``, the interval of the joined pieces behind it, and the edits in it."""

    start: int
    end: int
    raw_start: int
    raw_end: int
    first_edit: int
    last_edit: int

    @property
    def edited(self) -> bool:
        return self.first_edit < self.last_edit

    def narrowed(self, start: int, end: int) -> "_Chunk":
        """The part that lies in ``[start, end)``; an edited chunk is never split."""
        if self.edited:
            return self
        low, high = max(start, self.start), min(end, self.end)
        shift = self.raw_start - self.start
        return _Chunk(low, high, low + shift, high + shift, self.first_edit, self.last_edit)


@dataclass(frozen=True, slots=True)
class TracedText:
    """A text, the pieces of the source it was made from, and the edits in between.

    ``text == apply_edits(join_pieces(source, pieces), edits)`` always holds.
    """

    text: str
    pieces: tuple[Span, ...]
    edits: tuple[Edit, ...] = ()

    @classmethod
    def of(cls, source: str, start: int, end: int) -> "TracedText":
        """The stretch ``source[start:end]``, unchanged."""
        return cls(source[start:end], ((start, end),) if start < end else ())

    @property
    def span(self) -> Span | None:
        """The hull of the pieces."""
        return hull(self.pieces)

    def _chunks(self) -> list["_Chunk"]:
        """The text as unchanged and edited chunks, in order."""
        out: list[_Chunk] = []
        text = raw = 0
        for index, edit in enumerate(self.edits):
            kept = edit.position - raw
            if kept:
                out.append(_Chunk(text, text + kept, raw, edit.position, index, index))
                text += kept
            raw = edit.position + len(edit.before)
            out.append(_Chunk(text, text + len(edit.after), edit.position, raw, index, index + 1))
            text += len(edit.after)
        if text < len(self.text):
            count = len(self.edits)
            out.append(_Chunk(text, len(self.text), raw, raw + len(self.text) - text, count, count))
        return out

    def _window(self, start: int, end: int) -> "_Chunk":
        """The stretch behind ``text[start:end]``, widened so that no edit is split.

        An empty stretch widens over every edit that touches it, so that two edits never meet at
        one point. Raises IndexError when the interval does not lie in the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"[{start}, {end}) is not inside a text of {len(self.text)}")
        if not self.edits:
            return _Chunk(start, end, start, end, 0, 0)
        chunks = self._chunks()
        if start == end:
            found = [c for c in chunks if c.edited and c.start <= start <= c.end]
            found = found or [c for c in chunks if c.start <= start <= c.end][:1]
        else:
            found = [
                c
                for c in chunks
                if max(c.start, start) < min(c.end, end)
                or (c.start == c.end and start < c.start < end)
            ]
        first, last = found[0].narrowed(start, end), found[-1].narrowed(start, end)
        return _Chunk(
            first.start, last.end, first.raw_start, last.raw_end, first.first_edit, last.last_edit
        )

    def slice_pieces(self, start: int, end: int) -> tuple[Span, ...]:
        """The source stretches behind ``text[start:end]`` (an edit is taken whole)."""
        if start >= end:
            return ()
        window = self._window(start, end)
        return _cut_pieces(self.pieces, window.raw_start, window.raw_end)

    def all_pieces(self, spans: Sequence[Span]) -> list[tuple[Span, ...]]:
        """:meth:`slice_pieces` for many intervals of the text, none of them empty; the time it
        takes is linear in the text.
        """
        if not self.edits and len(self.pieces) == 1:  # as nearly always
            at = self.pieces[0][0]
            return [((at + start, at + end),) for start, end in spans]
        chunks = self._chunks()
        starts, ends = [c.start for c in chunks], [c.end for c in chunks]
        joined = list(accumulate((end - start for start, end in self.pieces), initial=0))
        out: list[tuple[Span, ...]] = []
        for start, end in spans:
            first = chunks[bisect_right(ends, start)].narrowed(start, end).raw_start
            last = chunks[bisect_left(starts, end) - 1].narrowed(start, end).raw_end
            low = bisect_right(joined, first) - 1
            pieces = self.pieces[low : bisect_left(joined, last)]
            out.append(_cut_pieces(pieces, first - joined[low], last - joined[low]))
        return out

    def slice(self, start: int, end: int) -> "TracedText":
        """``text[start:end]`` as a traced text of its own.

        Raises ValueError when an end lies inside an edit, where it has no place in the source.
        """
        if start >= end:
            return TracedText("", ())
        window = self._exact(start, end)
        edits = tuple(
            _moved(e, -window.raw_start) for e in self.edits[window.first_edit : window.last_edit]
        )
        pieces = _cut_pieces(self.pieces, window.raw_start, window.raw_end)
        return TracedText(self.text[start:end], pieces, edits)

    def edit(self, changes: Iterable[Change]) -> "TracedText":
        """The text with ``changes`` (sorted, not overlapping) made.

        A change that touches earlier edits swallows them: the source text behind both becomes the
        ``before`` of one edit, under the reason of the new one.
        """
        result = self
        for change in reversed(list(changes)):
            if self.text[change.start : change.end] != change.after:
                result = result._edit_one(change)
        return result

    def _edit_one(self, change: Change) -> "TracedText":
        window = self._window(change.start, change.end)
        swallowed = self.edits[window.first_edit : window.last_edit]
        before = undo_edits(
            self.text[window.start : window.end], [_moved(e, -window.raw_start) for e in swallowed]
        )
        after = (
            self.text[window.start : change.start]
            + change.after
            + self.text[change.end : window.end]
        )
        made = [Edit(window.raw_start, before, after, change.reason)] if before != after else []
        edits = (*self.edits[: window.first_edit], *made, *self.edits[window.last_edit :])
        text = self.text[: window.start] + after + self.text[window.end :]
        return TracedText(text, self.pieces, edits)

    def cut(self, start: int, end: int, joint: str = "", reason: str = "cut") -> "TracedText":
        """The text without ``text[start:end]``: the source behind it is no longer a piece.

        ``joint`` (a blank, usually) is put in its place as an edit. The caller records what
        :meth:`slice_pieces` gave for the stretch as a removal. Raises ValueError when an end lies
        inside an edit.
        """
        if start >= end:
            return self
        window = self._exact(start, end)
        gone = window.raw_end - window.raw_start
        raw_size = sum(stop - begin for begin, stop in self.pieces)
        pieces = merge_pieces(
            (
                *_cut_pieces(self.pieces, 0, window.raw_start),
                *_cut_pieces(self.pieces, window.raw_end, raw_size),
            )
        )
        edits = (
            *self.edits[: window.first_edit],
            *(_moved(e, -gone) for e in self.edits[window.last_edit :]),
        )
        bare = TracedText(self.text[:start] + self.text[end:], pieces, edits)
        return bare.edit([Change(start, start, joint, reason)]) if joint else bare

    def _exact(self, start: int, end: int) -> "_Chunk":
        window = self._window(start, end)
        if (window.start, window.end) != (start, end):
            raise ValueError(f"[{start}, {end}) ends inside an edit")
        return window

    def strip(self) -> "TracedText":
        """Without blanks at both ends; the blanks are dropped from the pieces."""
        start = len(self.text) - len(self.text.lstrip())
        end = len(self.text.rstrip())
        if start >= end:
            return TracedText("", ())
        result = self
        if end < len(self.text):
            result = result._trim(end, len(self.text))
        if start > 0:
            result = result._trim(0, start)
        return result

    def _trim(self, start: int, end: int) -> "TracedText":
        """Cut blanks at an end, or edit them away where they are part of a larger edit."""
        try:
            return self.cut(start, end)
        except ValueError:
            return self.edit([Change(start, end, "", "blank")])


def concat(parts: Sequence[TracedText], joint: str = "", reason: str = "join") -> TracedText:
    """Several traced texts as one, with ``joint`` between them as edits."""
    text: list[str] = []
    pieces: list[Span] = []
    edits: list[Edit] = []
    raw = 0
    for index, part in enumerate(parts):
        shifted = [_moved(e, raw) for e in part.edits]
        if index and joint:
            text.append(joint)
            if shifted and shifted[0].position == raw:
                first = shifted[0]
                shifted[0] = Edit(raw, first.before, joint + first.after, first.reason)
            elif edits and edits[-1].position + len(edits[-1].before) == raw:
                last = edits[-1]
                edits[-1] = Edit(last.position, last.before, last.after + joint, last.reason)
            else:
                edits.append(Edit(raw, "", joint, reason))
        text.append(part.text)
        pieces += part.pieces
        edits += shifted
        raw += sum(end - start for start, end in part.pieces)
    return TracedText("".join(text), tuple(pieces), tuple(edits))


def iter_gaps(pieces: Iterable[Span], length: int) -> Iterator[Span]:
    """The stretches of ``[0, length)`` that no piece covers.

    >>> list(iter_gaps([(2, 4), (6, 8)], 9))
    [(0, 2), (4, 6), (8, 9)]
    """
    at = 0
    for start, end in sorted(pieces):
        if start > at:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length


def _moved(edit: Edit, by: int) -> Edit:
    return Edit(edit.position + by, edit.before, edit.after, edit.reason)


def _cut_pieces(pieces: Sequence[Span], raw_start: int, raw_end: int) -> tuple[Span, ...]:
    """The part ``[raw_start, raw_end)`` of the joined pieces, as source stretches."""
    out: list[Span] = []
    at = 0
    for start, end in pieces:
        size = end - start
        low, high = max(raw_start - at, 0), min(raw_end - at, size)
        if low < high:
            out.append((start + low, start + high))
        at += size
        if at >= raw_end:
            break
    return merge_pieces(out)
