"""What waits for somebody, and whether messages go out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from guanjia.domain.notify.models import Delivery, Message, Pulse
from guanjia.domain.notify.permissions import VIEW
from guanjia.domain.notify.states import State
from guanjia.kernel.actor import Actor

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate


def inbox(actor: Actor) -> QuerySet[Message]:
    """Return one's own messages, newest first."""
    return Message.objects.filter(user_id=actor.user_id).order_by("-made_at", "-pk") if actor.user_id else Message.objects.none()


def unread(actor: Actor) -> int:
    """Return how many of one's own messages wait to be read."""
    return inbox(actor).filter(read_at=None).count()


def troubled(actor: Actor, estate: Estate) -> QuerySet[Delivery]:
    """Return the deliveries of an estate that were given up, newest first."""
    found = Delivery.objects.filter(actor.within(VIEW, path=None), estate=estate, state=State.GIVEN_UP)
    return found.select_related("message").order_by("-due_at")


def overdue(*, at: datetime, by: timedelta = timedelta(minutes=5)) -> int:
    """Return how many deliveries should have gone out `by` ago and still wait."""
    return Delivery.objects.filter(state=State.WAITING, due_at__lt=at - by).count()


def silent(*, at: datetime) -> list[str]:
    """Return the names of what should have given a sign of life and did not."""
    return [pulse.name for pulse in Pulse.objects.order_by("name") if at - pulse.beat_at > timedelta(seconds=pulse.seconds)]
