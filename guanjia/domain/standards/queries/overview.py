"""How much was due and what became of it, by clause and day: counted, never listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from guanjia.domain.standards.models import Occurrence
from guanjia.domain.standards.permissions import VIEW
from guanjia.domain.standards.queries import plain
from guanjia.domain.standards.queries.occurrences import Item, Ledger, Unknown, calendar_of, due, followed, slots_of, touches, unheld
from guanjia.domain.standards.queries.promises import Unready, promises
from guanjia.domain.standards.queries.targets import targets
from guanjia.domain.standards.rules.cadence import Slot
from guanjia.domain.standards.rules.occurrences import Promise, Tally, exists, gone, steady, sum_of, tally
from guanjia.domain.standards.rules.targets import Target
from guanjia.domain.standards.states import OccurrenceState
from guanjia.kernel.periods import DAY_MINUTES, business_day, to_minute

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate, Place
    from guanjia.domain.staff.queries import Responsible
    from guanjia.kernel.actor import Actor

State = OccurrenceState
DONE = State.DONE.value
_new = tuple.__new__  # a month has a thousand tallies
_day, _ended = attrgetter("day"), attrgetter("ended")
Cell = tuple[int, bool]
NEVER: Mapping[Cell, Mapping[str, int]] = {}


@dataclass
class ClauseMonth:
    """One clause in an interval: what is owed and what became of it per suggested day, and in all."""

    promise: Promise
    days: dict[int, Tally] = field(default_factory=dict)
    targets: int = 0

    def add(self, day: int, tally: Tally) -> None:
        self.days[day] = sum_of((self.days[day], tally)) if day in self.days else tally

    @cached_property
    def total(self) -> Tally:
        return sum_of(self.days.values())


@dataclass
class Overview:
    """Every clause of an estate in an interval."""

    clauses: list[ClauseMonth]
    unknown: list[Unknown]
    unready: list[Unready]

    @cached_property
    def total(self) -> Tally:
        return sum_of(clause.total for clause in self.clauses)


def overview(
    actor: Actor,
    estate: Estate,
    begin: date,
    end: date,
    *,
    now: datetime,
    codes: Collection[str] = (),
    place: Place | None = None,
    member: Responsible | None = None,
) -> Overview:
    """Return the tallies per clause and day, counted without listing a single occurrence.

    An occurrence counts on its suggested day. Narrowed to a place or a person, or for an actor who reaches only a part of the estate,
    the list is counted instead.
    """
    if place is not None or member is not None or not (actor.everything or actor.may(VIEW, estate)):
        return _overview_of(due(actor, estate, begin, end, now=now, codes=codes, place=place, member=member))
    everything = promises(estate)
    chosen = [
        promise for promise in everything.within(begin, end) if not promise.cadence.irregular and (not codes or promise.code in codes)
    ]
    unknown: list[Unknown] = []
    found = targets(estate, {promise.target for promise in chosen})
    calendar = calendar_of(estate, chosen)
    slots = slots_of(chosen, begin, end, calendar, unknown)
    lonely = unheld(estate, business_day(now), {promise.post for promise in chosen})
    happened = _happened(estate, begin, end, now)
    minute = to_minute(now)
    clauses: dict[str, ClauseMonth] = {}
    for promise in chosen:
        clause, among, alone = clauses.setdefault(promise.code, ClauseMonth(promise)), found[promise.target], promise.post in lonely
        clause.targets = max(clause.targets, len(among))
        if promise.cadence.after_days:
            owed = _owed_by_items(followed(estate, promise, among, begin, end, calendar, minute), minute)
        else:
            owed = _owed(promise, among, slots[promise], minute)
        cells, days = happened.get(promise.code, NEVER), clause.days
        for (day, closed), (number, withdrawn) in owed.items():
            counted = _settle(number, withdrawn, cells.get((day, closed)), closed=closed, lonely=alone)
            days[day] = sum_of((days[day], counted)) if day in days else counted
    unready = [item for item in everything.unready if touches(item, begin, end) and (not codes or item.code in codes)]
    return Overview(list(clauses.values()), unknown, unready)


Owed = Mapping[Cell, Sequence[int]]


def _owed(promise: Promise, among: Sequence[Target], slots: Sequence[Slot], now: int) -> Owed:
    """Count, by day and whether the period is over, what is owed and what was withdrawn."""
    if not slots:
        return {}
    low, high = min(map(_day, slots)), max(map(_ended, slots)) // DAY_MINUTES
    moving = [target for target in among if not steady(target, low, high)]
    always, left = len(among) - len(moving), promise.ended
    if not moving and high < left:  # nothing comes or goes, as nearly always
        numbers: dict[Cell, int] = {}
        for _began, ended, _k, _n, day, _minute in slots:
            key = (day, ended <= now)
            numbers[key] = numbers.get(key, 0) + always
        return {key: (number, 0) for key, number in numbers.items()}
    owed: dict[Cell, list[int]] = {}
    for slot in slots:
        each = owed.setdefault((slot.day, slot.ended <= now), [0, 0])
        each[slot.day >= left] += always
        for target in moving:
            if exists(target, slot):
                each[slot.day >= left or gone(target, slot)] += 1
    return owed


def _owed_by_items(items: Iterable[Item], now: int) -> Owed:
    owed: dict[Cell, list[int]] = {}
    for item in items:
        owed.setdefault((item.slot.day, item.slot.ended <= now), [0, 0])[item.state == State.WITHDRAWN] += 1
    return owed


def _happened(estate: Estate, begin: date, end: date, now: datetime) -> dict[str, dict[Cell, dict[str, int]]]:
    """Count the rows by clause, day, whether the period is over, and state: one pass over one index. Rows still due are assigned ones."""
    sql = (
        "SELECT CAST(day AS varchar(10)), clause_code, state, COUNT(*), COUNT(CASE WHEN period_ended <= %s THEN 1 END) "
        f"FROM {Occurrence._meta.db_table} WHERE estate_id = %s AND day >= %s AND day < %s GROUP BY day, clause_code, state"
    )
    happened: dict[str, dict[Cell, dict[str, int]]] = defaultdict(dict)
    ordinals: dict[str, int] = {}
    for day, code, state, number, over in plain.rows(sql, [plain.instant(now), estate.pk, begin, end]):
        ordinal = ordinals.get(day)
        if ordinal is None:
            ordinal = ordinals[day] = date.fromisoformat(day).toordinal()
        cells = happened[code]
        if over:
            cells.setdefault((ordinal, True), {})[state] = over
        if over < number:
            cells.setdefault((ordinal, False), {})[state] = number - over
    return happened


def _settle(owed: int, withdrawn: int, happened: Mapping[str, int] | None, *, closed: bool, lonely: bool) -> Tally:
    """Return the tally of one day. What was done was due, whatever the plan says now."""
    if not happened:
        return _new(Tally, (owed, 0, 0, owed if closed else 0, 0, withdrawn, owed if lonely and not closed else 0))
    done = happened.get(DONE, 0)
    if len(happened) == 1 and done:
        late = excused = taken_back = assigned = 0
    else:
        late, excused = happened.get(State.LATE, 0), happened.get(State.EXCUSED, 0)
        taken_back, assigned = happened.get(State.WITHDRAWN, 0), happened.get(State.DUE, 0)
    number = max(owed - excused - taken_back, done + late)
    rest = number - done - late
    unassigned = max(rest - assigned, 0) if lonely and not closed else 0
    return _new(Tally, (number, done, late, rest if closed else 0, excused, withdrawn + taken_back, unassigned))


def _overview_of(ledger: Ledger) -> Overview:
    clauses: dict[str, ClauseMonth] = {}
    for item in ledger.items:
        clause = clauses.setdefault(item.promise.code, ClauseMonth(item.promise))
        clause.add(item.slot.day, tally([item.state], unassigned=int(ledger.unassigned(item))))
    return Overview(list(clauses.values()), ledger.unknown, ledger.unready)


def month(actor: Actor, estate: Estate, day: date, *, now: datetime) -> Overview:
    """Return the overview of the civil month that holds `day`."""
    begin = day.replace(day=1)
    return overview(actor, estate, begin, (begin + timedelta(31)).replace(day=1), now=now)


def coverage(actor: Actor, estate: Estate, begin: date, end: date, *, now: datetime) -> Tally:
    """Return the tally of all clauses in `[begin, end)`; its `coverage` is done ÷ due."""
    return overview(actor, estate, begin, end, now=now).total
