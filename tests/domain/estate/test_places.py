"""The tree: entering, renaming, ending; who may, and what refuses."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from guanjia.domain.estate import actions, ports, queries
from guanjia.domain.estate.actions import estates, places
from guanjia.domain.estate.models import Alias, Place
from guanjia.kernel.errors import KeyReused, NotAllowed, Stale
from tests.domain.estate.conftest import NOW, TODAY
from tests.world import told


def test_a_room_gets_its_keys_floor_and_facts(world, add, stairs):
    room = add("premises", "1601", stairs, area_m2=Decimal("89.37"), layout="两室一厅")

    assert (room.label, room.spoken, room.compact, room.path) == ("3-2-1601", "3-2-1601", "321601", "3/2/1601/")
    assert (room.floor_label, room.premises.area_m2, room.parent_id) == ("16", Decimal("89.37"), stairs.pk)
    assert told(room) == [("estate.PlaceAdded", {"place_id": room.pk, "kind": "premises", "label": "3-2-1601"})]


def test_floors_are_counted_where_labels_skip(world, add, stairs):
    rooms = {code: add("premises", code, stairs) for code in ("1201", "12A01", "B101", "101")}
    numbers = {code: Place.objects.get(pk=room.pk).floor_number for code, room in rooms.items()}
    assert numbers == {"B101": Decimal(-1), "101": Decimal(1), "1201": Decimal(2), "12A01": Decimal(3)}


def test_the_same_key_adds_once_and_another_body_is_refused(world, stairs, by_li):
    key = uuid4()
    first = actions.add_place(world.estate, parent=stairs, kind="premises", code="1601", key=key, **by_li)
    again = actions.add_place(world.estate, parent=stairs, kind="premises", code="1601", key=key, **by_li)
    assert first.pk == again.pk
    with pytest.raises(KeyReused):
        actions.add_place(world.estate, parent=stairs, kind="premises", code="1602", key=key, **by_li)


@pytest.mark.parametrize(
    ("kind", "code", "under", "facts", "refusal"),
    [
        ("premises", "1501", "stairs", {}, estates.CodeTaken),
        ("premises", "", "stairs", {}, estates.BadCode),
        ("premises", "16/01", "stairs", {}, estates.BadCode),
        ("premises", "16 01", "stairs", {}, estates.BadCode),
        ("building", "9", "stairs", {}, places.WrongParent),
        ("entrance", "1", None, {}, places.WrongParent),
        ("premises", "1", "flat", {}, places.WrongParent),
        ("premises", "1601", "stairs", {"area_m2": Decimal(0)}, places.BadArea),
        ("premises", "1601", "stairs", {"area_m2": Decimal(80), "inner_area_m2": Decimal(81)}, places.BadArea),
        ("premises", "1601", "stairs", {"floor_label": "天台"}, places.BadFloor),
    ],
)
def test_what_cannot_stand_there_is_refused(world, add, stairs, kind, code, under, facts, refusal):
    parent = {"stairs": stairs, "flat": world.flat, None: None}[under]
    with pytest.raises(refusal):
        add(kind, code, parent, **facts)
    assert not Place.objects.filter(estate=world.estate, code="1601").exists()


def test_only_who_may_edit_there_changes_the_tree(world, stairs, by_wang):
    with pytest.raises(NotAllowed):
        actions.add_place(world.estate, parent=stairs, kind="premises", code="1601", key=uuid4(), **by_wang)
    with pytest.raises(NotAllowed):
        actions.add_place(world.estate, parent=stairs, kind="premises", code="1601", key=uuid4(), actor=world.zhao.actor, at=NOW)
    with pytest.raises(NotAllowed):
        actions.rename_place(world.flat, code="1502", name="", seen=1, **by_wang)
    with pytest.raises(NotAllowed):
        actions.end_place(world.flat, on=TODAY, seen=1, **by_wang)
    with pytest.raises(NotAllowed):
        actions.revise_premises(world.flat, area_m2=Decimal(1), seen=1, **by_wang)


def test_renaming_a_building_moves_everything_below_it(world, by_li):
    actions.rename_place(world.building, code="5", name="五号楼", seen=world.building.version, **by_li)

    flat = Place.objects.get(pk=world.flat.pk)
    assert (flat.path, flat.label, flat.spoken, flat.compact) == ("5/2/1501/", "5-2-1501", "5-2-1501", "521501")
    assert told(world.building)[-1] == ("estate.PlaceRenamed", {"place_id": world.building.pk, "before": "3 号楼", "after": "五号楼"})


def test_a_renamed_room_is_still_found_by_its_old_number(world, by_li):
    actions.rename_place(world.flat, code="1505", name="", seen=world.flat.version, **by_li)
    assert [(hit.place.label, hit.exact) for hit in queries.find(world.li.actor, world.estate, "3-2-1501")] == [("3-2-1505", True)]
    assert Alias.objects.get(place=world.flat).label == "3-2-1501"


def test_renaming_refuses_a_taken_code_an_old_view_and_no_change(world, add, stairs, by_li):
    other = add("premises", "1502", stairs)
    with pytest.raises(estates.CodeTaken):
        actions.rename_place(other, code="1501", name="", seen=other.version, **by_li)
    with pytest.raises(estates.NothingChanged):
        actions.rename_place(other, code="1502", name="1502", seen=other.version, **by_li)
    with pytest.raises(Stale):
        actions.rename_place(other, code="1503", name="", seen=other.version + 1, **by_li)


def test_a_place_ends_on_a_day_and_its_code_may_be_used_again(world, add, stairs, by_li):
    room = add("premises", "1601", stairs)
    actions.end_place(room, on=TODAY, seen=room.version, **by_li)

    assert add("premises", "1601", stairs).pk != room.pk
    assert told(room)[-1] == ("estate.PlaceEnded", {"place_id": room.pk, "label": "3-2-1601", "ended_on": "2026-03-02"})
    with pytest.raises(places.Ended):
        actions.end_place(room, on=TODAY, seen=room.version, **by_li)


def test_a_place_that_is_used_does_not_end(world, add, stairs, by_li, monkeypatch):
    with pytest.raises(places.StillUsed, match="里面还有 2 处地方"):
        actions.end_place(world.building, on=TODAY, seen=world.building.version, **by_li)
    room = add("premises", "1601", stairs)
    actions.add_meter(room, code="W-1601", medium="water", key=uuid4(), **by_li)
    monkeypatch.setattr(ports, "_objections", [lambda place: ["还有住户"]])
    with pytest.raises(places.StillUsed, match="有在用的表；还有住户"):
        actions.end_place(room, on=TODAY, seen=room.version, **by_li)


def test_facts_of_premises_change_with_the_values_before(world, by_li):
    actions.revise_premises(world.flat, area_m2=Decimal("119.00"), delivered_on=date(2018, 6, 1), seen=world.flat.version, **by_li)

    assert told(world.flat)[-1] == (
        "estate.PremisesRevised",
        {
            "place_id": world.flat.pk,
            "before": {"area_m2": "118.62", "delivered_on": ""},
            "after": {"area_m2": "119.00", "delivered_on": "2018-06-01"},
        },
    )
    with pytest.raises(estates.NothingChanged):
        actions.revise_premises(world.flat, area_m2=Decimal("119.00"), seen=world.flat.version, **by_li)
    with pytest.raises(Stale):
        actions.revise_premises(world.flat, area_m2=Decimal("120.00"), seen=1, **by_li)


def test_neighbours_stand_above_below_and_beside(world, line):
    flat = Place.objects.get(pk=world.flat.pk)
    around = queries.neighbours(world.li.actor, flat)
    assert [each and each.code for each in (around.above, around.below, around.before, around.after)] == ["1601", "1401", "1401", "1502"]
    top = queries.neighbours(world.li.actor, Place.objects.get(pk=line[1].pk))
    assert (top.above, top.below) == (None, flat)


def test_places_of_other_estates_are_not_there(world, line):
    assert set(queries.places(world.zhao.actor).values_list("estate__code", flat=True)) == {"YTL"}
    assert not queries.places(world.zhang.actor).exists()
    assert queries.neighbours(world.zhao.actor, world.flat).above is None


def test_buildings_count_their_homes_and_the_empty_ones(world, line, by_li):
    actions.set_vacancy(line[0], state="vacant", began_on=TODAY, seen=line[0].version, **by_li)
    (building,) = queries.buildings(world.li.actor, world.estate)
    assert (building.homes, building.empty) == (4, 1)


def test_a_building_is_shown_floor_by_floor(world, line):
    units = queries.units(world.li.actor, world.estate)
    (stack,) = queries.stacks(units, [world.flat.parent], {world.flat.pk: "张**"})
    assert (stack.name, [(floor, [cell.place.code for cell in cells]) for floor, cells in stack.rows]) == (
        "2 单元",
        [("16", ["1601"]), ("15", ["1501", "1502"]), ("14", ["1401"])],
    )
    assert stack.rows[1][1][0].name == "张**"


def test_neighbours_are_found_across_floors_that_stand_in_the_tree(world, add):
    tower = add("entrance", "1", world.building)
    rooms = [add("premises", f"{number}01", add("floor", str(number), tower)) for number in (2, 3, 5)]
    around = queries.neighbours(world.li.actor, Place.objects.get(pk=rooms[1].pk))
    assert [each and each.code for each in (around.above, around.below, around.before, around.after)] == ["501", "201", "201", "501"]
