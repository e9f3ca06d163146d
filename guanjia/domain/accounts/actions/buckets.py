"""Waiting after failures, counted in the database so that every process of every node sees the same.

A try is paid for *before* the secret is looked at, in a transaction of its own: of a thousand tries that arrive together
only those get through that the bucket allows. A try that comes too early changes nothing, so waiting is never prolonged
by others' knocking.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from guanjia.domain.accounts import rules
from guanjia.domain.accounts.models import Bucket
from guanjia.kernel import vault
from guanjia.kernel.errors import Refusal


class TooSoon(Refusal):
    code = "too_soon"
    status = 429

    def __init__(self, wait: timedelta) -> None:
        seconds = max(1, ceil(wait.total_seconds()))
        if seconds < 60:
            super().__init__(_("试得太多了，请 %(seconds)d 秒后再试") % {"seconds": seconds})
        else:
            super().__init__(_("试得太多了，请 %(minutes)d 分钟后再试") % {"minutes": ceil(seconds / 60)})
        self.seconds = seconds


def key(kind: str, value: object) -> str:
    """Return the key of a bucket: a blind index, so that the table tells nobody's login or address."""
    return vault.blind(f"{kind}:{value}", context="accounts.Bucket")


def pay(buckets: dict[str, int], *, at: datetime) -> int:
    """Count one try in every bucket (key → free failures) and return the highest count; raise TooSoon when one is not free yet."""
    worst = 0
    with transaction.atomic():
        for name, free in sorted(buckets.items()):
            worst = max(worst, _pay_one(name, free, at))
    return worst


def give_back(buckets: dict[str, int], *, at: datetime, forget: str) -> None:
    """After a success: forget the failures of one bucket, and take this try back from the others."""
    with transaction.atomic():
        Bucket.objects.filter(key=forget).delete()
        Bucket.objects.filter(key__in=buckets.keys() - {forget}, failures__gt=0).update(failures=F("failures") - 1, free_at=at)


def _pay_one(name: str, free: int, at: datetime) -> int:
    Bucket.objects.bulk_create([Bucket(key=name, failures=0, failed_at=at, free_at=at)], ignore_conflicts=True)
    for _attempt in range(3):
        bucket = Bucket.objects.get(key=name)
        if bucket.free_at > at:
            raise TooSoon(bucket.free_at - at)
        failures = 1 if bucket.failed_at < at - rules.FORGET_FAILURES_AFTER else bucket.failures + 1
        facts = {"failures": failures, "failed_at": at, "free_at": at + rules.wait_after(failures, free=free)}
        if Bucket.objects.filter(key=name, failures=bucket.failures, free_at__lte=at).update(**facts):
            return failures
    raise TooSoon(timedelta(seconds=1))
