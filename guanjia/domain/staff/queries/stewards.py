"""Which grid is whose: the steward (管家) of a part of the estate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from guanjia.domain.staff.models import Member, Stewardship
from guanjia.domain.staff.permissions import VIEW
from guanjia.kernel.actor import Actor

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Grid


@dataclass(frozen=True)
class Steward:
    """A member as steward of the grids of one estate."""

    member: Member
    estate_id: int
    grid_ids: tuple[int, ...]


def stewardships(actor: Actor, *, on: date) -> QuerySet[Stewardship]:
    """Return the stewardships in force on the day in estates where the actor may look at members, by grid."""
    present = _on(Stewardship.objects.filter(actor.within(VIEW, path=None)), on)
    return present.select_related("member", "grid", "estate").order_by("estate", "grid__code")


def stewardships_seen(actor: Actor, member: Member, *, on: date) -> QuerySet[Stewardship]:
    """Return the grids that a member looks after on the day, in estates where the actor may look; one's own always."""
    held = stewardships_of(member, on=on)
    return held if actor.member_id == member.pk else held.filter(actor.within(VIEW, path=None))


def stewardships_of(member: Member, *, on: date) -> QuerySet[Stewardship]:
    """Return the grids that a member looks after on the day. Clause: D-016, D-113, D-114."""
    return _on(member.stewardships.all(), on).select_related("grid", "estate").order_by("estate", "grid__code")


def steward_of_grid(grid: Grid, *, on: date) -> Member | None:
    """Return the steward of a grid on the day, or none."""
    present = _on(Stewardship.objects.filter(estate_id=grid.estate_id, grid=grid), on).select_related("member").first()
    return present.member if present is not None else None


def _on(rows: QuerySet[Stewardship], day: date) -> QuerySet[Stewardship]:
    return rows.filter(began_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))
