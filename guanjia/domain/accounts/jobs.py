"""Tidying: what has had its time is deleted. Safe to repeat; nothing here decides who may sign in."""

from __future__ import annotations

from datetime import datetime, timedelta

from guanjia.domain.accounts import rules
from guanjia.domain.accounts.models import Bucket, PhoneCode, Session

KEEP_CODES = timedelta(days=2)  # longer than the longest window that counts them


def sweep(*, at: datetime) -> int:
    """Delete sessions past their end, codes that no limit counts any more, and failures that are forgotten. Return how many."""
    count = 0
    for old in (
        Session.objects.filter(expire_date__lt=at),
        PhoneCode.objects.filter(sent_at__lt=at - KEEP_CODES),
        Bucket.objects.filter(failed_at__lt=at - rules.FORGET_FAILURES_AFTER - rules.LONGEST_WAIT),
    ):
        count += old.delete()[0]
    return count
