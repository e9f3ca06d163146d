"""Certificates, deputies for days off, and the stewards of grids."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.staff.actions.members import BackToFront, HasLeft
from guanjia.domain.staff.events import (
    CertificateNoted,
    CertificateRevoked,
    DeputyNamed,
    DeputyshipEnded,
    StewardNamed,
    StewardshipEnded,
)
from guanjia.domain.staff.models import Certificate, Deputyship, Member, Stewardship
from guanjia.domain.staff.permissions import DEPUTISE, EDIT
from guanjia.domain.staff.queries.actors import SHANGHAI
from guanjia.domain.staff.queries.members import appointments_of
from guanjia.domain.staff.rules.scopes import Scope
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import NotAllowed, Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Grid


class CertificateKnown(Refusal):
    code, field = "certificate_known", "number"


class DeputyAway(Refusal):
    """The deputy is off in these days himself."""

    code, field = "deputy_away", "deputy"


class DeputyNamedAlready(Refusal):
    code, field = "deputy_named_already", "began_on"


class NotYourself(Refusal):
    """Nobody takes over another's permissions by naming himself."""

    code, field = "not_yourself", "deputy"


@transaction.atomic
def note_certificate(
    member: Member,
    *,
    kind: str,
    number: str,
    issuer: str = "",
    issued_on: date | None,
    expires_on: date | None,
    actor: Actor,
    at: datetime,
) -> Certificate:
    """Put a certificate on record; `expires_on` is its last day. Clause: A-090. Raises NotAllowed, CertificateKnown, BackToFront."""
    _may_edit(member, actor, at)
    number = number.strip().upper()
    if issued_on is not None and expires_on is not None and expires_on < issued_on:
        raise BackToFront(_("有效期不能早于发证日期"), field="expires_on")
    if member.certificates.filter(kind=kind, number=number).exists():
        raise CertificateKnown(_("这张证书已经登记过"))
    made = Certificate.objects.create(
        member=member, kind=kind, number=number, issuer=issuer.strip(), issued_on=issued_on, expires_on=expires_on
    )
    announce(CertificateNoted(member.pk, made.pk), about=member, actor=actor, at=at)
    return made


@transaction.atomic
def revoke_certificate(certificate: Certificate, *, revoked_on: date, seen: int, actor: Actor, at: datetime) -> None:
    """Let a certificate count no more from a day on. Raises NotAllowed, Stale."""
    member = certificate.member
    _may_edit(member, actor, at)
    revise(certificate, seen=seen, revoked_on=revoked_on)
    announce(CertificateRevoked(member.pk, certificate.pk, revoked_on), about=member, actor=actor, at=at)


@transaction.atomic
def name_deputy(
    member: Member, *, deputy: Member, began_on: date, ended_on: date, reason: str = "", actor: Actor, at: datetime
) -> Deputyship:
    """Let a deputy act with a member's posts in the days `[began_on, ended_on)`.

    A member names his own deputy, or somebody does who may arrange deputies wherever the member holds a post.

    Raises NotAllowed, BackToFront, NotYourself, HasLeft, DeputyNamedAlready, DeputyAway.
    """
    _may_deputise(member, actor, at)
    if ended_on <= began_on:
        raise BackToFront(_("代班至少一天：结束日期要晚于开始日期"))
    if deputy.pk == member.pk:
        raise NotYourself(_("不能由本人代班"))
    if deputy.pk == actor.member_id and not actor.may(EDIT, Scope(member.company_id)):
        raise NotYourself(_("不能指定自己代班，请由上级安排"))
    if deputy.company_id != member.company_id or (deputy.left_on is not None and deputy.left_on < ended_on):
        raise HasLeft(_("%(name)s 不能在这些日子代班") % {"name": deputy.name}, field="deputy")
    in_those_days = Deputyship.objects.filter(began_on__lt=ended_on, ended_on__gt=began_on)
    if in_those_days.filter(member=member).exists():
        raise DeputyNamedAlready(_("%(name)s 在这段时间已经有人代班") % {"name": member.name})
    if in_those_days.filter(member=deputy).exists():
        raise DeputyAway(_("%(name)s 在这段时间自己也休假") % {"name": deputy.name})
    made = Deputyship.objects.create(member=member, deputy=deputy, began_on=began_on, ended_on=ended_on, reason=reason.strip())
    announce(DeputyNamed(member.pk, deputy.pk, made.pk, began_on, ended_on), about=member, actor=actor, at=at)
    return made


