"""People and firms are registered, corrected, found, masked and, on record, revealed."""

from datetime import date
from uuid import UUID

import pytest

from guanjia.domain.parties import actions, queries
from guanjia.domain.parties.actions.people import PhoneKnown, TooYoung
from guanjia.domain.parties.actions.reach import IsMerged
from guanjia.domain.parties.actions.revealing import NoPurpose, NothingToShow
from guanjia.kernel.errors import KeyReused, NotAllowed, Stale
from guanjia.kernel.identity import BadIdentity, IdentityCut
from guanjia.kernel.names import BadName
from guanjia.kernel.phones import BadPhone, PhoneAsFloat
from tests import make

from .conftest import DAY, NOON

CARD = "11010519491231002X"


def register(world, who=None, **facts):
    facts = {"name": "单 桂芳", "phones": ["13812345678", "0571-87654321"], "id_number": CARD, **facts}
    return actions.register(world.estate, actor=(who or world.li).actor, at=NOON, **facts)


@pytest.mark.clause("A-001")
@pytest.mark.clause("E-003")
def test_registering_keeps_one_spelling_and_what_the_card_tells(world, told):
    party = register(world, client_type="resident", born_on=date(2000, 1, 1))
    party.refresh_from_db()
    assert (party.name, party.born_on, party.sex, party.id_kind, party.client_type) == (
        "单桂芳",
        date(1949, 12, 31),
        "f",
        "resident",
        "resident",
    )
    assert [line.masked for line in queries.phones(party)] == ["138****5678", "0571-*****321"]
    assert queries.people.paper(party) == "1****************X"
    assert told(party) == [("parties.Registered", {"party_id": party.pk})]


def test_nothing_in_the_database_shows_a_number(world, django_assert_num_queries):
    from django.db import connection

    party = register(world)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM parties_phone WHERE party_id = %s", [party.pk])
        stored = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT id_number FROM parties_party WHERE id = %s", [party.pk])
        stored.append(cursor.fetchone()[0])
    assert [text[:4] for text in stored] == ["gj1."] * 3
    assert not any("5678" in text or CARD in text for text in stored)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"name": " "}, BadName),
        ({"phones": ["123"]}, BadPhone),
        ({"phones": ["1.38E+10"]}, PhoneAsFloat),
        ({"id_number": "110105194912310021"}, BadIdentity),
        ({"id_number": "110105194912310000"}, IdentityCut),
        ({"id_number": "", "born_on": date(2030, 1, 1)}, TooYoung),
    ],
)
def test_refusals_of_register(world, facts, refusal):
    with pytest.raises(refusal):
        register(world, **facts)
    assert not make.model("parties.Party").objects.filter(name="单桂芳").exists()


def test_who_may_not_edit_registers_nobody(world):
    for who in (world.wang, world.zhao):
        with pytest.raises(NotAllowed):
            register(world, who)


def test_the_same_form_sent_twice_registers_once(world):
    key = UUID(int=7)
    assert register(world, key=key) == register(world, key=key)
    with pytest.raises(KeyReused):
        register(world, key=key, name="另一人")


@pytest.mark.parametrize(
    "text",
    [
        "单桂芳",
        "桂芳",
        "sgf",
        "DGF",
        "cgf",
        "138 1234 5678",
        "5678",
        "345678",
        "13812345678",
        "0571-87654321",
        "4321",
        CARD,
        "002X",
        "002x",
        "1231002X",
    ],
)
def test_a_party_is_found_by_every_reading_and_by_the_end_of_its_numbers(world, text):
    party = register(world)
    assert list(queries.parties(world.li.actor, world.estate, on=DAY, text=text)) == [party]
    assert list(queries.parties(world.zhao.actor, world.estate, on=DAY, text=text)) == []


@pytest.mark.parametrize("text", ["gf", "678", "95678", "13812345679", "0029", "zzz"])
def test_what_does_not_fit_finds_nobody(world, text):
    register(world)
    assert list(queries.parties(world.li.actor, world.estate, on=DAY, text=text)) == []


def test_the_list_filters_by_room_kind_relation_and_departure(world, liu):
    found = lambda **facts: [party.name for party in queries.parties(world.li.actor, world.estate, on=DAY, **facts)]  # noqa: E731
    assert found(text="3-2-1501") == ["刘桂芳", "张美玲"]
    assert found(relation="joint_owner") == ["刘桂芳"]
    assert found(kind="firm") == []
    assert found(gone=True) == []
    make.party(world.estate, "陈旧")
    assert found(gone=True) == ["陈旧"]


def test_a_row_of_the_list_shows_a_masked_phone_and_the_homes(world, liu, django_assert_num_queries):
    actor = world.li.actor
    with django_assert_num_queries(3):
        row = queries.rows(queries.parties(actor, world.estate, on=DAY, text="刘桂芳"), on=DAY)[0]
    assert (row.phone, [(str(home.place), home.label) for home in row.homes]) == ("138****5678", [("3-2-1501", "共有人")])


def test_a_party_is_corrected_without_showing_its_number(world, told):
    party = register(world)
    facts = {"client_type": "shop", "sex": "f", "born_on": date(1949, 12, 31), "actor": world.li.actor, "at": NOON}
    actions.change(party, name="单桂芬", id_number=None, seen=1, **facts)
    party.refresh_from_db()
    assert (party.name, party.id_number, party.version) == ("单桂芬", CARD, 2)
    assert told(party)[-1] == ("parties.Changed", {"party_id": party.pk, "fields": ["client_type", "name", "sort_key"]})
    with pytest.raises(Stale):
        actions.change(party, name="单桂芬", id_number=None, seen=1, **facts)
    with pytest.raises(BadIdentity):
        actions.change(party, name="单桂芬", id_number="12", id_kind="resident", seen=2, **facts)
    with pytest.raises(NotAllowed):
        actions.change(party, name="单桂芬", id_number=None, seen=2, **{**facts, "actor": world.wang.actor})
    actions.change(party, name="单桂芬", id_number="", seen=2, **facts)
    assert (party.id_number, party.id_index, party.id_tail_index) == ("", "", "")


