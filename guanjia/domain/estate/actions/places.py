"""Entering, renaming and ending places of the tree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guanjia.domain.estate import ports, queries
from guanjia.domain.estate.actions.estates import CodeTaken, NothingChanged, clean_code
from guanjia.domain.estate.events import PlaceAdded, PlaceEnded, PlaceRenamed, PremisesRevised
from guanjia.domain.estate.models import Alias, Checkpoint, Equipment, Estate, GridPlace, Meter, Place, Premises, Vacancy
from guanjia.domain.estate.permissions import EDIT
from guanjia.domain.estate.rules import floors, labels
from guanjia.domain.estate.states import HELD, UNDER, PlaceKind
from guanjia.kernel.actor import Actor
from guanjia.kernel.commands import once
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise

FACTS = ("area_m2", "inner_area_m2", "layout", "usage", "tenure", "delivered_on")


class WrongParent(Refusal):
    """That kind of place does not stand there."""

    code, field = "wrong_parent", "kind"


class Ended(Refusal):
    """The place does not exist any more."""

    code = "ended"


class StillUsed(Refusal):
    """Something present still belongs to the place."""

    code = "still_used"


class BadFloor(Refusal):
    """What was given is no floor."""

    code, field = "bad_floor", "floor_label"


class BadArea(Refusal):
    """The area is not one."""

    code, field = "bad_area", "area_m2"


def add_place(
    estate: Estate,
    *,
    parent: Place | None = None,
    kind: str,
    code: str,
    name: str = "",
    building_type: str = "",
    floor_label: str = "",
    also_code: str = "",
    key: UUID,
    actor: Actor,
    at: datetime,
    **facts: Any,
) -> Place:
    """Enter a place under another one, or at the top of the estate.

    `facts` are those of premises. The floor is read from the room's code when none is given; `also_code` is the upper
    code of a duplex, by which it is found as well. Raises NotAllowed, WrongParent, Ended, BadCode, BadFloor, BadArea, CodeTaken.
    """
    actor.require(EDIT, parent or estate)

    def do() -> int:
        if parent is not None and (parent.estate_id != estate.pk or kind not in UNDER.get(parent.kind, ())):
            raise WrongParent(_("%(kind)s不能放在%(parent)s下面") % _kinds(kind, parent))
        if parent is None and kind not in UNDER[""]:
            raise WrongParent(_("%(kind)s要放在楼栋或单元下面") % _kinds(kind, None))
        if parent is not None and parent.ended_on is not None:
            raise Ended(_("%(label)s 已停用") % {"label": parent.label})
        place = put(
            estate, parent, kind=kind, code=clean_code(code), name=name, building_type=building_type, floor_label=floor_label, facts=facts
        )
        if also_code:
            add_alias(place, clean_code(also_code))
        announce(PlaceAdded(place.pk, kind, place.label), about=place, actor=actor, at=at)
        return place.pk

    body = ["add_place", estate.pk, parent and parent.pk, kind, code, name, building_type, floor_label, also_code, sorted(facts.items())]
    return queries.places(actor).get(pk=once(key, actor=actor, at=at, body=body, do=do))


def put(
    estate: Estate, parent: Place | None, *, kind: str, code: str, name: str, building_type: str, floor_label: str, facts: dict[str, Any]
) -> Place:
    """Write the row of a place with everything that follows from its codes. For actions of this app."""
    above = [*queries.chain(parent)] if parent else []
    keys = labels.keys([*(step(each) for each in above), (kind, code, name)], estate.label_form)
    level = _floor_label(kind, code, floor_label, above)
    _check_areas(facts)
    try:
        with transaction.atomic():
            place = Place.objects.create(
                estate=estate,
                parent=parent,
                kind=kind,
                code=code,
                name=name or labels.named(kind, code),
                building_type=building_type if kind == PlaceKind.BUILDING else "",
                floor_label=level,
                label=keys.label,
                spoken=keys.spoken,
                compact=keys.compact,
                sort_key=keys.sort_key,
                path=keys.path,
            )
    except IntegrityError:
        raise CodeTaken(_("这里已有编号 %(code)s") % {"code": code}) from None
    if kind in HELD:
        Premises.objects.create(place=place, estate=estate, **facts)
    building = next((each for each in above if each.kind == PlaceKind.BUILDING), None)
    if level and building is not None:
        number_floors(building)
        place.refresh_from_db(fields=["floor_number"])
    return place


def step(place: Place) -> tuple[str, str, str]:
    """Return one link of the chain from which labels are derived."""
    return place.kind, place.code, place.name


def add_alias(place: Place, code: str, *, label: str = "") -> None:
    """Let a place be found by another code as well."""
    above = [step(each) for each in queries.ancestors(place)]
    keys = labels.keys([*above, (place.kind, code)], place.estate.label_form)
    facts = {"label": label or keys.label, "compact": keys.compact}
    Alias.objects.get_or_create(estate_id=place.estate_id, place=place, spoken=keys.spoken, defaults=facts)


def number_floors(building: Place) -> None:
    """Count the physical floors of a building anew and write them beside the labels (see `rules.floors.physical`)."""
    inside = Place.objects.filter(queries.under(building.path), estate_id=building.estate_id, ended_on=None).exclude(floor_label="")
    counted = floors.physical(inside.order_by().values_list("floor_label", flat=True).distinct())
    for label, number in counted.items():
        inside.filter(floor_label=label).exclude(floor_number=number).update(floor_number=number)


@transaction.atomic
def rename_place(place: Place, *, code: str, name: str, seen: int, actor: Actor, at: datetime) -> None:
    """Give a place another code and name; the paths and labels of everything below follow, and it is still found by its old label.

    Raises NotAllowed, Ended, BadCode, CodeTaken, NothingChanged, Stale.
    """
    actor.require(EDIT, place)
    _must_exist(place)
    code, name = clean_code(code), name.strip() or labels.named(place.kind, code)
    if (code, name) == (place.code, place.name):
        raise NothingChanged(_("没有改动"))
    before, old = place.label, place.path
    below = list(Place.objects.filter(queries.under(old), estate_id=place.estate_id).exclude(pk=place.pk).order_by("path"))
    above = [step(each) for each in queries.ancestors(place)]
    form = place.estate.label_form
    keys = labels.keys([*above, (place.kind, code, name)], form)
    if code != place.code:
        taken = Place.objects.filter(estate_id=place.estate_id, path=keys.path, ended_on=None).exclude(pk=place.pk)
        if taken.exists():
            raise CodeTaken(_("这里已有编号 %(code)s") % {"code": code})
        if place.kind in HELD:
            facts = {"label": before, "compact": place.compact}
            Alias.objects.get_or_create(estate_id=place.estate_id, place=place, spoken=place.spoken, defaults=facts)
    columns = {"label": keys.label, "spoken": keys.spoken, "compact": keys.compact, "sort_key": keys.sort_key, "path": keys.path}
    revise(place, seen=seen, code=code, name=name, **columns)
    chains = {old: (*above, (place.kind, code, name))}
    for each in below:
        parent_path = each.path[: -len(each.code) - 1]
        chains[each.path] = (*chains.get(parent_path, chains[old]), step(each))
        moved = labels.keys(chains[each.path], form)
        each.label, each.spoken, each.compact, each.sort_key = moved.label, moved.spoken, moved.compact, moved.sort_key
        each.path = moved.path
    Place.objects.bulk_update(below, ["label", "spoken", "compact", "sort_key", "path"], batch_size=500)
    announce(PlaceRenamed(place.pk, before, keys.label), about=place, actor=actor, at=at)


@transaction.atomic
def end_place(place: Place, *, on: date, seen: int, actor: Actor, at: datetime) -> None:
    """Say that a place does not exist from that day on. Nothing present may belong to it.

    Raises NotAllowed, Ended, StillUsed, Stale.
    """
    actor.require(EDIT, place)
    _must_exist(place)
    reasons = [*_inside(place), *ports.objections(place)]
    if reasons:
        raise StillUsed(_("还不能停用：%(reasons)s") % {"reasons": "；".join(reasons)})
    close(place, on=on, seen=seen)
    announce(PlaceEnded(place.pk, place.label, on), about=place, actor=actor, at=at)


def close(place: Place, *, on: date, seen: int) -> None:
    """End the row, the present state of its use, and its entry in a grid. For actions of this app."""
    revise(place, seen=seen, ended_on=on)
    Vacancy.objects.filter(estate_id=place.estate_id, place=place, ended_on=None).update(ended_on=on)
    GridPlace.objects.filter(estate_id=place.estate_id, place=place).delete()


@transaction.atomic
def revise_premises(place: Place, *, seen: int, actor: Actor, at: datetime, **facts: Any) -> None:
    """Change area, layout, usage, tenure or delivery of premises; the record keeps the values before and after.

    Raises NotAllowed, Ended, BadArea, NothingChanged, Stale.
    """
    actor.require(EDIT, place)
    _must_exist(place)
    if set(facts) - set(FACTS) or place.kind not in HELD:
        raise TypeError("facts of premises only")
    _check_areas(facts)
    premises = place.premises
    changed = {name: value for name, value in facts.items() if getattr(premises, name) != value}
    if not changed:
        raise NothingChanged(_("没有改动"))
    before = {name: _text(getattr(premises, name)) for name in changed}
    revise(place, seen=seen)
    Premises.objects.filter(pk=premises.pk).update(**changed)
    for name, value in changed.items():
        setattr(premises, name, value)
    after = {name: _text(value) for name, value in changed.items()}
    announce(PremisesRevised(place.pk, before, after), about=place, actor=actor, at=at)


def _must_exist(place: Place) -> None:
    if place.ended_on is not None:
        raise Ended(_("%(label)s 已停用") % {"label": place.label})


def _inside(place: Place) -> Iterable[str]:
    estate = {"estate_id": place.estate_id}
    below = Place.objects.filter(queries.under(place.path), ended_on=None, **estate).exclude(pk=place.pk).count()
    if below:
        yield _("里面还有 %(n)s 处地方") % {"n": below}
    if Equipment.objects.filter(place=place, ended_on=None, **estate).exists():
        yield _("有在用设备")
    if Meter.objects.filter(place=place, ended_on=None, **estate).exists():
        yield _("有在用的表")
    if Checkpoint.objects.filter(place=place, ended_on=None, **estate).exists():
        yield _("有点位")


def _floor_label(kind: str, code: str, said: str, above: list[Place]) -> str:
    if said:
        read = floors.floor(said)
        if read is None:
            raise BadFloor(_("看不懂楼层「%(said)s」") % {"said": said})
        return read.label
    if kind == PlaceKind.FLOOR:
        read = floors.floor(code)
        return read.label if read else ""
    standing = next((each.floor_label for each in reversed(above) if each.kind == PlaceKind.FLOOR), "")
    return standing or (floors.floor_of_room(code) if kind == PlaceKind.PREMISES else "")


def _check_areas(facts: dict[str, Any]) -> None:
    for name in ("area_m2", "inner_area_m2"):
        value = facts.get(name)
        if value is not None and not Decimal(0) < Decimal(value) < Decimal(1_000_000):
            raise BadArea(_("面积要大于 0"), field=name)
    area, inner = facts.get("area_m2"), facts.get("inner_area_m2")
    if area is not None and inner is not None and Decimal(inner) > Decimal(area):
        raise BadArea(_("套内面积不能大于建筑面积"), field="inner_area_m2")


def _kinds(kind: str, parent: Place | None) -> dict[str, str]:
    return {"kind": str(PlaceKind(kind).label), "parent": str(PlaceKind(parent.kind).label) if parent else ""}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
