"""Blocks that hold both languages: a sentence and its translation, a title in two languages."""

import re
from collections.abc import Sequence
from itertools import islice

from models.records import BlockKind, DraftBlock, Lang
from models.revise import partition, trim
from models.spans import Change, TracedText, concat
from tasks.language.agreement import translates
from tasks.language.evidence import evidence, latin_words
from tasks.language.script import HAN, has_han
from tasks.split.judge import said
from tasks.split.short_pairs import CHARACTER, Stretch, has_both, short_pair, title_pair

# Both languages of a block say the same when the shorter says this share of the longer.
_ALIKE = 0.4
_MIN_HAN = 3
_MIN_WORDS = 2
_HEADS = 2  # headings of a page that have both languages, where all may
# So many words make an English stretch in running text; a name in a Chinese sentence has fewer.
_STRETCH = 4

_LATIN = re.compile("[A-Za-z]{2}")
# A Chinese name or term in an English sentence: in brackets or quotes behind a word, or between
# blanks.
_ISLAND = (
    rf"(?:(?<=[A-Za-z0-9,][(（\[“\"‘'《])|(?<=[A-Za-z0-9,] [(（\[“\"‘'《]))[{HAN}·]{{1,12}}"
    rf"(?=[)）\]”\"’'》](?:[\s,;:.?!'’]*[A-Za-z]|[.?!]\s*\Z))"
    rf"|(?<=[A-Za-z] )[{HAN}·]{{1,8}}(?=,? [a-z])"
)
# As long as so many words of one letter with blanks between them.
_GAP = re.compile(f"[^{HAN}]{{{2 * _STRETCH - 1},}}(?:(?:{_ISLAND})[^{HAN}]+)*")
_GAP_IN_TITLE = re.compile(f"[^{CHARACTER}]{{{2 * _MIN_WORDS - 1},}}")
_LETTERS = re.compile("[A-Za-z\u00c0-\u024f]+")
_LONGEST_ENTRY = 120
#: A word of a lesson with its gloss: ``tenant /ˈtenənt/ n. 房客``, ``raise young 养育幼崽``.
_ENTRY = re.compile(
    rf"\W{{0,3}}(?:\d{{1,2}}[.、]\s?)?[A-Za-z][A-Za-z'’.… \-]{{1,40}}(?:\s?\|)?\s{{0,3}}"
    rf"(?:[/\[][^/\[\]|]{{2,40}}[/\]]\s?(?:\|\s?)?)?"
    rf"(?:n|v|vt|vi|adj|adv|a|ad|phr|prep|conj|pron|num|int|abbr)\.\s?(?:\|\s?)?\W{{0,3}}[{HAN}][^A-Za-z。！？]*"
    rf"|[a-z][a-z'’.… \-]{{1,40}}\s[{HAN}…～][{HAN}，；、…～（）()]*"
)
_OPEN = "(（[［【"
_BRACKET = re.compile(r"[(（\[［【)）\]］】]")
_OPENING = "“‘「『《（【(\"'"
_SENTENCE = re.compile(r"[.!?…][\"'”’)]*(?=[\s(（\[【])")
_SEPARATORS = "/|｜丨／—–-·•~～"
# The end of the Chinese before English: its marks, or what may stand before the English.
_BORDER = re.compile(r"[。！？；，、：”’」』）】》]+|(?=[\s(（\[［【/|｜丨·•~～])")
_STOPS = re.compile(r"[。！？][”’」』）】》]*")
# In running text the English is a sentence, or stands in brackets.
_SENTENCE_END = re.compile(r"[.!?…)）\]］】][\"'”’)\]）］】]*[\s/|｜丨—–-]*\Z")
_MARKS_OF_PROSE = re.compile(r"[。！？；，,;]|[.!?](?=\s|\Z)")  # a title has none
_BEGIN = re.compile(r"[A-Za-z0-9\u00c0-\u024f\"'“‘$€£#@(\[（【/|｜丨·•~～／—–-]")


