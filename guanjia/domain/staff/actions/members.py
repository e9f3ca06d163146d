"""Members come, hold posts over a scope, and leave."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from guanjia.domain.accounts import actions as accounts
from guanjia.domain.staff.actions.posts import HoldsNothing, NotHeld, held_over
from guanjia.domain.staff.events import Appointed, AppointmentEnded, MemberChanged, MemberJoined, MemberLeft
from guanjia.domain.staff.models import Appointment, Deputyship, Member, Post, Stewardship
from guanjia.domain.staff.permissions import EDIT
from guanjia.domain.staff.queries.members import PHONE
from guanjia.domain.staff.rules.scopes import Scope
from guanjia.domain.staff.states import PostKind
from guanjia.kernel import names, phones, vault
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise

if TYPE_CHECKING:
    from guanjia.domain.accounts.models import User
    from guanjia.domain.estate.models import Branch, Company, Estate, Place


class NumberTaken(Refusal):
    code, field = "number_taken", "number"


class HasLogin(Refusal):
    code, field = "has_login", "login"


class HasLeft(Refusal):
    code = "has_left"


class HasAccount(Refusal):
    code, field = "has_account", "user"


class AlreadyHeld(Refusal):
    code, field = "already_held", "post"


class AnotherCompany(Refusal):
    code = "another_company"


class BackToFront(Refusal):
    """The end lies before the beginning."""

    code, field = "back_to_front", "ended_on"


@transaction.atomic
def join(
    company: Company,
    *,
    number: str,
    name: str,
    hired_on: date,
    phone: str = "",
    sex: str = "",
    born_on: date | None = None,
    user: User | None = None,
    actor: Actor,
    at: datetime,
) -> Member:
    """Register somebody who works for the company. Clause: A-108, D-100. Raises NotAllowed, NumberTaken, BadName, BadPhone."""
    actor.require(EDIT, Scope(company.pk))
    number = number.strip()
    _free(company.pk, number)
    member = Member.objects.create(
        company=company, user=user, number=number, hired_on=hired_on, sex=sex, born_on=born_on, **names.columns(name), **_phone(phone)
    )
    announce(MemberJoined(member.pk), about=member, actor=actor, at=at)
    return member


@transaction.atomic
def change_member(
    member: Member,
    *,
    number: str,
    name: str,
    phone: str,
    hired_on: date | None,
    sex: str = "",
    born_on: date | None = None,
    seen: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Correct a member's own facts. Raises NotAllowed, NumberTaken, BadName, BadPhone, Stale."""
    actor.require(EDIT, member)
    number = number.strip()
    if number != member.number:
        _free(member.company_id, number)
    facts: dict[str, Any] = {"number": number, "hired_on": hired_on, "sex": sex, "born_on": born_on, **names.columns(name), **_phone(phone)}
    fields = sorted(field for field, value in facts.items() if getattr(member, field) != value)
    revise(member, seen=seen, **facts)
    announce(MemberChanged(member.pk, fields), about=member, actor=actor, at=at)


@transaction.atomic
def tie_account(member: Member, *, user: User, seen: int, actor: Actor, at: datetime) -> None:
    """Let a member sign in with an account that was opened for him, as those who came by a workbook need.

    Raises NotAllowed, HasLeft, HasAccount, Stale.
    """
    actor.require(EDIT, member)
    if member.left_on is not None:
        raise HasLeft(_("%(name)s 已登记离职") % {"name": member.name})
    if member.user_id is not None or Member.objects.filter(user_id=user.pk).exists():
        raise HasAccount(_("员工或账号已经绑定过了"))
    revise(member, seen=seen, user_id=user.pk)
    announce(MemberChanged(member.pk, ["user"]), about=member, actor=actor, at=at)


@transaction.atomic
def give_login(member: Member, *, login: str, password: str, seen: int, actor: Actor, at: datetime) -> None:
    """Open an account for a member; the lent password must be changed at the first sign-in.

    Raises NotAllowed, HasLogin, HasLeft, LoginTaken, WeakPassword, Stale.
    """
    actor.require(EDIT, Scope(member.company_id))
    if member.user_id is not None:
        raise HasLogin(_("%(name)s 已有登录账号") % {"name": member.name})
    if member.left_on is not None:
        raise HasLeft(_("%(name)s 已登记离职") % {"name": member.name})
    user = accounts.open_account(login=login, name=member.name, password=password, actor=actor, at=at)
    revise(member, seen=seen, user=user)
    announce(MemberChanged(member.pk, ["user"]), about=member, actor=actor, at=at)


