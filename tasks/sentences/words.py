"""The word lists of the sentence rules."""

from dataclasses import dataclass, fields
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists by section of ``abbreviations.txt``, where each is explained."""

    never: frozenset[str]
    number: frozenset[str]
    maybe: frozenset[str]
    starter: frozenset[str]
    names: frozenset[str]
    counted: frozenset[str]
    banged: frozenset[str]


@cache
def abbreviations() -> frozenset[str]:
    """All words behind which a full stop may be that of an abbreviation."""
    lists = words()
    return lists.never | lists.number | lists.maybe


@cache
def words() -> Words:
    """The lists, read once."""
    lists: dict[str, set[str]] = {field.name: set() for field in fields(Words)}
    section: set[str] = set()
    source = resources.files(__package__).joinpath("abbreviations.txt")
    for line in source.read_text("utf-8").split("\n"):
        if line.startswith("["):
            section = lists[line[1 : line.index("]")]]
        elif not line.startswith("#"):
            section.update(line.split())
    return Words(**{name: frozenset(found) for name, found in lists.items()})
