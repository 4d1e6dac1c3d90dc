"""Labels: the speaker's name or ``Question`` before a colon, at line starts and inside lines.

A label is a known word of interviews (``labels.txt``) or something of a name's form that stands
before a colon at several line starts of the document. What is a label there is one inside a
paragraph too, where a sentence has just ended, or where a lower-case word without end mark stands
before it (a full stop was lost).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tasks.blocks.wordlists import read_list

_HERE = Path(__file__).parent
_LONGEST = 42  # characters from a line's start to the colon
_MANY = 3  # line starts that make a name a label

_MARKS_BEFORE = re.compile(r"[>#*_•【\[\-\s]*")
_TIME = re.compile(r"[\[(（【]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?[\])）】]?\s*")
_ENGLISH = re.compile(
    r"[A-Z][\w.'’&\-]{0,24}"
    r"(?: (?:[(（]?[A-Z][\w.'’&\-]{0,24}[)）]?|\d{1,2}|of|the|and|de|van|von|[(（]\w{1,20}[)）]))"
    r"{0,4}\Z"
)
_CHINESE = re.compile(
    r"[A-Za-z0-9]{0,8}[\u3400-\u9fff·•][\u3400-\u9fff·•A-Za-z0-9 ]{0,12}"
    r"(?:[（(][^（()）]{1,12}[)）])?\Z"
)
_CAPITALS = re.compile(r"[A-Z][A-Z.'’\-]{2,24}(?: [A-Z][A-Z.'’\-]{1,24}){0,2}\Z")
_KNOWN_WITH_NUMBER = re.compile(r"(?:[QA]|问题?|答|问答|Speaker|嘉宾|观众|网友|分析师)\s?\d{1,2}\Z")
#: A Chinese clause, not a name, ends like this before a colon.
_SPEECH_VERBS = re.compile(
    r"(?:说|說|称|稱|道|问|問|示|出|为|為|是|下|括|即|曰|写|寫|有|言|悉|知|告|访|訪|指|为止|认为|解|析|到|者按)\Z"
)
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’」』）)]{0,2}\s{0,3}\Z")
_LOST_END = re.compile(r"([A-Za-z'’\-]{0,30})[ ]\Z")


class LabelSpan(NamedTuple):
    """A label with its colon: ``text[start:end]`` is the label, ``stop`` is behind the colon."""

    start: int
    end: int
    stop: int


@dataclass(frozen=True, slots=True)
class Labels:
    """What counts as a label in one document."""

    at_starts: frozenset[str]
    inside: frozenset[str]
    times: bool = False  # lines open with a time of the day

    def at_start(self, text: str) -> LabelSpan | None:
        """The label that a paragraph starts with."""
        if not (self.at_starts or self.times):
            return None
        found = _before_colon(text, 0)
        if found is None:
            return self._time_label(text)
        name = text[found.start : found.end]
        if self.times and (time := _TIME.match(name)):
            name = name[time.end() :]
        return found if name in self.at_starts else self._time_label(text)

    def _time_label(self, text: str) -> LabelSpan | None:
        if not self.times or not (found := _TIME.match(text)):
            return None
        end = len(found[0].rstrip())
        return LabelSpan(0, end, end) if found.end() < len(text) else None

    def inside_of(self, text: str, start: int) -> Iterator[LabelSpan]:
        """The labels that stand in the middle of a paragraph, behind ``start``."""
        if not self.inside:
            return
        sizes = sorted({len(name) for name in self.inside}, reverse=True)
        for colon in re.finditer("[:：]", text[start:] if start else text):
            at = colon.start() + start
            end = at - 1 if text[at - 1 : at] == " " else at
            for size in sizes:
                begin = end - size
                if begin > start and text[begin:end] in self.inside:
                    if _may_open(text, begin, start):
                        yield LabelSpan(begin, end, at + 1)
                    break


def find_labels(starts: Iterable[str]) -> Labels:
    """The labels of a document, from the beginnings of its lines."""
    seen: Counter[str] = Counter()
    times = 0
    for text in starts:
        begin = _skip_marks(text)
        time = _TIME.match(text, begin)
        if time is not None:
            begin = time.end()
            times += begin < len(text)
        found = _before_colon(text, begin)
        if found is not None:
            seen[text[found.start : found.end].strip("*_】]")] += 1
    known = {name for name in seen if _is_known(name)}
    enough = 2 if known else _MANY
    named = {name for name, count in seen.items() if count >= enough and name not in known}
    named = {name for name in named if _is_name(name)}
    if len(known | named) > 1:  # a transcript: names in capitals are speakers, also once
        named |= {name for name in seen if _CAPITALS.match(name) and _is_name(name)} - known
    inside = {n for n in known if seen[n] >= 2} | {n for n in named if seen[n] >= _MANY}
    return Labels(frozenset(known | named), frozenset(inside), times >= _MANY)


def bold_label(text: str) -> bool:
    """Whether the bold words before a colon may be a label: short, and no sentence."""
    return 0 < len(text) <= 80 and not re.search(r"[.!?。！？]\s", text)


def _skip_marks(text: str) -> int:
    found = _MARKS_BEFORE.match(text)
    return found.end() if found else 0


def _before_colon(text: str, begin: int) -> LabelSpan | None:
    """What stands before the first colon, when it is near, and the colon belongs to no time or
    address.
    """
    time = _TIME.match(text, begin)
    at = _first_colon(text, time.end() if time else begin)
    if at <= begin:
        return None
    after = text[at + 1 : at + 3]
    if after[:1].isdigit() and text[at - 1].isdigit():
        return None
    if after == "//":
        return None
    end = at - 1 if text[at - 1] == " " else at
    return LabelSpan(begin, end, at + 1) if end > begin else None


def _first_colon(text: str, begin: int) -> int:
    limit = begin + _LONGEST
    found = [at for at in (text.find(":", begin, limit), text.find("：", begin, limit)) if at >= 0]
    return min(found, default=-1)


@cache
def _known() -> frozenset[str]:
    return frozenset(name.casefold() for name in read_list(_HERE / "labels.txt"))


@cache
def _not_labels() -> frozenset[str]:
    return frozenset(name.casefold() for name in read_list(_HERE / "not_labels.txt"))


@cache
def _lead_in_words() -> frozenset[str]:
    return frozenset(read_list(_HERE / "lead_in_words.txt"))


def _is_known(name: str) -> bool:
    if name.casefold() in _known():
        return True
    return _KNOWN_WITH_NUMBER.match(name) is not None


def _is_name(name: str) -> bool:
    """Whether a name or a role may look like that."""
    if name.casefold() in _not_labels():
        return False
    if _ENGLISH.match(name):
        return True
    return _CHINESE.match(name) is not None and _SPEECH_VERBS.search(name) is None


def _may_open(text: str, at: int, start: int) -> bool:
    """Whether a sentence has ended before ``at``, or lost its end mark there."""
    before = text[max(start, at - 40) : at]
    if _SENTENCE_END.search(before):
        return True
    lost = _LOST_END.search(before)
    if lost is None:
        return False
    word = lost[1]
    return word[:1].islower() and word.lower() not in _lead_in_words()
