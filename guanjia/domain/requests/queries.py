"""Questions about requests, scoped by the actor."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from guanjia.domain.requests.models import Request
from guanjia.domain.requests.permissions import VIEW
from guanjia.domain.requests.states import OPEN, WORKING, Kind, State, Validity
from guanjia.domain.shifts.ports import Objection
from guanjia.domain.standards.rules.cases import CaseFacts

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate, Place
    from guanjia.domain.parties.models import Party
    from guanjia.kernel.actor import Actor

SAME_HOUSEHOLD = timedelta(days=7)
SAME_CAUSE = timedelta(hours=2)


def visible_to(actor: Actor) -> QuerySet[Request]:
    """Return the requests at places where the actor may look; every face starts here."""
    return Request.objects.filter(actor.within(VIEW)).select_related("place", "handler", "receiver").order_by("-pk")


def queue(actor: Actor, estate: Estate) -> QuerySet[Request]:
    """Return what is being worked on at an estate, the earliest deadline first; what has none comes last."""
    return visible_to(actor).filter(estate=estate, state__in=WORKING).order_by("due_at", "opened_at", "pk")


def mine(actor: Actor) -> QuerySet[Request]:
    """Return the requests that the actor received or handles and that are still open.

    Will serve: B-165, D-080.
    """
    own = Q(receiver_id=actor.member_id) | Q(handler_id=actor.member_id)
    return visible_to(actor).filter(own, state__in=WORKING).order_by("due_at", "pk")


def of_party(party: Party) -> QuerySet[Request]:
    """Return a client's own requests, newest first."""
    return Request.objects.filter(estate_id=party.estate_id, party=party).select_related("place", "handler").order_by("-opened_at")


def same_household(place: Place, *, at: datetime) -> QuerySet[Request]:
    """Return the open requests of the same place of the last days, offered for merging."""
    found = Request.objects.filter(estate_id=place.estate_id, place=place, state__in=OPEN, opened_at__gte=at - SAME_HOUSEHOLD)
    return found.select_related("handler").order_by("-opened_at")


def same_cause(place: Place, *, category: str, at: datetime) -> QuerySet[Request]:
    """Return the open requests of the same category in the same building in the last hours: perhaps one outage."""
    building = place.path.split("/", 1)[0] + "/"
    found = Request.objects.filter(estate_id=place.estate_id, state__in=OPEN, category=category, opened_at__gte=at - SAME_CAUSE)
    return found.filter(place__path__startswith=building).exclude(place=place).select_related("place", "cause").order_by("-opened_at")


def case_facts(request: Request) -> CaseFacts:
    """Return what decides which response clauses bind the request."""
    kinds = {"requests"}
    if request.kind in {Kind.COMPLAINT, Kind.DISPUTE}:
        kinds.add("complaint")
    return CaseFacts(frozenset(kinds), "emergency" if request.urgent else "", frozenset({request.event} - {""}))


def urgent_in_charge(member_id: int, at: datetime) -> list[Objection]:
    """Object to going off duty while an urgent request of an owner is in the member's charge and nobody else took it.

    Will serve: D-079.
    """
    own = Request.objects.filter(urgent=True, state__in=OPEN).filter(Q(handler_id=member_id) | Q(handler=None, receiver_id=member_id))
    return [
        Objection(_("紧急事项 %(number)s 还没有办妥，请先转交") % {"number": request.number}, "requests.Request", request.pk)
        for request in own
    ]


def counts(actor: Actor, estate: Estate, begin: date, end: date) -> list[dict[str, Any]]:
    """Return per kind how many requests of the days `[begin, end)` came in, are settled, joined another one or were withdrawn, are open."""
    rows = visible_to(actor).filter(estate=estate, day__gte=begin, day__lt=end).order_by()
    counted = rows.values("kind").annotate(
        came_in=Count("pk"),
        closed=Count("pk", filter=Q(state=State.CLOSED)),
        joined=Count("pk", filter=Q(state=State.MERGED)),
        withdrawn=Count("pk", filter=Q(state=State.WITHDRAWN)),
        open=Count("pk", filter=Q(state__in=WORKING)),
    )
    return [dict(row) for row in counted.order_by("kind")]


def complaint_counts(actor: Actor, estate: Estate, begin: date, end: date) -> dict[str, int]:
    """Return the counts behind the complaint indicators: complaints, valid ones, and valid ones settled.

    The rates are made from these counts wherever they are shown; they are never averaged.
    """
    rows = visible_to(actor).filter(estate=estate, day__gte=begin, day__lt=end, kind=Kind.COMPLAINT).order_by()
    return rows.aggregate(
        complaints=Count("pk"),
        valid=Count("pk", filter=Q(complaint__validity=Validity.VALID)),
        valid_settled=Count("pk", filter=Q(complaint__validity=Validity.VALID, state=State.CLOSED)),
    )
