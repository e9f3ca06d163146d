"""Houses at the desk: pages, acts, refusals, exports."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from uuid import uuid4

import openpyxl
import pytest

from guanjia.domain.estate import actions
from guanjia.domain.estate.models import Checkpoint, Equipment, Grid, Inspection, Meter, Place, Vacancy
from tests.conftest import at

NOW = at("2026-03-02 09:00")
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def stopped(clock):
    clock.stop(NOW)


@pytest.fixture
def by_li(world):
    return {"actor": world.li.actor, "at": NOW}


@pytest.fixture
def desk(client, world):
    """李主管 at the desk."""
    client.force_login(world.li.user)
    return client


@pytest.fixture
def lift(world, by_li):
    facts = {"code": "DT-3-1", "name": "3 号楼 1 号梯", "category": "lift", "place": world.building, "accepted_on": date(2024, 6, 15)}
    return actions.add_equipment(world.estate, key=uuid4(), **facts, **by_li)


@pytest.fixture
def meter(world, by_li):
    return actions.add_meter(world.flat, code="0318", medium="water", key=uuid4(), **by_li)


@pytest.fixture
def point(world, by_li):
    return actions.add_checkpoint(world.building, code="B1-05", name="大堂消火栓", key=uuid4(), **by_li)


@pytest.fixture
def grid(world, by_li):
    return actions.draw_grid(world.estate, code="W1", name="东片", key=uuid4(), **by_li)


@pytest.fixture
def forms(world, lift, meter, point, grid):
    """Every form of this face: address → what is posted."""
    flat, building = world.flat.pk, world.building.pk
    today = TODAY.isoformat()
    return {
        f"/places/{flat}/name/": {"code": "1505", "name": "", "seen": 1},
        f"/places/{flat}/facts/": {"area_m2": "119.00", "inner_area_m2": "", "layout": "三室", "usage": "住宅", "delivered_on": "", "seen": 1},
        f"/places/{flat}/vacancy/": {"state": "vacant", "began_on": today, "seen": 1},
        f"/places/{flat}/split/": {"codes": "1501 60.00\n1501A 58.62", "on": today, "seen": 1},
        f"/places/new/?under={building}": {"kind": "entrance", "code": "9", "key": str(uuid4())},
        f"/places/{flat}/meters/new/": {
            "medium": "power", "code": "E1", "first_reading": "0", "multiplier": "40", "digits": "6", "bearer": "household", "key": str(uuid4()),
        },
        f"/meters/{meter.pk}/end/": {"end_reading": "20", "on": today, "seen": 1},
        f"/meters/{meter.pk}/reading/": {"reading": "12.5", "read_on": today, "seen": 1},
        f"/meters/{meter.pk}/replacement/": {"end_reading": "20", "code": "new", "first_reading": "0", "multiplier": "1", "on": today, "seen": 1},
        "/equipment/new/": {
            "code": "SX-1", "name": "水箱", "category": "water_tank", "quantity": "1", "keeper": "company", "place_code": "3 号楼", "key": str(uuid4()),
        },
        f"/equipment/{lift.pk}/facts/": {"name": "新名", "category": "lift", "quantity": "1", "keeper": "company", "place_code": "3 号楼", "seen": 1},
        f"/equipment/{lift.pk}/inspections/new/": {"duty": "inspection", "done_on": "2025-05-20", "result": "passed", "seen": 1},
        f"/equipment/{lift.pk}/stop/": {"on": today, "seen": 1},
        f"/equipment/{lift.pk}/retirement/": {"on": today, "seen": 1},
        "/checkpoints/new/": {"place_code": "3-2-1501", "code": "B1-06", "name": "", "equipment_code": "DT-3-1", "key": str(uuid4())},
        f"/checkpoints/{point.pk}/plate/": {"seen": 1},
        f"/checkpoints/{point.pk}/end/": {"on": today, "seen": 1},
        f"/settings/estates/{world.estate.pk}/facts/": {
            "name": "锦和苑", "type": "residential", "label_form": "[{building}栋]{room}", "short_order": "building-entrance-room", "seen": 1,
        },
        f"/settings/estates/{world.estate.pk}/grids/new/": {"code": "W2", "name": "", "key": str(uuid4())},
        f"/settings/grids/{grid.pk}/": {"places": "3 号楼", "seen": 1},
        f"/settings/grids/{grid.pk}/end/": {"on": today, "seen": 1},
    }  # fmt: skip


def test_every_form_works_without_javascript_and_shows_itself_first(desk, forms):
    from django.db import transaction

    for address, body in forms.items():
        with transaction.atomic():
            assert desk.get(address).status_code == 200, address
            response = desk.post(address, body)
            assert response.status_code == 303, (address, response.content.decode()[-3000:])
            transaction.set_rollback(True)


@pytest.mark.parametrize(("who", "statuses"), [("wang", {403, 404}), ("zhao", {404}), ("zhang", {404})])
def test_no_form_works_for_who_may_not(client, world, forms, who, statuses):
    client.force_login(getattr(world, who).user)
    for address, body in forms.items():
        if address in ("/equipment/new/", "/checkpoints/new/") and who == "zhao":
            continue  # these are about the estate of whoever asks
        assert client.post(address, body).status_code in statuses, address


def test_a_write_over_htmx_leads_on(desk, world):
    body = {"state": "vacant", "began_on": TODAY.isoformat(), "seen": 1}
    response = desk.post(f"/places/{world.flat.pk}/vacancy/", body, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert (response.status_code, response["HX-Location"]) == (204, f"/places/{world.flat.pk}/")
    assert Vacancy.objects.get(place=world.flat).state == "vacant"


def test_a_refusal_comes_back_in_the_same_panel(desk, world):
    body = {"codes": "1501 60.00\n1502 60.00", "on": TODAY.isoformat(), "seen": 1}
    response = desk.post(f"/places/{world.flat.pk}/split/", body, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "各间面积之和要等于原面积 118.62 ㎡" in page
    assert "1502 60.00" in page
    assert "<html" not in page


def test_a_conflict_says_who_changed_it_and_the_next_try_counts(desk, world):
    actions.set_vacancy(world.flat, state="occupied", began_on=date(2020, 1, 1), seen=1, actor=world.li.actor, at=NOW)
    body = {"state": "vacant", "began_on": TODAY.isoformat(), "seen": 1}
    response = desk.post(f"/places/{world.flat.pk}/vacancy/", body)
    page = response.content.decode()
    assert response.status_code == 422
    assert "李敏 刚刚改过" in page
    assert 'name="seen" value="2"' in page
    assert desk.post(f"/places/{world.flat.pk}/vacancy/", {**body, "seen": 2}).status_code == 303


def test_the_same_form_sent_twice_adds_once(desk, world):
    body = {"kind": "entrance", "code": "9", "key": str(uuid4())}
    for _time in range(2):
        assert desk.post(f"/places/new/?under={world.building.pk}", body).status_code == 303
    assert Place.objects.filter(estate=world.estate, code="9").count() == 1


def test_rooms_merge_from_the_page(desk, world, by_li):
    beside = actions.add_place(
        world.estate, parent=world.flat.parent, kind="premises", code="1502", key=uuid4(), area_m2=Decimal("81.38"), **by_li
    )
    address = f"/places/{world.flat.pk}/merger/"
    assert "3-2-1502" in desk.get(address).content.decode()
    response = desk.post(address, {"rooms": [f"{beside.pk}.{beside.version}"], "code": "1501", "on": TODAY.isoformat()})
    merged = Place.objects.get(estate=world.estate, kind="premises", ended_on=None)
    assert response["Location"] == f"/places/{merged.pk}/"
    assert merged.premises.area_m2 == Decimal("200.00")
    assert "3-2-1502" in desk.get(response["Location"]).content.decode()


def test_the_page_of_a_home_shows_what_is_there(desk, world, meter, line_of_homes, django_assert_max_num_queries):
    actions.read_meter(meter, reading=Decimal("612.4"), read_on=TODAY, seen=1, actor=world.li.actor, at=NOW)
    with django_assert_max_num_queries(45):
        page = desk.get(f"/places/{world.flat.pk}/").content.decode()
    for words in ("3-2-1501", "118.62", "612.4", "楼上", "1601", "楼下", "1401", "抄表 0318", "李敏", "还没有划入网格"):
        assert words in page, words
    only = desk.get(f"/places/{world.flat.pk}/?of=estate", headers={"HX-Request-Type": "partial"}).content.decode()
    assert 'id="timeline"' in only
    assert "<html" not in only


@pytest.fixture
def line_of_homes(world, by_li):
    for code in ("1401", "1601"):
        actions.add_place(world.estate, parent=world.flat.parent, kind="premises", code=code, key=uuid4(), **by_li)


def test_the_record_of_a_home_keeps_every_change(desk, world, by_li):
    actions.revise_premises(world.flat, area_m2=Decimal("119.00"), seen=1, **by_li)
    actions.set_vacancy(world.flat, state="vacant", began_on=TODAY, seen=2, **by_li)
    page = desk.get(f"/places/{world.flat.pk}/history/").content.decode()
    assert "建筑面积 118.62 → 119.00" in page
    assert "使用状态改为空置，自 2026-03-02" in page


def test_buildings_and_units_are_listed_filtered_and_exported(desk, world, line_of_homes, by_li):
    flat = Place.objects.get(code="1401")
    actions.set_vacancy(flat, state="vacant", began_on=TODAY, seen=1, **by_li)
    assert "1601" in desk.get("/places/").content.decode()
    listed = desk.get("/places/?view=list&use=vacant").content.decode()
    assert "3-2-1401" in listed
    assert "3-2-1601" not in listed
    sheet = openpyxl.load_workbook(io.BytesIO(desk.get("/places/workbook/?use=vacant").content)).active
    assert [[cell.value for cell in row][:3] for row in sheet.iter_rows()] == [["房号", "类型", "使用状态"], ["3-2-1401", "房屋", "空置"]]
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("homes", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_rows_as_for_one(desk, world, by_li, homes, django_assert_max_num_queries):
    for number in range(homes):
        actions.add_place(world.estate, parent=world.flat.parent, kind="premises", code=f"{number + 2}01", key=uuid4(), **by_li)
    with django_assert_max_num_queries(24):
        desk.get("/places/?view=list")


def test_the_room_box_answers_options_and_enter_leads_to_the_room(desk, world):
    options = desk.get("/search/?q=3-2-15", headers={"HX-Request-Type": "partial"}).content.decode()
    assert 'role="option"' in options
    assert f'href="/places/{world.flat.pk}/"' in options
    assert desk.get("/search/?q=3栋2单元1501").headers["Location"] == f"/places/{world.flat.pk}/"
    assert "没找到 321599。可登记为公共区域，或新建住户" in desk.get("/search/?q=321599").content.decode()


def test_the_ledger_counts_what_is_overdue(desk, lift):
    page = desk.get("/equipment/?due=late").content.decode()
    assert "2025-06-15 已过期" in page
    assert "没有符合条件的设备" in desk.get("/equipment/?due=soon").content.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(desk.get("/equipment/workbook/").content)).active
    assert [cell.value for cell in sheet[2]][:2] == ["DT-3-1", "3 号楼 1 号梯"]


def test_an_inspection_is_recorded_and_voided_at_the_desk(desk, lift):
    desk.post(f"/equipment/{lift.pk}/inspections/new/", {"duty": "inspection", "done_on": "2025-05-20", "result": "passed", "seen": 1})
    assert Equipment.objects.get().inspect_due_on == date(2028, 6, 15)
    assert "2028-06-15" in desk.get(f"/equipment/{lift.pk}/").content.decode()
    wrong = Inspection.objects.get()
    address = f"/equipment/{lift.pk}/inspections/{wrong.pk}/voiding/"
    assert desk.post(address, {"because": "", "seen": 2}).status_code == 422
    assert desk.post(address, {"because": "登记错设备", "seen": 2}).status_code == 303
    assert Equipment.objects.get().inspect_due_on == date(2025, 6, 15)


def test_a_place_that_nobody_knows_is_refused_where_it_was_typed(desk, world):
    body = {"code": "X", "name": "x", "category": "lift", "quantity": "1", "keeper": "company", "place_code": "99-1", "key": str(uuid4())}
    response = desk.post("/equipment/new/", body)
    assert response.status_code == 422
    assert "没找到「99-1」" in response.content.decode()
    assert not Equipment.objects.exists()


def test_grids_are_filled_by_what_people_call_the_places(desk, world, grid):
    assert desk.post(f"/settings/grids/{grid.pk}/", {"places": "3 号楼\n8 号楼", "seen": 1}).status_code == 422
    assert desk.post(f"/settings/grids/{grid.pk}/", {"places": "3 号楼", "seen": 1}).status_code == 303
    assert [row.place for row in Grid.objects.get().places.all()] == [world.building]
    page = desk.get(f"/settings/estates/{world.estate.pk}/").content.decode()
    assert "东片" in page
    assert "没有管家" in page


def test_settings_list_the_estates_within_reach(desk, world):
    page = desk.get("/settings/estates/").content.decode()
    assert "锦和苑" in page
    assert "云汀里" not in page
    assert Meter.objects.count() + Checkpoint.objects.count() == 0


def test_the_page_of_a_home_shows_who_lives_there_masked(desk, world):
    page = desk.get(f"/places/{world.flat.pk}/").content.decode()
    assert "张美玲" in page
    assert "业主" in page
    assert "没有登记车辆" in page


def test_residents_stay_hidden_from_who_may_not_see_them(client, world):
    client.force_login(world.wang.user)
    page = client.get(f"/places/{world.flat.pk}/").content.decode()
    assert "3-2-1501" in page
    assert "张美玲" not in page
