"""Glossary terms through translation: found in the source, protected, checked in the target.

Two ways to protect a term. A *placeholder* stands for it on both sides; it needs a model that was
trained to carry placeholders over. A *switched* source already holds the target's term, which most
models copy (Dinu et al. 2019, https://aclanthology.org/P19-1294).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.glossary import Glossary, Occurrence, Term
from models.glossary.glossary import contains
from models.records import Lang


@dataclass(frozen=True, slots=True)
class Protected:
    """A source with its terms protected; ``tokens`` are placeholders with what they stand for."""

    text: str
    tokens: tuple[tuple[str, str], ...] = ()

    def restore(self, translated: str) -> str | None:
        """Put the terms back in; None when a placeholder was lost or came twice."""
        for token, rendering in self.tokens:
            if translated.count(token) != 1:
                return None
            translated = translated.replace(token, rendering)
        return translated


def find_terms(text: str, lang: Lang, glossary: Glossary | None) -> list[Occurrence]:
    """The glossary terms of a sentence."""
    return glossary.find(text, lang) if glossary else []


def missing_terms(found: Sequence[Occurrence], translated: str, target: Lang) -> tuple[Term, ...]:
    """Terms of the source none of whose renderings stand in the translation.

    In Chinese the capitals of an English rendering will do (CEO, GPU).
    """
    terms = dict.fromkeys(occurrence.term for occurrence in found)
    return tuple(
        term
        for term in terms
        if not any(contains(translated, text, target) for text in _accepted(term, target))
    )


def _accepted(term: Term, target: Lang) -> tuple[str, ...]:
    if target is Lang.EN:
        return term.en
    return (*term.zh, *(text for text in term.en if text.isupper() and len(text) <= 6))


def signature(found: Sequence[Occurrence], target: Lang) -> tuple[str, ...]:
    """What a cache key must hold of the terms: a change of other terms costs nothing."""
    return tuple(
        "|".join(occurrence.term.renderings(target)) + f"@{occurrence.span[0]}"
        for occurrence in found
    )


def with_placeholders(
    text: str, found: Sequence[Occurrence], target: Lang, placeholders: Sequence[str]
) -> Protected:
    """The source with a placeholder for each of its first terms, as many as there are."""
    chosen = found[: len(placeholders)]
    tokens = tuple(
        (token, occurrence.term.preferred(target))
        for token, occurrence in zip(placeholders, chosen, strict=False)
    )
    return Protected(_replaced(text, chosen, [token for token, _ in tokens]), tokens)


def switched(text: str, found: Sequence[Occurrence], target: Lang) -> Protected:
    """The source with the target's term in the place of each term."""
    return Protected(_replaced(text, found, [o.term.preferred(target) for o in found]))


def _replaced(text: str, found: Sequence[Occurrence], by: Sequence[str]) -> str:
    parts: list[str] = []
    at = 0
    for occurrence, new in zip(found, by, strict=True):
        start, end = occurrence.span
        parts += (text[at:start], new)
        at = end
    parts.append(text[at:])
    return "".join(parts)


#: A blank is missing where a restored English term touches a word.
_TOUCHES = re.compile(r"(?<=[A-Za-z0-9])(?=\x00)|(?<=\x01)(?=[A-Za-z0-9])")


def restored(protected: Protected, translated: str, target: Lang) -> str | None:
    """:meth:`Protected.restore`, with blanks around English terms that touch a word.

    >>> restored(Protected("", (("<t1>", "BYD"),)), "The<t1> car", Lang.EN)
    'The BYD car'
    """
    marked = Protected(
        protected.text,
        tuple((token, f"\x00{rendering}\x01") for token, rendering in protected.tokens),
    )
    text = marked.restore(translated)
    if text is None:
        return None
    if target is Lang.EN:
        text = _TOUCHES.sub(" ", text)
    return text.replace("\x00", "").replace("\x01", "")
