"""Whether the numbers and dates of the two sides of a bead agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from models.records import Lang
from tasks.numbers import Kind, Number, numbers

#: Small whole numbers are often words of another kind (a pair, both, 一, a decade).
_SMALL = 9
#: Numbers this near each other are one number, rounded.
_ROUNDED = Decimal("0.005")
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


def compare_numbers(zh_text: str, en_text: str) -> NumberCheck:
    """Compare the numbers of both sides by value.

    >>> compare_numbers("第3位,约占12%", "Third, at about 21 per cent")
    NumberCheck(zh_only=('12%',), en_only=('21%',), mismatch=True)
    """
    zh = {number.key: number for number in numbers(zh_text, Lang.ZH)}
    en = {number.key: number for number in numbers(en_text, Lang.EN)}
    zh_only, en_only = _missing(zh, en), _missing(en, zh)
    if not zh_only and not en_only:
        return NumberCheck((), (), False)
    mismatch = (
        bool({_group(n) for n in zh_only} & {_group(n) for n in en_only} - {None})
        or any(map(_heavy, zh_only))
        or any(map(_heavy, en_only))
    )
    return NumberCheck(_keys(zh_only), _keys(en_only), mismatch)


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
    a, b = _value(one), _value(other)
    if a is None or b is None:
        return False
    return a == b or (a > _SMALL and abs(a - b) <= _ROUNDED * max(a, b))


def _date_parts(key: str) -> set[tuple[str, str]]:
    """Month and day of a date's key, those that it has."""
    month, _, day = key[2:].partition("-")
    return {(name, part) for name, part in (("month", month), ("day", day)) if part}


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
    value = _value(number)
    if value is None:
        return None
    if number.kind == Kind.PERCENT:
        return "percent"
    if number.kind == Kind.YEAR:
        return "year"
    if number.kind == Kind.NUMBER and (value > _SMALL or value != int(value)):
        return "amount"
    return None


def _heavy(number: Number) -> bool:
    """Whether a number cannot be left out by a translation."""
    value = _value(number)
    if value is None or number.kind not in (Kind.NUMBER, Kind.PERCENT) or value in _WORDY:
        return False
    figures = len(value.normalize().as_tuple().digits)
    return figures >= (_FIGURES - 1 if number.kind == Kind.PERCENT else _FIGURES)
