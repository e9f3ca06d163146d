"""Civil periods: without gap, without overlap, for every day of a century and a half."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.kernel.periods import (
    Per,
    business_day,
    days_of,
    from_minute,
    midnight,
    month_began,
    month_of,
    number_of,
    period_of,
    to_minute,
)

FIRST, LAST = date(1950, 1, 1), date(2100, 12, 31)
WHOLE = [per for per in Per if per is not Per.HOUR]


@pytest.mark.parametrize("per", WHOLE)
def test_every_day_from_1950_to_2100_lies_in_its_one_period(per):
    number = number_of(per, FIRST.toordinal())
    began, ended = days_of(per, number)
    for day in range(FIRST.toordinal(), LAST.toordinal() + 1):
        if day == ended:
            number += 1
            (began, ended), before = days_of(per, number), ended
            assert began == before
        assert number_of(per, day) == number
        assert began <= day < ended


@pytest.mark.parametrize(
    ("per", "day", "began", "ended"),
    [
        (Per.WEEK, "2026-11-22", "2026-11-16", "2026-11-23"),  # Sunday ends the week
        (Per.WEEK, "2027-01-01", "2026-12-28", "2027-01-04"),
        (Per.HALF_MONTH, "2026-11-15", "2026-11-01", "2026-11-16"),
        (Per.HALF_MONTH, "2028-02-29", "2028-02-16", "2028-03-01"),
        (Per.MONTH, "2100-02-28", "2100-02-01", "2100-03-01"),  # 2100 is no leap year
        (Per.QUARTER, "2026-12-31", "2026-10-01", "2027-01-01"),
        (Per.HALF_YEAR, "2026-06-30", "2026-01-01", "2026-07-01"),
        (Per.YEAR, "2028-02-29", "2028-01-01", "2029-01-01"),
    ],
)
def test_periods_worked_by_hand(per, day, began, ended):
    assert period_of(per, date.fromisoformat(day)) == (date.fromisoformat(began), date.fromisoformat(ended))


def test_the_business_day_is_that_of_shanghai():
    assert business_day(datetime(2026, 11, 20, 16, 0, tzinfo=UTC)) == date(2026, 11, 21)
    assert business_day(datetime(2026, 11, 20, 15, 59, tzinfo=UTC)) == date(2026, 11, 20)


@given(st.dates(FIRST, LAST))
def test_months_are_numbered_without_gap(day):
    month = month_of(day.toordinal())

    assert month_began(month) <= day.toordinal() < month_began(month + 1)


@given(st.dates(date(1992, 1, 1), LAST), st.integers(0, 1439))
def test_civil_minutes_and_instants_are_inverse(day, minute):
    at = from_minute(day.toordinal() * 1440 + minute)

    assert to_minute(at.astimezone(UTC)) == day.toordinal() * 1440 + minute
    assert business_day(at) == day
    assert midnight(day) <= at
