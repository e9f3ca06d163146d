"""A file comes in: what it enters, that it may come again, that it can be taken back, that it is all or nothing."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest

from guanjia.domain.intake import actions, queries
from guanjia.domain.intake.actions.batches import HasErrors
from guanjia.domain.intake.actions.undoing import StillNeeded
from guanjia.domain.intake.rules import template
from guanjia.domain.intake.states import State
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import NotAllowed
from tests.conftest import at
from tests.domain.intake import dirt
from tests.world import model

NOW = at("2026-11-21 10:00")
SYSTEM = Actor.system("test")
BUILDINGS = [["", "5", "1", "", "五号楼", "高层", "1", "2020-05-01"], ["", "5", "2", "", "五号楼", "高层", "1", "2020-05-01"]]
PREMISES = [
    [
        "",
        "5",
        "1",
        "3",
        "301",
        "89.40",
        "71.05",
        "两室",
        "住宅",
        "2020-05-18",
        "自住",
        "刘桂芳",
        "13800001111",
        "11010519491231002X",
        "60%",
        "2020-06-01",
    ],
    ["", "5", "1", "3", "301", "", "", "", "", "", "", "周明", "13900002222", "", "40%"],
    ["", "5", "1", "3A", "3A01", "118.62", "", "三室", "住宅", "2020-05-18", "空置"],
    ["", "5", "2", "", "0301", "118.62", "", "三室", "住宅"],
]
RESIDENTS = [
    ["", "5", "1", "301", "周小明", "家属"],
    ["", "", "", "5-2-0301", "杭州安居科技有限公司", "业主", "", "", "0571-88886666"],
    ["", "5", "2", "0301", "王海涛", "租户", "", "", "13800003333", "", "2024-05-01"],
]
SPACES = [["B1", "217", "产权", "13.25", "", "5", "1", "301", "刘桂芳", "13800001111"], ["", "B1-218", "公共"]]
VEHICLES = [["浙A8K213", "", "5", "1", "301", "刘桂芳", "", "B1", "217", "大众 朗逸"]]
TARIFFS = [["", "", "", "", "全部住宅", "物业服务费", "按建筑面积", "2.80", "", "月", "2024-01-01"]]
ARREARS = [["", "5", "1", "301", "刘桂芳", "物业服务费", "2024-01", "250.32"]]
METERS = [
    ["0318-2204", "水表", "", "5", "1", "301", "", "", "12.5", "612.4", "2026-11-01"],
    ["DB-05", "电表", "", "5", "", "", "强电井", "40"],
]
EQUIPMENT = [
    [
        "DT-0501",
        "5 号楼 1 单元客梯",
        "电梯",
        "5",
        "1",
        "",
        "",
        "奥的斯",
        "",
        "",
        "",
        "",
        "通力",
        "2020-04-01",
        "2020-05-18",
        "",
        "2025-04-01",
    ]
]
STAFF = [["G0012", "孙志强", "工程部", "维修人员", "13900004444", "2023-03-01", "", "低压电工作业证", "T3301021990"]]
ALL = {
    "buildings": BUILDINGS,
    "premises": PREMISES,
    "residents": RESIDENTS,
    "spaces": SPACES,
    "vehicles": VEHICLES,
    "tariffs": TARIFFS,
    "arrears": ARREARS,
    "meters": METERS,
    "equipment": EQUIPMENT,
    "staff": STAFF,
}
TABLES = (
    *("estate.Place", "estate.Premises", "estate.Vacancy", "estate.Meter", "estate.Equipment", "estate.EquipmentDuty", "parties.Party"),
    *("parties.Phone", "parties.Occupancy", "parties.Vehicle", "staff.Member", "staff.Appointment", "staff.Certificate", "intake.Row"),
)


def workbook(**rows) -> bytes:
    return template.make([sheet for sheet in template.SHEETS if sheet.kind in rows], rows=rows)


def bring(estate, data: bytes, *, actor=SYSTEM, skip_bad_rows=False, name="资料.xlsx"):
    batch = actions.receive(estate, name=name, data=data, judge=False, key=uuid.uuid4(), actor=actor, at=NOW)
    actions.judge(batch, actor=actor, at=NOW)
    if batch.state == State.JUDGED and (skip_bad_rows or not batch.refused):
        actions.confirm(batch, skip_bad_rows=skip_bad_rows, start_work=False, seen=batch.version, actor=actor, at=NOW)
        actions.run(batch, actor=actor, at=NOW)
    batch.refresh_from_db()
    return batch


def counted() -> dict[str, int]:
    return {label: model(label).objects.count() for label in TABLES}


def contents() -> dict[str, list]:
    """Return every row of every table that an import writes, versions left out: a row that was put back has a later one."""
    return {
        label: [{key: value for key, value in row.items() if key != "version"} for row in model(label).objects.order_by("pk").values()]
        for label in TABLES
    }


def problems(batch) -> list[tuple[str, int, str, str]]:
    return [(fault.sheet.name, fault.row, fault.column, fault.code) for fault in queries.faults(batch)]


def test_every_sheet_finds_its_home(world):
    batch = bring(world.estate, workbook(**ALL))

    assert (batch.state, batch.failure, problems(batch)) == (State.DONE, "", [])
    place = model("estate.Place").objects.filter(estate=world.estate)
    flat = place.get(label="5-1-301")
    assert (flat.path, flat.spoken, flat.compact, flat.floor_label, flat.parent.kind) == ("5/1/3/301/", "5-1-301", "51301", "3", "floor")
    assert place.get(path="5/").building_type == "high_rise"
    assert place.get(path="5/").name == "五号楼"
    assert place.get(label="5-1-3A01").floor_number == Decimal("2")
    assert (flat.premises.area_m2, flat.premises.delivered_on) == (Decimal("89.40"), date(2020, 5, 18))
    assert model("estate.Vacancy").objects.get(place=flat).state == "occupied"
    owners = model("parties.Occupancy").objects.filter(place=flat, relation__in=("owner", "joint_owner")).order_by("pk")
    assert [(stay.party.name, stay.relation, stay.share) for stay in owners] == [
        ("刘桂芳", "owner", Decimal("0.6")),
        ("周明", "joint_owner", Decimal("0.4")),
    ]
    liu = owners[0].party
    assert (liu.id_number, liu.sex, liu.born_on, liu.initials.split()[0]) == ("11010519491231002X", "f", date(1949, 12, 31), "lgf")
    assert [phone.number for phone in liu.phones.all()] == ["13800001111"]
    firm = model("parties.Party").objects.get(name="杭州安居科技有限公司")
    assert (firm.kind, firm.phones.get().number) == ("firm", "0571-88886666")
    space = place.get(path="B1/217/")
    assert (space.kind, space.label, space.premises.tenure, space.parent.building_type) == ("parking", "B1-217", "owned", "garage")
    assert model("parties.Occupancy").objects.get(place=space).party == liu
    car = model("parties.Vehicle").objects.get()
    assert (car.plate, car.party, car.place, car.space) == ("浙A8K213", liu, flat, space)
    meter = model("estate.Meter").objects.get(code="0318-2204")
    assert (meter.place, meter.first_reading, meter.last_reading, meter.bearer) == (flat, Decimal("12.5"), Decimal("612.4"), "household")
    assert model("estate.Meter").objects.get(code="DB-05").place.path == "5/强电井/"
    lift = model("estate.Equipment").objects.get(code="DT-0501")
    assert (lift.place.path, lift.keeper, lift.keeper_name, lift.inspected_on) == ("5/1/", "contractor", "通力", date(2025, 4, 1))
    assert model("estate.EquipmentDuty").objects.filter(equipment=lift).exists()
    member = model("staff.Member").objects.get(number="G0012")
    assert member.appointments.get().post.name == "维修人员"
    assert member.certificates.get().kind == "electrician"
    tariff, debt = model("intake.Row").objects.order_by("-kind")
    assert tariff.values == {
        "scope": "全部住宅",
        "item": "物业服务费",
        "method": "area",
        "price": 28000,
        "cycle": "month",
        "began_on": "2024-01-01",
    }
    assert (debt.place, debt.values) == (flat, {"item": "物业服务费", "period": "2024-01", "amount": 25032})


def test_the_same_file_again_changes_nothing_and_says_so(world):
    bring(world.estate, workbook(**ALL))
    before = contents()

    again = bring(world.estate, workbook(**ALL))

    assert (again.state, again.counts) == (State.DONE, {})
    assert contents() == before
    assert queries.same_file(again) is None or queries.same_file(again).state == State.DONE


def test_a_row_of_the_world_is_met_not_doubled(world):
    rows = [["", "3", "2", "15", "1501", "120.00", "", "", "住宅", "", "", "张美玲", "13800001111"]]

    batch = bring(world.estate, workbook(premises=rows))

    assert batch.counts == {"phones": 1, "changed": 1}
    world.flat.premises.refresh_from_db()
    assert world.flat.premises.area_m2 == Decimal("120.00")
    assert model("parties.Party").objects.filter(estate=world.estate).count() == 1
    assert [phone.number for phone in world.zhang.party.phones.all()] == ["13800001111"]


def test_undo_leaves_everything_as_it_was(world):
    before, chain = contents(), model("trail.Entry").objects.filter(estate_id=world.estate.pk).count()
    changed = [
        ["", "3", "2", "15", "1501", "120.00", "", "", "", "", "空置", "张美玲", "13800001111", "330106195001020007", "", "2020-01-01"]
    ]
    batch = bring(world.estate, workbook(**{**ALL, "premises": [*PREMISES, *changed]}))
    assert batch.state == State.DONE

    actions.undo(batch, seen=batch.version, actor=SYSTEM, at=NOW)

    assert contents() == before
    assert batch.state == State.UNDONE
    names = list(model("trail.Entry").objects.filter(estate_id=world.estate.pk).order_by("seq").values_list("name", flat=True))[chain:]
    assert names == ["intake.Imported", "intake.ImportUndone"]


def test_undo_says_what_depends_on_the_batch_and_takes_nothing(world):
    batch = bring(world.estate, workbook(**ALL))
    flat = model("estate.Place").objects.get(label="5-1-301")
    model("estate.Checkpoint").objects.create(estate=world.estate, place=flat, code="D-01", name="门口", token="t" * 24)
    model("parties.Party").objects.filter(name="周明").update(version=2)
    before = contents()

    with pytest.raises(StillNeeded) as refusal:
        actions.undo(batch, seen=batch.version, actor=SYSTEM, at=NOW)

    assert "1 条点位已用到导入的资料" in str(refusal.value)
    assert "1 条住户后来改过" in str(refusal.value)
    assert contents() == before


def test_undo_refuses_when_a_changed_value_was_changed_again(world):
    batch = bring(world.estate, workbook(premises=[["", "3", "2", "15", "1501", "120.00"]]))
    model("estate.Premises").objects.filter(place=world.flat).update(area_m2=Decimal("121.00"))

    with pytest.raises(StillNeeded):
        actions.undo(batch, seen=batch.version, actor=SYSTEM, at=NOW)


def test_one_bad_row_keeps_everything_out(world):
    before = counted()
    rows = [*PREMISES, ["", "5", "1", "9", "901", "约90"]]

    batch = actions.receive(world.estate, name="a.xlsx", data=workbook(premises=rows), judge=False, key=uuid.uuid4(), actor=SYSTEM, at=NOW)
    actions.judge(batch, actor=SYSTEM, at=NOW)
    with pytest.raises(HasErrors):
        actions.confirm(batch, skip_bad_rows=False, start_work=False, seen=batch.version, actor=SYSTEM, at=NOW)

    assert (batch.read, batch.accepted, batch.refused) == (5, 4, 1)
    assert problems(batch) == [("房屋", 6, "F", "not_a_number")]
    assert counted() == before


def test_bad_rows_can_be_left_out_on_purpose(world):
    rows = [*PREMISES, ["", "5", "1", "9", "901", "约90"]]

    batch = bring(world.estate, workbook(premises=rows), skip_bad_rows=True)

    assert (batch.state, batch.accepted, batch.refused) == (State.DONE, 4, 1)
    assert not model("estate.Place").objects.filter(path__startswith="5/1/9/").exists()


@pytest.mark.parametrize(
    ("rows", "code", "column"),
    [
        ({"residents": [["", "3", "2", "1599", "王五", "业主"]]}, "no_such_place", "D"),
        ({"residents": [["", "3", "2", "1501", "王五", "业主"]]}, "another_owner", "E"),
        ({"vehicles": [["浙A8K213", "", "3", "2", "1501", "王五", "", "B1", "999"]]}, "no_such_place", "I"),
        ({"equipment": [["DT-1", "客梯", "电梯", "99"]]}, "no_such_place", "D"),
        ({"staff": [["G1", "王五", "", "大内总管", "", "2024-01-01"]]}, "no_such_post", "D"),
        ({"staff": [["wang", "王五", "", "维修人员", "", "2024-01-01"]]}, "other_member", "B"),
        ({"arrears": [["", "3", "2", "1502", "", "物业费", "2024-01", "1"]]}, "no_such_place", "D"),
    ],
    ids=lambda value: value if isinstance(value, str) else next(iter(value)) if isinstance(value, dict) else "",
)
def test_rows_that_point_at_nothing_are_refused_at_their_cell(world, rows, code, column):
    batch = bring(world.estate, workbook(**rows))

    (kind,) = rows
    title = next(sheet.title for sheet in template.SHEETS if sheet.kind == kind)
    assert problems(batch) == [(title, 2, column, code)]


def test_an_identity_number_of_somebody_else_is_refused(world):
    bring(world.estate, workbook(premises=PREMISES))

    batch = bring(world.estate, workbook(residents=[["", "5", "2", "0301", "李四", "租户", "", "11010519491231002X"]]))

    assert problems(batch) == [("业主住户", 2, "E", "other_name")]


def test_shares_count_together_with_what_is_known(world):
    bring(world.estate, workbook(premises=PREMISES))

    batch = bring(world.estate, workbook(residents=[["", "5", "1", "301", "周小明", "共有人", "", "", "", "10%"]]))

    assert problems(batch) == [("业主住户", 2, "J", "shares_exceed")]


def test_phases_with_the_same_building_must_be_told_apart(world):
    rows = [["一期", "1", "", "2", "201", "80"], ["二期", "1", "", "2", "201", "80"]]
    assert bring(world.estate, workbook(premises=rows)).state == State.DONE

    batch = bring(world.estate, workbook(residents=[["", "1", "", "201", "王五"], ["二期", "1", "", "201", "赵六"]]))

    assert problems(batch) == [("业主住户", 2, "A", "ambiguous_place")]


def test_a_room_is_met_whatever_floor_it_hangs_under(world):
    bring(world.estate, workbook(premises=[["", "5", "1", "12", "1201", "80"]]))

    batch = bring(world.estate, workbook(premises=[["", "5", "1", "", "1201", "81"]]))

    assert batch.counts == {"changed": 1}


def test_an_empty_cell_erases_nothing(world):
    bring(world.estate, workbook(premises=PREMISES))

    batch = bring(world.estate, workbook(premises=[["", "5", "1", "", "301"]]))

    assert batch.counts == {}
    assert model("estate.Premises").objects.get(place__label="5-1-301").layout == "两室"


def test_the_workbook_full_of_dirt_keeps_its_good_rows(world):
    batch = bring(world.estate, dirt.build(), skip_bad_rows=True)

    assert batch.state == State.DONE
    assert batch.read == batch.accepted + batch.refused
    labels = set(model("estate.Place").objects.filter(estate=world.estate, kind="premises").values_list("label", flat=True))
    assert labels == {"3-2-1501", "3-2-1502", "3-2-1503", "6-1-103"} - {"6-1-103"}


def test_a_file_that_is_no_workbook_ends_its_batch_with_a_sentence(world):
    batch = bring(world.estate, b"%PDF-1.7", name="a.xlsx")

    assert (batch.state, batch.failure) == (State.FAILED, "这不是 Excel 表格。请上传 .xlsx、.xls 或 .csv")


def test_the_file_is_sealed_while_it_waits_and_gone_afterwards(world):
    from django.db import connection

    batch = actions.receive(world.estate, name="a.xlsx", data=workbook(**ALL), judge=False, key=uuid.uuid4(), actor=SYSTEM, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM intake_upload WHERE batch_id = %s", [batch.pk])
        assert cursor.fetchone()[0].startswith("gj")

    assert not queries.has_file(bring(world.estate, workbook(**ALL)))


def test_only_who_may_import_may(world):
    with pytest.raises(NotAllowed):
        bring(world.estate, workbook(**ALL), actor=world.wang.actor)
    assert bring(world.estate, workbook(**ALL), actor=world.li.actor).state == State.DONE


def test_another_estate_is_not_touched(world):
    before = [row for row in contents()["estate.Place"] if row["estate_id"] == world.other_estate.pk]

    bring(world.estate, workbook(**ALL))

    assert [row for row in contents()["estate.Place"] if row["estate_id"] == world.other_estate.pk] == before
    assert not queries.batches(world.zhao.actor).exists()


def test_keys_of_places_are_those_that_the_screens_would_give(world):
    from guanjia.domain.estate.rules import labels

    rows = [["", "5", "1", "3", "301"], ["", "A", "", "12A", "12A01"], ["", "V", "", "", "01"], ["二期", "7", "B", "", "0302"]]
    bring(world.estate, workbook(premises=rows, spaces=SPACES))

    for place in model("estate.Place").objects.filter(estate=world.estate).exclude(path__startswith="3/"):
        chain, node = [], place
        while node is not None:
            chain.insert(0, (node.kind, node.code, node.name))
            node = node.parent
        keys = labels.keys(chain, world.estate.label_form)
        assert (place.label, place.spoken, place.compact, place.sort_key, place.path) == (
            keys.label,
            keys.spoken,
            keys.compact,
            keys.sort_key,
            keys.path,
        )
