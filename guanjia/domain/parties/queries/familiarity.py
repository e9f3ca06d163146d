"""客户熟悉度: how many of a steward's households are known, from evidence."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q

from guanjia.domain.estate import queries as estates
from guanjia.domain.parties.models import Confirmation, FamiliarityStandard, Occupancy, Phone
from guanjia.domain.parties.permissions import FAMILIARITY
from guanjia.domain.parties.queries.people import current
from guanjia.domain.parties.rules.familiarity import Known, Rate, judge, rate
from guanjia.domain.parties.states import Fact, Relation
from guanjia.domain.staff import queries as staff
from guanjia.kernel.actor import Actor

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate
    from guanjia.domain.staff.models import Member

LIBRARY = Path(__file__).resolve().parent.parent / "library" / "familiarity.toml"


@dataclass(frozen=True)
class Standard:
    """What counts as knowing a household: fact → months that a confirmation stays fresh; `ours` when nobody set it yet."""

    facts: Mapping[str, int]
    target: Decimal
    began_on: date | None
    ours: bool


@dataclass(frozen=True)
class Household:
    """One occupied place and what is known of it; `last_on` is the latest confirmation of anything."""

    place: Any
    names: str
    facts: list[Known]
    last_on: date | None

    @property
    def missing(self) -> list[str]:
        return [str(Fact(each.fact).label) for each in self.facts if not each.counts]

    @property
    def known(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Ledger:
    """A steward's client ledger in one estate (客户工作台账) and the familiarity that it proves."""

    member: Any
    estate: Any
    grids: tuple[str, ...]
    households: list[Household]
    rate: Rate


def standard_for(estate: Estate, *, on: date) -> Standard:
    """Return the definition in force on the day: the estate's own, else the company's, else the library's."""
    begun = FamiliarityStandard.objects.filter(company_id=estate.company_id, began_on__lte=on)
    found = begun.filter(Q(estate=estate) | Q(estate=None))
    best = max(found, key=lambda each: (each.estate_id is not None, each.began_on), default=None)
    if best is None:
        return _library()
    return Standard({fact: int(months) for fact, months in best.facts.items()}, best.target, best.began_on, ours=False)


def ledgers(actor: Actor, estate: Estate, *, on: date) -> list[Ledger]:
    """Return the ledger of every steward of an estate whom the actor may look at, by grid.

    Clause: D-117, D-130, D-132.
    """
    if not (actor.may(FAMILIARITY, estate) or actor.member_id is not None):
        return []
    standard = standard_for(estate, on=on)
    held: dict[int, list[Any]] = defaultdict(list)
    members: dict[int, Any] = {}
    for each in _stewardships(actor, estate, on):
        held[each.member_id].append(each.grid)
        members[each.member_id] = each.member
    paths = _territories(estate)
    every = _households(estate, standard, [path for owned in paths.values() for path in owned], on) if held else []
    return [_ledger(members[pk], estate, grids, every, paths, standard) for pk, grids in held.items()]


def ledger_of(member: Member, estate: Estate, *, actor: Actor, on: date) -> Ledger | None:
    """Return one steward's ledger, or none when he has no grid in the estate or the actor may not look."""
    return next((each for each in ledgers(actor, estate, on=on) if each.member.pk == member.pk), None)


def households_of(estate: Estate, place_ids: Iterable[int], *, on: date) -> list[Household]:
    """Return what is known of these places; for the page of one place. The caller has made sure that the actor may look."""
    return _households(estate, standard_for(estate, on=on), None, on, list(place_ids))


@lru_cache
def _library() -> Standard:
    read = tomllib.loads(LIBRARY.read_text(encoding="utf-8"))
    return Standard(dict(read["facts"]), Decimal(read["target"]), None, ours=True)


def _stewardships(actor: Actor, estate: Estate, on: date) -> list[Any]:
    """All of the estate for who holds the permission there; else only the actor's own."""
    if actor.may(FAMILIARITY, estate):
        system = Actor.system("familiarity")
        return list(staff.stewardships(system, on=on).filter(estate=estate))
    return list(staff.stewardships(Actor.system("familiarity"), on=on).filter(estate=estate, member=actor.member_id))


def _territories(estate: Estate) -> dict[int, list[str]]:
    """Return grid → the paths of its subtrees."""
    paths: dict[int, list[str]] = defaultdict(list)
    for grid in estates.grids(Actor.system("familiarity"), estate):
        paths[grid.pk] += [row.place.path for row in grid.places.all() if row.place.ended_on is None]
    return paths


def _ledger(
    member: Any, estate: Estate, grids: list[Any], every: list[Household], paths: dict[int, list[str]], standard: Standard
) -> Ledger:
    mine = {grid.pk for grid in grids}
    households = [each for each in every if _grid_of(each.place.path, paths) in mine]
    return Ledger(
        member, estate, tuple(grid.name for grid in grids), households, rate((each.facts for each in households), standard.target)
    )


def _grid_of(path: str, paths: dict[int, list[str]]) -> int | None:
    """The entry deepest above a place decides its grid."""
    above = [(len(root), grid) for grid, roots in paths.items() for root in roots if path.startswith(root)]
    return max(above)[1] if above else None


def _households(
    estate: Estate, standard: Standard, roots: list[str] | None, on: date, place_ids: list[int] | None = None
) -> list[Household]:
    """Judge every occupied place below the roots, or among the keys, in four queries."""
    within = Q()
    if roots is not None:
        within = Q(pk__in=[])
        for root in roots:
            within |= Q(place__path__startswith=root)
    if place_ids is not None:
        within = Q(place__in=place_ids)
    held = Occupancy.objects.filter(current(on), within, estate=estate, place__ended_on=None).exclude(relation=Relation.EMERGENCY)
    stays = list(held.select_related("place__premises", "party").order_by("place__sort_key", "pk"))
    keys = {each.place_id for each in stays}
    confirmed: dict[int, dict[str, date]] = defaultdict(dict)
    noted = Confirmation.objects.filter(estate=estate, confirmed_on__lte=on)
    for place_id, fact, last in noted.values_list("place_id", "fact").annotate(last=Max("confirmed_on")):
        if place_id in keys:
            confirmed[place_id][fact] = last
    reachable = set(Phone.objects.filter(estate=estate, ended_on=None).values_list("party_id", flat=True))
    by_place: dict[int, list[Occupancy]] = defaultdict(list)
    for each in stays:
        by_place[each.place_id].append(each)
    return [_household(group, confirmed[pk], reachable, standard, on) for pk, group in by_place.items()]


def _household(group: list[Occupancy], confirmed: dict[str, date], reachable: set[int], standard: Standard, on: date) -> Household:
    present = {Fact.RESIDENTS}
    if any(each.party_id in reachable for each in group):
        present.add(Fact.PHONE)
    premises = getattr(group[0].place, "premises", None)
    if any(each.party.client_type for each in group) or (premises is not None and premises.usage):
        present.add(Fact.TYPE)  # what the premises are used for tells whether residents, an office or a shop are served
    names = "、".join(dict.fromkeys(each.party.name for each in group[:3]))
    return Household(group[0].place, names, judge(standard.facts, confirmed, present, on), max(confirmed.values(), default=None))
