"""Reading a text by rules: where a number may begin, the first rule that fits takes it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tasks.numbers.values import Kind, Number

#: What a rule makes of its match: the numbers in it, none for words that only look like a number
#: (the match is passed over), or None when the match is another rule's business.
Reader = Callable[[re.Match[str]], list[Number] | None]

#: What a number in digits begins with.
FIGURES = "0123456789"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it means; ``begins`` has every character that a match may begin with."""

    pattern: re.Pattern[str]
    read: Reader
    begins: frozenset[str]


class Rules(list[Rule]):
    """Rules in order; filled with the decorator that :meth:`add` gives."""

    def add(self, pattern: str, flags: int = 0, *, begins: str) -> Callable[[Reader], Reader]:
        """A decorator that appends the rule of ``pattern`` (verbose syntax) with its reader.

        ``begins`` are the characters that a match may begin with, so that a rule is tried only
        where it may fit.
        """
        compiled = re.compile(pattern, re.VERBOSE | flags)

        def register(read: Reader) -> Reader:
            self.append(Rule(compiled, read, frozenset(begins)))
            return read

        return register

    def by_character(self) -> "RulesByCharacter":
        """The rules that may fit at each character, in order."""
        characters = sorted({ch for rule in self for ch in rule.begins})
        return {ch: tuple(rule for rule in self if ch in rule.begins) for ch in characters}


RulesByCharacter = Mapping[str, tuple[Rule, ...]]


def initials(words: Iterable[str]) -> str:
    """The letters that words begin with, small and capital.

    >>> initials(["two", "ten", "May"])
    'MTmt'
    """
    return "".join(sorted({form for word in words for form in (word[0].lower(), word[0].upper())}))


# One and first are words like any other in both languages (一, "a", "one of"): what looks like
# the number says nothing about a translation.
_TOO_COMMON = frozenset("1")

_URL = re.compile(
    r"(?:https?://|www\.)[!-~]+|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,64}(?:\.[A-Za-z0-9-]{1,64})+"
)


def masked(text: str) -> str:
    """``text`` with URLs and e-mail addresses blanked, at the same length."""
    if "@" not in text and "://" not in text and "www." not in text:
        return text
    return _URL.sub(lambda match: " " * len(match[0]), text)


def scan(text: str, anchors: Iterable[int], rules: RulesByCharacter) -> list[Number]:
    """The numbers of ``text`` from left to right: at each of the ``anchors`` (sorted positions
    where a number may begin), the first rule that fits. Linear in the text: rules look only a
    bounded way around an anchor.
    """
    out: list[Number] = []
    done = 0
    for at in anchors:
        if at < done:
            continue
        for rule in rules.get(text[at], ()):
            match = rule.pattern.match(text, at)
            if match is None or (numbers := rule.read(match)) is None:
                continue
            out += [n for n in numbers if n.span[0] >= done and n.key not in _TOO_COMMON]
            done = match.end()
            break
    return out


def number(match: re.Match[str], key: str | None, kind: Kind, group: str | int = 0) -> list[Number]:
    """The number of a match (or one group of it); nothing when there is no key."""
    return [] if key is None else [Number(key, match.span(group), kind)]
