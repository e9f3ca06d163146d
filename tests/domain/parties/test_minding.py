"""Needs, preferences, vehicles, pets, consent."""

from datetime import date

import pytest

from guanjia.domain.parties import actions, queries
from guanjia.domain.parties.actions.belongings import PlateTaken
from guanjia.domain.parties.actions.consents import ConsentHeld, NothingShown, WrongBasis
from guanjia.domain.parties.actions.minding import NothingSaid
from guanjia.domain.parties.actions.reach import AnotherEstate, BackToFront
from guanjia.domain.parties.rules.plates import BadPlate
from guanjia.kernel.errors import IllegalMove, NotAllowed, Stale
from tests import make

from .conftest import DAY, NOON

TEXT = "母亲 78 岁独自在家时多，听力弱：敲门后请等 1 分钟"


@pytest.fixture
def visitor(world):
    """Somebody who may only go there: sees what to mind, and nothing else of the residents."""
    from guanjia.domain.staff.queries import actor_for

    user = make.user("song", "宋师傅")
    make.member(
        world.company, "song", "宋师傅", make.post(world.company, "上门", ["estate.view", "parties.needs"]), user=user, estate=world.estate
    )
    return actor_for(user, at=NOON)


@pytest.mark.clause("A-001")
@pytest.mark.clause("C-009")
def test_whoever_goes_there_sees_what_to_mind(world, liu, visitor, told):
    need = actions.note_need(world.flat, kind="hearing", text=f" {TEXT} ", party=liu, actor=world.li.actor, at=NOON)
    (shown,) = queries.needs_at(world.flat, visitor, on=DAY)
    assert (shown.kind, shown.text, shown.who, shown.noted_by) == ("听力不便", TEXT, "刘桂芳", "李敏")
    assert queries.household(world.flat, visitor, on=DAY).residents == []
    assert queries.needs_at(world.flat, world.zhao.actor, on=DAY) == []
    assert told(need) == [("parties.NeedNoted", {"need_id": need.pk, "kind": "hearing"})]


def test_a_need_follows_the_resident_to_every_place_he_holds(world, liu, visitor):
    actions.note_need(world.flat, kind="hearing", text=TEXT, party=liu, actor=world.li.actor, at=NOON)
    space = make.place(world.estate, "B1-217/", "parking")
    assert queries.needs_at(space, visitor, on=DAY) == []
    make.occupancy(space, liu)
    assert [each.text for each in queries.needs_at(space, visitor, on=DAY)] == [TEXT]


def test_a_need_is_corrected_and_taken_down(world, visitor):
    need = actions.note_need(world.flat, kind="hearing", text=TEXT, actor=world.li.actor, at=NOON)
    actions.change_need(need, kind="sight", text="看不清", seen=1, actor=world.li.actor, at=NOON)
    with pytest.raises(Stale):
        actions.change_need(need, kind="sight", text="看不清", seen=1, actor=world.li.actor, at=NOON)
    with pytest.raises(BackToFront):
        actions.end_need(need, ended_on=date(2026, 1, 1), seen=2, actor=world.li.actor, at=NOON)
    with pytest.raises(NotAllowed):
        actions.end_need(need, ended_on=DAY, seen=2, actor=visitor, at=NOON)
    actions.end_need(need, ended_on=date(2026, 3, 10), seen=2, actor=world.li.actor, at=NOON)
    assert len(queries.needs_at(world.flat, visitor, on=date(2026, 3, 9))) == 1
    assert queries.needs_at(world.flat, visitor, on=date(2026, 3, 10)) == []


def test_refusals_of_note_need(world, visitor):
    for text in (" ", "长" * 201):
        with pytest.raises(NothingSaid):
            actions.note_need(world.flat, kind="other", text=text, actor=world.li.actor, at=NOON)
    with pytest.raises(NotAllowed):
        actions.note_need(world.flat, kind="other", text="x", actor=visitor, at=NOON)
    with pytest.raises(AnotherEstate):
        actions.note_need(world.flat, kind="other", text="x", party=make.party(world.other_estate, "外"), actor=world.li.actor, at=NOON)


@pytest.mark.clause("A-001")
def test_preferences_come_and_go(world, liu, told):
    made = actions.note_preference(liu, topic="contact_time", text="晚 7 点后", actor=world.li.actor, at=NOON)
    assert [each.text for each in queries.preferences(liu, on=DAY)] == ["晚 7 点后"]
    with pytest.raises(NotAllowed):
        actions.end_preference(made, seen=1, actor=world.wang.actor, at=NOON)
    actions.end_preference(made, seen=1, actor=world.li.actor, at=NOON)
    assert list(queries.preferences(liu, on=DAY)) == []
    with pytest.raises(NothingSaid):
        actions.note_preference(liu, topic="other", text="", actor=world.li.actor, at=NOON)
    assert [name for name, _ in told(liu)][-2:] == ["parties.PreferenceNoted", "parties.PreferenceEnded"]


def vehicle(world, plate="浙a·8k213", who=None, **facts):
    return actions.register_vehicle(world.flat, plate=plate, actor=(who or world.li).actor, at=NOON, **facts)


