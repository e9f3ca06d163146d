"""How a request is worked on, and a complaint graded, resolved and judged."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.requests import events
from guanjia.domain.requests.models import Complaint, Note, Request
from guanjia.domain.requests.permissions import HANDLE, JUDGE
from guanjia.domain.requests.states import NoteKind, Severity, Validity
from guanjia.kernel.events import announce
from guanjia.kernel.states import move, revise

if TYPE_CHECKING:
    from guanjia.domain.staff.models import Member
    from guanjia.kernel.actor import Actor
from guanjia.domain.requests.actions.holding import Concerned, Incomplete, complaint_of, is_about, mark, require_unconcerned


@transaction.atomic
def route(request: Request, *, to: Member, seen: int, actor: Actor, at: datetime) -> None:
    """Hand the request to somebody to work on; the receiver stays responsible. Nobody handles a complaint about himself.

    Will serve: A-062, B-065, B-156, B-166, D-082. Raises NotAllowed, Concerned, IllegalMove, Stale.
    """
    require_unconcerned(request, actor)
    actor.require(HANDLE, request)
    if is_about(request, to.pk):
        raise Concerned(_("投诉涉及 %(name)s，请另派他人处理") % {"name": to.name})
    move(request, "take", seen=seen, handler=to)
    mark(request, "assignment", "dispatch", actor=actor, at=at)
    announce(events.Routed(request.pk, to.pk), about=request, actor=actor, at=at)


@transaction.atomic
def note(request: Request, *, kind: str, text: str, actor: Actor, at: datetime) -> Note:
    """Write something down in the course of the request; nothing is ever edited.

    Will serve: A-063, A-106, B-155, D-091, D-140. Raises NotAllowed, Concerned, Incomplete.
    """
    require_unconcerned(request, actor)
    actor.require(HANDLE, request)
    if not text.strip():
        raise Incomplete(_("请填写内容"), field="text")
    row = Note.objects.create(
        estate_id=request.estate_id, request=request, kind=NoteKind(kind), text=text.strip(), member_id=actor.member_id, at=at
    )
    marks = {
        NoteKind.RESPONSE: ("first_response",),
        NoteKind.FOLLOW_UP: ("follow_up", "first_response"),
        NoteKind.REMEDY: ("remedial_action", "first_response"),
    }
    if row.kind in marks:
        mark(request, *marks[NoteKind(row.kind)], actor=actor, at=at)
    announce(events.Noted(request.pk, row.pk, row.kind), about=request, actor=actor, at=at)
    return row


@transaction.atomic
def plan(request: Request, *, text: str, until: datetime, seen: int, actor: Actor, at: datetime) -> None:
    """Say that it cannot be settled now: why and what will be done by when, explained to the client.

    Will serve: A-065, B-153. Raises NotAllowed, Concerned, Incomplete, IllegalMove, Stale.
    """
    require_unconcerned(request, actor)
    actor.require(HANDLE, request)
    if not text.strip():
        raise Incomplete(_("请写明原因和处理计划"), field="text")
    if until <= at:
        raise Incomplete(_("计划完成时间应在现在之后"), field="until")
    move(request, "plan", seen=seen, planned_until=until)
    Note.objects.create(
        estate_id=request.estate_id, request=request, kind=NoteKind.EXPLAINED, text=text.strip(), member_id=actor.member_id, at=at
    )
    mark(request, "first_response", actor=actor, at=at)
    announce(events.Planned(request.pk, until), about=request, actor=actor, at=at)


@transaction.atomic
def grade(request: Request, *, severity: str, seen: int, actor: Actor, at: datetime) -> None:
    """Set how grave a complaint is; apps above tell those who must know at once.

    Will serve: B-187, B-188, C-015, D-019. Raises NotAllowed, Concerned, Incomplete, Stale.
    """
    complaint = complaint_of(request)
    require_unconcerned(request, actor)
    actor.require(HANDLE, request)
    revise(request, seen=seen)
    Complaint.objects.filter(pk=complaint.pk).update(severity=Severity(severity))
    announce(events.Graded(request.pk, severity), about=request, actor=actor, at=at)


@transaction.atomic
def resolve_complaint(request: Request, *, cause: str, solution: str, seen: int, actor: Actor, at: datetime) -> None:
    """Write down why it came to the complaint and what settles it.

    Will serve: A-145, C-016. Raises NotAllowed, Concerned, Incomplete, Stale.
    """
    complaint = complaint_of(request)
    require_unconcerned(request, actor)
    actor.require(HANDLE, request)
    for field, value, words in (("cause", cause, _("请写明问题原因")), ("solution", solution, _("请写明解决方案"))):
        if not value.strip():
            raise Incomplete(words, field=field)
    revise(request, seen=seen)
    Complaint.objects.filter(pk=complaint.pk).update(cause=cause.strip(), solution=solution.strip())


@transaction.atomic
def judge(request: Request, *, validity: str, why: str, actor: Actor, at: datetime) -> None:
    """Decide whether the complaint is valid: by somebody other than those concerned and the one who handled it.

    Will serve: A-147, B-167, B-194. Raises NotAllowed, Concerned, Incomplete.
    """
    complaint = complaint_of(request)
    require_unconcerned(request, actor)
    actor.require(JUDGE, request)
    if actor.member_id is not None and actor.member_id == request.handler_id:
        raise Concerned(_("处理人不能判定自己处理的投诉"))
    if not why.strip():
        raise Incomplete(_("请写明判定理由"), field="why")
    Complaint.objects.filter(pk=complaint.pk).update(
        validity=Validity(validity), judged_by_id=actor.member_id, judged_at=at, judged_why=why.strip()[:200]
    )
    announce(events.Judged(request.pk, validity, actor.member_id), about=request, actor=actor, at=at)
