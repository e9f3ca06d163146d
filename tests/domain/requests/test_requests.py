"""From a ringing phone to a settled matter: what is asked, who stays responsible, and when it is settled."""

from typing import Any

import pytest

from guanjia.domain.requests import actions, queries
from guanjia.domain.standards.rules.symptoms import catalogue
from guanjia.domain.workorders import actions as workorders
from guanjia.domain.workorders.states import Trade, Urgency
from guanjia.kernel.errors import NotAllowed, Refusal, Stale
from tests import make
from tests.conftest import at
from tests.domain.workorders.conftest import when


def opened(desk: Any, clock: str = "09:00", **change: Any) -> Any:
    facts: dict[str, Any] = {
        "place": desk.world.flat,
        "kind": "repair",
        "channel": "phone",
        "body": "主卧卫生间吊顶滴水",
        "category": "plumbing",
        "symptom": "leak",
        "party": desk.world.zhang.party,
        "caller_phone": "13800001111",
        "read_back": True,
        "actor": desk.boss,
        "at": when(clock),
    }
    return actions.open_request(**{**facts, **change})


def complaint(desk: Any, **change: Any) -> Any:
    return opened(desk, **{"kind": "complaint", "category": "complaint", "symptom": "service", "apologised": True, **change})


@pytest.mark.clause("A-097", "B-165")
def test_a_call_becomes_a_request_and_whoever_took_it_stays_responsible(desk):
    request = opened(desk)
    assert (request.number, request.title, request.receiver_id, request.state, request.urgent) == (
        "BX-260302-01",
        "给排水 渗漏水",
        desk.world.li.member.pk,
        "registered",
        False,
    )
    actions.route(request, to=desk.wang, seen=1, actor=desk.boss, at=when("09:01"))
    assert (request.receiver_id, request.handler) == (desk.world.li.member.pk, desk.wang)
    assert [found.pk for found in queries.mine(desk.boss)] == [request.pk]


@pytest.mark.clause("B-106", "B-184", "C-013")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"body": " "}, "body"),
        ({"party": None}, "caller_name"),
        ({"read_back": False}, "read_back"),
        ({"kind": "complaint", "category": "complaint", "symptom": "service"}, "apologised"),
        ({"category": "nothing"}, "category"),
        ({"symptom": "entrapment"}, "symptom"),
    ],
)
def test_the_register_asks_for_what_the_rules_of_reception_ask(desk, change, field):
    with pytest.raises(actions.Incomplete) as refused:
        opened(desk, **change)
    assert refused.value.field == field


def test_each_kind_has_its_own_numbers(desk):
    assert [opened(desk).number, complaint(desk).number, opened(desk).number] == ["BX-260302-01", "TS-260302-01", "BX-260302-02"]


def test_who_may_not_register_there(desk):
    for actor in (desk.actor(desk.wang), desk.world.zhao.actor):
        with pytest.raises(NotAllowed):
            opened(desk, actor=actor)
    opened(desk)
    assert (queries.visible_to(desk.boss).count(), queries.visible_to(desk.world.zhao.actor).count()) == (1, 0)


@pytest.mark.clause("D-091", "D-140")
def test_the_first_response_and_the_follow_up_have_their_clocks(desk):
    request = opened(desk)
    assert request.due_at == when("09:30")
    actions.note(request, kind="response", text="已联系，下午上门", actor=desk.boss, at=when("09:10"))
    assert (desk.clock(request, "D-091").state, request.due_at) == ("on_time", at("2026-03-05 09:00"))
    actions.route(request, to=desk.wang, seen=1, actor=desk.boss, at=when("09:12"))
    assert request.due_at == when("13:12")
    actions.note(request, kind="follow_up", text="师傅已到", actor=desk.boss, at=when("14:00"))
    assert desk.clock(request, "D-140").state == "late"


@pytest.mark.clause("B-209", "D-094", "C-024")
def test_a_request_sends_an_order_and_is_answered_when_the_work_has_ended(desk):
    request = opened(desk)
    order = actions.send_order(request, urgency="normal", trade="plumbing", at_home="全天", actor=desk.boss, at=when("09:02"))
    request.refresh_from_db()
    assert (request.state, order.source_id, order.damage, order.contact_name) == ("in_hand", request.pk, "主卧卫生间吊顶滴水", "张美玲")
    with pytest.raises(actions.Unsettled, match=order.number):
        actions.answer(request, text="已修好", channel="phone", seen=request.version, actor=desk.boss, at=when("09:30"))
    workorders.cancel(order, reason="业主自己修好了", seen=order.version, actor=desk.boss, at=when("09:40"))
    actions.answer(request, text="已修好", channel="phone", acknowledged=True, seen=request.version, actor=desk.boss, at=when("09:45"))
    actions.close(request, content=True, seen=request.version, actor=desk.boss, at=when("09:46"))
    assert request.state == "closed"


