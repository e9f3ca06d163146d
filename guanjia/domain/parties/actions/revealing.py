"""Showing numbers in full: an act on record, with a purpose."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.parties.actions.reach import require
from guanjia.domain.parties.events import Revealed
from guanjia.domain.parties.models import Party
from guanjia.domain.parties.permissions import REVEAL
from guanjia.domain.parties.queries.binding import day_of
from guanjia.domain.parties.queries.people import current
from guanjia.domain.parties.rules import plates
from guanjia.domain.parties.states import RevealPurpose
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce


class What(StrEnum):
    """What can be shown in full."""

    PHONE = "phone"
    IDENTITY = "identity"
    PLATE = "plate"


class NoPurpose(Refusal):
    code, field = "no_purpose", "purpose"


class NothingToShow(Refusal):
    code, field = "nothing_to_show", "what"


@transaction.atomic
def reveal(party: Party, *, what: str, purpose: str, actor: Actor, at: datetime) -> list[str]:
    """Return a party's numbers of one kind in full, and put on record who saw them, when and what for.

    The record is in the chain before the numbers leave. Clause: D-118. Raises NotAllowed, NoPurpose, NothingToShow.
    """
    require(actor, REVEAL, party)
    if purpose not in RevealPurpose.values:
        raise NoPurpose(_("请选择查看的用途"))
    numbers = _numbers(party, what, at)
    if not numbers:
        raise NothingToShow(_("没有登记这项号码"))
    announce(Revealed(party.pk, what, purpose), about=party, actor=actor, at=at)
    return numbers


def _numbers(party: Party, what: str, at: datetime) -> list[str]:
    if what == What.PHONE:
        return [phone.number for phone in party.phones.filter(ended_on=None).order_by("rank", "pk")]
    if what == What.IDENTITY:
        return [party.id_number] if party.id_number else []
    if what == What.PLATE:
        return [plates.shown(each.plate) for each in party.vehicles.filter(current(day_of(at))).order_by("pk") if each.plate]
    raise NothingToShow(_("没有这一项"))
