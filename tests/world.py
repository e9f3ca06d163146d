"""The named cast and their estate, built once per run: 李主管 runs the desk, 王师傅 repairs, 张女士 lives there, 赵主管 belongs to another estate.

A test gets its own copies of these objects in its own transaction, and may change them. What a test adds, it makes
with `tests.make`. The world stays small: rows that every test would have to count around do not belong here.
"""

from __future__ import annotations

import copy
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from django.apps import apps

from guanjia.domain.estate.rules.labels import keys
from guanjia.domain.staff import queries as staff
from guanjia.kernel import permissions
from guanjia.kernel.actor import Actor
from tests import make
from tests.make import PASSWORD, model

__all__ = ["PASSWORD", "Person", "World", "build", "model", "told"]

MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)  # Monday 09:00 in Shanghai


@dataclass
class Person:
    """A member of the cast."""

    user: Any
    member: Any = None
    party: Any = None

    def actor_at(self, at: datetime) -> Actor:
        return staff.actor_for(self.user, at=at)

    @property
    def actor(self) -> Actor:
        return self.actor_at(MORNING)


@dataclass
class World:
    """What every test may count on."""

    company: Any
    estate: Any
    other_estate: Any
    building: Any
    flat: Any
    other_flat: Any
    li: Person
    wang: Person
    zhang: Person
    zhao: Person


def told(about: Any = None) -> list[tuple[str, dict[str, Any]]]:
    """Return what the trail says about a row, or says at all, oldest first, as (event name, payload)."""
    entries = apps.get_model("trail.Entry").objects.order_by("pk")
    if about is not None:
        entries = entries.filter(about_type=about._meta.label, about_id=about.pk)
    return list(entries.values_list("name", "payload"))


def build() -> World:
    """Build the cast in the present database."""
    company = make.company("anhe", "安禾物业服务有限公司")
    estate = make.estate(company, "JHY", "锦和苑")
    other = make.estate(company, "YTL", "云汀里")
    supervisor = make.post(company, "客服部主管", permissions.every())
    technician = make.post(company, "维修人员", ["estate.view"])
    building, flat = _homes(estate)
    _, other_flat = _homes(other)
    zhang = make.user(None, "张女士")
    party = make.party(estate, "张美玲", user=zhang)
    make.occupancy(flat, party)

    def member(login: str, name: str, where: Any, post: Any) -> Person:
        who = make.user(login, name)
        return Person(user=who, member=make.member(company, login, name, post, user=who, estate=where))

    return World(
        company=company,
        estate=estate,
        other_estate=other,
        building=building,
        flat=flat,
        other_flat=other_flat,
        li=member("li", "李敏", estate, supervisor),
        wang=member("wang", "王海涛", estate, technician),
        zhang=Person(user=zhang, party=party),
        zhao=member("zhao", "赵磊", other, supervisor),
    )


def _homes(estate: Any) -> tuple[Any, Any]:
    """Build building 3, entrance 2, flat 3-2-1501."""
    place = model("estate.Place").objects

    def add(kind: str, name: str, *codes: tuple[str, str], **facts: Any) -> Any:
        return place.create(estate=estate, kind=kind, code=codes[-1][1], name=name, **asdict(keys(codes)), **facts)

    tower, stairs, room = ("building", "3"), ("entrance", "2"), ("premises", "1501")
    building = add("building", "3 号楼", tower, building_type="high_rise")
    entrance = add("entrance", "2 单元", tower, stairs, parent=building)
    flat = add("premises", "1501", tower, stairs, room, parent=entrance, floor_label="15", floor_number=15)
    model("estate.Premises").objects.create(place=flat, estate=estate, area_m2="118.62", usage="住宅")
    return building, flat


_built: World | None = None


def build_once() -> None:
    """Build the world at the start of the run, outside every test's transaction."""
    global _built
    _built = build()


def of_this_test() -> World:
    """Return copies for one test; after a test that emptied the database the world is built again inside this one."""
    if _built is not None and model("estate.Company").objects.filter(pk=_built.company.pk, code=_built.company.code).exists():
        return copy.deepcopy(_built)
    return build()