@transaction.atomic
def leave(member: Member, *, left_on: date, seen: int, actor: Actor, at: datetime) -> None:
    """Let a member go: from that day on he holds no post, deputises for nobody, has no deputy and no grid.

    Raises NotAllowed, HasLeft, BackToFront, Stale.
    """
    actor.require(EDIT, member)
    if member.left_on is not None:
        raise HasLeft(_("%(name)s 已登记离职") % {"name": member.name})
    if member.hired_on is not None and left_on < member.hired_on:
        raise BackToFront(_("离职日期不能早于入职日期"), field="left_on")
    revise(member, seen=seen, left_on=left_on)
    for rows in (Appointment.objects.filter(member=member), Stewardship.objects.filter(member=member)):
        _cut(rows, left_on)
    _cut(Deputyship.objects.filter(Q(member=member) | Q(deputy=member)), left_on)
    announce(MemberLeft(member.pk, left_on), about=member, actor=actor, at=at)


@transaction.atomic
def appoint(
    member: Member,
    *,
    post: Post,
    began_on: date,
    ended_on: date | None = None,
    branch: Branch | None = None,
    estate: Estate | None = None,
    place: Place | None = None,
    actor: Actor,
    at: datetime,
) -> Appointment:
    """Give a member a post over a scope: a place subtree, else an estate, else a branch, else the whole company.

    One member may hold several posts, part-time duties too. Nobody gives what he does not hold over that scope himself.

    Clause: D-173, E-006. Raises NotAllowed, NotHeld, HoldsNothing, HasLeft, AlreadyHeld, AnotherCompany, BackToFront.
    """
    where = _scope(member.company_id, branch, estate, place)
    actor.require(EDIT, where)
    if post.kind != PostKind.POST:
        raise HoldsNothing(_("「%(post)s」不是岗位，不能任命") % {"post": post.name})
    if not held_over(post.permissions, actor, where):
        raise NotHeld(_("您只能任命权限不超过自己的岗位"), field="post")
    if post.company_id != member.company_id:
        raise AnotherCompany(_("岗位与员工不属于同一家公司"), field="post")
    if member.left_on is not None and member.left_on <= began_on:
        raise HasLeft(_("%(name)s 已登记离职") % {"name": member.name})
    if ended_on is not None and ended_on < began_on:
        raise BackToFront(_("结束日期不能早于开始日期"))
    same = Appointment.objects.filter(member=member, post=post, branch=branch, estate=estate, place=place)
    same = same.filter(Q(ended_on=None) | Q(ended_on__gt=began_on))
    if (same if ended_on is None else same.filter(began_on__lt=ended_on)).exists():
        raise AlreadyHeld(_("%(name)s 在这段时间已经任「%(post)s」") % {"name": member.name, "post": post.name})
    appointment = Appointment.objects.create(
        member=member, post=post, branch=branch, estate=estate, place=place, began_on=began_on, ended_on=ended_on
    )
    announce(Appointed(member.pk, appointment.pk, post.pk, began_on), about=member, actor=actor, at=at)
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, ended_on: date, actor: Actor, at: datetime) -> None:
    """Take a post from a member from a day on. Raises NotAllowed, BackToFront."""
    member = appointment.member
    actor.require(EDIT, _scope(member.company_id, appointment.branch, appointment.estate, appointment.place))
    if ended_on < appointment.began_on:
        raise BackToFront(_("结束日期不能早于开始日期"))
    Appointment.objects.filter(pk=appointment.pk).update(ended_on=ended_on)
    appointment.ended_on = ended_on
    announce(AppointmentEnded(member.pk, appointment.pk, appointment.post_id, ended_on), about=member, actor=actor, at=at)


def _scope(company_id: int, branch: Branch | None, estate: Estate | None, place: Place | None) -> Scope:
    """Return what the actor must reach. A branch counts as the whole company: its estates change."""
    for named in (branch, estate, place.estate if place is not None else None):
        if named is not None and named.company_id != company_id:
            raise AnotherCompany(_("范围不属于员工所在的公司"), field="estate")
    if place is not None:
        return Scope(company_id, place.estate_id, place.path)
    return Scope(company_id, estate.pk) if estate is not None else Scope(company_id)


def _free(company_id: int, number: str) -> None:
    if not number:
        raise NumberTaken(_("请填写工号"))
    if Member.objects.filter(company=company_id, number=number).exists():
        raise NumberTaken(_("工号 %(number)s 已经有人用") % {"number": number})


def _phone(text: str) -> dict[str, str]:
    kept = phones.clean(text) if text.strip() else ""
    return {"phone": kept, "phone_index": vault.blind(kept, context=PHONE)}


def _cut(rows: Any, day: date) -> None:
    """End what goes on after the day; what had not begun never holds."""
    rows.filter(began_on__gte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day)).update(began_on=day, ended_on=day)
    rows.filter(began_on__lt=day).filter(Q(ended_on=None) | Q(ended_on__gt=day)).update(ended_on=day)
