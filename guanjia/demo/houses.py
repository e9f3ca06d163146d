"""The three estates of the demo company as plain facts: buildings, premises, spaces, machines. No people, no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from guanjia.demo.invent import Inventor

HIGH, MULTI, VILLA, SHOPS, OFFICE = "高层", "多层", "别墅", "商铺", "写字楼"


@dataclass(frozen=True)
class Layout:
    """One type of flat: its room number, rooms, gross and inner area."""

    room: str
    words: str
    area: Decimal
    inner: Decimal


@dataclass(frozen=True)
class Building:
    """One building with its entrances and floors; `floors` are the labels on the lift's buttons, from the ground up."""

    code: str
    kind: str
    entrances: tuple[str, ...]
    floors: tuple[str, ...]
    layouts: tuple[Layout, ...]
    delivered_on: date
    phase: str = ""
    basements: int = 0
    lifts_each: int = 0


@dataclass(frozen=True)
class Flat:
    """One row of the sheet of premises."""

    building: Building
    entrance: str
    floor: str
    room: str
    layout: Layout
    usage: str

    @property
    def label(self) -> str:
        return "-".join(part for part in (self.building.code, self.entrance, self.room) if part)


@dataclass(frozen=True)
class EstatePlan:
    """One estate before anybody lives in it."""

    code: str
    name: str
    address: str
    hotline: str
    buildings: tuple[Building, ...]
    spaces: int
    fee_fen_per_m2: dict[str, int] = field(default_factory=dict)

    def flats(self) -> Iterator[Flat]:
        """Return the premises, building by building, from the ground up."""
        for building in self.buildings:
            for entrance in building.entrances or ("",):
                for floor in building.floors or ("",):
                    for layout in building.layouts:
                        yield Flat(building, entrance, floor, f"{floor}{layout.room}", layout, usage(building.kind))


def usage(kind: str) -> str:
    return {SHOPS: "商业", OFFICE: "办公"}.get(kind, "住宅")


def layout(room: str, words: str, area: str, inner: str) -> Layout:
    return Layout(room, words, Decimal(area), Decimal(inner))


def labels(top: int, *, skipping: tuple[int, ...] = ()) -> tuple[str, ...]:
    """Return floor labels from 1 to `top`; a skipped number is called after the one below it: 3A for 4."""
    return tuple(f"{number - 1}A" if number in skipping else str(number) for number in range(1, top + 1))


HIGH_LAYOUTS = (
    layout("01", "三室两厅两卫", "118.62", "94.31"),
    layout("02", "两室两厅一卫", "89.40", "71.05"),
    layout("03", "三室两厅两卫", "121.08", "96.27"),
)
MULTI_LAYOUTS = (layout("01", "三室一厅一卫", "96.30", "85.70"), layout("02", "两室一厅一卫", "78.55", "69.91"))
LOW_LAYOUTS = (layout("01", "四室两厅两卫", "142.15", "113.40"), layout("02", "三室两厅两卫", "108.76", "86.92"))
OFFICE_LAYOUTS = tuple(
    layout(f"{number:02d}", "敞开式办公", area, inner)
    for number, area, inner in (
        (1, "236.50", "168.20"), (2, "118.30", "84.10"), (3, "118.30", "84.10"), (4, "236.50", "168.20"),
        (5, "182.75", "130.00"), (6, "96.40", "68.55"), (7, "96.40", "68.55"),
    )
)  # fmt: skip


def jinheyuan() -> EstatePlan:
    """锦和苑: 1,286 premises in high-rise, multi-storey, villas and shops, delivered 2012–2018."""
    high = tuple(
        Building(str(n), HIGH, ("1", "2"), labels(24), HIGH_LAYOUTS, date(2018, 6, 28), basements=2, lifts_each=2) for n in range(1, 7)
    )
    multi = tuple(Building(str(n), MULTI, ("1", "2", "3"), labels(6), MULTI_LAYOUTS, date(2012, 9, 30)) for n in range(7, 15))
    villas = Building(
        "V", VILLA, (), (), tuple(layout(f"{n:02d}", "独栋三层", "286.40", "241.30") for n in range(1, 49)), date(2015, 12, 25), basements=1
    )
    shops = Building(
        "S1", SHOPS, (), ("1", "2"), tuple(layout(f"{n:02d}", "商铺", str(36 + n % 5 * 12) + ".80", str(28 + n % 5 * 9) + ".60") for n in range(1, 44)),
        date(2012, 9, 30),
    )  # fmt: skip
    return EstatePlan(
        "JHY", "锦和苑", "锦和路 66 号", "0571-60006600", (*high, *multi, villas, shops), 960,
        {HIGH: 280, MULTI: 160, VILLA: 420, SHOPS: 450},
    )  # fmt: skip


def yuntingli() -> EstatePlan:
    """云汀里: 308 premises in eleven-storey houses of two phases; the floors skip 4, so 3A stands above 3."""
    low = tuple(
        Building(
            str(n), HIGH, ("1", "2"), labels(11, skipping=(4,)), LOW_LAYOUTS, date(2022 + (n > 4), 5, 18),
            phase="一期" if n <= 4 else "二期", basements=1, lifts_each=1,
        )
        for n in range(1, 8)
    )  # fmt: skip
    return EstatePlan("YTL", "云汀里", "云汀路 9 号", "0571-60006609", low, 280, {HIGH: 265})


def wanchuan() -> EstatePlan:
    """万川写字楼: one office tower of 147 premises on 21 floors."""
    tower = Building("A", OFFICE, (), labels(21), OFFICE_LAYOUTS, date(2019, 3, 15), basements=3, lifts_each=6)
    return EstatePlan("WCX", "万川写字楼", "江晖路 188 号", "0571-60006688", (tower,), 160, {OFFICE: 1180})


def estates() -> tuple[EstatePlan, ...]:
    return jinheyuan(), yuntingli(), wanchuan()


def state_of(flat: Flat, inventor: Inventor) -> str:
    """Return how the premises are used: most are lived in, some let, a few empty, a few being fitted out."""
    dice = inventor.chance.random()
    if flat.usage != "住宅":
        return "出租" if dice < 0.86 else "自用" if dice < 0.93 else "空置"
    return "自住" if dice < 0.74 else "出租" if dice < 0.91 else "空置" if dice < 0.975 else "装修中"
