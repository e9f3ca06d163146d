"""Client familiarity (客户熟悉度): which households a steward knows, by evidence. Pure.

A household is known when every demanded fact is: somebody made sure of it within the months that it stays fresh, and what
the fact is about is there (a phone to call, a resident on the list).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guanjia.domain.parties.states import Fact

NEEDS_A_ROW = frozenset({Fact.RESIDENTS, Fact.PHONE, Fact.TYPE})
"""Facts that cannot be "none": without a row behind them a confirmation says nothing."""


@dataclass(frozen=True)
class Known:
    """One fact about a household: when it was last confirmed, until when that holds, and whether it counts on the day."""

    fact: str
    confirmed_on: date | None
    fresh_until: date | None
    counts: bool


@dataclass(frozen=True)
class Rate:
    """How many households are known of how many; the share is none when there is nobody to know."""

    known: int
    of: int
    target: Decimal

    @property
    def share(self) -> Decimal | None:
        return Decimal(self.known) / self.of if self.of else None

    @property
    def met(self) -> bool:
        return self.share is not None and self.share >= self.target


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day when that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def judge(demanded: Mapping[str, int], confirmed: Mapping[str, date], present: Iterable[str], day: date) -> list[Known]:
    """Return each demanded fact of one household with whether it counts on the day.

    `demanded` maps facts to the months they stay fresh, the last day included; `confirmed` to the last confirmation;
    `present` names the facts that have rows behind them.
    """
    rows = set(present)
    judged = []
    for fact, months in demanded.items():
        confirmed_on = confirmed.get(fact)
        until = months_later(confirmed_on, months) if confirmed_on is not None else None
        there = fact not in NEEDS_A_ROW or fact in rows
        judged.append(Known(fact, confirmed_on, until, there and until is not None and until >= day))
    return judged


def rate(households: Iterable[list[Known]], target: Decimal) -> Rate:
    """Return the rate over households; one that misses a single fact is not known."""
    judged = [all(fact.counts for fact in facts) for facts in households]
    return Rate(sum(judged), len(judged), target)
