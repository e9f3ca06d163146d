"""Sheets of the place tree: 楼栋/单元, 房屋, 车位."""

from __future__ import annotations

from guanjia.domain.estate.states import BuildingType, PlaceKind, Tenure, VacancyState

from .. import identities
from ..cells import choice, code, day, scaled, share, text, whole
from ..describe import Column, Sheet
from .columns import BUILDING, ENTRANCE, FLOOR, M2, NOTE, PHASE, ROOM, where

BUILDING_TYPES = {
    BuildingType.HIGH_RISE.value: ("高层", "高层住宅", "小高层", "超高层", "高层楼"),
    BuildingType.MULTI_STOREY.value: ("多层", "多层住宅", "洋房", "花园洋房", "低层", "住宅"),
    BuildingType.VILLA.value: ("别墅", "联排", "联排别墅", "独栋别墅", "叠拼", "双拼", "叠墅"),
    BuildingType.SHOPS.value: ("商铺", "商业", "底商", "沿街商铺", "商业街"),
    BuildingType.OFFICE.value: ("写字楼", "办公楼", "办公", "公寓式办公"),
    BuildingType.GARAGE.value: ("车库", "地下车库", "停车场"),
    BuildingType.OTHER.value: ("其他", "其它", "公建", "配套", "会所"),
}
KINDS = {
    PlaceKind.PREMISES.value: ("房屋", "住宅", "商铺", "办公", "别墅", "公寓"),
    PlaceKind.STORAGE.value: ("储藏室", "储藏间", "储物间", "杂物间", "地下室"),
}
USAGES = {
    "住宅": ("住宅", "普通住宅", "居住", "自住", "高层住宅", "多层住宅"),
    "别墅": ("别墅", "联排别墅", "独栋别墅", "叠拼别墅"),
    "公寓": ("公寓", "酒店式公寓", "loft", "LOFT"),
    "商铺": ("商铺", "商业", "店铺", "底商", "门面", "商业用房"),
    "办公": ("办公", "写字楼", "办公用房"),
    "储藏": ("储藏", "储藏室", "储藏间", "储物间", "地下室"),
    "配套": ("配套", "公建", "物业用房", "社区用房", "幼儿园", "会所", "公共用房"),
    "其他": ("其他", "其它"),
}
VACANCIES = {
    VacancyState.UNSOLD.value: ("未售", "待售", "未出售", "在售"),
    VacancyState.UNDELIVERED.value: ("未交付", "已售未交付", "未交房", "未收楼", "未接房"),
    VacancyState.VACANT.value: ("空置", "空置房", "未入住", "空关", "空房", "闲置"),
    VacancyState.FIT_OUT.value: ("装修中", "装修", "装修期", "在装修"),
    VacancyState.OCCUPIED.value: ("自住", "入住", "已入住", "常住", "业主自住", "自用", "已装修入住"),
    VacancyState.LET.value: ("出租", "已出租", "租赁", "租住"),
}
TENURES = {
    Tenure.OWNED.value: ("产权车位", "产权", "已售", "自有", "业主自有", "私家车位", "产权车库"),
    Tenure.DEVELOPER.value: ("开发商车位", "开发商", "未售", "待售", "人防", "人防车位", "可租", "租赁", "出租"),
    Tenure.COMMON.value: ("公共车位", "公共", "地面公共", "共有", "业主共有", "临停", "临时车位"),
}


