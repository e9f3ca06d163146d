"""Cadences: what the words of a plan make due, case by case."""

from __future__ import annotations

import csv
import itertools
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.domain.standards.rules.cadence import BadCadence, Cadence, OpenCadence, Slot, expand, follow
from guanjia.kernel.periods import Per
from guanjia.kernel.workdays import UnknownYear, Workdays
from tests.conftest import at

CALENDAR = Workdays()
ANCHOR = date(2026, 1, 1)


def parse(text: str) -> Cadence:
    return Cadence.from_params(dict(pair.split("=", 1) for pair in text.split(";")))


def slots(text: str, begin: str, end: str, anchor: date = ANCHOR) -> list[Slot]:
    return expand(parse(text), date.fromisoformat(begin), date.fromisoformat(end), CALENDAR, anchor)


def periods(text: str, begin: str, end: str, anchor: date = ANCHOR) -> list[tuple[str, str]]:
    found = dict.fromkeys((slot.period_began, slot.period_ended) for slot in slots(text, begin, end, anchor))
    return [(began.strftime("%Y-%m-%d"), ended.strftime("%Y-%m-%d")) for began, ended in found]


def suggested(text: str, begin: str, end: str, anchor: date = ANCHOR) -> list[str]:
    return [slot.suggested_on.isoformat() for slot in slots(text, begin, end, anchor)]


def test_a_month_is_its_own_length():
    assert periods("times=1;per=month", "2028-01-01", "2028-04-01") == [
        ("2028-01-01", "2028-02-01"),
        ("2028-02-01", "2028-03-01"),
        ("2028-03-01", "2028-04-01"),
    ]


def test_by_the_31st_is_the_last_day_of_a_shorter_month():
    assert periods("times=1;per=month;due_day=31", "2026-01-01", "2026-05-01") == [
        ("2026-01-01", "2026-02-01"),
        ("2026-02-01", "2026-03-01"),
        ("2026-03-01", "2026-04-01"),
        ("2026-04-01", "2026-05-01"),
    ]


@pytest.mark.parametrize(("year", "last"), [("2027", "2027-02-28"), ("2028", "2028-02-29")])
def test_the_end_of_february_follows_the_leap_day(year, last):
    assert suggested("times=1;per=month;timing=month_end", f"{year}-02-01", f"{year}-03-01") == [last]


def test_a_daily_round_is_due_on_the_leap_day():
    assert suggested("times=1;per=day", "2028-02-28", "2028-03-02") == ["2028-02-28", "2028-02-29", "2028-03-01"]


def test_weeks_run_on_over_the_end_of_the_year():
    assert periods("times=1;per=week", "2026-12-21", "2027-01-11") == [
        ("2026-12-21", "2026-12-28"),
        ("2026-12-28", "2027-01-04"),
        ("2027-01-04", "2027-01-11"),
    ]


def test_half_months_are_1_to_15_and_16_to_the_end():
    assert periods("times=1;per=half_month", "2028-02-01", "2028-04-01") == [
        ("2028-02-01", "2028-02-16"),
        ("2028-02-16", "2028-03-01"),
        ("2028-03-01", "2028-03-16"),
        ("2028-03-16", "2028-04-01"),
    ]


@pytest.mark.clause("A-203")
def test_drains_are_checked_half_monthly_from_june_to_september_only():
    found = periods("times=1;per=half_month;months=6-9", "2026-01-01", "2027-01-01")

    assert (len(found), found[0], found[-1]) == (8, ("2026-06-01", "2026-06-16"), ("2026-09-16", "2026-10-01"))


def test_a_week_on_the_edge_of_a_season_counts_by_its_suggested_day():
    found = suggested("times=1;per=week;months=6-9", "2027-05-01", "2027-11-01")

    assert (found[0], found[-1]) == ("2027-06-03", "2027-09-30")


