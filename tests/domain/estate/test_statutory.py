"""Statutory dates and meters: pure arithmetic on dated tables."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.domain.estate.rules import meters, statutory

LIFT = statutory.in_force("lift", date(2026, 11, 1))[0]
TANK = {duty.code: duty for duty in statutory.in_force("water_tank", date(2026, 11, 1))}


def test_a_lift_is_inspected_in_the_years_of_the_table():
    accepted, done, dues = date(2024, 6, 15), None, []
    for _ in range(9):
        done = statutory.next_due(LIFT, accepted_on=accepted, done_on=done)
        dues.append(done.year - accepted.year)
    assert dues == [1, 4, 7, 9, 11, 13, 15, 16, 17]


@pytest.mark.parametrize(
    ("done_on", "due"),
    [
        (None, date(2025, 6, 15)),
        (date(2025, 4, 15), date(2028, 6, 15)),  # two months early: counts, and the base month stays
        (date(2025, 4, 14), date(2025, 6, 15)),  # a day too early: the first inspection is still due
        (date(2025, 9, 1), date(2028, 6, 15)),  # late: the next one does not move
    ],
)
def test_an_early_inspection_does_not_move_the_base_month(done_on, due):
    assert statutory.next_due(LIFT, accepted_on=date(2024, 6, 15), done_on=done_on) == due


def test_the_rule_of_the_day_is_used():
    assert statutory.in_force("lift", date(2024, 4, 1))[0].years == ()
    assert statutory.in_force("lift", date(2024, 4, 2))[0].years == (1, 4, 7, 9, 11, 13, 15)
    assert statutory.in_force("lift", date(2000, 1, 1)) == ()
    assert statutory.in_force("sofa", date(2026, 1, 1)) == ()


def test_a_tank_is_cleaned_every_half_year_and_tested_every_quarter():
    assert statutory.next_due(TANK["cleaning"], accepted_on=date(2020, 1, 1), done_on=date(2026, 8, 31)) == date(2027, 2, 28)
    assert statutory.next_due(TANK["water_test"], accepted_on=date(2020, 1, 1), done_on=date(2026, 8, 31)) == date(2026, 11, 30)


def test_every_row_of_the_table_names_its_source():
    assert all(duty.source and duty.name and duty.every_months > 0 for duty in statutory.every())
    assert len({(duty.category, duty.code, duty.began_on) for duty in statutory.every()}) == len(statutory.every())


@given(accepted=st.dates(date(1990, 1, 1), date(2026, 1, 1)), later=st.integers(0, 12000))
def test_the_next_date_always_lies_ahead_of_the_last(accepted, later):
    done = date.fromordinal(accepted.toordinal() + later)
    for duty in statutory.every():
        assert statutory.next_due(duty, accepted_on=accepted, done_on=done) > done


def test_consumption_runs_over_replacement_multiplier_and_rollover():
    before = meters.Stretch(first=Decimal("99950"), last=Decimal("30"))
    after = meters.Stretch(first=Decimal("5"), last=Decimal("15.5"), multiplier=Decimal(40))
    assert meters.used([before, after]) == Decimal("80") + Decimal("420.0")


def test_a_reading_that_the_dial_cannot_show_is_an_error():
    with pytest.raises(ValueError):
        meters.used([meters.Stretch(first=Decimal(0), last=Decimal(100_000))])


@pytest.mark.parametrize(("passed", "usual", "odd"), [(30, 10, False), (31, 10, True), (31, None, False), (5, 0, False)])
def test_a_jump_needs_a_second_look(passed, usual, odd):
    assert meters.suspicious(Decimal(passed), None if usual is None else Decimal(usual)) is odd
