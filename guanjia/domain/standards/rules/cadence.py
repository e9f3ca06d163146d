"""When a cadence clause makes work fall due: the civil periods, the quota of each and the day that is suggested for it.

Pure integer arithmetic on days (`kernel.periods`), computed once per clause and joined to targets elsewhere. Nothing here knows
who does the work, what was done, or since when the clause is in force. An occurrence belongs to its suggested day: a plan change,
a new target or a queried interval takes in exactly the occurrences whose suggested day lies inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from guanjia.kernel.periods import DAY_MINUTES, Interval, Per, days_of, from_minute, month_began, month_of, number_of
from guanjia.kernel.workdays import Workdays

MIDDLE = 500
_new = tuple.__new__  # a slot is made tens of thousands of times
SEASONS: Mapping[str, frozenset[int]] = {"winter": frozenset({12, 1, 2}), "rainy": frozenset({6, 7, 8, 9})}
# fmt: off
KEYS = frozenset([
    "times", "per", "at_least", "every", "months", "season", "due_day", "at", "weekdays", "working_days", "after_days", "coverage",
    "hours", "hours_per_shift", "rotation", "interval", "trigger", "before", "movein_on", "duration_months", "schedule", "timing",
])
# fmt: on


class BadCadence(ValueError):
    """The parameters do not say when the clause is due. `key` names the parameter that must be set or mended."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


class OpenCadence(BadCadence):
    """The document says 定期 without a number and the plan has not set one. An error, never "never due"."""


class Slot(NamedTuple):
    """One occurrence of a clause before it is joined to a target: the `k`-th of `n` in the period `[began, ended)`.

    `began` and `ended` are civil minutes, `day` is the ordinal of the suggested day, `minute` the suggested minute of it or -1.
    """

    began: int
    ended: int
    k: int
    n: int
    day: int
    minute: int = -1

    @property
    def period_began(self) -> datetime:
        return from_minute(self.began)

    @property
    def period_ended(self) -> datetime:
        return from_minute(self.ended)

    @property
    def suggested_on(self) -> date:
        return date.fromordinal(self.day)

    @property
    def whole_days(self) -> bool:
        """Tell whether the period begins and ends at midnight."""
        return self.began % DAY_MINUTES == 0 and self.ended % DAY_MINUTES == 0


