"""A workbook with every kind of dirt that people bring, made here, each kind with what the importer must say about it.

`DIRT` is the documentation: what is dirty, where it stands, and either the code of the refusal, the value that must be
stored, or the note that must be left. `build` writes the workbook; the tests compare the verdicts with this list exactly.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

ROOMS, OWNERS, FEES, DEBTS = "房屋信息表", "业主", "收费标准", "往年欠费"


@dataclass(frozen=True)
class Dirt:
    """One kind: `cell` as sheet and address; exactly one of `refused` (code), `stored` (key, value), `noted` (code), `left` (why)."""

    what: str
    sheet: str
    cell: str
    refused: str = ""
    stored: tuple[str, Any] = field(default=())
    noted: str = ""
    left: str = ""


DIRT: tuple[Dirt, ...] = (
    Dirt("merged title above the table", ROOMS, "A1", left="title"),
    Dirt("a line of remarks above the header", ROOMS, "A2", left="title"),
    Dirt("header over two rows with merged groups", ROOMS, "H4", stored=("owner", "刘桂芳")),
    Dirt("other words for a column, a star and a colon in it", ROOMS, "A3", stored=("building", "3")),
    Dirt("unit in parentheses in the header", ROOMS, "D3", stored=("area_m2", 11862)),
    Dirt("a column that nobody knows", ROOMS, "L3", noted="unknown_column"),
    Dirt("a remark beside the table, without header", ROOMS, "M3", noted="unheaded_column"),
    Dirt("a hidden column", ROOMS, "G3", noted="hidden_column"),
    Dirt("building merged over its rooms", ROOMS, "A6", stored=("building", "3")),
    Dirt("entrance in Chinese numerals", ROOMS, "B5", stored=("entrance", "2")),
    Dirt("room as a number", ROOMS, "C6", stored=("room", "1502")),
    Dirt("full-width digits and unit in a cell", ROOMS, "D6", stored=("area_m2", 8910)),
    Dirt("date with points", ROOMS, "G6", stored=("delivered_on", date(2024, 1, 5))),
    Dirt("spaces inside a telephone number", ROOMS, "I6", stored=("owner_phone", ("13800001111",))),
    Dirt("no-break space round a name", ROOMS, "H7", stored=("owner", "张三")),
    Dirt("binary noise in a number", ROOMS, "D7", stored=("area_m2", 9630)),
    Dirt("month only", ROOMS, "G7", stored=("delivered_on", date(2024, 1, 1))),
    Dirt("telephone kept as a float, all digits there", ROOMS, "I7", stored=("owner_phone", ("13900002222",))),
    Dirt("small x in an identity number", ROOMS, "J7", stored=("owner_id", "11010519491231002X")),
    Dirt("a blank row in the middle", ROOMS, "A8", left=""),
    Dirt("leading zero of a room kept as text", ROOMS, "C9", stored=("room", "0301")),
    Dirt("more places than square metres have", ROOMS, "D9", refused="too_many_places"),
    Dirt("a day that does not exist", ROOMS, "G9", refused="no_such_day"),
    Dirt("telephone in scientific notation", ROOMS, "I9", refused="phone_as_float"),
    Dirt("a sub-total in the middle", ROOMS, "A10", left="total"),
    Dirt("room that Excel turned into a date", ROOMS, "C11", refused="looks_like_date"),
    Dirt("failed formula", ROOMS, "D11", refused="formula_error"),
    Dirt("day and month that cannot be told apart", ROOMS, "G11", refused="ambiguous_date"),
    Dirt("telephone as text in scientific notation", ROOMS, "I11", refused="phone_as_float"),
    Dirt("header repeated at a page break", ROOMS, "A12", left="header"),
    Dirt("words in a column of numbers", ROOMS, "D13", refused="not_a_number"),
    Dirt("a use that is not in the list", ROOMS, "F13", refused="unknown_choice"),
    Dirt("serial number of a day", ROOMS, "G13", stored=("delivered_on", date(2024, 1, 5))),
    Dirt("ten digits of a mobile number", ROOMS, "I13", refused="bad_phone"),
    Dirt("identity number cut to fifteen digits", ROOMS, "J13", refused="identity_cut"),
    Dirt("whole address in the column of the room", ROOMS, "C14", stored=("room", "5栋1单元302室")),
    Dirt("a dash for nothing", ROOMS, "E14", stored=("layout", None)),
    Dirt("date with Chinese words", ROOMS, "G14", stored=("delivered_on", date(2024, 1, 5))),
    Dirt("two telephone numbers in a cell", ROOMS, "I14", stored=("owner_phone", ("13800001111", "13900002222"))),
    Dirt("check digit of an identity number", ROOMS, "J14", refused="bad_identity"),
    Dirt("room without building", ROOMS, "A15", refused="no_building"),
    Dirt("telephone but no name", ROOMS, "H15", refused="owner_missing"),
    Dirt("identity number with an impossible birthday", ROOMS, "J15", refused="bad_identity"),
    Dirt("the same row twice, word for word", ROOMS, "C16", noted="repeated_row"),
    Dirt("the same room with another area", ROOMS, "C17", refused="contradicts"),
    Dirt("truth value where words belong", ROOMS, "E18", refused="wrong_type"),
    Dirt("area out of all reason", ROOMS, "D18", refused="out_of_range"),
    Dirt("eight digits as a date", ROOMS, "G18", stored=("delivered_on", date(2024, 1, 5))),
    Dirt("room missing", ROOMS, "C19", refused="required"),
    Dirt("invisible characters inside a name", ROOMS, "H20", stored=("owner", "李四")),
    Dirt("text too long", ROOMS, "E20", refused="too_long"),
    Dirt("grand total", ROOMS, "A22", left="total"),
    Dirt("remark below the table", ROOMS, "A23", left="remark"),
    Dirt("who made the table", ROOMS, "A24", left="remark"),
    Dirt("shares of more than the whole", OWNERS, "D4", refused="shares_exceed"),
    Dirt("share as percent, as fraction", OWNERS, "D2", stored=("share", 500_000)),
    Dirt("leaves before coming", OWNERS, "F5", refused="end_before_begin"),
    Dirt("control character", OWNERS, "B6", refused="strange_character"),
    Dirt("a hidden row", OWNERS, "A1", noted="hidden_rows"),
    Dirt("currency sign, thousands separator, unit", FEES, "D2", stored=("amount", 123_450)),
    Dirt("price with its unit", FEES, "C3", stored=("price", 28_000)),
    Dirt("neither price nor amount", FEES, "C4", refused="required"),
    Dirt("negative in the manner of accountants", FEES, "D5", refused="out_of_range"),
    Dirt("period over months", DEBTS, "C2", stored=("period", "2024-01/2024-06")),
    Dirt("period that ends before it begins", DEBTS, "C3", refused="bad_period"),
    Dirt("amount with more than fen", DEBTS, "D4", refused="too_many_places"),
    Dirt("a hidden sheet", "草稿", "", noted="hidden_sheet"),
    Dirt("a sheet that is no table", "封面", "", noted="unknown_sheet"),
)


def build() -> bytes:
    """Write the workbook."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    cover = book.add_worksheet("封面")
    cover.write_string(4, 2, "锦和苑基础资料")
    cover.write_string(6, 2, "2026 年 11 月 21 日")
    _rooms(book.add_worksheet(ROOMS), day)
    _owners(book.add_worksheet(OWNERS))
    _fees(book.add_worksheet(FEES))
    _debts(book.add_worksheet(DEBTS))
    draft = book.add_worksheet("草稿")
    draft.write_row(0, 0, ["楼栋", "单元", "房号", "建筑面积"])
    draft.write_row(1, 0, ["9", "9", "9901", 1])
    draft.hide()
    cover.activate()
    book.close()
    return buffer.getvalue()


