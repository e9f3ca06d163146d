"""客户熟悉度: what a steward knows, by evidence."""

from datetime import date
from decimal import Decimal

import pytest

from guanjia.domain.parties import actions, queries
from guanjia.domain.parties.actions.knowing import BadDefinition, NothingConfirmed, NotYet
from guanjia.domain.parties.rules.familiarity import Known, judge, months_later, rate
from guanjia.domain.staff import actions as staff
from guanjia.domain.staff.queries import actor_for
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import NotAllowed
from tests import make

from .conftest import DAY, NOON

FACTS = ["residents", "phone", "emergency", "needs", "type"]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (DAY, 12, date(2027, 3, 2)),
    ],
)
def test_a_month_ends_on_its_last_day(day, months, later):
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("confirmed", "present", "counts"),
    [
        ({"phone": date(2025, 3, 2)}, {"phone"}, True),
        ({"phone": date(2025, 3, 1)}, {"phone"}, False),
        ({"phone": DAY}, set(), False),
        ({}, {"phone"}, False),
    ],
)
def test_a_fact_counts_while_it_is_fresh_and_there(confirmed, present, counts):
    assert judge({"phone": 12}, confirmed, present, DAY)[0].counts == counts


def test_there_may_be_none_of_something():
    assert judge({"needs": 12}, {"needs": DAY}, set(), DAY)[0].counts


def test_one_missing_fact_makes_a_household_unknown():
    yes, no = Known("phone", DAY, DAY, counts=True), Known("needs", None, None, counts=False)
    counted = rate([[yes], [yes, no], [yes]], Decimal("0.95"))
    assert (counted.known, counted.of, counted.met) == (2, 3, False)
    assert rate([], Decimal("0.95")).share is None


@pytest.fixture
def grid(world):
    """李敏 is the steward of building 3."""
    made = make.model("estate.Grid").objects.create(estate=world.estate, code="G1", name="一网格")
    make.model("estate.GridPlace").objects.create(estate=world.estate, grid=made, place=world.building)
    staff.name_steward(made, member=world.li.member, began_on=DAY, actor=world.li.actor, at=NOON)
    return made


def confirm(world, facts=FACTS, place=None, on=DAY, who=None):
    actions.confirm(place or world.flat, facts=facts, manner="visit", confirmed_on=on, actor=(who or world.li).actor, at=NOON)


def share(world, on=DAY):
    (ledger,) = queries.ledgers(world.li.actor, world.estate, on=on)
    return ledger.rate.known, ledger.rate.of


@pytest.mark.clause("D-130")
@pytest.mark.clause("D-132")
def test_familiarity_rises_with_evidence_and_falls_with_time(world, liu, grid, told):
    make.model("parties.Party").objects.filter(pk=liu.pk).update(client_type="resident")
    assert share(world) == (0, 1)
    confirm(world)
    assert share(world) == (1, 1)
    assert share(world, date(2027, 3, 2)) == (1, 1)
    assert share(world, date(2027, 3, 3)) == (0, 1)
    payload = {"place_id": world.flat.pk, "facts": FACTS, "manner": "visit", "confirmed_on": "2026-03-02"}
    assert told(world.flat) == [("parties.Confirmed", payload)]


@pytest.mark.parametrize(("usage", "client_type", "counted"), [("住宅", "", 1), ("", "resident", 1), ("", "", 0)])
def test_the_type_of_client_is_known_from_the_record_or_from_the_premises(world, liu, grid, usage, client_type, counted):
    make.model("estate.Premises").objects.filter(place=world.flat).update(usage=usage)
    make.model("parties.Party").objects.filter(pk=liu.pk).update(client_type=client_type)
    confirm(world)
    assert share(world) == (counted, 1)


@pytest.mark.clause("D-117")
def test_the_ledger_says_what_is_missing_and_when_something_was_last_confirmed(world, liu, grid):
    confirm(world, ["residents", "phone"], on=date(2026, 2, 1))
    (ledger,) = queries.ledgers(world.li.actor, world.estate, on=DAY)
    (household,) = ledger.households
    assert (ledger.grids, household.place, household.names) == (("一网格",), world.flat, "张美玲、刘桂芳")
    assert (household.missing, household.last_on, household.known) == (["紧急联系人", "特殊需求", "客户类型"], date(2026, 2, 1), False)
    assert ledger.rate.target == Decimal("0.95")


def test_noting_a_need_is_evidence_too(world, liu, grid):
    actions.note_need(world.flat, kind="other", text="无", actor=world.li.actor, at=NOON)
    (ledger,) = queries.ledgers(world.li.actor, world.estate, on=DAY)
    assert "特殊需求" not in ledger.households[0].missing


