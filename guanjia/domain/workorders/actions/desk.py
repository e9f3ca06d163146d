"""What the service desk does with a work order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.shifts import queries as shifts
from guanjia.domain.standards import actions as standards
from guanjia.domain.trail.actions import next_number
from guanjia.domain.workorders import events
from guanjia.domain.workorders.models import Assignment, Skill, WorkOrder
from guanjia.domain.workorders.permissions import CANCEL, DISPATCH, OPEN, SETTLE
from guanjia.domain.workorders.queries import case_facts
from guanjia.domain.workorders.states import Urgency
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.periods import business_day
from guanjia.kernel.states import move, revise

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Place
    from guanjia.domain.staff.models import Member
    from guanjia.kernel.actor import Actor
from guanjia.domain.workorders.actions.holding import (
    Incomplete,
    NotOnDuty,
    NotSigned,
    end_assignment,
    held_by_actor,
    mark,
    promise,
    require_open,
)


@transaction.atomic
def open_order(
    *,
    place: Place,
    item: str,
    damage: str,
    urgency: str = Urgency.NORMAL,
    trade: str,
    spot: str = "",
    event: str = "",
    contact_name: str = "",
    contact_phone: str = "",
    at_home: str = "",
    paid_work: bool = False,
    price_told: bool = False,
    appointment_at: datetime | None = None,
    appointment_ends_at: datetime | None = None,
    source: Any = None,
    reworks: WorkOrder | None = None,
    reported_at: datetime | None = None,
    actor: Actor,
    at: datetime,
) -> WorkOrder:
    """Write a work order: what, where and how it is broken, whom to see and when somebody is at home.

    A household's order needs a name, a telephone number and the times at home; paid work must have been mentioned to the client.
    The clocks count from `reported_at`, the moment somebody said it.

    Will serve: B-206, B-207, B-208, B-209, B-210, B-211, B-212, C-021. Raises NotAllowed, Incomplete.
    """
    actor.require(OPEN, place)
    for field, value, words in (("item", item, _("请填写维修项目")), ("damage", damage, _("请填写损坏情况"))):
        if not value.strip():
            raise Incomplete(words, field=field)
    if place.kind == "premises":
        asked = (
            ("contact_name", bool(contact_name.strip()), _("请填写业主姓名")),
            ("contact_phone", bool(contact_phone.strip()), _("请填写联系电话")),
            ("at_home", bool(at_home.strip()) or appointment_at is not None, _("请填写业主在家时间")),
        )
        for field, given, words in asked:
            if not given:
                raise Incomplete(words, field=field)
    if paid_work and not price_told:
        raise Incomplete(_("有偿服务请先向业主说明"), field="price_told")
    reported_at = reported_at or at
    day = business_day(at)
    number = next_number(place.estate_id, f"workorders/{day:%Y-%m-%d}")
    order = WorkOrder.objects.create(
        estate_id=place.estate_id,
        place=place,
        number=f"WX-{day:%y%m%d}-{number:02d}",
        item=item.strip(),
        damage=damage.strip(),
        urgency=urgency,
        trade=trade,
        spot=spot,
        event=event,
        contact_name=contact_name,
        contact_phone=contact_phone,
        at_home=at_home,
        paid_work=paid_work,
        price_told_at=at if price_told else None,
        appointment_at=appointment_at,
        appointment_ends_at=appointment_ends_at,
        source_type=source._meta.label if source is not None else "",
        source_id=source.pk if source is not None else None,
        reworks=reworks,
        day=day,
        opened_at=at,
    )
    announce(events.Opened(order.pk, order.number, urgency), about=order, actor=actor, at=at)
    mark(order, "report", "finding" if source is None else "receipt", actor=actor, at=at, happened_at=reported_at)
    return order


@transaction.atomic
def dispatch(order: WorkOrder, *, to: Member, seen: int, actor: Actor, at: datetime) -> None:
    """Hand the order to somebody on duty. Dispatching again replaces the holder; the clocks that run go on.

    Will serve: A-036, B-219, B-220, D-094. Raises NotAllowed, NotOnDuty, IllegalMove, Stale.
    """
    actor.require(DISPATCH, order)
    if not shifts.on_duty(order.estate, at=at).filter(member=to).exists():
        raise NotOnDuty(_("%(name)s 此刻不在班") % {"name": to.name})
    move(order, "dispatch", seen=seen)
    end_assignment(order, at)
    Assignment.objects.create(estate_id=order.estate_id, order=order, member=to, began_at=at)
    mark(order, "dispatch", "assignment", "repair_dept_receipt", "receipt_signed_by_repair", "repair_order_receipt", actor=actor, at=at)
    announce(events.Dispatched(order.pk, to.pk, order.arrive_by), about=order, actor=actor, at=at)


@transaction.atomic
def offer(order: WorkOrder, *, seen: int, actor: Actor, at: datetime) -> None:
    """Put the order into the pool for whoever is on duty and able. Raises NotAllowed, IllegalMove, Stale."""
    actor.require(DISPATCH, order)
    move(order, "offer", seen=seen)
    end_assignment(order, at)
    announce(events.Offered(order.pk), about=order, actor=actor, at=at)


@transaction.atomic
def return_slip(order: WorkOrder, *, seen: int, actor: Actor, at: datetime) -> None:
    """Take the signed slip back at the service centre: the order is ended.

    Will serve: A-041, B-229. Raises NotAllowed, NotSigned, IllegalMove, Stale.
    """
    actor.require(SETTLE, order)
    if not order.signatures.exists():
        raise NotSigned(_("业主还没有签字，不能回单"))
    move(order, "return", seen=seen, ended_at=at)
    mark(order, "order_returned", actor=actor, at=at)
    announce(events.SlipReturned(order.pk), about=order, actor=actor, at=at)


@transaction.atomic
def cancel(order: WorkOrder, *, reason: str, seen: int, actor: Actor, at: datetime) -> None:
    """End an order that will not be done. Raises NotAllowed, Incomplete, IllegalMove, Stale."""
    actor.require(CANCEL, order)
    if not reason.strip():
        raise Incomplete(_("请写明取消原因"), field="reason")
    move(order, "cancel", seen=seen, ended_at=at)
    end_assignment(order, at, reason.strip())
    standards.withdraw_clocks(order, actor=actor, at=at)
    announce(events.Cancelled(order.pk, reason.strip()), about=order, actor=actor, at=at)


@transaction.atomic
def appoint(
    order: WorkOrder, *, appointment_at: datetime, appointment_ends_at: datetime | None = None, seen: int, actor: Actor, at: datetime
) -> None:
    """Agree on a time with the client: from now on the visit counts to it. Raises NotAllowed, Stale, Refusal for the past."""
    actor.require(DISPATCH, order)
    require_open(order)
    if appointment_at <= at:
        raise Refusal(_("预约时间应在现在之后"), field="appointment_at")
    revise(order, seen=seen, appointment_at=appointment_at, appointment_ends_at=appointment_ends_at)
    standards.reclassify(order, facts=case_facts(order), actor=actor, at=at)
    promise(order)


@transaction.atomic
def prioritise(order: WorkOrder, *, urgency: str, seen: int, actor: Actor, at: datetime) -> None:
    """Change how soon the work must be done; pauses and marks stay. Raises NotAllowed, Stale."""
    actor.require(DISPATCH, order)
    require_open(order)
    revise(order, seen=seen, urgency=Urgency(urgency))
    standards.reclassify(order, facts=case_facts(order), actor=actor, at=at)
    promise(order)


@transaction.atomic
def pause(order: WorkOrder, *, reason: str, until: datetime | None = None, actor: Actor, at: datetime) -> None:
    """Let the clocks of the order stand still for a reason: nobody at home, a part on order. Raises NotAllowed, AlreadyPaused."""
    if not actor.may(DISPATCH, order):
        held_by_actor(order, actor)
    require_open(order)
    standards.pause(order, reason=reason, until=until, actor=actor, at=at)
    promise(order)


@transaction.atomic
def resume(order: WorkOrder, *, actor: Actor, at: datetime) -> None:
    """Let the clocks of the order run again. Raises NotAllowed, AlreadyPaused."""
    if not actor.may(DISPATCH, order):
        held_by_actor(order, actor)
    standards.resume(order, actor=actor, at=at)
    promise(order)


@transaction.atomic
def set_skills(member: Member, *, estate: Any, trades: Sequence[str], actor: Actor, at: datetime) -> None:
    """Say what a member can be sent for at an estate. Raises NotAllowed."""
    actor.require(DISPATCH, estate)
    Skill.objects.filter(estate=estate, member=member).exclude(trade__in=list(trades)).delete()
    known = set(Skill.objects.filter(estate=estate, member=member).values_list("trade", flat=True))
    Skill.objects.bulk_create(Skill(estate=estate, member=member, trade=trade) for trade in trades if trade not in known)
