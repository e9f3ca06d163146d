"""What one person has to do today, and what nobody is there to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from guanjia.domain.staff import queries as staff
from guanjia.domain.standards.models import Occurrence
from guanjia.domain.standards.queries import plain
from guanjia.domain.standards.queries.occurrences import ANY_DAY, Item, Ledger, Unknown, calendar_of, due, facts_at, followed, join
from guanjia.domain.standards.queries.promises import Promises, promises
from guanjia.domain.standards.queries.targets import targets
from guanjia.domain.standards.rules.cadence import Slot
from guanjia.domain.standards.rules.occurrences import Fact, Promise
from guanjia.domain.standards.rules.targets import Target
from guanjia.domain.standards.states import OccurrenceState
from guanjia.kernel.periods import business_day, to_minute
from guanjia.kernel.workdays import UnknownYear, Workdays

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate
    from guanjia.kernel.actor import Actor

State = OccurrenceState


@dataclass(slots=True)
class MyDay:
    """The to-dos of one person at one estate: what is open comes first, the nearest end of period first."""

    items: list[Item] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    titles: frozenset[str] = frozenset()

    @property
    def open(self) -> list[Item]:
        return [item for item in self.items if item.state == State.DUE]

    @property
    def settled(self) -> list[Item]:
        return [item for item in self.items if item.state != State.DUE]


def my_day(actor: Actor, estate: Estate, *, at: datetime) -> MyDay:
    """Return what the clauses of the person's posts make due today, and what is assigned to the person by name.

    Taken in are occurrences suggested for today, and those suggested earlier that are still open. What is assigned to somebody else is
    left out. Nobody but a member has a day.
    """
    mine = MyDay()
    if actor.member_id is None:
        return mine
    today, minute = business_day(at), to_minute(at)
    mine.titles = staff.titles_of(actor.member_id, estate, today)
    everything = promises(estate)
    chosen = [promise for promise in everything.within(today, today + timedelta(1)) if promise.post in mine.titles]
    found = targets(estate, {promise.target for promise in chosen})
    calendar = calendar_of(estate, chosen)
    slots = {promise: current(promise, today, minute, calendar, mine.unknown) for promise in chosen}
    facts = facts_at(estate, slots)
    for promise in chosen:
        if promise.cadence.after_days:
            chain = followed(
                estate,
                promise,
                found[promise.target],
                today - timedelta(promise.cadence.after_days),
                today + timedelta(1),
                calendar,
                minute,
            )
            mine.items += [item for item in chain if item.slot.ended > minute]
        else:
            mine.items += join(promise, found[promise.target], slots[promise], facts, minute)
    mine.items = [item for item in mine.items if _concerns(item, actor.member_id, today.toordinal())]
    mine.items += _assigned(estate, everything, actor.member_id, at, {item.ref for item in mine.items})
    mine.items.sort(key=lambda item: (item.state != State.DUE, item.slot.ended, item.slot.began, item.promise.position, item.target.label))
    return mine


def current(promise: Promise, today: date, now: int, calendar: Workdays, unknown: list[Unknown]) -> list[Slot]:
    """Return the slots that are a matter of today: suggested today, or earlier in a period that still runs."""
    try:
        around = promise.around(today, calendar) if promise.cadence.working_days_only else _kept(promise, today)
    except UnknownYear as flaw:
        unknown.append(Unknown(promise, flaw.year))
        return []
    day = today.toordinal()
    return [slot for slot in around if slot.day == day or (slot.day < day and slot.ended > now)]


@lru_cache(maxsize=4096)
def _kept(promise: Promise, today: date) -> tuple[Slot, ...]:
    """Return the slots suggested today or before whose period may still run; the same for all estates that promise the same."""
    day = today.toordinal()
    return tuple(slot for slot in promise.around(today, ANY_DAY) if slot.day <= day)


def _concerns(item: Item, member_id: int, today: int) -> bool:
    if item.assigned_to not in (None, member_id) or item.state in (State.WITHDRAWN, State.EXCUSED):
        return False
    return item.state == State.DUE or item.slot.day == today


def _assigned(estate: Estate, everything: Promises, member_id: int, at: datetime, known: set[object]) -> Iterable[Item]:
    """Yield what is assigned to the person by name outside the person's posts; the row carries the whole occurrence."""
    minutes, place_table = plain.Minutes(), estate.places.model._meta.db_table
    rows = plain.rows(
        "SELECT o.id, o.clause_code, o.target_key, CAST(o.period_began AS varchar(40)), CAST(o.period_ended AS varchar(40)), "
        f"o.k, o.n, o.day, o.place_id, p.label FROM {Occurrence._meta.db_table} o LEFT JOIN {place_table} p ON p.id = o.place_id "
        "WHERE o.estate_id = %s AND o.assigned_to_id = %s AND o.period_ended > %s AND o.state = %s",
        [estate.pk, member_id, plain.instant(at), State.DUE.value],
    )
    held = {promise.code: promise for promise in everything.held}
    for pk, code, key, began, ended, k, n, day, place, label in rows:
        promise = held.get(code)
        if promise is None:
            continue
        slot = Slot(minutes[began], minutes[ended], k, n, day.toordinal())
        target = Target(key, label or promise.target.name or estate.name, place)
        item = Item(promise, target, slot, State.DUE, Fact(State.DUE, k, member_id, pk))
        if item.ref not in known:
            yield item


@dataclass(frozen=True, slots=True)
class Attention:
    """What a supervisor should see today before it is missed."""

    ledger: Ledger
    unassigned: tuple[Item, ...]
    missed: tuple[Item, ...]


def attention(actor: Actor, estate: Estate, *, at: datetime) -> Attention:
    """Return today's list with what is due and unassigned, and what was missed since yesterday."""
    today = business_day(at)
    ledger = due(actor, estate, today - timedelta(1), today + timedelta(1), now=at)
    return Attention(
        ledger,
        tuple(item for item in ledger.items if ledger.unassigned(item)),
        tuple(item for item in ledger.items if item.state == State.MISSED),
    )
