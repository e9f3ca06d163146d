"""What no single cell can tell: where a row is, rows that repeat or contradict each other, shares that do not add up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from guanjia.domain.estate.rules.addresses import readings, room_part
from guanjia.domain.estate.rules.floors import floor_of_room

from .verdicts import Judged, Where

_PLAIN_ROOM = re.compile(r"[0-9A-Z]{1,10}").fullmatch
_WHOLE = 1_000_000
OWNERS = ("owner", "joint_owner")


def within(result: Judged) -> None:
    """Judge the rows of one sheet against each other and fill `where`."""
    if "room" in result.sheet.position:
        _find_places(result)
    _ordered(result, "began_on", "ended_on", "end_before_begin", _("结束日期早于开始日期"))
    _ordered(result, "hired_on", "left_on", "end_before_begin", _("离职日期早于入职日期"))
    _ordered(result, "inner_area_m2", "area_m2", "inner_larger", _("套内面积大于建筑面积"), blame="inner_area_m2")
    _ordered(result, "inspected_on", "permit_until", "end_before_begin", _("下次检验日期早于上次检验日期"))
    if result.sheet.kind in _CHECKS:
        _CHECKS[result.sheet.kind](result)


def across(results: Sequence[Judged]) -> None:
    """Judge the sheets of one file against each other: the same key in two sheets of one kind."""
    by_kind: dict[str, list[Judged]] = defaultdict(list)
    for result in results:
        by_kind[result.sheet.kind].append(result)
    for kind, alike in by_kind.items():
        if len(alike) < 2 or kind not in _KEYS:
            continue
        seen: dict[Any, tuple[str, int]] = {}
        for result in alike:
            for index, key in enumerate(_KEYS[kind](result)):
                if key is None or index in result.bad:
                    continue
                sheet, row = seen.setdefault(key, (result.name, result.numbers[index] + 1))
                if sheet != result.name:
                    said = _("和工作表“%(sheet)s”第 %(row)d 行重复") % {"sheet": sheet, "row": row}
                    result.refuse(index, _BLAMED[kind], "duplicate", said)


def _find_places(result: Judged) -> None:
    """Turn the columns phase, building, entrance, floor, room into `where`; a room may also be written whole."""
    position = result.sheet.position
    phases, buildings, entrances, rooms = (result.values(key) for key in ("phase", "building", "entrance", "room"))
    floors = result.values("floor") if "floor" in position else [None] * len(rooms)
    keep = result.where.append
    blamed = {(fault.row, fault.column) for fault in result.faults}
    make = partial(tuple.__new__, Where)  # the named constructor costs ten times as much
    for index, (phase, building, entrance, floor, room) in enumerate(zip(phases, buildings, entrances, floors, rooms, strict=True)):
        if room is None:
            keep(None)
            continue
        if building is None or not _PLAIN_ROOM(room):
            found = _read_whole(phase, building, entrance, room)
            if found is None:
                keep(None)
                if (result.numbers[index] + 1, result.letter("building")) not in blamed:
                    said = _("房号“%(room)s”看不出是哪栋楼，请填写楼栋或写全 3-2-1501") % {"room": room[:20]}
                    result.refuse(index, "room" if "building" not in result.columns else "building", "no_building", said)
                continue
            phase, building, entrance, level, room = found
            floor = floor or level or None
        if room.isdigit():
            if floor is None:
                floor = str(int(room[:-2])) if 3 <= len(room) <= 4 and room[:-2].strip("0") else floor_of_room(room)
            elif len(room) <= 2:
                room = f"{floor}{room:0>2}"
        elif floor is None:
            floor = floor_of_room(room)
        keep(make((phase or "", building, entrance or "", floor or "", room)))


def _read_whole(phase: str | None, building: str | None, entrance: str | None, room: str) -> Where | None:
    """Read a room that is written whole or with signs in it: 3-2-1501, 3栋2单元1501室, 1501室."""
    if building is not None:
        bare = room_part(room)
        if _PLAIN_ROOM(bare) or not re.search(r"[-栋幢座#单梯]", bare):
            return Where(phase or "", building, entrance or "", "", bare) if "/" not in bare and len(bare) <= 20 else None
    for address in readings(room):
        if not address.building and building is None:
            continue
        if building is not None and address.building not in ("", building):
            continue
        code = address.room or address.building
        if address.also:
            continue
        if code:
            return Where(phase or address.phase, building or address.building, address.entrance or entrance or "", address.floor, code)
    return None


def _ordered(result: Judged, low: str, high: str, code: str, message: str, blame: str | None = None) -> None:
    if low not in result.columns or high not in result.columns:
        return
    for index, (first, second) in enumerate(zip(result.values(low), result.values(high), strict=True)):
        if first is not None and second is not None and second < first:
            result.refuse(index, blame or high, code, message)


def _place_keys(result: Judged) -> list[Any]:
    return [where and (where.phase, where.building, where.entrance, where.room) for where in result.where]


def _unique(result: Judged, keys: Sequence[Any], blame: str) -> None:
    """Refuse a record whose key came before; one that repeats the earlier word for word is left out with a note."""
    first: dict[Any, int] = {}
    note_at = result.sheet.position.get("note")
    for index, key in enumerate(keys):
        if key is None:
            continue
        earlier = first.setdefault(key, index)
        if earlier == index:
            continue
        row = result.numbers[earlier] + 1
        one, other = result.records[earlier], result.records[index]
        if note_at is not None:
            one, other = one[:note_at] + one[note_at + 1 :], other[:note_at] + other[note_at + 1 :]
        if one == other:
            result.same[index] = earlier
            result.note(result.numbers[index], blame, "repeated_row", _("和第 %(row)d 行完全一样，只导入一次") % {"row": row})
        else:
            result.refuse(index, blame, "duplicate", _("和第 %(row)d 行重复，但内容不同") % {"row": row})


def _premises(result: Judged) -> None:
    """A room may come again for another owner, but then says the same about itself."""
    position = result.sheet.position
    facts = [position[key] for key in ("area_m2", "inner_area_m2", "layout", "usage", "delivered_on", "vacancy")]
    owner, identity, number = position["owner"], position["owner_id"], position["share"]
    first: dict[Any, int] = {}
    persons: list[Any] = []
    for index, key in enumerate(_place_keys(result)):
        record = result.records[index]
        if record[owner] is None and any(
            record[position[name]] is not None for name in ("owner_phone", "owner_id", "share", "moved_in_on")
        ):
            result.refuse(
                index, "owner" if "owner" in result.columns else "room", "owner_missing", _("有业主电话、证件或份额，但没有业主姓名")
            )
        persons.append(None)
        if key is None:
            continue
        earlier = first.setdefault(key, index)
        if earlier != index:
            before = result.records[earlier]
            row = result.numbers[earlier] + 1
            if any(record[at] is not None and before[at] is not None and record[at] != before[at] for at in facts):
                result.refuse(index, "room", "contradicts", _("第 %(row)d 行已有这户，面积、户型等和那行不同") % {"row": row})
            persons[index] = (key, record[owner], record[identity])
            persons[earlier] = (key, before[owner], before[identity])
    if len(first) < len(result.records):
        _unique(result, persons, "room")
    _add_up(result, [number] * len(result.records))


def _residents(result: Judged) -> None:
    position = result.sheet.position
    keys = _place_keys(result)
    relation, name, identity = position["relation"], position["name"], position["id_number"]
    _unique(
        result,
        [key and (key, record[relation], record[name], record[identity]) for key, record in zip(keys, result.records, strict=True)],
        "name",
    )
    _add_up(result, [position["share"] if record[relation] in (None, *OWNERS) else None for record in result.records])


def _add_up(result: Judged, columns: Sequence[int | None]) -> None:
    """Refuse the record with which the owners of one place get more than the whole."""
    if "share" not in result.columns:
        return
    sums: dict[Any, int] = defaultdict(int)
    counts: dict[Any, int] = defaultdict(int)
    for index, (key, column) in enumerate(zip(_place_keys(result), columns, strict=True)):
        part = result.records[index][column] if column is not None else None
        if key is None or part is None or index in result.same or index in result.bad:
            continue
        sums[key] += part
        counts[key] += 1
        if sums[key] > _WHOLE + counts[key]:
            said = _("这户业主的份额合计 %(percent)s%%，超过 100%%") % {"percent": f"{sums[key] / 10_000:g}"}
            result.refuse(index, "share", "shares_exceed", said)


def _staff(result: Judged) -> None:
    """A member may come again for another certificate, but then is the same person."""
    position = result.sheet.position
    same = [position[key] for key in ("name", "post", "hired_on", "left_on")]
    first: dict[str, int] = {}
    for index, record in enumerate(result.records):
        number = record[position["number"]]
        if record[position["certificate"]] is None and record[position["certificate_number"]] is not None:
            result.refuse(
                index, "certificate" if "certificate" in result.columns else "certificate_number", "required", _("请填写证书名称")
            )
        if record[position["certificate"]] is not None and record[position["certificate_number"]] is None:
            result.refuse(
                index, "certificate_number" if "certificate_number" in result.columns else "certificate", "required", _("请填写证书编号")
            )
        if number is None:
            continue
        before = result.records[first.setdefault(number, index)]
        if any(record[at] != before[at] for at in same):
            said = _("工号和第 %(row)d 行相同，但姓名或岗位不同") % {"row": result.numbers[first[number]] + 1}
            result.refuse(index, "number", "contradicts", said)


def _buildings(result: Judged) -> None:
    position = result.sheet.position
    first: dict[Any, int] = {}
    for index, record in enumerate(result.records):
        if record[position["building"]] is None:
            continue
        key = (record[position["phase"]], record[position["building"]])
        before = result.records[first.setdefault(key, index)]
        for name in ("building_type", "name", "began_on"):
            if (
                record[position[name]] is not None
                and before[position[name]] is not None
                and record[position[name]] != before[position[name]]
            ):
                said = _("这栋楼在第 %(row)d 行写的是另一个%(title)s") % {
                    "row": result.numbers[first[key]] + 1,
                    "title": result.sheet.column(name).title,
                }
                result.refuse(index, name, "contradicts", said)


def _by(*columns: str) -> Callable[[Judged], list[Any]]:
    """Return a function that gives the key of each record: its place when it has one, and the named columns."""

    def keys(result: Judged) -> list[Any]:
        positions = [result.sheet.position[column] for column in columns]
        places = _place_keys(result) if result.where and result.sheet.kind in ("tariffs", "arrears") else [None] * len(result.records)
        found = []
        for place, record in zip(places, result.records, strict=True):
            parts = [record[at] for at in positions]
            found.append((place, *parts) if parts[0] is not None else None)
        return found

    return keys


_KEYS: dict[str, Callable[[Judged], list[Any]]] = {
    "spaces": _by("space", "zone"),
    "vehicles": _by("plate"),
    "tariffs": _by("item", "scope", "began_on"),
    "arrears": _by("item", "period"),
    "meters": _by("code", "medium"),
    "equipment": _by("code"),
}
_BLAMED = {"spaces": "space", "vehicles": "plate", "tariffs": "item", "arrears": "period", "meters": "code", "equipment": "code"}


def _keyed(result: Judged) -> None:
    _unique(result, _KEYS[result.sheet.kind](result), _BLAMED[result.sheet.kind])


def _tariffs(result: Judged) -> None:
    position = result.sheet.position
    _keyed(result)
    for index, record in enumerate(result.records):
        if index in result.bad:
            continue
        if record[position["price"]] is None and record[position["amount"]] is None:
            result.refuse(index, "price" if "price" in result.columns else "amount", "required", _("单价和金额至少填一个"))
        if record[position["room"]] is None and record[position["scope"]] is None:
            result.refuse(index, "scope" if "scope" in result.columns else "room", "required", _("请填写房号或适用范围"))


def _meters(result: Judged) -> None:
    position = result.sheet.position
    _keyed(result)
    for index, record in enumerate(result.records):
        if (
            record[position["room"]] is None
            and record[position["location"]] is None
            and record[position["building"]] is None
            and index not in result.bad
        ):
            result.refuse(index, "room" if "room" in result.columns else "location", "required", _("请填写房号或安装位置"))


def _vehicles(result: Judged) -> None:
    position = result.sheet.position
    _keyed(result)
    for index, record in enumerate(result.records):
        if record[position["phone"]] is not None and record[position["name"]] is None:
            result.refuse(index, "name" if "name" in result.columns else "phone", "owner_missing", _("有电话，但没有车主姓名"))


_CHECKS: dict[str, Callable[[Judged], None]] = {
    "buildings": _buildings,
    "premises": _premises,
    "residents": _residents,
    "spaces": _keyed,
    "vehicles": _vehicles,
    "tariffs": _tariffs,
    "arrears": _keyed,
    "meters": _meters,
    "equipment": _keyed,
    "staff": _staff,
}