def test_a_merged_record_is_not_corrected(world, liu):
    other = make.party(world.estate, "刘桂芬", merged_into=liu)
    with pytest.raises(IsMerged):
        actions.change(other, name="刘", client_type="", id_number=None, seen=1, actor=world.li.actor, at=NOON)


def test_phones_come_in_front_or_behind_end_and_come_back(world, liu, told):
    def shown():
        return [line.masked for line in queries.phones(liu)]

    second = actions.add_phone(liu, phone="13912345678", note="女儿", actor=world.li.actor, at=NOON)
    actions.add_phone(liu, phone="13712345678", first=True, actor=world.li.actor, at=NOON)
    actions.add_phone(liu, phone="13612345678", first=True, actor=world.li.actor, at=NOON)
    assert shown() == ["136****5678", "137****5678", "138****5678", "139****5678"]
    with pytest.raises(PhoneKnown):
        actions.add_phone(liu, phone="139-1234-5678", actor=world.li.actor, at=NOON)
    actions.end_phone(second, actor=world.li.actor, at=NOON)
    assert shown() == ["136****5678", "137****5678", "138****5678"]
    back = actions.add_phone(liu, phone="13912345678", actor=world.li.actor, at=NOON)
    assert back.pk == second.pk
    with pytest.raises(NotAllowed):
        actions.end_phone(back, actor=world.zhao.actor, at=NOON)
    with pytest.raises(NotAllowed):
        actions.add_phone(liu, phone="13512345678", actor=world.wang.actor, at=NOON)
    assert [name for name, _ in told(liu)][1:] == ["parties.PhoneAdded"] * 3 + ["parties.PhoneEnded", "parties.PhoneAdded"]


@pytest.mark.clause("D-118")
def test_revealing_a_number_is_an_act_on_record(world, liu, told):
    assert actions.reveal(liu, what="phone", purpose="contact", actor=world.li.actor, at=NOON) == ["13812345678"]
    assert told(liu)[-1] == ("parties.Revealed", {"party_id": liu.pk, "what": "phone", "purpose": "contact"})


def test_refusals_of_reveal(world, liu, told):
    before = told(liu)
    for who in (world.wang, world.zhao):
        with pytest.raises(NotAllowed):
            actions.reveal(liu, what="phone", purpose="contact", actor=who.actor, at=NOON)
    with pytest.raises(NoPurpose):
        actions.reveal(liu, what="phone", purpose="curiosity", actor=world.li.actor, at=NOON)
    for what in ("identity", "plate", "shoe_size"):
        with pytest.raises(NothingToShow):
            actions.reveal(liu, what=what, purpose="contact", actor=world.li.actor, at=NOON)
    assert told(liu) == before


@pytest.mark.clause("B-080")
def test_outside_bodies_are_kept_with_their_telephones(world):
    body = actions.register(world.estate, name="锦和苑业主委员会", kind="body", phones=["0571-87654321"], actor=world.li.actor, at=NOON)
    assert list(queries.parties(world.li.actor, world.estate, on=DAY, kind="body")) == [body]


def test_a_post_over_one_building_reaches_those_who_hold_something_there(world, liu, told):
    post = make.post(world.company, "楼管家", ["parties.view", "parties.edit", "parties.reveal"])
    user = make.user("lou", "楼管家")
    make.member(world.company, "lou", "楼管家", post, user=user, place=world.building)
    from guanjia.domain.staff.queries import actor_for

    steward = actor_for(user, at=NOON)
    elsewhere = make.party(world.estate, "隔壁楼", phone="13512345678")
    assert {party.name for party in queries.visible(steward)} == {"刘桂芳", "张美玲"}
    assert actions.reveal(liu, what="phone", purpose="contact", actor=steward, at=NOON) == ["13812345678"]
    with pytest.raises(NotAllowed):
        actions.reveal(elsewhere, what="phone", purpose="contact", actor=steward, at=NOON)
    actions.register(world.estate, name="新住户", where=world.flat, actor=steward, at=NOON)
    with pytest.raises(NotAllowed):
        actions.register(world.estate, name="新住户", actor=steward, at=NOON)


def test_a_resident_is_his_own_party_only(world, liu):
    from guanjia.domain.accounts.queries import resident_for

    zhang = resident_for(world.zhang.user, at=NOON)
    assert list(queries.mine(zhang)) == [world.zhang.party]
    assert list(queries.visible(zhang)) == []


def test_signing_in_binds_the_parties_of_the_phone_as_long_as_they_hold_a_place(world, liu, told):
    from guanjia.domain.accounts import ports

    residents = ports.residents()
    user = make.user(None, "刘桂芳", phone="13812345678")
    assert residents.name_behind("138 1234 5678", at=NOON) == "刘桂芳"
    assert residents.name_behind("13812345679", at=NOON) is None
    assert residents.name_behind("nonsense", at=NOON) is None
    residents.bind("13812345678", user_id=user.pk, at=NOON)
    residents.bind("13812345678", user_id=user.pk, at=NOON)
    assert residents.parties_of(user.pk, at=NOON) == {liu.pk}
    assert [name for name, _ in told(liu)].count("parties.Bound") == 1
    make.model("parties.Occupancy").objects.filter(party=liu).update(ended_on=DAY)
    assert (residents.parties_of(user.pk, at=NOON), residents.name_behind("13812345678", at=NOON)) == (frozenset(), None)
