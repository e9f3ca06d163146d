"""Who lives in or owns what: shares of owners and periods that must not overlap wrongly. Pure.

A period is `[began, ended)` in civil days; an open one has no end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guanjia.domain.parties.states import OWNERS, Relation


@dataclass(frozen=True)
class Stay:
    """One row of occupancy as plain values; `share` only for owners, none when the deed does not tell it."""

    party_id: int
    relation: str
    began_on: date
    ended_on: date | None = None
    share: Decimal | None = None

    def overlaps(self, other: Stay) -> bool:
        """Tell whether both hold on some day."""
        return (other.ended_on is None or self.began_on < other.ended_on) and (self.ended_on is None or other.began_on < self.ended_on)

    def holds_on(self, day: date) -> bool:
        """Tell whether the stay covers the day."""
        return self.began_on <= day and (self.ended_on is None or day < self.ended_on)


def shares_on(stays: Iterable[Stay], day: date) -> Decimal:
    """Return the sum of the owners' shares that are known on the day."""
    return sum((stay.share or Decimal(0) for stay in stays if stay.relation in OWNERS and stay.holds_on(day)), Decimal(0))


def most_owned(stays: Iterable[Stay]) -> tuple[Decimal, date | None]:
    """Return the largest sum of owners' shares that any day sees, and the first such day.

    The sum rises only on a day when somebody begins to own, so those days are all that need looking at.
    """
    owners = [stay for stay in stays if stay.relation in OWNERS and stay.share is not None]
    best: tuple[Decimal, date | None] = (Decimal(0), None)
    for day in sorted({stay.began_on for stay in owners}):
        owned = shares_on(owners, day)
        if owned > best[0]:
            best = (owned, day)
    return best


def clash(new: Stay, others: Iterable[Stay]) -> Stay | None:
    """Return the existing stay that forbids the new one, or none.

    One party holds one right at a time in a place (being the emergency contact is no right), and one owner at a time heads
    the deed: whoever owns beside him is a joint owner. Joint owners, tenants, family and occupants may be many.
    """
    for other in others:
        if not new.overlaps(other):
            continue
        if new.party_id == other.party_id:
            if new.relation == other.relation or Relation.EMERGENCY not in (new.relation, other.relation):
                return other
        elif new.relation == other.relation == Relation.OWNER:
            return other
    return None
