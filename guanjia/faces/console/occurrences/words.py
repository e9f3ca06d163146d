"""Occurrences in the words of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from guanjia.domain.standards.queries import Item
from guanjia.domain.standards.rules import words
from guanjia.domain.standards.rules.cadence import Slot
from guanjia.domain.standards.rules.occurrences import Promise
from guanjia.faces.kit.environment import hm, weekday


def frequency(params: Mapping[str, str]) -> str:
    """Return how often, in a few characters."""
    return words.frequency(params)


def named(promise: Promise) -> str:
    """Return code and subject in one line."""
    return f"{promise.code} {promise.subject}"


def until(slot: Slot, today: date) -> str:
    """Return until when an occurrence may be done without being missed, as one says it today."""
    ended = slot.period_ended
    if slot.ended - slot.began < 1440 or not slot.whole_days:
        begins, ends = hm(slot.period_began), hm(ended)
        return f"{begins}–{ends}" if slot.suggested_on == today else f"{slot.suggested_on:%m-%d} {begins}–{ends}"
    last = (ended - timedelta(seconds=1)).date()
    if slot.minute >= 0:
        return _("%(time)s 前后") % {"time": f"{slot.minute // 60:02d}:{slot.minute % 60:02d}"}
    if last == today:
        return _("今天")
    if 0 < (last - today).days < 7:
        return _("%(weekday)s止") % {"weekday": weekday(last)}
    return _("%(day)s 止") % {"day": f"{last:%m-%d}" if last.year == today.year else f"{last:%Y-%m-%d}"}


def turn(item: Item) -> str:
    """Return which of several occurrences of the period it is; nothing for the only one."""
    return _("第 %(k)d / %(n)d 次") % {"k": item.slot.k, "n": item.slot.n} if item.slot.n > 1 else ""
