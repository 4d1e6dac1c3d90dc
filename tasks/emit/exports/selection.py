"""What goes into an export: one selection and one stream of segments for all formats."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from models.records import Bead, Flag, Lang, Origin, OriginKind, Script
from tasks.emit.corpus import Corpus

OriginChoice = Literal["source", "machine", "any"]
ScriptChoice = Literal["hans", "hant"]

_TARGETS = {"hans": (Script.HANS, "t2s"), "hant": (Script.HANT, "s2t")}


class ExportError(ValueError):
    """The export asked for makes no sense; the message is one line for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which part of a corpus is exported; the default is all of it. Raises ExportError."""

    min_score: float = 0.0  # least score of a bead; of an article pair in the articles format
    origin: OriginChoice = "any"  # "source": nothing a machine made; "machine": nothing else
    max_length: int | None = None  # most characters of a bead's longer side; of an article
    paired_only: bool = False  # no articles without counterpart (a bitext never has them)
    lang: Lang | None = None  # only this language (articles format only)
    script: ScriptChoice | None = None  # Chinese converted by OpenCC where it is in another script

    def __post_init__(self) -> None:
        if not 0 <= self.min_score <= 1:
            raise ExportError("--min-score is a number from 0 to 1")
        if self.max_length is not None and self.max_length < 1:
            raise ExportError("--max-length is 1 or more")


#: The selection that leaves out nothing.
EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class Segment:
    """A bead on its way into a bitext file.

    ``script`` is that of ``zh`` as it stands here; ``converted_from`` the script of the corpus
    when it was converted.
    """

    id: str
    pair: str
    zh_ids: tuple[str, ...]
    en_ids: tuple[str, ...]
    zh: str
    en: str
    score: float
    zh_origin: Origin
    en_origin: Origin
    script: Script | None
    converted_from: Script | None
    flags: tuple[Flag, ...]

    @property
    def machine(self) -> bool:
        """Whether a machine made one of the sides."""
        return OriginKind.MACHINE in (self.zh_origin.kind, self.en_origin.kind)

    @property
    def zh_tag(self) -> str:
        """The language tag of the Chinese side (BCP 47)."""
        return language_tag(self.script)


def language_tag(script: Script | None) -> str:
    """The language tag (BCP 47) of Chinese text in a script.

    >>> language_tag(Script.HANT), language_tag(Script.MIXED)
    ('zh-Hant', 'zh')
    """
    return f"zh-{script}" if script in (Script.HANS, Script.HANT) else "zh"


def segments(corpus: Corpus, script: ScriptChoice | None) -> Iterator[Segment]:
    """Every bead of a corpus in its order, null beads too."""
    for group in segments_by_pair(corpus, script):
        yield from group


def segments_by_pair(corpus: Corpus, script: ScriptChoice | None) -> Iterator[list[Segment]]:
    """The same, those of each article pair by themselves."""
    heads = corpus.heads(Lang.ZH)
    for _, beads in corpus.alignments():
        found = next(heads, None)
        yield segments_of(beads, found.script if found else None, script)


def segments_of(
    beads: Iterable[Bead], own: Script | None, script: ScriptChoice | None
) -> list[Segment]:
    """The beads of a pair whose Chinese side is in the script ``own``."""
    shown, convert = conversion(own, script)
    changed = own if shown is not own else None
    return [_segment(bead, convert(bead.zh_text), shown, changed) for bead in beads]


def refusal(segment: Segment, selection: Selection) -> str | None:
    """Why a segment is left out, or None. ``null`` stands for a bead with nothing on a side."""
    if not segment.zh.strip() or not segment.en.strip():
        return "null"
    if wrong_origin(segment.machine, selection):
        return "origin"
    if segment.score < selection.min_score:
        return "score"
    if too_long(max(len(segment.zh), len(segment.en)), selection):
        return "length"
    return None


def wrong_origin(machine: bool, selection: Selection) -> bool:
    """Whether the selection leaves out text of this origin."""
    return selection.origin == ("source" if machine else "machine")


def too_long(length: int, selection: Selection) -> bool:
    """Whether the selection leaves out text of this length (characters)."""
    return selection.max_length is not None and length > selection.max_length


def conversion(
    own: Script | None, wanted: ScriptChoice | None
) -> tuple[Script | None, Callable[[str], str]]:
    """The script that Chinese text will be in, and the function that brings it there."""
    if wanted is None or own is None:
        return own, _as_it_is
    script, name = _TARGETS[wanted]
    return (own, _as_it_is) if script is own else (script, _opencc(name))


def _as_it_is(text: str) -> str:
    return text


@cache
def _opencc(name: str) -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(name).convert
    return convert


def _segment(bead: Bead, zh: str, script: Script | None, changed: Script | None) -> Segment:
    return Segment(
        bead.id,
        bead.pair,
        bead.zh,
        bead.en,
        zh,
        bead.en_text,
        bead.score,
        bead.zh_origin,
        bead.en_origin,
        script,
        changed,
        bead.checks.flags,
    )
