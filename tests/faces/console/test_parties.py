"""住户 at the desk: listed masked, revealed on record, moved in and out, merged, known."""

from __future__ import annotations

from datetime import date

import pytest

from guanjia.domain.parties import actions, queries
from tests import make
from tests.conftest import at

NOON = at("2026-03-02 12:00")
DAY = date(2026, 3, 2)
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def desk(client, world, clock):
    """李敏 at the desk at noon."""
    client.force_login(world.li.user)
    clock.stop(NOON)
    return client


@pytest.fixture
def liu(world):
    made = actions.register(world.estate, name="刘桂芳", phones=["13812345678"], actor=world.li.actor, at=NOON)
    actions.move_in(world.flat, party=made, relation="joint_owner", began_on=date(2020, 6, 1), actor=world.li.actor, at=NOON)
    return made


def test_the_list_shows_masked_numbers_and_finds_by_initials(desk, world, liu):
    page = desk.get("/parties/?q=lgf").content.decode()
    assert ("138****5678" in page, "13812345678" in page, "张美玲" in page) == (True, False, False)


@pytest.mark.parametrize("extra", [1, 3])
def test_the_list_costs_the_same_for_few_and_many(desk, world, liu, extra, django_assert_max_num_queries):
    for number in range(extra):
        make.occupancy(world.flat, make.party(world.estate, f"某{number}", phone=f"1370000000{number}"), "family")
    with django_assert_max_num_queries(14):
        desk.get("/parties/")


def test_somebody_is_registered_once_and_a_bad_number_comes_back_with_422(desk, world):
    facts = {"kind": "person", "name": "陈 浩", "phone": "139 1234 5678", "key": "00000000-0000-0000-0000-000000000007"}
    for _ in range(2):
        answer = desk.post("/parties/new/", facts)
    assert answer.status_code == 303
    assert [party.name for party in queries.parties(world.li.actor, world.estate, on=DAY, text="陈浩")] == ["陈浩"]
    refused = desk.post("/parties/new/", {**facts, "phone": "123", "key": "00000000-0000-0000-0000-000000000008"})
    assert (refused.status_code, "手机号应为 11 位数字" in refused.content.decode()) == (422, True)


def test_numbers_are_shown_once_the_purpose_is_on_record(desk, world, liu, told):
    address = f"/parties/{liu.pk}/numbers/phone/"
    asked = desk.get(address, headers=HTMX)
    assert (asked.status_code, "13812345678" in asked.content.decode()) == (200, False)
    assert desk.post(address, {}, headers=HTMX).status_code == 422
    shown = desk.post(address, {"purpose": "contact"}, headers=HTMX)
    assert (shown.status_code, "13812345678" in shown.content.decode()) == (200, True)
    assert "no-store" in shown["Cache-Control"]
    assert told(liu)[-1] == ("parties.Revealed", {"party_id": liu.pk, "what": "phone", "purpose": "contact"})
    page = desk.get(f"/parties/{liu.pk}/").content.decode()
    assert ("电话 · 联系办事" in page, "李敏" in page) == (True, True)


@pytest.mark.parametrize(("who", "status"), [("li", 200), ("wang", 403), ("zhao", 404)])
def test_only_the_desk_of_this_estate_sees_a_household(client, world, clock, who, status):
    client.force_login(getattr(world, who).user)
    clock.stop(NOON)
    assert client.get(f"/places/{world.flat.pk}/household/").status_code == status


@pytest.mark.parametrize(("who", "status"), [("li", 303), ("wang", 403), ("zhao", 404)])
def test_only_the_desk_of_this_estate_lets_somebody_move_in(client, world, clock, who, status):
    client.force_login(getattr(world, who).user)
    clock.stop(NOON)
    facts = {"party_text": "陈浩", "phone": "13912345678", "relation": "tenant", "began_on": "2026-03-02", "note": "租客"}
    assert client.post(f"/places/{world.flat.pk}/residents/new/", facts).status_code == status


