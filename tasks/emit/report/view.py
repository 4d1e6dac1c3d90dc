"""What the report shows of an article or pair: plain values that the templates only lay out.

The values of a row are named tuples, since a report makes millions of them: one is made in half the
time of a frozen dataclass.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from models.records import (
    Article,
    Bead,
    Block,
    BlockKind,
    Flag,
    Lang,
    Origin,
    OriginKind,
    Sentence,
)
from tasks.emit.corpus import AlignedPair
from tasks.emit.exports.selection import language_tag
from tasks.emit.report.facts import Fact, facts
from tasks.emit.report.places import Cut, Places
from tasks.emit.report.text import shown
from tasks.emit.summary import plural, word

_LEVELS = {BlockKind.TITLE: 2, BlockKind.HEADING: 3}
_LOOKS: dict[tuple[BlockKind, bool], str] = {
    (kind, first): f" {kind} first" if first else f" {kind}"
    for kind in BlockKind
    if kind is not BlockKind.PARAGRAPH
    for first in (True, False)
}

#: Scores from here on are shown as good, and as passable.
GOOD, PASSABLE = 0.8, 0.5


class Gone(NamedTuple):
    """What was taken out at one place for one reason."""

    reason: str
    texts: tuple[str, ...]


class Stretch(NamedTuple):
    """Text of a sentence, or what was taken out between two such texts."""

    text: str
    gone: Gone | None = None


class SentenceView(NamedTuple):
    """A sentence in its cell.

    ``look`` is how its block is set (style classes), ``level`` the heading level it stands for
    (0: none), ``first`` whether it opens its block; the block's label is with the first one.
    ``text`` is all of it, unless something was taken out inside: then ``stretches`` are.
    """

    look: str
    level: int
    first: bool
    label: str
    text: str
    stretches: tuple[Stretch, ...]
    after: tuple[Gone, ...]


class Cell(NamedTuple):
    """One side of a row; ``missing`` says why it is empty."""

    lang: Lang
    tag: str
    origin: str
    sentences: tuple[SentenceView, ...]
    missing: str = ""


class Row(NamedTuple):
    """A bead, or one sentence of an article without counterpart.

    ``look`` are style classes: whether it opens a block, and how good its score is.
    """

    id: str
    cells: tuple[Cell, ...]
    look: str
    percent: int = 0
    parts: str = ""
    flags: tuple[tuple[str, str], ...] = ()

    @property
    def tenths(self) -> int:
        """The length of the bar beside the score."""
        return round(self.percent / 10)


@dataclass(frozen=True, slots=True)
class Side:
    """An article in the head of its section."""

    id: str
    lang: Lang
    tag: str
    title: str
    title_note: str
    origin: str
    made_by: str
    facts: tuple[Fact, ...]
    before: tuple[Gone, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A section of the report: a pair (two sides) or an article without counterpart (one)."""

    id: str
    sides: tuple[Side, ...]
    rows: tuple[Row, ...]
    how: str
    score: str
    notes: tuple[str, ...] = ()
    conflicts: tuple[tuple[str, str, str], ...] = ()
    beads: int = 0
    flagged: int = 0


@dataclass(slots=True)
class _Blocks:
    """The sentences of an article being shown in turn."""

    article: Article
    places: Places
    limit: int
    last: str = ""
    sentences: dict[str, Sentence] = field(init=False)
    blocks: dict[str, Block] = field(init=False)
    tag: str = field(init=False)

    def __post_init__(self) -> None:
        self.sentences = {sentence.id: sentence for sentence in self.article.sentences}
        self.blocks = {block.id: block for block in self.article.blocks}
        self.tag = _tag(self.article)

    def cell(self, ids: Iterable[str], missing: str = "") -> Cell:
        return Cell(
            self.article.lang,
            self.tag,
            self.article.origin.kind,
            tuple(self._show(self.sentences.pop(i)) for i in ids if i in self.sentences),
            missing,
        )

    def _show(self, sentence: Sentence) -> SentenceView:
        block = self.blocks[sentence.block]
        first, self.last = self.last != block.id, block.id
        cuts = self.places.at.get(sentence.id, ())
        inside = [cut for cut in cuts if cut.offset is not None]
        return SentenceView(
            _LOOKS.get((block.kind, first), ""),
            _LEVELS.get(block.kind, 0),
            first,
            shown(block.label) if first and block.label else "",
            shown(sentence.text),
            _stretches(sentence.text, inside, self.limit) if inside else (),
            _gone([cut for cut in cuts if cut.offset is None], self.limit) if cuts else (),
        )


def pair_item(aligned: AlignedPair, places: Places, limit: int) -> Item:
    """A pair with its beads; sentences that no bead names follow in rows of their own.

    ``limit`` is the most characters shown of a removed stretch.
    """
    zh = _Blocks(aligned.zh, places, limit)
    en = _Blocks(aligned.en, places, limit)
    rows = [_bead_row(bead, zh, en) for bead in aligned.beads]
    rows += [_left_row(i, zh, en) for i in (*zh.sentences, *en.sentences)]
    pair = aligned.pair
    return Item(
        id=pair.id,
        sides=(_side(aligned.zh, places, limit), _side(aligned.en, places, limit)),
        rows=tuple(rows),
        how=word(pair.how),
        score=f"{pair.score:.2f}",
        conflicts=tuple((word(c.field), shown(c.zh), shown(c.en)) for c in pair.conflicts),
        beads=len(aligned.beads),
        flagged=sum(1 for row in rows if row.flags),
    )


