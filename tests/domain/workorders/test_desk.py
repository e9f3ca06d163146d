"""The desk writes, dispatches, appoints, and takes the slip back."""

import pytest

from guanjia.domain.shifts import queries as shifts
from guanjia.domain.workorders import actions, queries
from guanjia.kernel.errors import NotAllowed, Refusal, Stale
from tests.domain.workorders.conftest import when


@pytest.mark.clause("B-206", "B-207", "B-208", "B-210", "B-212")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"contact_name": ""}, "contact_name"),
        ({"contact_phone": ""}, "contact_phone"),
        ({"damage": " "}, "damage"),
        ({"item": ""}, "item"),
        ({"at_home": ""}, "at_home"),
        ({"paid_work": True}, "price_told"),
    ],
)
def test_a_household_order_is_not_written_without_what_the_slip_needs(desk, change, field):
    with pytest.raises(actions.Incomplete) as refused:
        desk.order(**change)
    assert refused.value.field == field


@pytest.mark.clause("C-021")
def test_staff_write_an_order_for_a_common_place_with_what_they_saw(desk):
    order = desk.order(place=desk.world.building, contact_name="", contact_phone="", at_home="")
    assert (order.number, order.state, order.contact_name) == ("WX-260302-01", "open", "")


def test_numbers_run_by_day(desk):
    assert [desk.order().number, desk.order().number] == ["WX-260302-01", "WX-260302-02"]


def test_who_may_not_write_orders_there(desk):
    with pytest.raises(NotAllowed):
        desk.order(actor=desk.actor(desk.wang))
    with pytest.raises(NotAllowed):
        desk.order(actor=desk.world.zhao.actor)


@pytest.mark.clause("A-036", "A-183", "B-219", "B-220", "B-221")
def test_dispatch_promises_an_arrival_and_leaves_a_trail(desk, told):
    order = desk.dispatched()
    order.refresh_from_db()
    assert (order.state, order.arrive_by) == ("dispatched", when("09:20"))
    assert queries.holder_of(order).member == desk.wang
    assert {code: desk.clock(order, code).state for code in ("B-219", "B-220", "A-036", "A-183", "B-221")} == {
        "B-219": "on_time",
        "B-220": "on_time",
        "A-036": "running",
        "A-183": "running",
        "B-221": "running",
    }
    assert [name for name, _payload in told(order)][-1] == "workorders.Dispatched"


def test_only_people_on_duty_are_sent(desk):
    order = desk.order()
    with pytest.raises(actions.NotOnDuty, match="李敏 此刻不在班"):
        actions.dispatch(order, to=desk.world.li.member, seen=1, actor=desk.boss, at=when("09:05"))
    with pytest.raises(actions.NotOnDuty):
        actions.dispatch(order, to=desk.sun, seen=1, actor=desk.boss, at=when("17:00"))
    with pytest.raises(NotAllowed):
        actions.dispatch(order, to=desk.wang, seen=1, actor=desk.actor(desk.wang), at=when("09:05"))


def test_of_two_dispatchers_one_wins_and_the_other_sees_the_new_state(desk):
    order = desk.order()
    again = queries.visible_to(desk.boss).get(pk=order.pk)
    actions.dispatch(order, to=desk.wang, seen=1, actor=desk.boss, at=when("09:05"))
    with pytest.raises(Stale):
        actions.dispatch(again, to=desk.sun, seen=1, actor=desk.boss, at=when("09:05"))
    assert queries.holder_of(order).member == desk.wang


def test_dispatching_again_replaces_the_holder_and_gives_no_new_time(desk):
    order = desk.dispatched()
    actions.dispatch(order, to=desk.sun, seen=order.version, actor=desk.boss, at=when("09:12"))
    order.refresh_from_db()
    assert (queries.holder_of(order).member, order.arrive_by, order.assignments.count()) == (desk.sun, when("09:20"), 2)


@pytest.mark.clause("A-184", "B-211")
def test_an_agreed_time_moves_the_promise(desk):
    order = desk.dispatched()
    actions.appoint(order, appointment_at=when("14:00"), seen=order.version, actor=desk.boss, at=when("09:06"))
    order.refresh_from_db()
    assert order.arrive_by == when("14:00")
    with pytest.raises(Refusal, match="现在之后"):
        actions.appoint(order, appointment_at=when("09:00"), seen=order.version, actor=desk.boss, at=when("09:07"))


