"""Moving in and out: shares, periods, and what the panels of a place show."""

from datetime import date
from decimal import Decimal

import pytest

from guanjia.domain.estate import ports as estate_ports
from guanjia.domain.parties import actions, queries
from guanjia.domain.parties.actions.living import Overlaps, OverOwned, ShareWithoutOwning
from guanjia.domain.parties.actions.reach import AnotherEstate, BackToFront, IsMerged
from guanjia.kernel.errors import IllegalMove, NotAllowed, Stale
from tests import make

from .conftest import DAY, NOON


def move_in(world, party, relation="tenant", who=None, place=None, **facts):
    facts = {"began_on": DAY, **facts}
    return actions.move_in(place or world.flat, party=party, relation=relation, actor=(who or world.li).actor, at=NOON, **facts)


def test_a_tenant_moves_in_and_out(world, told):
    tenant = make.party(world.estate, "陈浩")
    stay = move_in(world, tenant, ended_on=date(2027, 3, 2))
    assert [(each.party.name, each.relation) for each in queries.residents_at(world.flat, on=DAY)] == [("张美玲", "业主"), ("陈浩", "租户")]
    actions.move_out(stay, ended_on=date(2026, 4, 1), seen=1, actor=world.li.actor, at=NOON)
    assert [each.party.name for each in queries.residents_at(world.flat, on=date(2026, 4, 1))] == ["张美玲"]
    assert [each.party.name for each in queries.household(world.flat, world.li.actor, on=date(2026, 4, 1)).past] == ["陈浩"]
    assert told(stay) == [
        ("parties.MovedIn", {"party_id": tenant.pk, "occupancy_id": stay.pk, "relation": "tenant", "began_on": "2026-03-02"}),
        ("parties.MovedOut", {"party_id": tenant.pk, "occupancy_id": stay.pk, "relation": "tenant", "ended_on": "2026-04-01"}),
    ]


def test_refusals_of_move_in(world, liu):
    other = make.party(world.estate, "陈浩")
    with pytest.raises(NotAllowed):
        move_in(world, other, who=world.wang)
    with pytest.raises(AnotherEstate):
        move_in(world, make.party(world.other_estate, "外人"))
    with pytest.raises(IsMerged):
        move_in(world, make.party(world.estate, "旧档", merged_into=liu))
    with pytest.raises(BackToFront):
        move_in(world, other, ended_on=date(2026, 3, 1))
    with pytest.raises(ShareWithoutOwning):
        move_in(world, other, share="1/2")
    with pytest.raises(Overlaps, match="共有人"):
        move_in(world, other, "owner")
    with pytest.raises(Overlaps, match="刘桂芳"):
        move_in(world, liu, "tenant")
    with pytest.raises(OverOwned, match="110%"):
        move_in(world, other, "joint_owner", share="60%")


def test_shares_may_fill_the_whole_and_change_hands_on_a_day(world, liu):
    buyer = make.party(world.estate, "陈浩")
    move_in(world, buyer, "joint_owner", share="1/2")
    stay = liu.occupancies.get()
    actions.move_out(stay, ended_on=date(2026, 6, 1), seen=1, actor=world.li.actor, at=NOON)
    heir = move_in(world, make.party(world.estate, "刘洋"), "joint_owner", share="50%", began_on=date(2026, 6, 1))
    with pytest.raises(OverOwned, match="2026-05-01"):
        actions.change_occupancy(
            heir, relation="joint_owner", began_on=date(2026, 5, 1), ended_on=None, share="1/2", seen=1, actor=world.li.actor, at=NOON
        )


