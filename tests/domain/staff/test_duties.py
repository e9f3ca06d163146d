"""Certificates, deputies, stewards."""

from datetime import date
from decimal import Decimal

import pytest

from guanjia.domain.staff import actions, queries
from guanjia.domain.staff.actions.duties import CertificateKnown, DeputyAway, DeputyNamedAlready, NotYourself
from guanjia.domain.staff.actions.members import BackToFront, HasLeft
from guanjia.domain.staff.rules.certificates import Standing, standing
from guanjia.kernel.errors import NotAllowed, Stale
from tests import make

from .conftest import NOON

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("expires", "revoked", "expected"),
    [
        (None, None, Standing.VALID),
        (date(2026, 5, 2), None, Standing.VALID),
        (date(2026, 5, 1), None, Standing.ENDING),
        (date(2026, 3, 2), None, Standing.ENDING),
        (date(2026, 3, 1), None, Standing.EXPIRED),
        (date(2027, 3, 1), date(2026, 3, 2), Standing.REVOKED),
        (date(2027, 3, 1), date(2026, 3, 3), Standing.VALID),
    ],
)
def test_a_certificate_counts_on_its_last_day(expires, revoked, expected):
    assert standing(expires, revoked, DAY, 60) == expected


def note(member, actor, **facts):
    facts = {"kind": "property", "number": "浙w-001", "issued_on": date(2023, 3, 2), "expires_on": date(2026, 3, 20), **facts}
    return actions.note_certificate(member, actor=actor, at=NOON, **facts)


@pytest.mark.clause("A-090")
def test_managers_without_a_valid_certificate_are_named(world, office, library):
    for who in (office.he.member, world.wang.member):
        make.model("staff.Appointment").objects.create(member=who, post=library["项目经理"], estate=world.estate, began_on=DAY)
    note(office.he.member, office.sun.actor)
    lacking, share = queries.uncertified_managers(world.li.actor, on=DAY)
    assert (lacking[-1].name, share.ratio) == ("王海涛", Decimal(1) / 3)
    assert [member.name for member in queries.uncertified_managers(world.li.actor, on=date(2026, 3, 21))[0]] == ["何倩", "李敏", "王海涛"]


def test_ending_certificates_are_listed_unless_renewed(world, office):
    li = world.li.member
    note(li, office.sun.actor)
    assert [(line.standing, line.days) for line in queries.due_certificates(world.li.actor, on=DAY)] == [("ending", 18)]
    assert queries.due_certificates(world.zhao.actor, on=DAY) == []
    note(li, office.sun.actor, number="浙W-002", expires_on=date(2029, 3, 20))
    assert queries.due_certificates(world.li.actor, on=DAY) == []
    assert [line.standing for line in queries.certificates(li, on=DAY)] == ["ending", "valid"]


def test_refusals_of_note_certificate(world, office):
    note(world.li.member, office.sun.actor)
    with pytest.raises(CertificateKnown):
        note(world.li.member, office.sun.actor, number="浙W-001 ")
    with pytest.raises(BackToFront):
        note(world.li.member, office.sun.actor, number="2", expires_on=date(2020, 1, 1))
    with pytest.raises(NotAllowed):
        note(world.li.member, world.wang.actor, number="3")
    with pytest.raises(NotAllowed):
        note(office.sun.member, world.li.actor, number="4")


def test_a_revoked_certificate_counts_no_more(world, office, told):
    certificate = note(world.li.member, office.sun.actor)
    actions.revoke_certificate(certificate, revoked_on=DAY, seen=1, actor=office.sun.actor, at=NOON)
    assert queries.certified([world.li.member.pk], "property", on=DAY) == set()
    assert told(world.li.member)[-1][0] == "staff.CertificateRevoked"
    with pytest.raises(Stale):
        actions.revoke_certificate(certificate, revoked_on=DAY, seen=1, actor=office.sun.actor, at=NOON)


def named(world, who, member=None, deputy=None, began=DAY, ended=date(2026, 3, 5)):
    return actions.name_deputy(
        member or world.li.member,
        deputy=deputy or world.wang.member,
        began_on=began,
        ended_on=ended,
        reason="年假",
        actor=who.actor,
        at=NOON,
    )


def test_a_member_names_her_own_deputy_for_her_days_off(world, told):
    deputyship = named(world, world.li)
    assert world.wang.actor.may("parties.edit", world.flat)
    actions.end_deputyship(deputyship, ended_on=DAY, actor=world.li.actor, at=NOON)
    assert not world.wang.actor.may("parties.edit", world.flat)
    assert [name for name, _ in told(world.li.member)] == ["staff.DeputyNamed", "staff.DeputyshipEnded"]


