"""The equipment ledger: duties from the dated table, inspections, stops."""

from datetime import date
from uuid import uuid4

import pytest

from guanjia.domain.estate import actions, queries
from guanjia.domain.estate.actions import equipment as ledger
from guanjia.domain.estate.actions import estates, inspections
from guanjia.domain.estate.models import Equipment, Inspection
from guanjia.kernel.errors import IllegalMove, NotAllowed, Stale
from tests.domain.estate.conftest import TODAY
from tests.world import told


@pytest.fixture
def lift(world, by_li):
    return actions.add_equipment(
        world.estate,
        code="DT-3-1",
        name="3 号楼 1 号梯",
        category="lift",
        place=world.building,
        accepted_on=date(2024, 6, 15),
        key=uuid4(),
        **by_li,
    )


@pytest.mark.clause("A-175")
def test_equipment_enters_the_ledger_with_its_statutory_dates(world, lift):
    (duty,) = lift.duties.all()
    assert (duty.code, duty.done_on, duty.due_on, duty.law) == ("inspection", None, date(2025, 6, 15), True)
    assert Equipment.objects.get(pk=lift.pk).inspect_due_on == date(2025, 6, 15)
    assert told(lift) == [("estate.EquipmentAdded", {"equipment_id": lift.pk, "code": "DT-3-1", "category": "lift"})]
    assert [each.equipment for each in queries.due_soon(world.li.actor, on=TODAY, days=30)] == [lift]
    assert list(queries.due_soon(world.zhao.actor, on=TODAY, days=30)) == []


@pytest.mark.clause("A-174")
def test_equipment_says_who_answers_for_it(world, lift, by_li):
    actions.revise_equipment(lift, keeper="contractor", keeper_name="迅安电梯", officer="王海涛", seen=1, **by_li)
    lift.refresh_from_db()
    assert (lift.keeper, lift.keeper_name, lift.officer) == ("contractor", "迅安电梯", "王海涛")
    assert told(lift)[-1][1]["fields"] == ["keeper", "keeper_name", "officer"]


def test_an_unknown_base_day_gives_no_date_instead_of_a_guess(world, by_li):
    tank = actions.add_equipment(world.estate, code="SX-1", name="水箱", category="water_tank", key=uuid4(), **by_li)
    assert {(duty.code, duty.due_on) for duty in tank.duties.all()} == {("cleaning", None), ("water_test", None)}
    assert tank.inspect_due_on is None


def test_an_inspection_moves_the_date_and_stays_on_record(world, lift, by_li):
    actions.record_inspection(lift, duty="inspection", done_on=date(2025, 5, 20), result="passed", report="T-88", seen=1, **by_li)

    lift.refresh_from_db()
    assert (lift.inspect_due_on, lift.duties.get().done_on) == (date(2028, 6, 15), date(2025, 5, 20))
    assert told(lift)[-1] == (
        "estate.EquipmentInspected",
        {
            "equipment_id": lift.pk,
            "code": "DT-3-1",
            "duty": "inspection",
            "duty_name": "定期检验",
            "done_on": "2025-05-20",
            "result": "passed",
            "result_label": "合格",
            "next_due_on": "2028-06-15",
        },
    )


def test_the_plate_may_say_earlier_than_the_law_never_later(world, lift, by_li):
    facts = {"duty": "inspection", "done_on": date(2025, 5, 20), "result": "passed", "seen": 1}
    with pytest.raises(inspections.LaterThanLaw, match="2028-06-15"):
        actions.record_inspection(lift, next_due_on=date(2028, 6, 16), **facts, **by_li)
    actions.record_inspection(lift, next_due_on=date(2026, 5, 31), **facts, **by_li)
    assert lift.inspect_due_on == date(2026, 5, 31)


def test_a_failed_inspection_leaves_the_duty_due(world, lift, by_li):
    actions.record_inspection(lift, duty="inspection", done_on=date(2025, 5, 20), result="failed", seen=1, **by_li)
    lift.refresh_from_db()
    assert lift.inspect_due_on == date(2025, 6, 15)


def test_a_voided_inspection_counts_no_more(world, lift, by_li):
    wrong = actions.record_inspection(lift, duty="inspection", done_on=date(2025, 5, 20), result="passed", seen=1, **by_li)
    with pytest.raises(inspections.NoReason):
        actions.void_inspection(wrong, because=" ", seen=2, **by_li)
    actions.void_inspection(wrong, because="登记错设备", seen=2, **by_li)

    lift.refresh_from_db()
    assert (lift.inspect_due_on, Inspection.objects.get().voided_because) == (date(2025, 6, 15), "登记错设备")
    with pytest.raises(inspections.Recorded):
        actions.void_inspection(wrong, because="再来", seen=3, **by_li)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"duty": "cleaning"}, inspections.NoSuchDuty),
        ({"done_on": date(2026, 3, 3)}, inspections.InFuture),
        ({"seen": 7}, Stale),
    ],
)
def test_what_is_no_inspection_is_refused(world, lift, by_li, facts, refusal):
    said = {"duty": "inspection", "done_on": date(2025, 5, 20), "result": "passed", "seen": 1, **facts}
    with pytest.raises(refusal):
        actions.record_inspection(lift, **said, **by_li)
    assert not Inspection.objects.exists()


