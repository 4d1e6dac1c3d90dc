"""Where the gold of a page stands in the text of its document, character by character."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.records import Document, Lang
from tasks.evaluate.page_gold import (
    KEPT_MARKS,
    Fate,
    GoldPage,
    joined,
    language_of,
)


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence that must be kept: its text, and where its characters stand.

    ``places`` are the positions of its characters that are not blank; empty when the sentence is
    not in the extracted text.
    """

    text: str
    lang: Lang
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """The gold of a document, on the positions of its text.

    ``fates`` has an entry a character. ``scraps`` are what must go, each as the positions of its
    characters (empty: the extraction left it out). ``lost`` counts the characters of kept
    sentences that are not in the text at all, ``left_out`` those of scraps.
    """

    fates: tuple[Fate, ...]
    sentences: tuple[GoldSentence, ...]
    scraps: tuple[tuple[str, tuple[int, ...]], ...]
    lost: int
    left_out: int


def mark(page: GoldPage, document: Document) -> MarkedPage:
    """Lay the gold of a page on its document."""
    text = document.text
    places = _extracted(page, text) if page.html else _plain(page)
    # What nobody has written down stands on a page in HTML by chance: it must go.
    fates = [Fate.GONE if page.html else Fate.ANY] * len(text)
    sentences: list[GoldSentence] = []
    scraps: list[tuple[str, tuple[int, ...]]] = []
    lost = left_out = 0
    open_sentence = _Sentence()
    for (line, goes_on), spots in zip(joined(page.lines), places, strict=True):
        at = len(line.lead)
        _set(fates, spots[:at], Fate.ANY)
        for number, parts in enumerate(line.sentences):
            for part in parts:
                pairs = zip(spots[at : at + len(part.text)], part.text, strict=True)
                own = [spot for spot, ch in pairs if not ch.isspace()]
                at += len(part.text)
                missing = _set(fates, own, part.fate)
                if part.fate is Fate.KEPT:
                    lost += missing
                    open_sentence.add(part.after, own)
                elif part.fate is Fate.GONE and own:
                    left_out += missing
                    scraps.append((part.text, tuple(spot for spot in own if spot is not None)))
            if goes_on and number == len(line.sentences) - 1:
                open_sentence.go_on()
            elif line.mark in KEPT_MARKS:
                sentences += open_sentence.closed()
                open_sentence = _Sentence()
    if page.html:
        scraps += _unexpected(text, fates, scraps)
    return MarkedPage(tuple(fates), tuple(sentences), tuple(scraps), lost, left_out)


class _Sentence:
    """A sentence that is being put together, perhaps over several lines."""

    def __init__(self) -> None:
        self._text = ""
        self._spots: list[int | None] = []

    def add(self, text: str, spots: Sequence[int | None]) -> None:
        self._text += text
        self._spots += spots

    def go_on(self) -> None:
        """The line ends: the hyphen of a word that was cut there goes."""
        self._text = f"{self._text.removesuffix('-')} "

    def closed(self) -> list[GoldSentence]:
        """The sentence, if there are words in it."""
        if not any(ch.isalnum() for ch in self._text):
            return []
        found = tuple(spot for spot in self._spots if spot is not None)
        whole = found if len(found) == len(self._spots) else ()
        return [GoldSentence(self._text.strip(), language_of(self._text), whole)]


def _set(fates: list[Fate], spots: Sequence[int | None], fate: Fate) -> int:
    """Write a fate at some positions; how many of them are not in the text."""
    for spot in spots:
        if spot is not None:
            fates[spot] = fate
    return spots.count(None)


def _plain(page: GoldPage) -> list[list[int | None]]:
    """The positions of every character of every line: one line stands behind the other."""
    out: list[list[int | None]] = []
    at = 0
    for line in page.lines:
        out.append(list(range(at, at + len(line.source))))
        at += len(line.source) + len(line.end)
    return out


def _extracted(page: GoldPage, text: str) -> list[list[int | None]]:
    """The positions of the lines in an extracted text, blanks aside; None where a line is not.

    A line is looked for behind the one before it, then anywhere.
    """
    spots = [at for at, ch in enumerate(text) if not ch.isspace()]
    bare = "".join(text[at] for at in spots)
    taken = [False] * len(bare)
    out: list[list[int | None]] = []
    behind = 0
    for line in page.lines:
        wanted = "".join(line.source.split())
        start = _free(bare, wanted, behind, taken)
        if start < 0:
            start = _free(bare, wanted, 0, taken)
        if start < 0:
            out.append([None] * len(line.source))
            continue
        taken[start : start + len(wanted)] = [True] * len(wanted)
        behind = start + len(wanted)
        found = iter(spots[start:behind])
        out.append([None if ch.isspace() else next(found) for ch in line.source])
    return out


def _free(bare: str, wanted: str, start: int, taken: Sequence[bool]) -> int:
    """Where ``wanted`` stands from ``start`` on, in characters that no line has; -1 if nowhere."""
    at = bare.find(wanted, start) if wanted else -1
    while at >= 0 and any(taken[at : at + len(wanted)]):
        at = bare.find(wanted, at + 1)
    return at


def _unexpected(
    text: str, fates: Sequence[Fate], scraps: Sequence[tuple[str, tuple[int, ...]]]
) -> list[tuple[str, tuple[int, ...]]]:
    """The stretches of an extracted text that no line of the gold covers, with words in them."""
    known = {spot for _, places in scraps for spot in places}
    out: list[tuple[str, tuple[int, ...]]] = []
    at = 0
    for line in text.split("\n"):
        own = tuple(
            spot
            for spot in range(at, at + len(line))
            if fates[spot] is Fate.GONE and spot not in known and not text[spot].isspace()
        )
        if sum(text[spot].isalpha() for spot in own) >= 2:  # not the number of a list item
            out.append((line, own))
        at += len(line) + 1
    return out
