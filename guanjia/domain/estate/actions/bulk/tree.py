"""The place tree of one estate in memory: what is there, and what an import wants of it.

Premises are found by building, entrance and room, whatever floor they hang under, so that a file without floors meets the
rooms that an earlier file hung under floors. A cell that is empty never erases what is known.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from guanjia.domain.estate.models import Estate, Place, Premises, Vacancy
from guanjia.domain.estate.rules import floors, labels
from guanjia.domain.estate.states import HELD, UNDER, PlaceKind
from guanjia.kernel import bulk
from guanjia.kernel.errors import Refusal

PLACE_COLUMNS = (
    *("id", "parent_id", "kind", "building_type", "code", "name", "label", "path", "sort_key", "spoken", "compact"),
    *("floor_label", "floor_number", "began_on"),
)
FACTS = ("area_m2", "inner_area_m2", "layout", "usage", "tenure", "delivered_on")
_PROBE = "77777"
bulk.register(Place, Premises, Vacancy)


class Ambiguous(Refusal):
    """Several phases have such a room."""

    code, field = "ambiguous_place", "phase"


class Misplaced(Refusal):
    """The place exists as another kind, or may not stand there."""

    code, field = "misplaced", "room"


class Node:
    """One place: `id` is None until a new one is written."""

    __slots__ = (
        "began_on",
        "building_type",
        "code",
        "facts",
        "floor_label",
        "floor_number",
        "id",
        "kind",
        "name",
        "parent",
        "path",
        "stand",
    )

    def __init__(self, pk: int | None, parent: Node | None, kind: str, code: str, path: str) -> None:
        self.id = pk
        self.parent = parent
        self.kind = kind
        self.code = code
        self.path = path
        self.name = ""
        self.building_type = ""
        self.floor_label = ""
        self.floor_number: int | None = None
        self.began_on: date | None = None
        self.facts: tuple[Any, ...] | None = None
        above = parent.stand if parent is not None else ("", "", "")
        if kind == PlaceKind.PHASE:
            above = (code, "", "")
        elif kind == PlaceKind.BUILDING:
            above = (above[0], code, "")
        elif kind == PlaceKind.ENTRANCE:
            above = (above[0], above[1], code)
        self.stand: tuple[str, str, str] = above

    def chain(self) -> list[tuple[str, ...]]:
        codes: list[tuple[str, ...]] = []
        node: Node | None = self
        while node is not None:
            codes.append((node.kind, node.code, node.name))
            node = node.parent
        return codes[::-1]


class Tree:
    """The present places of one estate, and the wishes of an import. `write` carries them out."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.by_path: dict[str, Node] = {}
        self.rooms: dict[tuple[str, str, str], list[Node]] = defaultdict(list)
        self.buildings: dict[str, list[Node]] = defaultdict(list)
        self.new: list[Node] = []
        self.changed: dict[tuple[str, int, str], tuple[Any, Any]] = {}
        self.vacancies: dict[int, tuple[int, str]] = {}
        self.wanted_vacancies: dict[Node, str] = {}
        self.unchanged = 0
        self._stand_index: tuple[int, dict[tuple[str, str], list[Node]]] = (0, {})
        self._probes: dict[tuple[str, ...], tuple[str, str, str]] = {}
        self._sort_keys: dict[str, str] = {}
        self._says_floor = "{floor}" in estate.label_form
        self._load()

    def _load(self) -> None:
        rows = Place.objects.filter(estate=self.estate, ended_on=None).order_by("path")
        by_id: dict[int, Node] = {}
        waiting = []
        names = ("pk", "parent_id", "kind", "code", "path", "name", "building_type", "floor_label", "floor_number", "began_on")
        for row in rows.values_list(*names):
            if row[1] is not None and row[1] not in by_id:
                waiting.append(row)
                continue
            by_id[row[0]] = self._known(row, by_id)
        for row in waiting:  # a parent that ended, or whose path sorts after its child's
            by_id[row[0]] = self._known(row, by_id)
        facts = Premises.objects.filter(estate=self.estate).values_list("place_id", *FACTS)
        for place_id, area, inner, *rest in facts:
            if place_id in by_id:
                by_id[place_id].facts = (_hundredths(area), _hundredths(inner), *rest)
        self.vacancies = {
            place: (pk, state)
            for place, pk, state in Vacancy.objects.filter(estate=self.estate, ended_on=None).values_list("place_id", "pk", "state")
        }

    def _known(self, row: tuple[Any, ...], by_id: dict[int, Node]) -> Node:
        node = Node(row[0], by_id.get(row[1]), row[2], row[3], row[4])
        node.name, node.building_type, node.floor_label, node.began_on = row[5], row[6], row[7], row[9]
        node.floor_number = None if row[8] is None else int(Decimal(row[8]) * 10)
        self._index(node)
        return node

    def _index(self, node: Node) -> None:
        self.by_path[node.path] = node
        if node.kind in HELD:
            self.rooms[node.stand[1], node.stand[2], node.code].append(node)
        elif node.kind == PlaceKind.BUILDING:
            self.buildings[node.code].append(node)

    def room(self, phase: str, building: str, entrance: str, room: str) -> Node | None:
        """Return the premises that a row names, or None. Without a phase it must be the only one. Raises Ambiguous."""
        found = [node for node in self.rooms.get((building, entrance, room), ()) if not phase or node.stand[0] == phase]
        if len(found) > 1:
            raise Ambiguous(_("好几个期区都有 %(room)s，请填写期区") % {"room": "-".join(filter(None, (building, entrance, room)))})
        return found[0] if found else None

    def stand(self, phase: str, building: str, entrance: str) -> Node:
        """Return the building or entrance, entering what is missing of it. Without a phase an only building of that code is meant."""
        parent: Node | None = None
        if phase:
            parent = self.want(None, PlaceKind.PHASE, phase)
        elif f"{building}/" not in self.by_path:
            known = self.buildings.get(building, [])
            if len(known) > 1:
                raise Ambiguous(_("好几个期区都有 %(building)s 号楼，请填写期区") % {"building": building})
            parent = known[0].parent if known else None
        node = self.want(parent, PlaceKind.BUILDING, building)
        return self.want(node, PlaceKind.ENTRANCE, entrance) if entrance else node

    def standing(self, phase: str, building: str, entrance: str) -> Node | None:
        """Return the building or entrance that a row names, or None; nothing is entered. Raises Ambiguous."""
        found = [node for node in self._stands().get((building, entrance), ()) if not phase or node.stand[0] == phase]
        if len(found) > 1:
            raise Ambiguous(_("好几个期区都有 %(building)s 号楼，请填写期区") % {"building": building})
        return found[0] if found else None

    def _stands(self) -> dict[tuple[str, str], list[Node]]:
        if len(self._stand_index[1]) == 0 or self._stand_index[0] != len(self.by_path):
            index: dict[tuple[str, str], list[Node]] = defaultdict(list)
            for node in self.by_path.values():
                if node.kind in (PlaceKind.BUILDING, PlaceKind.ENTRANCE):
                    index[node.stand[1], node.stand[2]].append(node)
            self._stand_index = (len(self.by_path), index)
        return self._stand_index[1]

    def want(self, parent: Node | None, kind: str, code: str, **facts: Any) -> Node:
        """Return the place, entering it when it is missing, and let it have the facts that are given. Raises Misplaced."""
        path = f"{parent.path if parent else ''}{code}/"
        node = self.by_path.get(path)
        if node is None:
            if kind not in UNDER.get(parent.kind if parent else "", ()):
                raise Misplaced(_("%(kind)s不能放在这里，请填写楼栋") % {"kind": PlaceKind(kind).label})
            if len(path) > 190:
                raise Misplaced(_("位置的编号连起来太长"))
            node = self._enter(parent, kind, code, path)
        elif node.kind != kind:
            names = {"code": path.strip("/").replace("/", "-"), "kind": PlaceKind(node.kind).label}
            raise Misplaced(_("%(code)s 已经是%(kind)s") % names)
        for name, value in facts.items():
            if value is not None and getattr(node, name) != value:
                self._change(node, Place, name, getattr(node, name), value)
                setattr(node, name, value)
        return node

    def premises(self, parent: Node, floor: str, kind: str, code: str, facts: tuple[Any, ...]) -> Node:
        """Return premises under a building or entrance, found by room, entered with their floor when missing; `facts` as FACTS."""
        known = self.rooms.get((parent.stand[1], parent.stand[2], code))
        node = next((each for each in known if each.stand[0] == parent.stand[0]), None) if known else None
        if node is None:
            stair = parent
            if floor:
                stair = self.by_path.get(f"{parent.path}{floor}/") or self.want(parent, PlaceKind.FLOOR, floor)
                if stair.kind != PlaceKind.FLOOR:
                    stair = parent
                elif not stair.floor_label:
                    stair.floor_label = floor
            path = f"{stair.path}{code}/"
            if path in self.by_path:
                raise Misplaced(
                    _("%(code)s 已经是%(kind)s")
                    % {"code": path.strip("/").replace("/", "-"), "kind": PlaceKind(self.by_path[path].kind).label}
                )
            node = self._enter(stair, kind, code, path)
            node.floor_label = floor
            node.facts = facts
            return node
        if node.kind != kind:
            raise Misplaced(_("%(code)s 已经是%(kind)s") % {"code": code, "kind": PlaceKind(node.kind).label})
        self._revise(node, facts)
        return node

    def rootless(self, code: str, facts: tuple[Any, ...]) -> Node:
        """Return a parking space that hangs under no garage. Raises Misplaced."""
        node = self.want(None, PlaceKind.PARKING, code)
        self._revise(node, facts)
        return node

    def _revise(self, node: Node, facts: tuple[Any, ...]) -> None:
        before = node.facts
        if before is None:
            node.facts = facts
            return
        if all(new is None or new == old for new, old in zip(facts, before, strict=True)):
            self.unchanged += 1
            return
        for name, new, old in zip(FACTS, facts, before, strict=True):
            if new is not None and new != old:
                self._change(node, Premises, name, old, new)
        node.facts = tuple(old if new is None else new for new, old in zip(facts, before, strict=True))

    def occupy(self, node: Node, state: str) -> None:
        """Say how premises are used from the day of the import on, unless that is known already."""
        known = self.vacancies.get(node.id or 0)
        if known is None or known[1] != state:
            self.wanted_vacancies[node] = state
        else:
            self.wanted_vacancies.pop(node, None)

    def _enter(self, parent: Node | None, kind: str, code: str, path: str) -> Node:
        node = Node(None, parent, kind, code, path)
        node.name = labels.named(kind, code) if kind not in HELD else code
        if kind == PlaceKind.FLOOR:
            node.floor_label = code
        self.new.append(node)
        self._index(node)
        return node

    def _change(self, node: Node, model: Any, name: str, before: Any, after: Any) -> None:
        if node.id is None:
            return
        key = (model._meta.label, node.id, name)
        self.changed[key] = (self.changed.get(key, (before, None))[0], after)

    def counts(self) -> dict[str, int]:
        """Return how many places would be entered and how many rows changed."""
        homes = sum(1 for node in self.new if node.kind in HELD)
        rows = {(label, pk) for label, pk, _name in self.changed}
        return {"places": len(self.new), "premises": homes, "changed": len(rows), "vacancies": len(self.wanted_vacancies)}

    def write(self, *, on: date) -> bulk.Footprint:
        """Enter the new places, change the changed ones; return the footprint. `on` is the day from which uses count."""
        footprint = bulk.Footprint()
        for node, pk in zip(self.new, bulk.take_ids(Place, len(self.new)), strict=True):
            node.id = pk
        self._number_floors()
        estate = self.estate.pk
        bulk.insert(Place, PLACE_COLUMNS, map(self._row, self.new), same={"estate_id": estate})
        footprint.note(Place, [node.id for node in self.new if node.id])
        homes = [node for node in self.new if node.kind in HELD]
        empty = (None,) * len(FACTS)
        bulk.insert(
            Premises,
            ("place_id", *FACTS),
            ((node.id, *_stored(node.facts or empty)) for node in homes),
            same={"estate_id": estate},
        )
        footprint.note(Premises, [node.id for node in homes if node.id])
        self._write_changes(footprint)
        self._write_vacancies(footprint, on)
        return footprint

    def _row(self, node: Node) -> tuple[Any, ...]:
        label, spoken, compact, sort_key = self._keys(node)
        parent = node.parent.id if node.parent else None
        return (
            *(node.id, parent, node.kind, node.building_type, node.code, node.name, label, node.path, sort_key, spoken, compact),
            *(node.floor_label, node.floor_number, bulk.day(node.began_on)),
        )

    def _keys(self, node: Node) -> tuple[str, str, str, str]:
        """Return label, spoken, compact, sort key as `labels.keys` gives them; plain numbers of one stair from one probe."""
        code, parent = node.code, node.parent
        plain = code.isascii() and code.isdecimal() and len(code) <= 8 and (node.kind in HELD or node.kind == PlaceKind.FLOOR)
        if not plain or parent is None or _PROBE in parent.path or _PROBE in self.estate.label_form:
            keys = labels.keys(node.chain(), self.estate.label_form)
            self._sort_keys[node.path] = keys.sort_key
            return keys.label, keys.spoken, keys.compact, keys.sort_key
        alike = (node.kind, *parent.stand) if node.kind in HELD and not self._says_floor else (node.kind, parent.path)
        probe = self._probes.get(alike)
        if probe is None:
            keys = labels.keys([*parent.chain(), (node.kind, _PROBE)], self.estate.label_form)
            probe = self._probes[alike] = (keys.label, keys.spoken, keys.compact)
        above = self._sort_keys.get(parent.path)
        if above is None:
            above = self._sort_keys[parent.path] = labels.keys(parent.chain(), self.estate.label_form).sort_key
        sort_key = f"{above}/{code.zfill(8)}"
        if node.kind == PlaceKind.FLOOR:
            self._sort_keys[node.path] = sort_key
        label, spoken, compact = probe
        return label.replace(_PROBE, code), spoken.replace(_PROBE, code), compact.replace(_PROBE, code), sort_key

    def _number_floors(self) -> None:
        """Count the physical floors of every building that got something new (see `rules.floors.physical`)."""
        inside: dict[tuple[str, str], list[Node]] = defaultdict(list)
        touched = {node.stand[:2] for node in self.new if node.floor_label}
        for node in self.by_path.values():
            if node.floor_label and node.stand[:2] in touched:
                inside[node.stand[:2]].append(node)
        for nodes in inside.values():
            counted = {label: int(number * 10) for label, number in floors.physical({node.floor_label for node in nodes}).items()}
            for node in nodes:
                number = counted.get(node.floor_label)
                if number != node.floor_number:
                    if node.id is not None and node.floor_number is not None:
                        self.changed["estate.Place", node.id, "floor_number"] = (node.floor_number, number)
                    node.floor_number = number

    def _write_changes(self, footprint: bulk.Footprint) -> None:
        by_column: dict[tuple[str, str], list[tuple[Any, int]]] = defaultdict(list)
        for (label, pk, name), (before, after) in self.changed.items():
            by_column[label, name].append((_plain(after), pk))
            footprint.changed.append(bulk.Change(label, pk, name, _plain(before), _plain(after)))
        for (label, name), rows in by_column.items():
            bulk.update(Place if label == "estate.Place" else Premises, [name], rows)

    def _write_vacancies(self, footprint: bulk.Footprint, on: date) -> None:
        ended = [(self.vacancies[node.id][0], node) for node in self.wanted_vacancies if node.id in self.vacancies]
        bulk.update(Vacancy, ["ended_on"], [(bulk.day(on), pk) for pk, _node in ended])
        footprint.changed += [bulk.Change("estate.Vacancy", pk, "ended_on", None, on.isoformat()) for pk, _node in ended]
        ids = bulk.take_ids(Vacancy, len(self.wanted_vacancies))
        fields = ("id", "estate_id", "place_id", "state", "began_on", "ended_on")
        rows = [
            (pk, self.estate.pk, node.id, state, bulk.day(on), None)
            for pk, (node, state) in zip(ids, self.wanted_vacancies.items(), strict=True)
        ]
        bulk.insert(Vacancy, fields, rows)
        footprint.note(Vacancy, ids)


def _hundredths(value: Decimal | None) -> int | None:
    return None if value is None else int(value * 100)


def _stored(facts: tuple[Any, ...]) -> tuple[Any, ...]:
    area, inner, layout, usage, tenure, delivered = facts
    return (area, inner, layout or "", usage or "", tenure or "", bulk.day(delivered))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
