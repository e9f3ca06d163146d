"""Rows that hang on a place, scoped by it: for pages that change one of them."""

from __future__ import annotations

from django.db.models import QuerySet

from guanjia.domain.parties.models import Need, Occupancy, Pet, Vehicle
from guanjia.domain.parties.permissions import VIEW
from guanjia.kernel.actor import Actor


def occupancies(actor: Actor) -> QuerySet[Occupancy]:
    """Return the stays at places where the actor may see residents."""
    return Occupancy.objects.filter(actor.within(VIEW)).select_related("party", "place", "estate")


def needs(actor: Actor) -> QuerySet[Need]:
    """Return the needs at places where the actor may see residents."""
    return Need.objects.filter(actor.within(VIEW)).select_related("place", "estate")


def vehicles(actor: Actor) -> QuerySet[Vehicle]:
    """Return the vehicles of households where the actor may see residents."""
    return Vehicle.objects.filter(actor.within(VIEW)).select_related("place", "space", "estate")


def pets(actor: Actor) -> QuerySet[Pet]:
    """Return the animals of households where the actor may see residents."""
    return Pet.objects.filter(actor.within(VIEW)).select_related("place", "estate")
