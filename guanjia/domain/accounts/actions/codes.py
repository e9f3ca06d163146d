"""Residents sign in with their phone and a code of six digits that is sent to it.

Whatever number is given, the answers are the same: nobody learns from this page who lives here. A row is written for
unknown numbers too, and counts against the same limits.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from guanjia.domain.accounts import events, ports, rules
from guanjia.domain.accounts.actions import buckets
from guanjia.domain.accounts.actions.buckets import TooSoon
from guanjia.domain.accounts.actions.second_factor import WrongCode
from guanjia.domain.accounts.models import Bucket, PhoneCode, User
from guanjia.kernel import vault
from guanjia.kernel.actor import Actor
from guanjia.kernel.events import announce

logger = logging.getLogger(__name__)
PHONE_CONTEXT = "accounts.User.phone"


def send_code(*, phone: str, address: str, at: datetime) -> None:
    """Send a fresh code to the phone if somebody behind it may sign in; the former one is void. Raises BadPhone, TooSoon.

    The code is committed before it is sent: a code that arrives is one that works.
    """
    phone = rules.mobile(phone)
    code = rules.new_code()
    with transaction.atomic():
        phone_index, address_index = _index(phone), vault.blind(address, context="accounts.address")
        _take_turn(phone_index, at)
        _take_turn(address_index, at)
        _require_free(PhoneCode.objects.filter(phone_index=phone_index), rules.CODE_LIMITS_OF_PHONE, at)
        _require_free(PhoneCode.objects.filter(address_index=address_index), rules.CODE_LIMITS_OF_ADDRESS, at)
        PhoneCode.objects.create(
            phone_index=phone_index,
            address_index=address_index,
            digest=rules.digest(code, key=phone_index),
            sent_at=at,
            expires_at=at + rules.CODE_LIFE,
        )
        known = _may_sign_in(phone, phone_index, at)
    if known:
        try:
            ports.sender()(phone, code)
        except OSError:
            logger.exception("a sign-in code could not be sent")


def sign_in_by_code(*, phone: str, code: str, at: datetime) -> User:
    """Return the user behind the phone; the first time an account is opened for them. Not atomic: tries stay counted.

    Raises BadPhone, WrongCode.
    """
    phone = rules.mobile(phone)
    phone_index = _index(phone)
    sent = PhoneCode.objects.filter(phone_index=phone_index).order_by("-sent_at", "-pk").first()
    if sent is None or sent.expires_at <= at or sent.used_at is not None:
        raise WrongCode(_("验证码不对或已过期，请重新获取"))
    if not PhoneCode.objects.filter(pk=sent.pk, tries__lt=rules.CODE_TRIES, used_at=None).update(tries=F("tries") + 1):
        raise WrongCode(_("试了太多次，请重新获取验证码"))
    right = rules.same(sent.digest, rules.digest("".join(code.split()), key=phone_index))
    with transaction.atomic():
        name = ports.residents().name_behind(phone, at=at)
        if not right or name is None or not PhoneCode.objects.filter(pk=sent.pk, used_at=None).update(used_at=at):
            raise WrongCode(_("验证码不对或已过期，请重新获取"))
        user = _user_of(phone, phone_index, name, at)
        ports.residents().bind(phone, user_id=user.pk, at=at)
    return user


def _user_of(phone: str, phone_index: str, name: str, at: datetime) -> User:
    user = User.objects.filter(phone_index=phone_index).first()
    if user is not None:
        if user.ended_at is not None:
            raise WrongCode(_("验证码不对或已过期，请重新获取"))
        return user
    user = User(name=name, phone=phone, phone_index=phone_index, began_at=at)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        return User.objects.get(phone_index=phone_index)
    announce(events.AccountOpened(user.pk), about=user, actor=Actor(user_id=user.pk, name=name), at=at)
    return user


def _may_sign_in(phone: str, phone_index: str, at: datetime) -> bool:
    ended = User.objects.filter(phone_index=phone_index).exclude(ended_at=None).exists()
    return ports.residents().name_behind(phone, at=at) is not None and not ended


def _index(phone: str) -> str:
    return vault.blind(phone, context=PHONE_CONTEXT)


def _take_turn(index: str, at: datetime) -> None:
    """Let two requests for one number follow each other: the second sees what the first has sent."""
    name = buckets.key("codes", index)
    Bucket.objects.bulk_create([Bucket(key=name, failed_at=at, free_at=at)], ignore_conflicts=True)
    Bucket.objects.filter(key=name).update(failed_at=at)


def _require_free(sent: object, limits: tuple[tuple[timedelta, int], ...], at: datetime) -> None:
    longest = max(window for window, _most in limits)
    moments = sent.filter(sent_at__gt=at - longest).values_list("sent_at", flat=True)  # type: ignore[attr-defined]
    allowed = rules.next_allowed(moments, limits, at)
    if allowed > at:
        raise TooSoon(allowed - at)
