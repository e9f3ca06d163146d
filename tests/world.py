"""The named cast and their estate. 李主管 runs the desk, 王师傅 repairs, 张女士 lives there, 赵主管 belongs to another estate."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps

from guanjia.domain.estate.rules.labels import keys
from guanjia.domain.staff import queries as staff
from guanjia.kernel import permissions
from guanjia.kernel.actor import Actor

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
PASSWORD = "correct horse battery staple"


def model(name: str) -> Any:
    """Return a model class by "app.Model"; tests build rows directly, faces never do."""
    return apps.get_model(name)


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
        return self.actor_at(datetime(2026, 3, 2, 1, tzinfo=UTC))


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


def user(login: str | None, name: str) -> Any:
    made = model("accounts.User")(login=login, name=name, began_at=BEGAN)
    made.set_password(PASSWORD)
    made.save()
    return made


def staff_person(company: Any, login: str, name: str, estate: Any, post: Any) -> Person:
    who = user(login, name)
    member = model("staff.Member").objects.create(company=company, user=who, number=login, name=name, hired_on=date(2026, 1, 1))
    model("staff.Appointment").objects.create(member=member, post=post, estate=estate, began_on=date(2026, 1, 1))
    return Person(user=who, member=member)


def build() -> World:
    """Build the cast in the test's database."""
    company = model("estate.Company").objects.create(code="anhe", name="安禾物业服务有限公司", short_name="安禾物业")
    estate = model("estate.Estate").objects.create(company=company, code="JHY", name="锦和苑")
    other = model("estate.Estate").objects.create(company=company, code="YTL", name="云汀里")
    supervisor = model("staff.Post").objects.create(
        company=company, code="客服部主管", name="客服部主管", permissions=sorted(permissions.every())
    )
    technician = model("staff.Post").objects.create(company=company, code="维修人员", name="维修人员", permissions=["estate.view"])
    building, flat = places(estate)
    _, other_flat = places(other)
    zhang = user(None, "张女士")
    party = model("parties.Party").objects.create(estate=estate, user=zhang, name="张美玲", initials="zml")
    model("parties.Occupancy").objects.create(estate=estate, place=flat, party=party, relation="owner", began_on=date(2020, 6, 1))
    return World(
        company=company,
        estate=estate,
        other_estate=other,
        building=building,
        flat=flat,
        other_flat=other_flat,
        li=staff_person(company, "li", "李敏", estate, supervisor),
        wang=staff_person(company, "wang", "王海涛", estate, technician),
        zhang=Person(user=zhang, party=party),
        zhao=staff_person(company, "zhao", "赵磊", other, supervisor),
    )


def places(estate: Any) -> tuple[Any, Any]:
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
