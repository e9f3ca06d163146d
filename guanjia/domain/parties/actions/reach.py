"""Asking whether an actor reaches a party: a party has no place of its own, what it holds decides."""

from __future__ import annotations

from datetime import date, datetime

from guanjia.domain.parties.models import Party
from guanjia.domain.parties.queries.binding import day_of
from guanjia.domain.parties.queries.people import visible
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import NotAllowed, Refusal


class BackToFront(Refusal):
    """The end lies before the beginning."""

    code, field = "back_to_front", "ended_on"


class AnotherEstate(Refusal):
    """Two things that belong to different estates cannot be tied."""

    code = "another_estate"


class IsMerged(Refusal):
    """The record was merged into another one, which must be changed instead."""

    code = "is_merged"


def require(actor: Actor, permission: str, party: Party) -> None:
    """Raise NotAllowed unless the actor holds the permission where the party holds something, or over the whole estate."""
    if not actor.may(permission, party) and not visible(actor, permission).filter(pk=party.pk).exists():
        raise NotAllowed(permission)


def today(at: datetime) -> date:
    """Return the Shanghai day of the act."""
    return day_of(at)
