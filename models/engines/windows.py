"""Long sentences, cut where a clause ends so that each part fits the window of a model."""

import re
from collections.abc import Callable

from models.engines.base import EngineNote, Translation
from models.records import Lang

#: Ends of clauses, best first: sentence ends, then semicolons and the like, then commas, blanks.
_CLAUSE_ENDS = (
    re.compile(r"[。！？!?…][”’」』）)\"']{0,3}|\.(?=\s)"),
    re.compile(r"[；;：—]|:(?=\s)"),
    re.compile(r"[，、]|,(?=\s)"),
    re.compile(r"\s"),
)


def split_window(text: str, fits: Callable[[str], bool]) -> list[str]:
    """``text`` in parts that fit; they concatenate to ``text``.

    A part is cut at the best kind of clause end that lies in its second half, else in the middle,
    never between two ASCII letters or digits when a blank is near. ``fits`` is asked
    ``O(log n)`` times a part.

    >>> split_window("一二三，四五六。七八九", lambda part: len(part) <= 8)
    ['一二三，四五六。', '七八九']
    """
    parts: list[str] = []
    rest = text
    while not fits(rest) and len(rest) > 1:
        limit = _longest_fit(rest, fits)
        cut = _cut_point(rest, limit)
        parts.append(rest[:cut])
        rest = rest[cut:]
    if rest:
        parts.append(rest)
    return parts


def _longest_fit(text: str, fits: Callable[[str], bool]) -> int:
    """About the longest prefix that fits (at least 1), by bisection."""
    low, high = 1, len(text)
    while high - low > max(1, low // 16):
        middle = (low + high) // 2
        if fits(text[:middle]):
            low = middle
        else:
            high = middle
    return low


def _cut_point(text: str, limit: int) -> int:
    head = text[:limit]
    for ends in _CLAUSE_ENDS:
        cuts = [match.end() for match in ends.finditer(head, limit // 2)]
        if cuts:
            return cuts[-1]
    return limit


def join_parts(parts: list[str], target: Lang) -> str:
    """Translations of the parts as one text: with blanks in English, without in Chinese.

    >>> join_parts(["One,", "two."], Lang.EN)
    'One, two.'
    """
    joint = " " if target is Lang.EN else ""
    return joint.join(part.strip() for part in parts if part.strip())


def joined(parts: list[Translation], target: Lang) -> Translation:
    """The parts of one sentence as one translation, or the only part itself."""
    if len(parts) == 1:
        return parts[0]
    scores = [part.score for part in parts if part.score is not None]
    notes = {note for part in parts for note in part.flags} | {EngineNote.SPLIT}
    return Translation(
        join_parts([part.text for part in parts], target),
        round(sum(scores) / len(scores), 4) if scores else None,
        tuple(sorted(notes)),
    )
