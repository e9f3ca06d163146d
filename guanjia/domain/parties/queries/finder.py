"""What the room box asks this app: places by names, pinyin initials, the end of a phone or of a plate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from guanjia.domain.estate.ports import Sighting
from guanjia.domain.parties.models import Occupancy, Party, Phone
from guanjia.domain.parties.permissions import VIEW
from guanjia.domain.parties.queries.people import TAIL_CANDIDATES, vehicles_ending
from guanjia.domain.parties.rules import indexes
from guanjia.domain.parties.states import Relation
from guanjia.kernel.actor import Actor

# Who is named beside a place: who lives there before who only owns it.
SPEAKS = [Relation.OWNER, Relation.TENANT, Relation.JOINT_OWNER, Relation.OCCUPANT, Relation.FAMILY]


class PartyFinder:
    """Finds places by who lives there. Every step begins with the estate and an index.

    A search box asks about now, so the database's own day is good enough here; nothing is decided by it.
    """

    def find(self, actor: Actor, *, estate_id: int, text: str, limit: int) -> Sequence[Sighting]:
        """Return at most `limit` places, names first, then phones, then plates; only where the actor may see residents."""
        held = _held(actor, estate_id)
        typed = text.strip()
        found: dict[int, Sighting] = {}
        for parties, why in _steps(estate_id, typed):
            for each in held.filter(party__in=parties)[: limit - len(found)]:
                found.setdefault(each.place_id, Sighting(each.place_id, each.party.name, str(each.get_relation_display()), why))
            if len(found) >= limit:
                return list(found.values())
        plated = {each.place_id: each for each in vehicles_ending(estate_id, _plain(typed)) if each.place_id is not None}
        names = self.occupants(actor, estate_id=estate_id, place_ids=list(plated)[:limit]) if plated else {}
        for place_id, (name, relation) in names.items():
            found.setdefault(place_id, Sighting(place_id, name, relation, _("车牌")))
        return list(found.values())[:limit]

    def occupants(self, actor: Actor, *, estate_id: int, place_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Return place id → (name, relation) of the one to ask for, in one query."""
        named: dict[int, tuple[str, str]] = {}
        for each in _held(actor, estate_id).filter(place__in=list(place_ids)):
            named.setdefault(each.place_id, (each.party.name, str(each.get_relation_display())))
        return named


def _held(actor: Actor, estate_id: int) -> QuerySet[Occupancy]:
    rank = Case(*(When(relation=relation, then=Value(place)) for place, relation in enumerate(SPEAKS)), output_field=IntegerField())
    present = Q(ended_on=None) | Q(ended_on__gt=Now())
    rows = Occupancy.objects.filter(actor.within(VIEW), present, estate_id=estate_id, relation__in=SPEAKS, party__merged_into=None)
    return rows.select_related("party").annotate(rank=rank).order_by("rank", "place__sort_key", "pk")


def _steps(estate_id: int, typed: str) -> list[tuple[Any, str]]:
    """Return (parties, why) for every meaning of the text that this app knows."""
    of_estate = Party.objects.filter(estate_id=estate_id, merged_into=None)
    plain = _plain(typed)
    steps: list[tuple[Any, str]] = []
    if plain.isascii() and plain.isalpha() and len(plain) >= 2:
        steps.append((of_estate.filter(initials__contains=f" {plain.lower()}").values("pk"), _("姓名")))
    elif typed and not plain.isascii():
        named = of_estate.filter(name__gte=typed, name__lt=f"{typed}\U0010ffff")  # a range on the index; LIKE would scan
        steps.append((named.values("pk"), _("姓名")))
    if re.fullmatch(r"\d{4,11}", plain):
        lines = Phone.objects.filter(estate_id=estate_id, tail_index=indexes.phone_tail(plain), ended_on=None)[:TAIL_CANDIDATES]
        steps.append(([each.party_id for each in lines if re.sub(r"\D", "", each.number).endswith(plain)], _("手机尾号")))
    return steps


def _plain(typed: str) -> str:
    return re.sub(r"[\s\-·]", "", typed).upper()
