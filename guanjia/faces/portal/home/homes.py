"""Which home a resident looks at, who looks after it, and what the estate promised and did this month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest

from guanjia.domain.estate import queries as estate_queries
from guanjia.domain.parties import queries as parties
from guanjia.domain.staff import queries as staff
from guanjia.domain.standards import queries as standards
from guanjia.kernel.actor import Actor
from guanjia.kernel.periods import business_day

PUBLIC = Actor.system("portal")
"""Reads totals per clause of an estate: the plan and how it is kept are for every owner to see. Never names, never places."""


def homes(request: HttpRequest) -> list[Any]:
    """Return the present occupancies of whoever signed in: rooms before parking spaces, then by place."""
    day = business_day(request.at)
    held = [pair[0] for party in parties.mine(request.actor) for pair in parties.occupancies(party, on=day) if pair[1]]
    return sorted(held, key=lambda each: (each.place.kind != "premises", each.estate_id, each.place.sort_key, each.pk))


def chosen(request: HttpRequest, held: list[Any]) -> Any:
    """Return the occupancy that the person chose, else the first. Raises Http404 when there is none."""
    if not held:
        raise Http404
    kept = request.session.get("home")
    return next((each for each in held if each.place_id == kept), held[0])


def steward_of(place: Any, *, on: date) -> Any:
    """Return the steward of the grid that the place lies in, or None."""
    grid = estate_queries.grid_of(place)
    return staff.steward_of_grid(grid, on=on) if grid is not None else None


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the promises of one estate from the first of the month to today."""

    clauses: tuple[Any, ...]
    begin: date
    end: date

    @property
    def settled(self) -> int:
        return sum(each.total.done + each.total.late + each.total.missed for each in self.clauses)

    @property
    def done(self) -> int:
        return sum(each.total.done for each in self.clauses)

    @property
    def share(self) -> str:
        """In time ÷ what had to be done by now, in hundredths with one place; a dash when nothing had to be done yet."""
        return f"{100 * self.done / self.settled:.1f}%" if self.settled else "—"

    @property
    def broken(self) -> list[Any]:
        """The clauses with a miss or a delay, the worst first."""
        bad = [each for each in self.clauses if each.total.missed or each.total.late]
        return sorted(bad, key=lambda each: (-each.total.missed, -each.total.late, each.promise.position))

    @property
    def whole(self) -> list[Any]:
        return [each for each in self.clauses if not (each.total.missed or each.total.late)]


def kept(estate: Any, request: HttpRequest) -> Kept:
    """Count this month so far; today still runs, so what is open today is not held against anybody."""
    today = business_day(request.at)
    begin, end = today.replace(day=1), today + timedelta(1)
    found = standards.overview(PUBLIC, estate, begin, end, now=request.at)
    return Kept(tuple(each for each in found.clauses if each.total.due), begin, today)
