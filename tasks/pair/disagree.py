"""Where the metadata of the two sides of a pair disagree."""

import re
from datetime import date, timedelta
from itertools import product
from urllib.parse import urlsplit

from models.records import Conflict, Fact, Metadata
from tasks.language.script import has_han

_DATE = re.compile(r"(\d{4}|-)(?:-(\d{2}))?(?:-(\d{2}))?(?=T|$)")
_OFFSET = re.compile(r"T.*(?:Z|[+-]\d\d:?\d\d)$")
#: Parts of a host name that say which edition of one site it is.
_EDITIONS = {
    "www", "m", "mobile", "wap", "amp", "zh", "cn", "chs", "cht", "chinese", "en", "eng", "english",
    "us", "uk",
}  # fmt: skip


def conflicts(zh: Metadata, en: Metadata) -> tuple[Conflict, ...]:
    """The fields ``published``, ``outlet`` and ``url`` on which the two sides disagree.

    Values that cannot be compared are no conflict: a field that one side lacks, a relative date,
    names of an outlet in two scripts. Of dates, the parts that both sides have are compared, and
    each side may stand for any of its alternatives; a day apart is allowed where one side tells
    its time zone. Addresses conflict when they are of different sites.
    """
    out = []
    for field, differ in (("published", _dates), ("outlet", _outlets), ("url", _sites)):
        left: Fact[str] | None = getattr(zh, field)
        right: Fact[str] | None = getattr(en, field)
        if left is not None and right is not None and differ(left, right):
            out.append(Conflict(field, left.value, right.value))
    return tuple(out)


def _dates(left: Fact[str], right: Fact[str]) -> bool:
    if "relative" in (left.precision, right.precision):
        return False
    zones = any(_OFFSET.search(fact.value) for fact in (left, right))
    return not any(
        _same_day(a, b, slack=1 if zones else 0)
        for a, b in product((left.value, *left.alternatives), (right.value, *right.alternatives))
    )


def _same_day(left: str, right: str, *, slack: int) -> bool:
    """Whether two (partial) ISO 8601 dates can be the same day, or ``slack`` days apart."""
    a, b = _DATE.match(left), _DATE.match(right)
    if a is None or b is None:
        return True
    parts = [
        (x, y)
        for x, y in zip(a.groups(), b.groups(), strict=True)
        if x not in (None, "-") and y not in (None, "-")
    ]
    if all(x == y for x, y in parts):
        return True
    if not slack or len(parts) < 3:
        return False
    try:
        days = abs(date.fromisoformat(left[:10]) - date.fromisoformat(right[:10]))
    except ValueError:  # a day that no calendar has
        return False
    return days <= timedelta(days=slack)


def _outlets(left: Fact[str], right: Fact[str]) -> bool:
    if has_han(left.value) != has_han(right.value):
        return False
    return _letters(left.value) != _letters(right.value)


def _letters(text: str) -> str:
    return "".join([ch for ch in text.casefold() if ch.isalnum()]).removeprefix("the")


def _sites(left: Fact[str], right: Fact[str]) -> bool:
    return _site(left.value) != _site(right.value)


def _site(url: str) -> tuple[str, ...]:
    """The host of an address without the parts that name an edition of the site.

    >>> _site("https://cn.nytimes.com/a") == _site("http://www.nytimes.com/b")
    True
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = url
    *front, name, top = host.split(".") if host.count(".") else ("", host)
    return (*(part for part in front if part not in _EDITIONS), name, top)
