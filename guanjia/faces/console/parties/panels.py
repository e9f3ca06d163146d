"""What the panels about residents show, on the page of a place and on that of its household."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from guanjia.domain.parties import queries
from guanjia.domain.parties.permissions import EDIT, REVEAL, VIEW
from guanjia.kernel.actor import Actor


def people_may(actor: Actor, place: Any) -> dict[str, bool]:
    """Return what the person may do with the residents of a place."""
    return {"see": actor.may(VIEW, place), "edit": actor.may(EDIT, place), "reveal": actor.may(REVEAL, place)}


def panels(request: HttpRequest, place: Any) -> dict[str, Any]:
    """Return what every panel about a household needs."""
    day = timezone.localtime(request.at).date()
    return {"household": queries.household(place, request.actor, on=day), "people_may": people_may(request.actor, place)}
