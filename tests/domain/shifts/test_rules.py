"""Gaps are measured by clock time; groups go round the shifts."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.domain.shifts.rules import DAY, Gap, Need, gaps, rotation

ALL_DAY = Need(0, 0, 1)
DOUBLE = Need(7 * 60, 19 * 60, 2)


@pytest.mark.clause("A-302")
@pytest.mark.clause("A-303")
def test_three_shifts_of_one_guard_leave_the_double_post_short_by_one_from_seven_to_nineteen():
    turns = [(0, 480), (480, 960), (960, 1440)]
    assert gaps([ALL_DAY, DOUBLE], turns, 0, DAY) == [Gap(420, 1140, 1)]


def test_a_second_guard_from_seven_to_nineteen_closes_it():
    assert gaps([ALL_DAY, DOUBLE], [(0, 480), (480, 960), (960, 1440), (420, 1140)], 0, DAY) == []


@pytest.mark.clause("A-034")
def test_a_night_without_anybody_is_a_gap_even_over_midnight():
    assert gaps([Need(22 * 60, 6 * 60, 1)], [(DAY - 120, DAY)], 0, 2 * DAY) == [
        Gap(0, 360, 1),
        Gap(DAY, DAY + 360, 1),
        Gap(2 * DAY - 120, 2 * DAY, 1),
    ]


def test_nothing_is_needed_where_nothing_is_asked():
    assert gaps([], [(0, 10)], 0, DAY) == []


@given(
    st.lists(st.tuples(st.integers(0, DAY - 1), st.integers(0, DAY - 1), st.integers(1, 3)), max_size=4),
    st.lists(st.tuples(st.integers(-200, 2 * DAY), st.integers(1, 900)), max_size=8),
)
def test_gaps_agree_with_counting_every_minute(needs, spans):
    turns = [(began, began + length) for began, length in spans]
    wanted = [Need(*need) for need in needs]
    missing = {}
    for minute in range(2 * DAY):
        heads = max((need.heads for need in wanted if (minute - need.began) % DAY < ((need.ended - need.began) % DAY or DAY)), default=0)
        short = heads - sum(began <= minute < ended for began, ended in turns)
        if short > 0:
            missing[minute] = short
    found = gaps(wanted, turns, 0, 2 * DAY)
    assert {minute: gap.missing for gap in found for minute in range(gap.began, gap.ended)} == missing
    assert all(a.ended < b.began or a.missing != b.missing for a, b in pairwise(found))


@pytest.mark.clause("B-245")
def test_three_groups_go_round_three_shifts():
    placings = rotation(3, 3, date(2026, 3, 1), date(2026, 3, 4))
    assert [(p.day.day, p.group) for p in placings if p.pattern == 0] == [(1, 0), (2, 2), (3, 1)]
    assert {(p.day.day, p.pattern): p.group for p in placings}.keys() == {(day, pattern) for day in (1, 2, 3) for pattern in range(3)}


def test_fewer_groups_than_shifts_are_an_error():
    with pytest.raises(ValueError, match="fewer groups"):
        rotation(2, 3, date(2026, 3, 1), date(2026, 3, 2))