def offered(names: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(spellings[0] for spellings in names.values())


BUILDINGS = Sheet(
    "buildings",
    "楼栋单元",
    (
        PHASE,
        Column("building", "楼栋", BUILDING.judge, BUILDING.names, required=True, example="3", rule=BUILDING.rule, few=True, as_text=True),
        ENTRANCE,
        Column("entrances", "单元数", whole(1, 60, "单元数", ("个", "单元")), ("单元个数", "梯数", "总单元数"), example="", rule="不逐个列单元时填：3 表示 1～3 单元", few=True),
        Column("name", "名称", text(80), ("楼栋名", "楼宇名称", "楼名", "幢名"), example="3 号楼", rule="不填就叫“3 号楼”"),
        Column(
            "building_type", "楼型", choice(BUILDING_TYPES, "楼型"), ("建筑类型", "楼栋类型", "楼宇类型", "建筑形态", "物业类型", "类型", "楼栋性质"),
            example="高层", rule="巡检与电梯、消防条款按楼型生成", choices=offered(BUILDING_TYPES), few=True,
        ),
        Column("basements", "地下层数", whole(0, 9, "地下层数", ("层", "f")), ("地下楼层", "地下层"), example="1", rule="填 2 就建好 B1、B2；地上的楼层从房屋表来", few=True),
        Column("began_on", "交付日期", day(month_means="first"), ("竣工日期", "交房日期", "启用日期", "接管日期"), example="2018-06-30", rule="只写年月按当月 1 日", few=True),
        NOTE,
    ),
    names=("楼栋", "单元", "楼宇", "楼栋信息", "楼栋/单元", "楼宇信息", "楼栋表"),
    marks=("building",),
    purpose="小区里有哪些楼和单元。只有房屋表也可以，楼栋会从房屋表里建出来，但没有楼型。",
)  # fmt: skip

PREMISES = Sheet(
    "premises",
    "房屋",
    (
        PHASE,
        BUILDING,
        ENTRANCE,
        FLOOR,
        ROOM,
        Column("area_m2", "建筑面积", scaled(2, units=M2, low=0, high=100_000, what="建筑面积", positive=True), ("面积", "建面", "产权面积", "计费面积", "收费面积", "建筑面积(㎡)"), example="118.62", rule="平方米，最多两位小数"),
        Column("inner_area_m2", "套内面积", scaled(2, units=M2, low=0, high=100_000, what="套内面积", positive=True), ("套内建筑面积", "使用面积", "套内", "室内面积"), example="96.30", rule="平方米，最多两位小数"),
        Column("layout", "户型", text(40), ("房型", "户型结构", "房屋户型"), example="三室两厅", few=True),
        Column("usage", "用途", choice(USAGES, "用途"), ("房屋用途", "使用性质", "房屋性质", "物业性质", "房屋类型", "业态", "类型"), example="住宅", choices=offered(USAGES), few=True),
        Column("delivered_on", "交付日期", day(month_means="first"), ("交房日期", "收楼日期", "接房日期", "交楼日期", "收房日期"), example="2018-06-30", rule="只写年月按当月 1 日", few=True),
        Column("vacancy", "使用状态", choice(VACANCIES, "使用状态"), ("状态", "房屋状态", "入住状态", "房态", "居住状态"), example="自住", choices=offered(VACANCIES), few=True),
        Column("owner", "业主姓名", identities.name, ("业主", "产权人", "户主", "业主名称", "客户名称", "房主", "业主/姓名", "业主信息/姓名", "业主信息姓名"), example="刘桂芳", rule="一户多个业主：另起一行重写房号"),
        Column("owner_phone", "业主电话", identities.phones, ("联系电话", "手机", "手机号", "手机号码", "电话", "业主手机", "联系方式", "业主/电话", "业主信息/电话", "业主信息/手机"), example="13800001111", rule="多个号码用 / 隔开", as_text=True, width=16),
        Column("owner_id", "业主证件号", identities.identity, ("证件号码", "身份证号", "身份证", "身份证号码", "证件号", "业主身份证", "业主/证件号码", "业主信息/证件号码"), example="", rule="身份证、护照、统一社会信用代码；列设为文本", as_text=True, width=22),
        Column("share", "产权份额", share, ("份额", "产权比例", "所占份额", "比例"), example="100%", rule="50%、0.5、1/2 都可以，同一户合计不超过 100%", few=True),
        Column("moved_in_on", "入住日期", day(month_means="first"), ("入伙日期", "入户日期"), example="2018-09-01", rule="只写年月按当月 1 日", few=True),
        NOTE,
    ),
    names=("房产", "房屋信息", "房产信息", "房产资料", "房源", "房屋台账", "房间信息", "房屋业主", "业主房产"),
    marks=("room",),
    purpose="每一户：面积、户型、用途、状态，也可以同时带上业主。",
)  # fmt: skip

SPACES = Sheet(
    "spaces",
    "车位",
    (
        Column("zone", "车位区域", code(20), ("车库", "停车区", "区域", "所在区域", "停车场", "车场", "车位位置", "库区"), example="B1", rule="B1、地面、A 区……", few=True, as_text=True),
        Column("space", "车位号", code(40), ("车位编号", "泊位号", "车位", "车位名称", "停车位号", "车库号"), required=True, example="217", rule="也可以写全 B1-217", as_text=True),
        Column("tenure", "车位性质", choice(TENURES, "车位性质"), ("产权性质", "性质", "车位类型", "类型", "车位状态", "权属"), example="产权车位", rule="产权、开发商（含人防）、公共三类，收费不同", choices=offered(TENURES), few=True),
        Column("area_m2", "车位面积", scaled(2, units=M2, low=0, high=1000, what="车位面积", positive=True), ("面积", "建筑面积"), example="13.25", few=True),
        *where(required=False),
        Column("owner", "车主姓名", identities.name, ("使用人", "业主姓名", "业主", "姓名", "车位业主", "承租人", "产权人", "客户名称"), example="刘桂芳"),
        Column("owner_phone", "联系电话", identities.phones, ("电话", "手机", "手机号", "手机号码", "业主电话", "联系方式"), example="13800001111", as_text=True, width=16),
        Column("began_on", "起始日期", day(), ("开始日期", "购买日期", "租用日期", "起租日期", "生效日期"), example="2020-01-01"),
        Column("ended_on", "截止日期", day(), ("结束日期", "到期日期", "终止日期", "租赁到期"), example="", rule="当天不再使用；长期的不填"),
        NOTE,
    ),
    names=("停车位", "车位信息", "车位台账", "车库"),
    marks=("space",),
    purpose="车位在哪里、属于谁、哪一户在用。",
)  # fmt: skip