def test_the_deepest_grid_decides_whose_household_it_is(world, liu, grid):
    inner = make.model("estate.Grid").objects.create(estate=world.estate, code="G2", name="二网格")
    make.model("estate.GridPlace").objects.create(estate=world.estate, grid=inner, place=world.flat)
    assert share(world) == (0, 0)
    staff.name_steward(inner, member=world.wang.member, began_on=DAY, actor=world.li.actor, at=NOON)
    counted = {ledger.member.name: ledger.rate.of for ledger in queries.ledgers(world.li.actor, world.estate, on=DAY)}
    assert counted == {"李敏": 0, "王海涛": 1}


def test_a_steward_sees_his_own_ledger_and_no_other(world, liu, grid):
    assert queries.ledgers(world.wang.actor, world.estate, on=DAY) == []
    assert queries.ledgers(world.zhao.actor, world.estate, on=DAY) == []
    assert queries.ledger_of(world.wang.member, world.estate, actor=world.li.actor, on=DAY) is None
    ledger = queries.ledger_of(world.li.member, world.estate, actor=world.li.actor, on=DAY)
    assert ledger is not None
    assert ledger.rate.of == 1


def test_a_ledger_asks_few_questions_however_many_households(world, liu, grid, django_assert_num_queries):
    actor = world.li.actor
    with django_assert_num_queries(8):
        queries.ledgers(actor, world.estate, on=DAY)
    for number in range(3):
        place = make.place(world.estate, f"3/2/160{number}/", parent=world.building)
        make.occupancy(place, make.party(world.estate, f"某{number}"))
    with django_assert_num_queries(8):
        (ledger,) = queries.ledgers(actor, world.estate, on=DAY)
    assert ledger.rate.of == 4


def test_refusals_of_confirm(world):
    with pytest.raises(NothingConfirmed):
        confirm(world, [])
    with pytest.raises(NotYet):
        confirm(world, on=date(2026, 3, 3))
    with pytest.raises(NotAllowed):
        confirm(world, who=world.wang)


def test_an_estate_sets_its_own_definition_and_earlier_days_keep_theirs(world, liu, grid, told):
    confirm(world, ["residents"])
    made = actions.set_familiarity(world.estate, facts={"residents": 6}, target=Decimal("0.9"), began_on=DAY, actor=world.li.actor, at=NOON)
    assert share(world) == (1, 1)
    standard = queries.standard_for(world.estate, on=DAY)
    assert (standard.facts, standard.target, standard.ours) == ({"residents": 6}, Decimal("0.9"), False)
    assert queries.standard_for(world.estate, on=date(2026, 3, 1)).ours
    assert queries.standard_for(world.other_estate, on=DAY).ours
    assert told(made) == [("parties.FamiliaritySet", {"standard_id": made.pk, "began_on": "2026-03-02"})]


def test_the_company_s_definition_holds_where_an_estate_has_none(world):
    set_ = {"facts": {"phone": 3}, "target": Decimal(1), "began_on": DAY, "at": NOON}
    with pytest.raises(NotAllowed):
        actions.set_familiarity(world.estate, for_company=True, actor=world.li.actor, **set_)
    actions.set_familiarity(world.estate, for_company=True, actor=Actor.system(), **set_)
    assert queries.standard_for(world.other_estate, on=DAY).facts == {"phone": 3}


@pytest.mark.parametrize(
    "wrong", [{"facts": {}}, {"facts": {"phone": 0}}, {"facts": {"phone": 61}}, {"facts": {"shoes": 3}}, {"target": Decimal("1.1")}]
)
def test_refusals_of_set_familiarity(world, wrong):
    facts = {"facts": {"phone": 12}, "target": Decimal("0.95"), "began_on": DAY, **wrong}
    with pytest.raises(BadDefinition):
        actions.set_familiarity(world.estate, actor=world.li.actor, at=NOON, **facts)


def test_actors_of_the_steward_s_own_post_confirm_in_their_grid(world, grid):
    user = make.user("gj", "管家")
    post = make.post(world.company, "管家", ["parties.edit", "estate.view"])
    make.member(world.company, "gj", "管家", post, user=user, place=world.building)
    actions.confirm(world.flat, facts=["pets"], manner="phone", confirmed_on=DAY, actor=actor_for(user, at=NOON), at=NOON)
    assert make.model("parties.Confirmation").objects.get().member.name == "管家"
