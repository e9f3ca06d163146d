"""Hold judged rows against what an estate has: what would be entered, changed, left alone, and what cannot be.

Reads only; the caller decides whether the plan is shown (dry run) or written. Rows that point at something that is not
there are refused here, at the cell that points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from guanjia.domain.estate.actions.bulk import Ledger, Node, Tree, spot
from guanjia.domain.estate.rules.addresses import part
from guanjia.domain.intake.actions.keeping import Shelf
from guanjia.domain.intake.rules.verdicts import Judged, Where
from guanjia.domain.parties.actions.bulk import People
from guanjia.domain.staff.actions.bulk import Crew
from guanjia.kernel import bulk
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate

Progress = Callable[[int, int], None]
STEP = 2_000
_OWNERS = {"name": "owner", "id_number": "owner_id", "phone": "owner_phone"}
_HOLDS = {"owned": "owner", "developer": "tenant", "common": "occupant"}


class NoSuchPlace(Refusal):
    """The row names a place that is neither in the estate nor in the file."""

    code, field = "no_such_place", "room"


class Plan:
    """What the good rows of a file would do to an estate."""

    def __init__(self, estate: Estate, actor: Actor) -> None:
        self.estate = estate
        self.actor = actor
        self.tree = Tree(estate)
        self._people: People | None = None
        self._ledgers: dict[str, Ledger] = {}
        self._crew: Crew | None = None
        self._shelf: Shelf | None = None
        self._stands: dict[tuple[str, ...], Node] = {}
        self.refused_rooms: set[tuple[str, ...]] = set()

    def stand(self, said: tuple[str, ...]) -> Node:
        """Return the building or entrance of premises; hundreds of rows say the same one."""
        node = self._stands.get(said)
        if node is None:
            node = self._stands[said] = self.tree.stand(*said)
        return node

    @property
    def people(self) -> People:
        if self._people is None:
            self._people = People(self.estate.pk)
        return self._people

    @property
    def crew(self) -> Crew:
        if self._crew is None:
            self._crew = Crew(self.estate, self.actor)
        return self._crew

    @property
    def shelf(self) -> Shelf:
        if self._shelf is None:
            self._shelf = Shelf(self.estate.pk)
        return self._shelf

    def ledger(self, kind: str) -> Ledger:
        if kind not in self._ledgers:
            self._ledgers[kind] = Ledger(self.tree, kind)
        return self._ledgers[kind]

    @property
    def parts(self) -> list[Any]:
        """Return what is to be written, in order: later parts point at earlier ones."""
        return [part for part in (self.tree, self._people, *self._ledgers.values(), self._crew, self._shelf) if part is not None]

    def counts(self) -> dict[str, int]:
        """Return how many rows of each kind would be entered, and how many changed."""
        total: dict[str, int] = {}
        for part_ in self.parts:
            for name, count in part_.counts().items():
                total[name] = total.get(name, 0) + count
        return {name: count for name, count in total.items() if count}

    def write(self, *, on: date, progress: Progress | None = None) -> bulk.Footprint:
        """Write everything in the caller's transaction; return the footprint of all of it."""
        footprint = bulk.Footprint()
        parts = self.parts
        for number, part_ in enumerate(parts):
            if progress:
                progress(number, len(parts))
            left = part_.write(on=on)
            for label, ids in left.created.items():
                footprint.created.setdefault(label, []).extend(ids)
            footprint.changed += left.changed
        return footprint


def survey(estate: Estate, judged: Sequence[Judged], *, actor: Actor, progress: Progress | None = None) -> Plan:
    """Return the plan of all good rows; rows that cannot be carried out are refused in `judged`.

    Sheets are taken in the order in which they build on each other, whatever their order in the file.
    """
    plan = Plan(estate, actor)
    total = sum(result.read for result in judged) or 1
    done = 0
    for kind, take in _TAKERS:
        for result in judged:
            if result.sheet.kind != kind:
                continue
            records = result.records
            position = result.sheet.position
            same, bad = result.same, result.bad
            for index, record in enumerate(records):
                if index in bad or index in same:
                    continue
                if progress and not (done + index) % STEP:
                    progress(done + index, total)
                try:
                    take(plan, result.where[index] if result.where else None, record, position)
                except Refusal as refusal:
                    key = next((name for name in (refusal.field, _OWNERS.get(refusal.field, "")) if name in position), "")
                    result.refuse(index, key if key in result.columns else "", refusal.code, str(refusal))
            done += len(records)
            if kind == "premises":
                plan.refused_rooms.update(where[:3] + where[4:] for index in bad if result.where and (where := result.where[index]))
    return plan


