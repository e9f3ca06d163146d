"""How a request comes in, joins others and sends work out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.requests import events
from guanjia.domain.requests.models import Call, Cause, Complaint, Request
from guanjia.domain.requests.permissions import HANDLE, OPEN
from guanjia.domain.requests.states import PREFIXES, Channel, Kind, State
from guanjia.domain.standards import actions as standards
from guanjia.domain.standards.rules.symptoms import category as category_of
from guanjia.domain.trail.actions import next_number
from guanjia.domain.workorders import actions as workorders
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.periods import business_day
from guanjia.kernel.states import move

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Place
    from guanjia.domain.parties.models import Party
    from guanjia.domain.staff.models import Member
    from guanjia.domain.workorders.models import WorkOrder
    from guanjia.kernel.actor import Actor
from guanjia.domain.requests.actions.holding import COMPLAINTS, HOUSEHOLD, Incomplete, mark, require_unconcerned


@transaction.atomic
def open_request(
    *,
    place: Place,
    kind: str,
    channel: str,
    body: str,
    title: str = "",
    category: str = "",
    symptom: str = "",
    party: Party | None = None,
    caller_name: str = "",
    caller_phone: str = "",
    urgent: bool | None = None,
    rings: int | None = None,
    answered_at: datetime | None = None,
    read_back: bool = False,
    apologised: bool = False,
    wait_told_minutes: int | None = None,
    concerned: Sequence[Member] = (),
    happened_at: datetime | None = None,
    actor: Actor,
    at: datetime,
) -> Request:
    """Register what somebody asks for. Whoever registers it stays responsible until it is closed.

    On the telephone room, name and number are read back; a complaint begins with an apology.
    The symptom decides what is left open: the title, the urgency, the event.

    Will serve: A-061, A-097, A-105, B-032, B-105, B-106, B-165, B-184, B-185, C-013, C-014, D-005, D-139. Raises NotAllowed, Incomplete.
    """
    actor.require(OPEN, place)
    if not body.strip():
        raise Incomplete(_("请填写内容"), field="body")
    if place.kind in HOUSEHOLD and party is None and not caller_name.strip():
        raise Incomplete(_("请填写来人或来电人姓名"), field="caller_name")
    if channel == Channel.PHONE and not read_back:
        raise Incomplete(_("请把房号、姓名和电话复述一遍，请对方确认"), field="read_back")
    if kind in COMPLAINTS and not apologised and channel not in {Channel.PORTAL, Channel.BOX}:
        raise Incomplete(_("接到投诉先向业主致歉"), field="apologised")
    group = category_of(category) if category else None
    if category and group is None:
        raise Incomplete(_("没有这个类别"), field="category")
    found = group.symptom(symptom) if group is not None and symptom else None
    if symptom and found is None:
        raise Incomplete(_("这个类别里没有这种现象"), field="symptom")
    day = business_day(at)
    kind = Kind(kind)
    number = next_number(place.estate_id, f"requests/{PREFIXES[kind]}/{day:%Y-%m-%d}")
    words = title.strip() or (f"{group.word} {found.word}" if group is not None and found is not None else body.strip())
    request = Request.objects.create(
        estate_id=place.estate_id,
        place=place,
        number=f"{PREFIXES[kind]}-{day:%y%m%d}-{number:02d}",
        kind=kind,
        channel=Channel(channel),
        party=party,
        caller_name=caller_name.strip() or (party.name if party is not None else ""),
        caller_phone=caller_phone.strip(),
        category=category,
        symptom=symptom,
        event=found.event if found is not None else "",
        urgent=urgent if urgent is not None else found is not None and found.urgency == "emergency",
        title=words[:60],
        body=body,
        receiver_id=actor.member_id,
        happened_at=happened_at or at,
        opened_at=at,
        day=day,
    )
    if channel in {Channel.PHONE, Channel.COUNTER}:
        Call.objects.create(
            estate_id=request.estate_id,
            request=request,
            rings=rings,
            answered_at=answered_at,
            ended_at=at if answered_at is not None else None,
            read_back=read_back,
            apologised=apologised,
            wait_told_minutes=wait_told_minutes,
        )
    if kind in COMPLAINTS:
        complaint = Complaint.objects.create(estate_id=request.estate_id, request=request)
        complaint.concerned.set(concerned)
    announce(
        events.Opened(request.pk, serial=request.number, kind=kind, channel=channel, receiver_id=actor.member_id),
        about=request,
        actor=actor,
        at=at,
    )
    mark(request, "registration", "report", actor=actor, at=at, happened_at=request.happened_at)
    return request


@transaction.atomic
def send_order(request: Request, *, urgency: str, trade: str, actor: Actor, at: datetime, **facts: Any) -> WorkOrder:
    """Write a work order for the request, with what it says already; one request may have several.

    Will serve: B-209, D-094. Raises NotAllowed, Concerned, workorders.Incomplete, IllegalMove.
    """
    require_unconcerned(request, actor)
    actor.require(HANDLE, request)
    given = {
        "item": request.title,
        "damage": request.body,
        "contact_name": request.caller_name,
        "contact_phone": request.caller_phone,
        **facts,
    }
    order = workorders.open_order(
        place=request.place,
        urgency=urgency,
        trade=trade,
        event=request.event,
        source=request,
        reported_at=request.happened_at,
        actor=actor,
        at=at,
        **given,
    )
    if request.state == State.REGISTERED:
        move(request, "take", seen=request.version)
    return order


@transaction.atomic
def merge(request: Request, *, into: Request, seen: int, actor: Actor, at: datetime) -> None:
    """Let the request be settled with another one of the same estate that is still open.

    Raises NotAllowed, Refusal when they do not fit, IllegalMove, Stale.
    """
    actor.require(HANDLE, request)
    if into.pk == request.pk or into.estate_id != request.estate_id or into.merged_into_id is not None:
        raise Refusal(_("不能并入这一件"), field="into")
    move(request, "merge", seen=seen, merged_into=into, ended_at=at)
    standards.withdraw_clocks(request, actor=actor, at=at)
    announce(events.MergedInto(request.pk, into.pk), about=request, actor=actor, at=at)


@transaction.atomic
def find_cause(requests: Sequence[Request], *, place: Place, title: str, began_at: datetime, actor: Actor, at: datetime) -> Cause:
    """Say that several requests have one cause, such as an outage of a building. Raises NotAllowed, Incomplete, Refusal."""
    actor.require(HANDLE, place)
    if not title.strip():
        raise Incomplete(_("请写明共同的原因"), field="title")
    if any(request.estate_id != place.estate_id for request in requests):
        raise Refusal(_("这些事项不在同一个小区"))
    cause = Cause.objects.create(estate_id=place.estate_id, place=place, title=title.strip()[:80], began_at=began_at)
    Request.objects.filter(pk__in=[request.pk for request in requests]).update(cause=cause)
    return cause
