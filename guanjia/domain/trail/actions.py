"""Writing facts down. Nobody calls `record` by hand: actions announce, and the kernel brings the fact here."""

from __future__ import annotations

import dataclasses
import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from guanjia.domain.trail import ports
from guanjia.domain.trail.models import Command, Entry, Head, Series
from guanjia.domain.trail.rules import Link, seal
from guanjia.kernel.actor import Actor

COMPANY_CHAIN = 0


def record(event: Any, *, name: str, about: Any, actor: Actor, at: datetime, estate_id: int | None) -> None:
    """Append the fact to its chain, in the caller's transaction.

    A fact about an estate belongs to that estate's chain; a fact of no estate to chain 0. The head row is taken first, so
    that writers of one chain queue and no number is ever missing.
    """
    about_type = about._meta.label if about is not None else ""
    if estate_id is None and about_type == "estate.Estate":
        estate_id = about.pk
    chain = estate_id or COMPANY_CHAIN
    seq, last, company_id = _next(chain)
    if chain == COMPANY_CHAIN:
        company_id = getattr(about, "company_id", None) or actor.company_id
    link = Link(
        estate_id=chain,
        seq=seq,
        at=at,
        actor_id=actor.user_id,
        actor_name=actor.name if actor.user_id is None else "",
        company_id=company_id,
        name=name,
        about_type=about_type,
        about_id=about.pk if about is not None else None,
        place_id=about.pk if about_type == "estate.Place" else getattr(about, "place_id", None),
        payload={field.name: plain(getattr(event, field.name)) for field in dataclasses.fields(event)},
        prev_hash=last,
    )
    hashed = seal(link)
    Entry.objects.create(**{field.name: getattr(link, field.name) for field in dataclasses.fields(Link)}, hash=hashed)
    Head.objects.filter(estate_id=chain, seq=seq).update(hash=hashed)


def plain(value: Any) -> Any:
    """Return the value as JSON that reads back equal on every database; floats do not, so they are refused."""
    if value is None or (isinstance(value, bool | int | str) and not isinstance(value, enum.Enum)):
        return value
    if isinstance(value, enum.Enum):
        return plain(value.value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} has no place in the trail")


def _next(chain: int) -> tuple[int, str, int | None]:
    """Take the next number of the chain; the row stays locked until the transaction ends."""
    sql = "UPDATE trail_head SET seq = seq + 1 WHERE estate_id = %s RETURNING seq, hash, company_id"
    with connection.cursor() as cursor:
        cursor.execute(sql, [chain])
        row = cursor.fetchone()
        if row is None:
            Head.objects.bulk_create([Head(estate_id=chain, company_id=ports.company_of(chain))], ignore_conflicts=True)
            cursor.execute(sql, [chain])
            row = cursor.fetchone()
    return row[0], row[1], row[2]


class CommandStore:
    """Keeps the keys of commands that had their effect, in the transaction of the effect (see kernel.commands)."""

    def claim(self, key: UUID, *, actor: Actor, at: datetime, fingerprint: str) -> bool:
        """Write the key down; False when it is there already. A second sender waits here until the first one is through."""
        fields = Command._meta.concrete_fields
        values = {"key": key, "actor_id": actor.user_id, "at": at, "fingerprint": fingerprint}
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO trail_command (key, actor_id, at, fingerprint) VALUES (%s, %s, %s, %s) ON CONFLICT (key) DO NOTHING",
                [field.get_db_prep_save(values[field.attname], connection) for field in fields if field.attname in values],
            )
            return bool(cursor.rowcount == 1)

    def find(self, key: UUID) -> tuple[str, Any]:
        """Return the fingerprint and the first result of a key."""
        command = Command.objects.get(key=key)
        return command.fingerprint, command.result

    def finish(self, key: UUID, *, result: Any) -> None:
        """Keep the result of a claimed key."""
        Command.objects.filter(key=key).update(result=result)


def next_number(estate_id: int, series: str) -> int:
    """Return the next number of a printed series, from 1, in the caller's transaction: writers of one series queue on its row.

    A transaction that fails gives its number back; one that commits keeps it for ever.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number belongs to the transaction of what bears it")
    Series.objects.get_or_create(estate_id=estate_id, name=series)
    Series.objects.filter(estate_id=estate_id, name=series).update(last=F("last") + 1)
    return Series.objects.values_list("last", flat=True).get(estate_id=estate_id, name=series)