def _building(plan: Plan, _where: Where | None, record: tuple[Any, ...], at: dict[str, int]) -> None:
    node = plan.tree.stand(record[at["phase"]] or "", record[at["building"]], "")
    facts = {"building_type": record[at["building_type"]], "began_on": record[at["began_on"]]}
    if node.id is None:  # renaming what is known changes the labels of everything in it: that is done at the desk
        facts["name"] = record[at["name"]]
    plan.tree.want(node.parent, node.kind, node.code, **facts)
    if record[at["entrance"]]:
        plan.tree.want(node, "entrance", record[at["entrance"]])
    for number in range(1, (record[at["entrances"]] or 0) + 1):
        plan.tree.want(node, "entrance", str(number))
    for number in range(1, (record[at["basements"]] or 0) + 1):
        plan.tree.want(node, "floor", f"B{number}")


def _premises(plan: Plan, where: Where | None, record: tuple[Any, ...], at: dict[str, int]) -> None:
    assert where is not None
    parent = plan.stand(where[:3])
    usage = record[at["usage"]]
    kind = "storage" if usage == "储藏" else "premises"
    facts = (record[at["area_m2"]], record[at["inner_area_m2"]], record[at["layout"]], usage, None, record[at["delivered_on"]])
    node = plan.tree.premises(parent, where.floor, kind, where.room, facts)
    if record[at["vacancy"]]:
        plan.tree.occupy(node, record[at["vacancy"]])
    name = record[at["owner"]]
    if name:
        people = plan.people
        person = people.who(name=name, id_number=record[at["owner_id"]], numbers=record[at["owner_phone"]] or (), at=(node,))
        people.occupy(node, person, "owner", share=record[at["share"]], began_on=record[at["moved_in_on"]])


def _room(plan: Plan, where: Where) -> Node:
    node = plan.tree.room(where.phase, where.building, where.entrance, where.room)
    if node is None:
        if (where[:3] + where[4:]) in plan.refused_rooms:
            raise NoSuchPlace(_("%(room)s 在房屋表里有错，改好后再导入") % {"room": where})
        raise NoSuchPlace(_("没有 %(room)s 这户，请先导入房屋") % {"room": where})
    return node


def _resident(plan: Plan, where: Where | None, record: tuple[Any, ...], at: dict[str, int]) -> None:
    assert where is not None
    node = _room(plan, where)
    kind, number = record[at["kind"]] or "", record[at["id_number"]]
    person = plan.people.who(name=record[at["name"]], kind=kind, id_number=number, numbers=record[at["phone"]] or (), at=(node,))
    share, began_on, ended_on = (record[at[key]] for key in ("share", "began_on", "ended_on"))
    plan.people.occupy(node, person, record[at["relation"]] or "owner", share=share, began_on=began_on, ended_on=ended_on)


def _zone(plan: Plan, zone: str | None, space: str, *, enter: bool) -> tuple[Node | None, str]:
    """Return where a space hangs and its code: "B1-217" without a zone is 217 in B1."""
    if zone is None and "-" in space:
        zone, _dash, space = space.rpartition("-")
    if not zone:
        return None, space
    code = part(zone)[:20]
    known = plan.tree.by_path.get(f"{code}/")
    if known is None and enter:
        named = zone if any(word in zone for word in ("库", "场", "地面")) else f"{zone} 车库"
        known = plan.tree.want(None, "building", code, building_type="garage", name=named)
    return known, space


def _space(plan: Plan, where: Where | None, record: tuple[Any, ...], at: dict[str, int]) -> None:
    parent, code = _zone(plan, record[at["zone"]], record[at["space"]], enter=True)
    tenure = record[at["tenure"]]
    facts = (record[at["area_m2"]], None, None, None, tenure, None)
    if parent is None:
        node = plan.tree.rootless(code, facts)
    else:
        node = plan.tree.premises(parent, "", "parking", code, facts)
    home = _room(plan, where) if where is not None else None
    name = record[at["owner"]]
    if name:
        around = (node,) if home is None else (home, node)
        person = plan.people.who(name=name, numbers=record[at["owner_phone"]] or (), at=around)
        relation = _HOLDS.get(tenure or "", "occupant")
        plan.people.occupy(node, person, relation, began_on=record[at["began_on"]], ended_on=record[at["ended_on"]])


