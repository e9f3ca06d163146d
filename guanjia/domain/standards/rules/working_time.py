"""Working time: how much of it lies between two instants, and when a given amount of it has passed.

Pure arithmetic on the opening hours of each day in Asia/Shanghai. Intervals are `[began, ended)`; amounts are exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from guanjia.kernel.periods import SHANGHAI
from guanjia.kernel.workdays import Workdays

Windows = tuple[tuple[int, int], ...]
ALL_DAY: Windows = ((0, 1440),)
_SEARCH_DAYS = 750
_ZERO = timedelta()


class NeverOpen(ValueError):
    """The hours leave no working time in two years, so an amount of it never passes."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours by weekday from Monday, in minutes of the day, each day's windows in order and apart.

    Without `workdays` only the weekday counts. With it, a public holiday has the windows of `on_holiday`, and a Saturday or Sunday
    that is worked in exchange has its own windows, or Monday's when it has none. Raises workdays.UnknownYear then.
    """

    weekly: tuple[Windows, ...] = (ALL_DAY,) * 7
    workdays: Workdays | None = None
    on_holiday: Windows = ()

    @property
    def always(self) -> bool:
        return self.workdays is None and all(windows == ALL_DAY for windows in self.weekly)

    def windows(self, day: date) -> Windows:
        """Return the windows of one day."""
        usual = self.weekly[day.weekday()]
        if self.workdays is None:
            return usual
        if self.workdays.worked(day):
            return usual or (self.weekly[0] if day.weekday() >= 5 else ())
        holiday = day.weekday() < 5 or day in self.workdays.overrides or bool(self.workdays.holiday_name(day))
        return self.on_holiday if holiday else usual


ALWAYS = Hours()


def business_hours(workdays: Workdays | None, *windows: tuple[int, int]) -> Hours:
    """Return hours with these windows on Monday to Friday and none at the weekend."""
    return Hours((windows,) * 5 + ((),) * 2, workdays)


def worked(hours: Hours, began_at: datetime, ended_at: datetime) -> timedelta:
    """Return the working time in `[began_at, ended_at)`; nothing when the end is not after the beginning."""
    began, ended = _local(began_at), _local(ended_at)
    if ended <= began:
        return _ZERO
    if hours.always:
        return ended - began
    total = _ZERO
    for opened, closed in _open(hours, began, ended):
        total += closed - opened
    return total


def advance(hours: Hours, began_at: datetime, amount: timedelta) -> datetime:
    """Return the first instant at which `amount` of working time has passed since `began_at`.

    An amount that ends with a window is up when the window closes, not when the next one opens. Raises NeverOpen.
    """
    cursor = _local(began_at)
    if amount <= _ZERO:
        return began_at
    if hours.always:
        return (cursor + amount).replace(tzinfo=SHANGHAI)
    for opened, closed in _open(hours, cursor, cursor + timedelta(_SEARCH_DAYS) + 4 * amount):
        if closed - opened >= amount:
            return (opened + amount).replace(tzinfo=SHANGHAI)
        amount -= closed - opened
    raise NeverOpen("no working time in the next two years")


def _open(hours: Hours, began: datetime, ended: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the open stretches of `[began, ended)` in order, in local time."""
    midnight = began.replace(hour=0, minute=0, second=0, microsecond=0)
    while midnight < ended:
        for first, last in hours.windows(midnight.date()):
            opened = max(began, midnight + timedelta(minutes=first))
            closed = min(ended, midnight + timedelta(minutes=last))
            if opened < closed:
                yield opened, closed
        midnight += timedelta(1)


def _local(at: datetime) -> datetime:
    return at.astimezone(SHANGHAI).replace(tzinfo=None)


def merged(spans: Sequence[tuple[datetime, datetime | None]]) -> list[tuple[datetime, datetime | None]]:
    """Return the spans in order with those that touch or overlap made one; an open end swallows what follows."""
    result: list[tuple[datetime, datetime | None]] = []
    for began, ended in sorted(spans, key=lambda span: span[0]):
        if result and (result[-1][1] is None or began <= result[-1][1]):
            before = result[-1]
            result[-1] = (before[0], None if before[1] is None or ended is None else max(before[1], ended))
        else:
            result.append((began, ended))
    return result
