"""Who a signed-in user is, and what the user has: sessions, devices, tokens."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from guanjia.domain.accounts import ports
from guanjia.kernel.actor import Actor

if TYPE_CHECKING:
    from guanjia.domain.accounts.models import User


def resident_for(user: User, *, at: datetime) -> Actor | None:
    """Return the actor that a resident is: the parties that the user is, no grants. None for who lives nowhere here."""
    party_ids = ports.residents().parties_of(user.pk, at=at)
    return Actor(user_id=user.pk, name=user.name, party_ids=party_ids) if party_ids else None
