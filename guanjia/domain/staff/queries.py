"""Who is who, and who may what where."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from guanjia.domain.staff.models import Appointment, Deputyship, Member
from guanjia.kernel.actor import Actor, Grant

if TYPE_CHECKING:
    from guanjia.domain.accounts.models import User

SHANGHAI = ZoneInfo("Asia/Shanghai")


def actor_for(user: User, *, at: datetime) -> Actor:
    """Return the actor that a signed-in user is at an instant: the posts held on that day and those deputised for.

    A user who is no member gets an actor without grants.
    """
    day = at.astimezone(SHANGHAI).date()
    member = Member.objects.filter(user_id=user.pk).filter(Q(left_on=None) | Q(left_on__gt=day)).first()
    if member is None:
        return Actor(user_id=user.pk, name=user.name)
    holders = [
        member.pk,
        *Deputyship.objects.filter(deputy=member, began_on__lte=day, ended_on__gt=day).values_list("member_id", flat=True),
    ]
    held = (
        Appointment.objects.filter(member__in=holders, began_on__lte=day)
        .filter(Q(ended_on=None) | Q(ended_on__gt=day))
        .select_related("post", "branch", "estate", "place")
    )
    scopes: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for appointment in held:
        permissions = scopes[_scope(appointment, member.company_id)]
        permissions.update(appointment.post.permissions)
    grants = tuple(
        Grant(frozenset(permissions), company_id=company, estate_ids=frozenset(estates), path=path)
        for (company, estates, path), permissions in scopes.items()
    )
    return Actor(user_id=user.pk, name=member.name, company_id=member.company_id, member_id=member.pk, grants=grants)


def _scope(appointment: Appointment, company_id: int) -> tuple[int | None, tuple[int, ...], str]:
    if appointment.place is not None:
        return None, (appointment.place.estate_id,), appointment.place.path
    if appointment.estate_id is not None:
        return None, (appointment.estate_id,), ""
    if appointment.branch is not None:
        return None, tuple(appointment.branch.estates.values_list("pk", flat=True)), ""
    return company_id, (), ""