def unpaired_item(article: Article, places: Places, limit: int) -> Item:
    """An article without counterpart, a sentence a row."""
    blocks = _Blocks(article, places, limit)
    rows = []
    for sentence in article.sentences:
        cell = blocks.cell([sentence.id])
        rows.append(Row(sentence.id, (cell,), _opens(cell) + " one"))
    notes: tuple[str, ...] = ()
    how = "unpaired"
    if article.unpaired is not None:
        how = f"unpaired: {word(article.unpaired.reason)}"
        notes = tuple(
            f"near candidate {candidate.article}, score {candidate.score:.2f}"
            for candidate in article.unpaired.candidates
        )
    return Item(article.id, (_side(article, places, limit),), tuple(rows), how, "", notes)


def _bead_row(bead: Bead, zh: _Blocks, en: _Blocks) -> Row:
    percent = round(100 * min(max(bead.score, 0.0), 1.0))
    cells = (
        zh.cell(bead.zh, _missing(bead.zh, bead.zh_text)),
        en.cell(bead.en, _missing(bead.en, bead.en_text)),
    )
    return Row(
        id=bead.id,
        cells=cells,
        look=_opens(*cells) + _band(bead.score),
        percent=percent,
        parts=", ".join(f"{name} {value:+.2f}" for name, value in bead.parts.items()),
        flags=tuple((word(flag), _detail(flag, bead)) for flag in bead.checks.flags),
    )


def _left_row(sentence: str, zh: _Blocks, en: _Blocks) -> Row:
    cells = (zh.cell([sentence], "not aligned"), en.cell([sentence], "not aligned"))
    return Row(sentence, cells, _opens(*cells) + _band(0.0), flags=(("not aligned", ""),))


def _opens(*cells: Cell) -> str:
    return " opens" if any(c.sentences and c.sentences[0].first for c in cells) else ""


def _band(score: float) -> str:
    """Good scores look as everything does; the others are to be seen."""
    return "" if score >= GOOD else " fair" if score >= PASSABLE else " poor"


def _missing(ids: Sequence[str], text: str) -> str:
    if not ids:
        return "no counterpart"
    return "" if text.strip() else "translation failed"


def _detail(flag: Flag, bead: Bead) -> str:
    """What a check found, beside its name."""
    checks = bead.checks
    if flag is Flag.NUMBER_MISMATCH:
        sides = (("Chinese", checks.numbers_zh_only), ("English", checks.numbers_en_only))
        return "; ".join(f"only {side}: {', '.join(map(shown, n))}" for side, n in sides if n)
    if flag is Flag.TERM_MISSING:
        return ", ".join(map(shown, checks.terms_missing))
    if flag is Flag.LENGTH_OUTLIER and checks.length_ratio is not None:
        return f"{checks.length_ratio:.1f} English characters to a Chinese one"
    if flag is Flag.LOW_COVERAGE and checks.coverage is not None:
        return f"{checks.coverage:.0%} of the words found on the other side"
    return ""


def _side(article: Article, places: Places, limit: int) -> Side:
    title, note = article.title, ""
    if title is None:
        title = article.sentences[0].text[:60] + " …" if article.sentences else article.id
        note = "no title"
    elif article.title_derived:
        note = "title taken from the text"
    return Side(
        id=article.id,
        lang=article.lang,
        tag=_tag(article),
        title=shown(title),
        title_note=note,
        origin=article.origin.kind,
        made_by=shown(_made_by(article.origin)),
        facts=facts(article),
        before=_gone(places.before.get(article.id, ()), limit),
    )


def _tag(article: Article) -> str:
    return "en" if article.lang is Lang.EN else language_tag(article.script)


def _made_by(origin: Origin) -> str:
    if origin.kind is OriginKind.SOURCE:
        return ""
    return " ".join(part for part in (origin.engine, origin.model, origin.revision) if part)


def _stretches(text: str, cuts: Sequence[Cut], limit: int) -> tuple[Stretch, ...]:
    """The text of a sentence with what was taken out of it at its place."""
    out: list[Stretch] = []
    done = 0
    for cut in cuts:
        offset = cut.offset or 0
        if offset > done:
            out.append(Stretch(shown(text[done:offset])))
            done = offset
        out += [Stretch("", gone) for gone in _gone([cut], limit)]
    if done < len(text):
        out.append(Stretch(shown(text[done:])))
    return tuple(out)


def _gone(cuts: Sequence[Cut], limit: int) -> tuple[Gone, ...]:
    """What was taken out at a place, neighbours with the same reason together."""
    return tuple(
        Gone(word(reason), tuple(_cut_short(cut.line.text, limit) for cut in group))
        for reason, group in groupby(cuts, key=lambda cut: cut.line.reason)
    )


def _cut_short(text: str, limit: int) -> str:
    more = f" … ({plural(len(text) - limit, 'more character')})" if len(text) > limit else ""
    return shown(text[:limit], blanks=True) + more
