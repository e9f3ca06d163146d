"""Grids: parts of an estate, each looked after by one steward. Who that is, `staff` keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.estate.actions.equipment import NotHere
from guanjia.domain.estate.actions.estates import CodeTaken, NothingChanged, clean_code
from guanjia.domain.estate.actions.places import Ended
from guanjia.domain.estate.events import GridDrawn, GridEnded, GridFilled
from guanjia.domain.estate.models import Estate, Grid, GridPlace, Place
from guanjia.domain.estate.permissions import GRIDS
from guanjia.kernel.actor import Actor
from guanjia.kernel.commands import once
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise


class InAnotherGrid(Refusal):
    """A place belongs to one grid only."""

    code, field = "in_another_grid", "places"


def draw_grid(estate: Estate, *, code: str, name: str, key: UUID, actor: Actor, at: datetime) -> Grid:
    """Draw a grid; its places follow by `fill_grid`. Clause: D-114. Raises NotAllowed, BadCode, CodeTaken."""
    actor.require(GRIDS, estate)

    def do() -> int:
        clean = clean_code(code, longest=20)
        if Grid.objects.filter(estate=estate, code=clean).exists():
            raise CodeTaken(_("网格编号 %(code)s 已有") % {"code": clean})
        grid = Grid.objects.create(estate=estate, code=clean, name=name.strip() or clean)
        announce(GridDrawn(grid.pk, clean), about=grid, actor=actor, at=at)
        return grid.pk

    return Grid.objects.get(pk=once(key, actor=actor, at=at, body=["draw_grid", estate.pk, code, name], do=do))


@transaction.atomic
def fill_grid(grid: Grid, *, places: Sequence[Place], seen: int, actor: Actor, at: datetime) -> None:
    """Say which subtrees a grid consists of. A place inside another grid's subtree may be its own entry: the deepest decides.

    Clause: D-114. Raises NotAllowed, Ended, NotHere, InAnotherGrid, NothingChanged, Stale.
    """
    actor.require(GRIDS, grid)
    if grid.ended_on is not None:
        raise Ended(_("网格 %(code)s 已撤销") % {"code": grid.code})
    wanted = {place.pk: place for place in places}
    if any(place.estate_id != grid.estate_id or place.ended_on is not None for place in wanted.values()):
        raise NotHere(_("有的位置不在本小区或已停用"), field="places")
    taken = GridPlace.objects.filter(estate_id=grid.estate_id, place__in=wanted).exclude(grid=grid).select_related("grid", "place")
    if taken:
        said = "、".join(f"{row.place.label}（{row.grid.name}）" for row in taken)
        raise InAnotherGrid(_("已属于别的网格：%(said)s") % {"said": said})
    held = set(GridPlace.objects.filter(grid=grid).values_list("place_id", flat=True))
    if held == set(wanted):
        raise NothingChanged(_("没有改动"))
    revise(grid, seen=seen)
    GridPlace.objects.filter(grid=grid).exclude(place__in=wanted).delete()
    GridPlace.objects.bulk_create([GridPlace(estate_id=grid.estate_id, grid=grid, place_id=pk) for pk in sorted(set(wanted) - held)])
    announce(GridFilled(grid.pk, grid.code, tuple(sorted(wanted))), about=grid, actor=actor, at=at)


@transaction.atomic
def end_grid(grid: Grid, *, on: date, seen: int, actor: Actor, at: datetime) -> None:
    """Give a grid up; its places lie in none until another takes them. Raises NotAllowed, Ended, Stale."""
    actor.require(GRIDS, grid)
    if grid.ended_on is not None:
        raise Ended(_("网格 %(code)s 已撤销") % {"code": grid.code})
    revise(grid, seen=seen, ended_on=on)
    GridPlace.objects.filter(grid=grid).delete()
    announce(GridEnded(grid.pk, grid.code), about=grid, actor=actor, at=at)
