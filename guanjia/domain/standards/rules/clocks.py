"""Deadlines of response clauses: a pure function of marks, pauses, plan and calendar.

A clock knows nothing of who must act. It is rebuilt from the facts of its case whenever one of them changes, so a new priority keeps
the start mark and every pause, and a late close shows as a breach whatever any timer did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.domain.standards.rules.working_time import ALWAYS, Hours, advance, merged, worked
from guanjia.kernel.periods import business_day, midnight

_ZERO = timedelta()


class BadLimit(ValueError):
    """The parameters do not say how long the clause allows. `key` names the one that must be set or mended."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


class OpenLimit(BadLimit):
    """The document says 及时 or 立即 without a number and the plan has not set one."""


class Standing(TextChoices):
    """How a clock stands, worst first (one vocabulary for rows, rings, boards, phones and reports)."""

    OVER = "over", gettext_lazy("超时")
    URGENT = "urgent", gettext_lazy("告急")
    SOON = "soon", gettext_lazy("临期")
    FINE = "fine", gettext_lazy("正常")
    PAUSED = "paused", gettext_lazy("暂停计时")
    WAITING = "waiting", gettext_lazy("待约定")
    ON_TIME = "on_time", gettext_lazy("按时完成")
    LATE = "late", gettext_lazy("超时完成")


class Pause(NamedTuple):
    """The clock stands still in `[began_at, ended_at)` for a reason; None is a pause that goes on."""

    began_at: datetime
    ended_at: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a clause allows: an amount of working time, whole days, the end of the same day, or the time that was agreed.

    `before` counts back from the mark instead. `first` and `last` are the names of the marks it runs between.
    """

    minutes: int = 0
    days: int = 0
    same_day: bool = False
    same_visit: bool = False
    agreed: bool = False
    before: bool = False
    first: str = ""
    last: str = ""

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> Limit:
        """Read the `params` of a response clause. Raises OpenLimit when the number is not set, BadLimit when it cannot be read."""
        between = cls(first=params.get("from", ""), last=params.get("to", ""))
        deadline = params.get("deadline", "")
        if deadline in {"same_day", "end_of_same_day"}:
            return replace(between, same_day=True)
        if deadline == "same_visit":
            return replace(between, same_visit=True)
        if deadline == "appointment_time":
            return replace(between, agreed=True)
        if deadline:
            raise BadLimit("deadline", _("没有“%(text)s”这种期限") % {"text": deadline})
        for key in ("minutes", "days"):
            text = params.get(key, "")
            if text in {"configurable", "0"}:
                raise OpenLimit(key, _("原文没有写明时限，请填写分钟数，例如 minutes=30"))
            if text and not text.isdecimal():
                raise BadLimit(key, _("%(key)s 应为正整数") % {"key": key})
        if "minutes" in params and "before" in params:
            return cls(minutes=int(params["minutes"]), before=True, first=params["before"])
        if "minutes" in params:
            return replace(between, minutes=int(params["minutes"]))
        if "days" in params:
            return replace(between, days=int(params["days"]))
        raise BadLimit("minutes", _("缺少时限，例如 minutes=30 或 days=7"))


@dataclass(frozen=True, slots=True)
class Step:
    """A moment that asks for attention: `minutes` of working time before (negative) or after the deadline, told to a role.

    `share` is the part of the limit that is left, in per cent, for warnings that follow the limit; it wins over `minutes`.
    """

    key: str
    role: str
    minutes: int = 0
    share: int = 0

    def offset(self, allowed: timedelta) -> timedelta:
        return -allowed * self.share / 100 if self.share else timedelta(minutes=self.minutes)


class Moment(NamedTuple):
    """A step with the instant at which it falls due."""

    at: datetime
    step: Step


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline that a response clause sets on one case."""

    started_at: datetime
    limit: Limit
    hours: Hours = ALWAYS
    pauses: tuple[Pause, ...] = ()
    agreed_at: datetime | None = None
    stopped_at: datetime | None = None

    def under(self, limit: Limit, hours: Hours | None = None) -> Clock:
        """Return the clock of the same case under another priority: same marks, same pauses."""
        return replace(self, limit=limit, hours=hours or self.hours)


def unpaused_due(clock: Clock) -> datetime | None:
    """Return the deadline as if nothing had been paused; None without an agreed time, or when the visit itself is the limit."""
    limit, start = clock.limit, clock.started_at
    if limit.same_visit:
        return None
    if limit.agreed:
        return clock.agreed_at
    if limit.before:
        return start - timedelta(minutes=limit.minutes)
    if limit.same_day:
        return midnight(business_day(start) + timedelta(1))
    if limit.days:
        first = business_day(start)
        last = clock.hours.workdays.after(first, limit.days) if clock.hours.workdays else first + timedelta(limit.days)
        return midnight(last + timedelta(1))
    return advance(clock.hours, start, timedelta(minutes=limit.minutes))


