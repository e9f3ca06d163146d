"""Parties move in, change what they are to a place, and move out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.parties.actions.people import register
from guanjia.domain.parties.actions.reach import AnotherEstate, BackToFront, IsMerged
from guanjia.domain.parties.events import MovedIn, MovedOut, OccupancyChanged
from guanjia.domain.parties.models import Occupancy, Party
from guanjia.domain.parties.permissions import EDIT
from guanjia.domain.parties.rules import shares
from guanjia.domain.parties.rules.occupancy import Stay, clash, most_owned
from guanjia.domain.parties.states import OWNERS, Relation
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import IllegalMove, Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Place


class Overlaps(Refusal):
    """Another stay forbids this one in these days."""

    code, field = "overlaps", "began_on"


class OverOwned(Refusal):
    """The owners' shares add up to more than the whole."""

    code, field = "over_owned", "share"


class ShareWithoutOwning(Refusal):
    code, field = "share_without_owning", "share"


@transaction.atomic
def move_in(
    place: Place,
    *,
    party: Party,
    relation: str,
    began_on: date | None,
    ended_on: date | None = None,
    share: str = "",
    note: str = "",
    actor: Actor,
    at: datetime,
) -> Occupancy:
    """Tie a party to a place from a day on; `began_on` None when nobody knows since when, `ended_on` for a lease's end.

    Raises NotAllowed, AnotherEstate, IsMerged, BackToFront, BadShare, ShareWithoutOwning, Overlaps, OverOwned.
    """
    actor.require(EDIT, place)
    if party.estate_id != place.estate_id:
        raise AnotherEstate(_("住户与房屋不在同一个小区"))
    if party.merged_into_id is not None:
        raise IsMerged(_("这条记录已并入另一条，请用那一条登记"))
    part = _vet(place, party, relation, began_on, ended_on, share, other_than=0)
    occupancy = Occupancy.objects.create(
        estate_id=place.estate_id,
        place=place,
        party=party,
        relation=relation,
        share=part,
        note=note.strip(),
        began_on=began_on,
        ended_on=ended_on,
    )
    announce(MovedIn(party.pk, occupancy.pk, relation, began_on), about=occupancy, actor=actor, at=at)
    return occupancy


@transaction.atomic
def settle(place: Place, *, party: Party | None, name: str, phone: str = "", actor: Actor, at: datetime, **stay: Any) -> Occupancy:
    """Let somebody move in who may not be known yet: without `party` one is registered under the name first.

    Both or neither happen. Raises as `register` and `move_in`.
    """
    if party is None:
        party = register(place.estate, name=name, phones=[phone], where=place, actor=actor, at=at)
    return move_in(place, party=party, actor=actor, at=at, **stay)


@transaction.atomic
def change_occupancy(
    occupancy: Occupancy,
    *,
    relation: str,
    began_on: date | None,
    ended_on: date | None,
    share: str = "",
    note: str = "",
    seen: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Correct what a party is to a place. Raises as `move_in`, and Stale."""
    actor.require(EDIT, occupancy.place)
    part = _vet(occupancy.place, occupancy.party, relation, began_on, ended_on, share, other_than=occupancy.pk)
    facts: dict[str, Any] = {"relation": relation, "share": part, "note": note.strip(), "began_on": began_on, "ended_on": ended_on}
    fields = sorted(name for name, value in facts.items() if getattr(occupancy, name) != value)
    revise(occupancy, seen=seen, **facts)
    announce(OccupancyChanged(occupancy.party_id, occupancy.pk, fields), about=occupancy, actor=actor, at=at)


@transaction.atomic
def move_out(occupancy: Occupancy, *, ended_on: date, seen: int, actor: Actor, at: datetime) -> None:
    """End a stay: the party holds the place until the day before `ended_on`. Raises NotAllowed, IllegalMove, BackToFront, Stale."""
    actor.require(EDIT, occupancy.place)
    if occupancy.ended_on is not None and occupancy.ended_on <= ended_on:
        raise IllegalMove(_("已登记 %(day)s 迁出") % {"day": occupancy.ended_on})
    if occupancy.began_on is not None and ended_on < occupancy.began_on:
        raise BackToFront(_("迁出日期不能早于入住日期"))
    revise(occupancy, seen=seen, ended_on=ended_on)
    announce(MovedOut(occupancy.party_id, occupancy.pk, occupancy.relation, ended_on), about=occupancy, actor=actor, at=at)


def _vet(
    place: Place, party: Party, relation: str, began_on: date | None, ended_on: date | None, share: str, *, other_than: int
) -> Decimal | None:
    """Return the share when the stay may stand beside the others of the place."""
    part = shares.parse(share)
    if part is not None and relation not in OWNERS:
        raise ShareWithoutOwning(_("只有业主和共有人有份额"))
    if began_on is not None and ended_on is not None and ended_on < began_on:
        raise BackToFront(_("结束日期不能早于开始日期"))
    new = Stay(party.pk, relation, began_on or date.min, ended_on, part)
    others = {
        each.pk: Stay(each.party_id, each.relation, each.began_on or date.min, each.ended_on, each.share)
        for each in Occupancy.objects.filter(estate_id=place.estate_id, place=place).exclude(pk=other_than)
    }
    against = clash(new, others.values())
    if against is not None:
        label = Relation(against.relation).label
        if against.party_id == party.pk:
            raise Overlaps(_("%(name)s 在这段时间已经登记为%(relation)s") % {"name": party.name, "relation": label})
        raise Overlaps(_("这段时间已有业主。先登记原业主迁出，或把新的一位登记为共有人"))
    owned, day = most_owned([new, *others.values()])
    if owned > 1:
        known = _("%(day)s 起") % {"day": day} if day is not None and day > date.min else ""
        raise OverOwned(_("%(day)s份额合计 %(sum)s，超过了 100%%") % {"day": known, "sum": shares.shown(owned)})
    return part
