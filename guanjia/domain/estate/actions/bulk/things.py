"""Meters and equipment of one estate, entered by an import: found by their number, entered or completed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from guanjia.domain.estate.actions.bulk.tree import Node, Tree
from guanjia.domain.estate.actions.equipment import reckon_duties
from guanjia.domain.estate.models import Equipment, EquipmentDuty, Meter
from guanjia.domain.estate.states import PlaceKind
from guanjia.kernel import bulk

METER = ("place_id", "code", "medium", "bearer", "multiplier", "first_reading", "last_reading", "read_on", "began_on")
MACHINE = (
    *("place_id", "code", "name", "category", "keeper", "keeper_name", "rescue_code", "quantity", "maker", "model", "serial"),
    *("registration", "accepted_on", "in_service_on", "permit_until", "warranty_until", "inspected_on"),
)
bulk.register(Equipment, EquipmentDuty, Meter)
_SCALES = {"multiplier": 4, "first_reading": 3, "last_reading": 3}
_ROOM_WORDS = ("房", "室", "间", "井", "站", "机房")


class Ledger:
    """What the estate has of one kind of thing, and what an import wants of it."""

    def __init__(self, tree: Tree, kind: str) -> None:
        self.tree = tree
        self.model: type[Meter] | type[Equipment] = Meter if kind == "meter" else Equipment
        model = self.model
        self.fields = METER if model is Meter else MACHINE
        rows = model._default_manager.filter(estate=tree.estate).values_list("pk", *self.fields)
        self.known = {self._key(row[1:]): (row[0], dict(zip(self.fields, row[1:], strict=True))) for row in rows}
        self.new: list[dict[str, Any]] = []
        self.changes: list[tuple[int, dict[str, Any], dict[str, Any]]] = []
        self.unchanged = 0

    def _key(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        return (values[1], values[2]) if self.model is Meter else (values[1],)

    def want(self, node: Node | None, **facts: Any) -> None:
        """Enter the thing, or complete the known one; facts that are None are left alone. Numbers come in stored units."""
        key = (facts["code"], facts["medium"]) if self.model is Meter else (facts["code"],)
        known = self.known.get(key)
        if known is None:
            self.new.append({**facts, "node": node})
            return
        pk, before = known
        wanted = {name: value for name, value in facts.items() if value is not None and _as_stored(name, before[name]) != value}
        moved = node is not None and (node.id is None or node.id != before["place_id"])
        if not wanted and not moved:
            self.unchanged += 1
            return
        self.changes.append((pk, {**wanted, **({"node": node} if moved else {})}, before))

    def counts(self) -> dict[str, int]:
        """Return how many rows would be entered and changed."""
        return {"meters" if self.model is Meter else "equipment": len(self.new), "changed": len(self.changes)}

    def write(self, *, on: date) -> bulk.Footprint:
        """Write the wishes; statutory duties of equipment are reckoned as of the day."""
        footprint = bulk.Footprint()
        ids = bulk.take_ids(self.model, len(self.new))
        defaults = {field.attname: field for field in self.model._meta.concrete_fields}
        names = [name for name in defaults if name not in ("id", "estate_id")]
        rows = [
            (pk, self.tree.estate.pk, *(self._value(name, thing, defaults[name]) for name in names))
            for pk, thing in zip(ids, self.new, strict=True)
        ]
        bulk.insert(self.model, ("id", "estate_id", *names), rows)
        footprint.note(self.model, ids)
        for pk, wanted, before in self.changes:
            for name, value in wanted.items():
                column, after = ("place_id", value.id) if name == "node" else (name, value)
                stored = bulk.day(after) if isinstance(after, date) else after
                bulk.update(self.model, [column], [(stored, pk)])
                field = self.model._meta.get_field("place" if name == "node" else name).name
                old = _as_stored(column, before[column])
                footprint.changed.append(bulk.Change(self.model._meta.label, pk, field, _plain(old), _plain(after)))
        if self.model is Equipment:
            self._reckon([*ids, *(pk for pk, _wanted, _before in self.changes)], ids, footprint, on)
        return footprint

    def _reckon(self, touched: list[int], created: list[int], footprint: bulk.Footprint, on: date) -> None:
        for thing in Equipment.objects.filter(pk__in=touched).select_related("estate"):
            reckon_duties(thing, on=on)
        duties = EquipmentDuty.objects.filter(estate=self.tree.estate, equipment__in=created).order_by("pk").values_list("pk", flat=True)
        footprint.note(EquipmentDuty, list(duties))

    def _value(self, name: str, thing: dict[str, Any], field: Any) -> Any:
        if name == "place_id":
            return thing["node"].id if thing["node"] is not None else None
        value = thing.get(name)
        if value is None:
            if not field.has_default():
                return None if field.null else ""
            value = field.get_default()
            return int(Decimal(value).scaleb(_SCALES[name])) if name in _SCALES else value
        return bulk.day(value) if isinstance(value, date) else value


def spot(tree: Tree, under: Node | None, words: str) -> Node:
    """Return the common area or equipment room that words such as 地下室水泵房 name, entering it when it is missing."""
    code = words.replace("/", "-")[:40]
    path = f"{under.path if under else ''}{code}/"
    known = tree.by_path.get(path)
    kind = known.kind if known else PlaceKind.ROOM if code.endswith(_ROOM_WORDS) else PlaceKind.COMMON
    return tree.want(under, kind, code)


def _as_stored(name: str, value: Any) -> Any:
    return int(Decimal(value).scaleb(_SCALES[name])) if name in _SCALES and value is not None else value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
