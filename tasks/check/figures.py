"""Whether the numbers and dates of the two sides of a bead agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tasks.numbers import Kind, Number

#: Small whole numbers are often words of another kind (a pair, both, 一, a decade).
_SMALL = 9
#: Numbers this near each other are one number, rounded, if one is large or has decimals.
_ROUNDED, _LARGE = Decimal("0.005"), 10_000
#: Whole numbers in this range may be years, also where nothing says so.
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_FIGURES = 3  # a number of so many figures does not get lost in a translation
#: Percentages that are often words: all, half, a quarter.
_WORDY = {Decimal(n) for n in (10, 20, 25, 50, 75, 100)}


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """Keys of numbers that one side has and the other has not; repetitions do not count.

    ``mismatch`` is true when it is sure that the sides disagree: both have a number of the same
    kind that the other has not, or one has a number of several figures too much.
    """

    zh_only: tuple[str, ...]
    en_only: tuple[str, ...]
    mismatch: bool


def compare_numbers(zh_numbers: Sequence[Number], en_numbers: Sequence[Number]) -> NumberCheck:
    """Compare the numbers of both sides by value.

    >>> from models.records import Lang
    >>> from tasks.numbers import numbers
    >>> zh = numbers("第3位,约占12%", Lang.ZH)
    >>> compare_numbers(zh, numbers("Third, at about 21 per cent", Lang.EN))
    NumberCheck(zh_only=('12%',), en_only=('21%',), mismatch=True)
    """
    zh = {number.key: number for number in zh_numbers}
    en = {number.key: number for number in en_numbers}
    zh_only, en_only = _missing(zh, en), _missing(en, zh)
    if not zh_only and not en_only:
        return NumberCheck((), (), False)
    mismatch = (
        bool({_group(n) for n in zh_only} & {_group(n) for n in en_only} - {None})
        or any(map(_heavy, zh_only))
        or any(map(_heavy, en_only))
    )
    return NumberCheck(_keys(zh_only), _keys(en_only), mismatch)


def without(text: str, found: Sequence[Number]) -> str:
    """``text`` with a blank in the place of each number (sorted, as :func:`numbers` gives them)."""
    if not found:
        return text
    out: list[str] = []
    done = 0
    for number in found:
        start, end = number.span
        out.append(text[done:start])
        done = end
    out.append(text[done:])
    return " ".join(out)


def _keys(found: Sequence[Number]) -> tuple[str, ...]:
    return tuple(sorted(number.key for number in found))


def _missing(side: Mapping[str, Number], other: Mapping[str, Number]) -> list[Number]:
    """The numbers of a side that the other has not, in no form."""
    left = [number for key, number in side.items() if key not in other]
    return [n for n in left if not any(_same(n, o) for o in other.values())]


def _same(one: Number, other: Number) -> bool:
    """Whether two different keys may say the same: 第2 and 2, March and March 5, 1.25 and 1.253."""
    if one.kind == Kind.DATE and other.kind == Kind.DATE:
        return _date_parts(one.key) <= _date_parts(other.key) or (
            _date_parts(other.key) <= _date_parts(one.key)
        )
    if one.kind == Kind.TIME and other.kind == Kind.TIME:
        return _on_dial(one.key) == _on_dial(other.key)
    a, b = _value(one), _value(other)
    if a is None or b is None:
        return False
    rounded = max(a, b) >= _LARGE or not (_whole(a) and _whole(b))
    return a == b or (rounded and a > _SMALL and abs(a - b) <= _ROUNDED * max(a, b))


def _whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _year(value: Decimal) -> bool:
    return _whole(value) and _FIRST_YEAR <= value <= _LAST_YEAR


def _date_parts(key: str) -> set[tuple[str, str]]:
    """Month and day of a date's key, those that it has."""
    month, _, day = key[2:].partition("-")
    return {(name, part) for name, part in (("month", month), ("day", day)) if part}


def _on_dial(key: str) -> tuple[int, ...]:
    """A time of day as the hands of a clock show it: 14:30 and 2:30 are the same."""
    hour, *rest = map(int, key.split(":"))
    return (hour % 12, *rest)


def _value(number: Number) -> Decimal | None:
    """The bare value of a number, whatever it counts; None for dates, times and codes."""
    if number.kind in (Kind.DATE, Kind.TIME, Kind.CODE):
        return None
    try:
        return Decimal(number.key.strip("#%QHs"))
    except InvalidOperation:  # a fraction
        return None


def _group(number: Number) -> str | None:
    """What a number is compared with; None for those that translations often lose or turn."""
    if number.kind == Kind.DATE:
        return "date" if len(_date_parts(number.key)) == 2 else None
    if number.kind == Kind.CODE:
        return "code " + "".join([ch for ch in number.key if not ch.isdigit()])
    if number.kind in (Kind.TIME, Kind.PERCENT, Kind.YEAR):
        return number.kind
    value = _value(number)
    if value is None or number.kind not in (Kind.NUMBER, Kind.ORDINAL):
        return None
    if _year(value):
        return Kind.YEAR
    return "amount" if value > _SMALL or not _whole(value) else None


def _heavy(number: Number) -> bool:
    """Whether a number cannot be left out by a translation."""
    value = _value(number)
    if value is None or number.kind not in (Kind.NUMBER, Kind.PERCENT):
        return False
    if value in _WORDY or _year(value):
        return False
    figures = len(value.normalize().as_tuple().digits)
    return figures >= (_FIGURES - 1 if number.kind == Kind.PERCENT else _FIGURES)
