"""Reading a text by rules: where a number may begin, the first rule that fits takes it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from tasks.numbers.values import Kind, Number

#: What a rule makes of its match: the numbers in it, none for words that only look like a number
#: (the match is passed over), or None when the match is another rule's business.
Reader = Callable[[re.Match[str]], list[Number] | None]

#: What a number in digits begins with.
FIGURES = "0123456789"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it means; ``begins`` has every character that a match may begin with, and
    ``needs`` is found in the head of every match (see :class:`RuleIndex`), if it is given.
    """

    pattern: re.Pattern[str]
    read: Reader
    begins: frozenset[str]
    needs: re.Pattern[str] | None


class Rules(list[Rule]):
    """Rules in order; filled with the decorator that :meth:`add` gives."""

    def add(
        self, pattern: str, flags: int = 0, *, begins: str, needs: str | None = None
    ) -> Callable[[Reader], Reader]:
        """A decorator that appends the rule of ``pattern`` (verbose syntax) with its reader.

        ``begins`` are the characters that a match may begin with, and ``needs`` a pattern of what
        a match must have in its head, so that a rule is tried only where it may fit.
        """
        compiled = re.compile(pattern, re.VERBOSE | flags)
        needed = None if needs is None else re.compile(needs, re.DOTALL)

        def register(read: Reader) -> Reader:
            self.append(Rule(compiled, read, frozenset(begins), needed))
            return read

        return register


#: The rules to try at a place of a text, in order.
Choice = Callable[[str, int], tuple[Rule, ...]]

_LONG_HEAD = 16  # heads as long as this are rare: all rules are tried
_HEADS = 1 << 13  # heads remembered for a language; news has some two thousand


class RuleIndex:
    """Which rules may fit at a place: those that begin with its character, and of these, where
    ``head`` matches, those whose needs the head has.

    ``head`` is a numeral with what may stand inside one, and the character after it. In the head
    that rules are asked about, all figures of one script are the same, so that few heads differ.
    """

    def __init__(self, rules: Rules, head: re.Pattern[str]) -> None:
        characters = sorted({ch for rule in rules for ch in rule.begins})
        self._rules = {ch: tuple(rule for rule in rules if ch in rule.begins) for ch in characters}
        self._head = head
        self._needing = lru_cache(maxsize=_HEADS)(self._select)

    def at(self, text: str, place: int) -> tuple[Rule, ...]:
        """The rules that may fit at a place, in order."""
        found = self._rules.get(text[place])
        if found is None:
            return ()
        head = self._head.match(text, place)
        if head is None or head.end() - place >= _LONG_HEAD:
            return found
        return self._needing(text[place], head[0].translate(_ONE_FIGURE))

    def _select(self, character: str, head: str) -> tuple[Rule, ...]:
        return tuple(
            rule
            for rule in self._rules[character]
            if rule.needs is None or rule.needs.search(head) is not None
        )


_ONE_FIGURE = str.maketrans("123456789〇一二两三四五六七八九", "0" * 9 + "零" * 11)


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


def scan(text: str, anchors: Iterable[int], choice: Choice) -> list[Number]:
    """The numbers of ``text`` from left to right: at each of the ``anchors`` (sorted positions
    where a number may begin), the first rule that fits. Linear in the text: rules look only a
    bounded way around an anchor.
    """
    out: list[Number] = []
    done = 0
    for at in anchors:
        if at < done:
            continue
        for rule in choice(text, at):
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
