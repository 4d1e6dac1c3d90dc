"""Every form of date that news pages use."""

import pytest

from tasks.metadata.dates import date_at, join_day_and_time, time_at


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2026-02-06", "2026-02-06", "day"),
        ("2026.02.06 14:54", "2026-02-06T14:54", "minute"),
        ("2026/2/6 14:54:07", "2026-02-06T14:54:07", "second"),
        ("2025-03-05T10:20:30+08:00", "2025-03-05T10:20:30+08:00", "second"),
        ("2025-03-05T10:20:30.123Z", "2025-03-05T10:20:30Z", "second"),
        ("2025年3月5日", "2025-03-05", "day"),
        ("2025年3月5日（星期三）14:20", "2025-03-05T14:20", "minute"),
        ("2025年3月5日 下午3时05分", "2025-03-05T15:05", "minute"),
        ("2025 年 3 月 5 日", "2025-03-05", "day"),
        ("二〇二五年三月十四日", "2025-03-14", "day"),
        ("二零二四年十二月三十一日", "2024-12-31", "day"),
        ("民國114年3月14日", "2025-03-14", "day"),
        ("民国一一四年三月十四日", "2025-03-14", "day"),
        ("20250305", "2025-03-05", "day"),
        ("2024年11月", "2024-11", "month"),
        ("Nov 2024", "2024-11", "month"),
        ("3月5日", "--03-05", "month_day"),
        ("April 20", "--04-20", "month_day"),
        ("20 April", "--04-20", "month_day"),
        ("February 29", "--02-29", "month_day"),
        ("March 5, 2025", "2025-03-05", "day"),
        ("Mar. 5, 2025 at 4:05 p.m. EST", "2025-03-05T16:05-05:00", "minute"),
        ("Wednesday, March 5th, 2025, 12:00 AM", "2025-03-05T00:00", "minute"),
        ("Wed, 5 Mar 2025 08:00 GMT", "2025-03-05T08:00Z", "minute"),
        ("5 March 2025", "2025-03-05", "day"),
        ("2025 March 5", "2025-03-05", "day"),
        ("11/11 2024", "2024-11-11", "day"),
        ("31/12/2024", "2024-12-31", "day"),
        ("12/31/2024", "2024-12-31", "day"),
        ("3小时前", "3小时前", "relative"),
        ("昨天 14:20", "昨天 14:20", "relative"),
        ("2 hours ago", "2 hours ago", "relative"),
        ("yesterday", "yesterday", "relative"),
        ("北京时间", None, None),
        ("2025-13-05", None, None),
        ("2025-02-30", None, None),
        ("2025", None, None),
        ("1.2.3", None, None),
        ("2025-03-051", None, None),
        ("Marches", None, None),
        ("May be", None, None),
        ("Sunset", None, None),
        ("", None, None),
    ],
)
def test_forms(text: str, value: str | None, precision: str | None) -> None:
    date = date_at(text)
    if value is None:
        assert date is None
    else:
        assert date is not None
        assert (date.value, date.precision, date.end) == (value, precision, len(text))


@pytest.mark.parametrize(
    ("text", "value", "other"),
    [
        ("03/07 2025", "2025-03-07", "2025-07-03"),
        ("03/07/2025", "2025-03-07", "2025-07-03"),
        ("03/07/25", "2025-03-07", "2025-07-03"),
        ("05.03.2025", "2025-03-05", "2025-05-03"),  # points: the European order
        ("03/07/2025 10:20", "2025-03-07T10:20", "2025-07-03T10:20"),
    ],
)
def test_ambiguous_dates_are_flagged(text: str, value: str, other: str) -> None:
    date = date_at(text)
    assert date is not None
    assert date.ambiguous
    assert (date.value, date.alternatives) == (value, (other,))


def test_a_zone_is_never_guessed() -> None:
    for text in ("March 5, 2025 4:05 p.m. ET", "2026.02.06 14:54", "2025-03-05 10:20 CST"):
        date = date_at(text)
        assert date is not None
        assert date.value[16:] == ""


def test_times() -> None:
    time = time_at("4:05 p.m.")
    day = date_at("March 3, 2025")
    assert time is not None
    assert day is not None
    assert time.value == "T16:05"
    assert join_day_and_time(day, time).value == "2025-03-03T16:05"
    assert time_at("25:00") is None
    assert time_at("13:00 pm") is None


def test_a_month_without_year_keeps_its_time() -> None:
    """``03-12 17:58`` under a headline says day and hour; only the year is not known."""
    date = date_at("03-05 10:20")
    assert date is not None
    assert (date.value, date.end, date.precision) == ("--03-05T10:20", 11, "month_day")


def test_a_month_with_a_letter_less_is_no_month() -> None:
    """``Sepember`` was found as one and looked up in vain, which ended the run."""
    assert date_at("3 Sepember 2025, 10:30") is None
    found = [date_at(f"3 {month} 2025") for month in ("Sep", "Sep.", "Sept", "Sept.", "September")]
    assert [date.value for date in found if date is not None] == ["2025-09-03"] * 5
