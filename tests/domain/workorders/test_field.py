"""The technician takes on, arrives, quotes, finishes or leaves, and the client signs."""

import pytest

from guanjia.domain.workorders import actions, queries
from guanjia.kernel.errors import IllegalMove, Refusal, Stale
from tests.domain.workorders.conftest import when


@pytest.mark.clause("A-183", "B-221")
def test_arrival_stops_the_clocks_that_wait_for_it(desk):
    order = desk.arrived()
    order.refresh_from_db()
    assert (order.state, order.arrive_by, desk.clock(order, "A-183").state, desk.clock(order, "B-221").state) == (
        "arrived",
        None,
        "on_time",
        "on_time",
    )


def test_an_arrival_told_late_counts_when_it_happened(desk):
    order = desk.dispatched()
    actions.accept(order, seen=order.version, actor=desk.actor(desk.wang), at=when("09:06"))
    actions.arrive(order, proof="scan", happened_at=when("09:18"), seen=order.version, actor=desk.actor(desk.wang), at=when("11:00"))
    assert (desk.clock(order, "A-036").state, queries.holder_of(order).arrived_at) == ("on_time", when("09:18"))


def test_a_phone_whose_clock_runs_ahead_is_told_so(desk):
    order = desk.dispatched()
    actions.accept(order, seen=order.version, actor=desk.actor(desk.wang), at=when("09:06"))
    with pytest.raises(Refusal, match="手机时间"):
        actions.arrive(order, proof="scan", happened_at=when("10:00"), seen=order.version, actor=desk.actor(desk.wang), at=when("09:10"))


def test_an_order_in_other_hands_is_not_touched(desk):
    order = desk.dispatched()
    with pytest.raises(actions.NotHolder, match="此单现在由王师傅负责"):
        actions.accept(order, seen=order.version, actor=desk.actor(desk.sun), at=when("09:06"))


def test_of_two_who_grab_one_wins(desk):
    order = desk.order()
    actions.offer(order, seen=1, actor=desk.boss, at=when("09:01"))
    again = queries.visible_to(desk.boss).get(pk=order.pk)
    actions.grab(order, seen=order.version, actor=desk.actor(desk.sun), at=when("09:02"))
    with pytest.raises(Stale):
        actions.grab(again, seen=again.version, actor=desk.actor(desk.wang), at=when("09:02"))
    assert (queries.holder_of(order).member, order.state) == (desk.sun, "accepted")


def test_the_pool_is_for_those_on_duty_and_able(desk):
    order = desk.order(trade="lift")
    actions.offer(order, seen=1, actor=desk.boss, at=when("09:01"))
    with pytest.raises(Refusal, match="没有登记"):
        actions.grab(order, seen=order.version, actor=desk.actor(desk.wang), at=when("09:02"))
    with pytest.raises(actions.NotOnDuty):
        actions.grab(order, seen=order.version, actor=desk.actor(desk.sun), at=when("20:00"))


def test_an_order_is_given_back_with_a_reason(desk, told):
    order = desk.dispatched()
    with pytest.raises(actions.Incomplete):
        actions.give_back(order, reason=" ", seen=order.version, actor=desk.actor(desk.wang), at=when("09:07"))
    actions.give_back(order, reason="正在处理爆管", seen=order.version, actor=desk.actor(desk.wang), at=when("09:07"))
    assert (order.state, queries.holder_of(order)) == ("open", None)
    assert told(order)[-1] == ("workorders.GivenBack", {"order_id": order.pk, "member_id": desk.wang.pk, "reason": "正在处理爆管"})


