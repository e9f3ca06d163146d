"""Working days: the published arrangement, make-up days, overrides, and years that nobody knows yet."""

from __future__ import annotations

from datetime import date

import pytest

from guanjia.kernel.workdays import UnknownYear, Workdays, calendar

PUBLISHED = Workdays()


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2025-01-26", True),  # Sunday worked for Spring Festival
        ("2025-02-04", False),
        ("2025-02-08", True),
        ("2025-09-28", True),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-01-02", False),
        ("2026-01-04", True),
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2026-02-28", True),
        ("2026-05-05", False),
        ("2026-05-09", True),
        ("2026-09-20", True),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),
        ("2026-11-21", False),  # an ordinary Saturday
        ("2026-11-23", True),
    ],
)
def test_days_of_the_state_council_notices(day, worked):
    assert PUBLISHED.worked(date.fromisoformat(day)) is worked


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_since_2025_has_248_working_days(year):
    assert PUBLISHED.count(date(year, 1, 1), date(year + 1, 1, 1)) == 248


def test_a_year_that_is_not_published_is_unknown():
    assert not PUBLISHED.knows(2027)
    for day in (date(2027, 1, 1), date(2027, 3, 3), date(2027, 3, 6)):
        with pytest.raises(UnknownYear, match="2027"):
            PUBLISHED.worked(day)


def test_one_override_decides_its_day_and_not_its_year():
    known = calendar([(date(2027, 3, 3), False)])

    assert known.worked(date(2027, 3, 3)) is False
    with pytest.raises(UnknownYear):
        known.worked(date(2027, 3, 4))


def test_a_year_described_completely_is_known():
    known = calendar([(date(2027, 10, 1), False), (date(2027, 10, 9), True)], published=[2027])

    assert [known.worked(date(2027, 10, day)) for day in (1, 8, 9, 10)] == [False, True, True, False]


def test_an_override_wins_over_what_is_published():
    assert calendar([(date(2026, 11, 23), False)]).worked(date(2026, 11, 23)) is False


def test_the_day_of_the_beginning_is_not_counted():
    assert PUBLISHED.after(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert PUBLISHED.after(date(2026, 9, 18), 1) == date(2026, 9, 20)


def test_free_days_have_their_published_names():
    assert PUBLISHED.holiday_name(date(2026, 10, 1)) == "国庆节"
    assert PUBLISHED.holiday_name(date(2026, 11, 21)) == ""


def test_a_make_up_day_is_a_weekend_that_is_worked():
    assert [PUBLISHED.made_up(date(2026, 9, day)) for day in (19, 20, 21)] == [False, True, False]
