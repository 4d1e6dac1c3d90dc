"""Cutting a block into sentences."""

import re
from collections.abc import Iterable

from models.records import Lang
from models.spans import Span
from tasks.sentences import chinese, english

_WORD = re.compile(r"[^\W_]")
_BLANKS = re.compile(r"\s*")


def split_sentences(text: str, lang: Lang) -> list[Span]:
    """The sentences of one block as sorted intervals of ``text`` that do not touch blanks.

    Together they hold every non-blank character; none consists of marks alone when the block
    has a word. Depends on nothing but the two arguments.

    >>> [a, b] = split_sentences("增长3.5%。“为什么？”他问。", Lang.ZH)
    >>> (a, b)
    ((0, 7), (7, 16))
    >>> text = 'Its yield lags TSMC. Phase 2 "may accelerate." Dylan, of U.S. News, agrees.'
    >>> [text[start:end] for start, end in split_sentences(text, Lang.EN)]
    ['Its yield lags TSMC.', 'Phase 2 "may accelerate."', 'Dylan, of U.S. News, agrees.']
    """
    ends = chinese.ends(text) if lang is Lang.ZH else english.ends(text)
    return _spans(text, ends)


def _spans(text: str, ends: Iterable[int]) -> list[Span]:
    """The stretches between ``ends`` without blanks; marks alone go to their neighbour."""
    out: list[Span] = []
    size = len(text.rstrip())
    first = at = _skip_blanks(text, 0)  # a sentence begins, and its part that is looked at
    for end in (*ends, size):
        stop = at + len(text[at:end].rstrip())
        if stop <= at:
            continue
        if _WORD.search(text, at, stop):
            out.append((first, stop))
        elif out:
            out[-1] = (out[-1][0], stop)
        else:  # leading marks belong to the first sentence
            at = _skip_blanks(text, stop)
            continue
        first = at = _skip_blanks(text, stop)
    return out or ([(first, size)] if first < size else [])


def _skip_blanks(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at
