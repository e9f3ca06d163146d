"""Reads in plain SQL for what every page of the day does: building a query and converting its columns cost more than running it.

Dates come as the database gives them; instants are asked for as text, and the few different ones are read once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from guanjia.kernel.periods import to_minute


def rows(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return what a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def instant(at: datetime) -> Any:
    """Return an instant as a parameter."""
    return connection.ops.adapt_datetimefield_value(at)


class Minutes(dict[str, int]):
    """Civil minutes of instants as text, each read once: `CAST(period_began AS varchar(40))`."""

    def __missing__(self, text: str) -> int:
        at = datetime.fromisoformat(text)
        minute = self[text] = to_minute(at if at.tzinfo else at.replace(tzinfo=UTC))
        return minute


def marks(values: Sequence[Any]) -> str:
    """Return the placeholders of an IN list."""
    return ", ".join(["%s"] * len(values))