def heads_in_both(blocks: Sequence[DraftBlock]) -> bool:
    """Whether several headings of a page are words of both languages."""
    heads = [block.text.text for block in blocks if block.kind is BlockKind.HEADING]
    return sum(map(has_both, heads)) >= _HEADS


def cut_mixed(
    block: DraftBlock, lang: Lang, *, heads: bool = False
) -> list[tuple[DraftBlock, Lang]]:
    """A block that says the same in both languages, as two blocks; any other block as it is.

    ``heads``: the headings of the page have both languages.
    An entry of a vocabulary is one line of the Chinese half. The brackets around a translation and
    the mark between two titles are edited away.
    """
    whole = [(block, lang)]
    text = block.text.text
    if _LATIN.search(text) is None or not has_han(text):
        return whole
    if is_entry(text):
        return [(block, Lang.ZH)]
    short = short_pair(text, told=heads and block.kind is BlockKind.HEADING)
    if short:
        return _parted(block, short) or whole
    short_kinds = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION)
    title = block.kind in short_kinds or _MARKS_OF_PROSE.search(text) is None
    if title and (pair := title_pair(text)):
        return _parted(block, pair) or whole
    gaps = _gaps(text, title)
    if not gaps:
        return whole
    found = evidence(text)
    if found.letters.han < _MIN_HAN or found.words < _MIN_WORDS:
        return whole
    stretches = _stretches(text, gaps, title)
    sides = {
        side: " ".join(text[s.start : s.end] for s in stretches if s.lang is side) for side in Lang
    }
    if not all(sides.values()) or not _alike(sides):
        return whole
    # A title is said twice; in running text English is sentences, names are not enough.
    if len(stretches) > 2 if title else not _says_it(sides):
        return whole
    return _parted(block, stretches) or whole


def _parted(block: DraftBlock, stretches: list[Stretch]) -> list[tuple[DraftBlock, Lang]]:
    """A block cut into its stretches, put together by language; nothing if that cannot be."""
    try:
        # Cut where the stretches begin, so that what shows nothing between them stays with one.
        parts = partition(block.text, [stretch.start for stretch in stretches[1:]])
        taken = [_taken(part, s) for part, s in zip(parts, stretches, strict=True)]
        halves = {
            side: concat(
                [t for t, s in zip(taken, stretches, strict=True) if s.lang is side], joint, "split"
            )
            for side, joint in ((Lang.ZH, ""), (Lang.EN, " "))
        }
    except ValueError:  # an edit reaches over the border
        return []
    first = stretches[0].lang
    order = (first, Lang.EN if first is Lang.ZH else Lang.ZH)
    return [
        (DraftBlock(block.kind, halves[side], block.label if side is first else None), side)
        for side in order
    ]


def is_entry(text: str) -> bool:
    """Whether a line is an entry of a lesson's vocabulary: a word and its gloss.

    >>> is_entry("tenant /ˈtenənt/ n. 房客，租户"), is_entry("GDP增长5%")
    (True, False)
    """
    return len(text) <= _LONGEST_ENTRY and _ENTRY.fullmatch(text) is not None


def _stretches(text: str, gaps: Sequence[re.Match[str]], title: bool) -> list[Stretch]:
    """The text as stretches of one language each, without a gap between them."""
    needed = _MIN_WORDS if title else _STRETCH
    cuts: list[tuple[int, int]] = []
    for gap in gaps:
        start = _english_start(text, gap.start(), gap.end())
        end = _english_end(text, start, gap.end())
        words = len(latin_words(text[start:end]))
        ends = title or _SENTENCE_END.search(text, start, end) or _in_brackets(text, end)
        if words < needed or not ends:
            continue
        cuts.append((start, end))
    out: list[Stretch] = []
    at = 0
    for start, end in (*cuts, (len(text), len(text))):
        if text[at:start].strip():
            out.append(_stretch(text, Lang.ZH, at, start))
        if start < end:
            out.append(_stretch(text, Lang.EN, start, end))
        at = end
    return out


