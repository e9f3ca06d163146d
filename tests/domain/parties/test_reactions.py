"""Who lived in rooms that were split or merged lives on in what became of them."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

from guanjia.domain.estate import actions as estate
from guanjia.domain.parties import queries
from guanjia.domain.parties.models import Occupancy, Vehicle
from tests import make
from tests.conftest import at

NOW = at("2026-03-02 09:00")
DAY = NOW.date()


def holders(place, on):
    return [(each.party.name, each.occupancy.relation, each.occupancy.share) for each in queries.residents_at(place, on=on)]


def test_everybody_of_a_split_room_holds_every_part(world):
    Occupancy.objects.filter(place=world.flat).update(share=Decimal(1))
    car = Vehicle.objects.create(estate=world.estate, place=world.flat, kind="ebike")
    parts = estate.split_premises(
        world.flat, into=[("1501", Decimal("60.00")), ("1501A", Decimal("58.62"))], on=DAY, seen=1, actor=world.li.actor, at=NOW
    )

    assert [holders(part, DAY) for part in parts] == [[("张美玲", "owner", Decimal(1))]] * 2
    assert holders(world.flat, DAY) == []
    assert holders(world.flat, date(2026, 3, 1)) == [("张美玲", "owner", Decimal(1))]
    car.refresh_from_db()
    assert car.place_id == parts[0].pk


def test_holders_of_merged_rooms_hold_the_new_one_once_and_unequal_shares_are_left_open(world):
    beside = estate.add_place(
        world.estate, parent=world.flat.parent, kind="premises", code="1502", area_m2=Decimal(80), key=uuid4(), actor=world.li.actor, at=NOW
    )
    other = make.party(world.estate, "周明")
    make.occupancy(beside, world.zhang.party)
    make.occupancy(beside, other)
    Occupancy.objects.filter(place=world.flat).update(share=Decimal(1))
    merged = estate.merge_premises([world.flat, beside], code="1501", on=DAY, seen=[1, 1], actor=world.li.actor, at=NOW)

    assert sorted(holders(merged, DAY)) == [("周明", "owner", None), ("张美玲", "owner", None)]
    assert Occupancy.objects.filter(ended_on=None).count() == 2
