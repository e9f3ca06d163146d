"""What stands in the demo estates: lifts, pumps, fire equipment, meters, spaces, check-points. Facts only, no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from guanjia.demo.houses import HIGH, MULTI, OFFICE, EstatePlan
from guanjia.demo.invent import Inventor


@dataclass(frozen=True)
class Machine:
    """One row of the equipment ledger: in a building and entrance, or at a spot of the estate."""

    code: str
    name: str
    category: str
    building: str
    entrance: str
    spot: str
    maker: str
    model: str
    in_service_on: date
    registration: str = ""
    inspected_on: date | None = None


@dataclass(frozen=True)
class Meter:
    """One row of the sheet of meters: in premises, or at a spot of the common parts."""

    code: str
    medium: str
    building: str
    entrance: str
    room: str
    spot: str
    reading: str
    read_on: date


@dataclass(frozen=True)
class Space:
    """One parking space."""

    code: str
    zone: str
    tenure: str
    area: str


def machines(estate: EstatePlan, inventor: Inventor, today: date) -> Iterator[Machine]:
    """Return the ledger of an estate: what each building has, then what serves all of them."""
    year_start = date(today.year, 1, 1)
    for building in estate.buildings:
        since = building.delivered_on
        inspected = year_start + timedelta(days=inventor.chance.randrange(30, 200))
        code = building.code
        if building.kind in (HIGH, OFFICE):
            entrances = building.entrances or ("",)
            for entrance in entrances:
                at = "-".join(part for part in (code, entrance) if part)
                for number in range(1, building.lifts_each + 1):
                    yield Machine(
                        f"DT-{at}-{number}", f"{at} {number} 号电梯", "电梯", code, entrance, "", "恒升电梯", "HS-1050/2.0",
                        since, f"3110100000{since.year}{inventor.chance.randrange(1000, 10000)}", inspected,
                    )  # fmt: skip
            yield Machine(
                f"XFS-{code}",
                f"{code} 号楼火灾自动报警主机",
                "火灾自动报警系统",
                code,
                "",
                "",
                "安晟消防",
                "AS-3000",
                since,
                inspected_on=inspected,
            )
            yield Machine(f"XHS-{code}", f"{code} 号楼消火栓（每层）", "消火栓", code, "", "", "安晟消防", "SN65", since)
        if building.kind in (HIGH, MULTI, OFFICE):
            yield Machine(
                f"MHQ-{code}",
                f"{code} 号楼灭火器（每层两具）",
                "灭火器",
                code,
                "",
                "",
                "安晟消防",
                "MF/ABC4",
                since,
                inspected_on=inspected,
            )
            yield Machine(f"DQG-{code}", f"{code} 号楼公共电气柜", "公共电气柜", code, "", "", "正和电气", "XL-21", since)
            yield Machine(f"DJ-{code}", f"{code} 号楼可视对讲", "楼宇对讲", code, "", "", "居声智能", "JS-700", since)
    yield from shared(estate, today)


def shared(estate: EstatePlan, today: date) -> Iterator[Machine]:
    """Return what serves the whole estate."""
    since = min(building.delivered_on for building in estate.buildings)
    tall = any(building.kind in (HIGH, OFFICE) for building in estate.buildings)
    spring = date(today.year, 4, 12)
    rows = [
        ("SB-1", "1 号生活水泵", "供水水泵", "生活水泵房", "清源泵业", "CDL16-8", None),
        ("SB-2", "2 号生活水泵", "供水水泵", "生活水泵房", "清源泵业", "CDL16-8", None),
        ("SX-1", "生活水箱", "水箱蓄水池", "生活水泵房", "清源泵业", "BX-60", date(today.year, 7, 8)),
        ("WSB-1", "1 号集水井污水泵", "污水泵", "园区道路", "清源泵业", "50WQ15", None),
        ("WSB-2", "2 号集水井污水泵", "污水泵", "园区道路", "清源泵业", "50WQ15", None),
        ("HFC-1", "1 号化粪池", "化粪池", "园区道路", "", "", None),
        ("YSJ", "雨水井与园区排水管网", "雨污水管网", "园区道路", "", "", None),
        ("PD-1", "1 号配电房变压器", "变配电设备", "配电房", "正和电气", "SCB13-800", spring),
        ("ZM", "园区公共照明", "公共照明", "园区道路", "", "", None),
        ("FL", "防雷装置", "防雷装置", "屋面", "", "", spring),
        ("JK", "监控系统", "监控系统", "监控中心", "居声智能", "JS-NVR128", None),
        ("ZJ", "周界报警", "周界报警", "围墙", "居声智能", "JS-ZJ16", None),
        ("XG", "电子巡更", "电子巡更", "监控中心", "居声智能", "JS-XG", None),
        ("BJ", "住户报警", "住户报警", "监控中心", "居声智能", "JS-BJ", None),
        ("DZ-1", "主出入口道闸", "车辆道闸", "主出入口", "居声智能", "JS-DZ", None),
        ("LJ", "垃圾房与垃圾桶", "垃圾收集设施", "园区道路", "", "", None),
        ("DF-1", "供水倒流防止器", "倒流防止器", "生活水泵房", "清源泵业", "HS41X", spring),
        ("ETLY", "儿童乐园与健身设施", "儿童及健身设施", "中心花园", "", "", None),
    ]
    if tall:
        rows += [
            ("XFB-1", "1 号消火栓泵", "消防水泵", "消防泵房", "清源泵业", "XBD9/40", spring),
            ("XFB-2", "2 号喷淋泵", "消防水泵", "消防泵房", "清源泵业", "XBD9/30", spring),
        ]
    for code, name, category, spot, maker, model, inspected in rows:
        yield Machine(code, name, category, "", "", spot, maker, model, since, inspected_on=inspected)


def meters(estate: EstatePlan, inventor: Inventor, today: date) -> Iterator[Meter]:
    """Return a water meter for each premises and the power meters of the common parts."""
    read_on = (today.replace(day=1) - timedelta(days=1)).replace(day=25)
    for number, flat in enumerate(estate.flats(), start=1):
        yield Meter(
            f"{estate.code}{number:05d}", "水表", flat.building.code, flat.entrance, flat.room, "", f"{inventor.chance.randrange(20, 1900)}.{inventor.chance.randrange(10)}", read_on
        )  # fmt: skip
    for building in estate.buildings:
        if building.kind in (HIGH, MULTI, OFFICE):
            spot = f"{building.code} 号楼强电井"
            yield Meter(f"G{estate.code}{building.code}", "电表", "", "", "", spot, f"{inventor.chance.randrange(9000, 90000)}.0", read_on)


def spaces(estate: EstatePlan) -> Iterator[Space]:
    """Return the parking spaces, half of them owned, the others let by the month."""
    for number in range(1, estate.spaces + 1):
        level = "B1" if number <= estate.spaces // 2 else "B2" if estate.code != "YTL" else "B1"
        order = number if level == "B1" else number - estate.spaces // 2
        yield Space(f"{level}-{order:03d}", "地下车库", "产权车位" if number % 2 else "可租", "12.72")
