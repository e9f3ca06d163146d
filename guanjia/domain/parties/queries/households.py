"""Who lives in one place, as the person who is about to call or go there must know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from guanjia.domain.parties.models import Need, Occupancy, Pet, Phone, Vehicle
from guanjia.domain.parties.permissions import NEEDS, VIEW
from guanjia.domain.parties.queries.people import PhoneLine, current
from guanjia.domain.parties.rules import shares
from guanjia.domain.parties.states import Relation
from guanjia.kernel import masks
from guanjia.kernel.actor import Actor

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Place

ORDER = {relation: place for place, relation in enumerate(Relation)}


@dataclass(frozen=True)
class Resident:
    """Somebody of the household: who, what to the place, how to reach. Numbers are masked."""

    occupancy: Occupancy
    party: Any
    relation: str
    share: str
    age: int | None
    bound: bool
    phones: tuple[PhoneLine, ...]


@dataclass(frozen=True)
class Needful:
    """One thing that whoever goes there must know, who noted it and when."""

    need: Need
    kind: str
    text: str
    who: str
    noted_by: str


@dataclass(frozen=True)
class HouseholdView:
    """Everything the panels of a place show; lists are empty where the actor may not look."""

    place: Any
    residents: list[Resident]
    past: list[Resident]
    needs: list[Needful]
    vehicles: list[tuple[Vehicle, str]]
    pets: list[Pet]


def household(place: Place, actor: Actor, *, on: date) -> HouseholdView:
    """Return who lives in a place, what to mind there, their vehicles and pets, as far as the actor may know."""
    may = actor.may(VIEW, place)
    return HouseholdView(
        place=place,
        residents=residents_at(place, on=on) if may else [],
        past=past_residents_at(place, on=on) if may else [],
        needs=needs_at(place, actor, on=on),
        vehicles=vehicles_at(place, on=on) if may else [],
        pets=pets_at(place, on=on) if may else [],
    )


def residents_at(place: Place, *, on: date) -> list[Resident]:
    """Return who holds the place on the day, owners first. The caller has made sure that the actor may look. Three queries."""
    return _residents(Occupancy.objects.filter(current(on), estate_id=place.estate_id, place=place), on)


def past_residents_at(place: Place, *, on: date) -> list[Resident]:
    """Return who held the place before the day, the last to leave first."""
    gone = Occupancy.objects.filter(estate_id=place.estate_id, place=place, ended_on__lte=on)
    return sorted(_residents(gone, on), key=lambda each: each.occupancy.ended_on or on, reverse=True)


def needs_at(place: Place, actor: Actor, *, on: date) -> list[Needful]:
    """Return what whoever goes to the place must know: noted for the place, or for somebody who lives there.

    Everybody who may go there holds the permission; the text is opened here and nowhere else. Clause: A-001, C-009.
    """
    if not actor.may(NEEDS, place):
        return []
    holders = Occupancy.objects.filter(current(on), estate_id=place.estate_id, place=place).exclude(relation=Relation.EMERGENCY)
    noted = Need.objects.filter(current(on), estate_id=place.estate_id)
    noted = noted.filter(Q(place=place) | Q(party__in=holders.values("party_id")))
    return [
        Needful(
            need=each,
            kind=each.get_kind_display(),
            text=each.text,
            who=each.party.name if each.party is not None else "",
            noted_by=each.noted_by.name if each.noted_by is not None else "",
        )
        for each in noted.select_related("party", "noted_by").order_by("-began_on", "-pk")
    ]


def vehicles_at(place: Place, *, on: date) -> list[tuple[Vehicle, str]]:
    """Return the vehicles of the household, and those that stand here when the place is a parking space, plates masked."""
    held = Vehicle.objects.filter(current(on), estate_id=place.estate_id).filter(Q(place=place) | Q(space=place))
    return [(each, masks.plate(each.plate)) for each in held.select_related("party", "place", "space").order_by("kind", "pk")]


def pets_at(place: Place, *, on: date) -> list[Pet]:
    """Return the animals of the household."""
    return list(Pet.objects.filter(current(on), estate_id=place.estate_id, place=place).order_by("species", "pk"))


def _residents(held: Any, on: date) -> list[Resident]:
    rows = list(held.select_related("party", "party__user"))
    numbers = _phones([each.party_id for each in rows])
    residents = [
        Resident(
            occupancy=each,
            party=each.party,
            relation=each.get_relation_display(),
            share=shares.shown(each.share),
            age=_age(each.party.born_on, on),
            bound=each.party.user_id is not None,
            phones=tuple(numbers[each.party_id]),
        )
        for each in rows
    ]
    return sorted(residents, key=lambda each: (ORDER[Relation(each.occupancy.relation)], each.party.sort_key, each.party.pk))


def _phones(party_ids: Iterable[int]) -> dict[int, list[PhoneLine]]:
    found: dict[int, list[PhoneLine]] = defaultdict(list)
    for each in Phone.objects.filter(party__in=list(party_ids), ended_on=None).order_by("rank", "pk"):
        found[each.party_id].append(PhoneLine(each.pk, masks.phone(each.number), each.note))
    return found


def _age(born_on: date | None, on: date) -> int | None:
    if born_on is None:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