@dataclass(frozen=True, slots=True)
class Cadence:
    """`times` per civil period, or `after_days` since the last completion, or never by itself (`irregular`).

    `at_least` admits more than the quota. `every` takes each k-th period only. `months` narrows a period longer than a month to these
    months (a winter that crosses the year belongs to the year in which it begins) and lets shorter ones count only inside them.
    `due_day` ends the period after that many of its days, at its end at the latest. `shifts` are the minutes at which the duty of a
    24-hour `coverage` changes hands. `hours` is a band of the day that may cross midnight; its night belongs to the day it began. `once` is
    a single interval of days.
    """

    times: int = 1
    per: Per | None = None
    at_least: bool = False
    every: int = 1
    months: frozenset[int] = frozenset()
    due_day: int = 0
    at_times: tuple[int, ...] = ()
    weekdays: frozenset[int] = frozenset()
    working_days_only: bool = False
    after_days: int = 0
    coverage: bool = False
    shifts: tuple[int, ...] = (0,)
    hours: tuple[int, int] | None = None
    at_end: bool = False
    rotation: tuple[str, ...] = ()
    once: Interval | None = None
    trigger: str = ""

    @property
    def irregular(self) -> bool:
        """Tell whether nothing falls due by itself: 不定期 or started by an event, recorded when done."""
        return self.per is None and not self.after_days and not self.coverage and self.once is None

    @property
    def picky(self) -> bool:
        """Tell whether some days of a period are no days to suggest."""
        return bool(self.weekdays) or self.working_days_only

    @classmethod
    def from_params(cls, params: Mapping[str, str], seasons: Mapping[str, frozenset[int]] = SEASONS) -> Cadence:
        """Read the `params` of a cadence clause; keys that do not concern time are left alone.

        Raises OpenCadence when the number that the document leaves open is not set, BadCadence when a value cannot be read.
        """
        coverage = "coverage" in params or "rotation" in params
        at_times = tuple(sorted(_clock_time(part) for part in _parts(params.get("at", ""))))
        after_days = _number(params, "after_days", 0, 3650)
        interval = params.get("interval", "")
        per, times = _per(params, "per"), _number(params, "times", 0, 1000)
        if interval not in {"", "configurable", "irregular"}:
            if interval.endswith("d") and interval[:-1].isdigit():
                after_days = int(interval[:-1])
            else:
                per, times = _per(params, "interval"), times or 1
        if at_times and not coverage:
            per, times = per or Per.DAY, times or len(at_times)
            if per is not Per.DAY or times != len(at_times):
                raise BadCadence("at", _("固定时刻的个数必须等于每天的次数"))
        trigger = params.get("trigger", "") or ("" if times or per else params.get("before", ""))
        if "movein_on" in params and not times:
            return cls(once=_before(params))
        if not (coverage or after_days or (per and times)):
            if "schedule" in params:
                raise OpenCadence("at", _("原文只说按规定时间，请填写具体时刻，例如 at=06:00,18:30"))
            if trigger or interval == "irregular":
                return cls(trigger=trigger or "irregular")
            if interval == "configurable":
                raise OpenCadence("interval", _("原文只说“定期”，请填写次数和周期，例如 times=1;per=month"))
            raise BadCadence("per" if times else "times", _("缺少次数或周期，例如 times=1;per=week"))
        if after_days and per:
            raise BadCadence("after_days", _("“距上次多少天”与“每周期几次”只能选一种"))
        return cls(
            times=1 if coverage or after_days else times,
            per=None if coverage or after_days else per,
            at_least=params.get("at_least", "") not in {"", "0"},
            every=_number(params, "every", 1, 1000),
            months=_months(params, seasons),
            due_day=_number(params, "due_day", 0, 366),
            at_times=() if coverage else at_times,
            weekdays=frozenset(_range(params.get("weekdays", ""), 1, 7, "weekdays")),
            working_days_only=params.get("working_days", "") not in {"", "0"},
            after_days=after_days,
            coverage=coverage,
            shifts=_shifts(params, at_times) if coverage else (0,),
            hours=_band(params.get("hours", "")),
            at_end=params.get("timing") in {"month_end", "period_end"},
            rotation=tuple(_parts(params.get("rotation", ""))),
        )


def expand(cadence: Cadence, begin: date, end: date, calendar: Workdays, anchor: date, lean: int = MIDDLE) -> list[Slot]:
    """Return the occurrences whose suggested day lies in `[begin, end)`, in order of day and k.

    `anchor` is the day from which every k-th period is counted. `lean` (0 to 999 per mille) says where in its share of the period a
    suggestion falls; the middle unless several clauses are to be spread over the month. Irregular cadences give nothing, and cadences
    that count from the last completion are `follow`ed. Raises workdays.UnknownYear when working days of an unpublished year matter.
    """
    first, last = begin.toordinal(), end.toordinal()
    if cadence.once:
        began, ended = cadence.once
        day = began + (ended - began) * lean // 1000
        return [Slot(began * DAY_MINUTES, ended * DAY_MINUTES, 1, 1, day)] if first <= day < last else []
    if cadence.coverage:
        return _duties(cadence, first, last, calendar)
    if cadence.per is None or first >= last:
        return []
    if cadence.per is Per.HOUR:
        days: Iterable[int] = range(first, last)
        if cadence.picky or cadence.months:
            days = [day for day in days if _allowed(cadence, day, calendar)]
        return [slot for day in days for slot in _hours(cadence, day, anchor.toordinal())]
    if cadence.per is Per.DAY:
        return _days(cadence, first, last, calendar, anchor.toordinal())
    seasonal = cadence.months if cadence.per is Per.WEEK else frozenset()
    zero, slots = number_of(cadence.per, anchor.toordinal()), []
    for number in range(number_of(cadence.per, first) - 1, number_of(cadence.per, last - 1) + 1):
        if cadence.every > 1 and (number - zero) % cadence.every:
            continue
        period = _narrow(cadence, cadence.per, number)
        if period.ended <= first or period.began >= last:
            continue
        began, ended = period.began * DAY_MINUTES, period.ended * DAY_MINUTES
        for k, day in enumerate(_suggested(cadence, period, calendar, lean), 1):
            if first <= day < last and (not seasonal or month_of(day) % 12 + 1 in seasonal):
                slots.append(Slot(began, ended, k, cadence.times, day))
    return slots