def test_the_same_inspection_is_recorded_once(world, lift, by_li):
    facts = {"duty": "inspection", "done_on": date(2025, 5, 20), "result": "passed"}
    actions.record_inspection(lift, **facts, seen=1, **by_li)
    with pytest.raises(inspections.Recorded):
        actions.record_inspection(lift, **facts, seen=2, **by_li)


@pytest.mark.clause("A-274")
def test_nothing_runs_without_a_valid_permit(world, lift, by_li):
    actions.revise_equipment(lift, permit="梯11浙A0001", permit_until=date(2026, 2, 28), seen=1, **by_li)
    actions.stop_equipment(lift, on=TODAY, seen=2, **by_li)
    with pytest.raises(ledger.PermitExpired):
        actions.restart_equipment(lift, on=TODAY, seen=3, **by_li)
    actions.revise_equipment(lift, permit_until=date(2027, 2, 28), seen=3, **by_li)
    actions.restart_equipment(lift, on=TODAY, seen=4, **by_li)
    assert [name for name, _payload in told(lift)][-3:] == [
        "estate.EquipmentStopped",
        "estate.EquipmentRevised",
        "estate.EquipmentRestarted",
    ]


def test_a_lift_that_stood_for_a_year_is_inspected_first(world, lift, by_li):
    actions.stop_equipment(lift, on=date(2025, 2, 1), seen=1, **by_li)
    with pytest.raises(ledger.InspectFirst):
        actions.restart_equipment(lift, on=TODAY, seen=2, **by_li)
    actions.record_inspection(lift, duty="inspection", done_on=date(2026, 2, 27), result="passed", seen=2, **by_li)
    actions.restart_equipment(lift, on=TODAY, seen=3, **by_li)
    assert lift.state == "in_service"


def test_scrapped_equipment_has_no_duties_and_no_way_back(world, lift, by_li):
    actions.retire_equipment(lift, on=TODAY, seen=1, **by_li)
    assert (lift.duties.count(), lift.inspect_due_on) == (0, None)
    with pytest.raises(IllegalMove):
        actions.restart_equipment(lift, on=TODAY, seen=2, **by_li)
    with pytest.raises(IllegalMove):
        actions.stop_equipment(lift, on=TODAY, seen=2, **by_li)
    with pytest.raises(inspections.Gone):
        actions.record_inspection(lift, duty="inspection", done_on=TODAY, result="passed", seen=2, **by_li)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [({"code": "DT-3-1"}, estates.CodeTaken), ({"code": "A B"}, estates.BadCode), ({"category": "sofa"}, ledger.BadCategory)],
)
def test_what_does_not_belong_in_the_ledger_is_refused(world, lift, by_li, facts, refusal):
    said = {"code": "DT-3-2", "name": "2 号梯", "category": "lift", **facts}
    with pytest.raises(refusal):
        actions.add_equipment(world.estate, key=uuid4(), **said, **by_li)


def test_equipment_of_one_estate_stands_in_that_estate(world, lift, by_li):
    with pytest.raises(NotAllowed):
        actions.add_equipment(world.estate, code="X", name="x", category="lift", place=world.other_flat, key=uuid4(), **by_li)
    with pytest.raises(NotAllowed):
        actions.revise_equipment(lift, place=world.other_flat, seen=1, **by_li)
    both = world.li.actor.system()
    with pytest.raises(ledger.NotHere):
        actions.revise_equipment(lift, place=world.other_flat, seen=1, actor=both, at=by_li["at"])


def test_the_ledger_is_kept_by_who_may(world, lift, by_wang):
    for act, facts in (
        (actions.stop_equipment, {"on": TODAY}),
        (actions.restart_equipment, {"on": TODAY}),
        (actions.retire_equipment, {"on": TODAY}),
        (actions.revise_equipment, {"name": "别的名"}),
        (actions.record_inspection, {"duty": "inspection", "done_on": TODAY, "result": "passed"}),
    ):
        with pytest.raises(NotAllowed):
            act(lift, seen=1, **facts, **by_wang)
    assert list(queries.equipment(world.zhao.actor)) == []
