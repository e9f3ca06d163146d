"""Meters: what was used between two readings. Multipliers of transformers, rollover of the dial, replaced meters."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Stretch:
    """One meter's stretch: first and last dial reading while it hung there, its multiplier, its dial's digits before the point."""

    first: Decimal
    last: Decimal
    multiplier: Decimal = Decimal(1)
    digits: int = 5


def used(stretches: list[Stretch]) -> Decimal:
    """Return the consumption over the stretches of a meter and its successors, in the medium's unit.

    A last reading below the first is one rollover of the dial. Raises ValueError for a reading that the dial cannot show.
    """
    total = Decimal(0)
    for stretch in stretches:
        limit = Decimal(10) ** stretch.digits
        if not (0 <= stretch.first < limit and 0 <= stretch.last < limit):
            raise ValueError("reading outside the dial")
        passed = stretch.last - stretch.first
        total += (passed if passed >= 0 else passed + limit) * stretch.multiplier
    return total


def suspicious(passed: Decimal, usual: Decimal | None, *, factor: Decimal = Decimal(3)) -> bool:
    """Tell whether a consumption needs a second look: above `factor` times the usual one."""
    return usual is not None and usual > 0 and passed > usual * factor
