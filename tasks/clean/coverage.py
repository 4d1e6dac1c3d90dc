"""Lines that are put together from nothing but the vocabulary of a site's furniture.

Sites word the same request in thousands of ways (``Get our best stories in your inbox every
morning``, ``扫码关注我们``), from few words. How much of a line these words cover, and which parts
they have in it, says how sure it is that the line is such a request. The words are data:
``furniture_words_en.txt`` and ``furniture_words_zh.txt``.
"""

import re
from collections import Counter
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tasks.blocks.signs import any_part
from tasks.blocks.wordlists import read_list
from tasks.language.hans import to_simplified

_HERE = Path(__file__).parent
_LONGEST = 160
_MOST_WORDS = 24
_LONGEST_PHRASE = 3
_PHRASES = range(1, _LONGEST_PHRASE + 1)
_LONGEST_NAME = 4  # words
_LONGEST_CHINESE_NAME = 12  # characters
_STOPS = frozenset(".。！!…;；:：")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_](?:[\w'’\-]{0,30}\w)?")
_DIGITS = re.compile(r"[\d.,]{1,12}[km+]?\Z")
_SPEAKING = (
    "said",
    "says",
    "told",
    "asked",
    "wrote",
    "added",
    "warned",
    "urged",
    "promised",
    "sang",
)
#: A sentence that tells of words it quotes, of a tag, or of what somebody was blamed for.
_TOLD = re.compile(
    r"[“\"「][^“”\"「」]{2,60}[”\"」](?=.{8})|[#＃][^\s#＃]{1,30}[#＃](?=[^\s#＃]{4})"
    r"|.{0,60}被[^，。！？,]{0,12}(?:点名|點名|批评|批評|约谈|約談|处罚|處罰|通报|通報|罚款|罰款)"
)
_TOLD_ENDS = frozenset(".。！？”")
_SPEECH = re.compile(rf"\b(?:{'|'.join(_SPEAKING)})\b")
#: ``说|說|称|表示|告诉|写道|(?<![你您])认为|指出|裁定|判决``, begun by one set, as such a search is
#: fast.
_CHINESE_SPEECH = re.compile(
    "[说說称表告写认指裁判谴質质]"
    "(?:(?<=[说說称])|(?<=表)示|(?<=告)诉|(?<=写)道|(?<=认)(?<![你您].)为|(?<=指)出|(?<=谴)责|(?<=[质質])疑|(?<=裁)定|(?<=判)决)"
)
#: Words that point to the page itself.
_POINTING = frozenset(
    ("this", "more", "all", "full", "latest", "related", "top", "here", "now", "next", "previous")
)


class Sure(IntEnum):
    """How sure the words of a line make it that the line is furniture."""

    NO = 0
    PARTLY = 1  # with its place on the page as another sign
    WORDED = 2  # every word is of the vocabulary; with its place or a neighbour as another sign
    YES = 3


class _Found(NamedTuple):
    """What the vocabulary has of a line: how often each part, and what is left over."""

    parts: Counter[str]
    first: str
    pointing: bool
    known: int  # words, in Chinese characters
    left: tuple[str, ...]  # stretches of other words


def worded(text: str) -> Sure:
    """How sure the words of a line make it that the line is furniture.

    >>> worded("Get our best stories in your inbox every morning").name
    'YES'
    >>> worded("扫码关注江州日报").name, worded("关注乡村教育").name
    ('PARTLY', 'NO')
    """
    if len(text) > _LONGEST or is_speech(text):
        return Sure.NO
    if _HAN.search(text) is None:
        return _english(text)
    return _chinese(to_simplified(text))


def density(text: str) -> float:
    """The share of a line's words that only furniture has much of; 0 without one of its own.

    Common words are not counted. It says nothing by itself: a story may be about newsletters.

    >>> density("To receive new posts, consider becoming a paid subscriber.") > 0.2
    True
    >>> density("The ferry left at noon, and nobody was on board.")
    0.0
    """
    if _HAN.search(text) is None:
        words = _WORD.findall(text)
        if not _has_channel(_small(words)):  # as nearly always
            return 0.0
        parts, whole = _look_up(words).parts, len(words)
    else:
        bare = "".join(_WORD_OR_HAN.findall(to_simplified(text).lower()))
        if _chinese_channel().search(bare) is None:
            return 0.0
        known, parts, whole = _chinese_words(), Counter[str](), len(bare)
        for match in _chinese_pattern().finditer(bare):
            parts[known[match[0]]] += len(match[0])
    if not parts["channel"]:
        return 0.0
    return sum(parts.values(), -parts["glue"]) / whole


def is_speech(text: str) -> bool:
    """Whether somebody speaks in a line, or is reported to: no furniture does that."""
    if text and is_told(text):
        return True
    if not text.isascii() and _CHINESE_SPEECH.search(text) is not None:
        return True
    for word in _SPEAKING:  # most lines have none, and that is told much faster
        if word in text:
            return _SPEECH.search(text) is not None
    return False


def is_told(text: str) -> bool:
    """Whether a sentence speaks of such words, and does not say them itself.

    >>> is_told("“打开App查看更多”已经成了许多网页的标配。"), is_told("点击“在看”，支持我们。")
    (True, False)
    """
    return text[-1] in _TOLD_ENDS and _TOLD.match(text) is not None


def _english(text: str) -> Sure:
    words = _WORD.findall(text)
    if not 0 < len(words) <= _MOST_WORDS:
        return Sure.NO
    found = _look_up(words)
    parts, left = found.parts, found.left
    asks = found.first in ("action", "order")
    parts["channel"] += parts.pop("order", 0)
    named = len(left) == 1 and _is_name(left[0])
    sentence = text[-1] in _STOPS
    if not left and asks and not sentence and len(words) > 1:
        if parts["channel"] and sum(parts.values()) > 1:
            return Sure.YES
        if parts["piece"] and (parts["reader"] or found.pointing):
            return Sure.YES
    if not left and asks and parts["channel"] > 1 and parts["reader"]:
        return Sure.YES
    if (
        named
        and asks
        and not sentence
        and parts["channel"]
        and parts["reader"] + parts["channel"] > 1
    ):
        return Sure.YES
    if sentence or text[-1] == "?":
        weighty = parts["channel"] and parts["reader"]
        return Sure.PARTLY if weighty and found.known * 4 >= len(words) * 3 else Sure.NO
    if not left and (parts["channel"] or parts["piece"] or parts["action"]):
        return Sure.WORDED
    addressed = parts["channel"] or (parts["piece"] and (parts["reader"] or found.pointing))
    if addressed and (named or found.known * 4 >= len(words) * 3):
        return Sure.PARTLY
    return Sure.NO


def _is_name(words: str) -> bool:
    """Whether every word of a stretch is capitalised, and there are few of them."""
    found = words.split()
    return len(found) <= _LONGEST_NAME and all(not word[0].islower() for word in found)


def _small(words: list[str]) -> list[str]:
    return [word.lower().replace("’", "'") for word in words]


def _look_up(words: list[str]) -> _Found:
    known = _english_words()
    lower = _small(words)
    parts: Counter[str] = Counter()
    left: list[list[str]] = []
    first, count, at, open_run = "", 0, 0, False
    while at < len(words):
        for size in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            part = known.get(" ".join(lower[at : at + size]))
            if part is not None:
                break
        else:
            size, part = 1, "glue" if _DIGITS.match(lower[at]) else None
        if part is None:
            if open_run:
                left[-1].append(words[at])
            else:
                left.append([words[at]])
        else:
            parts[part] += 1
            count += size
            if not first and lower[at] != "please":
                first = part
        if at == 0 and part is None:
            first = "other"
        open_run = part is None
        at += size
    pointing = not _POINTING.isdisjoint(lower)
    return _Found(parts, first, pointing, count, tuple(" ".join(run) for run in left))


def _chinese(text: str) -> Sure:
    bare = "".join(_WORD_OR_HAN.findall(text.lower()))
    if not bare:
        return Sure.NO
    parts: Counter[str] = Counter()
    left: list[str] = []
    known = at = 0
    words = _chinese_words()
    for match in _chinese_pattern().finditer(bare):
        if match.start() > at:
            left.append(bare[at : match.start()])
        parts[words[match[0]]] += 1
        known += len(match[0])
        at = match.end()
    if at < len(bare):
        left.append(bare[at:])
    left = [run for run in left if not run.isdigit()]
    sentence = text[-1] in _STOPS
    segments = sum(parts.values())
    if not left and not sentence and parts["channel"] and segments > 1:
        return Sure.YES
    if not left and not sentence and segments - parts["glue"]:
        return Sure.WORDED
    if not parts["channel"] or segments < 2:
        return Sure.NO
    if not left:
        return Sure.PARTLY
    if sentence:
        return Sure.NO
    if len(left) == 1 and len(left[0]) <= _LONGEST_CHINESE_NAME and known * 2 >= len(bare):
        return Sure.PARTLY
    return Sure.PARTLY if known * 4 >= len(bare) * 3 else Sure.NO


_WORD_OR_HAN = re.compile(r"[^\W_]+")


def _vocabulary(name: str) -> dict[str, str]:
    """The words of a file, each with its part."""
    part = ""
    words: dict[str, str] = {}
    for entry in read_list(_HERE / name):
        if entry.startswith("= "):
            part = entry[2:]
        else:
            words.setdefault(entry, part)
    return words


@cache
def _english_words() -> dict[str, str]:
    return _vocabulary("furniture_words_en.txt")


def _has_channel(lower: list[str]) -> bool:
    """Whether something that only furniture has much of may stand among words."""
    known = _channel()
    return any(
        word in known and any(" ".join(lower[at : at + size]) in known[word] for size in _PHRASES)
        for at, word in enumerate(lower)
    )


@cache
def _channel() -> dict[str, list[str]]:
    """What only furniture has much of, by its first word."""
    found: dict[str, list[str]] = {}
    for entry, part in _english_words().items():
        if part == "channel":
            found.setdefault(entry.partition(" ")[0], []).append(entry)
    return found


@cache
def _chinese_channel() -> re.Pattern[str]:
    return any_part(word for word, part in _chinese_words().items() if part == "channel")


@cache
def _chinese_words() -> dict[str, str]:
    return _vocabulary("furniture_words_zh.txt")


@cache
def _chinese_pattern() -> re.Pattern[str]:
    words = sorted(_chinese_words(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))
