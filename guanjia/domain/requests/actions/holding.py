"""What every move of a request shares: what it refuses, how it marks the case."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from guanjia.domain.requests.models import Complaint, Note, Request
from guanjia.domain.requests.queries import case_facts
from guanjia.domain.requests.states import Kind, NoteKind
from guanjia.domain.standards import actions as standards
from guanjia.domain.standards import queries as standard_queries
from guanjia.kernel.errors import Refusal

if TYPE_CHECKING:
    from guanjia.kernel.actor import Actor


COMPLAINTS = frozenset({Kind.COMPLAINT, Kind.DISPUTE})
HOUSEHOLD = frozenset({"premises", "parking", "storage"})


class Incomplete(Refusal):
    """Something that the register needs was left out; `field` names it."""

    code = "incomplete"


class Concerned(Refusal):
    """Whoever a complaint is about may neither handle it, nor judge it, nor change its record."""

    code, status = "concerned", 403


class Unsettled(Refusal):
    """Work for the request is still going on."""

    code = "unsettled"


def complaint_of(request: Request) -> Complaint:
    found = Complaint.objects.filter(request=request).first()
    if found is None:
        raise Refusal(_("这不是投诉"))
    return found


def is_about(request: Request, member_id: int | None) -> bool:
    return member_id is not None and Complaint.objects.filter(request=request, concerned=member_id).exists()


def require_unconcerned(request: Request, actor: Actor) -> None:
    if is_about(request, actor.member_id):
        raise Concerned(_("这件投诉涉及你本人，你不能处理或改动"))


def remark(request: Request, text: str, actor: Actor, at: datetime) -> None:
    Note.objects.create(
        estate_id=request.estate_id, request=request, kind=NoteKind.REMARK, text=text.strip(), member_id=actor.member_id, at=at
    )


def mark(request: Request, *names: str, actor: Actor, at: datetime, happened_at: datetime | None = None) -> None:
    standards.mark(request, *names, facts=case_facts(request), happened_at=happened_at or at, actor=actor, at=at)
    running = [clock.due_at for clock in standard_queries.clocks_of(request) if clock.state == "running" and clock.due_at is not None]
    due_at = min(running, default=None)
    if due_at != request.due_at:
        Request.objects.filter(pk=request.pk).update(due_at=due_at)
        request.due_at = due_at
