"""People and firms as the actor may see them: scoped, searched, masked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q, QuerySet

from guanjia.domain.parties.models import Consent, Occupancy, Party, Phone, Preference, Vehicle
from guanjia.domain.parties.permissions import VIEW
from guanjia.domain.parties.rules import indexes, plates
from guanjia.domain.parties.states import Purpose
from guanjia.kernel import identity, masks
from guanjia.kernel import phones as numbers
from guanjia.kernel.actor import Actor

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate

TAIL_CANDIDATES = 200


@dataclass(frozen=True)
class PhoneLine:
    """A telephone as the actor may see it before revealing it."""

    pk: int
    masked: str
    note: str


@dataclass(frozen=True)
class HomeLine:
    """A place that the party has to do with."""

    place: Any
    relation: str
    label: str
    present: bool


@dataclass(frozen=True)
class PartyRow:
    """One line of the list of parties."""

    party: Party
    phone: str
    homes: tuple[HomeLine, ...]


def current(on: date, prefix: str = "") -> Q:
    """Return the filter of rows whose period covers the day; an unknown beginning counts as begun."""
    began = Q(**{f"{prefix}began_on": None}) | Q(**{f"{prefix}began_on__lte": on})
    return began & (Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gt": on}))


def visible(actor: Actor, permission: str = VIEW) -> QuerySet[Party]:
    """Return the parties that the actor reaches: of whole estates, or tied to a place inside his part of one.

    Merged records are left out: what they held is with the record that was kept.
    """
    reach = actor.within(permission, path=None)
    parts = Q(pk__in=[])
    for grant in actor.holding(permission):
        if grant.path:
            parts |= Q(estate_id__in=sorted(grant.estate_ids), place__path__startswith=grant.path)
    if parts != Q(pk__in=[]):
        reach |= Q(pk__in=Occupancy.objects.filter(parts).values("party_id"))
        reach |= Q(pk__in=Vehicle.objects.filter(parts).values("party_id"))
    return Party.objects.filter(reach, merged_into=None)


def mine(actor: Actor) -> QuerySet[Party]:
    """Return the parties that a resident is; nobody else's."""
    return Party.objects.filter(pk__in=sorted(actor.party_ids), merged_into=None)


def parties(
    actor: Actor, estate: Estate, *, on: date, text: str = "", kind: str = "", relation: str = "", gone: bool = False
) -> QuerySet[Party]:
    """Return the parties of an estate by name; `gone` asks for those who hold nothing there any more.

    `text` is a name, pinyin initials, a room, a phone or its last four digits, an identity number or its last four, or the
    end of a plate. Clause: A-001, D-132.
    """
    found = visible(actor).filter(estate=estate)
    if kind:
        found = found.filter(kind=kind)
    held = Occupancy.objects.filter(current(on), estate=estate)
    if relation:
        found = found.filter(pk__in=held.filter(relation=relation).values("party_id"))
    if gone:
        found = found.exclude(pk__in=held.values("party_id")).exclude(kind="body")
    if text.strip():
        found = found.filter(matching(estate.pk, text))
    return found.order_by("sort_key", "pk")


def matching(estate_id: int, text: str) -> Q:
    """Return the filter of parties of one estate that a typed text may mean."""
    typed = text.strip()
    wanted = Q(name__icontains=typed)
    plain = typed.replace(" ", "")
    if plain.isascii() and plain.isalpha():
        wanted |= Q(initials__contains=f" {plain.lower()}")
    wanted |= Q(pk__in=_by_number(estate_id, typed))
    homes = Occupancy.objects.filter(estate_id=estate_id).filter(Q(place__label__iexact=typed) | Q(place__compact=plain.lower()))
    return wanted | Q(pk__in=homes.values("party_id"))


def rows(found: Iterable[Party], *, on: date) -> list[PartyRow]:
    """Return the lines of a list for these parties: masked first phone and their places, in two queries."""
    listed = list(found)
    keys = [party.pk for party in listed]
    first: dict[int, str] = {}
    for phone in Phone.objects.filter(party__in=keys, ended_on=None).order_by("rank", "pk"):
        first.setdefault(phone.party_id, masks.phone(phone.number))
    homes: dict[int, list[HomeLine]] = {key: [] for key in keys}
    held = Occupancy.objects.filter(party__in=keys).select_related("place").order_by("place__sort_key", "pk")
    for each in held.filter(current(on)):
        homes[each.party_id].append(HomeLine(each.place, each.relation, each.get_relation_display(), True))
    return [PartyRow(party, first.get(party.pk, ""), tuple(homes[party.pk])) for party in listed]