def test_a_vehicle_is_shown_with_its_plate_masked(world, liu, told):
    space = make.place(world.estate, "B1-217/", "parking")
    made = vehicle(world, party=liu, space=space, colour="白")
    assert [(each.plate_form, plate) for each, plate in queries.vehicles_at(world.flat, on=DAY)] == [("ordinary", "浙A·**213")]
    assert [plate for _, plate in queries.vehicles_at(space, on=DAY)] == ["浙A·**213"]
    assert [plate for _, plate in queries.vehicles(liu, on=DAY)] == ["浙A·**213"]
    assert actions.reveal(liu, what="plate", purpose="verify", actor=world.li.actor, at=NOON) == ["浙A·8K213"]
    assert list(queries.parties(world.li.actor, world.estate, on=DAY, text="浙A8K213")) == [liu]
    assert told(made) == [("parties.VehicleRegistered", {"vehicle_id": made.pk})]


def test_one_plate_stands_for_one_present_vehicle(world):
    made = vehicle(world)
    with pytest.raises(PlateTaken):
        vehicle(world)
    actions.end_vehicle(made, seen=1, actor=world.li.actor, at=NOON)
    vehicle(world)
    assert len(queries.vehicles_at(world.flat, on=DAY)) == 1


def test_only_an_electric_bicycle_goes_without_a_plate(world):
    for _ in range(2):
        vehicle(world, "", kind="ebike")
    with pytest.raises(BadPlate):
        vehicle(world, "")


def test_a_car_gets_a_new_plate(world, told):
    made = vehicle(world)
    facts = {"kind": "car", "actor": world.li.actor, "at": NOON}
    actions.change_vehicle(made, plate="浙AD12345", seen=1, **facts)
    assert made.plate_form == "new_energy"
    assert told(made)[-1][1]["fields"] == ["plate", "plate_form", "plate_index", "plate_tail_index"]
    actions.change_vehicle(made, plate=None, colour="黑", seen=2, **facts)
    assert (made.plate, made.colour) == ("浙AD12345", "黑")
    other = vehicle(world)
    with pytest.raises(PlateTaken):
        actions.change_vehicle(other, plate="浙AD12345", seen=1, **facts)
    with pytest.raises(Stale):
        actions.change_vehicle(made, plate=None, seen=1, **facts)


def test_refusals_of_vehicles(world):
    with pytest.raises(NotAllowed):
        vehicle(world, who=world.wang)
    with pytest.raises(AnotherEstate):
        vehicle(world, space=make.place(world.other_estate, "B1/", "parking"))


def test_pets_come_and_go(world, told):
    pet = actions.register_pet(world.flat, species="dog", name="豆豆", licence="杭犬0012", actor=world.li.actor, at=NOON)
    assert queries.pets_at(world.flat, on=DAY) == [pet]
    with pytest.raises(NotAllowed):
        actions.register_pet(world.flat, species="cat", actor=world.wang.actor, at=NOON)
    with pytest.raises(AnotherEstate):
        actions.register_pet(world.flat, species="cat", party=make.party(world.other_estate, "外"), actor=world.li.actor, at=NOON)
    with pytest.raises(BackToFront):
        actions.end_pet(pet, ended_on=date(2026, 1, 1), seen=1, actor=world.li.actor, at=NOON)
    actions.end_pet(pet, ended_on=DAY, seen=1, actor=world.li.actor, at=NOON)
    assert queries.pets_at(world.flat, on=DAY) == []
    assert [name for name, _ in told(pet)] == ["parties.PetRegistered", "parties.PetEnded"]


def consent(world, party, who=None, **facts):
    facts = {"purpose": "greeting", "basis": "consent", "wording": "生日当天发送祝福短信，可随时取消", **facts}
    return actions.give_consent(party, actor=who or world.li.actor, at=NOON, **facts)


def test_consent_is_given_withdrawn_and_given_again(world, liu, told):
    given = consent(world, liu)
    with pytest.raises(ConsentHeld):
        consent(world, liu)
    actions.withdraw_consent(given, actor=world.li.actor, at=NOON)
    with pytest.raises(IllegalMove):
        actions.withdraw_consent(given, actor=world.li.actor, at=NOON)
    consent(world, liu)
    assert [each.withdrawn_at is None for each in queries.consents(liu)].count(True) == 1
    assert [name for name, _ in told(liu)][-3:] == ["parties.ConsentGiven", "parties.ConsentWithdrawn", "parties.ConsentGiven"]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"purpose": "face", "basis": "consent"}, WrongBasis),
        ({"purpose": "sharing", "basis": "contract"}, WrongBasis),
        ({"purpose": "marketing", "basis": "contract"}, WrongBasis),
        ({"wording": " "}, NothingShown),
    ],
)
def test_refusals_of_consent(world, liu, facts, refusal):
    with pytest.raises(refusal):
        consent(world, liu, **facts)


def test_a_resident_consents_for_himself_only(world, liu):
    from guanjia.domain.accounts.queries import resident_for

    zhang = resident_for(world.zhang.user, at=NOON)
    actions.withdraw_consent(consent(world, world.zhang.party, zhang), actor=zhang, at=NOON)
    with pytest.raises(NotAllowed):
        consent(world, liu, zhang)


def test_birthdays_are_those_of_people_who_agreed_to_be_greeted(world, liu):
    people = make.model("parties.Party").objects
    people.filter(pk=liu.pk).update(born_on=date(1948, 2, 29))
    people.filter(pk=world.zhang.party.pk).update(born_on=date(1980, 2, 28))
    consent(world, liu)
    found = lambda day: [party.name for party in queries.birthdays(world.li.actor, world.estate, on=day)]  # noqa: E731
    assert [found(date(2026, 2, 28)), found(date(2028, 2, 28)), found(date(2028, 2, 29))] == [["刘桂芳"], [], ["刘桂芳"]]
