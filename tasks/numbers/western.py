"""Numbers in Western digits as both languages write them: codes, clock times, ISO dates."""

import re
from decimal import Decimal
from functools import lru_cache

from tasks.numbers.scan import FIGURES, Rules, number
from tasks.numbers.values import MAX_DIGITS, Kind, Number, date_key, plain_key, scaled, time_key

#: Digits with right thousands separators, or a plain decimal.
DIGITS = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"

#: Between the ends of a range.
RANGE = "[-–—~～〜至到]"

#: Units that may touch their digits: ``800V`` is the number 800, ``5G`` a name.
UNIT = (
    "(?:nm|µm|μm|um|mm|cm|dm|km|m|ft|in|mi|mph|kmh|kg|mg|kt|g|t|lb|lbs|oz|ml|mL|l|L|ms|s|min|h|hr|hrs"
    "|Hz|kHz|MHz|GHz|THz|V|kV|mV|A|mA|W|kW|KW|MW|GW|TW|Wh|kWh|KWh|MWh|GWh|TWh|mAh|Ah|J|kJ|Nm|kPa|hPa"
    "|KB|kB|MB|GB|TB|PB|Mbps|Gbps|Tbps|TOPS|TFLOPS|PFLOPS|dB|px|rpm|hp|PS|ppm|bp|bps|x|X|yr|yrs|pp|pts"
    ")(?![A-Za-z0-9])"
)

_MONEY = re.compile("RMB|CNY|USD|EUR|GBP|JPY|HKD|TWD|KRW|AED|CHF|SGD|AUD|CAD|FY", re.IGNORECASE)
_PREFIXES = re.compile("mid|pre|post|sub|non|under|over|early|late|top|aged?|no", re.IGNORECASE)
_WORD = 4  # so many letters that touch the digits are a word of their own: iPhone15, Model3

_BEFORE = re.compile(r"([A-Za-z]{1,20})([-‑]?)\Z")
_NAMED = {re.compile(r"Q[1-4]"): Kind.QUARTER, re.compile(r"H[12]"): Kind.HALF}

codes = Rules()
rules = Rules()


@codes.add(
    r"""(?:(?<=[A-Za-z])|(?<=[A-Za-z][-‑]))
        [0-9][A-Za-z0-9]*(?:[.\-‑/][A-Za-z]?[0-9][A-Za-z0-9]*)*\+?""",
    begins=FIGURES,
)
def code(match: re.Match[str]) -> list[Number] | None:
    """A name of letters and digits: ``V12.3``, ``COVID-19``, ``F-16``; ``Q4`` and ``H1`` too.

    The digits stand alone after all in ``iPhone15``, ``mid-2024`` and ``RMB500``.
    """
    start = match.start()
    before = _BEFORE.search(match.string, max(0, start - 21), start)
    if before is None:
        return None
    letters, hyphen = before[1], before[2]
    if _PREFIXES.fullmatch(letters) or _MONEY.fullmatch(letters):
        return None
    if letters.islower() if hyphen else len(letters) >= _WORD:
        return None
    key = (letters + match[0].replace("-", "").replace("‑", "")).upper()
    kind = next((kind for name, kind in _NAMED.items() if name.fullmatch(key)), Kind.CODE)
    return [Number(key, (before.start(), match.end()), kind)]


@rules.add(r"(?P<n>[1-4])Q(?=[0-9]{2}\b|20[0-9]{2}\b|[^0-9A-Za-z]|\Z)", begins=FIGURES, needs="Q")
def quarter(match: re.Match[str]) -> list[Number]:
    """``4Q``, ``4Q24``."""
    return number(match, f"Q{match['n']}", Kind.QUARTER)


@rules.add(
    r"""(?P<y>(?:1[5-9]|20)[0-9]{2})(?P<mark>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=mark)
        (?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9]|[./-][0-9])""",
    begins=FIGURES,
    needs="[-/.]",
)
def iso_date(match: re.Match[str]) -> list[Number] | None:
    """``2026-02-06``: the year, and the day."""
    key = date_key(int(match["m"]), int(match["d"]))
    if key is None:
        return None
    year = number(match, match["y"], Kind.YEAR, "y")
    return [*year, Number(key, (match.start("m"), match.end()), Kind.DATE)]


@rules.add(
    r"""(?P<h>[0-9]{1,2}):(?P<m>[0-5][0-9])(?::(?P<s>[0-5][0-9]))?(?![0-9:])
        (?:[ ]?(?P<half>[aApP])(?:\.[ ]?[mM]\.?|[mM]\b))?""",
    begins=FIGURES,
    needs=":",
)
def clock(match: re.Match[str]) -> list[Number] | None:
    """``2:30 p.m.``; None for a score such as ``88:75``."""
    second = int(match["s"]) if match["s"] else None
    hour = hour_of_day(int(match["h"]), match["half"])
    key = time_key(hour, int(match["m"]), second)
    return number(match, key, Kind.TIME) if key else None


def hour_of_day(hour: int, half: str | None) -> int:
    """The hour from 0 to 24 for an hour with ``a`` or ``p`` (a.m., p.m.), or without."""
    if half is None:
        return hour
    if half in "pP":
        return hour if hour >= 12 else hour + 12
    return 0 if hour == 12 else hour