def _rooms(tab: Any, day: Any) -> None:
    tab.merge_range("A1:K1", "锦和苑房屋及业主信息表")
    tab.write_string("A2", "截至 2026-11-20，由前期物业移交")
    for column, text in enumerate(["*楼  栋：", "单元号", "房间号", "建筑面积（㎡）", "户型", "房屋用途", "交房日期"]):
        tab.merge_range(2, column, 3, column, text)
    tab.merge_range("H3:J3", "业主信息")
    tab.write_row("H4", ["姓名", "电话", "证件号码"])
    tab.merge_range("K3:K4", "产权份额")
    tab.merge_range("L3:L4", "网格员")
    tab.set_column("G:G", 12, None, {"hidden": True})
    tab.write_string("M7", "此户钥匙在前台")

    tab.merge_range("A5:A7", "3号楼")
    tab.write_row("B5", ["二单元", "1501", 118.62, "三室两厅", "住宅"])
    tab.write_datetime("G5", date(2018, 6, 30), day)
    tab.write_row("H5", ["刘桂芳", "13800001111", "110105194912310021"[:17] + "X"])
    tab.write_string("J5", "")
    tab.write_row("B6", ["2单元", 1502, "８９．１ ㎡", "三室两厅", "住宅", "2024.1.5", "王 海涛", "138 0000 1111"])
    tab.write_row(
        "B7", ["2", "1503", 96.30000000000001, "三室", "普通住宅", "2024年1月", "\u00a0张三\u3000", 13900002222.0, "11010519491231002x"]
    )
    tab.write_row("A9", ["4栋", "1", "0301", 89.123, "两室", "住宅", "2023-02-30", "赵六", 1.38e10])
    tab.write_row("A10", ["4栋小计", "", "", 89.123])
    tab.write_row("A11", ["4栋", "1"])
    tab.write_datetime("C11", date(2026, 3, 2), day)
    tab.write_formula("D11", "=D99/0", None, "#DIV/0!")
    tab.write_row("E11", ["两室", "住宅", "1/5/2024", "孙七", "1.38E+10"])
    for column, text in enumerate(
        ["*楼  栋：", "单元号", "房间号", "建筑面积（㎡）", "户型", "房屋用途", "交房日期", "姓名", "电话", "证件号码", "产权份额"]
    ):
        tab.write_string(11, column, text)
    tab.write_row("A13", ["4栋", "1", "302", "约90", "两室", "仓库", 45296, "周八", "1380000111", 110105194912310000.0])
    tab.write_row("C14", ["5栋1单元302室", 90, "-", "住宅", "2024年1月5日", "吴九", "13800001111/13900002222", "110105194912310021"])
    tab.write_row("C15", ["303", 90, "两室", "住宅", "", "", "13800001111", "110105194913310027"])
    tab.write_row("A16", ["3号楼", "二单元", "1501", 118.62, "三室两厅", "住宅"])
    tab.write_datetime("G16", date(2018, 6, 30), day)
    tab.write_row("H16", ["刘桂芳", "13800001111"])
    tab.write_row("A17", ["3号楼", "2", "1502", 98.1, "三室两厅", "住宅"])
    tab.write_row("A18", ["6", "1", "101", 9_999_999, True, "住宅", "20240105", "郑十"])
    tab.write_row("A19", ["6", "1", "", 80, "两室"])
    tab.write_row("A20", ["6", "1", "103", 80, "户" * 41, "住宅", "", "李\u200b四\ufeff"])
    tab.write_row("A22", ["合 计", "", "", 1000.5])
    tab.write_string("A23", "注：面积以不动产登记证书为准，有误请到前台更正。")
    tab.write_string("A24", "制表：李敏")


