"""From the fields that were found to the metadata: which of several values counts.

Of two dates the labelled one counts, then the more precise, then the first; other values stay as
alternatives. The container's values (``hints``) fill what the text does not say. Where both speak,
the text counts, as it can be traced; but a date that the text leaves partial, relative or ambiguous
is completed by a date of the container that agrees with it. Dates that disagree are flagged.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.records import Counter, Fact, Hints, Metadata, Person
from models.spans import Span
from tasks.metadata.dates import Date, date_at, join_day_and_time, time_at
from tasks.metadata.found import Field, Found
from tasks.metadata.names import is_person, names_at
from tasks.metadata.site_names import key
from tasks.metadata.when import WRITTEN
from tasks.metadata.words import is_outlet

_ORDER = {"second": 0, "minute": 1, "day": 2, "month": 3, "year": 4, "month_day": 5, "relative": 6}
_BYLINE = re.compile(
    r"\A(?:by|written by|作者|记者|記者|文)\s?[:：/|｜]?\s+|\A(?:作者|记者"
    r"|文)[:：/|｜]",
    re.I,
)
_DOMAIN = re.compile(r"(?:https?://|www\.)|\A[\w-]+(?:\.[\w-]+)+\Z|©")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field with its place in the document: which block, which source stretch."""

    found: Found
    block: int
    span: Span | None
    raw: str
    method: str
    in_body: bool


def choose(
    candidates: Sequence[Candidate], hints: Hints, site: frozenset[str] = frozenset()
) -> tuple[Metadata, list[Candidate]]:
    """The metadata, and the candidates whose text it keeps.

    ``site``: keys of the names that hold the rights to the page; of several outlets that no label
    names, one of them counts.
    """
    used: list[Candidate] = []
    published, updated = _dates(candidates, used)
    outlet = _outlet(candidates, site, used)
    people = _people(candidates, used)
    counters = _counters(candidates, used)
    url = _single(candidates, Field.URL, used)
    original = _single(candidates, Field.ORIGINAL_TITLE, used)
    metadata = Metadata(
        published=_with_date_hint(published, hints.published, hints.how, "published"),
        updated=_with_date_hint(updated, hints.updated, hints.how, "updated"),
        outlet=_with_outlet_hint(outlet, hints),
        authors=_with_author_hints(people, hints),
        url=url or _plain_hint(hints.url, hints.how, "url"),
        counters=counters,
        original_title=original,
    )
    return metadata, used


def _dates(
    candidates: Sequence[Candidate], used: list[Candidate]
) -> tuple[Fact[str] | None, Fact[str] | None]:
    dated = [c for c in candidates if c.found.date is not None]
    updated = [c for c in dated if c.found.field is Field.UPDATED]
    others = [c for c in dated if c.found.field is not Field.UPDATED]
    labelled = [c for c in others if c.found.field is Field.PUBLISHED]
    plain = [c for c in others if c.found.field is Field.DATE]
    days = [c for c in (*labelled, *plain) if _date(c).precision == "day" and not c.in_body]
    published = _best([*labelled, *plain])
    return (
        _date_fact(published, [c for c in others if c is not published], days, used),
        _date_fact(_best(updated), [], days, used),
    )


def _date(candidate: Candidate) -> Date:
    date = candidate.found.date
    assert date is not None
    return date


def _best(candidates: Sequence[Candidate]) -> Candidate | None:
    """The date that counts: not in the body, labelled, precise, first."""
    return min(
        candidates,
        key=lambda c: (
            c.in_body,
            _date(c).value.startswith("T"),
            _date(c).precision == "relative",
            c.found.field is not Field.PUBLISHED,
            c.found.name == WRITTEN,
            _ORDER[_date(c).precision],
        ),
        default=None,
    )


def _date_fact(
    chosen: Candidate | None,
    others: Sequence[Candidate],
    days: Sequence[Candidate],
    used: list[Candidate],
) -> Fact[str] | None:
    if chosen is None:
        return None
    date = _date(chosen)
    if date.value.startswith("T"):
        day = next((c for c in days if c.block == chosen.block and c is not chosen), None)
        if day is not None:
            joined = join_day_and_time(_date(day), date)
            date = replace(date, value=joined.value, alternatives=joined.alternatives)
    else:
        date = _with_time_beside(chosen, date, others)
    used.append(chosen)
    more = [_date(c).value for c in others if _disagrees(_date(c), date)]
    return Fact(
        date.value,
        chosen.raw,
        chosen.span,
        chosen.method,
        _distinct([*date.alternatives, *more], date.value),
        date.ambiguous,
        date.precision,
        chosen.in_body,
    )


