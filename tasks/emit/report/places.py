"""Where removed stretches stood: between which sentences, or where inside one."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec

from models.records import Article, Block, RemovedLine, Sentence, SourceFile
from models.spans import Span
from tasks.emit.jsonl import read_lines, read_raw

_Key = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Cut:
    """A removed stretch at its place: ``offset`` in the sentence's text, or None for after it."""

    offset: int | None
    line: RemovedLine


@dataclass(frozen=True, slots=True)
class Places:
    """Removed stretches by the sentence that they stood in or after, in the order of the source;
    ``before`` has those that stood before the first sentence, by article.
    """

    at: dict[str, list[Cut]] = field(default_factory=dict)
    before: dict[str, list[Cut]] = field(default_factory=dict)


class _Owner(msgspec.Struct):
    source: str
    record: int | None


@dataclass(frozen=True, slots=True)
class _Anchor:
    span: Span
    article: str
    block: Block
    sentence: Sentence


class RemovedByDocument:
    """``removed.jsonl`` by document, read when asked for; only positions are held in memory."""

    def __init__(self, path: Path) -> None:
        self._ranges: dict[_Key, list[tuple[int, int]]] = {}
        start = 0
        for line, owner in zip(read_raw(path), read_lines(path, _Owner), strict=True):
            end = start + len(line)
            ranges = self._ranges.setdefault((owner.source, owner.record), [])
            if ranges and ranges[-1][1] == start:
                ranges[-1] = (ranges[-1][0], end)
            else:
                ranges.append((start, end))
            start = end
        self._decoder = msgspec.json.Decoder(RemovedLine)
        self._file: BinaryIO = open(path, "rb")  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> "RemovedByDocument":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def of(self, source: SourceFile) -> list[RemovedLine]:
        """What was removed from a document."""
        lines: list[RemovedLine] = []
        for start, end in self._ranges.get((source.path, source.record), ()):
            self._file.seek(start)
            lines += self._decoder.decode_lines(self._file.read(end - start))
        return lines


def place(removed: Sequence[RemovedLine], articles: Sequence[Article]) -> Places:
    """Find the places of what was removed from one document.

    ``articles`` are those of its articles that are shown (both halves of a bilingual page, say);
    a stretch that belongs to no article stands with the sentence before it, of whichever half.
    """
    places = Places()
    if not removed:
        return places
    anchors = {article.id: _anchors(article) for article in articles}
    everywhere = sorted((a for own in anchors.values() for a in own), key=_start)
    for line in sorted(removed, key=lambda line: line.pieces[:1]):
        own = everywhere if line.article is None else anchors.get(line.article)
        if not own:
            continue
        start = line.pieces[0][0] if line.pieces else 0
        index = bisect_right(own, start, key=_start) - 1
        if index < 0:
            places.before.setdefault(own[0].article, []).append(Cut(None, line))
            continue
        anchor = own[index]
        inside = start < anchor.span[1]
        offset = text_offset(anchor.block, anchor.sentence, start) if inside else None
        places.at.setdefault(anchor.sentence.id, []).append(Cut(offset, line))
    return places


def _anchors(article: Article) -> list[_Anchor]:
    """The sentences of an article that have a place in the source, in the order of the source."""
    blocks = {block.id: block for block in article.blocks}
    found = [
        _Anchor(sentence.span, article.id, blocks[sentence.block], sentence)
        for sentence in article.sentences
        if sentence.span is not None
    ]
    return sorted(found, key=_start)


def _start(anchor: _Anchor) -> int:
    return anchor.span[0]


def text_offset(block: Block, sentence: Sentence, position: int) -> int:
    """Where in a sentence's text a position of the source lies, seen through the block's edits."""
    raw = sum(min(end, position) - start for start, end in block.pieces if start < position)
    shift = 0
    for edit in block.edits:
        if edit.position + len(edit.before) > raw:
            raw = min(raw, edit.position)
            break
        shift += len(edit.after) - len(edit.before)
    return min(max(raw + shift - sentence.at[0], 0), len(sentence.text))
