"""When rooms are split or merged, the people, animals, vehicles and needs of the old rooms go on in the new ones.

The old stays end on the day of the change and stay on record; what the new shares are, nobody can know from a floor plan, so
a share is carried over only where it was the same in every room.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from guanjia.domain.estate.events import PremisesMerged, PremisesSplit
from guanjia.domain.parties.models import Need, Occupancy, Pet, Vehicle
from guanjia.kernel.actor import Actor
from guanjia.kernel.events import when


@when(PremisesSplit)
def live_on_in_every_part(event: PremisesSplit, *, actor: Actor, at: datetime) -> None:
    """Let everybody of the whole hold each part; animals, vehicles and needs stay with the first."""
    _carry([event.place_id], event.into, on=event.on)


@when(PremisesMerged)
def live_on_together(event: PremisesMerged, *, actor: Actor, at: datetime) -> None:
    """Let everybody of the old rooms hold the new one, once each."""
    _carry(event.place_ids, [event.into], on=event.on)


def _carry(before: Iterable[int], after: Iterable[int], *, on: date) -> None:
    old, new = list(before), list(after)
    held = list(Occupancy.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on), place__in=old).order_by("pk"))
    for row in held:
        began = max(row.began_on, on) if row.began_on else on
        Occupancy.objects.filter(pk=row.pk).update(ended_on=began, version=row.version + 1)
    stays: dict[tuple[int, str], list[Occupancy]] = {}
    for row in held:
        stays.setdefault((row.party_id, row.relation), []).append(row)
    Occupancy.objects.bulk_create(
        Occupancy(
            estate_id=rows[0].estate_id,
            place_id=place_id,
            party_id=party_id,
            relation=relation,
            share=rows[0].share if len(rows) == len(old) and len({row.share for row in rows}) == 1 else None,
            note=rows[0].note,
            began_on=on,
            ended_on=None if any(row.ended_on is None for row in rows) else max(row.ended_on for row in rows if row.ended_on),
        )
        for place_id in new
        for (party_id, relation), rows in stays.items()
    )
    for model in (Pet, Need):
        model._default_manager.filter(place__in=old, ended_on=None).update(place=new[0])
    Vehicle.objects.filter(place__in=old, ended_on=None).update(place=new[0])
    Vehicle.objects.filter(space__in=old, ended_on=None).update(space=new[0])