@pytest.mark.clause("A-218")
def test_at_least_three_a_week_is_three_spread_over_the_week():
    cadence = parse("times=3;per=week;at_least=1")

    found = expand(cadence, date(2026, 11, 16), date(2026, 11, 23), CALENDAR, ANCHOR)

    assert cadence.at_least
    assert [(slot.k, slot.n, slot.suggested_on.isoformat()) for slot in found] == [
        (1, 3, "2026-11-17"),
        (2, 3, "2026-11-19"),
        (3, 3, "2026-11-21"),
    ]


@pytest.mark.clause("A-385")
def test_every_other_day_runs_on_over_the_month():
    assert suggested("times=1;per=day;every=2", "2026-01-28", "2026-02-05") == ["2026-01-29", "2026-01-31", "2026-02-02", "2026-02-04"]


@pytest.mark.clause("B-017")
def test_biweekly_skips_every_second_week_from_the_anchor():
    found = periods("times=1;per=week;every=2", "2026-11-02", "2026-12-14", anchor=date(2026, 11, 4))

    assert found == [("2026-11-02", "2026-11-09"), ("2026-11-16", "2026-11-23"), ("2026-11-30", "2026-12-07")]


@pytest.mark.clause("A-047")
def test_by_day_5_ends_the_period_with_the_fifth():
    (slot,) = slots("times=1;per=month;due_day=5", "2026-11-01", "2026-12-01")

    assert (slot.period_began, slot.period_ended) == (at("2026-11-01 00:00"), at("2026-11-06 00:00"))


@pytest.mark.clause("E-124")
def test_january_only_is_due_in_january():
    assert periods("times=1;per=year;months=1", "2026-01-01", "2028-01-01") == [("2026-01-01", "2026-02-01"), ("2027-01-01", "2027-02-01")]


@pytest.mark.clause("A-228")
def test_one_winter_crosses_the_year():
    assert periods("times=1;per=year;season=winter", "2026-03-01", "2028-03-01") == [
        ("2026-12-01", "2027-03-01"),
        ("2027-12-01", "2028-03-01"),
    ]


def test_two_months_far_apart_are_one_period_with_suggestions_inside_them():
    found = slots("times=2;per=year;months=3,9", "2026-01-01", "2027-01-01")

    assert [(slot.period_began.date().isoformat(), slot.suggested_on.month) for slot in found] == [("2026-03-01", 3), ("2026-03-01", 9)]


@pytest.mark.clause("A-312")
def test_the_hourly_patrol_runs_over_midnight():
    found = slots("times=1;per=hour", "2026-11-20", "2026-11-22")

    assert len(found) == 48
    assert (found[23].period_began, found[23].period_ended) == (at("2026-11-20 23:00"), at("2026-11-21 00:00"))
    assert found[24].period_began == at("2026-11-21 00:00")


def test_a_night_band_belongs_to_the_evening_it_began():
    found = slots("times=1;per=hour;hours=22:00-06:00", "2026-12-31", "2027-01-01")

    assert [slot.period_began.strftime("%m-%d %H") for slot in found] == [
        "12-31 22",
        "12-31 23",
        "01-01 00",
        "01-01 01",
        "01-01 02",
        "01-01 03",
        "01-01 04",
        "01-01 05",
    ]
    assert {slot.suggested_on for slot in found} == {date(2026, 12, 31)}


def test_every_second_hour_of_a_band_counts_from_its_opening():
    found = slots("times=1;per=hour;every=2;hours=21:00-05:00", "2026-11-20", "2026-11-21")

    assert [slot.period_began.hour for slot in found] == [21, 23, 1, 3]


def test_working_days_leave_out_holidays_and_take_in_make_up_days():
    found = suggested("times=1;per=day;working_days=1", "2026-09-18", "2026-10-12")

    assert "2026-09-20" in found  # Sunday worked for 7 October
    assert "2026-10-10" in found  # Saturday worked
    assert not {f"2026-10-{day:02d}" for day in range(1, 8)} & set(found)