def follow(cadence: Cadence, begin: date, end: date, calendar: Workdays, anchor: date, done: Iterable[date]) -> list[Slot]:
    """Return the occurrences of an "every k days from the last completion" cadence suggested in `[begin, end)`, for one target.

    The first is due k days after `anchor`. Its period ends with the k-th day after the last completion; a completion begins the next
    one, and an interval that passes without any is over and followed by another. A suggestion that falls on a day that is not allowed
    moves earlier, never later. Raises workdays.UnknownYear.
    """
    step = cadence.after_days
    slots: list[Slot] = []
    last, limit = anchor.toordinal(), end.toordinal()
    ahead = sorted({day.toordinal() for day in done if day > anchor}, reverse=True)
    while True:
        ended = last + step + 1
        day = ended - 1
        while cadence.picky and day > last + 1 and not _allowed(cadence, day, calendar):
            day -= 1
        if last + 1 >= limit:
            return slots
        if begin.toordinal() <= day < limit:
            slots.append(Slot((last + 1) * DAY_MINUTES, ended * DAY_MINUTES, 1, 1, day))
        while ahead and ahead[-1] <= last:
            ahead.pop()
        last = ahead.pop() if ahead and ahead[-1] < ended else ended - 1


def _days(cadence: Cadence, first: int, last: int, calendar: Workdays, anchor: int) -> list[Slot]:
    start = first if cadence.every == 1 else first + (anchor - first) % cadence.every
    days: Iterable[int] = range(start, last, cadence.every)
    if cadence.picky or cadence.months:
        days = [day for day in days if _allowed(cadence, day, calendar)]
    n, minutes = cadence.times, cadence.at_times or (-1,) * cadence.times
    turns = tuple(enumerate(minutes, 1))
    return [_new(Slot, (day * DAY_MINUTES, day * DAY_MINUTES + DAY_MINUTES, k, n, day, minute)) for day in days for k, minute in turns]


