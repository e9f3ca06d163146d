"""Columns that many sheets share: where something is, and from when to when."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from guanjia.domain.estate.rules.addresses import part
from guanjia.domain.estate.rules.floors import floor as read_floor

from .. import cells
from ..cells import Bad, code, text
from ..describe import Column

PHASE_NAMES = ("期", "分期", "组团", "区", "苑区", "期区", "期/区", "片区")
BUILDING_NAMES = ("楼栋号", "栋", "栋号", "幢", "幢号", "座", "座号", "楼号", "楼宇", "楼宇号", "号楼", "楼座", "楼栋名称", "楼")
ENTRANCE_NAMES = ("单元号", "梯", "门", "门洞", "单元名称", "单元门")
FLOOR_NAMES = ("层", "楼层号", "所在楼层", "所在层", "层数/楼层")
ROOM_NAMES = (
    "房间号",
    "室",
    "室号",
    "房间",
    "房屋编号",
    "房产编号",
    "房屋号",
    "户号",
    "门牌号",
    "房产",
    "单元房号",
    "房屋",
    "房间编号",
    "房屋地址",
    "资源编号",
    "商铺号",
    "铺位号",
)

_BUILDING_TAIL = ("号楼", "栋", "幢", "座", "#楼", "#", "楼", "号")


def building_code(value: Any, _epoch: bool) -> str | None:
    """Judge the code of a building: 3号楼, 3栋, 3#, 三幢 are all 3; A座 is A; 别墅12 keeps its words."""
    return _counted(value, _BUILDING_TAIL)


def entrance_code(value: Any, _epoch: bool) -> str | None:
    """Judge the code of a unit entrance: 2单元, 二单元, 2门 are all 2."""
    return _counted(value, ("单元", "梯", "门"))


def _counted(value: Any, tails: tuple[str, ...]) -> str | None:
    written = cells.signs(value)
    if cells.is_empty(written):
        return None
    if type(value) is float and value != int(value):
        raise Bad("not_a_code", _("编号不能是小数"))
    found = part(written)
    for tail in tails:
        if found.endswith(tail) and len(found) > len(tail):
            found = part(found[: -len(tail)])
            break
    return short(found)


def short(found: str, longest: int = 20) -> str:
    if len(found) > longest:
        raise Bad("too_long", _("太长（%(length)d 字），最多 %(limit)d 字") % {"length": len(found), "limit": longest})
    if "/" in found or "\\" in found:
        raise Bad("not_a_code", _("编号里不能有斜线"))
    return found


def floor_label(value: Any, _epoch: bool) -> str | None:
    """Judge a floor: 15, 15层, 15F, -1, 负一层, B1, 3A."""
    written = cells.signs(value)
    if cells.is_empty(written):
        return None
    floor = read_floor(written)
    if floor is None:
        raise Bad("not_a_floor", _("楼层“%(found)s”认不出来，请写成 15、B1 或 3A") % {"found": written[:12]})
    return floor.label


PHASE = Column("phase", "期区", text(20), PHASE_NAMES, example="一期", rule="有分期的小区才填", few=True, as_text=True)
BUILDING = Column("building", "楼栋", building_code, BUILDING_NAMES, example="3", rule="3、3栋、3号楼都可以", few=True, as_text=True)
ENTRANCE = Column("entrance", "单元", entrance_code, ENTRANCE_NAMES, example="2", rule="没有单元的不填", few=True, as_text=True)
FLOOR = Column("floor", "楼层", floor_label, FLOOR_NAMES, example="15", rule="地下写 B1 或 -1，不填就从房号推算", few=True, as_text=True)
ROOM = Column(
    "room",
    "房号",
    code(40),
    ROOM_NAMES,
    required=True,
    example="1501",
    rule="文本，0301 不会变成 301；也可以写全 3-2-1501，楼栋单元就不用填",
    as_text=True,
)


def where(*, required: bool = True) -> tuple[Column, ...]:
    """Return the columns that name premises."""
    room = ROOM if required else Column("room", ROOM.title, ROOM.judge, ROOM.names, example=ROOM.example, rule=ROOM.rule, as_text=True)
    return (PHASE, BUILDING, ENTRANCE, room)


YUAN = ("元", "圆", "块", "rmb", "cny", "元整", "人民币")
M2 = ("㎡", "m2", "m²", "平方米", "平米", "平方", "平")
NOTE = Column("note", "备注", text(200), ("说明", "备注说明", "附注"), rule="不导入，只为方便填写", width=20)
