"""The second factor: six digits of an authenticator app, or one of ten recovery codes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.accounts import events, ports, rules
from guanjia.domain.accounts.actions import buckets
from guanjia.domain.accounts.actions.passwords import WrongPassword
from guanjia.domain.accounts.actions.upkeep import self_of
from guanjia.domain.accounts.models import RecoveryCode, User
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce


class WrongCode(Refusal):
    code, field = "wrong_code", "code"


class Demanded(Refusal):
    code = "demanded"


def prove_second_factor(user: User, said: str, *, at: datetime) -> str:
    """Accept a code of the app or a recovery code, each once; return "app" or "recovery". Not atomic: failures stay counted.

    Raises WrongCode, TooSoon.
    """
    own = buckets.key("second", user.pk)
    paid = {own: rules.FREE_FAILURES_OF_ACCOUNT}
    buckets.pay(paid, at=at)
    step = rules.totp_step(user.totp_secret, said, at) if user.totp_since else None
    # a code works once, even if it is sent twice at the same moment
    if step is not None and User.objects.filter(pk=user.pk, totp_step__lt=step).update(totp_step=step):
        buckets.give_back(paid, at=at, forget=own)
        return "app"
    with transaction.atomic():
        digest = rules.digest(rules.bare_recovery_code(said), key=str(user.pk))
        if RecoveryCode.objects.filter(user=user, digest=digest, used_at=None).update(used_at=at):
            left = RecoveryCode.objects.filter(user=user, used_at=None).count()
            announce(events.RecoveryCodeUsed(user.pk, left), about=user, actor=self_of(user), at=at)
            buckets.give_back(paid, at=at, forget=own)
            return "recovery"
    raise WrongCode(_("验证码不对。请用手机上现在显示的 6 位数字"))


@transaction.atomic
def begin_second_factor(user: User) -> str:
    """Return the secret to be enrolled, the same until it is confirmed. It is asked of nobody yet."""
    if user.totp_since is None and not user.totp_secret:
        user.totp_secret = rules.new_totp_secret()
        user.save(update_fields=["totp_secret"])
    return str(user.totp_secret)


@transaction.atomic
def confirm_second_factor(user: User, code: str, *, actor: Actor, at: datetime) -> list[str]:
    """Put the enrolled secret into force once the app shows the right code. Return ten recovery codes, shown once."""
    step = rules.totp_step(user.totp_secret, code, at) if user.totp_secret else None
    if step is None:
        raise WrongCode(_("验证码不对。请确认手机时间准确，再输入现在显示的 6 位数字"))
    if not User.objects.filter(pk=user.pk, totp_since=None).update(totp_since=at, totp_step=step):
        raise WrongCode(_("两步验证已经启用了"))
    user.totp_since, user.totp_step = at, step
    announce(events.SecondFactorSet(user.pk), about=user, actor=actor, at=at)
    return _new_codes(user)


@transaction.atomic
def make_recovery_codes(user: User, *, password: str, actor: Actor, at: datetime) -> list[str]:
    """Replace all recovery codes by ten new ones, shown once. Raises WrongPassword."""
    if not user.check_password(password):
        raise WrongPassword(_("密码不对"), field="password")
    announce(events.RecoveryCodesMade(user.pk), about=user, actor=actor, at=at)
    return _new_codes(user)


@transaction.atomic
def remove_second_factor(user: User, *, password: str, actor: Actor, at: datetime) -> None:
    """Switch the second factor off, unless one of the person's posts asks for it. Raises WrongPassword, Demanded."""
    if not user.check_password(password):
        raise WrongPassword(_("密码不对"), field="password")
    if ports.employer().asks_second_factor(user.pk, at=at):
        raise Demanded(_("你的岗位要求两步验证，不能关闭。换手机时请先用恢复码登录，再重新绑定"))
    _clear(user)
    announce(events.SecondFactorRemoved(user.pk), about=user, actor=actor, at=at)


def _new_codes(user: User) -> list[str]:
    codes = rules.new_recovery_codes()
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(user=user, digest=rules.digest(rules.bare_recovery_code(code), key=str(user.pk))) for code in codes]
    )
    return codes


def _clear(user: User) -> None:
    RecoveryCode.objects.filter(user=user).delete()
    user.totp_secret, user.totp_since = "", None
    user.save(update_fields=["totp_secret", "totp_since"])
