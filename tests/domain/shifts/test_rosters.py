"""From a drafted roster to people on duty who hand over and go."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from guanjia.domain.shifts import actions, ports, queries
from guanjia.kernel.errors import IllegalMove, NotAllowed, Refusal, Stale
from tests import make
from tests.conftest import at

TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
NOW = at("2026-03-01 10:00")
ITEMS = ["对讲机", "岗亭"]


@dataclass
class Gate:
    """The main gate with three guards and the three shifts of B-246."""

    world: Any
    station: Any
    patterns: list[Any]
    guards: list[Any]
    roster: Any

    @property
    def boss(self) -> Any:
        return self.world.li.actor

    def actor(self, index: int) -> Any:
        from guanjia.domain.staff.queries import actor_for

        return actor_for(self.guards[index].user, at=NOW)

    def published(self) -> None:
        actions.lay_rotation(
            self.roster, station=self.station, patterns=self.patterns, groups=[[g] for g in self.guards], actor=self.boss, at=NOW
        )
        actions.approve(self.roster, seen=1, actor=self.boss, at=NOW)
        actions.publish(self.roster, seen=2, actor=self.boss, at=NOW)

    def turn(self, index: int, day: date = TODAY) -> Any:
        return make.model("shifts.Turn").objects.select_related("roster", "station", "estate").get(member=self.guards[index], day=day)


@pytest.fixture
def gate(world):
    boss = world.li.actor
    post = make.post(world.company, "门岗", ["shifts.stand"])
    guards = [
        make.member(world.company, f"g{n}", name, post, user=make.user(f"g{n}", name), estate=world.estate)
        for n, name in enumerate(["甲一", "乙二", "丙三"])
    ]
    patterns = [
        actions.add_pattern(world.estate, code=code, name=name, began_minute=began, minutes=480, rank=rank, actor=boss, at=NOW)
        for rank, (code, name, began) in enumerate([("1", "早班", 480), ("2", "中班", 960), ("3", "晚班", 0)])
    ]
    station = actions.add_station(
        world.estate, code="M1", name="主出入口", post_codes=["门岗"], handover_items=ITEMS, heads=[(0, 0, 1)], actor=boss, at=NOW
    )
    roster = actions.open_roster(world.estate, name="三月", began_on=TODAY, ended_on=date(2026, 3, 4), actor=boss, at=NOW)
    return Gate(world, station, patterns, guards, roster)


@pytest.mark.clause("B-245")
@pytest.mark.clause("B-246")
def test_a_published_rotation_mans_the_gate_round_the_clock(gate):
    gate.published()
    found = {
        hour: [turn.member.name for turn in queries.on_duty(gate.world.estate, at=at(f"2026-03-02 {hour}"))]
        for hour in ("00:00", "07:59", "08:00", "15:59", "16:00", "23:59")
    }
    assert found == {"00:00": ["丙三"], "07:59": ["丙三"], "08:00": ["甲一"], "15:59": ["甲一"], "16:00": ["乙二"], "23:59": ["乙二"]}
    assert queries.uncovered(gate.world.estate, begin=TODAY, end=date(2026, 3, 4)) == []


def test_a_draft_puts_nobody_on_duty(gate):
    actions.put(gate.roster, station=gate.station, pattern=gate.patterns[0], member=gate.guards[0], day=TODAY, actor=gate.boss, at=NOW)
    assert list(queries.on_duty(gate.world.estate, at=at("2026-03-02 09:00"))) == []


@pytest.mark.clause("A-034")
@pytest.mark.clause("A-116")
@pytest.mark.clause("B-243")
def test_a_roster_with_gaps_is_published_only_with_a_reason(gate):
    actions.put(gate.roster, station=gate.station, pattern=gate.patterns[0], member=gate.guards[0], day=TODAY, actor=gate.boss, at=NOW)
    actions.approve(gate.roster, seen=1, actor=gate.boss, at=NOW)
    with pytest.raises(actions.Uncovered, match="主出入口 从 03-02 00:00 起缺 1 人，共 2 处空岗"):
        actions.publish(gate.roster, seen=2, actor=gate.boss, at=NOW)
    actions.publish(gate.roster, seen=2, gaps_reason="夜间由巡逻岗兼顾", actor=gate.boss, at=NOW)
    gate.roster.refresh_from_db()
    assert (gate.roster.state, gate.roster.gaps_reason) == ("published", "夜间由巡逻岗兼顾")


@pytest.mark.clause("A-119")
def test_a_roster_is_approved_before_it_is_published_and_fixed_afterwards(gate):
    with pytest.raises(IllegalMove):
        actions.publish(gate.roster, seen=1, gaps_reason="x", actor=gate.boss, at=NOW)
    gate.published()
    with pytest.raises(actions.NotDraft):
        actions.take_out(gate.turn(0), actor=gate.boss, at=NOW)
    with pytest.raises(Stale):
        actions.approve(gate.roster, seen=1, actor=gate.boss, at=NOW)


def test_an_approved_roster_can_be_given_back(gate):
    actions.approve(gate.roster, seen=1, actor=gate.boss, at=NOW)
    actions.reopen(gate.roster, seen=2, actor=gate.boss, at=NOW)
    turn = actions.put(
        gate.roster, station=gate.station, pattern=gate.patterns[0], member=gate.guards[0], day=TODAY, actor=gate.boss, at=NOW
    )
    actions.take_out(turn, actor=gate.boss, at=NOW)
    assert not make.model("shifts.Turn").objects.exists()


def test_who_may_be_put_where(gate):
    def put(**change):
        facts = {
            "station": gate.station,
            "pattern": gate.patterns[0],
            "member": gate.guards[0],
            "day": TODAY,
            "actor": gate.boss,
            "at": NOW,
        }
        return actions.put(gate.roster, **{**facts, **change})

    put()
    with pytest.raises(actions.AlreadyOnTurn):
        put(station=actions.add_station(gate.world.estate, code="M2", name="次出入口", actor=gate.boss, at=NOW))
    with pytest.raises(actions.WrongPost):
        put(member=gate.world.wang.member)
    with pytest.raises(actions.OutsideRoster):
        put(day=date(2026, 3, 4))
    with pytest.raises(NotAllowed):
        put(actor=gate.world.wang.actor)
    with pytest.raises(actions.OutsideRoster):
        actions.open_roster(gate.world.estate, name="反", began_on=TODAY, ended_on=TODAY, actor=gate.boss, at=NOW)


@pytest.mark.clause("B-014")
def test_attendance_is_signed_by_the_person_alone_and_in_time(gate):
    gate.published()
    turn = gate.turn(0)
    with pytest.raises(actions.NotYours):
        actions.sign_on(turn, actor=gate.actor(1), at=at("2026-03-02 08:00"))
    with pytest.raises(actions.NotNow):
        actions.sign_on(turn, actor=gate.actor(0), at=at("2026-03-02 05:59"))
    attendance = actions.sign_on(turn, checked={"着装": True}, actor=gate.actor(0), at=at("2026-03-02 08:07"))
    assert (attendance.signed_on_at, attendance.checked) == (at("2026-03-02 08:07"), {"着装": True})
    with pytest.raises(actions.NotNow):
        actions.sign_on(turn, actor=gate.actor(0), at=at("2026-03-02 08:08"))
    assert [found.pk for found in queries.present(gate.world.estate, at=at("2026-03-02 09:00"))] == [turn.pk]


def handed_over(gate, **change):
    facts = {
        "to": gate.turn(1),
        "leader": gate.world.li.member,
        "told": "2 号车位临停一辆搬家车，16:30 前离场",
        "checks": [{"item": item, "condition": "good", "note": ""} for item in ITEMS],
        "actor": gate.actor(0),
        "at": at("2026-03-02 15:58"),
    }
    return actions.hand_over(gate.turn(0), **{**facts, **change})


@pytest.mark.clause("A-306", "B-119", "B-249")
def test_nobody_leaves_before_the_station_is_handed_over(gate):
    gate.published()
    actions.sign_on(gate.turn(0), actor=gate.actor(0), at=at("2026-03-02 07:50"))
    with pytest.raises(actions.NotReleased, match="请先与接班人员交接：主出入口"):
        actions.sign_off(gate.turn(0), actor=gate.actor(0), at=at("2026-03-02 16:00"))
    with pytest.raises(actions.NotNow, match="还没有签到"):
        handed_over(gate)
    actions.sign_on(gate.turn(1), actor=gate.actor(1), at=at("2026-03-02 15:50"))
    with pytest.raises(actions.Unchecked, match="岗亭"):
        handed_over(gate, checks=[{"item": "对讲机", "condition": "good"}])
    with pytest.raises(Refusal, match="请写明岗位情况"):
        handed_over(gate, told=" ")
    handover = handed_over(gate)
    assert [check["item"] for check in handover.checks] == ITEMS
    actions.sign_off(gate.turn(0), actor=gate.actor(0), at=at("2026-03-02 16:01"))
    assert [turn.member.name for turn in queries.on_duty(gate.world.estate, at=at("2026-03-02 16:02"))] == ["乙二"]
    with pytest.raises(actions.NotNow):
        handed_over(gate)


def test_an_app_above_may_object_to_going_off_duty(gate, monkeypatch):
    monkeypatch.setattr(ports, "_objections", [lambda member_id, at: [ports.Objection("急修 BX-0302-01 还没有办完，请先转交")]])
    gate.published()
    actions.sign_on(gate.turn(1, TOMORROW), actor=gate.actor(1), at=at("2026-03-03 00:00"))
    with pytest.raises(actions.NotReleased, match="急修 BX-0302-01 还没有办完"):
        actions.sign_off(gate.turn(1, TOMORROW), actor=gate.actor(1), at=at("2026-03-03 07:59"))


def test_a_turn_changes_hands_until_somebody_signs_on(gate, told):
    gate.published()
    spare = make.member(gate.world.company, "g9", "丁四", make.model("staff.Post").objects.get(code="门岗"), estate=gate.world.estate)
    actions.pass_on(gate.turn(0), to=spare, reason="甲一病假", actor=gate.boss, at=NOW)
    turn = make.model("shifts.Turn").objects.get(member=spare)
    assert turn.day == TODAY
    assert told(gate.roster)[-1][1] | {"turn_id": 0} == {
        "turn_id": 0,
        "from_member_id": gate.guards[0].pk,
        "to_member_id": spare.pk,
        "reason": "甲一病假",
    }
    actions.sign_on(gate.turn(1), actor=gate.actor(1), at=at("2026-03-02 16:00"))
    with pytest.raises(actions.NotNow):
        actions.pass_on(gate.turn(1), to=gate.guards[0], reason="换", actor=gate.boss, at=at("2026-03-02 16:01"))
    with pytest.raises(Refusal, match="换班原因"):
        actions.pass_on(gate.turn(2), to=gate.guards[0], reason="", actor=gate.boss, at=NOW)