def phones(party: Party, *, ended: bool = False) -> list[PhoneLine]:
    """Return a party's telephones, masked, the first to call in front."""
    lines = party.phones.all() if ended else party.phones.filter(ended_on=None)
    return [PhoneLine(each.pk, masks.phone(each.number), each.note) for each in lines.order_by("rank", "pk")]


def paper(party: Party) -> str:
    """Return the masked identity number, "" when there is none."""
    return masks.identity(party.id_number)


def occupancies(party: Party, *, on: date) -> list[tuple[Occupancy, bool]]:
    """Return where the party lives, owns or did, each with whether it holds on the day; the present ones first."""
    held = party.occupancies.select_related("place", "estate").order_by("place__sort_key", "began_on", "pk")
    judged = [(each, (each.began_on is None or each.began_on <= on) and (each.ended_on is None or each.ended_on > on)) for each in held]
    return sorted(judged, key=lambda pair: not pair[1])


def preferences(party: Party, *, on: date) -> QuerySet[Preference]:
    """Return how the party likes to be served. Clause: A-001."""
    return party.preferences.filter(current(on)).order_by("topic", "pk")


def vehicles(party: Party, *, on: date) -> list[tuple[Vehicle, str]]:
    """Return the party's vehicles with their masked plates."""
    held = party.vehicles.filter(current(on)).select_related("place", "space").order_by("pk")
    return [(each, masks.plate(each.plate)) for each in held]


def consents(party: Party) -> QuerySet[Consent]:
    """Return what the party allowed and withdrew, what holds first."""
    return party.consents.order_by("withdrawn_at", "-given_at", "pk")


def birthdays(actor: Actor, estate: Estate, *, on: date) -> QuerySet[Party]:
    """Return the parties with a birthday on the day who agreed to be greeted; the 29th of February counts on the 28th in other years."""
    days = Q(born_on__month=on.month, born_on__day=on.day)
    if (on.month, on.day) == (2, 28) and not _leap(on.year):
        days |= Q(born_on__month=2, born_on__day=29)
    agreed = Consent.objects.filter(purpose=Purpose.GREETING, withdrawn_at=None).values("party_id")
    return visible(actor).filter(days, estate=estate, kind="person", pk__in=agreed).order_by("sort_key", "pk")


def with_phones(found: QuerySet[Party]) -> QuerySet[Party]:
    """Return the parties with their present phones fetched, for pages that show many."""
    return found.prefetch_related(Prefetch("phones", Phone.objects.filter(ended_on=None).order_by("rank", "pk")))


def _by_number(estate_id: int, typed: str) -> Sequence[int]:
    """Return the parties that a number finds: whole or from the last four digits on. Longer tails are checked one by one."""
    plain = re.sub(r"[\s\-]", "", typed).upper()
    found: set[int] = set()
    if not any(sign.isdecimal() for sign in plain):
        return []
    if re.fullmatch(r"\d{4,11}", plain):
        lines = Phone.objects.filter(estate_id=estate_id, tail_index=indexes.phone_tail(plain), ended_on=None)[:TAIL_CANDIDATES]
        found |= {each.party_id for each in lines if re.sub(r"\D", "", each.number).endswith(plain)}
    if re.fullmatch(r"\d{3,17}[\dX]", plain):
        papers = Party.objects.filter(estate_id=estate_id, id_tail_index=indexes.id_tail(plain))[:TAIL_CANDIDATES]
        found |= {each.pk for each in papers if each.id_number.endswith(plain)}
    with suppress(numbers.BadPhone):
        exact = indexes.phone(numbers.clean(typed))
        found |= set(Phone.objects.filter(estate_id=estate_id, number_index=exact, ended_on=None).values_list("party_id", flat=True))
    with suppress(identity.BadIdentity):
        exact = indexes.id_number(identity.judge(typed).number)
        found |= set(Party.objects.filter(estate_id=estate_id, id_index=exact).values_list("pk", flat=True))
    found |= {each.party_id for each in vehicles_ending(estate_id, plain) if each.party_id is not None}
    return sorted(found)


def vehicles_ending(estate_id: int, typed: str) -> list[Vehicle]:
    """Return the present vehicles whose plate ends as typed: three signs at least, one of them a digit."""
    with suppress(plates.BadPlate):
        typed = plates.judge(typed).text
    if len(typed) < 3 or len(typed) > 9 or not any(sign.isdecimal() for sign in typed):
        return []
    lines = Vehicle.objects.filter(estate_id=estate_id, plate_tail_index=indexes.plate_tail(typed), ended_on=None)[:TAIL_CANDIDATES]
    return [each for each in lines if each.plate.endswith(typed)]


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