@pytest.mark.clause("B-214", "B-215")
def test_paid_work_is_quoted_and_agreed_before_it_is_finished(desk):
    order = desk.arrived(paid_work=True, price_told=True)
    me = desk.actor(desk.wang)
    with pytest.raises(actions.NotPriced):
        actions.finish(order, result="换好了", seen=order.version, actor=me, at=when("09:30"))
    quote = actions.quote(
        order,
        lines=[{"name": "角阀", "quantity": 2, "unit_fen": 1750}, {"name": "人工", "quantity": 1, "unit_fen": 3000}],
        seen=order.version,
        actor=me,
        at=when("09:30"),
    )
    assert quote.amount_fen == 6500
    with pytest.raises(actions.Incomplete):
        actions.settle_price(order, agreed_by="", agreed=True, seen=order.version, actor=me, at=when("09:31"))
    actions.settle_price(order, agreed_by="张美玲", agreed=True, seen=order.version, actor=me, at=when("09:31"))
    actions.finish(order, result="换好了", seen=order.version, actor=me, at=when("09:50"))
    assert order.state == "done"


def test_a_price_that_is_declined_ends_the_order(desk):
    order = desk.arrived()
    me = desk.actor(desk.wang)
    actions.quote(order, lines=[{"name": "阀", "quantity": 1, "unit_fen": 1}], seen=order.version, actor=me, at=when("09:30"))
    actions.settle_price(order, agreed_by="", agreed=False, seen=order.version, actor=me, at=when("09:31"))
    assert (order.state, queries.holder_of(order), desk.clock(order, "A-038").state) == ("cancelled", None, "withdrawn")


@pytest.mark.parametrize("line", [{"name": "", "quantity": 1, "unit_fen": 1}, {"name": "阀", "quantity": 0, "unit_fen": 1}])
def test_a_quote_is_complete(desk, line):
    order = desk.arrived()
    with pytest.raises(actions.Incomplete):
        actions.quote(order, lines=[line], seen=order.version, actor=desk.actor(desk.wang), at=when("09:30"))


@pytest.mark.clause("A-038", "B-223")
def test_finishing_needs_a_result_and_stops_the_emergency_of_the_day(desk):
    order = desk.arrived()
    with pytest.raises(actions.Incomplete):
        actions.finish(order, result="", seen=order.version, actor=desk.actor(desk.wang), at=when("09:50"))
    actions.finish(order, result="更换角阀", seen=order.version, actor=desk.actor(desk.wang), at=when("09:50"))
    assert (order.state, desk.clock(order, "A-038").state) == ("done", "on_time")


@pytest.mark.clause("B-225", "B-226", "B-228", "B-231")
def test_unfinished_work_says_what_was_done_why_and_when_to_come_again(desk):
    order = desk.arrived()
    me = desk.actor(desk.wang)
    for change, field in (({"treatment": ""}, "treatment"), ({"reason": ""}, "reason"), ({"next_at": None}, "expected_on")):
        facts = {"treatment": "关总阀", "reason": "缺 DN20 角阀", "next_at": when("15:00"), **change}
        with pytest.raises(actions.Incomplete) as refused:
            actions.leave_unfinished(order, **facts, seen=order.version, actor=me, at=when("09:40"))
        assert refused.value.field == field
    actions.leave_unfinished(
        order, treatment="关总阀", reason="缺 DN20 角阀", next_at=when("15:00"), seen=order.version, actor=me, at=when("09:40")
    )
    order.refresh_from_db()
    assert (order.state, order.appointment_at, queries.holder_of(order)) == ("unfinished", when("15:00"), None)
    assert desk.clock(order, "B-228").state == "on_time"


@pytest.mark.clause("A-040", "B-224")
def test_the_client_signs_the_finished_work(desk):
    order = desk.arrived()
    me = desk.actor(desk.wang)
    with pytest.raises(actions.NotSigned):
        actions.sign(order, signer="张美玲", seen=order.version, actor=me, at=when("09:40"))
    actions.finish(order, result="好了", seen=order.version, actor=me, at=when("09:50"))
    with pytest.raises(actions.Incomplete):
        actions.sign(order, signer="", seen=order.version, actor=me, at=when("09:51"))
    signature = actions.sign(order, signer="张美玲", content=False, remark="还有点渗", seen=order.version, actor=me, at=when("09:52"))
    assert (order.state, signature.signer, signature.content, signature.remark) == ("signed", "张美玲", False, "还有点渗")
    with pytest.raises(IllegalMove):
        actions.cancel(order, reason="x", seen=order.version, actor=desk.boss, at=when("10:00"))