def test_refusals_of_name_deputy(world, office):
    named(world, world.li)
    with pytest.raises(DeputyNamedAlready):
        named(world, world.li, began=date(2026, 3, 4), ended=date(2026, 3, 8))
    with pytest.raises(BackToFront):
        named(world, world.li, began=DAY, ended=DAY)
    with pytest.raises(NotYourself):
        named(world, world.li, deputy=world.li.member, began=date(2026, 4, 1), ended=date(2026, 4, 2))
    with pytest.raises(DeputyAway):
        named(world, world.wang, member=world.wang.member, deputy=world.li.member)
    with pytest.raises(NotAllowed):
        named(world, world.zhao)
    with pytest.raises(NotAllowed):
        named(world, world.li, member=office.sun.member)
    with pytest.raises(NotYourself):
        named(world, world.li, member=world.wang.member, deputy=world.li.member, began=date(2026, 4, 1), ended=date(2026, 4, 2))
    with pytest.raises(HasLeft):
        named(world, world.li, deputy=make.member(make.company("x", "别家"), "x1", "外人"), began=date(2026, 4, 1), ended=date(2026, 4, 2))


def test_a_deputyship_is_only_ever_shortened(world):
    with pytest.raises(BackToFront):
        actions.end_deputyship(named(world, world.li), ended_on=date(2026, 3, 9), actor=world.li.actor, at=NOON)


@pytest.mark.clause("D-016")
@pytest.mark.clause("D-113")
@pytest.mark.clause("D-114")
def test_a_grid_has_one_steward_at_a_time(world, told):
    grid = make.model("estate.Grid").objects.create(estate=world.estate, code="G1", name="一网格")
    actions.name_steward(grid, member=world.li.member, began_on=date(2026, 1, 1), actor=world.li.actor, at=NOON)
    actions.name_steward(grid, member=world.wang.member, began_on=DAY, actor=world.li.actor, at=NOON)
    assert queries.steward_of_grid(grid, on=date(2026, 3, 1)) == world.li.member
    assert queries.steward_of_grid(grid, on=DAY) == world.wang.member
    assert [each.grid for each in queries.stewardships_of(world.wang.member, on=DAY)] == [grid]
    assert [each.member.name for each in queries.stewardships(world.li.actor, on=DAY)] == ["王海涛"]
    assert list(queries.stewardships(world.zhao.actor, on=DAY)) == []
    assert [name for name, _ in told(grid)] == ["staff.StewardNamed", "staff.StewardshipEnded", "staff.StewardNamed"]


def test_refusals_of_stewards(world):
    grid = make.model("estate.Grid").objects.create(estate=world.estate, code="G1", name="一网格")
    stewardship = actions.name_steward(grid, member=world.li.member, began_on=DAY, actor=world.li.actor, at=NOON)
    with pytest.raises(NotAllowed):
        actions.name_steward(grid, member=world.wang.member, began_on=DAY, actor=world.zhao.actor, at=NOON)
    with pytest.raises(BackToFront):
        actions.name_steward(grid, member=world.wang.member, began_on=date(2026, 1, 1), actor=world.li.actor, at=NOON)
    with pytest.raises(HasLeft):
        actions.name_steward(grid, member=make.member(make.company("x", "别家"), "x1", "外人"), began_on=DAY, actor=world.li.actor, at=NOON)
    with pytest.raises(BackToFront):
        actions.end_stewardship(stewardship, ended_on=date(2026, 1, 1), actor=world.li.actor, at=NOON)
    actions.end_stewardship(stewardship, ended_on=date(2026, 4, 1), actor=world.li.actor, at=NOON)
    assert queries.steward_of_grid(grid, on=date(2026, 4, 1)) is None


def test_the_share_of_guards_of_at_most_thirty(world, office, library):
    ages = {"g1": date(1996, 3, 2), "g2": date(1995, 3, 2), "g3": date(1995, 3, 3), "g4": None}
    for login, born_on in ages.items():
        member = make.member(world.company, login, login, library["秩序维护员"], estate=world.estate)
        member.born_on = born_on
        member.save()
    share = queries.guards_of_age(world.li.actor, on=DAY, most=30)
    assert (share.met, share.of, share.unknown) == (2, 4, 1)
