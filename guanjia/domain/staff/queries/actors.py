"""From a signed-in user to an actor: the posts held on the day, and those deputised for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from guanjia.domain.staff.models import Appointment, Deputyship, Member
from guanjia.kernel.actor import Actor, Grant

if TYPE_CHECKING:
    from guanjia.domain.accounts.models import User

SHANGHAI = ZoneInfo("Asia/Shanghai")


def actor_for(user: User, *, at: datetime) -> Actor:
    """Return the actor that a signed-in user is at an instant.

    The day is Shanghai's. A deputy has the grants of the member he stands in for in the days of the deputyship only, and
    never those that this member has as somebody's deputy. A user who is no member, or has left, gets no grants.
    Two queries, four when a post reaches over a branch.
    """
    day = at.astimezone(SHANGHAI).date()
    member = Member.objects.filter(user_id=user.pk).filter(Q(left_on=None) | Q(left_on__gt=day)).first()
    if member is None:
        return Actor(user_id=user.pk, name=user.name)
    grants = _grants(in_force(member.pk, day), member.company_id)
    return Actor(user_id=user.pk, name=member.name, company_id=member.company_id, member_id=member.pk, grants=grants)


def totp_required(user_id: int, *, at: datetime) -> bool:
    """Tell whether a post that the user holds or deputises on that day demands a second factor."""
    day = at.astimezone(SHANGHAI).date()
    member = Member.objects.filter(user_id=user_id).first()
    return member is not None and in_force(member.pk, day).filter(post__requires_totp=True).exists()


def reaches(actor: Actor, permission: str, user_id: int, *, at: datetime) -> bool:
    """Tell whether the actor holds the permission, and everything that the user may do, wherever the user may do it.

    Whoever may reset an account could act with it: nobody resets the account of somebody who may do more. A user without
    grants is in the reach of whoever holds the permission over the user's company; one who is no member in nobody's but the system's.
    """
    if actor.everything:
        return True
    day = at.astimezone(SHANGHAI).date()
    member = Member.objects.filter(user_id=user_id).first()
    if member is None or member.company_id != actor.company_id:
        return False
    theirs = _grants(in_force(member.pk, day), member.company_id) or (Grant(frozenset(), company_id=member.company_id),)
    return all(_covered(grant, actor, name) for grant in theirs for name in (permission, *grant.permissions))


def _covered(grant: Grant, actor: Actor, permission: str) -> bool:
    mine = actor.holding(permission)
    if any(own.company_id is not None for own in mine):
        return True
    if grant.company_id is not None:
        return False
    return all(any(estate in own.estate_ids and grant.path.startswith(own.path) for own in mine) for estate in grant.estate_ids)


def in_force(member_id: int, day: date) -> QuerySet[Appointment]:
    """Return the appointments whose permissions the member has on the day: his own and those he deputises for."""
    absent = Deputyship.objects.filter(deputy=member_id, began_on__lte=day, ended_on__gt=day).values("member_id")
    return (
        Appointment.objects.filter(Q(member=member_id) | Q(member__in=absent), began_on__lte=day)
        .filter(Q(ended_on=None) | Q(ended_on__gt=day))
        .filter(Q(member__left_on=None) | Q(member__left_on__gt=day))
        .select_related("post", "place")
    )


def reach_of(actor: Actor, permission: str) -> Q:
    """Return the filter of appointments at places where the actor holds the permission, the whole company included."""
    reach = actor.within(permission, estate="estate", path="place__path") if not actor.everything else Q()
    for grant in actor.holding(permission):
        if grant.company_id is not None:
            reach |= Q(member__company_id=grant.company_id)
        reach |= Q(place__estate_id__in=sorted(grant.estate_ids), place__path__startswith=grant.path)
    return reach


def _grants(held: Iterable[Appointment], company_id: int) -> tuple[Grant, ...]:
    by_scope: dict[tuple[int | None, frozenset[int], str], set[str]] = defaultdict(set)
    held = list(held)
    under = _estates_under({each.branch_id for each in held if each.branch_id is not None}, company_id)
    scope: tuple[int | None, frozenset[int], str]
    for each in held:
        if each.place is not None:
            scope = (None, frozenset({each.place.estate_id}), each.place.path)
        elif each.estate_id is not None:
            scope = (None, frozenset({each.estate_id}), "")
        elif each.branch_id is not None:
            scope = (None, under[each.branch_id], "")
        else:
            scope = (company_id, frozenset(), "")
        by_scope[scope].update(each.post.permissions)
    return tuple(
        Grant(frozenset(names), company_id=company, estate_ids=estates, path=path) for (company, estates, path), names in by_scope.items()
    )


def _estates_under(branches: set[int], company_id: int) -> dict[int, frozenset[int]]:
    """Return the estates of each branch and of all branches below it."""
    if not branches:
        return {}
    branch_model = Appointment._meta.get_field("branch").related_model
    rows = branch_model._default_manager.filter(company_id=company_id)
    parents = dict(rows.values_list("pk", "parent_id"))
    placed = rows.filter(estates__isnull=False).values_list("pk", F("estates__pk"))
    found: dict[int, set[int]] = {branch: set() for branch in branches}
    for branch, estate in placed:
        above: int | None = branch
        while above is not None:
            if above in found:
                found[above].add(estate)
            above = parents.get(above)
    return {branch: frozenset(estates) for branch, estates in found.items()}
