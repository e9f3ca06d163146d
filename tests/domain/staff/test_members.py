"""Members come, hold posts and leave."""

from datetime import date

import pytest

from guanjia.domain.staff import actions, queries
from guanjia.domain.staff.actions.members import AlreadyHeld, AnotherCompany, BackToFront, HasLeft, NumberTaken
from guanjia.domain.staff.actions.posts import HoldsNothing, NotHeld
from guanjia.kernel.errors import NotAllowed, Stale
from guanjia.kernel.names import BadName
from guanjia.kernel.phones import BadPhone
from tests import make

from .conftest import NOON

DAY = date(2026, 3, 2)


def join(world, who, **facts):
    facts = {"number": "A017", "name": "单 桂芳", "phone": "138 1234 5678", "hired_on": DAY, **facts}
    return actions.join(world.company, actor=who.actor, at=NOON, **facts)


@pytest.mark.clause("A-108")
def test_who_joins_is_found_by_every_reading_and_by_phone(world, office, told):
    member = join(world, office.sun)
    assert (member.name, member.phone) == ("单桂芳", "13812345678")
    for text in ("单桂", "sgf", "DGF", "a017", "13812345678", "桂芳 sgf"):
        assert list(queries.members(office.sun.actor, on=DAY, text=text)) == [member], text
    assert list(queries.members(office.sun.actor, on=DAY, text="13812345679")) == []
    assert told(member) == [("staff.MemberJoined", {"member_id": member.pk})]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [({"number": "sun"}, NumberTaken), ({"number": " "}, NumberTaken), ({"name": ""}, BadName), ({"phone": "123"}, BadPhone)],
)
def test_refusals_of_join(world, office, facts, refusal):
    with pytest.raises(refusal):
        join(world, office.sun, **facts)


def test_only_the_company_s_people_register_members(world):
    with pytest.raises(NotAllowed):
        join(world, world.li)


def test_a_member_is_corrected_and_the_trail_names_the_fields_only(world, office, told):
    member = join(world, office.sun)
    facts = {"number": "A018", "name": "单桂芳", "phone": "", "hired_on": DAY, "actor": office.sun.actor, "at": NOON}
    actions.change_member(member, seen=1, **facts)
    member.refresh_from_db()
    assert (member.number, member.phone, member.phone_index, member.version) == ("A018", "", "", 2)
    assert told(member)[1] == ("staff.MemberChanged", {"member_id": member.pk, "fields": ["number", "phone", "phone_index"]})
    with pytest.raises(Stale):
        actions.change_member(member, seen=1, **facts)
    with pytest.raises(NumberTaken):
        actions.change_member(member, seen=2, **{**facts, "number": "sun"})


@pytest.mark.clause("D-173")
def test_one_member_holds_several_posts(world, office, library, told):
    for post in ("客服管家", "钥匙管理员"):
        actions.appoint(office.he.member, post=library[post], estate=world.estate, began_on=DAY, actor=office.sun.actor, at=NOON)
    held = queries.appointments_of(office.he.member, on=DAY)
    assert sorted(each.post.name for each in held) == ["客服管家", "钥匙管理员"]
    assert office.he.actor.may("parties.merge", world.flat)
    assert [name for name, _ in told(office.he.member)] == ["staff.Appointed", "staff.Appointed"]


def test_refusals_of_appoint(world, office, library):
    he, sun = office.he.member, office.sun.actor

    def appoint(actor=sun, member=he, post=library["客服管家"], **facts):
        return actions.appoint(member, post=post, actor=actor, at=NOON, **{"estate": world.estate, "began_on": DAY, **facts})

    appoint()
    with pytest.raises(AlreadyHeld):
        appoint(began_on=date(2026, 5, 1))
    with pytest.raises(NotAllowed):
        appoint(world.wang.actor, post=library["保洁员"])
    with pytest.raises(NotAllowed):
        appoint(world.li.actor, estate=world.other_estate)
    with pytest.raises(HoldsNothing):
        appoint(post=library["业主"])
    with pytest.raises(BackToFront):
        appoint(post=library["保洁员"], ended_on=date(2026, 3, 1))
    with pytest.raises(AnotherCompany):
        appoint(post=make.post(make.company("x", "别家"), "管家"))
    with pytest.raises(AnotherCompany):
        appoint(estate=make.estate(make.company("y", "又一家"), "YYJ", "又一居"))
    actions.leave(he, left_on=date(2026, 4, 1), seen=1, actor=sun, at=NOON)
    with pytest.raises(HasLeft):
        appoint(post=library["保洁员"], began_on=date(2026, 4, 1))


def test_an_estate_s_manager_appoints_in_her_estate_but_not_above_herself(world, office, library):
    manager = make.post(world.company, "小经理", ["staff.edit", *library["保洁员"].permissions])
    make.model("staff.Appointment").objects.create(member=office.he.member, post=manager, estate=world.estate, began_on=DAY)
    actions.appoint(world.wang.member, post=library["保洁员"], estate=world.estate, began_on=DAY, actor=office.he.actor, at=NOON)
    with pytest.raises(NotHeld):
        actions.appoint(world.wang.member, post=library["客服管家"], estate=world.estate, began_on=DAY, actor=office.he.actor, at=NOON)


def test_an_appointment_ends(world, office):
    appointment = queries.appointments_of(world.wang.member).get()
    actions.end_appointment(appointment, ended_on=DAY, actor=office.sun.actor, at=NOON)
    assert world.wang.actor.grants == ()
    with pytest.raises(BackToFront):
        actions.end_appointment(appointment, ended_on=date(2025, 1, 1), actor=office.sun.actor, at=NOON)
    with pytest.raises(NotAllowed):
        actions.end_appointment(appointment, ended_on=DAY, actor=world.zhao.actor, at=NOON)


def test_who_leaves_loses_everything_on_that_day(world, office, told):
    li = world.li.member
    make.model("staff.Deputyship").objects.create(member=li, deputy=office.he.member, began_on=DAY, ended_on=date(2026, 3, 20))
    actions.leave(li, left_on=date(2026, 3, 10), seen=li.version, actor=office.sun.actor, at=NOON)
    assert queries.appointments_of(li).get().ended_on == date(2026, 3, 10)
    assert make.model("staff.Deputyship").objects.get().ended_on == date(2026, 3, 10)
    assert told(li) == [("staff.MemberLeft", {"member_id": li.pk, "left_on": "2026-03-10"})]
    with pytest.raises(HasLeft):
        actions.leave(li, left_on=date(2026, 3, 10), seen=li.version, actor=office.sun.actor, at=NOON)


def test_leaving_before_being_hired_is_refused(world, office):
    with pytest.raises(BackToFront):
        actions.leave(world.li.member, left_on=date(2025, 1, 1), seen=1, actor=office.sun.actor, at=NOON)


@pytest.mark.clause("D-100")
def test_a_supervisor_sees_those_who_work_where_she_may_look(world, office):
    seen = queries.members(world.li.actor, on=DAY)
    assert [member.name for member in seen] == ["李敏", "王海涛"]
    assert [member.name for member in queries.members(world.wang.actor, on=DAY)] == ["王海涛"]
    assert {member.name for member in queries.members(office.sun.actor, on=DAY)} == {"何倩", "李敏", "孙建国", "王海涛", "赵磊"}
