"""What becomes of an occurrence: which completion meets which quota, and the state that follows. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from guanjia.domain.standards.rules.cadence import Cadence, Slot, expand
from guanjia.domain.standards.rules.kinds import Evidence
from guanjia.domain.standards.rules.targets import Target, TargetRule
from guanjia.domain.standards.states import OccurrenceState
from guanjia.kernel.periods import DAY_MINUTES, Per
from guanjia.kernel.workdays import Workdays

State = OccurrenceState
FOREVER = date(9999, 1, 1).toordinal()
_BEFORE_AND_AFTER = {
    Per.HOUR: 2,
    Per.DAY: 1,
    Per.WEEK: 8,
    Per.HALF_MONTH: 17,
    Per.MONTH: 32,
    Per.QUARTER: 93,
    Per.HALF_YEAR: 185,
    Per.YEAR: 460,
}


@dataclass(frozen=True, eq=False)
class Promise:
    """A cadence clause as it holds for one estate in the days `[began, ended)` (ordinals, 0 and a far day when open).

    `anchor` is the day from which every k-th period counts: the first day on which the clause held with this cadence. `succeeded` tells
    that the same clause goes on with another cadence when this one ends. `lean` spreads clauses over their periods.
    """

    code: str
    cadence: Cadence
    began: int
    ended: int
    anchor: date
    subject: str = ""
    section: str = ""
    quote: str = ""
    record: str = ""
    capability: str = ""
    post: str = ""
    target: TargetRule = field(default_factory=lambda: TargetRule(of="estate"))
    evidence: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    position: int = 0
    succeeded: bool = False
    lean: int = 500

    @property
    def evidence_labels(self) -> list[str]:
        """Return what may prove it, in words."""
        return [str(Evidence(kind).label) for kind in self.evidence]

    def slots(self, begin: date, end: date, calendar: Workdays) -> list[Slot]:
        """Return what the clause makes due with a suggested day in `[begin, end)`, before targets; `irregular` gives none.

        A period that was running when the clause came into force begins with it: what was done before does not count for it.
        Occurrences suggested for a day after the clause ended are kept while their period began before: see `withdrawn`.
        """
        last = date.fromordinal(min(end.toordinal(), self.ended if self.succeeded else self.ended + _BEFORE_AND_AFTER[Per.YEAR]))
        first = date.fromordinal(max(begin.toordinal(), self.began))
        if first >= last:
            return []
        cut, closed = self.began * DAY_MINUTES, self.ended * DAY_MINUTES
        found = expand(self.cadence, first, last, calendar, self.anchor, self.lean)
        if found and found[0].began >= cut and found[-1].day < self.ended:
            return found
        return [slot._replace(began=cut) if slot.began < cut else slot for slot in found if slot.began < closed]

    def withdrawn(self, slot: Slot) -> bool:
        """Tell whether the clause left the plan before the suggested day, in the middle of the period."""
        return slot.day >= self.ended

    def around(self, day: date, calendar: Workdays) -> list[Slot]:
        """Return the slots of all periods that may hold `day`."""
        reach = _BEFORE_AND_AFTER[self.cadence.per] if self.cadence.per else 2
        low, high = max(day.toordinal() - reach, 1), day.toordinal() + reach + 1
        return self.slots(date.fromordinal(low), date.fromordinal(high), calendar)


class Fact(NamedTuple):
    """What is on record about one occurrence."""

    state: str
    k: int
    assigned_to: int | None = None
    pk: int = 0


def days_counted(slot: Slot) -> int:
    """Return how many completions of one day count towards the quota of the period; 0 when days do not matter (hours, shifts).

    One for anything weekly or longer: the second scan of a day does not make the week. "Twice a day" can only be met on one day, so a
    day counts as many completions as an even spread puts on it at most.
    """
    days = (slot.ended - slot.began) // DAY_MINUTES
    return -(-slot.n // days) if days and slot.whole_days else 0


def next_k(slots: Iterable[Slot], taken: Mapping[int, str], that_day: int) -> Slot | None:
    """Return the slot of one period that a further completion meets, or None when it is beyond the quota.

    `taken` maps each k on record to its state, `that_day` is how many completions of the same day count already. What is only
    assigned is free; of the free ones the first is met.
    """
    for slot in sorted(slots, key=lambda slot: slot.k):
        each = days_counted(slot)
        if each and that_day >= each:
            return None
        if taken.get(slot.k, State.DUE) == State.DUE:
            return slot
    return None


def state_of(slot: Slot, fact: Fact | None, *, now: int, withdrawn: bool = False) -> State:
    """Return the state of an occurrence at civil minute `now`. Only the end of the period makes it missed."""
    if fact is not None and fact.state != State.DUE:
        return State(fact.state)
    if withdrawn:
        return State.WITHDRAWN
    return State.DUE if now < slot.ended else State.MISSED


def gone(target: Target, slot: Slot) -> bool:
    """Tell whether the target ended before its occurrence could be missed."""
    return target.ended_on is not None and slot.ended > target.ended_on.toordinal() * DAY_MINUTES


def exists(target: Target, slot: Slot) -> bool:
    """Tell whether the target owes the slot at all: it was there on the suggested day, or ended in the middle of the period."""
    if target.began_on is not None and slot.day < target.began_on.toordinal():
        return False
    return target.ended_on is None or slot.began < target.ended_on.toordinal() * DAY_MINUTES


def steady(target: Target, first: int, last: int) -> bool:
    """Tell whether the target is there from day `first` to `last` included, so that windows need no look."""
    return (target.began_on is None or target.began_on.toordinal() <= first) and (
        target.ended_on is None or target.ended_on.toordinal() > last
    )


def merge(promises: Iterable[Promise]) -> Iterator[Promise]:
    """Join versions of one clause that follow each other without a change in what they make due; mark those that are succeeded.

    Adopting a new edition that says the same must change nothing: not the rhythm of every second week, not the running period.
    """
    ordered = sorted(promises, key=lambda promise: (promise.position, promise.code, promise.began))
    held: Promise | None = None
    for promise in ordered:
        if held is None:
            held = promise
        elif held.code == promise.code and held.ended == promise.began:
            if (held.cadence, held.target) == (promise.cadence, promise.target):
                held = replace(promise, began=held.began, anchor=held.anchor)
            else:
                yield replace(held, succeeded=True)
                held = promise
        else:
            yield held
            held = promise
    if held is not None:
        yield held


class Tally(NamedTuple):
    """How many occurrences came to what. Excused and withdrawn ones are not due; unassigned ones are open and nobody's."""

    due: int = 0
    done: int = 0
    late: int = 0
    missed: int = 0
    excused: int = 0
    withdrawn: int = 0
    unassigned: int = 0

    @property
    def open(self) -> int:
        """Return how many are still to be done in time."""
        return self.due - self.done - self.late - self.missed

    @property
    def coverage(self) -> float | None:
        """Return done ÷ due, None when nothing was due. What was done late is not done."""
        return self.done / self.due if self.due else None


def sum_of(tallies: Iterable[Tally]) -> Tally:
    """Add tallies up."""
    return Tally(*map(sum, zip(*tallies, strict=True)))


def tally(states: Collection[str], unassigned: int = 0) -> Tally:
    """Count states one by one."""
    count = {state: sum(1 for item in states if item == state) for state in State}
    done, late, missed = count[State.DONE], count[State.LATE], count[State.MISSED]
    owed = count[State.DUE] + done + late + missed
    return Tally(owed, done, late, missed, count[State.EXCUSED], count[State.WITHDRAWN], unassigned)
