"""What the workbooks do not name: common areas, equipment rooms, check-points with plates, grids and their stewards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guanjia.demo.stage import Stage
from guanjia.domain.estate import actions, queries
from guanjia.domain.estate.states import PlaceKind
from guanjia.domain.staff import actions as staff

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate, Place

COMMON = {
    "JHY": ("主出入口", "东门", "中心花园", "园区道路", "围墙", "屋面", "快递驿站", "电动车充电棚"),
    "YTL": ("主出入口", "中心花园", "园区道路", "围墙", "屋面"),
    "WCX": ("大堂", "主出入口", "园区道路", "围墙", "中心花园", "屋面", "装卸货区"),
}
ROOMS = {
    "JHY": ("客户服务中心", "监控中心", "生活水泵房", "消防泵房", "配电房", "电梯机房"),
    "YTL": ("客户服务中心", "监控中心", "生活水泵房", "消防泵房", "配电房"),
    "WCX": ("服务台", "监控中心", "生活水泵房", "消防泵房", "配电房"),
}
# Grid code → name, buildings, and which of the estate's stewards looks after it.
GRIDS = {
    "JHY": (
        ("G1", "1～3 号楼", ("1", "2", "3"), 0),
        ("G2", "4～6 号楼", ("4", "5", "6"), 1),
        ("G3", "7～10 号楼", ("7", "8", "9", "10"), 2),
        ("G4", "11～14 号楼", ("11", "12", "13", "14"), 3),
        ("G5", "别墅区与商业街", ("V", "S1"), 4),
    ),
    "YTL": (("G1", "一期", ("1", "2", "3", "4"), 0), ("G2", "二期", ("5", "6", "7"), 1)),
    "WCX": (("G1", "全楼", ("A",), 0),),
}
STEWARDS = ("客服管家", "物业管家")


def lay_out(stage: Stage) -> None:
    """Name the common areas and equipment rooms, so that the equipment of the workbooks finds them."""
    for code, estate in stage.estates.items():
        for kind, names in ((PlaceKind.COMMON, COMMON[code]), (PlaceKind.ROOM, ROOMS[code])):
            for name in names:
                _add(stage, estate, kind, name)


def divide(stage: Stage) -> None:
    """Set a check-point at every common place and in every building, and draw the grids."""
    for code, estate in stage.estates.items():
        buildings = {place.code: place for place in queries.buildings(stage.system, estate)}
        common = queries.present(stage.system, estate).filter(kind__in=(PlaceKind.COMMON, PlaceKind.ROOM))
        points = [*common, *(place for building, place in buildings.items() if building not in ("V", "S1", "B1", "B2"))]
        for number, place in enumerate(points, start=1):
            actions.add_checkpoint(
                place,
                code=f"{code}-{number:02d}",
                name=place.name,
                key=stage.key("point", code, number),
                actor=stage.system,
                at=stage.founded_at,
            )
        _draw(stage, estate, buildings)


def _add(stage: Stage, estate: Estate, kind: PlaceKind, name: str) -> Place:
    return actions.add_place(
        estate,
        kind=kind,
        code=name.replace(" ", ""),
        name=name,
        key=stage.key("place", estate.code, name),
        actor=stage.system,
        at=stage.founded_at,
    )


def _draw(stage: Stage, estate: Estate, buildings: dict[str, Place]) -> None:
    stewards = stage.holders(estate.code, *STEWARDS)
    for code, name, inside, order in GRIDS[estate.code]:
        grid = actions.draw_grid(
            estate, code=code, name=name, key=stage.key("grid", estate.code, code), actor=stage.system, at=stage.founded_at
        )
        actions.fill_grid(grid, places=[buildings[each] for each in inside], seen=grid.version, actor=stage.system, at=stage.founded_at)
        staff.name_steward(grid, member=stewards[order % len(stewards)], began_on=stage.began_on, actor=stage.system, at=stage.founded_at)
