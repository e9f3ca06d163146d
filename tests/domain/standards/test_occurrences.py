"""What is due at an estate, and what became of it."""

from __future__ import annotations

from datetime import date

import pytest

from guanjia.domain.staff import queries as staff
from guanjia.domain.standards import actions, queries
from guanjia.domain.standards.rules.occurrences import Tally, sum_of
from guanjia.kernel.actor import Actor, Grant
from tests import make
from tests.conftest import at
from tests.domain.standards.plans import BUILDINGS, SYSTEM, WHOLE, adopt, clause
from tests.world import model

NOW = at("2026-03-20 12:00")


def due(world, begin, end, now=NOW, **choice):
    return queries.due(SYSTEM, world.estate, date.fromisoformat(begin), date.fromisoformat(end), now=now, **choice)


def states(world, begin, end, now=NOW):
    return [
        (item.promise.code, item.target.label, item.slot.suggested_on.isoformat(), item.slot.k, item.state.value)
        for item in due(world, begin, end, now).items
    ]


def done(world, code, when, target=None, **named):
    key = target or f"estate:{world.estate.pk}"
    return actions.record_done(world.estate, code, key, done_at=at(when), evidence=[], actor=SYSTEM, at=at(when), **named)


def test_every_building_owes_every_day(world):
    make.place(world.estate, "5/", kind="building", name="5 号楼")
    adopt(world.estate, clause("T-1", "times=1;per=day", BUILDINGS))

    assert states(world, "2026-03-19", "2026-03-21") == [
        ("T-1", "3 号楼", "2026-03-19", 1, "missed"),
        ("T-1", "3 号楼", "2026-03-20", 1, "due"),
        ("T-1", "5 号楼", "2026-03-19", 1, "missed"),
        ("T-1", "5 号楼", "2026-03-20", 1, "due"),
    ]


def test_only_the_end_of_the_period_makes_a_miss(world):
    adopt(world.estate, clause("T-1", "times=3;per=week"))
    week = ("2026-03-16", "2026-03-23")

    assert [state for *_, state in states(world, *week, now=at("2026-03-22 23:59"))] == ["due", "due", "due"]
    assert [state for *_, state in states(world, *week, now=at("2026-03-23 00:00"))] == ["missed", "missed", "missed"]


def test_nothing_is_lost_when_the_machine_was_off_for_days(world):
    adopt(world.estate, clause("T-1", "times=1;per=day"), clause("T-2", "times=1;per=week"))
    done(world, "T-1", "2026-03-16 08:00")

    after = states(world, "2026-03-16", "2026-03-23", now=at("2026-03-30 09:00"))

    assert [state for code, *_, state in after if code == "T-1"] == ["done"] + ["missed"] * 6
    assert [state for code, *_, state in after if code == "T-2"] == ["missed"]


def test_a_new_edition_that_says_the_same_changes_nothing(world):
    rhythm = clause("T-1", "times=1;per=week;every=2")
    adopt(world.estate, rhythm, on=date(2026, 3, 2))
    before = states(world, "2026-03-01", "2026-05-01")

    adopt(world.estate, rhythm, clause("T-2", "times=1;per=year"), on=date(2026, 3, 12), edition="2")

    assert [line for line in states(world, "2026-03-01", "2026-05-01") if line[0] == "T-1"] == before


def test_a_plan_changed_in_mid_period_governs_from_its_day(world):
    adopt(world.estate, clause("T-1", "times=3;per=week"))
    adopt(world.estate, clause("T-1", "times=1;per=week"), on=date(2026, 3, 19), edition="2")

    found = due(world, "2026-03-16", "2026-03-30", now=at("2026-03-18 09:00")).items

    assert {item.slot.n for item in found if item.slot.suggested_on < date(2026, 3, 19)} == {3}
    assert {item.slot.n for item in found if item.slot.suggested_on >= date(2026, 3, 19)} == {1}
    assert len({item.ref for item in found}) == len(found)


def test_what_was_done_before_a_clause_came_into_force_does_not_count(world):
    adopt(world.estate, clause("T-1", "times=1;per=month"))
    adopt(world.estate, clause("T-1", "times=2;per=month"), on=date(2026, 3, 10), edition="2")

    found = due(world, "2026-03-10", "2026-04-01").items

    assert {item.slot.period_began for item in found} == {at("2026-03-10 00:00")}


