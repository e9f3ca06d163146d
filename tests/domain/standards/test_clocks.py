"""Clocks: deadlines of response clauses, worked by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.domain.standards.rules.clocks import (
    BadLimit,
    Clock,
    Limit,
    OpenLimit,
    Pause,
    Standing,
    Step,
    breach,
    due_at,
    left,
    moments,
    outstanding,
    standing,
)
from guanjia.domain.standards.rules.working_time import ALWAYS, Hours, NeverOpen, advance, business_hours, merged, worked
from guanjia.kernel.workdays import UnknownYear, Workdays
from tests.conftest import at

OFFICE = business_hours(Workdays(), (540, 1080))  # 09:00–18:00 on working days
LUNCH = business_hours(None, (510, 720), (840, 1050))  # 08:30–12:00 and 14:00–17:30


def limit(text: str) -> Limit:
    return Limit.from_params(dict(pair.split("=", 1) for pair in text.split(";")))


def clock(text: str, start: str, hours: Hours = ALWAYS, *pauses: tuple[str, str | None], **marks: str) -> Clock:
    spans = tuple(Pause(at(began), at(ended) if ended else None, "等配件") for began, ended in pauses)
    return Clock(at(start), limit(text), hours, spans, **{name: at(text) for name, text in marks.items()})


@pytest.mark.clause("A-183")
def test_an_emergency_runs_through_the_night():
    assert due_at(clock("minutes=30;from=report;to=arrival", "2026-11-21 23:45")) == at("2026-11-22 00:15")


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-20 17:30", 60, "2026-11-23 09:30"),  # Friday evening to Monday morning
        ("2026-11-20 17:30", 30, "2026-11-20 18:00"),  # up when the office closes, not when it opens again
        ("2026-11-21 10:00", 30, "2026-11-23 09:30"),  # begun on a Saturday
        ("2026-09-30 17:00", 240, "2026-10-08 12:00"),  # over the seven days of October: 1 h before, 3 h after
        ("2026-09-18 17:30", 120, "2026-09-20 10:30"),  # Friday to the Sunday worked for 7 October
        ("2026-02-13 17:00", 120, "2026-02-14 10:00"),  # the Saturday worked before Spring Festival
        ("2026-02-14 17:00", 120, "2026-02-24 10:00"),  # then closed from 15 to 23 February
    ],
)
def test_working_time_follows_the_published_calendar(start, minutes, due):
    assert due_at(clock(f"minutes={minutes}", start, OFFICE)) == at(due)


def test_lunch_does_not_count():
    assert due_at(clock("minutes=90", "2026-11-23 11:30", LUNCH)) == at("2026-11-23 15:00")


def test_a_deadline_in_a_year_without_published_swaps_is_refused():
    with pytest.raises(UnknownYear):
        due_at(clock("minutes=600", "2026-12-31 15:00", OFFICE))


@pytest.mark.clause("B-233")
def test_a_week_from_completion_ends_with_the_seventh_day_after():
    assert due_at(clock("days=7;from=repair_completion;to=return_visit", "2026-11-02 16:20")) == at("2026-11-10 00:00")


def test_working_days_are_counted_over_the_holiday():
    assert due_at(clock("days=3", "2026-09-29 16:20", OFFICE)) == at("2026-10-10 00:00")  # 30 September, 8 and 9 October


@pytest.mark.clause("A-038")
def test_an_emergency_does_not_stay_over_night():
    assert due_at(clock("to=completion;deadline=end_of_same_day", "2026-11-21 21:10")) == at("2026-11-22 00:00")


@pytest.mark.clause("A-184")
def test_an_appointment_is_timed_against_the_agreed_slot():
    agreed = clock("deadline=appointment_time;to=arrival", "2026-11-20 09:00", agreed_at="2026-11-21 14:00")

    assert due_at(agreed) == at("2026-11-21 14:00")
    assert standing(agreed, at("2026-11-21 14:01")) == Standing.OVER
    assert standing(clock("deadline=appointment_time", "2026-11-20 09:00"), at("2026-11-20 10:00")) == Standing.WAITING


@pytest.mark.clause("B-238")
def test_ten_minutes_before_the_shift_counts_back():
    assert due_at(clock("minutes=10;before=shift_start", "2026-11-21 08:00")) == at("2026-11-21 07:50")


def test_a_pause_moves_the_deadline_by_its_working_time_only():
    # Paused Friday 17:00 to Monday 10:00: two hours of it are working time.
    assert due_at(clock("minutes=240", "2026-11-20 15:00", OFFICE, ("2026-11-20 17:00", "2026-11-23 10:00"))) == at("2026-11-23 12:00")


def test_a_pause_at_night_moves_nothing():
    assert due_at(clock("minutes=240", "2026-11-20 15:00", OFFICE, ("2026-11-20 19:00", "2026-11-21 06:00"))) == at("2026-11-23 10:00")
    assert due_at(clock("days=3", "2026-11-16 10:00", OFFICE, ("2026-11-17 20:00", "2026-11-17 23:00"))) == at("2026-11-20 00:00")


def test_pauses_that_overlap_count_once():
    pauses = (("2026-11-23 10:00", "2026-11-23 11:00"), ("2026-11-23 10:30", "2026-11-23 11:30"))

    assert due_at(clock("minutes=120", "2026-11-23 09:00", OFFICE, *pauses)) == at("2026-11-23 12:30")


def test_a_pause_after_the_deadline_does_not_revive_it():
    assert due_at(clock("minutes=60", "2026-11-23 09:00", OFFICE, ("2026-11-23 10:00", None))) == at("2026-11-23 10:00")


def test_a_running_pause_leaves_no_deadline_and_a_known_rest():
    paused = clock("minutes=120", "2026-11-23 09:00", OFFICE, ("2026-11-23 10:00", None))

    assert due_at(paused) is None
    assert left(paused, at("2026-11-24 16:00")) == timedelta(hours=1)
    assert standing(paused, at("2026-11-24 16:00")) == Standing.PAUSED


def test_a_new_priority_keeps_mark_and_pauses():
    normal = clock("minutes=480", "2026-11-20 16:00", OFFICE, ("2026-11-20 16:30", "2026-11-20 17:00"))

    urgent = normal.under(limit("minutes=30"), ALWAYS)

    assert due_at(normal) == at("2026-11-23 15:30")
    assert due_at(urgent) == at("2026-11-20 16:30")
    assert due_at(urgent.under(limit("minutes=60"))) == at("2026-11-20 17:30")


def test_a_late_close_is_a_breach_whatever_a_timer_did():
    late = clock("minutes=60", "2026-11-20 17:30", OFFICE, stopped_at="2026-11-23 10:00")

    assert breach(late) == timedelta(minutes=30)
    assert standing(late, at("2026-11-30 09:00")) == Standing.LATE


def test_a_close_at_the_deadline_is_in_time():
    punctual = clock("minutes=60", "2026-11-20 17:30", OFFICE, stopped_at="2026-11-23 09:30")

    assert (breach(punctual), standing(punctual, at("2026-11-30 09:00"))) == (timedelta(), Standing.ON_TIME)


def test_a_close_at_night_after_the_deadline_is_late_though_no_working_time_passed():
    late = clock("minutes=30", "2026-11-20 17:30", OFFICE, stopped_at="2026-11-20 21:00")

    assert (breach(late), standing(late, at("2026-11-30 09:00"))) == (timedelta(seconds=1), Standing.LATE)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-21 09:00", Standing.FINE),
        ("2026-11-21 10:29", Standing.FINE),
        ("2026-11-21 10:30", Standing.SOON),  # 30 of 120 minutes left: a quarter
        ("2026-11-21 10:47", Standing.SOON),
        ("2026-11-21 10:48", Standing.URGENT),  # 12 of 120 minutes left: a tenth
        ("2026-11-21 11:00", Standing.URGENT),
        ("2026-11-21 11:01", Standing.OVER),
    ],
)
def test_two_hours_run_from_fine_to_over(now, expected):
    assert standing(clock("minutes=120", "2026-11-21 09:00"), at(now)) == expected


STEPS = (Step("soon", "维修人员", minutes=-10), Step("late", "客服部主管", minutes=0), Step("very_late", "项目经理", minutes=60))


def test_warnings_and_escalations_fall_due_in_working_time():
    found = moments(clock("minutes=30", "2026-11-20 17:25", OFFICE), STEPS)

    assert [(moment.step.key, moment.at) for moment in found] == [
        ("soon", at("2026-11-20 17:45")),
        ("late", at("2026-11-20 17:55")),
        ("very_late", at("2026-11-23 09:55")),
    ]


def test_a_warning_may_follow_the_limit():
    (half,) = moments(clock("minutes=120", "2026-11-21 09:00"), [Step("half", "维修人员", share=50)])

    assert half.at == at("2026-11-21 10:00")


def test_moments_missed_while_the_machine_was_off_are_still_told_once():
    running = clock("minutes=30", "2026-11-20 09:00", OFFICE)

    assert [moment.step.key for moment in outstanding(running, STEPS, {"soon"}, at("2026-11-25 08:00"))] == ["late", "very_late"]
    assert outstanding(running, STEPS, {"soon", "late", "very_late"}, at("2026-11-25 08:00")) == []


def test_a_stopped_clock_escalates_no_more():
    stopped = clock("minutes=30", "2026-11-20 09:00", OFFICE, stopped_at="2026-11-20 09:25")

    assert [moment.step.key for moment in moments(stopped, STEPS)] == ["soon"]


@pytest.mark.parametrize("text", ["minutes=configurable", "minutes=0;from=arrival;to=start"])
def test_an_open_limit_is_an_error_not_zero(text):
    with pytest.raises(OpenLimit):
        limit(text)


@pytest.mark.parametrize("text", ["from=report", "minutes=soon", "deadline=some_day"])
def test_a_limit_that_cannot_be_read_is_refused(text):
    with pytest.raises(BadLimit):
        limit(text)


def test_hours_that_never_open_are_refused():
    with pytest.raises(NeverOpen):
        advance(Hours(((),) * 7), at("2026-11-20 09:00"), timedelta(minutes=1))


INSTANTS = st.integers(0, 2250 * 86400).map(lambda seconds: at("2020-01-01 00:00") + timedelta(seconds=seconds))
AMOUNTS = st.timedeltas(timedelta(), timedelta(hours=60))
HOURS = st.sampled_from([ALWAYS, OFFICE, LUNCH])
SPANS = st.lists(st.tuples(st.timedeltas(timedelta(), timedelta(days=9)), AMOUNTS), max_size=4)


@given(HOURS, INSTANTS, AMOUNTS)
def test_advancing_and_measuring_are_inverse(hours, start, amount):
    assert worked(hours, start, advance(hours, start, amount)) == amount


@given(HOURS, INSTANTS, AMOUNTS, SPANS)
def test_the_deadline_leaves_exactly_the_allowed_time_outside_pauses(hours, start, amount, spans):
    minutes = int(amount.total_seconds() // 60) + 1
    pauses = tuple(Pause(start + offset, start + offset + length) for offset, length in spans)
    running = Clock(start, Limit(minutes=minutes), hours, pauses)

    due = due_at(running)

    paused = sum(
        (worked(hours, began, min(ended, due)) for began, ended in merged([(p.began_at, p.ended_at) for p in pauses])), timedelta()
    )
    assert worked(hours, start, due) - paused == timedelta(minutes=minutes)
    assert left(running, due) == timedelta()
