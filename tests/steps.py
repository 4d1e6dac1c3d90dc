"""Counting the steps of a regular expression that backtracks: no clock, the same on every machine.

A plain matcher walks the tree that :mod:`re` parses an expression into and counts every attempt at
a node. The engine of :mod:`re` takes no more steps than that, so a bound that holds here holds
there. Hard inputs are made from the tree as well: what leads to a repetition, a long run of a
character that it takes, and one that ends every hope.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence

# The parser of the standard library; it moved in Python 3.11 and has no public name.
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Node = tuple[Any, Any]
Next = Callable[[int], bool]
END = "\x01"  # in no set of any expression that names what it takes
_EXAMPLES = "a1 中，A.-:/'_\t"
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdigit,
    op.CATEGORY_NOT_DIGIT: lambda c: not c.isdigit(),
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    op.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    op.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_SINGLE = (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)


class TooManyStepsError(Exception):
    """The matcher took more steps than it was given."""


def parsed(pattern: re.Pattern[str]) -> Sequence[Node]:
    """The tree of an expression."""
    tree: Sequence[Node] = parser.parse(pattern.pattern, pattern.flags)
    return tree


def takes(node: Node, ch: str, ignore_case: bool) -> bool:
    """Whether a node for one character takes ``ch``."""
    kind, value = node
    if kind is op.ANY:
        return ch != "\n"
    if kind is op.LITERAL or kind is op.NOT_LITERAL:
        same = ord(ch) == value or (ignore_case and ch.lower() == chr(value).lower())
        return same if kind is op.LITERAL else not same
    negate = bool(value) and value[0][0] is op.NEGATE
    return _in_set(value, ch, ignore_case) is not negate


def _in_set(items: Sequence[Node], ch: str, ignore_case: bool) -> bool:
    chars = {ch, ch.lower(), ch.upper()} if ignore_case else {ch}
    for kind, value in items:
        if kind is op.LITERAL and chr(value) in chars:
            return True
        if kind is op.RANGE and any(len(c) == 1 and value[0] <= ord(c) <= value[1] for c in chars):
            return True
        if kind is op.CATEGORY and _CATEGORIES[value](ch):
            return True
    return False


class Matcher:
    """Matches an expression at the start of a text and counts its steps."""

    def __init__(self, pattern: re.Pattern[str], text: str, most: int) -> None:
        self.text = text
        self.most = most
        self.steps = 0
        self._ignore_case = bool(pattern.flags & re.IGNORECASE)
        self._tree = parsed(pattern)

    def run(self) -> int:
        """The steps of one attempt that must reach the end of the text.

        Raises TooManyStepsError when they are more than ``most``.
        """
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(100_000)
        try:
            self._match(self._tree, 0, 0, lambda at: at == len(self.text))
        finally:
            sys.setrecursionlimit(limit)
        return self.steps

    def _match(self, nodes: Sequence[Node], index: int, at: int, then: Next) -> bool:
        self.steps += 1
        if self.steps > self.most:
            raise TooManyStepsError
        if index == len(nodes):
            return then(at)
        kind, value = nodes[index]

        def rest(place: int) -> bool:
            return self._match(nodes, index + 1, place, then)

        if kind in _SINGLE:
            good = at < len(self.text) and takes(nodes[index], self.text[at], self._ignore_case)
            return good and rest(at + 1)
        if kind is op.BRANCH:
            return any(self._match(branch, 0, at, rest) for branch in value[1])
        if kind is op.SUBPATTERN:
            return self._match(value[3], 0, at, rest)
        if kind is op.ATOMIC_GROUP:
            return self._match(value, 0, at, rest)
        if kind in _REPEATS:
            return self._repeat(value, at, rest, 0, lazy=kind is op.MIN_REPEAT)
        if kind in (op.ASSERT, op.ASSERT_NOT):
            return self._assertion(value, at) is (kind is op.ASSERT) and rest(at)
        return rest(at)  # places and references: taken as true, so that more is tried, not less

    def _repeat(self, value: Any, at: int, rest: Next, done: int, *, lazy: bool) -> bool:
        low, high, body = value
        if len(body) == 1 and body[0][0] in _SINGLE:
            end = at
            while end < len(self.text) and end - at < high:
                self.steps += 1
                if not takes(body[0], self.text[end], self._ignore_case):
                    break
                end += 1
            places = range(at + low, end + 1) if lazy else range(end, at + low - 1, -1)
            return any(rest(place) for place in places)

        def again(place: int) -> bool:
            return (place > at or done < low) and self._repeat(
                value, place, rest, done + 1, lazy=lazy
            )

        if lazy and done >= low and rest(at):
            return True
        if done < high and self._match(body, 0, at, again):
            return True
        return not lazy and done >= low and rest(at)

    def _assertion(self, value: Any, at: int) -> bool:
        direction, body = value
        if direction > 0:
            return self._match(body, 0, at, lambda _: True)
        width = body.getwidth()[0]
        return at >= width and self._match(body, 0, at - width, lambda place: place == at)


def hard_inputs(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """What leads to each repetition, and behind it a long run of a character that it takes."""
    ignore_case = bool(pattern.flags & re.IGNORECASE)
    seen: set[str] = set()
    for lead, ch in _repetitions(parsed(pattern), "", ignore_case):
        for text in (lead + ch * length + END, lead + (ch + " ") * (length // 2) + END):
            if text not in seen:
                seen.add(text)
                yield text


def _repetitions(nodes: Sequence[Node], lead: str, ignore_case: bool) -> Iterator[tuple[str, str]]:
    for kind, value in nodes:
        if kind in _REPEATS:
            body = value[2]
            if value[1] > 8:
                yield lead, _example(body, ignore_case)[:1] or "a"
            yield from _repetitions(body, lead, ignore_case)
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from _repetitions(branch, lead, ignore_case)
        elif kind is op.SUBPATTERN:
            yield from _repetitions(value[3], lead, ignore_case)
        elif kind in (op.ASSERT, op.ASSERT_NOT) and value[0] > 0:
            yield from _repetitions(value[1], lead, ignore_case)
        lead += _example([(kind, value)], ignore_case)


def _example(nodes: Sequence[Node], ignore_case: bool) -> str:
    """A short text that the nodes take."""
    out = ""
    for kind, value in nodes:
        if kind is op.LITERAL:
            out += chr(value)
        elif kind in _SINGLE:
            out += next((c for c in _EXAMPLES if takes((kind, value), c, ignore_case)), "")
            if kind is op.IN and not out:
                out += next((chr(v) for k, v in value if k is op.LITERAL), "")
        elif kind is op.BRANCH:
            out += _example(value[1][0], ignore_case)
        elif kind is op.SUBPATTERN:
            out += _example(value[3], ignore_case)
        elif kind in _REPEATS:
            out += _example(value[2], ignore_case) * min(value[0], 4)
    return out