def test_a_clause_that_leaves_the_plan_withdraws_what_was_planned_later(world):
    adopt(world.estate, clause("T-1", "times=2;per=month"))
    adopt(world.estate, clause("T-9", "times=1;per=year"), on=date(2026, 3, 25), edition="2")

    found = [line[2:] for line in states(world, "2026-03-01", "2026-05-01", now=at("2026-05-01 00:00")) if line[0] == "T-1"]

    assert [(k, state) for _, k, state in found] == [(1, "missed"), (2, "withdrawn")]


def test_a_target_added_in_mid_period_owes_what_is_planned_after(world):
    make.place(world.estate, "5/", kind="building", name="5 号楼", began_on=date(2026, 3, 18))
    adopt(world.estate, clause("T-1", "times=1;per=day", BUILDINGS))

    found = [line[2] for line in states(world, "2026-03-16", "2026-03-21") if line[1] == "5 号楼"]

    assert found == ["2026-03-18", "2026-03-19", "2026-03-20"]


def test_a_target_retired_in_mid_period_is_withdrawn_not_missed(world):
    make.place(world.estate, "5/", kind="building", name="5 号楼", ended_on=date(2026, 3, 18))
    adopt(world.estate, clause("T-1", "times=1;per=month", BUILDINGS), clause("T-2", "times=1;per=day", BUILDINGS))

    found = [
        (code, day, state)
        for code, label, day, _, state in states(world, "2026-03-16", "2026-04-01", now=at("2026-04-02 00:00"))
        if label == "5 号楼"
    ]

    assert [line for line in found if line[0] == "T-2"] == [("T-2", "2026-03-16", "missed"), ("T-2", "2026-03-17", "missed")]
    assert {state for code, _, state in found if code == "T-1"} <= {"withdrawn"}


def test_a_changed_promise_of_one_estate_leaves_the_other_alone(world):
    for estate in (world.estate, world.other_estate):
        adopt(estate, clause("T-1", "times=1;per=week"))
    actions.override(world.estate, "T-1", {"times": 2}, began_on=date(2026, 3, 16), reason="合同", actor=SYSTEM, at=at("2026-03-16 00:00"))

    assert len(due(world, "2026-03-16", "2026-03-23").items) == 2
    assert len(queries.due(SYSTEM, world.other_estate, date(2026, 3, 16), date(2026, 3, 23), now=NOW).items) == 1


def test_working_days_of_an_unpublished_year_are_unknown_and_said_so(world):
    adopt(world.estate, clause("T-1", "times=1;per=day;working_days=1"), clause("T-2", "times=1;per=day"))

    ledger = due(world, "2027-01-04", "2027-01-06")

    assert [(flaw.promise.code, flaw.year) for flaw in ledger.unknown] == [("T-1", 2027)]
    assert {item.promise.code for item in ledger.items} == {"T-2"}


def test_a_clause_without_an_interval_is_named_with_what_is_missing(world):
    adopt(world.estate, clause("T-1", "interval=configurable"))

    (unready,) = due(world, "2026-03-01", "2026-04-01").unready

    assert (unready.code, unready.key) == ("T-1", "interval")


def test_every_15_days_follows_the_last_completion(world):
    adopt(world.estate, clause("T-1", "after_days=15"))
    done(world, "T-1", "2026-01-10 10:00")
    done(world, "T-1", "2026-01-20 10:00")

    assert [(day, state) for *_, day, _, state in states(world, "2026-01-01", "2026-03-01")] == [
        ("2026-01-16", "done"),
        ("2026-01-25", "done"),
        ("2026-02-04", "missed"),
        ("2026-02-19", "missed"),
    ]


def test_irregular_work_is_listed_once_it_was_done(world):
    adopt(world.estate, clause("T-1", "interval=irregular"))
    done(world, "T-1", "2026-03-03 10:00")

    assert states(world, "2026-03-01", "2026-04-01") == [("T-1", "园区（全小区）", "2026-03-03", 1, "done")]