def _owners(tab: Any) -> None:
    tab.write_row("A1", ["房号", "姓名", "关系", "份额", "入住日期", "迁出日期"])
    tab.write_row("A2", ["3-2-1501", "刘桂芳", "业主", "50%", "2018-09-01"])
    tab.write_row("A3", ["3-2-1501", "周明", "共有人", "1/2"])
    tab.write_row("A4", ["3-2-1501", "周小明", "共有人", 0.5])
    tab.write_row("A5", ["3-2-1502", "王海涛", "租户", "", "2024-05-01", "2024-01-01"])
    tab.write_row("A6", ["3-2-1503", "张\x07三", "业主"])
    tab.set_row(2, None, None, {"hidden": True})


def _fees(tab: Any) -> None:
    tab.write_row("A1", ["适用范围", "收费项目", "单价", "金额", "起始日期"])
    tab.write_row("A2", ["全部商铺", "垃圾清运费", "", "￥1,234.50元", "2024-01-01"])
    tab.write_row("A3", ["全部住宅", "物业服务费", "2.8元/㎡·月", "", "2024年1月"])
    tab.write_row("A4", ["全部别墅", "物业服务费", "", "", "2024-01-01"])
    tab.write_row("A5", ["全部车位", "车位管理费", "", "(80.00)", "2024-01-01"])


def _debts(tab: Any) -> None:
    tab.write_row("A1", ["房号", "费项", "欠费期间", "欠费金额"])
    tab.write_row("A2", ["3-2-1501", "物业服务费", "2024.1-2024.6", 1992.84])
    tab.write_row("A3", ["3-2-1502", "物业服务费", "2024-06至2024-01", 332.14])
    tab.write_row("A4", ["3-2-1503", "物业服务费", "2024年", 332.145])