@pytest.mark.clause("B-228")
def test_unfinished_work_comes_before_the_desk_at_once(desk):
    request = opened(desk)
    order = actions.send_order(request, urgency="normal", trade="plumbing", at_home="全天", actor=desk.boss, at=when("09:02"))
    me = desk.actor(desk.wang)
    workorders.dispatch(order, to=desk.wang, seen=order.version, actor=desk.boss, at=when("09:03"))
    workorders.accept(order, seen=order.version, actor=me, at=when("09:04"))
    workorders.arrive(order, proof="scan", seen=order.version, actor=me, at=when("09:10"))
    workorders.leave_unfinished(
        order, treatment="关阀", reason="缺件", next_at=when("15:00"), seen=order.version, actor=me, at=when("09:20")
    )
    assert [note.text for note in request.notes.all()] == ["维修未完工，已做临时处理，请与业主联系"]


@pytest.mark.clause("A-065", "B-153")
def test_what_cannot_be_settled_now_has_a_plan_and_a_date(desk):
    request = opened(desk)
    for change, field in (({"text": " "}, "text"), ({"until": when("08:00")}, "until")):
        with pytest.raises(actions.Incomplete) as refused:
            actions.plan(request, **{"text": "等配件", "until": when("17:00"), **change}, seen=1, actor=desk.boss, at=when("09:05"))
        assert refused.value.field == field
    actions.plan(request, text="等配件，周三到货", until=when("17:00"), seen=1, actor=desk.boss, at=when("09:05"))
    assert (request.state, request.planned_until, request.notes.get().kind) == ("planned", when("17:00"), "explained")


@pytest.mark.clause("A-061", "A-063", "A-064", "A-145", "C-016", "C-017", "B-185")
def test_a_complaint_needs_cause_and_solution_before_it_is_answered(desk):
    request = complaint(desk)
    assert {code: desk.clock(request, code).state for code in ("A-064", "C-017")} == {"A-064": "running", "C-017": "running"}
    actions.route(request, to=desk.wang, seen=1, actor=desk.boss, at=when("09:05"))
    actions.note(request, kind="remedy", text="已安排保洁重扫", actor=desk.boss, at=when("09:20"))
    assert desk.clock(request, "A-063").state == "on_time"
    with pytest.raises(actions.Incomplete):
        actions.answer(request, text="抱歉", channel="phone", seen=request.version, actor=desk.boss, at=when("10:00"))
    actions.resolve_complaint(
        request, cause="排班漏了一人", solution="补扫并调整排班", seen=request.version, actor=desk.boss, at=when("10:00")
    )
    actions.answer(request, text="已补扫，今后每天两次", channel="phone", seen=request.version, actor=desk.boss, at=when("10:05"))
    assert {code: desk.clock(request, code).state for code in ("A-064", "C-017")} == {"A-064": "on_time", "C-017": "on_time"}


@pytest.mark.clause("B-167")
def test_whoever_a_complaint_is_about_touches_nothing_of_it(desk):
    boss = desk.boss
    request = complaint(desk, concerned=[desk.world.li.member], actor=make_receiver(desk))
    tries = [
        lambda: actions.note(request, kind="remark", text="x", actor=boss, at=when("09:01")),
        lambda: actions.grade(request, severity="ordinary", seen=1, actor=boss, at=when("09:01")),
        lambda: actions.judge(request, validity="invalid", why="x", actor=boss, at=when("09:01")),
        lambda: actions.withdraw(request, reason="x", seen=1, actor=boss, at=when("09:01")),
        lambda: actions.resolve_complaint(request, cause="x", solution="x", seen=1, actor=boss, at=when("09:01")),
    ]
    for attempt in tries:
        with pytest.raises(actions.Concerned):
            attempt()


def make_receiver(desk: Any) -> Any:
    """Somebody else at the desk who may do everything with requests."""
    post = make.post(
        desk.world.company, "值班员", ["requests.open", "requests.handle", "requests.judge", "requests.close", "requests.view"]
    )
    member = make.member(desk.world.company, "duty", "陈静", post, user=make.user("duty", "陈静"), estate=desk.world.estate)
    return desk.actor(member)


@pytest.mark.clause("A-147")
def test_a_complaint_is_judged_by_somebody_who_did_not_handle_it(desk):
    other = make_receiver(desk)
    request = complaint(desk)
    actions.route(request, to=desk.world.li.member, seen=1, actor=desk.boss, at=when("09:01"))
    with pytest.raises(actions.Concerned, match="处理人"):
        actions.judge(request, validity="valid", why="属实", actor=desk.boss, at=when("09:02"))
    with pytest.raises(actions.Incomplete):
        actions.judge(request, validity="valid", why="", actor=other, at=when("09:02"))
    actions.judge(request, validity="valid", why="现场照片属实", actor=other, at=when("09:02"))
    row = make.model("requests.Complaint").objects.get(request=request)
    assert (row.validity, row.judged_by.name) == ("valid", "陈静")
    assert queries.complaint_counts(desk.boss, desk.world.estate, when("09:00").date(), when("09:00").date().replace(day=3)) == {
        "complaints": 1,
        "valid": 1,
        "valid_settled": 0,
    }


