"""Who is on duty, who should be, and where nobody is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from guanjia.domain.shifts.models import Pattern, Roster, Station, Turn
from guanjia.domain.shifts.permissions import VIEW
from guanjia.domain.shifts.rules import Need, gaps
from guanjia.domain.shifts.states import State
from guanjia.kernel.actor import Actor
from guanjia.kernel.periods import from_minute, midnight, to_minute

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate
    from guanjia.domain.staff.models import Member


def stations(actor: Actor, estate: Estate, *, on: date) -> QuerySet[Station]:
    """Return the stations of an estate that exist on a day, by code."""
    found = Station.objects.filter(actor.within(VIEW, path=None), estate=estate)
    return found.filter(Q(ended_on=None) | Q(ended_on__gt=on)).prefetch_related("head_counts").order_by("code")


def patterns(estate: Estate, *, on: date) -> QuerySet[Pattern]:
    """Return the shifts of an estate in the order of the day."""
    return Pattern.objects.filter(estate=estate).filter(Q(ended_on=None) | Q(ended_on__gt=on)).order_by("rank", "began_minute")


def rosters(actor: Actor, estate: Estate) -> QuerySet[Roster]:
    """Return the rosters of an estate, the latest first."""
    return Roster.objects.filter(actor.within(VIEW, path=None), estate=estate).order_by("-began_on", "-pk")


def turns(estate: Estate, *, begin: datetime, end: datetime) -> QuerySet[Turn]:
    """Return the published turns that touch `[begin, end)`, in order of time."""
    # a turn lasts a day at most, so the index on its beginning bounds the scan
    found = Turn.objects.filter(estate=estate, roster__state=State.PUBLISHED, began_at__lt=end, began_at__gte=begin - timedelta(days=1))
    return found.filter(ended_at__gt=begin).select_related("member", "station", "pattern", "attendance").order_by("began_at", "pk")


def on_duty(estate: Estate, *, at: datetime, station: Station | None = None, posts: Iterable[str] = ()) -> QuerySet[Turn]:
    """Return the published turns that stand at an instant; whoever signed off already is not on duty any more.

    `posts` keeps the stations that these posts may man. A turn that nobody signed on to is still returned: see `present`.
    """
    found = turns(estate, begin=at, end=at + timedelta(microseconds=1)).filter(
        Q(attendance=None) | Q(attendance__signed_off_at=None) | Q(attendance__signed_off_at__gt=at)
    )
    if station is not None:
        found = found.filter(station=station)
    wanted = set(posts)
    if wanted:
        suited = [row.pk for row in Station.objects.filter(estate=estate) if wanted & set(row.post_codes)]
        found = found.filter(station__in=suited)
    return found


def present(estate: Estate, *, at: datetime) -> QuerySet[Turn]:
    """Return the turns at an instant whose person signed on."""
    return on_duty(estate, at=at).filter(attendance__signed_on_at__lte=at)


def turns_of(member: Member, *, begin: datetime, end: datetime) -> QuerySet[Turn]:
    """Return a member's own published turns that touch `[begin, end)`, of every estate."""
    found = Turn.objects.filter(member=member, roster__state=State.PUBLISHED, began_at__lt=end, began_at__gte=begin - timedelta(days=1))
    return found.filter(ended_at__gt=begin).select_related("station", "pattern", "estate", "attendance").order_by("began_at")


def next_turn(turn: Turn) -> Turn | None:
    """Return the published turn that follows at the same station when this one ends, somebody else's; None when nobody follows."""
    found = Turn.objects.filter(estate_id=turn.estate_id, station_id=turn.station_id, roster__state=State.PUBLISHED)
    return (
        found.filter(began_at__lte=turn.ended_at, ended_at__gt=turn.ended_at).exclude(member_id=turn.member_id).order_by("began_at").first()
    )


@dataclass(frozen=True)
class Uncovered:
    """A station lacks `missing` people from an instant to an instant."""

    station: Station
    began_at: datetime
    ended_at: datetime
    missing: int


def uncovered(estate: Estate, *, begin: date, end: date, roster: Roster | None = None) -> list[Uncovered]:
    """Return where fewer people stand than are needed on the days `[begin, end)`.

    Published turns count; with `roster` its turns count too, whatever its state. Measured by clock time, not by shift.

    Will serve: A-034, A-302, A-303, B-243.
    """
    first, last = midnight(begin), midnight(end)
    counted = Turn.objects.filter(estate=estate, began_at__lt=last, began_at__gte=first - timedelta(days=1), ended_at__gt=first)
    counted = (
        counted.filter(Q(roster__state=State.PUBLISHED) | Q(roster=roster)) if roster else counted.filter(roster__state=State.PUBLISHED)
    )
    standing: dict[int, list[tuple[int, int]]] = {}
    for station_id, began_at, ended_at in counted.values_list("station_id", "began_at", "ended_at"):
        standing.setdefault(station_id, []).append((to_minute(began_at), to_minute(ended_at)))
    found = []
    needed = Station.objects.filter(estate=estate).filter(Q(ended_on=None) | Q(ended_on__gt=begin)).prefetch_related("head_counts")
    for station in needed.order_by("code"):
        needs = [Need(row.began_minute, row.ended_minute, row.heads) for row in station.head_counts.all()]
        for gap in gaps(needs, standing.get(station.pk, []), to_minute(first), to_minute(last)):
            found.append(Uncovered(station, from_minute(gap.began), from_minute(gap.ended), gap.missing))
    return found
