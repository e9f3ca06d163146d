"""The last months of one clause: what was due on each day and what became of it."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from guanjia.domain.standards import queries
from guanjia.domain.standards.rules.terms import Term
from guanjia.domain.standards.states import OccurrenceState as State
from guanjia.kernel.actor import Actor
from guanjia.kernel.periods import business_day

SHOWN = 6
WORST = (State.MISSED, State.LATE, State.DUE, State.DONE)
TONES = {State.MISSED: "over", State.LATE: "soon", State.DUE: "plan", State.DONE: "ok"}


@dataclass(frozen=True)
class Month:
    """One calendar month of a clause: a tone for each day, and the sums."""

    first: date
    days: list[str]
    due: int
    done: int
    late: int
    missed: int
    excused: int

    @property
    def closed(self) -> int:
        """How many have come to an end, one way or the other."""
        return self.done + self.late + self.missed

    @property
    def rate(self) -> str:
        """The share done in time of all that has come to its end, rounded down so that 100% means all; "—" when nothing has."""
        return f"{Decimal(1000 * self.done // self.closed) / 10}%" if self.closed else "—"

    @property
    def short(self) -> bool:
        """Whether less than 98 in 100 was done in time."""
        return 100 * self.done < 98 * self.closed


def months(actor: Actor, estate: Any, term: Term, *, now: datetime) -> list[Month]:
    """Return the present month and the five before it, the latest first; none before the estate had a plan, nothing for a clause without targets."""
    if term.target is None:
        return []
    today = business_day(now)
    first = today.replace(day=1)
    found = []
    for _number in range(SHOWN):
        last = first.replace(day=monthrange(first.year, first.month)[1])
        after = date.fromordinal(last.toordinal() + 1)
        if after <= term.anchor:
            break
        found.append(_month(queries.due(actor, estate, first, after, now=now, codes=[term.code]).items, first, last.day))
        first = date.fromordinal(first.toordinal() - 1).replace(day=1)
    return found


def _month(items: list[Any], first: date, length: int) -> Month:
    states: Counter[str] = Counter(item.state for item in items)
    by_day: dict[int, set[str]] = defaultdict(set)
    for item in items:
        by_day[item.slot.suggested_on.day].add(item.state)
    days = [next((TONES[state] for state in WORST if state in by_day[day]), "none") for day in range(1, length + 1)]
    return Month(
        first=first,
        days=days,
        due=len(items) - states[State.EXCUSED] - states[State.WITHDRAWN] - states[State.EXTRA],
        done=states[State.DONE],
        late=states[State.LATE],
        missed=states[State.MISSED],
        excused=states[State.EXCUSED],
    )