def test_a_complaint_about_somebody_is_not_given_to_that_person(desk):
    request = complaint(desk, concerned=[desk.wang])
    with pytest.raises(actions.Concerned, match="王师傅"):
        actions.route(request, to=desk.wang, seen=1, actor=desk.boss, at=when("09:01"))


@pytest.mark.clause("A-136")
def test_it_is_settled_when_the_client_is_content_and_reopened_when_not(desk):
    request = opened(desk, kind="enquiry", category="enquiry", symptom="fees", body="装修押金何时退")
    actions.answer(request, text="验收后 7 天", channel="phone", seen=1, actor=desk.boss, at=when("09:05"))
    actions.reopen(request, reason="业主说已过 7 天", seen=request.version, actor=desk.boss, at=when("09:06"))
    actions.answer(request, text="已催财务，今天到账", channel="phone", seen=request.version, actor=desk.boss, at=when("09:30"))
    with pytest.raises(actions.Incomplete):
        actions.close(request, content=False, seen=request.version, actor=desk.boss, at=when("09:31"))
    actions.close(request, content=True, seen=request.version, actor=desk.boss, at=when("09:31"))
    assert (request.state, request.ended_at, request.answers.count()) == ("closed", when("09:31"), 2)


def test_the_same_household_is_offered_for_merging(desk):
    first, second = opened(desk), opened(desk, clock="09:10")
    assert [found.pk for found in queries.same_household(desk.world.flat, at=when("09:15"))] == [second.pk, first.pk]
    actions.merge(second, into=first, seen=1, actor=desk.boss, at=when("09:16"))
    assert (second.state, second.merged_into, desk.clock(second, "D-091").state) == ("merged", first, "withdrawn")
    for target in (first, second):
        with pytest.raises(Refusal):
            actions.merge(first, into=target, seen=1, actor=desk.boss, at=when("09:17"))


def test_neighbours_with_the_same_trouble_may_have_one_cause(desk):
    first = opened(desk, symptom="no_water")
    neighbour = make.flat(desk.world.estate, path="3/2/1601/", parent=desk.world.flat.parent)
    second = opened(desk, clock="09:05", place=neighbour, symptom="no_water")
    assert [found.pk for found in queries.same_cause(neighbour, category="plumbing", at=when("09:06"))] == [first.pk]
    cause = actions.find_cause(
        [first, second], place=desk.world.building, title="3 号楼加压泵跳闸", began_at=when("08:50"), actor=desk.boss, at=when("09:07")
    )
    assert sorted(cause.requests.values_list("pk", flat=True)) == [first.pk, second.pk]


@pytest.mark.clause("E-013")
def test_a_no_needs_a_reason(desk):
    request = opened(desk, kind="service", category="", symptom="", body="帮忙搬钢琴上楼")
    with pytest.raises(actions.Incomplete):
        actions.withdraw(request, reason="", seen=1, actor=desk.boss, at=when("09:01"))
    actions.withdraw(request, reason="超出服务范围，已介绍搬运公司", seen=1, actor=desk.boss, at=when("09:01"))
    assert request.state == "withdrawn"


@pytest.mark.clause("D-079")
def test_an_urgent_matter_keeps_its_holder_until_somebody_takes_it(desk):
    request = opened(desk, symptom="burst")
    li = desk.world.li.member.pk
    assert [objection.message for objection in queries.urgent_in_charge(li, when("09:01"))] == [
        "紧急事项 BX-260302-01 还没有办妥，请先转交"
    ]
    actions.route(request, to=desk.wang, seen=1, actor=desk.boss, at=when("09:02"))
    assert (queries.urgent_in_charge(li, when("09:03")), len(queries.urgent_in_charge(desk.wang.pk, when("09:03")))) == ([], 1)


def test_two_at_once_one_wins(desk):
    request = opened(desk)
    again = queries.visible_to(desk.boss).get(pk=request.pk)
    actions.route(request, to=desk.wang, seen=1, actor=desk.boss, at=when("09:01"))
    with pytest.raises(Stale):
        actions.route(again, to=desk.sun, seen=1, actor=desk.boss, at=when("09:01"))


@pytest.mark.clause("B-095", "C-015")
def test_the_catalogue_has_nine_groups_and_knows_its_trades_and_urgencies():
    groups = catalogue()
    assert [group.word for group in groups] == ["给排水", "强电", "弱电", "门窗", "电梯", "公区", "保洁", "投诉", "咨询"]
    symptoms = [symptom for group in groups for symptom in group.symptoms]
    assert {symptom.trade for symptom in symptoms} <= set(Trade.values)
    assert {symptom.urgency for symptom in symptoms} <= set(Urgency.values)
    assert {"地板被泡", "燃气不通", "服务质量", "设施故障", "安全隐患"} <= {symptom.word for symptom in symptoms}
