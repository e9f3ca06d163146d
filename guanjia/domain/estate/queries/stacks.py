"""A building as a grid: floors downwards, rooms of each entrance side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from guanjia.domain.estate.models import Place
from guanjia.domain.estate.rules.texts import natural


@dataclass(frozen=True, slots=True)
class Cell:
    """One room of the grid."""

    place: Place
    name: str
    use: str


@dataclass(frozen=True, slots=True)
class Stack:
    """One entrance, or a building without entrances: rows of (floor label, cells), the highest floor first."""

    name: str
    path: str
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def stacks(units: Iterable[Place], entrances: Iterable[Place], names: dict[int, str]) -> list[Stack]:
    """Arrange the premises of one building, as `queries.units` returned them, by entrance and floor.

    `names` is place id → whose name to show; a unit outside every entrance stands in a stack without a name.
    """
    stairs = sorted(entrances, key=lambda each: each.sort_key)
    boxes: dict[str, dict[str, list[Cell]]] = {each.path: {} for each in stairs}
    heights: dict[str, tuple[Decimal, str]] = {}
    titles = {each.path: each.name for each in stairs}
    for unit in units:
        home = next((path for path in titles if unit.path.startswith(path)), "")
        boxes.setdefault(home, {}).setdefault(unit.floor_label, []).append(
            Cell(unit, names.get(unit.pk, ""), getattr(unit, "use", "") or "")
        )
        heights[unit.floor_label] = (
            Decimal(unit.floor_number) if unit.floor_number is not None else Decimal(-99),
            natural(unit.floor_label),
        )
    return [
        Stack(
            name=titles.get(path, ""),
            path=path,
            rows=tuple((floor, tuple(floors[floor])) for floor in sorted(floors, key=lambda label: heights[label], reverse=True)),
        )
        for path, floors in boxes.items()
        if floors
    ]
