"""From the fields that were found to the metadata: which of several values counts.

Of two dates the labelled one counts, then the more precise, then the first; other values stay as
alternatives. A date above the title is the paper's or the poster's where another day stands below
it. The container's values (``hints``) fill what the text does not say. Where both speak, the text
counts, as it can be traced; but a date that the text leaves partial, relative or ambiguous is
completed by a date of the container that agrees with it. Dates that disagree are flagged.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.records import Counter, Fact, Hints, Metadata, Person
from models.spans import Span
from tasks.metadata.dates import Date, date_at, day_of, join_day_and_time
from tasks.metadata.found import Field, Found
from tasks.metadata.hinted import (
    DOMAIN,
    distinct,
    plain_hint,
    with_author_hints,
    with_date_hint,
    with_outlet_hint,
)
from tasks.metadata.site_names import key
from tasks.metadata.when import FIRST, WRITTEN
from tasks.metadata.words import is_outlet

_ORDER = {"second": 0, "minute": 1, "day": 2, "month": 3, "year": 4, "month_day": 5, "relative": 6}
_DAY = len("2024-03-05")


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
    candidates: Sequence[Candidate],
    hints: Hints,
    site: frozenset[str] = frozenset(),
    title: Span = (0, 0),
) -> tuple[Metadata, list[Candidate]]:
    """The metadata, and the candidates whose text it keeps.

    ``site``: keys of the names that hold the rights to the page; of several outlets that no label
    names, one of them counts. ``title``: where the title starts in the source, and the body.
    """
    used: list[Candidate] = []
    candidates = _with_changes(candidates, hints)
    published, updated = _dates(candidates, used, title)
    outlet = _outlet(candidates, site, used)
    people = _people(candidates, used)
    counters = _counters(candidates, used)
    url = _single(candidates, Field.URL, used)
    original = _single(candidates, Field.ORIGINAL_TITLE, used)
    metadata = Metadata(
        published=with_date_hint(published, hints.published, hints.how, "published"),
        updated=with_date_hint(updated, hints.updated, hints.how, "updated"),
        outlet=with_outlet_hint(outlet, hints),
        authors=with_author_hints(people, hints),
        url=url or plain_hint(hints.url, hints.how, "url"),
        counters=counters,
        original_title=original,
    )
    return metadata, used


def _with_changes(candidates: Sequence[Candidate], hints: Hints) -> list[Candidate]:
    """The candidates; a date without a label is that of the last change where the container says
    so, and that the page came out earlier: by two days (one may lie between two time zones), or
    when the same line has the time of a change (``March 6, 2024 -- Updated 02:03``).
    """
    first, last = _full_day(hints.published), _full_day(hints.updated)
    apart = (last - first).days if first is not None and last is not None else 0
    changed = {c.block for c in candidates if c.found.field is Field.UPDATED}
    return [
        replace(c, found=replace(c.found, field=Field.UPDATED))
        if c.found.field is Field.DATE
        and not c.in_body
        and _date(c).value[:_DAY] == str(last)
        and (apart >= 2 or (apart == 1 and c.block in changed))
        else c
        for c in candidates
    ]


def _full_day(hint: str | None) -> datetime.date | None:
    """The day of a date of the container; None when it says no full one."""
    found = date_at((hint or "").strip())
    try:
        return datetime.date.fromisoformat(found.value[:_DAY]) if found is not None else None
    except ValueError:
        return None


def _dates(
    candidates: Sequence[Candidate], used: list[Candidate], title: Span
) -> tuple[Fact[str] | None, Fact[str] | None]:
    dated = _without_day_of_page(candidates, title)
    updated = [c for c in dated if c.found.field is Field.UPDATED]
    others = [c for c in dated if c.found.field is not Field.UPDATED]
    labelled = [c for c in others if c.found.field is Field.PUBLISHED]
    plain = [c for c in others if c.found.field is Field.DATE]
    days = [c for c in (*labelled, *plain, *updated) if _date(c).has_day and not c.in_body]
    published = _best([*labelled, *plain])
    return (
        _date_fact(published, [c for c in others if c is not published], days, used),
        _date_fact(_best(updated), [], days, used),
    )


def _without_day_of_page(candidates: Sequence[Candidate], title: Span) -> list[Candidate]:
    """The dates, without those above the title where another day stands right below it.

    A label above counts (``发布时间：…``), but not against a date beside the name of the author:
    there it is when somebody posted the text of another.
    """
    dated = [c for c in candidates if c.found.date is not None]
    start, body = title
    below = [c for c in dated if c.span is not None and start < c.span[0] < body]
    below = [c for c in below if _date(c).has_day and c.found.field is not Field.UPDATED]
    named = [c.block for c in candidates if c.found.field is Field.PERSON]
    beside = [c for c in below if any(abs(c.block - block) <= 1 for block in named)]
    out: list[Candidate] = []
    for c in dated:
        others = below if c.found.field is Field.DATE else beside
        above = c.span is not None and c.span[0] < start and c.found.field is not Field.UPDATED
        if not (above and any(_date(o).value[:10] != _date(c).value[:10] for o in others)):
            out.append(c)
    return out


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
            c.found.name != FIRST,
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
            joined = join_day_and_time(day_of(_date(day)), date)
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
        distinct([*date.alternatives, *more], date.value),
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


def _outlet(
    candidates: Sequence[Candidate], site: frozenset[str], used: list[Candidate]
) -> Fact[str] | None:
    found = [
        c for c in candidates if c.found.field is Field.OUTLET and not DOMAIN.search(c.found.value)
    ]
    beside = {
        c.block
        for c in candidates
        if c.found.field is Field.PERSON or (c.found.date is not None and not c.in_body)
    }
    main = [c for c in found if c.found.name != "chain"] or [c for c in found if c.found.labelled]
    chosen = min(
        main,
        key=lambda c: (
            c.in_body,
            not (c.found.labelled or is_outlet(c.found.value)),
            key(c.found.value) not in site,
            c.block not in beside,  # a masthead in a line of its own
        ),
        default=None,
    )
    if chosen is None:
        return None
    used.append(chosen)
    others = distinct([c.found.value for c in found if c is not chosen], chosen.found.value)
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