def _with_time_beside(chosen: Candidate, date: Date, others: Sequence[Candidate]) -> Date:
    """A day, completed by the time that stands in the same line under a label of its own."""
    for other in others:
        time = _date(other)
        if other.block == chosen.block and time.value.startswith("T") and date.precision == "day":
            return join_day_and_time(date, time)
    return date


def _disagrees(date: Date, chosen: Date) -> bool:
    """Whether a second date is another day, not the same one said less precisely."""
    if date.precision == "relative" or date.value.startswith("T"):
        return False
    month_day = date.value.partition("T")[0].lstrip("-")[-5:]
    return month_day not in chosen.value and not date.value.startswith(chosen.value)


def _distinct(values: Sequence[str], but: str) -> tuple[str, ...]:
    return tuple(v for v in dict.fromkeys(values) if v != but)


def _outlet(
    candidates: Sequence[Candidate], site: frozenset[str], used: list[Candidate]
) -> Fact[str] | None:
    found = [
        c for c in candidates if c.found.field is Field.OUTLET and not _DOMAIN.search(c.found.value)
    ]
    main = [c for c in found if c.found.name != "chain"] or [c for c in found if c.found.labelled]
    chosen = min(
        main,
        key=lambda c: (
            c.in_body,
            not (c.found.labelled or is_outlet(c.found.value)),
            key(c.found.value) not in site,
        ),
        default=None,
    )
    if chosen is None:
        return None
    used.append(chosen)
    others = _distinct([c.found.value for c in found if c is not chosen], chosen.found.value)
    return Fact(
        chosen.found.value, chosen.raw, chosen.span, chosen.method, others, in_body=chosen.in_body
    )


def _people(candidates: Sequence[Candidate], used: list[Candidate]) -> tuple[Fact[Person], ...]:
    out: list[Fact[Person]] = []
    seen: set[tuple[str, str]] = set()
    for c in candidates:
        if c.found.field is not Field.PERSON:
            continue
        role = "author" if c.found.name == "reporter" else c.found.name
        key = (c.found.value.casefold(), role)
        if key in seen:
            continue
        seen.add(key)
        used.append(c)
        person = Person(c.found.value, c.found.name)
        out.append(Fact(person, c.raw, c.span, c.method, in_body=c.in_body))
    return tuple(out)


def _counters(candidates: Sequence[Candidate], used: list[Candidate]) -> tuple[Fact[Counter], ...]:
    out: list[Fact[Counter]] = []
    seen: set[str] = set()
    for c in candidates:
        if c.found.field not in (Field.COUNTER, Field.NUMBER) or c.found.name in seen:
            continue
        seen.add(c.found.name)
        used.append(c)
        out.append(Fact(Counter(c.found.name, c.found.count), c.raw, c.span, c.method))
    return tuple(out)


def _single(
    candidates: Sequence[Candidate], field: Field, used: list[Candidate]
) -> Fact[str] | None:
    chosen = next((c for c in candidates if c.found.field is field), None)
    if chosen is None:
        return None
    used.append(chosen)
    return Fact(chosen.found.value, chosen.raw, chosen.span, chosen.method, in_body=chosen.in_body)


# --- what the container says ------------------------------------------------------------------


def _plain_hint(value: str | None, how: str, field: str) -> Fact[str] | None:
    if value is None or not value.strip():
        return None
    return Fact(value.strip(), value, None, f"{how}:{field}")


def _with_date_hint(
    fact: Fact[str] | None, hint: str | None, how: str, field: str
) -> Fact[str] | None:
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
            alternatives=_distinct([fact.value, *fact.alternatives], date.value),
            ambiguous=False,
            precision=date.precision,
        )
    same_day = fact.value[:10] == date.value[:10]
    alternatives = _distinct([*fact.alternatives, date.value], fact.value)
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


def _with_outlet_hint(fact: Fact[str] | None, hints: Hints) -> Fact[str] | None:
    value = (hints.outlet or "").strip()
    if not value or (_DOMAIN.search(value) and not is_outlet(value)):
        return fact
    if fact is None:
        return Fact(value, hints.outlet or value, None, f"{hints.how}:outlet")
    if value.casefold() == fact.value.casefold():
        return fact
    return replace(fact, alternatives=_distinct([*fact.alternatives, value], fact.value))


def _with_author_hints(people: tuple[Fact[Person], ...], hints: Hints) -> tuple[Fact[Person], ...]:
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
