"""Tying a resident's user to the parties with the phone that the user proved to hold (`accounts.ports.Residents`)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from guanjia.domain.parties.events import Bound
from guanjia.domain.parties.models import Party
from guanjia.domain.parties.queries import binding
from guanjia.kernel.actor import Actor
from guanjia.kernel.events import announce


class Residents:
    """Knows the people of the estates for `accounts`."""

    def parties_of(self, user_id: int, *, at: datetime) -> frozenset[int]:
        """Return the parties that a user is, as long as each lives or owns somewhere."""
        return binding.parties_of(user_id, at=at)

    def name_behind(self, phone: str, *, at: datetime) -> str | None:
        """Return the name of whoever may sign in with this phone, None when nobody at present does."""
        return binding.behind(phone, at=at).values_list("name", flat=True).first()

    def within_reach(self, actor: Actor, permission: str, user_id: int) -> bool:
        """Tell whether the actor holds the permission over every estate where the user is a party; False when nowhere."""
        own = Party.objects.filter(user_id=user_id)
        return own.exists() and not own.exclude(actor.within(permission, path=None)).exists()

    @transaction.atomic
    def bind(self, phone: str, *, user_id: int, at: datetime) -> None:
        """Tie the parties with this phone that belong to no user yet. A party of another user is left to him."""
        for party in binding.behind(phone, at=at).filter(user=None):
            if Party.objects.filter(pk=party.pk, user=None).update(user_id=user_id):
                announce(Bound(party.pk, user_id), about=party, actor=Actor(user_id=user_id, name=party.name), at=at)
