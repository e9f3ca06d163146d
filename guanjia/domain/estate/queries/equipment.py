"""The ledger of equipment, meters and checkpoints."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from guanjia.domain.estate.models import Checkpoint, Equipment, EquipmentDuty, Inspection, Meter
from guanjia.domain.estate.permissions import VIEW
from guanjia.domain.estate.states import Running
from guanjia.kernel.actor import Actor


def equipment(actor: Actor, permission: str = VIEW) -> QuerySet[Equipment]:
    """Return the equipment that the actor may see, retired included; `undated` tells that a duty has no date to count from.

    Equipment without a place belongs to the whole estate: posts over a part of it do not reach it.
    """
    undated = Exists(EquipmentDuty.objects.filter(estate_id=OuterRef("estate_id"), equipment=OuterRef("pk"), due_on=None))
    rows = Equipment.objects.filter(actor.within(permission)).annotate(undated=undated)
    return rows.select_related("place", "estate").order_by("estate_id", "category", "code")


def due_soon(actor: Actor, *, on: date, days: int) -> QuerySet[EquipmentDuty]:
    """Return duties of running or stopped equipment that are overdue on that day or fall due within `days`, earliest first."""
    return (
        EquipmentDuty.objects.filter(actor.within(VIEW, estate="equipment__estate", path="equipment__place__path"))
        .filter(due_on__lte=on + timedelta(days=days))
        .exclude(equipment__state=Running.RETIRED)
        .select_related("equipment", "equipment__place")
        .order_by("due_on", "equipment__code")
    )


def inspections(thing: Equipment) -> QuerySet[Inspection]:
    """Return the inspections of one piece of equipment, the latest first. It must come from a scoped query."""
    return Inspection.objects.filter(estate_id=thing.estate_id, equipment=thing).order_by("-done_on", "-pk")


def meters(actor: Actor, permission: str = VIEW) -> QuerySet[Meter]:
    """Return the meters that the actor may see, removed ones included."""
    return Meter.objects.filter(actor.within(permission)).select_related("place", "estate").order_by("medium", "code")


def checkpoints(actor: Actor, permission: str = VIEW) -> QuerySet[Checkpoint]:
    """Return the checkpoints that the actor may see, given-up ones included."""
    rows = Checkpoint.objects.filter(actor.within(permission)).select_related("place", "equipment", "estate")
    return rows.order_by("estate_id", "code")


def checkpoint_of_token(token: str) -> Checkpoint | None:
    """Return the present checkpoint that a plate names, for whoever holds the plate; None for a replaced or given-up one.

    Only code, name, place label and the estate's name and hotline may be shown to somebody unknown.
    """
    return Checkpoint.objects.filter(Q(token=token), ended_on=None).select_related("place", "estate").first() if token else None