def test_the_overview_agrees_with_the_list(world):
    make.place(world.estate, "5/", kind="building", name="5 号楼", began_on=date(2026, 3, 10))
    make.place(world.estate, "6/", kind="building", name="6 号楼", ended_on=date(2026, 3, 20))
    adopt(
        world.estate,
        clause("T-1", "times=2;per=day", BUILDINGS),
        clause("T-2", "times=3;per=week", BUILDINGS),
        clause("T-3", "times=1;per=hour"),
        clause("T-4", "times=1;per=quarter", BUILDINGS),
        clause("T-5", "after_days=4", BUILDINGS),
        on=date(2026, 2, 25),
    )
    adopt(world.estate, clause("T-1", "times=1;per=day", BUILDINGS), clause("T-3", "times=1;per=hour"), on=date(2026, 3, 18), edition="2")
    building = f"place:{world.building.pk}"
    for when in ("2026-03-02 08:00", "2026-03-02 16:00", "2026-03-03 08:00", "2026-03-19 08:00"):
        done(world, "T-1", when, building)
    done(world, "T-2", "2026-03-03 09:00", building)
    done(world, "T-3", "2026-03-19 23:30")
    done(world, "T-5", "2026-03-04 23:30", building)
    first = due(world, "2026-03-05", "2026-03-06", codes=["T-1"]).items[0]
    actions.excuse(world.estate, first.ref, reason="停水", actor=SYSTEM, at=at("2026-03-05 09:00"))

    ledger = due(world, "2026-03-01", "2026-04-01")
    here = queries.overview(SYSTEM, world.estate, date(2026, 3, 1), date(2026, 4, 1), now=NOW, place=world.building)
    overview = queries.month(SYSTEM, world.estate, date(2026, 3, 20), now=NOW)

    for counted in overview.clauses:
        mine = [item.state for item in ledger.items if item.promise.code == counted.promise.code]
        total = counted.total
        assert (total.done, total.missed, total.excused, total.withdrawn, total.open) == tuple(
            mine.count(state) for state in ("done", "missed", "excused", "withdrawn", "due")
        ), counted.promise.code
        assert sum_of(counted.days.values()) == total
    own = [item.state for item in ledger.items if item.target.key == building]
    assert (here.total.due, here.total.done) == (sum(state in ("due", "done", "missed") for state in own), own.count("done"))


def test_coverage_is_done_over_due(world):
    adopt(world.estate, clause("T-1", "times=1;per=day"))
    done(world, "T-1", "2026-03-02 08:00")
    actions.excuse(
        world.estate, due(world, "2026-03-03", "2026-03-04").items[0].ref, reason="台风", actor=SYSTEM, at=at("2026-03-03 09:00")
    )

    tally = queries.coverage(SYSTEM, world.estate, date(2026, 3, 1), date(2026, 3, 6), now=NOW)

    assert (tally.due, tally.done, tally.missed, tally.excused, tally.coverage) == (4, 1, 3, 1, 0.25)


def test_nothing_due_has_no_coverage(world):
    assert queries.coverage(SYSTEM, world.estate, date(2026, 3, 1), date(2026, 3, 6), now=NOW).coverage is None


def test_who_reaches_a_part_sees_the_targets_of_that_part(world):
    make.place(world.estate, "5/", kind="building", name="5 号楼")
    adopt(world.estate, clause("T-1", "times=1;per=day", BUILDINGS), clause("T-2", "times=1;per=day", WHOLE))
    steward = Actor(1, "管家", grants=(Grant(frozenset({"standards.view"}), estate_ids=frozenset({world.estate.pk}), path="5/"),))

    ledger = queries.due(steward, world.estate, date(2026, 3, 19), date(2026, 3, 20), now=NOW)
    overview = queries.overview(steward, world.estate, date(2026, 3, 19), date(2026, 3, 20), now=NOW)

    assert [item.target.label for item in ledger.items] == ["5 号楼"]
    assert overview.total == Tally(due=1, missed=1)


def test_a_stranger_sees_nothing(world):
    adopt(world.estate, clause("T-1", "times=1;per=day"))

    assert queries.due(world.zhao.actor, world.estate, date(2026, 3, 19), date(2026, 3, 20), now=NOW).items == []


def test_my_day_is_what_my_posts_owe_today_and_what_is_assigned_to_me(world):
    adopt(
        world.estate,
        clause("T-1", "times=1;per=day"),
        clause("T-2", "times=1;per=day", post="保洁员"),
        clause("T-3", "times=1;per=week", post="维修人员"),
        clause("T-4", "times=1;per=day", post="保洁员"),
    )
    at_noon = at("2026-03-22 12:00")  # a Sunday: what the week planned earlier is still open
    other = due(world, "2026-03-22", "2026-03-23", codes=["T-4"]).items[0].ref
    actions.assign(world.estate, other, to=world.wang.member.pk, actor=SYSTEM, at=at_noon)

    mine = queries.my_day(world.wang.actor_at(at_noon), world.estate, at=at_noon)

    assert [item.promise.code for item in mine.open] == ["T-3", "T-1", "T-4"]
    assert queries.my_day(SYSTEM, world.estate, at=at_noon).items == []


