"""Members, where they are appointed, and who stands in for them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from guanjia.domain.staff.models import Appointment, Deputyship, Member
from guanjia.domain.staff.permissions import VIEW
from guanjia.domain.staff.queries.actors import reach_of
from guanjia.kernel import masks, phones, vault
from guanjia.kernel.actor import Actor

if TYPE_CHECKING:
    from guanjia.domain.accounts.models import User

PHONE = "staff.Member.phone"
"""Context of the blind index of members' phones."""


def members(actor: Actor, *, on: date, text: str = "", left: bool = False) -> QuerySet[Member]:
    """Return the members that the actor may see, by name: his own record, and whoever is appointed where he may look.

    `text` is a name, pinyin initials, a number or a phone. Those who have left only with `left`. Clause: A-108, D-100.
    """
    found = Member.objects.filter(_visible(actor))
    found = found.filter(left_on__lte=on) if left else found.filter(Q(left_on=None) | Q(left_on__gt=on))
    for word in text.split():
        found = found.filter(_matches(word))
    return found.select_related("company", "user").order_by("sort_key", "number", "pk")


@dataclass(frozen=True)
class MemberRow:
    """One line of the list of members: posts with their scopes, masked phone, who stands in today."""

    member: Member
    phone: str
    posts: tuple[tuple[str, str], ...]
    deputy: str


def member_rows(actor: Actor, found: Iterable[Member], *, on: date) -> list[MemberRow]:
    """Return the lines of a list for these members, in two queries; posts elsewhere than the actor may look are left out."""
    listed = list(found)
    keys = [each.pk for each in listed]
    held = Appointment.objects.filter(appointments_shown(actor), member__in=keys, began_on__lte=on).filter(
        Q(ended_on=None) | Q(ended_on__gt=on)
    )
    posts: dict[int, list[tuple[str, str]]] = {key: [] for key in keys}
    for each in held.select_related("post", "branch", "estate", "place__estate").order_by("began_on", "pk"):
        posts[each.member_id].append((each.post.name, scope_label(each)))
    absent = Deputyship.objects.filter(member__in=keys, began_on__lte=on, ended_on__gt=on).select_related("deputy")
    deputies = {each.member_id: each.deputy.name for each in absent}
    return [MemberRow(each, masks.phone(each.phone), tuple(posts[each.pk]), deputies.get(each.pk, "")) for each in listed]


def member_for(user: User) -> Member | None:
    """Return the member that a user is, or none."""
    return Member.objects.filter(user_id=user.pk).first()


def appointments_seen(actor: Actor, member: Member) -> QuerySet[Appointment]:
    """Return a member's appointments as far as the actor may look: a post in another estate is nobody's business here."""
    return appointments_of(member).filter(appointments_shown(actor))


def appointments_of(member: Member, *, on: date | None = None) -> QuerySet[Appointment]:
    """Return a member's appointments, the latest first; with `on` only those in force on that day."""
    found = member.appointments.select_related("post", "branch", "estate", "place__estate")
    if on is not None:
        found = found.filter(began_on__lte=on).filter(Q(ended_on=None) | Q(ended_on__gt=on))
    return found.order_by("-began_on", "-pk")


def deputyships(actor: Actor, *, on: date) -> QuerySet[Deputyship]:
    """Return present and coming deputyships of members whom the actor may see, the next one first."""
    seen = Member.objects.filter(_visible(actor)).values("pk")
    return Deputyship.objects.filter(member__in=seen, ended_on__gt=on).select_related("member", "deputy").order_by("began_on", "pk")


def scope_label(appointment: Appointment) -> str:
    """Return how far an appointment reaches, in words."""
    if appointment.place is not None:
        return f"{appointment.place.estate.name} {appointment.place.label}"
    if appointment.estate is not None:
        return appointment.estate.name
    if appointment.branch is not None:
        return appointment.branch.name
    return _("全公司")


def appointments_shown(actor: Actor) -> Q:
    """Return the filter of appointments that the actor may know of: where he may look, those of no estate, his own."""
    if actor.everything:
        return Q()
    return reach_of(actor, VIEW) | Q(estate=None, place=None) | Q(member_id=actor.member_id)


def _visible(actor: Actor) -> Q:
    if actor.everything:
        return Q()
    seen = Q(pk=actor.member_id)
    if actor.may(VIEW):
        seen |= Q(pk__in=Appointment.objects.filter(reach_of(actor, VIEW)).values("member_id"))
        companies = [grant.company_id for grant in actor.holding(VIEW) if grant.company_id is not None]
        seen |= Q(company_id__in=companies)
    return seen


def _matches(word: str) -> Q:
    wanted = Q(name__contains=word) | Q(number__iexact=word)
    if word.isascii() and word.isalpha():
        wanted |= Q(initials__contains=f" {word.lower()}")
    with suppress(phones.BadPhone):
        wanted |= Q(phone_index=vault.blind(phones.clean(word), context=PHONE))
    return wanted
