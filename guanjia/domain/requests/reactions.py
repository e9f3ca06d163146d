"""What follows for a request when its work order moves."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from guanjia.domain.requests.models import Note, Request
from guanjia.domain.requests.states import NoteKind
from guanjia.domain.workorders import events
from guanjia.domain.workorders import queries as workorders
from guanjia.kernel.events import when

if TYPE_CHECKING:
    from guanjia.kernel.actor import Actor


@when(events.LeftUnfinished)
def tell_the_desk(event: events.LeftUnfinished, *, actor: Actor, at: datetime) -> None:
    """Put work that was left unfinished before the desk at once.

    Will serve: B-228.
    """
    _note(event.order_id, _("维修未完工，已做临时处理，请与业主联系"), actor, at)


@when(events.GivenBack)
def ask_for_another(event: events.GivenBack, *, actor: Actor, at: datetime) -> None:
    """Show at the request that its order came back and needs somebody else."""
    _note(event.order_id, _("工单被退回，请改派"), actor, at)


def _note(order_id: int, text: str, actor: Actor, at: datetime) -> None:
    source = workorders.source_of(order_id)
    if source is None or source[0] != "requests.Request":
        return
    request = Request.objects.filter(pk=source[1]).first()
    if request is not None:
        Note.objects.create(
            estate_id=request.estate_id, request=request, kind=NoteKind.FOLLOW_UP, text=text, member_id=actor.member_id, at=at
        )
