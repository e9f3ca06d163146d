"""Keeping accounts: sessions and devices, tokens, opening and ending."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guanjia.domain.accounts import events, ports, rules
from guanjia.domain.accounts.models import ApiToken, Device, Session, User
from guanjia.domain.accounts.permissions import MANAGE
from guanjia.kernel import permissions
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import NotAllowed, Refusal
from guanjia.kernel.events import announce

SEEN_EVERY = timedelta(seconds=60)


class LoginTaken(Refusal):
    code, field = "login_taken", "login"


class NotYours(Refusal):
    code = "not_yours"


class BadScope(Refusal):
    code, field = "bad_scope", "scopes"


class AlreadyEnded(Refusal):
    code = "already_ended"


def self_of(user: User) -> Actor:
    """Return the actor of acts on one's own account: no grants, but known to the company's log."""
    return Actor(user_id=user.pk, name=user.name, company_id=ports.employer().company_of(user.pk))


@transaction.atomic
def enter(user: User, *, door: str, by: str, device_token: str, agent: str, at: datetime) -> tuple[Device, str]:
    """Record a successful sign-in and recognise the device. Return it and the token for its cookie.

    A token that is not this user's device is answered with a new one: a borrowed phone stays two devices.
    """
    device = Device.objects.filter(user=user, digest=rules.digest(device_token), ended_at=None).first() if device_token else None
    new = device is None
    token = device_token
    if device is None:
        token = rules.new_token()
        device = Device.objects.create(user=user, digest=rules.digest(token), agent=agent[:200], began_at=at, seen_at=at)
    else:
        Device.objects.filter(pk=device.pk).update(seen_at=at, agent=agent[:200])
    announce(events.SignedIn(user.pk, door, by, new), about=user, actor=self_of(user), at=at)
    return device, token


@transaction.atomic
def leave(user: User, *, at: datetime) -> None:
    """Record a sign-out; the caller ends the session itself."""
    announce(events.SignedOut(user.pk), about=user, actor=self_of(user), at=at)


def touch(session_key: str, *, at: datetime) -> None:
    """Note that a session was used, at most once a minute."""
    Session.objects.filter(session_key=session_key, seen_at__lt=at - SEEN_EVERY).update(seen_at=at)


@transaction.atomic
def end_sessions(user: User, keys: list[str] | None = None, *, keep: str = "", actor: Actor, at: datetime) -> int:
    """End the user's sessions with these keys (as the table knows them), or all but `keep`. Return how many.

    One's own, or with accounts.manage anybody's. The next request of an ended session is a stranger's.
    """
    if actor.user_id != user.pk:
        _require_reach(actor, user.pk, at)
    found = Session.objects.filter(user=user).exclude(session_key=keep)
    if keys is not None:
        found = found.filter(session_key__in=keys)
    count, _rows = found.delete()
    if count:
        announce(events.SessionsEnded(user.pk, count), about=user, actor=actor, at=at)
    return count


@transaction.atomic
def forget_device(device: Device, *, actor: Actor, at: datetime) -> None:
    """End a device and the sessions on it; signing in there is a new device again."""
    if actor.user_id != device.user_id:
        _require_reach(actor, device.user_id, at)
    if not Device.objects.filter(pk=device.pk, ended_at=None).update(ended_at=at):
        raise AlreadyEnded(_("这台设备已经移除了"))
    Session.objects.filter(device=device).delete()
    announce(events.DeviceForgotten(device.user_id, device.pk), about=device.user, actor=actor, at=at)


@transaction.atomic
def make_token(user: User, *, name: str, scopes: list[str], days: int, actor: Actor, at: datetime) -> tuple[ApiToken, str]:
    """Make a key for programs that acts as the user within the scopes. Return it and the secret, which is shown once.

    Only for oneself, and only scopes that one holds somewhere.
    """
    if actor.user_id != user.pk:
        raise NotYours(_("令牌只能给自己生成"))
    unknown = [scope for scope in scopes if scope not in permissions.every() or not actor.may(scope)]
    if unknown or not scopes:
        raise BadScope(_("请选择自己拥有的权限"))
    if not 1 <= days <= 366:
        raise BadScope(_("有效期应为 1 到 366 天"), field="days")
    secret = f"gj_{rules.new_token()}"
    token = ApiToken.objects.create(
        user=user,
        name=name[:40],
        tail=secret[-4:],
        digest=rules.digest(secret),
        scopes=sorted(scopes),
        began_at=at,
        expires_at=at + timedelta(days=days),
    )
    announce(events.TokenMade(user.pk, token.pk, tuple(token.scopes)), about=user, actor=actor, at=at)
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, actor: Actor, at: datetime) -> None:
    """End a token at once."""
    if actor.user_id != token.user_id:
        _require_reach(actor, token.user_id, at)
    if not ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=at):
        raise AlreadyEnded(_("这个令牌已经吊销了"))
    announce(events.TokenRevoked(token.user_id, token.pk), about=token.user, actor=actor, at=at)


def touch_token(token: ApiToken, *, at: datetime) -> None:
    """Note that a token was used, at most once a minute."""
    ApiToken.objects.filter(pk=token.pk).exclude(used_at__gt=at - SEEN_EVERY).update(used_at=at)


@transaction.atomic
def open_account(*, login: str, name: str, password: str = "", lent: bool = True, actor: Actor, at: datetime, **facts: Any) -> User:
    """Open an account for a member of staff. A lent password must be changed at the first sign-in; without one nobody can sign in yet.

    Raises NotAllowed, LoginTaken, WeakPassword.
    """
    actor.require(MANAGE)
    user = User(login=rules.normal_login(login), name=name, began_at=at, **facts)
    if password:
        rules.require_strong(password, context=[login, name])
        user.set_password(password)
        user.password_set_at = at
        user.password_lent_at = at if lent else None
    else:
        user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise LoginTaken(_("账号 %(login)s 已有人用") % {"login": login}) from error
    announce(events.AccountOpened(user.pk), about=user, actor=actor, at=at)
    return user


@transaction.atomic
def lend_password(user: User, password: str, *, actor: Actor, at: datetime) -> None:
    """Set a password for somebody who forgot theirs; it must be changed at the next sign-in, and every session ends."""
    _require_reach(actor, user.pk, at)
    rules.require_strong(password, context=[user.login or "", user.name, *ports.employer().words_about(user.pk)])
    user.set_password(password)
    user.password_set_at = user.password_lent_at = at
    user.save(update_fields=["password", "password_set_at", "password_lent_at"])
    Session.objects.filter(user=user).delete()
    announce(events.PasswordLent(user.pk), about=user, actor=actor, at=at)


@transaction.atomic
def end_account(user: User, *, actor: Actor, at: datetime) -> None:
    """Disable a user: sessions and tokens end in the same transaction, so the next request is already refused."""
    _require_reach(actor, user.pk, at)
    if not User.objects.filter(pk=user.pk, ended_at=None).update(ended_at=at):
        raise AlreadyEnded(_("这个账号已经停用了"))
    user.ended_at = at
    Session.objects.filter(user=user).delete()
    ApiToken.objects.filter(user=user, ended_at=None).update(ended_at=at)
    announce(events.AccountEnded(user.pk), about=user, actor=actor, at=at)


@transaction.atomic
def restore_account(user: User, *, actor: Actor, at: datetime) -> None:
    """Let a disabled user sign in again; ended tokens stay ended."""
    _require_reach(actor, user.pk, at)
    if not User.objects.filter(pk=user.pk).exclude(ended_at=None).update(ended_at=None):
        raise AlreadyEnded(_("这个账号没有停用"))
    user.ended_at = None
    announce(events.AccountRestored(user.pk), about=user, actor=actor, at=at)


def _require_reach(actor: Actor, user_id: int, at: datetime) -> None:
    """Raise NotAllowed unless the actor manages accounts wherever the user acts, and may do there what the user may.

    Whoever resets an account could act with it. A resident is in reach where the resident is a party.
    """
    actor.require(MANAGE)
    staff = ports.employer().company_of(user_id) is not None
    within = ports.employer().reaches(actor, MANAGE, user_id, at=at) if staff else ports.residents().within_reach(actor, MANAGE, user_id)
    if not (within or actor.everything):
        raise NotAllowed(MANAGE)
