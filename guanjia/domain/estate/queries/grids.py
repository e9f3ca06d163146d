"""Grids (网格): who looks after which part. Every premises should lie in one; those outside are flagged (D-114)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from guanjia.domain.estate.models import Estate, Grid, GridPlace, Place
from guanjia.domain.estate.permissions import VIEW
from guanjia.domain.estate.queries.places import places, present
from guanjia.domain.estate.states import PlaceKind
from guanjia.kernel.actor import Actor


def grids(actor: Actor, estate: Estate | None = None, *, permission: str = VIEW) -> QuerySet[Grid]:
    """Return the present grids where the actor holds the permission, of one estate or of all, each with its places.

    Who may look at a part of an estate sees the grids of that part; other permissions want the whole estate.
    """
    reach = actor.within(permission, path=None)
    rows = Grid.objects.filter(reach | Q(places__place__in=places(actor)) if permission == VIEW else reach)
    rows = rows.filter(estate=estate) if estate else rows
    return rows.filter(ended_on=None).distinct().select_related("estate").prefetch_related("places__place").order_by("estate_id", "code")


def grid_of(place: Place) -> Grid | None:
    """Return the grid that a place lies in: the entry deepest above it decides. None outside every grid."""
    codes = place.path.split("/")[:-1]
    paths = ["".join(f"{code}/" for code in codes[:depth]) for depth in range(1, len(codes) + 1)]
    rows = GridPlace.objects.filter(estate_id=place.estate_id, place__path__in=paths, place__ended_on=None, grid__ended_on=None)
    deepest = max(rows.select_related("grid", "place"), key=lambda row: len(row.place.path), default=None)
    return deepest.grid if deepest else None


def without_grid(actor: Actor, estate: Estate) -> QuerySet[Place]:
    """Return the premises that lie in no grid: nobody looks after them.

    Clause: D-114.
    """
    homes = present(actor, estate).filter(kind=PlaceKind.PREMISES)
    covered = Q(pk__in=[])
    for path in GridPlace.objects.filter(estate=estate, grid__ended_on=None, place__ended_on=None).values_list("place__path", flat=True):
        covered |= Q(path__startswith=path)
    return homes.exclude(covered)