def test_a_known_party_is_picked_and_moves_in_without_being_registered_again(desk, world, liu):
    other = make.place(world.estate, "3/2/1601/", parent=world.building)
    options = desk.get(f"/parties/options/?place={other.pk}&party_text=lgf").content.decode()
    assert f'data-value="{liu.pk}"' in options
    desk.post(f"/places/{other.pk}/residents/new/", {"party": liu.pk, "party_text": "刘桂芳", "relation": "owner", "share": "100%"})
    assert [(each.party, each.share) for each in queries.residents_at(other, on=DAY)] == [(liu, "100%")]


def test_a_refused_stay_comes_back_in_its_panel(desk, world, liu):
    answer = desk.post(f"/places/{world.flat.pk}/residents/new/", {"party_text": "陈浩", "relation": "owner"}, headers=HTMX)
    assert (answer.status_code, "登记为共有人" in answer.content.decode(), "<html" in answer.content.decode()) == (422, True, False)
    assert not queries.parties(world.li.actor, world.estate, on=DAY, text="陈浩").exists()


def test_a_form_that_is_out_of_date_says_who_changed_it(desk, world, liu):
    facts = {"name": "刘桂芬", "client_type": "", "sex": "", "seen": liu.version}
    assert desk.post(f"/parties/{liu.pk}/facts/", facts).status_code == 303
    again = desk.post(f"/parties/{liu.pk}/facts/", {**facts, "name": "刘桂方"})
    assert (again.status_code, "李敏 刚刚改过" in again.content.decode()) == (422, True)


def test_the_identity_number_stays_unless_a_new_one_is_typed(desk, world, liu):
    facts = {"name": "刘桂芳", "client_type": "resident", "sex": "f"}
    desk.post(f"/parties/{liu.pk}/facts/", {**facts, "id_number": "11010519491231002X", "seen": 1})
    desk.post(f"/parties/{liu.pk}/facts/", {**facts, "seen": 2})
    liu.refresh_from_db()
    assert (liu.id_number, liu.born_on) == ("11010519491231002X", None)
    desk.post(f"/parties/{liu.pk}/facts/", {**facts, "no_id": "on", "seen": 3})
    liu.refresh_from_db()
    assert liu.id_number == ""


def test_the_page_of_the_house_shows_what_to_mind_and_masked_residents(desk, world, liu):
    desk.post(f"/places/{world.flat.pk}/needs/new/", {"kind": "hearing", "text": "敲门后请等 1 分钟"})
    desk.post(f"/places/{world.flat.pk}/vehicles/new/", {"kind": "car", "plate": "浙a8k213", "colour": "白"})
    page = desk.get(f"/places/{world.flat.pk}/").content.decode()
    assert [word in page for word in ("敲门后请等 1 分钟", "138****5678", "浙A·**213", "13812345678", "浙A8K213")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_space_that_does_not_exist_is_refused_in_its_field(desk, world):
    answer = desk.post(f"/places/{world.flat.pk}/vehicles/new/", {"kind": "car", "plate": "浙A8K213", "space": "B9-999"})
    assert (answer.status_code, "没有叫「B9-999」的车位" in answer.content.decode()) == (422, True)


def test_belongings_come_and_go_by_their_forms(desk, world, liu):
    flat = world.flat
    desk.post(f"/places/{flat.pk}/vehicles/new/", {"kind": "car", "plate": "浙A8K213"})
    desk.post(f"/places/{flat.pk}/pets/new/", {"species": "dog", "name": "豆豆"})
    ((vehicle, _plate),), (pet,) = queries.vehicles_at(flat, on=DAY), queries.pets_at(flat, on=DAY)
    assert desk.post(f"/vehicles/{vehicle.pk}/", {"kind": "car", "plate": "", "colour": "黑", "seen": 1}).status_code == 303
    vehicle.refresh_from_db()
    assert (vehicle.plate, vehicle.colour) == ("浙A8K213", "黑")
    assert desk.post(f"/vehicles/{vehicle.pk}/end/", {"seen": 2}).status_code == 303
    assert desk.post(f"/pets/{pet.pk}/end/", {"ended_on": "2026-03-02", "seen": 1}).status_code == 303
    assert (queries.vehicles_at(flat, on=DAY), queries.pets_at(flat, on=DAY)) == ([], [])


def test_moving_out_by_the_form(desk, world, liu):
    stay = liu.occupancies.get()
    assert desk.get(f"/occupancies/{stay.pk}/end/").status_code == 200
    desk.post(f"/occupancies/{stay.pk}/end/", {"ended_on": "2026-03-02", "seen": 1})
    page = desk.get(f"/places/{world.flat.pk}/household/").content.decode()
    assert ("以前的住户" in page, [each.party.name for each in queries.residents_at(world.flat, on=DAY)]) == (True, ["张美玲"])


def test_duplicates_are_compared_merged_and_parted_again(desk, world, liu):
    twin = make.party(world.estate, "刘桂芳", phone="13812345678")
    assert "电话相同" in desk.get("/parties/duplicates/").content.decode()
    address = f"/parties/{liu.pk}/merger/{twin.pk}/"
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"seen": 1, "merged_seen": 9}).status_code == 422
    assert desk.post(address, {"seen": 1, "merged_seen": 1}).status_code == 303
    assert desk.get(f"/parties/{twin.pk}/").status_code == 404
    (done,) = queries.merges(world.li.actor, world.estate)
    assert desk.post(f"/parties/merges/{done.pk}/undoing/").status_code == 303
    assert desk.get(f"/parties/{twin.pk}/").status_code == 200
    desk.post(f"/parties/{liu.pk}/apart/{twin.pk}/")
    assert queries.candidates(world.li.actor, world.estate, on=DAY) == []