def test_a_stay_is_corrected(world, liu, told):
    stay = liu.occupancies.get()
    facts = {"relation": "joint_owner", "began_on": date(2019, 1, 1), "ended_on": None, "share": "1/3", "actor": world.li.actor, "at": NOON}
    actions.change_occupancy(stay, seen=1, **facts)
    stay.refresh_from_db()
    assert (stay.share, stay.began_on, stay.version) == (Decimal("0.333333"), date(2019, 1, 1), 2)
    assert told(stay)[-1][1]["fields"] == ["began_on", "share"]
    with pytest.raises(Stale):
        actions.change_occupancy(stay, seen=1, **facts)
    with pytest.raises(NotAllowed):
        actions.change_occupancy(stay, seen=2, **{**facts, "actor": world.zhao.actor})


def test_refusals_of_move_out(world, liu):
    stay = liu.occupancies.get()
    with pytest.raises(BackToFront):
        actions.move_out(stay, ended_on=date(2019, 1, 1), seen=1, actor=world.li.actor, at=NOON)
    with pytest.raises(NotAllowed):
        actions.move_out(stay, ended_on=DAY, seen=1, actor=world.wang.actor, at=NOON)
    with pytest.raises(Stale):
        actions.move_out(stay, ended_on=DAY, seen=9, actor=world.li.actor, at=NOON)
    actions.move_out(stay, ended_on=DAY, seen=1, actor=world.li.actor, at=NOON)
    with pytest.raises(IllegalMove):
        actions.move_out(stay, ended_on=date(2026, 9, 1), seen=2, actor=world.li.actor, at=NOON)


def test_the_panels_show_masked_numbers_ages_and_binding(world, liu, django_assert_max_num_queries):
    make.model("parties.Party").objects.filter(pk=liu.pk).update(born_on=date(1948, 3, 3))
    with django_assert_max_num_queries(9):
        view = queries.household(world.flat, world.li.actor, on=DAY)
    shown = [
        (each.party.name, each.relation, each.share, each.age, each.bound, [line.masked for line in each.phones]) for each in view.residents
    ]
    assert shown == [("张美玲", "业主", "", None, True, []), ("刘桂芳", "共有人", "50%", 77, False, ["138****5678"])]


def test_a_technician_sees_no_residents(world, liu):
    view = queries.household(world.flat, world.wang.actor, on=DAY)
    assert (view.residents, view.vehicles, view.pets, view.needs) == ([], [], [], [])


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("lgf", "刘桂芳", "姓名"),
        ("刘桂", "刘桂芳", "姓名"),
        ("5678", "刘桂芳", "手机尾号"),
        ("12345678", "刘桂芳", "手机尾号"),
        ("213", "张美玲", "车牌"),
        ("8K213", "张美玲", "车牌"),
        ("zml", "张美玲", "姓名"),
    ],
)
def test_the_room_box_finds_the_place(world, liu, text, name, why):
    actions.register_vehicle(world.flat, plate="浙A8K213", actor=world.li.actor, at=NOON)
    (finder,) = estate_ports.finders()
    found = finder.find(world.li.actor, estate_id=world.estate.pk, text=text, limit=8)
    assert [(each.place_id, each.name, each.why) for each in found] == [(world.flat.pk, name, why)]
    assert list(finder.find(world.wang.actor, estate_id=world.estate.pk, text=text, limit=8)) == []
    assert list(finder.find(world.zhao.actor, estate_id=world.estate.pk, text=text, limit=8)) == []


def test_the_box_names_the_owner_and_forgets_who_has_left(world, liu):
    (finder,) = estate_ports.finders()
    assert finder.occupants(world.li.actor, estate_id=world.estate.pk, place_ids=[world.flat.pk]) == {world.flat.pk: ("张美玲", "业主")}
    make.model("parties.Occupancy").objects.filter(party=liu).update(ended_on=date(2025, 1, 1))
    assert list(finder.find(world.li.actor, estate_id=world.estate.pk, text="lgf", limit=8)) == []


def test_a_place_where_somebody_lives_objects_to_being_ended(world, liu):
    assert estate_ports.objections(world.flat) == ["还有 2 条住户登记未迁出"]
