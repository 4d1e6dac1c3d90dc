"""Numbers and times above the pairs of a text in both languages: of subtitles, of exported
translations. Each is a line of its own, and the numbers count up by one.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from models.records import DraftBlock, RemovalReason
from tasks.blocks.prose import mostly_chinese
from tasks.clean.verdict import Verdict, Verdicts

_LEAST = 4  # numbers that count up, and lines of each language
_LONGEST = 40
_STAMP = r"\d{1,2}:\d\d(?::\d\d)?[.,]\d{1,3}"
_TIMES = re.compile(rf"(?:\d{{1,4}}\s{{1,3}})?{_STAMP}\s{{0,3}}-{{1,2}}>\s{{0,3}}{_STAMP}")
_NUMBER = re.compile(
    r"\W{0,3}(?:(?:no|seg(?:ment)?|para(?:graph)?|line|unit|tu|sentence|第|段落|句子?)\W{0,2})?"
    r"(?P<number>\d{1,4})\s?[段句条]?\W{0,3}",
    re.IGNORECASE,
)
_TEXT = re.compile(r"[A-Za-z\u3400-\u9fff]{2}")


def segment_lines(blocks: Sequence[DraftBlock], gone: Verdicts) -> Verdicts:
    """The lines that only count or time the segments of a text in both languages."""
    found: Verdicts = {}
    numbers: list[tuple[int, int]] = []
    for place, block in enumerate(blocks):
        text = block.text.text
        if block.label is not None:  # the first of two times was taken for a speaker's
            text = block.label.text + text
        if place in gone or len(text) > _LONGEST:
            continue
        if not any(map(str.isdigit, text)):
            continue
        if _TIMES.fullmatch(text) is not None:
            found[place] = Verdict(RemovalReason.MARKUP, "time_code")
        elif block.label is None and (number := _NUMBER.fullmatch(text)) is not None:
            numbers.append((place, int(number["number"])))
    if len(numbers) >= _LEAST and _count_up(numbers) and _in_both(blocks):
        verdict = Verdict(RemovalReason.MARKUP, "segment_number")
        found.update((place, verdict) for place, _ in numbers)
    return found


def _count_up(numbers: Sequence[tuple[int, int]]) -> bool:
    """Whether the numbers go up by one, with lines between them."""
    return all(
        other == one + 1 and there > here + 1 for (here, one), (there, other) in pairwise(numbers)
    )


def _in_both(blocks: Sequence[DraftBlock]) -> bool:
    chinese = [mostly_chinese(b.text.text) for b in blocks if _TEXT.search(b.text.text)]
    return min(sum(chinese), len(chinese) - sum(chinese)) >= _LEAST
