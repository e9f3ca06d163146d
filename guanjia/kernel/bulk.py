"""Set-based writing for imports: ids taken ahead, rows sent in one stream, and a footprint by which they can be taken back.

For bulk actions only. Values are given as the database stores them (Scaled columns as integers, sealed columns sealed), so
nothing here calls a model; constraints of the database hold as always. Everything runs in the caller's transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import Any

from django.db import connection, models

Model = type[models.Model]
CHUNK = 2_000
STAGED = 20_000  # rows that SQLite may hold in memory beside the real table

_known: dict[str, Model] = {}


def register(*tables: Model) -> None:
    """Make known which tables a footprint may name; called by the bulk actions that write them."""
    _known.update({table._meta.label: table for table in tables})


@dataclass(frozen=True)
class Change:
    """One column of one row that was changed: what it was, what it became, as JSON values."""

    label: str
    pk: int
    column: str
    before: Any
    after: Any


@dataclass
class Footprint:
    """What one bulk action created and changed, in the order of writing; enough to take it back."""

    created: dict[str, list[int]] = field(default_factory=dict)
    changed: list[Change] = field(default_factory=list)

    def note(self, model: Model, ids: Sequence[int]) -> None:
        if ids:
            self.created.setdefault(model._meta.label, []).extend(ids)

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON, ids as ranges with both ends included."""
        return {
            "created": [[label, ranges(ids)] for label, ids in self.created.items()],
            "changed": [[change.label, change.pk, change.column, _json(change.before), _json(change.after)] for change in self.changed],
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Footprint:
        created = {label: [pk for first, last in spans for pk in range(first, last + 1)] for label, spans in stored["created"]}
        return cls(created, [Change(*change) for change in stored["changed"]])

    @property
    def empty(self) -> bool:
        return not self.changed and not any(self.created.values())


def ranges(ids: Iterable[int]) -> list[list[int]]:
    """Return numbers as [first, last] pairs."""
    spans: list[list[int]] = []
    for pk in sorted(ids):
        if spans and pk == spans[-1][1] + 1:
            spans[-1][1] = pk
        else:
            spans.append([pk, pk])
    return spans


def take_ids(model: Model, count: int) -> list[int]:
    """Return so many unused primary keys, ascending. On SQLite the caller holds the write lock, so nobody else takes them."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            first = (row[0] if row else 0) + 1
            return list(range(first, first + count))
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, model._meta.pk.column, count])
        return [row[0] for row in cursor.fetchall()]


def insert(model: Model, fields: Sequence[str], rows: Iterable[Sequence[Any]], *, same: Mapping[str, Any] | None = None) -> None:
    """Insert rows; `fields` are attribute names (`place_id`), the values stand as the database keeps them.

    `same` are columns that hold one value in all rows. Columns that are not named and may not be null get their default.
    """
    usual = dict(same or {})
    for each in model._meta.concrete_fields:
        if each.attname not in fields and each.attname not in usual and (each.has_default() or not each.null):
            usual[each.attname] = each.get_db_prep_save(each.get_default(), connection)
    if connection.vendor == "sqlite":
        _insert_staged(model, fields, usual, rows)
        return
    table, names = _names(model, [*fields, *usual])
    rest = tuple(usual.values())
    connection.ensure_connection()
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row((*row, *rest))


def _insert_staged(model: Model, fields: Sequence[str], usual: Mapping[str, Any], rows: Iterable[Sequence[Any]]) -> None:
    """Send rows to a bare table in memory and let SQLite copy them many at a time: it then opens the real indexes once for all of them.

    Half the work of sending every row to the real table.
    """
    table, names = _names(model, [*fields, *usual])
    columns = ", ".join(f"c{number}" for number in range(len(fields)))
    slots = ", ".join(["%s"] * len(fields))
    rest = "".join([", %s"] * len(usual))
    stream = iter(rows)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE bulk_rows ({columns})")
        staged = 0
        while True:
            chunk = list(islice(stream, CHUNK))
            if chunk:
                cursor.executemany(f"INSERT INTO bulk_rows VALUES ({slots})", chunk)
                staged += len(chunk)
            if staged and (not chunk or staged >= STAGED):
                cursor.execute(f"INSERT INTO {table} ({names}) SELECT {columns}{rest} FROM bulk_rows ORDER BY rowid", list(usual.values()))
                cursor.execute("DELETE FROM bulk_rows")
                staged = 0
            if not chunk:
                break
        cursor.execute("DROP TABLE bulk_rows")


def update(model: Model, fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Update rows by primary key, which stands last in each row; a version column moves on, so that open forms notice."""
    table, _ = _names(model, fields)
    sets = ", ".join(f"{connection.ops.quote_name(_column(model, name))} = %s" for name in fields)
    if any(each.attname == "version" for each in model._meta.concrete_fields):
        sets += ", version = version + 1"
    key = _key_of(model)
    with connection.cursor() as cursor:
        stream = iter(rows)
        while chunk := list(islice(stream, CHUNK)):
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE {key} = %s", chunk)


def day(value: date | None) -> date | str | None:
    """Return a date as the driver takes it without asking Django."""
    return value.isoformat() if value is not None and _days_are_text() else value


@cache
def _days_are_text() -> bool:
    return bool(connection.vendor == "sqlite")


def lock(estate_id: int) -> None:
    """Let one import at a time write an estate: an advisory lock on PostgreSQL until the transaction ends; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0x1A7E, estate_id & 0x7FFFFFFF])


def dependents(footprint: Footprint) -> Iterator[tuple[str, int]]:
    """Yield (model label, count) of rows outside the footprint that point at rows it created."""
    for label, ids in footprint.created.items():
        for relation in _known[label]._meta.related_objects:
            if relation.many_to_many:
                continue
            other = relation.related_model
            mine = set(footprint.created.get(other._meta.label, ()))
            count = 0
            for condition in _within(ids, relation.field.attname):
                found = other._base_manager.filter(condition).values_list("pk", flat=True)
                count += sum(1 for pk in found.iterator() if pk not in mine)
            if count:
                yield other._meta.label, count


def touched(footprint: Footprint) -> Iterator[tuple[str, int]]:
    """Yield (model label, count) of rows it created that somebody has changed since: their version has moved on."""
    for label, ids in footprint.created.items():
        model = _known[label]
        if any(each.attname == "version" for each in model._meta.concrete_fields):
            count = sum(model._base_manager.filter(condition, version__gt=1).count() for condition in _within(ids, "pk"))
            if count:
                yield label, count


def take_back(footprint: Footprint) -> None:
    """Delete what was created, last first, and put changed columns back. The caller has looked for dependents."""
    for change in reversed(footprint.changed):
        model = _known[change.label]
        attribute = _attribute(model, change.column)
        _raw_update(model, attribute, change.before, change.pk)
    for label in reversed(list(footprint.created)):
        model = _known[label]
        table = connection.ops.quote_name(model._meta.db_table)
        key = _key_of(model)
        with connection.cursor() as cursor:
            for first, last in ranges(footprint.created[label]):
                cursor.execute(f"DELETE FROM {table} WHERE {key} BETWEEN %s AND %s", [first, last])


def changed_since(footprint: Footprint) -> list[Change]:
    """Return the changes whose column no longer holds what was written: somebody changed it again."""
    again = []
    for change in footprint.changed:
        model = _known[change.label]
        column = _column(model, _attribute(model, change.column))
        with connection.cursor() as cursor:
            table, key = connection.ops.quote_name(model._meta.db_table), _key_of(model)
            cursor.execute(f"SELECT {connection.ops.quote_name(column)} FROM {table} WHERE {key} = %s", [change.pk])
            row = cursor.fetchone()
        json_column = isinstance(model._meta.get_field(change.column), models.JSONField)  # PostgreSQL writes it its own way
        if row is None or (json.loads(row[0]) != json.loads(change.after) if json_column else _json(row[0]) != _json(change.after)):
            again.append(change)
    return again


def _raw_update(model: Model, attribute: str, value: Any, pk: int) -> None:
    table, key = connection.ops.quote_name(model._meta.db_table), _key_of(model)
    column = connection.ops.quote_name(_column(model, attribute))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [value, pk])


def _within(ids: Sequence[int], name: str) -> Iterator[models.Q]:
    """Yield conditions that together hold for these numbers; SQLite takes no more than a thousand terms in one."""
    spans = iter(ranges(ids))
    while chunk := list(islice(spans, 200)):
        found = models.Q(pk__in=[])
        for first, last in chunk:
            found |= models.Q(**{f"{name}__gte": first, f"{name}__lte": last})
        yield found


def _names(model: Model, fields: Sequence[str]) -> tuple[str, str]:
    quote = connection.ops.quote_name
    return quote(model._meta.db_table), ", ".join(quote(_column(model, name)) for name in fields)


def _column(model: Model, attribute: str) -> str:
    return str(next(each.column for each in model._meta.concrete_fields if each.attname == attribute))


def _attribute(model: Model, name: str) -> str:
    return next(each.attname for each in model._meta.concrete_fields if each.name == name or each.attname == name)


def _key_of(model: Model) -> str:
    return connection.ops.quote_name(str(model._meta.pk.column))


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
