"""Civil periods of the business day in Asia/Shanghai, as integer day arithmetic.

A day is its proleptic ordinal (`date.toordinal()`), a civil minute is `ordinal * 1440 + minute of the day`. Weeks start on Monday,
half-months are 1–15 and 16–end. Every interval is `[began, ended)`. Working days are the business of `workdays`.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY_MINUTES = 1440
_EPOCH = datetime(1, 1, 1)  # noqa: DTZ001 civil minutes count from here
_MINUTE = timedelta(minutes=1)


class Per(StrEnum):
    """The civil period in which a promise is counted."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    HALF_MONTH = "half_month"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


MONTHS = {Per.MONTH: 1, Per.QUARTER: 3, Per.HALF_YEAR: 6, Per.YEAR: 12}


class Interval(NamedTuple):
    """Days `[began, ended)` as ordinals."""

    began: int
    ended: int

    @property
    def days(self) -> int:
        return self.ended - self.began


@lru_cache(maxsize=4096)
def month_began(month: int) -> int:
    """Return the ordinal of the first day of `month`, counted as `year * 12 + month - 1`."""
    return date(month // 12, month % 12 + 1, 1).toordinal()


def month_of(day: int) -> int:
    """Return the number of the month that holds `day`, as `year * 12 + month - 1`."""
    civil = date.fromordinal(day)
    return civil.year * 12 + civil.month - 1


def number_of(per: Per, day: int) -> int:
    """Return the number of the period that holds `day`: consecutive periods have consecutive numbers.

    An hour is numbered within its day, so for hours this is the first one of the day.
    """
    if per is Per.DAY:
        return day
    if per is Per.WEEK:
        return (day - 1) // 7  # ordinal 1 was a Monday
    if per is Per.HOUR:
        return day * 24
    if per is Per.HALF_MONTH:
        civil = date.fromordinal(day)
        return (civil.year * 12 + civil.month - 1) * 2 + (civil.day > 15)
    return month_of(day) // MONTHS[per]


def days_of(per: Per, number: int) -> Interval:
    """Return the days of the period with this number. An hour belongs to its one day."""
    if per is Per.DAY:
        return Interval(number, number + 1)
    if per is Per.WEEK:
        return Interval(number * 7 + 1, number * 7 + 8)
    if per is Per.HOUR:
        return Interval(number // 24, number // 24 + 1)
    if per is Per.HALF_MONTH:
        began = month_began(number // 2)
        return Interval(began + 15, month_began(number // 2 + 1)) if number % 2 else Interval(began, began + 15)
    months = MONTHS[per]
    return Interval(month_began(number * months), month_began((number + 1) * months))


def period_of(per: Per, day: date) -> tuple[date, date]:
    """Return the civil period `[began, ended)` that holds `day`."""
    began, ended = days_of(per, number_of(per, day.toordinal()))
    return date.fromordinal(began), date.fromordinal(ended)


def business_day(at: datetime) -> date:
    """Return the civil day in Shanghai of an aware instant."""
    return at.astimezone(SHANGHAI).date()


def midnight(day: date) -> datetime:
    """Return the instant at which `day` begins in Shanghai."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def to_minute(at: datetime) -> int:
    """Return the civil minute that holds an aware instant."""
    return (at.astimezone(SHANGHAI).replace(tzinfo=None) - _EPOCH) // _MINUTE + DAY_MINUTES


def from_minute(minute: int) -> datetime:
    """Return the aware instant at which a civil minute begins."""
    return (_EPOCH + (minute - DAY_MINUTES) * _MINUTE).replace(tzinfo=SHANGHAI)
