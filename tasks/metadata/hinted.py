"""What the container says (JSONL fields, the head of an HTML page) beside what the text says.

It fills what the text leaves open; where both speak, the text counts, and dates that disagree are
flagged.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.records import Fact, Hints, Person
from tasks.metadata.dates import date_at, time_at
from tasks.metadata.names import is_person, names_at
from tasks.metadata.words import is_outlet

_BYLINE = re.compile(
    r"\A(?:by|written by|作者|记者|記者|文)\s?[:：/|｜]?\s+|\A(?:作者|记者"
    r"|文)[:：/|｜]",
    re.I,
)
DOMAIN = re.compile(r"(?:https?://|www\.)|\A[\w-]+(?:\.[\w-]+)+\Z|©")


def distinct(values: Sequence[str], but: str) -> tuple[str, ...]:
    """The values without ``but``, each once, in their order."""
    return tuple(v for v in dict.fromkeys(values) if v != but)


def plain_hint(value: str | None, how: str, field: str) -> Fact[str] | None:
    """A value of the container as it is; None when it has none."""
    if value is None or not value.strip():
        return None
    return Fact(value.strip(), value, None, f"{how}:{field}")


def with_date_hint(
    fact: Fact[str] | None, hint: str | None, how: str, field: str
) -> Fact[str] | None:
    """A date of the text, completed by the container's, or the container's where there is none."""
    if hint is None or not hint.strip():
        return fact
    date = date_at(hint.strip()) or time_at(hint.strip())
    method = f"{how}:{field}"
    if date is None:
        if fact is not None:
            return fact
        return Fact(hint.strip(), hint, None, method, precision="relative")
    if fact is None:
        return Fact(
            date.value, hint, None, method, date.alternatives, date.ambiguous, date.precision
        )
    if date.precision == "relative" or date.value == fact.value:
        return fact
    if _completes(date.value, fact):
        return replace(
            fact,
            value=date.value,
            method=f"{fact.method}+{method}",
            alternatives=distinct([fact.value, *fact.alternatives], date.value),
            ambiguous=False,
            precision=date.precision,
        )
    same_day = fact.value[:10] == date.value[:10]
    alternatives = distinct([*fact.alternatives, date.value], fact.value)
    return replace(fact, alternatives=alternatives, ambiguous=fact.ambiguous or not same_day)


def _completes(value: str, fact: Fact[str]) -> bool:
    """Whether a date of the container says more than the text's, and agrees with it."""
    day = value[:10]
    if value.startswith(fact.value) and not fact.ambiguous:
        return True
    if fact.precision == "relative":
        return len(day) == 10
    if fact.precision == "month_day":
        month_day, _, time = fact.value.lstrip("-").partition("T")
        return day[5:] == month_day and (not time or f"T{time[:5]}" in value)
    if fact.precision in ("month", "year"):
        return day.startswith(fact.value)
    if fact.value.startswith("T"):
        return len(day) == 10 and fact.value[1:6] in value
    readings = (fact.value, *fact.alternatives)
    return fact.ambiguous and any(day == reading[:10] for reading in readings)


def with_outlet_hint(fact: Fact[str] | None, hints: Hints) -> Fact[str] | None:
    """The outlet of the text, or the container's; where they differ, the other beside it."""
    value = (hints.outlet or "").strip()
    if not value or (DOMAIN.search(value) and not is_outlet(value)):
        return fact
    if fact is None:
        return Fact(value, hints.outlet or value, None, f"{hints.how}:outlet")
    if value.casefold() == fact.value.casefold():
        return fact
    return replace(fact, alternatives=distinct([*fact.alternatives, value], fact.value))


def with_author_hints(people: tuple[Fact[Person], ...], hints: Hints) -> tuple[Fact[Person], ...]:
    """Authors of the container where the text names no author or reporter."""
    if any(fact.value.role in ("author", "reporter") for fact in people):
        return people
    seen = {fact.value.name.casefold() for fact in people}
    added: list[Fact[Person]] = []
    for raw in hints.authors:
        for name in _names_of_hint(raw):
            if name.casefold() not in seen and is_person(name) and not is_outlet(name):
                seen.add(name.casefold())
                added.append(Fact(Person(name, "author"), raw, None, f"{hints.how}:authors"))
    return (*added, *people)


def _names_of_hint(raw: str) -> list[str]:
    """The names in a value of the container, which may be a byline (``By Ann Lee and Bob Ray``).

    >>> _names_of_hint("By Ann Lee and Bob Ray"), _names_of_hint("Linhai Studio")
    (['Ann Lee', 'Bob Ray'], ['Linhai Studio'])
    """
    text = _BYLINE.sub("", raw.strip())
    names, stop = names_at(text, 0, len(text), strict=True)
    if len(names) > 1 and stop == len(text):
        return [name.name for name in names]
    return [text] if text else []
