"""What the technician does with a work order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.shifts import queries as shifts
from guanjia.domain.standards import actions as standards
from guanjia.domain.workorders import events
from guanjia.domain.workorders.models import Assignment, Outcome, Quote, Signature, Skill, WorkOrder
from guanjia.domain.workorders.permissions import DISPATCH, SETTLE, WORK
from guanjia.domain.workorders.states import Proof
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import move

if TYPE_CHECKING:
    from guanjia.domain.files.models import File
    from guanjia.kernel.actor import Actor
from guanjia.domain.workorders.actions.holding import Incomplete, NotOnDuty, NotPriced, NotSigned, end_assignment, held_by_actor, mark, past


@transaction.atomic
def grab(order: WorkOrder, *, seen: int, actor: Actor, at: datetime) -> None:
    """Take an order from the pool for oneself; of two who try at once one wins, the other sees so.

    Raises NotAllowed, NotOnDuty, Refusal without the skill, IllegalMove, Stale.
    """
    actor.require(WORK, order)
    member_id = actor.member_id or 0
    if not shifts.on_duty(order.estate, at=at).filter(member_id=member_id).exists():
        raise NotOnDuty(_("你现在不在班"))
    if not Skill.objects.filter(estate_id=order.estate_id, member_id=member_id, trade__in=[order.trade, "general"]).exists():
        raise Refusal(_("这张单需要的工种你没有登记"))
    move(order, "grab", seen=seen)
    Assignment.objects.create(estate_id=order.estate_id, order=order, member_id=member_id, began_at=at, accepted_at=at)
    mark(order, "dispatch", "assignment", "repair_dept_receipt", "receipt_signed_by_repair", "repair_order_receipt", actor=actor, at=at)
    announce(events.Accepted(order.pk, member_id, grabbed=True), about=order, actor=actor, at=at)


@transaction.atomic
def accept(order: WorkOrder, *, seen: int, actor: Actor, at: datetime) -> None:
    """Take on the order that one was given. Raises NotAllowed, NotHolder, IllegalMove, Stale."""
    held = held_by_actor(order, actor)
    move(order, "accept", seen=seen)
    Assignment.objects.filter(pk=held.pk).update(accepted_at=at)
    announce(events.Accepted(order.pk, held.member_id, grabbed=False), about=order, actor=actor, at=at)


@transaction.atomic
def give_back(order: WorkOrder, *, reason: str, seen: int, actor: Actor, at: datetime) -> None:
    """Give the order back to the desk with a reason. Raises NotAllowed, NotHolder, Incomplete, IllegalMove, Stale."""
    held = held_by_actor(order, actor)
    if not reason.strip():
        raise Incomplete(_("请写明退回原因"), field="reason")
    move(order, "give_back", seen=seen)
    end_assignment(order, at, reason.strip())
    announce(events.GivenBack(order.pk, held.member_id, reason.strip()), about=order, actor=actor, at=at)


@transaction.atomic
def depart(order: WorkOrder, *, seen: int, actor: Actor, at: datetime) -> None:
    """Set out. Raises NotAllowed, NotHolder, IllegalMove, Stale."""
    held = held_by_actor(order, actor)
    move(order, "depart", seen=seen)
    Assignment.objects.filter(pk=held.pk).update(departed_at=at)
    announce(events.Departed(order.pk, held.member_id), about=order, actor=actor, at=at)


@transaction.atomic
def arrive(order: WorkOrder, *, proof: str, happened_at: datetime | None = None, seen: int, actor: Actor, at: datetime) -> None:
    """Say that one is there; `happened_at` may lie before `at`, when the phone had no signal.

    Will serve: A-036, A-183, A-184, B-221. Raises NotAllowed, NotHolder, IllegalMove, Stale, Refusal for a time that cannot be.
    """
    held = held_by_actor(order, actor)
    happened_at = past(happened_at or at, held.began_at, at)
    move(order, "arrive", seen=seen)
    Assignment.objects.filter(pk=held.pk).update(arrived_at=happened_at, proof=Proof(proof))
    mark(order, "arrival", "household_entry", "start", "repair_start", actor=actor, at=at, happened_at=happened_at)
    announce(events.Arrived(order.pk, held.member_id, proof, happened_at), about=order, actor=actor, at=at)


@transaction.atomic
def quote(order: WorkOrder, *, lines: Sequence[Mapping[str, Any]], seen: int, actor: Actor, at: datetime) -> Quote:
    """Name a price on the spot, line by line: {"name", "quantity", "unit_fen"}; the amount is their sum.

    Will serve: B-214, B-215. Raises NotAllowed, NotHolder, Incomplete, IllegalMove, Stale.
    """
    held = held_by_actor(order, actor)
    kept = [(str(line["name"]).strip(), int(line["quantity"]), int(line["unit_fen"])) for line in lines]
    if not kept or any(not name or quantity < 1 or unit_fen < 0 for name, quantity, unit_fen in kept):
        raise Incomplete(_("请逐项填写名称、数量和单价"), field="lines")
    move(order, "quote", seen=seen, paid_work=True)
    amount = sum(quantity * unit_fen for _name, quantity, unit_fen in kept)
    kept_lines = [{"name": name, "quantity": quantity, "unit_fen": unit_fen} for name, quantity, unit_fen in kept]
    made = Quote.objects.create(
        estate_id=order.estate_id, order=order, member_id=held.member_id, lines=kept_lines, amount_fen=amount, made_at=at
    )
    announce(events.Quoted(order.pk, made.pk, amount), about=order, actor=actor, at=at)
    return made


@transaction.atomic
def settle_price(order: WorkOrder, *, agreed_by: str, agreed: bool, seen: int, actor: Actor, at: datetime) -> None:
    """Record the client's answer to the price; declined paid work is cancelled.

    Will serve: B-214. Raises NotAllowed, Incomplete without a name, IllegalMove, Stale.
    """
    if not actor.may(DISPATCH, order):
        held_by_actor(order, actor)
    if agreed and not agreed_by.strip():
        raise Incomplete(_("请写明是谁同意的"), field="agreed_by")
    offered = order.quotes.order_by("-pk").first()
    move(order, "agree_price" if agreed else "decline_price", seen=seen, **({} if agreed else {"ended_at": at}))
    if offered is not None:
        Quote.objects.filter(pk=offered.pk).update(answered_at=at, agreed_by=agreed_by.strip() if agreed else "")
        announce(events.PriceSettled(order.pk, offered.pk, agreed), about=order, actor=actor, at=at)
    if not agreed:
        end_assignment(order, at, _("业主不同意报价"))
        standards.withdraw_clocks(order, actor=actor, at=at)


@transaction.atomic
def finish(order: WorkOrder, *, result: str, happened_at: datetime | None = None, seen: int, actor: Actor, at: datetime) -> Outcome:
    """Say that the work is done, and how. Paid work needs an agreed price first.

    Will serve: A-038, B-222, B-223. Raises NotAllowed, NotHolder, Incomplete, NotPriced, IllegalMove, Stale.
    """
    held = held_by_actor(order, actor)
    if not result.strip():
        raise Incomplete(_("请填写维修结果"), field="result")
    if order.paid_work and not order.quotes.exclude(agreed_by="").exists():
        raise NotPriced(_("有偿维修请先报价，业主同意后再完工"))
    happened_at = past(happened_at or at, held.arrived_at or held.began_at, at)
    move(order, "finish", seen=seen)
    outcome = _outcome(order, held, True, result, happened_at, at)
    mark(order, "completion", "repair_completion", "service_completion", actor=actor, at=at, happened_at=happened_at)
    announce(events.Finished(order.pk, held.member_id, happened_at), about=order, actor=actor, at=at)
    return outcome


@transaction.atomic
def leave_unfinished(
    order: WorkOrder,
    *,
    treatment: str,
    reason: str,
    next_at: datetime | None = None,
    expected_on: date | None = None,
    happened_at: datetime | None = None,
    seen: int,
    actor: Actor,
    at: datetime,
) -> Outcome:
    """Leave work that cannot be finished now: what was done for the time being, why, and when to come again.

    The order goes back to the desk, which hears of it at once.

    Will serve: B-225, B-226, B-227, B-228, B-231. Raises NotAllowed, NotHolder, Incomplete, IllegalMove, Stale.
    """
    held = held_by_actor(order, actor)
    for field, value, words in (("treatment", treatment, _("请写明已做的临时处理")), ("reason", reason, _("请写明未完工原因"))):
        if not value.strip():
            raise Incomplete(words, field=field)
    if next_at is None and expected_on is None:
        raise Incomplete(_("请约定下次时间，或填写预计完成日期"), field="expected_on")
    happened_at = past(happened_at or at, held.arrived_at or held.began_at, at)
    move(order, "leave", seen=seen, appointment_at=next_at, expected_on=expected_on)
    outcome = _outcome(order, held, False, treatment, happened_at, at, reason=reason.strip(), next_at=next_at)
    end_assignment(order, at, reason.strip())
    mark(order, "return", "notify_customer_service", actor=actor, at=at, happened_at=happened_at)
    announce(events.LeftUnfinished(order.pk, held.member_id, next_at), about=order, actor=actor, at=at)
    return outcome


@transaction.atomic
def sign(
    order: WorkOrder,
    *,
    signer: str,
    picture: File | None = None,
    content: bool = True,
    remark: str = "",
    signed_at: datetime | None = None,
    seen: int,
    actor: Actor,
    at: datetime,
) -> Signature:
    """Record the signature of the client or whoever reported it on the finished work.

    Will serve: A-040, B-224. Raises NotAllowed, NotHolder, Incomplete, IllegalMove, Stale.
    """
    if not actor.may(SETTLE, order):
        held_by_actor(order, actor)
    if not signer.strip():
        raise Incomplete(_("请填写签字人"), field="signer")
    outcome = order.outcomes.filter(finished=True).order_by("-pk").first()
    if outcome is None:
        raise NotSigned(_("还没有完工记录，不能签字"))
    signed_at = past(signed_at or at, outcome.happened_at, at)
    move(order, "sign", seen=seen)
    signature = Signature.objects.create(
        estate_id=order.estate_id,
        order=order,
        outcome=outcome,
        signer=signer.strip(),
        picture=picture,
        content=content,
        remark=remark.strip(),
        signed_at=signed_at,
    )
    end_assignment(order, at)
    mark(order, "owner_signature", actor=actor, at=at, happened_at=signed_at)
    announce(events.Signed(order.pk, signature.pk), about=order, actor=actor, at=at)
    return signature


def _outcome(
    order: WorkOrder,
    held: Assignment,
    finished: bool,
    result: str,
    happened_at: datetime,
    at: datetime,
    *,
    reason: str = "",
    next_at: datetime | None = None,
) -> Outcome:
    return Outcome.objects.create(
        estate_id=order.estate_id,
        order=order,
        member_id=held.member_id,
        finished=finished,
        result=result.strip(),
        reason=reason[:200],
        next_at=next_at,
        happened_at=happened_at,
        recorded_at=at,
    )