@rules.add(
    r"(?P<a>(?:19|20)[0-9]{2})[-–/](?P<b>[0-9]{2})(?![0-9]|[-/.][0-9]|[A-Za-z])",
    begins=FIGURES,
    needs="[-–/]",
)
def season(match: re.Match[str]) -> list[Number] | None:
    """``2023-24``: two years when the second follows; ``2023-05`` is a year and a month."""
    first, second = match["a"], int(match["b"])
    year = number(match, first, Kind.YEAR, "a")
    if second == int(first[2:]) + 1 or second > max(12, int(first[2:])):
        return [*year, *number(match, first[:2] + match["b"], Kind.YEAR, "b")]
    month = date_key(second, None)
    return [*year, *number(match, month, Kind.DATE, "b")] if month else None


@rules.add(
    r"""\+?[0-9]{2,4}[- ][0-9]{3,4}[- ][0-9]{4}(?![0-9,])   # telephone
      | 0[0-9]{2,3}-[0-9]{7,8}(?![0-9])
      | [0-9]+(?:\.[0-9]+){2,}(?![0-9])                     # versions, sections, addresses
    """
    rf"| [0-9]{{{MAX_DIGITS + 1},}} | 1[3-9][0-9]{{9}}(?![0-9])",
    begins=FIGURES + "+",
    needs=r"[0-9](?:-|[ ][0-9])|[.].*[.]|[0-9]{11}",
)
def name(match: re.Match[str]) -> list[Number]:
    """Digits that name something: a telephone number, ``1.2.3``, a long run."""
    return number(match, match[0].translate(_NO_MARKS), Kind.CODE)


@rules.add(r"(?P<y>(?:1[0-9]|20)[0-9]0)['’]?s\b", begins=FIGURES, needs="['’s]")
def decade(match: re.Match[str]) -> list[Number]:
    """``1990s``."""
    return number(match, decade_key(match["y"]), Kind.DECADE)


def decade_key(year: str, century: int = 19) -> str:
    """A decade given by two or four digits: ``1990s``."""
    return f"{year if len(year) == 4 else f'{century}{year}'}s"


@rules.add(
    r"(?P<a>1?[0-9])(?P<mark>[·/])(?P<b>[1-3]?[0-9])(?![0-9/·])", begins=FIGURES, needs="[·/]"
)
def slashed(match: re.Match[str]) -> list[Number] | None:
    """``1/3``, ``24/7`` and the days known by their date: ``9/11`` is ``9·11`` in Chinese."""
    return number(match, f"{int(match['a'])}/{int(match['b'])}", Kind.FRACTION)


@rules.add(
    rf"""(?:(?<=[$€£¥])(?P<money>{DIGITS})[ ]?(?P<money_scale>[KkMm]|bn|B|b|tn|T|mn|mln|bln|trn)
        | (?P<n>{DIGITS})[ ]?(?P<scale>k|mn|mln|bn|bln|B|tn|trn))(?![A-Za-z0-9])""",
    begins=FIGURES,
    needs="[kKmMbBtT]",
)
def short_scale(match: re.Match[str]) -> list[Number]:
    """``$1.2m``, ``1.3B``, ``200k``, ``3 bln``."""
    kind = "money" if match["money"] else "n"
    power = _SCALES[(match["money_scale"] or match["scale"])[0].lower()]
    return number(match, plain_key(scaled(value_of_digits(match[kind]), power)), Kind.NUMBER)


@rules.add(rf"{DIGITS}[A-Za-z][A-Za-z0-9]*\+?", begins=FIGURES, needs="[0-9][A-Za-z]")
def digit_name(match: re.Match[str]) -> list[Number] | None:
    """A name that begins with digits: ``5G``, ``3D``; None for a number with its unit."""
    if _UNITS.match(match.string, _digits_end(match)):
        return None
    return number(match, match[0].upper(), Kind.CODE)


_NO_MARKS = str.maketrans("", "", "- +")
_SCALES = {"k": 3, "m": 6, "b": 9, "t": 12}
_UNITS = re.compile(UNIT)
_DIGITS = re.compile(DIGITS)


def _digits_end(match: re.Match[str]) -> int:
    digits = _DIGITS.match(match.string, match.start())
    assert digits is not None  # the rule begins with them
    return digits.end()


def value_of_digits(digits: str) -> Decimal:
    """The value of a match of :data:`DIGITS`.

    >>> value_of_digits("1,234.50")
    Decimal('1234.50')
    """
    return Decimal(digits.replace(",", "").replace("，", ""))


def digits_number(match: re.Match[str]) -> list[Number]:
    """The digits that a match begins with, as a number."""
    start, end = match.start(), _digits_end(match)
    return [Number(key_of_digits(match.string[start:end]), (start, end), Kind.NUMBER)]


@lru_cache(maxsize=1 << 12)
def key_of_digits(digits: str) -> str:
    """The key of a match of :data:`DIGITS`."""
    return plain_key(value_of_digits(digits))
