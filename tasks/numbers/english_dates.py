"""Dates, times and periods of English text."""

import re

from tasks.numbers.english_words import ORDINAL
from tasks.numbers.scan import FIGURES, Rules, initials, number
from tasks.numbers.values import Kind, Number, date_key, time_key
from tasks.numbers.western import decade_key, hour_of_day

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SHORT = ["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"]
MONTH_NAMES = (*_MONTHS, *_SHORT)
MONTH = rf"(?:{'|'.join(_MONTHS)}|(?:{'|'.join(_SHORT)})\b\.?)"
_DAY = (
    "(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
    r"(?![0-9A-Za-z:%]|[.,][0-9]|[ ](?:per[ ]?cent|million|billion)\b)"
)

#: What -st, -nd, -rd and -th begin with where case does not count, which makes ſ an s.
ORDINAL_ENDINGS = "[sſnrtSNRT]"

rules = Rules()


@rules.add(
    rf"""(?P<m>{MONTH})[ ](?:the[ ])?(?P<d>{_DAY})
        (?:[ ]?(?:[-–—]|to|and)[ ]?(?P<d2>{_DAY}))?""",
    begins=initials(MONTH_NAMES),
)
def month_day(match: re.Match[str]) -> list[Number] | None:
    """March 5, Mar. 5th, March 5-7; the year that may follow is read for itself."""
    return _days(match, "d", "d2", first_start=match.start(), last_end=match.end())


@rules.add(
    rf"""(?P<d>{_DAY})(?:[ ]?(?:[-–—]|to|and)[ ]?(?P<d2>{_DAY}))?
        [ ](?:of[ ])?(?P<m>{MONTH})(?![a-z])""",
    begins=FIGURES,
    needs="[-–—snrtaoJFMASOND]",
)
def day_month(match: re.Match[str]) -> list[Number] | None:
    """5 March, 5th of March, 5-7 March."""
    return _days(match, "d", "d2", first_start=match.start(), last_end=match.end())


def _days(
    match: re.Match[str], first: str, second: str, *, first_start: int, last_end: int
) -> list[Number] | None:
    month = _month(match["m"])
    key = date_key(month, _figures(match[first]))
    if key is None:
        return None
    if match[second] is None:
        return [Number(key, (first_start, last_end), Kind.DATE)]
    other = date_key(month, _figures(match[second]))
    cut = match.start(second)
    found = [Number(key, (first_start, cut), Kind.DATE)]
    return [*found, *([Number(other, (cut, last_end), Kind.DATE)] if other else [])]


@rules.add(rf"(?P<m>{MONTH})(?![A-Za-z])", begins=initials(MONTH_NAMES))
def month(match: re.Match[str]) -> list[Number]:
    """A month alone. "May" and "March" open sentences with another sense, so they need a sign:
    a preposition before, or a year after.
    """
    name = match["m"]
    sure = name not in ("May", "March") or (
        _BEFORE_MONTH.search(match.string, max(0, match.start() - 12), match.start())
        or _YEAR_AFTER.match(match.string, match.end())
    )
    if name.endswith(".") or name not in _MONTHS:
        sure = _YEAR_AFTER.match(match.string, match.end()) or _BEFORE_MONTH.search(
            match.string, max(0, match.start() - 12), match.start()
        )
    return number(match, date_key(_month(name), None), Kind.DATE) if sure else []


_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|by|until|till|of|from|last|this|next|early|late|mid|through|to|and|every|before|"
    r"after|between|for|during|on|around)[ -]\Z",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r",? (?:of )?(?:1[5-9]|20)[0-9]{2}\b")


@rules.add(
    r"""(?P<h>1[0-2]|0?[1-9])(?:\.(?P<m>[0-5][0-9]))?[ ]?
        (?:(?P<half>[aApP])(?:\.[ ]?[mM]\.?|[mM]\b)|o['’]clock)""",
    begins=FIGURES,
    needs="[aApPo]",
)
def time(match: re.Match[str]) -> list[Number]:
    """2 p.m., 10am, 10 o'clock."""
    hour = hour_of_day(int(match["h"]), match["half"])
    return number(match, time_key(hour, int(match["m"] or 0)), Kind.TIME)


@rules.add(
    r"""(?:(?P<n>[1-4])(?:st|nd|rd|th)|(?P<word>first|second|third|fourth|final|last))
        [ -](?:fiscal[ ]|financial[ ])?quarter(?![A-Za-z]|-?finals?)""",
    re.IGNORECASE,
    begins="1234" + initials(["first", "second", "third", "fourth", "last"]),
    needs=ORDINAL_ENDINGS,
)
def quarter(match: re.Match[str]) -> list[Number] | None:
    """Fourth quarter."""
    word = match["word"].lower() if match["word"] else ""
    if word in ("final", "last"):
        return None
    return number(match, f"Q{match['n'] or ORDINAL[word]}", Kind.QUARTER)


@rules.add(
    r"(?:(?P<first>first|1st)|second|2nd)[ -]half\b",
    re.IGNORECASE,
    begins="12" + initials(["first", "second"]),
    needs=ORDINAL_ENDINGS,
)
def half(match: re.Match[str]) -> list[Number]:
    """First half (of a year or a match)."""
    return number(match, "H1" if match["first"] else "H2", Kind.HALF)


@rules.add(r"(?<=['’])(?P<y>[2-9]0)s\b | (?P<z>[2-9]0)s\b", begins=FIGURES, needs="s")
def decade(match: re.Match[str]) -> list[Number] | None:
    """The '90s, the 90s; "in his 30s" is an age."""
    year = match["y"] or match["z"]
    if match["y"] is None and not _THE.search(
        match.string, max(0, match.start() - 10), match.start()
    ):
        return None
    return number(match, decade_key(year), Kind.DECADE)


_THE = re.compile(r"\b(?:the|early|late|mid)[ -]\Z", re.IGNORECASE)


@rules.add(
    r"(?P<n>[0-9]{1,2})(?:st|nd|rd|th)[ -]centur(?:y|ies)\b",
    re.IGNORECASE,
    begins=FIGURES,
    needs=ORDINAL_ENDINGS,
)
def century(match: re.Match[str]) -> list[Number]:
    """21st century."""
    return number(match, str(int(match["n"])), Kind.ORDINAL)


def _month(name: str) -> int:
    """The number of a month, by its first three letters."""
    return next(i for i, full in enumerate(_MONTHS, 1) if full.startswith(name[:3]))


def _figures(day: str) -> int:
    return int(day.rstrip("stndrh"))
