"""The room box finds what people mean, and nothing that they may not see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guanjia.domain.estate import actions, ports, queries
from guanjia.domain.estate.ports import Sighting
from tests.domain.estate.conftest import NOW


@pytest.fixture
def homes(add, line):
    """3-2 with four rooms; 3-1-1501, 32-1501 and villa 8, a shop, spaces, a storage room, a lobby; 12-3A01, a duplex."""
    places = {}
    building = line[0].parent.parent
    first = add("entrance", "1", building)
    places["3-1-1501"] = add("premises", "1501", first)
    places["32-1501"] = add("premises", "1501", add("building", "32"))
    villa = add("building", "8", building_type="villa")
    places["8"] = add("premises", "101", villa)
    places["S12"] = add("premises", "S12", add("building", "商铺", building_type="shops"))
    garage = add("building", "车库", building_type="garage")
    places["B1-217"] = add("parking", "B1-217", garage)
    places["B1-05"] = add("storage", "B1-05", garage)
    places["大堂"] = add("common", "大堂", building, name="一层大堂")
    tower = add("building", "12")
    places["12-3A01"] = add("premises", "3A01", tower)
    places["12-1501"] = add("premises", "1501", tower, also_code="1601")
    return places


@pytest.fixture
def box(world, homes):
    """Type into the room box as 李主管."""

    def type_in(text):
        return [(hit.place.label, hit.exact) for hit in queries.find(world.li.actor, world.estate, text)]

    return type_in


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("3-2-1501", ["3-2-1501"]),
        ("3栋2单元1501", ["3-2-1501"]),
        ("3#2-1501", ["3-2-1501"]),
        ("３－２－１５０１", ["3-2-1501"]),
        ("三号楼二单元1501室", ["3-2-1501"]),
        ("32-1501", ["32-1501"]),
        ("3-1501", ["3-1-1501", "3-2-1501"]),
        ("321501", ["3-2-1501", "32-1501"]),
        ("1501", ["3-1-1501", "3-2-1501", "12-1501", "32-1501"]),
        ("12-3A01", ["12-3A01"]),
        ("12栋3a01", ["12-3A01"]),
        ("12-1601", ["12-1501"]),
        ("8号别墅", ["8-101"]),
        ("商铺12", ["商铺-S12"]),
        ("S12", ["商铺-S12"]),
        ("车位B1-217", ["车库-B1-217"]),
        ("B1-217", ["车库-B1-217"]),
        ("负一层217车位", ["车库-B1-217"]),
        ("储藏室B1-05", ["车库-B1-05"]),
        ("大堂", ["3 号楼 一层大堂"]),
        ("3-2-15", ["3-2-1501", "3-2-1502"]),
        ("3-2-999", []),
        ("", []),
        ("没有这个人", []),
    ],
)
def test_the_box_finds_what_was_meant(box, text, labels):
    assert [label for label, _exact in box(text)] == labels


def test_one_exact_room_selects_itself_and_several_do_not(box):
    assert box("3-2-1501") == [("3-2-1501", True)]
    assert {exact for _label, exact in box("1501")} == {False}
    assert {exact for _label, exact in box("3-2-15")} == {False}


def test_at_most_eight_places_are_listed(world, homes, add):
    tower = add("building", "40")
    for number in range(1, 13):
        add("premises", f"{number}05", tower)
    assert len(queries.find(world.li.actor, world.estate, "40-")) <= 8
    assert len(queries.find(world.li.actor, world.estate, "40-1")) == 4


def test_nobody_finds_places_out_of_reach(world, homes):
    assert queries.find(world.zhao.actor, world.estate, "3-2-1501") == []
    assert queries.find(world.zhang.actor, world.estate, "3-2-1501") == []


def test_names_and_tails_come_from_the_registered_finder(world, homes, monkeypatch):
    class People:
        def find(self, actor, *, estate_id, text, limit):
            assert (estate_id, limit > 0) == (world.estate.pk, True)
            seen = [Sighting(world.flat.pk, "张美玲", "业主", "姓名"), Sighting(world.other_flat.pk, "别处的人", "业主", "姓名")]
            return seen if text == "zml" else []

        def occupants(self, actor, *, estate_id, place_ids):
            return {pk: ("张美玲", "业主") for pk in place_ids if pk == world.flat.pk}

    monkeypatch.setattr(ports, "_finders", [People()])
    (hit,) = queries.find(world.li.actor, world.estate, "zml")
    assert (hit.place, hit.name, hit.relation, hit.why, hit.exact) == (world.flat, "张美玲", "业主", "姓名", False)
    (room,) = queries.find(world.li.actor, world.estate, "3-2-1501")
    assert (room.name, room.relation, room.exact) == ("张美玲", "业主", True)


def test_the_phase_that_was_said_decides(world, add):
    for phase in ("1", "2"):
        building = add("building", "7", add("phase", phase))
        add("premises", "101", building)
    assert [hit.place.path for hit in queries.find(world.li.actor, world.estate, "2期7-101")] == ["2/7/101/"]
    assert len(queries.find(world.li.actor, world.estate, "7-101")) == 2


def test_an_ended_room_is_not_found(world, homes, by_li):
    room = homes["12-3A01"]
    actions.end_place(room, on=NOW.date(), seen=room.version, **by_li)
    assert queries.find(world.li.actor, world.estate, "12-3A01") == []


@pytest.mark.parametrize(
    "text", ["3-2-1501", "3栋2单元1501", "321501", "1501", "3-1501", "3-2-15", "32159", "车位B1-217", "8号别墅", "3-2-999"]
)
def test_every_lookup_of_a_room_is_a_search_on_an_index(world, homes, text, monkeypatch):
    monkeypatch.setattr(ports, "_finders", [])
    with CaptureQueriesContext(connection) as asked:
        queries.find(world.li.actor, world.estate, text)
    lookups = [query["sql"] for query in asked.captured_queries if "LIKE" not in query["sql"].upper() or "'common'" not in query["sql"]]
    assert lookups
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        for sql in lookups:
            cursor.execute(f"{'EXPLAIN QUERY PLAN' if connection.vendor == 'sqlite' else 'EXPLAIN'} {sql}")
            plan = " ".join(str(part) for row in cursor.fetchall() for part in row)
            assert "SCAN estate_place" not in plan, sql
            assert "Seq Scan on estate_place" not in plan, sql


def test_the_box_asks_the_database_a_bounded_number_of_times(world, homes, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        queries.find(world.li.actor, world.estate, "321599")
