"""Dates that the law sets for equipment. Rules are dated data (`statutory.toml`); this file only reads and counts.

Each rule names its source and whether it is law or a customary default that somebody must check. An estate may shorten
an interval or move a date earlier, never later.
"""

import calendar
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Duty:
    """One recurring duty of a category of equipment, in force from a day.

    `years` are the years after acceptance in which it falls due; past the last of them, and where there are none,
    it recurs every `every_months`. `early_months` may be used without moving the base month.
    `law` is False for customary defaults, which the pages mark as ours.
    """

    category: str
    code: str
    name: str
    source: str
    law: bool
    began_on: date
    every_months: int
    years: tuple[int, ...] = ()
    early_months: int = 0
    apply_months: int = 0
    restart_after_days: int = 0


@cache
def every() -> tuple[Duty, ...]:
    """Return all rules of the table, also superseded ones."""
    raw = tomllib.loads((Path(__file__).parent / "statutory.toml").read_text("utf-8"))
    return tuple(Duty(**{**row, "years": tuple(row.get("years", ()))}) for row in raw["duty"])


def in_force(category: str, on: date, duties: Sequence[Duty] | None = None) -> tuple[Duty, ...]:
    """Return the rules of a category on a day: per code the one that began last."""
    latest: dict[str, Duty] = {}
    for duty in sorted(duties if duties is not None else every(), key=lambda each: each.began_on):
        if duty.category == category and duty.began_on <= on:
            latest[duty.code] = duty
    return tuple(latest.values())


def next_due(duty: Duty, *, accepted_on: date, done_on: date | None) -> date:
    """Return the day by which the duty must be done again, the day included.

    `accepted_on` is the day of installation acceptance, `done_on` the last completion. With fixed years the base day stays
    the anniversary of acceptance: done up to `early_months` before a due day, the due day counts as met and the next one is
    counted from acceptance. Without fixed years the interval runs from the last completion, or from acceptance.
    """
    if not duty.years:
        return add_months(done_on or accepted_on, duty.every_months)
    met_until = add_months(done_on, duty.early_months) if done_on else accepted_on
    for years in duty.years:
        due = add_months(accepted_on, years * 12)
        if due > met_until:
            return due
    months = duty.years[-1] * 12
    while True:
        months += duty.every_months
        due = add_months(accepted_on, months)
        if due > met_until:
            return due


def add_months(day: date, months: int) -> date:
    """Return the same day of the month so many months later, or the month's last day: 31 January + 1 → 28 or 29 February."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