@transaction.atomic
def end_deputyship(deputyship: Deputyship, *, ended_on: date, actor: Actor, at: datetime) -> None:
    """End a deputyship before its day; on or before its first day it never holds. Raises NotAllowed, BackToFront."""
    member = deputyship.member
    _may_deputise(member, actor, at)
    if ended_on > deputyship.ended_on:
        raise BackToFront(_("只能提前结束；要延长请另外安排一段"))
    began_on = min(deputyship.began_on, ended_on)
    Deputyship.objects.filter(pk=deputyship.pk).update(began_on=began_on, ended_on=ended_on)
    deputyship.began_on, deputyship.ended_on = began_on, ended_on
    announce(DeputyshipEnded(member.pk, deputyship.deputy_id, deputyship.pk, ended_on), about=member, actor=actor, at=at)


@transaction.atomic
def name_steward(grid: Grid, *, member: Member, began_on: date, actor: Actor, at: datetime) -> Stewardship:
    """Make a member the steward of a grid from a day on; the one before him ends on that day.

    Clause: D-016, D-113, D-114. Raises NotAllowed, HasLeft, BackToFront.
    """
    actor.require(EDIT, grid)
    if member.company_id != grid.estate.company_id or (member.left_on is not None and member.left_on <= began_on):
        raise HasLeft(_("%(name)s 不能任这个网格的管家") % {"name": member.name}, field="member")
    present = Stewardship.objects.filter(estate_id=grid.estate_id, grid=grid, ended_on=None).first()
    if present is not None:
        if present.began_on > began_on:
            raise BackToFront(_("现任管家 %(day)s 才上任，不能早于这一天") % {"day": present.began_on}, field="began_on")
        if present.member_id == member.pk:
            return present
        _end(present, began_on, actor, at)
    made = Stewardship.objects.create(estate_id=grid.estate_id, grid=grid, member=member, began_on=began_on)
    announce(StewardNamed(grid.pk, member.pk, began_on), about=grid, actor=actor, at=at)
    return made


@transaction.atomic
def end_stewardship(stewardship: Stewardship, *, ended_on: date, actor: Actor, at: datetime) -> None:
    """Leave a grid without a steward from a day on. Raises NotAllowed, BackToFront."""
    actor.require(EDIT, stewardship.grid)
    if ended_on < stewardship.began_on:
        raise BackToFront(_("结束日期不能早于开始日期"))
    _end(stewardship, ended_on, actor, at)


def _end(stewardship: Stewardship, ended_on: date, actor: Actor, at: datetime) -> None:
    Stewardship.objects.filter(pk=stewardship.pk).update(ended_on=ended_on)
    stewardship.ended_on = ended_on
    announce(StewardshipEnded(stewardship.grid_id, stewardship.member_id, ended_on), about=stewardship.grid, actor=actor, at=at)


def _may_edit(member: Member, actor: Actor, at: datetime) -> None:
    """Over the company, or over every place where the member holds a post today."""
    if not actor.may(EDIT, member):
        _everywhere(member, actor, at, EDIT)


def _may_deputise(member: Member, actor: Actor, at: datetime) -> None:
    if actor.member_id != member.pk:
        _everywhere(member, actor, at, DEPUTISE)


def _everywhere(member: Member, actor: Actor, at: datetime, permission: str) -> None:
    if actor.may(permission, Scope(member.company_id)):
        return
    held = list(appointments_of(member, on=at.astimezone(SHANGHAI).date()))
    scopes = [
        Scope(member.company_id, each.place.estate_id, each.place.path)
        if each.place is not None
        else Scope(member.company_id, each.estate_id)
        for each in held
        if each.branch_id is None
    ]
    if not scopes or len(scopes) < len(held) or not all(actor.may(permission, scope) for scope in scopes):
        raise NotAllowed(permission)
