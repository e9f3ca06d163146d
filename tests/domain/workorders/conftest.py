"""A desk with the built-in plan in force, and 王师傅 and 孙师傅 on repair duty on 2 March 2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from guanjia.domain.shifts import actions as shifts
from guanjia.domain.staff.queries import actor_for
from guanjia.domain.workorders import actions
from guanjia.kernel.actor import Actor
from tests import make
from tests.conftest import at
from tests.domain.standards.plans import adopt_response_clauses

BEFORE = at("2026-01-05 09:00")


def when(clock: str) -> Any:
    return at(f"2026-03-02 {clock}")


@dataclass
class Desk:
    """What the tests of work orders act with."""

    world: Any
    wang: Any
    sun: Any
    boss: Actor

    def actor(self, member: Any) -> Actor:
        return actor_for(member.user, at=when("09:00"))

    def order(self, clock: str = "09:00", **change: Any) -> Any:
        facts: dict[str, Any] = {
            "place": self.world.flat,
            "item": "水管",
            "damage": "厨房水槽下漏水",
            "trade": "plumbing",
            "urgency": "emergency",
            "contact_name": "张美玲",
            "contact_phone": "13800001111",
            "at_home": "全天",
            "actor": self.boss,
            "at": when(clock),
        }
        return actions.open_order(**{**facts, **change})

    def dispatched(self, clock: str = "09:05", **change: Any) -> Any:
        order = self.order(**change)
        actions.dispatch(order, to=self.wang, seen=order.version, actor=self.boss, at=when(clock))
        return order

    def arrived(self, clock: str = "09:15", **change: Any) -> Any:
        order = self.dispatched(**change)
        actions.accept(order, seen=order.version, actor=self.actor(self.wang), at=when("09:06"))
        actions.arrive(order, proof="scan", seen=order.version, actor=self.actor(self.wang), at=when(clock))
        return order

    def finished(self, **change: Any) -> Any:
        order = self.arrived(**change)
        actions.finish(order, result="更换角阀", seen=order.version, actor=self.actor(self.wang), at=when("09:50"))
        return order

    def clock(self, order: Any, code: str) -> Any:
        return make.model("standards.CaseClock").objects.filter(case_id=order.pk, clause_code=code).order_by("-turn").first()


@pytest.fixture
def desk(world):
    adopt_response_clauses(world.estate)
    boss = world.li.actor
    post = make.post(world.company, "水电工", ["workorders.view", "workorders.work", "shifts.stand"])
    crew = [
        make.member(world.company, login, name, post, user=make.user(login, name), estate=world.estate)
        for login, name in (("wangsf", "王师傅"), ("sunsf", "孙师傅"))
    ]
    station = shifts.add_station(world.estate, code="R1", name="维修值班", post_codes=["水电工"], heads=[(0, 0, 1)], actor=boss, at=BEFORE)
    roster = shifts.open_roster(world.estate, name="三月", began_on=date(2026, 3, 2), ended_on=date(2026, 3, 3), actor=boss, at=BEFORE)
    for rank, began in enumerate((0, 480, 960)):
        pattern = shifts.add_pattern(
            world.estate, code=str(rank), name=str(rank), began_minute=began, minutes=480, rank=rank, actor=boss, at=BEFORE
        )
        for member in crew if rank == 1 else crew[:1]:
            shifts.put(roster, station=station, pattern=pattern, member=member, day=date(2026, 3, 2), actor=boss, at=BEFORE)
    shifts.approve(roster, seen=1, actor=boss, at=BEFORE)
    shifts.publish(roster, seen=2, actor=boss, at=BEFORE)
    for member, trades in zip(crew, (["plumbing"], ["general"]), strict=True):
        actions.set_skills(member, estate=world.estate, trades=trades, actor=boss, at=BEFORE)
    return Desk(world, crew[0], crew[1], boss)
