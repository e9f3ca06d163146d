"""The workbooks that a company would bring: written here, byte for byte the same for one seed, read back by the importer.

They look like what people keep: a merged title above the header, a line of totals below, a note beside the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from guanjia.demo.households import CARS, Household
from guanjia.demo.houses import MULTI, SHOPS, VILLA, EstatePlan, Flat
from guanjia.demo.invent import Inventor
from guanjia.demo.machines import machines, meters, spaces

WRITTEN = datetime(2026, 1, 1, 8, 0)  # noqa: DTZ001 a property of the file, read by nobody
FEES = {"高层": "物业服务费", "多层": "物业服务费", "别墅": "物业服务费", "商铺": "商业物业服务费", "写字楼": "写字楼物业服务费"}

Row = Sequence[Any]


def write(path: Path, estate: EstatePlan, homes: Sequence[Household], inventor: Inventor, today: date) -> None:
    """Write the workbook of one estate: buildings, premises, residents, spaces, cars, fees, arrears, meters, equipment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_numbers": False}) as book:
        book.set_properties({"title": f"{estate.name}基础资料", "created": WRITTEN})
        style = Style(book)
        for title, header, rows, total in sheets(estate, homes, inventor, today):
            style.sheet(f"{estate.name}{title}", title, header, rows, total)


def write_staff(path: Path, estate_name: str, rows: Iterable[Row]) -> None:
    """Write the workbook of the people who work on an estate."""
    path.parent.mkdir(parents=True, exist_ok=True)
    header = ("工号", "姓名", "部门", "岗位", "手机", "入职日期", "证书名称", "证书编号", "发证日期", "证书到期")
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"title": f"{estate_name}员工花名册", "created": WRITTEN})
        Style(book).sheet(f"{estate_name}员工花名册", "员工", header, rows, "")


