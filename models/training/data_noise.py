"""Variants of training pairs that make a translator sturdy: each row says what was done to it.

A news page is not a test set: headlines are in capitals, captions lack the full stop, the Chinese
may be Traditional or carry ASCII punctuation. A share of the pairs gets a second row with such a
source. Two more kinds teach the model to keep terms: a placeholder token that stands on both
sides, and a source that already holds the target's term (Dinu et al. 2019,
https://aclanthology.org/P19-1294). What happens to a pair is drawn from a digest of its text, so
the data are the same on every machine and in any order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from hashlib import blake2b
from typing import Any

#: Tokens that the model learns to carry over unchanged.
PLACEHOLDERS = ("<t1>", "<t2>", "<t3>", "<t4>")


class Kind(IntEnum):
    """What was done to a pair; the number is stored with each row."""

    PLAIN = 0
    LOWER = 1  # English source in lower case
    UPPER = 2  # English source in capitals
    TITLE = 3  # English source in title case
    NO_STOP = 4  # final punctuation missing on both sides
    TRADITIONAL = 5  # Chinese source in Traditional characters
    ASCII_STOPS = 6  # Chinese source with ASCII punctuation
    PLACEHOLDER = 7  # terms replaced by placeholders on both sides
    TERM_IN_ZH = 8  # Chinese source that holds the English term
    TERM_IN_EN = 9  # English source that holds the Chinese term


class Use(IntEnum):
    """Which directions a row is for."""

    BOTH = 0
    ZH_EN = 1
    EN_ZH = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One training row."""

    kind: Kind
    use: Use
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseSettings:
    """Shares of pairs (0 to 1) that get a further row of each kind."""

    lower: float = 0.02
    upper: float = 0.01
    title: float = 0.02
    no_stop: float = 0.03
    traditional: float = 0.03
    ascii_stops: float = 0.02
    terms: float = 0.6


_FINAL = re.compile(r"[。！？.!?]+[”’」』\"')）]*$")
_COPIED = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z0-9+-]*[A-Za-z0-9](?![A-Za-z0-9])")
_NARROW = str.maketrans("，。；：？！（）", ",.;:?!()")


class Draws:
    """Numbers from 0 to 1 drawn from a pair's own text."""

    def __init__(self, zh: str, en: str):
        self._digest = blake2b(f"{zh}\0{en}".encode(), digest_size=64).digest()
        self._at = 0

    def next(self) -> float:
        """The next of 16 draws."""
        value = int.from_bytes(self._digest[self._at : self._at + 4], "big")
        self._at += 4
        return value / 2**32

    def chosen(self, share: float) -> bool:
        """True for about ``share`` of all pairs."""
        return self.next() < share


def variants(
    zh: str, en: str, terms: Sequence[tuple[str, str]], settings: NoiseSettings
) -> Iterator[Row]:
    """Further rows for a pair. ``terms`` are glossary entries (zh, en) that stand in it.

    >>> rows = variants("你好。", "Hello.", (), NoiseSettings(lower=1, traditional=0))
    >>> next(rows)
    Row(kind=<Kind.LOWER: 1>, use=<Use.EN_ZH: 2>, zh='你好。', en='hello.')
    """
    draws = Draws(zh, en)
    for kind, share, changed in (
        (Kind.LOWER, settings.lower, en.lower()),
        (Kind.UPPER, settings.upper, en.upper()),
        (Kind.TITLE, settings.title, _title_case(en)),
    ):
        if draws.chosen(share) and changed != en:
            yield Row(kind, Use.EN_ZH, zh, changed)
    if draws.chosen(settings.no_stop):
        bare_zh, bare_en = _FINAL.sub("", zh), _FINAL.sub("", en)
        if bare_zh != zh and bare_en != en and bare_zh and bare_en:
            yield Row(Kind.NO_STOP, Use.BOTH, bare_zh, bare_en)
    if draws.chosen(settings.traditional):
        traditional = _to_traditional(zh, draws.next())
        if traditional != zh:
            yield Row(Kind.TRADITIONAL, Use.ZH_EN, traditional, en)
    if draws.chosen(settings.ascii_stops):
        narrow = zh.translate(_NARROW)
        if narrow != zh:
            yield Row(Kind.ASCII_STOPS, Use.ZH_EN, narrow, en)
    if draws.chosen(settings.terms):
        yield from _term_rows(zh, en, terms, draws)


def _title_case(text: str) -> str:
    """Capital first letters, as headlines have them; the rest of a word stays."""
    return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))


@cache
def _converter(config: str) -> Any:
    from opencc import OpenCC

    return OpenCC(config)


def _to_traditional(text: str, draw: float) -> str:
    """In the characters of Taiwan or Hong Kong."""
    return str(_converter("s2tw" if draw < 0.7 else "s2hk").convert(text))


def _stands_alone(text: str, term: str) -> bool:
    """Whether ``term`` stands once in ``text``, as whole words."""
    at = text.find(term)
    end = at + len(term)
    return (
        at >= 0
        and text.find(term, at + 1) < 0
        and not text[max(0, at - 1) : at].isalnum()
        and not text[end : end + 1].isalnum()
    )


def _term_rows(zh: str, en: str, terms: Sequence[tuple[str, str]], draws: Draws) -> Iterator[Row]:
    known = [(a, b) for a, b in terms if zh.count(a) == 1 and _stands_alone(en, b)]
    if known and draws.chosen(0.5):
        term_zh, term_en = known[int(draws.next() * len(known))]
        yield Row(Kind.TERM_IN_ZH, Use.ZH_EN, zh.replace(term_zh, term_en), en)
        yield Row(Kind.TERM_IN_EN, Use.EN_ZH, zh, en.replace(term_en, term_zh))
        return
    copied = [
        (word, word)
        for word in dict.fromkeys(_COPIED.findall(zh))
        if zh.count(word) == 1 and en.count(word) == 1
    ]
    chosen = (known + copied)[: len(PLACEHOLDERS)]
    if not chosen:
        return
    first = int(draws.next() * len(PLACEHOLDERS))
    new_zh, new_en = zh, en
    for index, (term_zh, term_en) in enumerate(chosen):
        if new_zh.count(term_zh) == 1 and new_en.count(term_en) == 1:
            token = PLACEHOLDERS[(first + index) % len(PLACEHOLDERS)]
            new_zh, new_en = new_zh.replace(term_zh, token), new_en.replace(term_en, token)
    if new_zh != zh:
        yield Row(Kind.PLACEHOLDER, Use.BOTH, new_zh, new_en)
