"""Questions about places, scoped by the actor."""

from __future__ import annotations

from django.db.models import QuerySet

from guanjia.domain.estate.models import Estate
from guanjia.kernel.actor import Actor


def estates(actor: Actor, permission: str) -> QuerySet[Estate]:
    """Return the estates where the actor holds the permission over the whole or a part, by name."""
    return Estate.objects.filter(actor.estates(permission)).select_related("company", "branch").order_by("name", "pk")
