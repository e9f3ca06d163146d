"""Records that may be one party, and those that were found to be."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from guanjia.domain.parties.models import Distinct, Merge, Occupancy, Party, Phone
from guanjia.domain.parties.permissions import MERGE
from guanjia.domain.parties.queries.people import PartyRow, rows, visible
from guanjia.domain.parties.rules.likeness import Reason, Traits, pairs
from guanjia.kernel.actor import Actor

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate

MOST = 50


@dataclass(frozen=True)
class Candidate:
    """Two records that look alike, with the reasons, the strongest first."""

    one: PartyRow
    other: PartyRow
    reasons: tuple[str, ...]
    same_name: bool


def candidates(actor: Actor, estate: Estate, *, on: date, limit: int = MOST) -> list[Candidate]:
    """Return pairs of records of an estate that share an identity number, a phone, or a name at one place.

    Six queries whatever the size of the estate; numbers are compared by their blind indexes, nothing is opened.
    """
    seen = visible(actor, MERGE).filter(estate=estate)
    phones: dict[int, set[str]] = defaultdict(set)
    for party_id, index in Phone.objects.filter(estate=estate, ended_on=None).values_list("party_id", "number_index"):
        phones[party_id].add(index)
    places: dict[int, set[int]] = defaultdict(set)
    for party_id, place_id in Occupancy.objects.filter(estate=estate).values_list("party_id", "place_id"):
        places[party_id].add(place_id)
    traits = [
        Traits(pk, name, id_index, frozenset(phones[pk]), frozenset(places[pk]))
        for pk, name, id_index in seen.values_list("pk", "name", "id_index")
    ]
    found = pairs(traits, Distinct.objects.filter(estate=estate).values_list("one_id", "other_id"))[:limit]
    keys = {key for pair in found for key in (pair.one, pair.other)}
    lines = {row.party.pk: row for row in rows(Party.objects.filter(pk__in=keys), on=on)}
    return [
        Candidate(
            lines[pair.one],
            lines[pair.other],
            tuple(reason.value for reason in Reason if reason in pair.reasons),
            lines[pair.one].party.name == lines[pair.other].party.name,
        )
        for pair in found
    ]


def merges(actor: Actor, estate: Estate) -> QuerySet[Merge]:
    """Return the merges of an estate that still hold, the latest first: each can be undone."""
    held = Merge.objects.filter(actor.within(MERGE, path=None), estate=estate, undone_at=None)
    return held.select_related("kept", "merged").order_by("-at", "-pk")
