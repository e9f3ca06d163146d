"""When a message may go, when it is tried again, and how a template becomes text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from guanjia.kernel.periods import business_day, midnight, to_minute

TRIES = (10, 30, 120, 600, 1800, 7200, 21600)
HOLE = re.compile(r"\{(\w+)\}")


class MissingValue(KeyError):
    """The template asks for a value that the message does not carry."""


def may_go_at(at: datetime, *, urgent: bool, quiet_from: int, quiet_to: int) -> datetime:
    """Return the first instant at or after `at` outside the quiet hours, which may cross midnight (minutes of the day).

    Urgent messages go at once. Equal bounds mean that there are no quiet hours.
    """
    if urgent or quiet_from == quiet_to:
        return at
    minute = to_minute(at) % 1440
    crosses = quiet_from > quiet_to
    quiet = minute >= quiet_from or minute < quiet_to if crosses else quiet_from <= minute < quiet_to
    if not quiet:
        return at
    day = business_day(at) + timedelta(days=1 if crosses and minute >= quiet_from else 0)
    return midnight(day) + timedelta(minutes=quiet_to)


def next_try(attempts: int, at: datetime) -> datetime | None:
    """Return when a delivery that failed `attempts` times is tried again; None when it is given up."""
    return at + timedelta(seconds=TRIES[attempts - 1]) if attempts <= len(TRIES) else None


def fill(template: str, values: Mapping[str, object]) -> str:
    """Return the text of a template whose `{name}` holes are filled. Raises MissingValue; knows no expressions."""

    def value(hole: re.Match[str]) -> str:
        if hole[1] not in values:
            raise MissingValue(hole[1])
        return str(values[hole[1]])

    return HOLE.sub(value, template)