def test_a_week_without_a_working_day_owes_nothing():
    free = Workdays({date(2026, 11, day): False for day in range(16, 21)})

    assert expand(parse("times=1;per=week;working_days=1"), date(2026, 11, 16), date(2026, 11, 23), free, ANCHOR) == []


def test_a_year_without_published_swaps_is_unknown():
    with pytest.raises(UnknownYear):
        slots("times=1;per=day;working_days=1", "2027-03-01", "2027-03-08")


def test_weekdays_limit_what_is_suggested():
    assert suggested("times=2;per=week;weekdays=1,4", "2026-11-16", "2026-11-23") == ["2026-11-16", "2026-11-19"]


def test_fixed_times_are_the_occurrences_of_the_day():
    found = slots("at=18:30,06:00", "2026-11-20", "2026-11-21")

    assert [(slot.k, slot.n, slot.minute) for slot in found] == [(1, 2, 360), (2, 2, 1110)]


@pytest.mark.clause("A-034")
def test_round_the_clock_is_one_duty_a_day():
    (slot,) = slots("coverage=24h", "2026-11-20", "2026-11-21")

    assert (slot.period_began, slot.period_ended) == (at("2026-11-20 00:00"), at("2026-11-21 00:00"))


@pytest.mark.clause("B-245")
def test_three_shifts_of_eight_hours_leave_no_gap():
    found = slots("groups=3;hours_per_shift=8;coverage=24h", "2026-11-20", "2026-11-22")

    assert len(found) == 6
    assert all(before.ended == after.began for before, after in itertools.pairwise(found))


def test_shifts_that_change_at_7_and_19_run_over_midnight():
    found = slots("coverage=24h;at=07:00,19:00", "2026-11-20", "2026-11-21")

    assert [(slot.period_began, slot.period_ended) for slot in found] == [
        (at("2026-11-20 07:00"), at("2026-11-20 19:00")),
        (at("2026-11-20 19:00"), at("2026-11-21 07:00")),
    ]


def test_irregular_work_is_never_due_by_itself():
    cadence = parse("interval=irregular")

    assert cadence.irregular
    assert expand(cadence, date(2026, 1, 1), date(2027, 1, 1), CALENDAR, ANCHOR) == []


@pytest.mark.clause("B-060")
def test_something_due_once_before_moving_in():
    (slot,) = slots("duration_months=1;before=movein;movein_on=2026-03-31", "2026-01-01", "2027-01-01")

    assert (slot.period_began, slot.period_ended) == (at("2026-02-28 00:00"), at("2026-03-31 00:00"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("interval=configurable", "interval"),
        ("per=week;interval=configurable", "interval"),
        ("season=rainy;interval=configurable", "interval"),
        ("schedule=configurable_on_off_times", "at"),
    ],
)
def test_a_plan_without_an_interval_is_an_error_not_never(text, key):
    with pytest.raises(OpenCadence) as refused:
        parse(text)

    assert refused.value.key == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("times=x;per=week", "times"),
        ("times=1;per=fortnight", "per"),
        ("times=1;per=month;months=0-13", "months"),
        ("times=1;per=year;season=monsoon", "season"),
        ("at=25:00", "at"),
        ("times=3;per=day;at=06:00", "at"),
        ("times=1;per=week;after_days=7", "after_days"),
        ("coverage=24h;hours_per_shift=7", "hours_per_shift"),
        ("times=1", "per"),
        ("per=week", "times"),
    ],
)
def test_parameters_that_cannot_be_read_name_themselves(text, key):
    with pytest.raises(BadCadence) as refused:
        parse(text)

    assert refused.value.key == key


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


def test_every_15_days_counts_from_the_last_completion():
    found = follow(parse("after_days=15"), date(2026, 1, 1), date(2026, 3, 1), CALENDAR, ANCHOR, days("2026-01-10", "2026-01-25"))

    assert [(slot.period_began.date().isoformat(), slot.suggested_on.isoformat()) for slot in found] == [
        ("2026-01-02", "2026-01-16"),
        ("2026-01-11", "2026-01-25"),
        ("2026-01-26", "2026-02-09"),
        ("2026-02-10", "2026-02-24"),
    ]


