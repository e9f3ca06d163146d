"""Signing in with a login and a password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.accounts import events, ports, rules
from guanjia.domain.accounts.actions import buckets
from guanjia.domain.accounts.actions.upkeep import self_of
from guanjia.domain.accounts.models import Device, Session, User
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce


class WrongPassword(Refusal):
    code = "wrong_password"


@dataclass(frozen=True)
class Recognised:
    """Whose password it was, and what is still to be done before or after going in."""

    user: User
    second_factor: bool  # ask for it before going in
    must: str  # "" or what the person must do first once inside: "password", "second-factor"


def sign_in(*, login: str, password: str, address: str, device_token: str = "", at: datetime) -> Recognised:
    """Return whose login and password these are.

    Not atomic on purpose: a failure must stay counted although the caller is refused. A device that this account has
    signed in from before has its own bucket, so that strangers who guess cannot keep its owner waiting. An unknown login
    costs the same time and gives the same answer as a wrong password.

    Raises WrongPassword, TooSoon.
    """
    login = rules.normal_login(login)
    user = User.objects.filter(login=login, ended_at=None).first()
    known = user is not None and device_token and _is_device_of(user, device_token)
    own = buckets.key("device", rules.digest(device_token)) if known else buckets.key("login", login)
    paid = {own: rules.FREE_FAILURES_OF_ACCOUNT, buckets.key("address", address): rules.FREE_FAILURES_OF_ADDRESS}
    failures = buckets.pay(paid, at=at)
    if user is None:
        User().set_password(password)  # the same work as a comparison
        raise WrongPassword(_("账号或密码不对"))
    if not user.check_password(password):
        if failures == rules.FREE_FAILURES_OF_ACCOUNT:
            with transaction.atomic():
                announce(events.SignInSlowedDown(user.pk, failures), about=user, actor=self_of(user), at=at)
        raise WrongPassword(_("账号或密码不对"))
    buckets.give_back(paid, at=at, forget=own)
    has_second = user.totp_since is not None
    must = "password" if user.password_lent_at else ""
    if not must and not has_second and ports.employer().asks_second_factor(user.pk, at=at):
        must = "second-factor"
    return Recognised(user, has_second, must)


@transaction.atomic
def change_password(user: User, *, old_password: str, new_password: str, keep: str = "", actor: Actor, at: datetime) -> None:
    """Change one's own password and end one's other sessions. Raises WrongPassword, WeakPassword."""
    if not user.check_password(old_password):
        raise WrongPassword(_("现在的密码不对"), field="old_password")
    if old_password == new_password:
        raise rules.WeakPassword(_("新密码和现在的一样"))
    rules.require_strong(new_password, context=[user.login or "", user.name, *ports.employer().words_about(user.pk)])
    user.set_password(new_password)
    user.password_set_at, user.password_lent_at = at, None
    user.save(update_fields=["password", "password_set_at", "password_lent_at"])
    Session.objects.filter(user=user).exclude(session_key=keep).delete()
    announce(events.PasswordChanged(user.pk), about=user, actor=actor, at=at)


def _is_device_of(user: User, device_token: str) -> bool:
    return Device.objects.filter(user=user, digest=rules.digest(device_token), ended_at=None).exists()