def _vehicle(plan: Plan, where: Where | None, record: tuple[Any, ...], at: dict[str, int]) -> None:
    home = _room(plan, where) if where is not None else None
    space = None
    if record[at["space"]]:
        parent, code = _zone(plan, record[at["zone"]], record[at["space"]], enter=False)
        space = plan.tree.by_path.get(f"{parent.path if parent else ''}{code}/")
        if space is None:
            raise NoSuchPlace(_("没有 %(space)s 这个车位，请先导入车位") % {"space": record[at["space"]]}, field="space")
    name = record[at["name"]]
    around = tuple(place for place in (home, space) if place is not None)
    person = plan.people.who(name=name, numbers=record[at["phone"]] or (), at=around) if name else None
    facts = {key: record[at[key]] for key in ("model", "began_on", "ended_on")}
    plan.people.drive(plate=record[at["plate"]], person=person, place=home, space=space, **facts)


def _spot(plan: Plan, record: tuple[Any, ...], at: dict[str, int], phase: str) -> Node | None:
    """Return where a thing stands that is in no flat: a building or entrance, a named spot in it, or a spot of the estate."""
    under = None
    if record[at["building"]]:
        under = plan.tree.standing(phase, record[at["building"]], record[at["entrance"]] or "")
        if under is None:
            named = "-".join(filter(None, (record[at["building"]], record[at["entrance"]])))
            raise NoSuchPlace(_("没有 %(building)s 号楼，请先导入楼栋或房屋") % {"building": named}, field="building")
    return spot(plan.tree, under, record[at["location"]]) if record[at["location"]] else under


def _meter(plan: Plan, where: Where | None, record: tuple[Any, ...], at: dict[str, int]) -> None:
    node = _room(plan, where) if where is not None else _spot(plan, record, at, record[at["phase"]] or "")
    facts = {key: record[at[key]] for key in ("code", "medium", "multiplier", "first_reading", "last_reading", "read_on", "began_on")}
    plan.ledger("meter").want(node, bearer=None if where is not None else "owners", **facts)


def _machine(plan: Plan, _where: Where | None, record: tuple[Any, ...], at: dict[str, int]) -> None:
    node = _spot(plan, record, at, "")
    facts = {
        key: record[at[key]]
        for key in (
            *("code", "name", "category", "rescue_code", "quantity", "maker", "model", "serial", "registration"),
            *("accepted_on", "in_service_on", "permit_until", "warranty_until", "inspected_on"),
        )
    }
    keeper = record[at["keeper"]]
    plan.ledger("equipment").want(node, keeper="contractor" if keeper else None, keeper_name=keeper, **facts)


def _tariff(plan: Plan, where: Where | None, record: tuple[Any, ...], at: dict[str, int]) -> None:
    node = _room(plan, where) if where is not None else None
    values = {key: record[at[key]] for key in ("scope", "item", "method", "price", "amount", "cycle", "began_on", "ended_on")}
    plan.shelf.want("tariffs", node, (str(where or ""), values["scope"], values["item"], values["began_on"]), values)


def _arrears(plan: Plan, where: Where | None, record: tuple[Any, ...], at: dict[str, int]) -> None:
    assert where is not None
    node = _room(plan, where)
    values = {key: record[at[key]] for key in ("item", "period", "amount", "due_on")}
    plan.shelf.want("arrears", node, (str(where), values["item"], values["period"]), values)


def _member(plan: Plan, _where: Where | None, record: tuple[Any, ...], at: dict[str, int]) -> None:
    number = record[at["certificate_number"]]
    paper = (record[at["certificate"]], number, record[at["issued_on"]], record[at["expires_on"]]) if number else None
    plan.crew.want(
        **{key: record[at[key]] for key in ("number", "name", "post", "department", "hired_on", "left_on")},
        phone=(record[at["phone"]] or ("",))[0],
        certificate=paper,
    )


_TAKERS: tuple[tuple[str, Callable[[Plan, Where | None, tuple[Any, ...], dict[str, int]], None]], ...] = (
    ("buildings", _building),
    ("premises", _premises),
    ("residents", _resident),
    ("spaces", _space),
    ("vehicles", _vehicle),
    ("meters", _meter),
    ("equipment", _machine),
    ("tariffs", _tariff),
    ("arrears", _arrears),
    ("staff", _member),
)