def test_a_lower_urgency_withdraws_the_emergency_clock(desk):
    order = desk.order()
    actions.prioritise(order, urgency="minor", seen=1, actor=desk.boss, at=when("09:01"))
    assert desk.clock(order, "A-183").state == "withdrawn"


def test_a_pause_holds_the_promise_back(desk):
    order = desk.dispatched()
    actions.pause(order, reason="业主不在家", actor=desk.boss, at=when("09:10"))
    order.refresh_from_db()
    assert order.arrive_by is None
    actions.resume(order, actor=desk.boss, at=when("09:40"))
    order.refresh_from_db()
    assert order.arrive_by == when("09:50")


def test_suggestions_state_their_reason(desk):
    order = desk.order()
    assert [(choice.member.name, choice.reason) for choice in queries.suggestions(order, at=when("09:01"))] == [
        ("王师傅", "工种对口、手上没有单"),
        ("孙师傅", "综合工种、手上没有单"),
    ]
    desk.arrived()
    assert [(choice.member.name, choice.reason) for choice in queries.suggestions(order, at=when("09:20"))] == [
        ("王师傅", "工种对口、手上有急修、就在本楼、手上还有单"),
        ("孙师傅", "综合工种、手上没有单"),
    ]


def test_a_cancelled_order_has_a_reason_and_no_clocks(desk):
    order = desk.dispatched()
    with pytest.raises(actions.Incomplete):
        actions.cancel(order, reason="", seen=order.version, actor=desk.boss, at=when("09:10"))
    actions.cancel(order, reason="重复报修", seen=order.version, actor=desk.boss, at=when("09:10"))
    assert (order.state, desk.clock(order, "A-036").state, queries.holder_of(order)) == ("cancelled", "withdrawn", None)
    with pytest.raises(Refusal):
        actions.pause(order, reason="x", actor=desk.boss, at=when("09:11"))


@pytest.mark.clause("A-041", "B-218", "B-229", "B-230", "B-234", "B-235")
def test_the_signed_slip_comes_back_the_same_day_and_the_day_is_reconciled(desk):
    order = desk.finished()
    with pytest.raises(actions.NotSigned):
        actions.return_slip(order, seen=order.version, actor=desk.boss, at=when("10:00"))
    actions.sign(order, signer="张美玲", seen=order.version, actor=desk.actor(desk.wang), at=when("09:55"))
    sheet = queries.day_sheet(desk.boss, desk.world.estate, when("10:00").date())
    assert ([o.pk for o in sheet.opened], sheet.returned, [o.pk for o in sheet.outstanding]) == ([order.pk], [], [order.pk])
    actions.return_slip(order, seen=order.version, actor=desk.boss, at=when("17:00"))
    assert desk.clock(order, "B-229").state == "on_time"
    sheet = queries.day_sheet(desk.boss, desk.world.estate, when("10:00").date())
    assert ([o.pk for o in sheet.returned], sheet.outstanding) == ([order.pk], [])
    counted = queries.counts(desk.boss, desk.world.estate, when("10:00").date(), when("10:00").date().replace(day=3))
    assert counted == {"opened": 1, "returned": 1, "cancelled": 0, "open": 0, "rework": 0}


@pytest.mark.clause("D-079")
def test_nobody_goes_off_duty_with_an_emergency_in_hand(desk):
    from guanjia.domain.shifts import actions as duty

    order = desk.arrived()
    turn = shifts.turns_of(desk.wang, begin=when("09:00"), end=when("09:01")).get()
    duty.sign_on(turn, actor=desk.actor(desk.wang), at=when("09:00"))
    with pytest.raises(duty.NotReleased, match=f"急修 {order.number} 还没有办完，请先转交"):
        duty.sign_off(turn, actor=desk.actor(desk.wang), at=when("15:59"))
    actions.finish(order, result="好了", seen=order.version, actor=desk.actor(desk.wang), at=when("15:59"))
    duty.sign_off(turn, actor=desk.actor(desk.wang), at=when("16:00"))


def test_orders_of_another_estate_are_not_seen(desk):
    desk.order()
    assert (queries.visible_to(desk.boss).count(), queries.visible_to(desk.world.zhao.actor).count()) == (1, 0)