def _in_brackets(text: str, at: int) -> bool:
    """Whether all that is left of a text stands in brackets: the translation of what was before."""
    at += len(text[at:]) - len(text[at:].lstrip())
    return at < len(text) and _closed(text, at, len(text)) == len(text)


def _gaps(text: str, title: bool) -> list[re.Match[str]]:
    """What lies between Chinese, long enough for English, and with letters enough."""
    gap, words = (_GAP_IN_TITLE, _MIN_WORDS) if title else (_GAP, _STRETCH)
    return [m for m in gap.finditer(text) if _has_runs(text, m.start(), m.end(), words)]


def _has_runs(text: str, start: int, end: int, words: int) -> bool:
    """Whether there are so many runs of letters: as many words have as many runs."""
    runs = _LETTERS.finditer(text, start, end)
    return next(islice(runs, words - 1, None), None) is not None


def _stretch(text: str, lang: Lang, start: int, end: int) -> Stretch:
    """A stretch without the blanks at its ends, the brackets around it, or a mark beside it."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    inner_start, inner_end = start, end
    if _closed(text, start, end) == end:
        inner_start, inner_end = start + 1, end - 1
    elif lang is Lang.EN:
        while text[inner_start] in _SEPARATORS or text[inner_start].isspace():
            inner_start += 1
        while text[inner_end - 1] in _SEPARATORS or text[inner_end - 1].isspace():
            inner_end -= 1
    return Stretch(lang, start, end, inner_start, inner_end)


def _closed(text: str, start: int, end: int) -> int | None:
    """Where the bracket that opens at ``start`` closes, at the latest at ``end``."""
    if text[start] not in _OPEN:
        return None
    depth = 0
    for mark in _BRACKET.finditer(text, start, end):
        depth += 1 if mark[0] in _OPEN else -1
        if depth == 0:
            return mark.end()
    return None


def _english_start(text: str, start: int, end: int) -> int:
    """Where English begins after Han: past the marks and figures that end the Chinese
    (``增长5%。（The …``).
    """
    stops = list(_STOPS.finditer(text, start, end))
    if stops and len(latin_words(text[stops[-1].end() : end])) >= _STRETCH:
        start = stops[-1].end()  # no English sentence has such a stop in it
    elif start and (border := _BORDER.search(text, start, end)) is not None:
        start = border.end()
    elif start:
        return end
    begin = _BEGIN.search(text, start, end)
    return begin.start() if begin else end


def _english_end(text: str, start: int, end: int) -> int:
    """Where English that begins at ``start`` ends: with its bracket, or its last sentence. What
    follows before the next Han (opening marks, a name, a figure) belongs to the Chinese.
    """
    if start < end and (close := _closed(text, start, end)) is not None:
        return close
    stop = start + len(text[start:end].rstrip())
    if stop == len(text):
        return stop
    while stop > start and text[stop - 1] in _OPENING:
        stop -= 1
    for sentence in _SENTENCE.finditer(text, start, stop):
        if len(latin_words(text[sentence.end() : stop])) < _STRETCH:
            return sentence.end()
    return stop


def _says_it(sides: dict[Lang, str]) -> bool:
    """Whether the English of a block is sentences, by its function words or its small words, or
    translates the Chinese.
    """
    english = sides[Lang.EN]
    found = evidence(english)
    if found.prose:
        return True
    if _SENTENCE_END.search(english) is None:
        return False
    return found.small_words * 2 >= found.words or translates(sides[Lang.ZH], english)


def _alike(sides: dict[Lang, str]) -> bool:
    """Whether both languages of a block say about as much."""
    sizes = [said(evidence(text)) for text in sides.values()]
    return min(sizes) >= _ALIKE * max(sizes)


def _taken(part: TracedText, stretch: Stretch) -> TracedText:
    """The part of a stretch, its outer marks edited away and without blanks at its ends."""
    part = trim(part)
    size = stretch.end - stretch.start
    head, tail = stretch.inner_start - stretch.start, stretch.inner_end - stretch.start
    changes = [Change(a, b, "", "translation mark") for a, b in ((0, head), (tail, size)) if a < b]
    return trim(part.edit(changes))
