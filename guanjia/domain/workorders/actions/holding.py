"""What every move of a work order shares: who may, what it refuses, how it marks the case."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from guanjia.domain.standards import actions as standards
from guanjia.domain.standards import queries as standard_queries
from guanjia.domain.workorders.models import Assignment, WorkOrder
from guanjia.domain.workorders.permissions import WORK
from guanjia.domain.workorders.queries import case_facts, holder_of
from guanjia.domain.workorders.states import ENDED
from guanjia.kernel.errors import Refusal

if TYPE_CHECKING:
    from guanjia.kernel.actor import Actor


class Incomplete(Refusal):
    """Something that the slip needs was left out; `field` names it."""

    code = "incomplete"


class NotOnDuty(Refusal):
    """The person is not on duty at that time."""

    code, field = "not_on_duty", "to"


class NotHolder(Refusal):
    """The order is in somebody else's hands."""

    code, status = "not_holder", 403


class NotPriced(Refusal):
    """Paid work begins when the client knows and agrees to the price."""

    code = "not_priced"


class NotSigned(Refusal):
    """The client has not signed."""

    code = "not_signed"


ARRIVING = {"arrival", "household_entry"}


def held_by_actor(order: WorkOrder, actor: Actor) -> Assignment:
    actor.require(WORK, order)
    held = holder_of(order)
    if held is None or held.member_id != actor.member_id:
        name = held.member.name if held is not None else _("别人")
        raise NotHolder(_("此单现在由%(name)s负责") % {"name": name})
    return held


def require_open(order: WorkOrder) -> None:
    if order.state in ENDED:
        raise Refusal(_("这张单已经结束"))


def end_assignment(order: WorkOrder, at: datetime, because: str = "") -> None:
    Assignment.objects.filter(estate_id=order.estate_id, order=order, ended_at=None).update(ended_at=at, ended_because=because[:120])


def past(happened_at: datetime, earliest: datetime, at: datetime) -> datetime:
    """Return the instant when it can be true: a phone's clock may be a little off, but nothing happens after it is told."""
    if happened_at > at + timedelta(minutes=5):
        raise Refusal(_("手机时间比服务器快，请校准后再提交"))
    return min(max(happened_at, earliest), at)


def mark(order: WorkOrder, *names: str, actor: Actor, at: datetime, happened_at: datetime | None = None) -> None:
    standards.mark(order, *names, facts=case_facts(order), happened_at=happened_at or at, actor=actor, at=at)
    promise(order)


def promise(order: WorkOrder) -> None:
    """Keep the earliest promise to arrive on the order itself: the queue is sorted by it."""
    waiting = [clock for clock in standard_queries.clocks_of(order) if clock.state == "running" and clock.params.get("to") in ARRIVING]
    arrive_by = min((clock.due_at for clock in waiting if clock.due_at is not None), default=None)
    if arrive_by != order.arrive_by:
        WorkOrder.objects.filter(pk=order.pk).update(arrive_by=arrive_by)
        order.arrive_by = arrive_by
