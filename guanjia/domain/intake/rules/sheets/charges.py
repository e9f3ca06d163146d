"""Sheets whose home is built later: 收费标准, 期初欠费. Judged fully and kept in intake."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .. import cells, identities
from ..cells import Bad, choice, day, scaled, text
from ..describe import Column, Sheet
from .columns import NOTE, YUAN, where
from .places import offered

METHODS = {
    "area": ("按建筑面积", "建筑面积", "面积", "按面积", "元/㎡·月", "按建面"),
    "inner_area": ("按套内面积", "套内面积", "套内"),
    "fixed": ("定额", "固定金额", "按户", "每户", "固定", "包月"),
    "usage": ("按用量", "用量", "抄表", "按表"),
    "space": ("按车位", "每车位"),
}
CYCLES = {
    "month": ("月", "每月", "按月", "月度"),
    "quarter": ("季", "季度", "每季", "按季"),
    "half_year": ("半年", "每半年"),
    "year": ("年", "每年", "按年", "年度"),
    "once": ("一次性", "单次", "一次"),
}
_MONTHS = re.compile(r"^(\d{4})[-/.年]?(\d{1,2})月?$")
_FROM_TO = re.compile(r"^(\d{4}[-/.年]?\d{1,2}月?)(?:[-~至到]+)(\d{4}[-/.年]?\d{1,2}月?|\d{1,2}月?)$")


def months(value: Any, epoch_1904: bool) -> str | None:
    """Judge a billing period, as "2024-01" or "2024-01/2024-06": 2024-01, 2024年1月, 202401, 2024.1-2024.6, 2024年1-6月, 2024年度."""
    if (
        isinstance(value, date | float | int)
        and not isinstance(value, bool)
        and not (isinstance(value, float | int) and 190_000 < value < 210_013)
    ):
        found = cells.month(value, epoch_1904)
        return None if found is None else f"{found:%Y-%m}"
    written = cells.signs(value).replace(" ", "")
    if cells.is_empty(written):
        return None
    if whole_year := re.fullmatch(r"(\d{4})年度?", written):
        return f"{whole_year[1]}-01/{whole_year[1]}-12"
    if one := _MONTHS.match(written):
        return _month(int(one[1]), int(one[2]))
    if two := _FROM_TO.match(written):
        begin = _MONTHS.match(two[1])
        end = _MONTHS.match(two[2]) or re.match(r"^()(\d{1,2})月?$", two[2])
        if begin and end:
            first, last = _month(int(begin[1]), int(begin[2])), _month(int(end[1] or begin[1]), int(end[2]))
            if last < first:
                raise Bad("bad_period", _("期间的结束月早于开始月"))
            return first if first == last else f"{first}/{last}"
    raise Bad("bad_period", _("期间认不出来，请写成 2024-01 或 2024-01 至 2024-06"))


def _month(year: int, month: int) -> str:
    if not (1990 <= year <= 2100 and 1 <= month <= 12):
        raise Bad("bad_period", _("没有 %(year)d 年 %(month)d 月") % {"year": year, "month": month})
    return f"{year:04d}-{month:02d}"


ITEM_NAMES = ("收费项目", "费用项目", "收费科目", "费用名称", "项目名称", "收费项目名称", "费用类型", "科目")
PRICE_UNITS = (
    *YUAN,
    "元/㎡",
    "元/㎡·月",
    "元/㎡.月",
    "元/㎡/月",
    "元/m2",
    "元/m2·月",
    "元/平方米",
    "元/平方米·月",
    "元/月",
    "元/户",
    "元/户·月",
    "元/吨",
    "元/度",
    "元/m3",
    "元/立方",
    "元/个·月",
    "元/平米·月",
    "元/平米",
)

TARIFFS = Sheet(
    "tariffs",
    "收费标准",
    (
        *where(required=False),
        Column("scope", "适用范围", text(80), ("范围", "适用对象", "收费对象", "适用"), example="全部住宅", rule="不按户列时填：全部住宅、3 号楼……", few=True),
        Column("item", "费项", text(40), ITEM_NAMES, required=True, example="物业服务费", few=True),
        Column("method", "计费方式", choice(METHODS, "计费方式"), ("计算方式", "收费方式", "计费依据", "计价方式"), example="按建筑面积", choices=offered(METHODS), few=True),
        Column("price", "单价", scaled(4, units=PRICE_UNITS, low=0, high=100_000, what="单价"), ("收费单价", "标准", "收费标准", "单价(元)", "费率"), example="2.80", rule="元，最多四位小数", few=True),
        Column("amount", "金额", scaled(2, units=PRICE_UNITS, low=0, high=10_000_000, what="金额"), ("收费金额", "固定金额", "月金额", "应收金额"), example="", rule="定额收费填这里，元，最多到分"),
        Column("cycle", "收费周期", choice(CYCLES, "收费周期"), ("周期", "计费周期", "缴费周期"), example="月", choices=offered(CYCLES), few=True),
        Column("began_on", "开始日期", day(month_means="first"), ("起始日期", "起", "生效日期", "计费开始日期", "起费日期", "开始计费日期"), required=True, example="2024-01-01", rule="只写年月按当月 1 日", few=True),
        Column("ended_on", "结束日期", day(month_means="last"), ("截止日期", "止", "终止日期", "失效日期"), example="", rule="只写年月按当月最后一天；长期的不填", few=True),
        NOTE,
    ),
    names=("收费", "费用标准", "计费标准", "收费项目"),
    marks=("item",),
    either=("price", "amount"),
    purpose="各户或各类房屋按什么单价、从哪天起收。先核对并保存，收费功能上线时接收。",
    kept=True,
)  # fmt: skip

ARREARS = Sheet(
    "arrears",
    "期初欠费",
    (
        *where(),
        Column("name", "姓名", identities.name, ("业主姓名", "业主", "客户名称", "欠费人"), example="刘桂芳", rule="只用来核对"),
        Column("item", "费项", text(40), ITEM_NAMES, required=True, example="物业服务费", few=True),
        Column("period", "期间", months, ("费用期间", "欠费期间", "账期", "所属期间", "所属月份", "费用月份", "月份", "欠费月份"), required=True, example="2024-01", rule="2024-01、2024年1月、2024-01 至 2024-06", few=True, as_text=True),
        Column("amount", "欠费金额", scaled(2, units=YUAN, low=0, high=10_000_000, what="欠费金额"), ("金额", "欠费", "应收金额", "未缴金额", "欠款", "欠款金额", "本金"), required=True, example="332.14", rule="元，最多到分"),
        Column("due_on", "应缴日期", day(), ("到期日", "应收日期", "缴费截止", "截止日期"), example="2024-01-31", few=True),
        NOTE,
    ),
    names=("欠费", "历史欠费", "期初", "陈欠", "往年欠费"),
    marks=("item", "period"),
    purpose="启用系统前的欠费，按户按费项按期间。先核对并保存，收费功能上线时接收。",
    kept=True,
)  # fmt: skip
