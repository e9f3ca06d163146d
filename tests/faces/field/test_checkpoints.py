"""扫码 on the phone: a typed code leads to its checkpoint, within reach only."""

import pytest

from tests.make import model


def checkpoint(estate, place, code="B1-03", name="生活水泵房", **facts):
    return model("estate.Checkpoint").objects.create(estate=estate, place=place, code=code, name=name, token=f"t{estate.pk}{code}", **facts)


@pytest.fixture
def pump_room(world):
    return checkpoint(world.estate, world.building)


def test_a_typed_code_leads_to_the_checkpoint_whatever_its_case(client, world, pump_room):
    client.force_login(world.wang.user)
    response = client.get("/field/scan/", {"code": " b1-03 "})
    assert (response.status_code, response["Location"]) == (302, f"/field/checkpoints/{pump_room.pk}/")


def test_an_unknown_code_is_named_and_kept_in_the_box(client, world):
    client.force_login(world.wang.user)
    response = client.get("/field/scan/", {"code": "X9"})
    page = response.content.decode()
    assert (response.status_code, "没找到 X9。请核对点位牌上的编号" in page, 'value="X9"' in page) == (422, True, True)


def test_a_code_of_another_estate_or_of_a_plate_taken_down_is_unknown(client, world):
    checkpoint(world.other_estate, world.other_flat, code="C1")
    checkpoint(world.estate, world.building, code="C2", ended_on="2026-01-01")
    client.force_login(world.wang.user)
    assert [client.get("/field/scan/", {"code": code}).status_code for code in ("C1", "C2")] == [422, 422]


def test_a_code_that_two_estates_use_offers_both(client, world, pump_room):
    other = checkpoint(world.other_estate, world.other_flat)
    world.li.member.appointments.create(post=world.li.member.appointments.get().post, estate=world.other_estate, began_on="2026-01-01")
    client.force_login(world.li.user)
    page = client.get("/field/scan/", {"code": "B1-03"}).content.decode()
    assert [f"/field/checkpoints/{point.pk}/" in page for point in (pump_room, other)] == [True, True]


def test_the_checkpoint_shows_its_equipment_and_what_the_law_asks(client, world, clock):
    from tests.conftest import at

    lift = model("estate.Equipment").objects.create(
        estate=world.estate, place=world.building, code="DT-01", name="3 号楼 A 梯", category="lift", rescue_code="31000123"
    )
    lift.duties.create(estate=world.estate, code="annual", name="年度检验", source="特设法", law=True, due_on="2026-03-01")
    lift.duties.create(estate=world.estate, code="upkeep", name="半月维保", source="特设法", law=True, due_on=None)
    point = checkpoint(world.estate, world.building, code="DT-01", name="A 梯轿厢", equipment=lift)
    client.force_login(world.wang.user)
    clock.stop(at("2026-03-02 09:00"))
    page = client.get(f"/field/checkpoints/{point.pk}/").content.decode()
    assert [words in page for words in ("3 号楼 A 梯", "31000123", "2026-03-01 已到期", "缺日期")] == [True] * 4


@pytest.mark.parametrize(("who", "status"), [("wang", 200), ("zhao", 404), ("zhang", 404)])
def test_only_staff_of_the_estate_open_a_checkpoint(client, world, pump_room, who, status):
    client.force_login(getattr(world, who).user)
    assert client.get(f"/field/checkpoints/{pump_room.pk}/").status_code == status
