"""Doing, assigning, excusing and withdrawing: which occurrence is met, each refusal, the trail."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from guanjia.domain.standards import actions, queries
from guanjia.domain.standards.actions import occurrences as refusals
from guanjia.kernel.errors import KeyReused, NotAllowed
from tests import make
from tests.conftest import at
from tests.domain.standards.plans import BUILDINGS, SYSTEM, adopt, clause
from tests.world import model

NOW = at("2026-03-20 12:00")


def items(world, begin="2026-03-16", end="2026-03-23", now=NOW, codes=()):
    return queries.due(SYSTEM, world.estate, date.fromisoformat(begin), date.fromisoformat(end), now=now, codes=codes).items


def ref(world, begin="2026-03-20", end="2026-03-21", now=NOW):
    return items(world, begin, end, now)[0].ref


def do(world, when="2026-03-20 09:00", code="T-1", actor=SYSTEM, evidence=(), at_=None, target=None, **named):
    return actions.record_done(
        world.estate,
        code,
        target or f"estate:{world.estate.pk}",
        done_at=at(when),
        evidence=list(evidence),
        actor=actor,
        at=at(at_ or when),
        **named,
    )


def states(rows):
    return [(row.k, row.state) for row in rows]


def test_done_in_its_period_is_done_and_told(world, told):
    adopt(world.estate, clause("T-1", "times=1;per=day"))

    row = do(world, actor=world.li.actor_at(NOW), evidence=[{"kind": "photo", "file": 7}])

    assert (row.state, row.done_by_id, row.evidence) == ("done", world.li.user.pk, [{"kind": "photo", "file": 7}])
    assert [name for name, _ in told(row)] == ["standards.OccurrenceDone"]
    assert items(world, "2026-03-20", "2026-03-21")[0].state == "done"


def test_two_completions_count_twice_only_on_different_days(world):
    adopt(world.estate, clause("T-1", "times=3;per=week;at_least=1"))

    rows = [
        do(world, when) for when in ("2026-03-16 08:00", "2026-03-16 18:00", "2026-03-17 08:00", "2026-03-18 08:00", "2026-03-19 08:00")
    ]

    assert states(rows) == [(1, "done"), (4, "extra"), (2, "done"), (3, "done"), (5, "extra")]
    assert [item.state.value for item in items(world)] == ["done", "done", "done"]


def test_twice_a_day_is_met_on_one_day(world):
    adopt(world.estate, clause("T-1", "times=2;per=day"))

    rows = [do(world, when) for when in ("2026-03-16 08:00", "2026-03-16 18:00", "2026-03-16 19:00")]

    assert states(rows) == [(1, "done"), (2, "done"), (3, "extra")]


def test_completions_that_arrive_out_of_order_count_the_same(world):
    adopt(world.estate, clause("T-1", "times=2;per=week"))

    for when in ("2026-03-18 08:00", "2026-03-16 18:00", "2026-03-16 08:00"):
        do(world, when, at_="2026-03-18 09:00")

    assert [item.state.value for item in items(world)] == ["done", "done"]


def test_the_hour_that_it_was_done_in_is_met(world):
    adopt(world.estate, clause("T-1", "times=1;per=hour"))

    row = do(world, "2026-03-20 23:59", at_="2026-03-21 00:10")

    assert (row.period_began, row.state, row.day) == (at("2026-03-20 23:00"), "done", date(2026, 3, 20))


def test_a_missed_one_done_afterwards_is_late(world):
    adopt(world.estate, clause("T-1", "times=1;per=day"))
    missed = ref(world, "2026-03-18", "2026-03-19")

    row = do(world, "2026-03-20 09:00", period=missed.began, k=missed.k)

    assert row.state == "late"
    assert [item.state.value for item in items(world, "2026-03-18", "2026-03-21")] == ["late", "missed", "due"]


def test_outside_every_period_nothing_can_be_met(world):
    adopt(world.estate, clause("T-1", "times=1;per=day;every=2", post="维修人员"))

    with pytest.raises(refusals.NotDueNow):
        do(world, "2026-01-02 09:00")


def test_evidence_that_the_clause_demands_must_be_given(world):
    adopt(world.estate, clause("T-1", "times=1;per=day", evidence=("scan", "photo")))

    with pytest.raises(refusals.NoEvidence, match="扫码、照片"):
        do(world, evidence=[{"kind": "note", "text": "看过了"}])
    assert do(world, evidence=[{"kind": "scan", "token": "x"}]).state == "done"


def test_nobody_records_the_future_or_a_past_long_gone(world):
    adopt(world.estate, clause("T-1", "times=1;per=day"))
    post = make.post(world.company, "巡查岗", permissions=["standards.record"])
    model("staff.Appointment").objects.create(member=world.wang.member, post=post, estate=world.estate, began_on=date(2026, 1, 1))
    wang = world.wang.actor_at(NOW)

    with pytest.raises(refusals.InTheFuture):
        do(world, "2026-03-20 09:00", at_="2026-03-20 08:59", actor=wang)
    with pytest.raises(refusals.TooLongAgo):
        do(world, "2026-03-17 11:59", at_="2026-03-20 12:00", actor=wang)
    assert do(world, "2026-03-17 12:00", at_="2026-03-20 12:00", actor=wang).state == "done"
    assert do(world, "2026-03-10 12:00", at_="2026-03-20 12:00", actor=world.li.actor_at(NOW)).state == "done"


def test_what_is_not_in_the_plan_cannot_be_done(world):
    adopt(world.estate, clause("T-1", "times=1;per=day", BUILDINGS), on=date(2026, 3, 1))

    with pytest.raises(refusals.NotInForce):
        do(world, code="T-9")
    with pytest.raises(refusals.NotInForce):
        do(world, "2026-02-28 09:00", at_="2026-03-01 09:00")
    with pytest.raises(refusals.NoSuchTarget):
        do(world, target=f"place:{world.flat.pk}")


def test_only_who_may_record_records(world):
    adopt(world.estate, clause("T-1", "times=1;per=day"))

    for person in (world.wang, world.zhao):
        with pytest.raises(NotAllowed):
            do(world, actor=person.actor_at(NOW))


def test_the_same_key_records_once(world):
    adopt(world.estate, clause("T-1", "times=2;per=day"))
    key = uuid4()

    first, again = do(world, key=key), do(world, key=key)

    assert first.pk == again.pk
    assert model("standards.Occurrence").objects.count() == 1
    with pytest.raises(KeyReused):
        do(world, "2026-03-20 10:00", key=key)


def test_a_batch_is_matched_in_order_and_told_once(world, told):
    adopt(world.estate, clause("T-1", "times=2;per=week"), clause("T-2", "times=1;per=day", BUILDINGS))
    whole, building = f"estate:{world.estate.pk}", f"place:{world.building.pk}"
    batch = [
        actions.Completion("T-1", whole, at("2026-03-18 08:00")),
        actions.Completion("T-1", whole, at("2026-03-18 09:00")),
        actions.Completion("T-1", whole, at("2026-03-19 09:00")),
        actions.Completion("T-2", building, at("2026-03-19 09:00"), by=world.wang.user.pk),
    ]

    rows = actions.record_batch(world.estate, batch, actor=SYSTEM, at=NOW)

    assert [(row.clause_code, row.k, row.state) for row in rows] == [
        ("T-1", 1, "done"),
        ("T-1", 3, "extra"),
        ("T-1", 2, "done"),
        ("T-2", 1, "done"),
    ]
    assert [entry.name for entry in model("trail.Entry").objects.filter(name__startswith="standards.Occ")] == ["standards.OccurrencesDone"]


def test_a_batch_is_all_or_nothing(world):
    adopt(world.estate, clause("T-1", "times=2;per=week"))
    whole = f"estate:{world.estate.pk}"

    with pytest.raises(refusals.NoSuchTarget):
        actions.record_batch(
            world.estate,
            [actions.Completion("T-1", whole, at("2026-03-18 08:00")), actions.Completion("T-1", "estate:0", at("2026-03-18 08:00"))],
            actor=SYSTEM,
            at=NOW,
        )
    assert model("standards.Occurrence").objects.count() == 0


def test_assigned_work_is_met_by_whoever_does_it(world, told):
    adopt(world.estate, clause("T-1", "times=1;per=day"))

    row = actions.assign(world.estate, ref(world), to=world.wang.member.pk, actor=world.li.actor_at(NOW), at=NOW)
    done = do(world, "2026-03-20 15:00")

    assert (done.pk, done.state, done.assigned_to_id) == (row.pk, "done", world.wang.member.pk)
    assert [name for name, _ in told(row)] == ["standards.OccurrenceAssigned", "standards.OccurrenceDone"]


def test_who_has_no_post_here_cannot_be_named(world):
    adopt(world.estate, clause("T-1", "times=1;per=day"))

    with pytest.raises(refusals.NotHere):
        actions.assign(world.estate, ref(world), to=world.zhao.member.pk, actor=SYSTEM, at=NOW)


def test_done_work_cannot_be_assigned_excused_or_withdrawn(world):
    adopt(world.estate, clause("T-1", "times=1;per=day"))
    chosen = ref(world)
    do(world)

    with pytest.raises(refusals.AlreadySettled):
        actions.assign(world.estate, chosen, to=world.wang.member.pk, actor=SYSTEM, at=NOW)
    with pytest.raises(refusals.AlreadySettled):
        actions.excuse(world.estate, chosen, reason="停水", actor=SYSTEM, at=NOW)
    with pytest.raises(refusals.AlreadySettled):
        actions.withdraw(world.estate, chosen, reason="已拆除", actor=SYSTEM, at=NOW)
    with pytest.raises(refusals.AlreadySettled):
        do(world, period=chosen.began, k=1)


def test_an_excuse_has_a_reason_a_person_and_an_end(world, told):
    adopt(world.estate, clause("T-1", "times=1;per=day"))
    chosen = ref(world)

    with pytest.raises(refusals.NoReason):
        actions.excuse(world.estate, chosen, reason="  ", actor=SYSTEM, at=NOW)
    with pytest.raises(NotAllowed):
        actions.excuse(world.estate, chosen, reason="停水", actor=world.wang.actor_at(NOW), at=NOW)
    with pytest.raises(refusals.PeriodOver):
        actions.excuse(world.estate, chosen, reason="停水", actor=SYSTEM, at=at("2026-03-24 00:01"))
    row = actions.excuse(world.estate, chosen, reason="停水", actor=world.li.actor_at(NOW), at=NOW)

    assert (row.state, row.reason) == ("excused", "停水")
    assert told(row)[-1][1]["reason"] == "停水"
    assert items(world, "2026-03-20", "2026-03-21")[0].state == "excused"


def test_nobody_withdraws_what_is_already_missed(world):
    adopt(world.estate, clause("T-1", "times=1;per=day"))

    with pytest.raises(refusals.PeriodOver):
        actions.withdraw(world.estate, ref(world), reason="已拆除", actor=SYSTEM, at=at("2026-03-21 00:00"))
    assert actions.withdraw(world.estate, ref(world), reason="已拆除", actor=SYSTEM, at=NOW).state == "withdrawn"


def test_what_the_plan_does_not_make_due_has_no_name(world):
    adopt(world.estate, clause("T-1", "times=1;per=day"))
    chosen = ref(world)

    with pytest.raises(refusals.NotDueNow):
        actions.excuse(world.estate, chosen._replace(k=2), reason="停水", actor=SYSTEM, at=NOW)
    with pytest.raises(refusals.NotDueNow):
        actions.excuse(world.estate, chosen._replace(began=chosen.began + 60), reason="停水", actor=SYSTEM, at=NOW)


def test_every_15_days_moves_on_with_each_completion(world):
    adopt(world.estate, clause("T-1", "after_days=15"))

    rows = [do(world, when) for when in ("2026-01-10 08:00", "2026-01-20 08:00")]

    assert [(row.period_began, row.period_ended) for row in rows] == [
        (at("2026-01-02 00:00"), at("2026-01-17 00:00")),
        (at("2026-01-11 00:00"), at("2026-01-26 00:00")),
    ]


def test_a_ref_is_read_back_as_it_was_written():
    for text in ("A-203~place:12~1065000000~1", "B-060~post:保洁员~1~3"):
        assert str(queries.Ref.parse(text)) == text
    with pytest.raises(ValueError):
        queries.Ref.parse("A-203")