def test_an_interval_that_passes_unused_is_followed_by_another():
    found = follow(parse("after_days=15"), date(2026, 1, 1), date(2026, 2, 20), CALENDAR, ANCHOR, days("2026-02-10"))

    assert [slot.period_ended.date().isoformat() for slot in found] == ["2026-01-17", "2026-02-01", "2026-02-16"]


def test_a_statutory_interval_moves_earlier_never_later():
    (slot,) = follow(parse("after_days=14;working_days=1"), date(2026, 9, 20), date(2026, 10, 9), CALENDAR, date(2026, 9, 20), [])

    # 14 days after 20 September is 4 October, a holiday: the last working day before it.
    assert (slot.suggested_on, slot.period_ended) == (date(2026, 9, 30), at("2026-10-05 00:00"))


CADENCES = st.builds(
    Cadence,
    times=st.integers(1, 5),
    per=st.sampled_from(list(Per)),
    every=st.integers(1, 4),
    months=st.sampled_from([frozenset(), frozenset({6, 7, 8, 9}), frozenset({12, 1, 2}), frozenset({1}), frozenset({3, 9})]),
    due_day=st.sampled_from([0, 1, 5, 31]),
    weekdays=st.sampled_from([frozenset(), frozenset({1, 3, 5}), frozenset({7})]),
    at_end=st.booleans(),
)
DATES = st.dates(date(1990, 1, 1), date(2100, 12, 31))
LEANS = st.integers(0, 999)


@given(CADENCES, DATES, st.integers(0, 400), st.integers(0, 400), DATES, LEANS)
def test_intervals_join_without_gap_or_overlap(cadence, begin, first, second, anchor, lean):
    middle, end = begin + timedelta(first), begin + timedelta(first + second)
    if cadence.per is Per.HOUR:
        middle, end = begin + timedelta(first % 9), begin + timedelta(first % 9 + second % 9)

    whole = expand(cadence, begin, end, CALENDAR, anchor, lean)

    assert whole == expand(cadence, begin, middle, CALENDAR, anchor, lean) + expand(cadence, middle, end, CALENDAR, anchor, lean)


@given(CADENCES, DATES, DATES, LEANS)
def test_every_occurrence_lies_inside_its_period_and_is_the_kth_of_n(cadence, begin, anchor, lean):
    end = begin + timedelta(3 if cadence.per is Per.HOUR else 800)

    found = expand(cadence, begin, end, CALENDAR, anchor, lean)

    assert all(slot.began <= slot.day * 1440 + max(slot.minute, 0) < slot.ended for slot in found)
    assert all(1 <= slot.k <= slot.n == cadence.times for slot in found)
    assert len({(slot.began, slot.k) for slot in found}) == len(found)


@given(st.sampled_from([Per.WEEK, Per.HALF_MONTH, Per.MONTH, Per.QUARTER, Per.HALF_YEAR, Per.YEAR]), st.integers(1, 7), DATES, LEANS)
def test_suggestions_are_spread_evenly(per, times, begin, lean):
    found = expand(Cadence(times=times, per=per), begin, begin + timedelta(900), CALENDAR, begin, lean)

    for before, after in itertools.pairwise(found):
        if before.began == after.began:
            share = (before.ended - before.began) / 1440 / times
            assert abs(after.day - before.day - share) < 1


def test_every_cadence_row_of_the_source_is_read_or_names_what_it_leaves_open():
    table = files("guanjia.domain.standards") / "library" / "clauses.tsv"
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    read, left_open = 0, 0
    for row in rows:
        if row["kind"] == "cadence":
            try:
                parse(row["params"])
                read += 1
            except OpenCadence:
                left_open += 1

    assert (read, left_open) == (90, 29)
