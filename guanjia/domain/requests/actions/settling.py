"""How a request is answered, settled, taken up again or declined."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.requests import events
from guanjia.domain.requests.models import Answer, Request
from guanjia.domain.requests.permissions import CLOSE, HANDLE
from guanjia.domain.requests.states import Channel, Kind
from guanjia.domain.standards import actions as standards
from guanjia.domain.workorders import queries as workorder_queries
from guanjia.domain.workorders.states import ENDED
from guanjia.kernel.events import announce
from guanjia.kernel.states import move

if TYPE_CHECKING:
    from guanjia.kernel.actor import Actor
from guanjia.domain.requests.actions.holding import COMPLAINTS, Incomplete, Unsettled, complaint_of, mark, remark, require_unconcerned


@transaction.atomic
def answer(request: Request, *, text: str, channel: str, acknowledged: bool = False, seen: int, actor: Actor, at: datetime) -> Answer:
    """Tell the client the result. A complaint needs its cause and solution first; work for it must have ended.

    Will serve: A-064, A-127, B-147, B-190, C-017, C-018, C-024. Raises NotAllowed, Concerned, Incomplete, Unsettled, IllegalMove, Stale.
    """
    require_unconcerned(request, actor)
    actor.require(HANDLE, request)
    if not text.strip():
        raise Incomplete(_("请填写答复内容"), field="text")
    if request.kind in COMPLAINTS and not complaint_of(request).solution:
        raise Incomplete(_("请先写明投诉原因和解决方案"), field="solution")
    going_on = workorder_queries.of_source(request).exclude(state__in=ENDED | {"signed"}).first()
    if going_on is not None:
        raise Unsettled(_("工单 %(number)s 还没有办完") % {"number": going_on.number})
    move(request, "answer", seen=seen)
    row = Answer.objects.create(
        estate_id=request.estate_id,
        request=request,
        text=text.strip(),
        channel=Channel(channel),
        member_id=actor.member_id,
        acknowledged=acknowledged,
        at=at,
    )
    mark(request, "first_response", "reply_to_owner", "feedback", actor=actor, at=at)
    announce(events.Answered(request.pk, acknowledged), about=request, actor=actor, at=at)
    return row


@transaction.atomic
def close(request: Request, *, content: bool | None, reason: str = "", seen: int, actor: Actor, at: datetime) -> None:
    """Settle the request once the client is content. Without that word closing needs the permission and a reason.

    Will serve: A-136, B-193. Raises NotAllowed, Concerned, Incomplete, Unsettled, IllegalMove, Stale.
    """
    require_unconcerned(request, actor)
    actor.require(CLOSE, request)
    if content is not True and not reason.strip():
        raise Incomplete(_("业主没有表示满意，办结要写明理由"), field="reason")
    if request.kind == Kind.COMPLAINT and not complaint_of(request).validity:
        raise Unsettled(_("请先判定投诉是否有效"))
    move(request, "close", seen=seen, ended_at=at)
    if reason.strip():
        remark(request, reason, actor, at)
    announce(events.Closed(request.pk, content), about=request, actor=actor, at=at)


@transaction.atomic
def reopen(request: Request, *, reason: str, seen: int, actor: Actor, at: datetime) -> None:
    """Work on it again: the client is not content. The clocks that count from the registration do not begin anew.

    Will serve: A-136. Raises NotAllowed, Concerned, Incomplete, IllegalMove, Stale.
    """
    require_unconcerned(request, actor)
    actor.require(HANDLE, request)
    if not reason.strip():
        raise Incomplete(_("请写明重新处理的原因"), field="reason")
    move(request, "reopen", seen=seen, ended_at=None)
    remark(request, reason, actor, at)
    mark(request, "assignment", actor=actor, at=at)
    announce(events.Reopened(request.pk, reason.strip()), about=request, actor=actor, at=at)


@transaction.atomic
def withdraw(request: Request, *, reason: str, seen: int, actor: Actor, at: datetime) -> None:
    """End a request that the client takes back, or decline it: a no needs a reason and whoever may close.

    Will serve: E-013. Raises NotAllowed, Concerned, Incomplete, IllegalMove, Stale.
    """
    require_unconcerned(request, actor)
    actor.require(CLOSE, request)
    if not reason.strip():
        raise Incomplete(_("请写明理由"), field="reason")
    move(request, "withdraw", seen=seen, ended_at=at)
    standards.withdraw_clocks(request, actor=actor, at=at)
    announce(events.Withdrawn(request.pk, reason.strip()), about=request, actor=actor, at=at)
