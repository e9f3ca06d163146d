"""Questions about work orders, scoped by the actor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from guanjia.domain.shifts import queries as shifts
from guanjia.domain.shifts.ports import Objection
from guanjia.domain.standards.rules.cases import CaseFacts
from guanjia.domain.workorders import rules
from guanjia.domain.workorders.models import Assignment, Skill, WorkOrder
from guanjia.domain.workorders.permissions import VIEW
from guanjia.domain.workorders.rules import Candidate, Suggestion
from guanjia.domain.workorders.states import HELD, OPEN, State, Urgency
from guanjia.kernel.periods import midnight

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate
    from guanjia.domain.staff.models import Member
    from guanjia.kernel.actor import Actor


def visible_to(actor: Actor) -> QuerySet[WorkOrder]:
    """Return the orders at places where the actor may look; every face starts here."""
    return WorkOrder.objects.filter(actor.within(VIEW)).select_related("place", "estate").order_by("-pk")


def open_orders(actor: Actor, estate: Estate) -> QuerySet[WorkOrder]:
    """Return the orders of an estate that are not ended, the earliest promise first."""
    found = visible_to(actor).filter(estate=estate, state__in=OPEN | {State.DONE, State.SIGNED})
    return found.order_by("arrive_by", "opened_at", "pk").prefetch_related("assignments__member")


def held_by(member_id: int) -> QuerySet[WorkOrder]:
    """Return the orders that a member holds now, the earliest promise first."""
    mine = Assignment.objects.filter(member_id=member_id, ended_at=None).values("order_id")
    return WorkOrder.objects.filter(pk__in=mine).select_related("place", "estate").order_by("arrive_by", "pk")


def holder_of(order: WorkOrder) -> Assignment | None:
    """Return the assignment that holds the order now."""
    return order.assignments.filter(ended_at=None).select_related("member").first()


def of_source(case: Any) -> QuerySet[WorkOrder]:
    """Return the orders that were opened for a case, in order."""
    found = WorkOrder.objects.filter(estate_id=case.estate_id, source_type=case._meta.label, source_id=case.pk)
    return found.select_related("place").prefetch_related("assignments__member").order_by("pk")


def source_of(order_id: int) -> tuple[str, int] | None:
    """Return what an order was opened for, as (type, number); None when it stands by itself."""
    found = WorkOrder.objects.filter(pk=order_id).exclude(source_id=None).values_list("source_type", "source_id").first()
    return None if found is None or found[1] is None else (found[0], found[1])


def case_facts(order: WorkOrder) -> CaseFacts:
    """Return what decides which response clauses bind the order."""
    kinds = {"repair"} | ({"incidents", "facilities_events"} if order.event else set())
    priority = order.urgency if order.urgency in {Urgency.EMERGENCY, Urgency.MINOR} else ""
    return CaseFacts(frozenset(kinds), priority, frozenset({order.event} - {""}), order.appointment_at)


@dataclass(frozen=True)
class Choice:
    """Somebody on duty who could be sent, with the reasons in words."""

    member: Member
    suggestion: Suggestion
    in_hand: int
    reason: str


def suggestions(order: WorkOrder, *, at: datetime) -> list[Choice]:
    """Return who on duty could be sent, best first, with the reason stated. Four queries whatever the number of people.

    Will serve: B-220.
    """
    standing = {turn.member_id: turn.member for turn in shifts.on_duty(order.estate, at=at) if turn.station.post_codes}
    able: dict[int, set[str]] = {}
    for member_id, trade in Skill.objects.filter(estate_id=order.estate_id, member_id__in=standing).values_list("member_id", "trade"):
        able.setdefault(member_id, set()).add(trade)
    in_hand: dict[int, list[tuple[str, str]]] = {}
    held = Assignment.objects.filter(estate_id=order.estate_id, member_id__in=able, ended_at=None, order__state__in=HELD)
    for member_id, urgency, path in held.order_by("-arrived_at", "-pk").values_list("member_id", "order__urgency", "order__place__path"):
        in_hand.setdefault(member_id, []).append((urgency, path))
    candidates = [
        Candidate(
            member_id,
            frozenset(trades),
            in_hand=len(in_hand.get(member_id, ())),
            urgent_in_hand=sum(urgency == Urgency.EMERGENCY for urgency, _path in in_hand.get(member_id, ())),
            at_path=next((path for _urgency, path in in_hand.get(member_id, ())), ""),
        )
        for member_id, trades in able.items()
    ]
    return [
        Choice(standing[one.member_id], one, len(in_hand.get(one.member_id, ())), _reason(one.reasons))
        for one in rules.suggest(candidates, trade=order.trade, path=order.place.path)
    ]


def _reason(codes: Iterable[str]) -> str:
    words = {
        "skill": _("工种对口"),
        "general": _("综合工种"),
        "no_skill": _("工种不对口"),
        "in_emergency": _("手上有急修"),
        "near": _("就在本楼"),
        "free": _("手上没有单"),
        "busy": _("手上还有单"),
    }
    return "、".join(words[code] for code in codes)


def urgent_in_hand(member_id: int, at: datetime) -> list[Objection]:
    """Object to going off duty while an emergency order is in the member's hands.

    Will serve: D-079.
    """
    held = held_by(member_id).filter(urgency=Urgency.EMERGENCY, state__in=HELD)
    return [
        Objection(_("急修 %(number)s 还没有办完，请先转交") % {"number": order.number}, "workorders.WorkOrder", order.pk) for order in held
    ]


@dataclass(frozen=True)
class DaySheet:
    """The daily reconciliation of slips (派工单统计表): what was written, what came back, and what is out."""

    day: date
    opened: list[WorkOrder]
    returned: list[WorkOrder]
    outstanding: list[WorkOrder]


def day_sheet(actor: Actor, estate: Estate, day: date) -> DaySheet:
    """Return the slips of one day for the reconciliation before the end of the shift.

    Will serve: B-218, B-230.
    """
    orders = visible_to(actor).filter(estate=estate).order_by("pk")
    return DaySheet(
        day,
        list(orders.filter(day=day)),
        list(orders.filter(state=State.RETURNED, ended_at__gte=midnight(day), ended_at__lt=midnight(day + timedelta(days=1)))),
        list(orders.filter(day__lte=day, state=State.SIGNED)),
    )


def counts(actor: Actor, estate: Estate, begin: date, end: date) -> dict[str, int]:
    """Return how many orders of the days `[begin, end)` were written, returned, cancelled, are still open, and are rework.

    Will serve: B-234, B-235.
    """
    orders = visible_to(actor).filter(estate=estate, day__gte=begin, day__lt=end).order_by()
    return orders.aggregate(
        opened=Count("pk"),
        returned=Count("pk", filter=Q(state=State.RETURNED)),
        cancelled=Count("pk", filter=Q(state=State.CANCELLED)),
        open=Count("pk", filter=Q(state__in=OPEN | {State.DONE, State.SIGNED})),
        rework=Count("pk", filter=Q(reworks__isnull=False)),
    )