def test_what_is_assigned_to_somebody_else_is_not_mine(world):
    adopt(world.estate, clause("T-1", "times=1;per=day"))
    ref = due(world, "2026-03-20", "2026-03-21").items[0].ref
    actions.assign(world.estate, ref, to=world.li.member.pk, actor=SYSTEM, at=NOW)

    assert queries.my_day(world.wang.actor_at(NOW), world.estate, at=NOW).items == []
    assert [item.promise.code for item in queries.my_day(world.li.actor_at(NOW), world.estate, at=NOW).items] == ["T-1"]


def test_a_persons_share_is_what_is_assigned_and_what_the_posts_owe(world):
    adopt(world.estate, clause("T-1", "times=1;per=day"), clause("T-2", "times=1;per=day", post="保洁员"), clause("T-3", "times=1;per=day"))
    wang = next(each for each in staff.responsible(world.estate, NOW.date()) if each.member_id == world.wang.member.pk)
    by_code = {item.promise.code: item.ref for item in due(world, "2026-03-20", "2026-03-21").items}
    actions.assign(world.estate, by_code["T-2"], to=world.wang.member.pk, actor=SYSTEM, at=NOW)
    actions.assign(world.estate, by_code["T-3"], to=world.li.member.pk, actor=SYSTEM, at=NOW)

    assert [item.promise.code for item in due(world, "2026-03-20", "2026-03-21", member=wang).items] == ["T-1", "T-2"]


def test_what_i_did_today_stays_on_my_list_and_last_weeks_does_not(world):
    adopt(world.estate, clause("T-1", "times=1;per=day"))
    done(world, "T-1", "2026-03-19 08:00")
    done(world, "T-1", "2026-03-20 08:00")

    mine = queries.my_day(world.wang.actor_at(NOW), world.estate, at=NOW)

    assert [(item.slot.suggested_on, item.state.value) for item in mine.settled] == [(date(2026, 3, 20), "done")]
    assert mine.open == []


def test_what_nobody_holds_a_post_for_is_unassigned_before_it_is_missed(world):
    adopt(world.estate, clause("T-1", "times=1;per=day"), clause("T-2", "times=1;per=day", post="保洁员"))

    seen = queries.attention(SYSTEM, world.estate, at=NOW)

    assert [item.promise.code for item in seen.unassigned] == ["T-2"]
    assert queries.overview(SYSTEM, world.estate, date(2026, 3, 20), date(2026, 3, 21), now=NOW).total.unassigned == 1
    actions.assign(world.estate, seen.unassigned[0].ref, to=world.wang.member.pk, actor=SYSTEM, at=NOW)
    assert queries.overview(SYSTEM, world.estate, date(2026, 3, 20), date(2026, 3, 21), now=NOW).total.unassigned == 0
    assert {(item.promise.code, item.slot.suggested_on) for item in seen.missed} == {("T-1", date(2026, 3, 19)), ("T-2", date(2026, 3, 19))}


def test_a_list_costs_the_same_queries_for_any_number_of_clauses(world, django_assert_max_num_queries):
    adopt(world.estate, *[clause(f"T-{number}", "times=1;per=day", BUILDINGS) for number in range(1, 21)])
    queries.promises(world.estate)

    with django_assert_max_num_queries(8):
        due(world, "2026-03-01", "2026-04-01")
    with django_assert_max_num_queries(8):
        queries.month(SYSTEM, world.estate, date(2026, 3, 20), now=NOW)
    actor = world.wang.actor_at(NOW)
    with django_assert_max_num_queries(8):
        queries.my_day(actor, world.estate, at=NOW)


@pytest.mark.clause("A-203")
def test_nothing_is_generated_ahead(world):
    adopt(world.estate, clause("T-1", "times=1;per=hour"))
    due(world, "2026-03-01", "2027-03-01")

    assert model("standards.Occurrence").objects.count() == 0