def test_familiarity_is_shown_by_steward_confirmed_and_defined(desk, world, liu):
    from guanjia.domain.staff import actions as staff

    grid = make.model("estate.Grid").objects.create(estate=world.estate, code="G1", name="一网格")
    make.model("estate.GridPlace").objects.create(estate=world.estate, grid=grid, place=world.building)
    staff.name_steward(grid, member=world.li.member, began_on=DAY, actor=world.li.actor, at=NOON)
    assert "未达标" in desk.get("/parties/familiarity/").content.decode()
    assert "3-2-1501" in desk.get(f"/parties/familiarity/{world.li.member.pk}/").content.decode()
    wanted = {"fact_residents": "6", "target": "90", "began_on": "2026-03-02"}
    assert desk.post("/parties/familiarity/definition/", wanted).status_code == 303
    done = {"facts": ["residents"], "manner": "visit", "confirmed_on": "2026-03-02"}
    assert desk.post(f"/places/{world.flat.pk}/household/confirmation/", done).status_code == 303
    page = desk.get("/parties/familiarity/").content.decode()
    assert ("100.0%" in page, "未达标" in page) == (True, False)
    assert desk.get(f"/parties/familiarity/{world.wang.member.pk}/").status_code == 404
    book = desk.get(f"/parties/familiarity/{world.li.member.pk}/?as=workbook")
    assert "spreadsheetml" in book["Content-Type"]


def test_consent_preferences_and_phones_have_their_buttons(desk, world, liu):
    desk.post(f"/parties/{liu.pk}/consents/new/", {"purpose": "greeting", "basis": "consent", "wording": "生日短信"})
    desk.post(f"/parties/{liu.pk}/preferences/new/", {"topic": "contact_time", "text": "晚 7 点后"})
    desk.post(f"/parties/{liu.pk}/phones/new/", {"phone": "13912345678", "note": "女儿", "first": "on"})
    page = desk.get(f"/parties/{liu.pk}/").content.decode()
    assert [word in page for word in ("生日短信", "晚 7 点后", "139****5678")] == [True, True, True]
    desk.post(f"/parties/{liu.pk}/consents/{liu.consents.get().pk}/withdrawal/")
    desk.post(f"/parties/{liu.pk}/preferences/{liu.preferences.get().pk}/end/")
    desk.post(f"/parties/{liu.pk}/phones/{liu.phones.order_by('rank').first().pk}/end/")
    page = desk.get(f"/parties/{liu.pk}/").content.decode()
    assert [word in page for word in ("已撤回", "晚 7 点后", "139****5678")] == [True, False, False]
