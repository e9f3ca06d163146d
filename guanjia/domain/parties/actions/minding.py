"""What to mind (特殊需求) and how somebody likes to be served (偏好)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.parties.actions.knowing import note_as_evidence
from guanjia.domain.parties.actions.reach import AnotherEstate, BackToFront, require, today
from guanjia.domain.parties.events import NeedChanged, NeedEnded, NeedNoted, PreferenceEnded, PreferenceNoted
from guanjia.domain.parties.models import Need, Party, Preference
from guanjia.domain.parties.permissions import EDIT
from guanjia.domain.parties.states import Fact
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Place

LONGEST = 200


class NothingSaid(Refusal):
    code, field = "nothing_said", "text"


@transaction.atomic
def note_need(place: Place, *, kind: str, text: str, party: Party | None = None, actor: Actor, at: datetime) -> Need:
    """Note what whoever goes there must know, of one resident or of the whole household.

    Clause: A-001, C-009. Raises NotAllowed, AnotherEstate, NothingSaid.
    """
    actor.require(EDIT, place)
    if party is not None and party.estate_id != place.estate_id:
        raise AnotherEstate(_("住户与房屋不在同一个小区"))
    need = Need.objects.create(
        estate_id=place.estate_id,
        place=place,
        party=party,
        kind=kind,
        text=_said(text),
        noted_by_id=actor.member_id,
        began_on=today(at),
    )
    note_as_evidence(place, [Fact.NEEDS], actor, at)
    announce(NeedNoted(need.pk, kind), about=need, actor=actor, at=at)
    return need


@transaction.atomic
def change_need(need: Need, *, kind: str, text: str, seen: int, actor: Actor, at: datetime) -> None:
    """Correct what was noted. Raises NotAllowed, NothingSaid, Stale."""
    actor.require(EDIT, need.place)
    revise(need, seen=seen, kind=kind, text=_said(text))
    announce(NeedChanged(need.pk), about=need, actor=actor, at=at)


@transaction.atomic
def end_need(need: Need, *, ended_on: date, seen: int, actor: Actor, at: datetime) -> None:
    """Take a need down from a day on. Raises NotAllowed, BackToFront, Stale."""
    actor.require(EDIT, need.place)
    if ended_on < need.began_on:
        raise BackToFront(_("结束日期不能早于开始日期"))
    revise(need, seen=seen, ended_on=ended_on)
    announce(NeedEnded(need.pk, ended_on), about=need, actor=actor, at=at)


@transaction.atomic
def note_preference(party: Party, *, topic: str, text: str, actor: Actor, at: datetime) -> Preference:
    """Note how somebody likes to be served. Clause: A-001. Raises NotAllowed, NothingSaid."""
    require(actor, EDIT, party)
    made = Preference.objects.create(estate_id=party.estate_id, party=party, topic=topic, text=_said(text), began_on=today(at))
    announce(PreferenceNoted(party.pk, made.pk, topic), about=party, actor=actor, at=at)
    return made


@transaction.atomic
def end_preference(preference: Preference, *, seen: int, actor: Actor, at: datetime) -> None:
    """Take a preference down from today on. Raises NotAllowed, Stale."""
    require(actor, EDIT, preference.party)
    revise(preference, seen=seen, ended_on=today(at))
    announce(PreferenceEnded(preference.party_id, preference.pk), about=preference.party, actor=actor, at=at)


def _said(text: str) -> str:
    kept = text.strip()
    if not kept:
        raise NothingSaid(_("请写明内容"))
    if len(kept) > LONGEST:
        raise NothingSaid(_("最多 %(most)d 个字") % {"most": LONGEST})
    return kept