def _hours(cadence: Cadence, day: int, anchor: int) -> list[Slot]:
    opened, closed = cadence.hours or (0, DAY_MINUTES)
    span = (closed - opened) % DAY_MINUTES or DAY_MINUTES
    skipped = 0 if cadence.hours else (anchor - day) * 24 % cadence.every
    base, n, turns = day * DAY_MINUTES, cadence.times, range(1, cadence.times + 1)
    offsets = range(opened + skipped * 60, opened + span // 60 * 60, cadence.every * 60)
    return [_new(Slot, (base + at, base + at + 60, k, n, day, at % DAY_MINUTES)) for at in offsets for k in turns]


def _duties(cadence: Cadence, first: int, last: int, calendar: Workdays) -> list[Slot]:
    ends = (*cadence.shifts[1:], cadence.shifts[0] + DAY_MINUTES)
    edges = tuple(zip(cadence.shifts, ends, cadence.shifts if len(ends) > 1 else (-1,), strict=True))
    days: Iterable[int] = range(first, last)
    if cadence.picky or cadence.months:
        days = [day for day in days if _allowed(cadence, day, calendar)]
    return [
        _new(Slot, (day * DAY_MINUTES + began, day * DAY_MINUTES + ended, 1, 1, day, minute))
        for day in days
        for began, ended, minute in edges
    ]


def _narrow(cadence: Cadence, per: Per, number: int) -> Interval:
    """Return the days of the period that count: cut to the season when it is longer than a month, and to `due_day`."""
    began, ended = days_of(per, number)
    if cadence.months and per is not Per.WEEK:
        first, last = month_of(began), month_of(ended - 1)
        inside = [month for month in range(first, last + 1) if month % 12 + 1 in cadence.months]
        if per is Per.YEAR and inside and inside[0] == first and inside[-1] == last and len(inside) < 12:
            tail = next(month for month in range(first, last) if month not in inside) - first
            inside = [month for month in inside if month - first >= tail] + [last + 1 + month for month in range(tail)]
        if not inside:
            return Interval(began, began)
        if per is not Per.HALF_MONTH:
            began, ended = month_began(inside[0]), month_began(inside[-1] + 1)
    if cadence.due_day:
        ended = min(ended, began + cadence.due_day)
    return Interval(began, ended)


def _suggested(cadence: Cadence, period: Interval, calendar: Workdays, lean: int) -> list[int]:
    """Return the suggested day of each of the n occurrences, spread evenly over the days of the period that are allowed."""
    gaps = cadence.months and cadence.per is not Per.WEEK
    days: list[int] | range = range(period.began, period.ended)
    if cadence.picky or gaps:
        days = [day for day in days if _allowed(cadence, day, calendar, seasonal=bool(gaps))]
    if not days:
        return []
    if cadence.at_end:
        return [days[max(0, len(days) - cadence.times + k)] for k in range(cadence.times)]
    return [days[(k * 1000 + lean) * len(days) // (1000 * cadence.times)] for k in range(cadence.times)]


def _allowed(cadence: Cadence, day: int, calendar: Workdays, *, seasonal: bool = True) -> bool:
    if seasonal and cadence.months and month_of(day) % 12 + 1 not in cadence.months:
        return False
    if cadence.weekdays and (day - 1) % 7 + 1 not in cadence.weekdays:
        return False
    return not cadence.working_days_only or calendar.worked(date.fromordinal(day))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _number(params: Mapping[str, str], key: str, low: int, high: int) -> int:
    text = str(params.get(key, "")).strip()
    if not text:
        return low
    if not text.isdecimal() or not low <= int(text) <= high:
        raise BadCadence(key, _("%(key)s 应为 %(low)d 到 %(high)d 的整数") % {"key": key, "low": low, "high": high})
    return int(text)


def _per(params: Mapping[str, str], key: str) -> Per | None:
    text = params.get(key, "")
    if not text:
        return None
    try:
        return Per(text)
    except ValueError:
        known = "、".join(Per)
        raise BadCadence(key, _("没有“%(text)s”这种周期，可用：%(known)s") % {"text": text, "known": known}) from None


def _range(text: str, low: int, high: int, key: str) -> Iterator[int]:
    """Read "6-9", "11-2" (over the end) or "1,3,5"."""
    for part in _parts(text):
        first, dash, last = part.partition("-")
        if not (first.isdecimal() and low <= int(first) <= high) or (dash and not (last.isdecimal() and low <= int(last) <= high)):
            raise BadCadence(key, _("%(key)s 读不懂“%(part)s”，例如 6-9 或 1,3,5") % {"key": key, "part": part})
        number = int(first)
        yield number
        while dash and number != int(last):
            number = number + 1 if number < high else low
            yield number


def _months(params: Mapping[str, str], seasons: Mapping[str, frozenset[int]]) -> frozenset[int]:
    months = frozenset(_range(params.get("months", ""), 1, 12, "months"))
    season = params.get("season", "")
    if not months and season:
        if season not in seasons:
            raise BadCadence("season", _("没有“%(season)s”这个季节，请用 months 写明月份") % {"season": season})
        months = seasons[season]
    return frozenset() if len(months) == 12 else months


def _clock_time(text: str) -> int:
    hour, colon, minute = text.partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
        raise BadCadence("at", _("时刻读不懂“%(text)s”，例如 07:30") % {"text": text})
    return int(hour) * 60 + int(minute)


def _before(params: Mapping[str, str]) -> Interval:
    """Return the days in which something is due once, `duration_months` up to the day the estate is moved into."""
    try:
        ended = date.fromisoformat(params["movein_on"])
    except ValueError:
        raise BadCadence("movein_on", _("日期读不懂“%(text)s”，例如 2026-05-01") % {"text": params["movein_on"]}) from None
    month = month_of(ended.toordinal()) - (_number(params, "duration_months", 0, 120) or 1)
    began = min(month_began(month) + ended.day - 1, month_began(month + 1) - 1)
    return Interval(began, ended.toordinal())


def _band(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    opened, dash, closed = text.partition("-")
    if not dash:
        raise BadCadence("hours", _("时段读不懂“%(text)s”，例如 22:00-06:00") % {"text": text})
    return _clock_time(opened.strip()), _clock_time(closed.strip())


def _shifts(params: Mapping[str, str], at_times: tuple[int, ...]) -> tuple[int, ...]:
    """Return the minutes at which the duty changes: `at`, or equal shifts from the first of them, or one whole day."""
    length = _number(params, "hours_per_shift", 0, 24)
    if length and 24 % length:
        raise BadCadence("hours_per_shift", _("一天 24 小时应能被每班小时数整除，或用 at 写明各班开始时刻"))
    if length and len(at_times) < 2:
        start = at_times[0] if at_times else 0
        return tuple(sorted((start + shift * length * 60) % DAY_MINUTES for shift in range(24 // length)))
    return at_times or (0,)
