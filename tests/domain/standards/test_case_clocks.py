"""The clocks of a case follow from its marks and pauses; nobody sets a deadline by hand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from guanjia.domain.standards import actions, queries
from guanjia.domain.standards.rules.cases import CaseFacts
from guanjia.domain.trail.ports import Outcome
from guanjia.kernel.errors import NotAllowed, Refusal
from tests import make
from tests.conftest import at
from tests.domain.standards.plans import SYSTEM, adopt_response_clauses

NINE = at("2026-03-02 09:00")
URGENT = CaseFacts(frozenset({"repair"}), priority="emergency")
PLAIN = CaseFacts(frozenset({"repair"}))


@dataclass
class Job:
    """A case: any row of an estate will do, here a flat."""

    case: Any

    def mark(self, *names: str, when: str, facts: CaseFacts = URGENT, told: str = "") -> None:
        instant = at(f"2026-03-02 {when}")
        actions.mark(self.case, *names, facts=facts, happened_at=instant, actor=SYSTEM, at=at(f"2026-03-02 {told}") if told else instant)

    def clocks(self) -> dict[str, tuple[str, str]]:
        rows = make.model("standards.CaseClock").objects.order_by("clause_code", "turn")
        return {row.clause_code: (row.state, f"{row.due_at.astimezone(NINE.tzinfo):%d %H:%M}" if row.due_at else "") for row in rows}

    def clock(self, code: str) -> Any:
        return make.model("standards.CaseClock").objects.get(clause_code=code)


@pytest.fixture
def job(world):
    adopt_response_clauses(world.estate)
    return Job(world.flat)


@pytest.mark.clause("A-183", "A-038", "B-219")
def test_a_report_starts_the_clocks_of_its_priority(job):
    job.mark("report", when="09:00")
    assert job.clocks() == {"A-038": ("running", "03 00:00"), "A-183": ("running", "02 09:30"), "B-219": ("running", "02 09:10")}


@pytest.mark.clause("A-036")
def test_arriving_in_time_stops_every_clock_that_waits_for_it(job):
    job.mark("report", when="09:00")
    job.mark("dispatch", when="09:05")
    job.mark("arrival", when="09:19")
    assert (job.clocks()["A-036"], job.clocks()["A-183"]) == (("on_time", "02 09:20"), ("on_time", "02 09:30"))


def test_a_late_close_is_a_breach_with_its_length(job, told):
    job.mark("report", when="09:00")
    job.mark("dispatch", when="09:05")
    job.mark("arrival", when="09:32", told="09:40")
    clock = job.clock("A-036")
    assert (clock.state, clock.late_seconds, clock.stopped_at) == ("late", 12 * 60, at("2026-03-02 09:32"))
    assert ("standards.ClockStopped", "A-036", "late", 720) in [
        (name, payload["clause"], payload["state"], payload["late_seconds"]) for name, payload in told(job.case)
    ]


@pytest.mark.clause("A-184")
def test_an_agreed_time_replaces_the_minutes_to_arrive(job):
    agreed = CaseFacts(frozenset({"repair"}), agreed_at=at("2026-03-02 14:00"))
    job.mark("report", when="09:00", facts=agreed)
    job.mark("dispatch", when="09:05", facts=agreed)
    assert job.clocks() == {"A-184": ("running", "02 14:00"), "B-219": ("running", "02 09:10")}


def test_the_estate_may_decide_that_minutes_count_all_the_same(job, world):
    actions.override(
        world.estate,
        "K-01b",
        {"choice": ["minutes"]},
        reason="业主大会要求",
        began_on=date(2026, 2, 1),
        actor=SYSTEM,
        at=at("2026-01-05 09:00"),
    )
    agreed = CaseFacts(frozenset({"repair"}), agreed_at=at("2026-03-02 14:00"))
    job.mark("dispatch", when="09:05", facts=agreed)
    assert job.clocks() == {"A-036": ("running", "02 09:20")}


def test_a_new_time_agreed_later_moves_the_deadline_and_withdraws_the_minutes(job):
    job.mark("report", when="09:00")
    job.mark("dispatch", when="09:05")
    agreed = CaseFacts(frozenset({"repair"}), priority="emergency", agreed_at=at("2026-03-02 16:00"))
    actions.reclassify(job.case, facts=agreed, actor=SYSTEM, at=at("2026-03-02 09:06"))
    assert {code: state for code, (state, _due) in job.clocks().items()} == {
        "A-036": "withdrawn",
        "A-038": "running",
        "A-183": "withdrawn",
        "A-184": "running",
        "B-219": "running",
    }
    assert job.clocks()["A-184"] == ("running", "02 16:00")


def test_a_pause_moves_the_deadline_by_exactly_its_length_and_survives_a_new_priority(job):
    job.mark("report", when="09:00", facts=PLAIN)
    actions.pause(job.case, reason="等业主开门", actor=SYSTEM, at=at("2026-03-02 09:05"))
    assert job.clocks()["B-219"] == ("running", "")
    with pytest.raises(Refusal, match="已经暂停"):
        actions.pause(job.case, reason="再停", actor=SYSTEM, at=at("2026-03-02 09:06"))
    actions.resume(job.case, actor=SYSTEM, at=at("2026-03-02 09:25"))
    assert job.clocks()["B-219"] == ("running", "02 09:30")
    actions.reclassify(job.case, facts=URGENT, actor=SYSTEM, at=at("2026-03-02 09:26"))
    assert job.clocks()["A-183"] == ("running", "02 09:50")
    with pytest.raises(Refusal, match="没有暂停"):
        actions.resume(job.case, actor=SYSTEM, at=at("2026-03-02 09:27"))


@pytest.mark.clause("A-278", "A-279")
def test_a_lift_entrapment_runs_two_clocks_at_once(job):
    trapped = CaseFacts(frozenset({"repair", "incidents", "facilities_events"}), events=frozenset({"lift_entrapment_or_major"}))
    job.mark("report", when="09:00", facts=trapped)
    clocks = job.clocks()
    assert (clocks["A-278"], clocks["A-279"]) == (("running", "02 09:05"), ("running", "02 09:30"))
    assert "A-277" not in clocks


def test_work_sent_out_again_gets_another_turn(job):
    job.mark("dispatch", when="09:00")
    job.mark("arrival", when="09:10")
    job.mark("dispatch", when="13:00")
    rows = make.model("standards.CaseClock").objects.filter(clause_code="A-036").order_by("turn").values_list("turn", "state")
    assert list(rows) == [(1, "on_time"), (2, "running")]


def test_sending_out_again_while_it_runs_does_not_give_more_time(job):
    job.mark("dispatch", when="09:00")
    job.mark("dispatch", when="09:10")
    assert job.clocks()["A-036"] == ("running", "02 09:15")


def test_a_running_promise_keeps_the_words_it_was_made_in(job, world):
    job.mark("report", when="09:00")
    actions.override(
        world.estate, "A-183", {"minutes": 20}, reason="提速", began_on=date(2026, 3, 3), actor=SYSTEM, at=at("2026-03-02 09:05")
    )
    actions.pause(job.case, reason="等配件", actor=SYSTEM, at=at("2026-03-02 09:10"))
    actions.resume(job.case, actor=SYSTEM, at=at("2026-03-03 09:10"))
    assert job.clocks()["A-183"] == ("running", "03 09:30")


def test_every_rung_of_the_ladder_is_told_once_whatever_the_sweep_missed(job, told):
    job.mark("report", when="09:00")

    def rungs():
        return [(p["step"], p["role"]) for name, p in told(job.clock("A-183")) if name == "standards.BreachNear"]

    assert (actions.sweep(at=at("2026-03-02 09:07")), rungs()) == (0, [])
    actions.sweep(at=at("2026-03-02 09:24"))
    assert rungs() == [("warning", "holder")]
    actions.sweep(at=at("2026-03-02 09:24"))
    actions.sweep(at=at("2026-03-02 11:00"))
    actions.sweep(at=at("2026-03-02 11:00"))
    assert rungs() == [("warning", "holder"), ("over", "supervisor"), ("over_30", "manager")]


def test_a_clock_that_stopped_asks_for_nothing_more(job):
    job.mark("dispatch", when="09:00")
    job.mark("arrival", when="09:05")
    assert actions.sweep(at=at("2026-03-02 12:00")) == 0


def test_a_breach_is_explained_by_the_desk_and_excused_by_the_supervisor_and_stays(job, world):
    job.mark("dispatch", when="09:00")
    job.mark("arrival", when="10:00")
    clock = job.clock("A-036")
    boss = world.li.actor
    with pytest.raises(NotAllowed):
        actions.explain_breach(clock, cause="堵车", actor=world.wang.actor, at=NINE)
    with pytest.raises(Refusal, match="请写明原因"):
        actions.explain_breach(clock, cause=" ", actor=boss, at=NINE)
    actions.explain_breach(clock, cause="同时来两单，只有一人当班", actor=boss, at=NINE)
    actions.excuse_breach(clock, excuse="已加派人手", actor=boss, at=NINE)
    with pytest.raises(Refusal):
        actions.excuse_breach(clock, excuse="再一次", actor=boss, at=NINE)
    (row,) = [row for row in queries.timeliness(world.estate, date(2026, 3, 1), date(2026, 4, 1)) if row["clause_code"] == "A-036"]
    assert (row["on_time"], row["late"], row["excused"], row["late_seconds"]) == (0, 1, 1, 45 * 60)


def test_a_clock_kept_in_time_needs_no_excuse(job, world):
    job.mark("dispatch", when="09:00")
    job.mark("arrival", when="09:01")
    with pytest.raises(actions.cases.NotLate):
        actions.excuse_breach(job.clock("A-036"), excuse="x", actor=world.li.actor, at=NINE)


def test_a_cancelled_case_leaves_no_running_clock(job):
    job.mark("report", when="09:00")
    actions.withdraw_clocks(job.case, actor=SYSTEM, at=NINE)
    assert {state for state, _due in job.clocks().values()} == {"withdrawn"}


def test_running_clocks_are_seen_by_those_of_the_estate_only(job, world):
    job.mark("report", when="09:00")
    assert queries.running(world.li.actor, world.estate).count() == 3
    assert queries.running(world.zhao.actor, world.estate).count() == 0


def test_verify_finds_a_deadline_that_does_not_follow_from_the_facts(job):
    job.mark("report", when="09:00")
    assert queries.prove_clocks() == Outcome(checked=3)
    make.model("standards.CaseClock").objects.filter(clause_code="A-183").update(due_at=at("2026-03-02 12:00"))
    found = queries.prove_clocks()
    assert (found.checked, found.wrong, "A-183" in found.first) == (3, 1, True)