def due_at(clock: Clock) -> datetime | None:
    """Return the deadline: the limit from the start mark, moved by exactly the paused working time.

    None while a pause goes on before the deadline was reached, and where `unpaused_due` has none.
    """
    return _moved(clock, _ZERO)


def left(clock: Clock, now: datetime) -> timedelta | None:
    """Return the working time left at `now`, negative once it is over; None where there is no deadline to count to."""
    allowed = _allowed(clock)
    return None if allowed is None else allowed - _run(clock, now)


def breach(clock: Clock) -> timedelta:
    """Return by how much working time a stopped clock was late; nothing when it was in time, still runs or has no deadline."""
    due = due_at(clock)
    if clock.stopped_at is None or due is None or clock.stopped_at <= due:
        return _ZERO
    if clock.limit.agreed or clock.limit.before:
        return clock.stopped_at - due
    return max(worked(clock.hours, due, clock.stopped_at) - _paused(clock, due, clock.stopped_at), timedelta(seconds=1))


def standing(clock: Clock, now: datetime) -> Standing:
    """Tell how the clock stands at `now`. The bounds of 告急 and 临期 grow with the limit, within fixed floors and ceilings."""
    due = due_at(clock)
    if clock.stopped_at is not None:
        return Standing.LATE if due is not None and clock.stopped_at > due else Standing.ON_TIME
    if due is None:
        return Standing.PAUSED if any(pause.ended_at is None for pause in clock.pauses) else Standing.WAITING
    if now > due:
        return Standing.OVER
    if any(pause.began_at <= now and (pause.ended_at is None or now < pause.ended_at) for pause in clock.pauses):
        return Standing.PAUSED
    if clock.limit.agreed or clock.limit.before:
        rest, whole = due - now, max(due - clock.started_at, _ZERO)
    else:
        rest, whole = left(clock, now) or _ZERO, _allowed(clock) or _ZERO
    minutes = timedelta(minutes=1)
    if rest <= min(whole * 0.2, max(5 * minutes, min(whole * 0.1, 30 * minutes))):
        return Standing.URGENT
    if rest <= min(whole * 0.5, max(15 * minutes, min(whole * 0.25, 120 * minutes))):
        return Standing.SOON
    return Standing.FINE


def moments(clock: Clock, steps: Iterable[Step]) -> list[Moment]:
    """Return when each warning and escalation falls due, in order; those that a running pause holds back are left out.

    A stopped clock has none after its stop.
    """
    allowed = _allowed(clock)
    if allowed is None:
        return []
    found = []
    for step in steps:
        at = _moved(clock, step.offset(allowed))
        if at is not None and (clock.stopped_at is None or at <= clock.stopped_at):
            found.append(Moment(at, step))
    return sorted(found, key=lambda moment: (moment.at, moment.step.minutes))


def outstanding(clock: Clock, steps: Iterable[Step], told: Collection[str], now: datetime) -> list[Moment]:
    """Return the moments that are due by `now` and not yet told, so that each is told at least once after any downtime."""
    return [moment for moment in moments(clock, steps) if moment.at <= now and moment.step.key not in told]


def _allowed(clock: Clock) -> timedelta | None:
    due = unpaused_due(clock)
    if due is None:
        return None
    return due - clock.started_at if clock.limit.agreed or clock.limit.before else worked(clock.hours, clock.started_at, due)


def _moved(clock: Clock, offset: timedelta) -> datetime | None:
    """Return the instant `offset` of working time from the deadline: before it the pauses hold it back too, after it no more."""
    due = unpaused_due(clock)
    if due is None:
        return None
    if clock.limit.agreed or clock.limit.before:
        return due + offset
    spans = merged([(pause.began_at, pause.ended_at) for pause in clock.pauses])
    if offset < _ZERO:
        return _before(clock, spans, max(worked(clock.hours, clock.started_at, due) + offset, _ZERO))
    for began, ended in spans:
        if began >= due:
            break
        if ended is None:
            return None
        due = advance(clock.hours, due, worked(clock.hours, max(began, clock.started_at), ended))
    return advance(clock.hours, due, offset)


def _before(clock: Clock, spans: list[tuple[datetime, datetime | None]], rest: timedelta) -> datetime | None:
    cursor = clock.started_at
    for began, ended in spans:
        if ended is not None and ended <= cursor:
            continue
        run = worked(clock.hours, cursor, began)
        if rest <= run:
            break
        if ended is None:
            return None
        rest, cursor = rest - run, ended
    return advance(clock.hours, cursor, rest)


def _run(clock: Clock, now: datetime) -> timedelta:
    if clock.limit.agreed or clock.limit.before:
        return now - clock.started_at
    return worked(clock.hours, clock.started_at, now) - _paused(clock, clock.started_at, now)


def _paused(clock: Clock, began_at: datetime, ended_at: datetime) -> timedelta:
    total = _ZERO
    for began, ended in merged([(pause.began_at, pause.ended_at) for pause in clock.pauses]):
        total += worked(clock.hours, max(began, began_at), min(ended or ended_at, ended_at))
    return total