class Style:
    """How these workbooks look."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        self.head = book.add_format({"bold": True, "bg_color": "#D6EAF1", "border": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.text = book.add_format({"num_format": "@"})

    def sheet(self, title: str, name: str, header: Row, rows: Iterable[Row], total: str) -> None:
        """Write one sheet: title over all columns, header, rows, and a line of totals when `total` says over what."""
        sheet = self.book.add_worksheet(name)
        sheet.merge_range(0, 0, 0, len(header) - 1, title, self.title)
        sheet.write_row(1, 0, header, self.head)
        sheet.set_column(0, len(header) - 1, 14)
        sheet.freeze_panes(2, 0)
        number = 1
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, datetime.combine(value, datetime.min.time()), self.day)
                elif isinstance(value, str):
                    if value:
                        sheet.write_string(number, column, value, self.text)
                elif value is not None:
                    sheet.write_number(number, column, value)
        if total:
            sheet.write_string(number + 1, 0, "合计")
            sheet.write_string(number + 1, 1, f"{number - 1} {total}")


def sheets(
    estate: EstatePlan, homes: Sequence[Household], inventor: Inventor, today: date
) -> Iterator[tuple[str, Row, Iterable[Row], str]]:
    """Return each sheet as its name, header, rows and what its totals line counts."""
    yield "楼栋单元", ("期区", "楼栋", "单元", "名称", "楼型", "地上层数", "地下层数", "交付日期"), building_rows(estate), ""
    yield (
        "房屋",
        ("期区", "楼栋", "单元", "楼层", "房号", "建筑面积(㎡)", "套内面积", "户型", "用途", "交付日期", "房屋状态"),
        premises_rows(homes), "户",
    )  # fmt: skip
    yield (
        "业主住户",
        ("楼栋", "单元", "房号", "姓名", "关系", "客户性质", "证件号码", "联系电话", "产权份额", "入住日期"),
        resident_rows(homes), "人",
    )  # fmt: skip
    park = parked(estate, homes, inventor)
    yield (
        "车位",
        ("车位区域", "车位号", "车位性质", "车位面积", "楼栋", "单元", "房号", "车主姓名", "联系电话"),
        [row[0] for row in park],
        "",
    )
    yield (
        "车辆",
        ("车牌号", "楼栋", "单元", "房号", "车主姓名", "联系电话", "车位区域", "车位号", "品牌车型"),
        [row[1] for row in park if row[1]],
        "",
    )
    yield "收费标准", ("适用范围", "费项", "计费方式", "单价", "收费周期", "开始日期"), fee_rows(estate), ""
    yield "期初欠费", ("楼栋", "单元", "房号", "姓名", "费项", "期间", "欠费金额"), arrears_rows(homes, today), "笔"
    yield (
        "水电表", ("表号", "表类型", "楼栋", "单元", "房号", "安装位置", "倍率", "上次读数", "抄表日期"),
        (
            (m.code, m.medium, m.building, m.entrance, m.room, m.spot, 40 if m.medium == "电表" else 1, float(m.reading), m.read_on)
            for m in meters(estate, inventor, today)
        ),
        "",
    )  # fmt: skip
    yield (
        "设备", ("设备编号", "设备名称", "设备类别", "楼栋", "单元", "安装位置", "品牌", "规格型号", "注册代码", "验收日期", "启用日期", "上次检验日期"),
        (
            (m.code, m.name, m.category, m.building, m.entrance, m.spot, m.maker, m.model, m.registration, m.in_service_on, m.in_service_on, m.inspected_on)
            for m in machines(estate, inventor, today)
        ),
        "",
    )  # fmt: skip


def building_rows(estate: EstatePlan) -> Iterator[Row]:
    names = {VILLA: "别墅区", SHOPS: "锦和商业街"}
    for building in estate.buildings:
        for entrance in building.entrances or ("",):
            name = names.get(building.kind, "" if building.code.isdecimal() else f"{building.code} 座")
            floors = len(building.floors) or 3
            yield building.phase, building.code, entrance, name, building.kind, floors, building.basements, building.delivered_on


def premises_rows(homes: Iterable[Household]) -> Iterator[Row]:
    for home in homes:
        flat = home.flat
        yield (
            flat.building.phase, flat.building.code, flat.entrance, flat.floor, flat.room, float(flat.layout.area), float(flat.layout.inner),
            flat.layout.words, "别墅" if flat.building.kind == VILLA else flat.usage, flat.building.delivered_on, home.state,
        )  # fmt: skip


def where(flat: Flat) -> Row:
    return flat.building.code, flat.entrance, flat.room


def resident_rows(homes: Iterable[Household]) -> Iterator[Row]:
    for home in homes:
        for who in home.residents:
            yield (*where(who.flat), who.name, who.relation, who.kind, who.id_number, who.phone, who.share, who.began_on)


def parked(estate: EstatePlan, homes: Iterable[Household], inventor: Inventor) -> list[tuple[Row, Row | None]]:
    """Return the rows of spaces, each with the row of the car that stands there; cars without a space come last."""
    cars = [(home, plate) for home in homes for plate in home.cars]
    inventor.chance.shuffle(cars)
    rows: list[tuple[Row, Row | None]] = []
    for space in spaces(estate):
        zone, number = space.code.split("-")
        if cars and inventor.chance.random() < 0.85:
            home, plate = cars.pop()
            who = home.residents[-1] if home.state == "出租" else home.residents[0]
            rows.append(
                (
                    (zone, number, space.tenure, float(space.area), *where(home.flat), who.name, who.phone),
                    (plate, *where(home.flat), who.name, who.phone, zone, number, inventor.chance.choice(CARS)),
                )
            )
        else:
            rows.append(((zone, number, space.tenure, float(space.area), "", "", "", "", ""), None))
    return rows


def fee_rows(estate: EstatePlan) -> Iterator[Row]:
    begin = date(2026, 1, 1)
    for kind, fen in estate.fee_fen_per_m2.items():
        yield f"全部{kind}", FEES[kind], "按建筑面积", fen / 100, "每月", begin
    yield "月租车位", "车位租赁费", "定额", 260, "每月", begin
    yield "产权车位", "车位服务费", "定额", 80, "每月", begin
    if any(building.kind == MULTI for building in estate.buildings):
        yield "全部住户", "公摊水电费", "按用量", 0.58, "每月", begin


def arrears_rows(homes: Iterable[Household], today: date) -> Iterator[Row]:
    year = today.year - 1
    for home in homes:
        if home.arrears_fen:
            price = int(home.arrears_fen)
            fee = FEES[home.flat.building.kind]
            yield (*where(home.flat), home.residents[0].name, fee, f"{year}年1-6月", price / 100)
