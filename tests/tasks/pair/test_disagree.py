"""Metadata on which the two sides of a pair disagree."""

import pytest

from models.records import Conflict, Fact, Metadata
from tasks.pair import conflicts


def fact(
    value: str, *, precision: str | None = None, alternatives: tuple[str, ...] = ()
) -> Fact[str]:
    return Fact(value, value, None, "text", alternatives, bool(alternatives), precision)


def dates(zh: Fact[str], en: Fact[str]) -> tuple[Conflict, ...]:
    return conflicts(Metadata(published=zh), Metadata(published=en))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("2024-11-05", "2024-11-05"),
        ("2024-11-05T14:54", "2024-11-05"),
        ("2024-11", "2024-11-05"),
        ("2024", "2024-11-05T08:00:00Z"),
        ("--11-05", "2024-11-05"),
        ("--11-05", "2024"),
        ("2024-11-05T01:00:00+08:00", "2024-11-04T17:00:00Z"),  # the same moment
    ],
)
def test_dates_that_can_be_the_same_day_do_not_conflict(zh: str, en: str) -> None:
    assert dates(fact(zh), fact(en)) == dates(fact(en), fact(zh)) == ()


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("2024-11-05", "2024-11-06"),
        ("2024-10", "2024-11-05"),
        ("--11-05", "2024-11-06"),
        ("2024-11-05T01:00:00+08:00", "2024-11-08T17:00:00Z"),
        ("2024-02-31T01:00:00Z", "2024-02-30"),
    ],
)
def test_dates_of_different_days_conflict(zh: str, en: str) -> None:
    assert dates(fact(zh), fact(en)) == (Conflict("published", zh, en),)


def test_a_relative_date_or_an_alternative_reading_is_no_conflict() -> None:
    assert dates(fact("3小时前", precision="relative"), fact("2024-11-06")) == ()
    assert dates(fact("2025-03-07", alternatives=("2025-07-03",)), fact("2025-07-03")) == ()
    assert dates(fact("2025-03-07", alternatives=("2025-07-03",)), fact("2025-08-03")) != ()


def test_outlets_are_compared_within_one_script() -> None:
    def outlets(zh: str, en: str) -> tuple[Conflict, ...]:
        return conflicts(Metadata(outlet=fact(zh)), Metadata(outlet=fact(en)))

    assert outlets("新华社", "Xinhua") == ()
    assert outlets("Reuters", "REUTERS") == ()
    assert outlets("The New York Times", "New York Times") == ()
    assert outlets("Reuters", "Bloomberg") == (Conflict("outlet", "Reuters", "Bloomberg"),)


def test_addresses_conflict_when_the_sites_differ() -> None:
    def urls(zh: str, en: str) -> tuple[Conflict, ...]:
        return conflicts(Metadata(url=fact(zh)), Metadata(url=fact(en)))

    assert urls("https://cn.example.com/1", "https://www.example.com/en/1") == ()
    assert urls("https://example.com/1", "http://example.com:8080/2") == ()
    assert urls("https://a.example.org/1", "https://example.com/1") != ()
    assert urls("http://[broken", "http://[broken") == ()


def test_absent_fields_do_not_conflict() -> None:
    full = Metadata(published=fact("2024"), outlet=fact("A"), url=fact("http://a.b"))
    assert conflicts(full, Metadata()) == conflicts(Metadata(), full) == ()
