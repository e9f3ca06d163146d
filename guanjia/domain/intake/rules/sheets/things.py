"""Sheets of things: 水电表, 设备."""

from __future__ import annotations

from guanjia.domain.estate.states import Category, Medium

from ..cells import choice, code, day, scaled, text, whole
from ..describe import Column, Sheet
from .columns import NOTE, where
from .places import offered

MEDIA = {
    Medium.WATER.value: ("水表", "水", "冷水", "自来水", "冷水表", "热水表"),
    Medium.POWER.value: ("电表", "电", "用电"),
    Medium.GAS.value: ("燃气表", "气", "燃气", "天然气", "煤气"),
    Medium.HEAT.value: ("热量表", "热", "热表", "采暖", "暖气"),
}
CATEGORIES = {
    Category.LIFT.value: ("电梯", "客梯", "货梯", "扶梯", "升降机"),
    Category.WATER_PUMP.value: ("供水水泵", "生活水泵", "水泵", "给水泵", "二次供水"),
    Category.WATER_TANK.value: ("水箱蓄水池", "水箱", "蓄水池", "生活水箱"),
    Category.BACKFLOW_PREVENTER.value: ("倒流防止器",),
    Category.SEWAGE_PUMP.value: ("污水泵", "排污泵", "潜污泵", "集水井水泵"),
    Category.SEPTIC_TANK.value: ("化粪池",),
    Category.DRAINAGE.value: ("雨污水管网", "雨水管网", "污水管网", "排水管网"),
    Category.FIRE_SYSTEM.value: ("火灾自动报警系统", "消防", "消防系统", "消防报警", "消防主机", "火灾报警"),
    Category.FIRE_PUMP.value: ("消防水泵", "消防泵", "喷淋泵", "消火栓泵"),
    Category.HYDRANT.value: ("消火栓", "消防栓"),
    Category.EXTINGUISHER.value: ("灭火器", "灭火器箱"),
    Category.TRANSFORMER.value: ("变配电设备", "变压器", "变配电", "配电", "配电设备", "高低压配电", "供配电"),
    Category.CABINET.value: ("公共电气柜", "电气柜", "配电箱", "配电柜"),
    Category.GENERATOR.value: ("发电机", "柴油发电机", "发电机组"),
    Category.LIGHTING.value: ("公共照明", "照明", "路灯"),
    Category.LIGHTNING.value: ("防雷装置", "避雷", "防雷"),
    Category.INTERCOM.value: ("楼宇对讲", "对讲", "可视对讲", "门口机"),
    Category.HOME_ALARM.value: ("住户报警", "入户报警"),
    Category.PERIMETER.value: ("周界报警", "周界", "电子围栏"),
    Category.CCTV.value: ("监控系统", "监控", "摄像头", "视频监控"),
    Category.PATROL.value: ("电子巡更", "巡更"),
    Category.BARRIER.value: ("车辆道闸", "道闸", "车闸", "停车道闸"),
    Category.ACCESS.value: ("门禁", "门禁系统", "单元门禁"),
    Category.BOILER.value: ("锅炉",),
    Category.PRESSURE_VESSEL.value: ("压力容器", "气压罐"),
    Category.HVAC.value: ("空调通风", "空调", "通风", "风机", "新风"),
    Category.LANDSCAPE.value: ("景观水系", "景观", "喷泉", "水景"),
    Category.PLAY.value: ("儿童及健身设施", "健身器材", "儿童设施", "游乐设施"),
    Category.WASTE.value: ("垃圾收集设施", "垃圾桶", "垃圾房"),
    Category.OFFICE.value: ("办公设施", "办公设备"),
    Category.OTHER.value: ("其他", "其它"),
}

METERS = Sheet(
    "meters",
    "水电表",
    (
        Column("code", "表号", code(40), ("表编号", "仪表编号", "表具编号", "水表号", "电表号", "表具号", "仪表号", "表计编号"), required=True, example="0318-2204", as_text=True),
        Column("medium", "表类型", choice(MEDIA, "表类型"), ("类型", "仪表类型", "表种", "表别", "能源类型"), required=True, example="水表", choices=offered(MEDIA), few=True),
        *where(required=False),
        Column("location", "安装位置", text(80), ("位置", "安装地点", "公区位置"), example="", rule="公共表写位置，如“3 号楼强电井”；房号和位置至少填一个"),
        Column("multiplier", "倍率", scaled(4, low=0, high=100_000, what="倍率"), ("互感器倍率", "变比", "倍数"), example="1", rule="不填按 1", few=True),
        Column("first_reading", "起度", scaled(3, units=("度", "吨", "m3", "m³", "kwh", "立方", "方"), low=0, high=1_000_000_000, what="起度"), ("初始读数", "底数", "起始读数", "初始表数", "表底", "期初读数"), example="0", rule="装表或接管时的读数"),
        Column("last_reading", "上次读数", scaled(3, units=("度", "吨", "m3", "m³", "kwh", "立方", "方"), low=0, high=1_000_000_000, what="上次读数"), ("本次读数", "最近读数", "止度", "读数", "上期读数"), example="612.4"),
        Column("read_on", "抄表日期", day(), ("上次抄表日期", "读数日期", "抄见日期"), example="2026-11-01", few=True),
        Column("began_on", "安装日期", day(month_means="first"), ("启用日期", "装表日期"), example="2018-06-30", few=True),
        NOTE,
    ),
    names=("仪表", "水表", "电表", "表具", "抄表", "表计"),
    marks=("code", "medium"),
    purpose="户表与公共表：表号、倍率、起度、上次读数。",
)  # fmt: skip

EQUIPMENT = Sheet(
    "equipment",
    "设备",
    (
        Column("code", "设备编号", code(40), ("编号", "设备编码", "资产编号", "设备号", "编码"), required=True, example="DT-0301", as_text=True),
        Column("name", "设备名称", text(80), ("名称", "设备", "设备设施名称"), required=True, example="3 号楼 1 单元客梯"),
        Column("category", "设备类别", choice(CATEGORIES, "设备类别"), ("类别", "设备类型", "设备分类", "系统", "所属系统", "分类"), required=True, example="电梯", rule="巡检、保养、年检条款按类别生成", choices=offered(CATEGORIES), few=True),
        Column("building", "楼栋", where()[1].judge, where()[1].names, example="3", few=True, as_text=True),
        Column("entrance", "单元", where()[2].judge, where()[2].names, example="1", few=True, as_text=True),
        Column("location", "安装位置", text(80), ("位置", "所在位置", "安装地点", "设备位置"), example="", rule="不在楼里的写位置，如“地下室水泵房”", few=True),
        Column("quantity", "数量", whole(1, 100_000, "数量", ("台", "套", "个", "组", "只", "部")), ("台数", "套数"), example="1", few=True),
        Column("maker", "生产厂家", text(80), ("厂家", "制造商", "品牌", "生产厂商", "制造单位"), example="奥的斯", few=True),
        Column("model", "规格型号", text(60), ("型号", "规格", "型号规格"), example="", few=True),
        Column("serial", "出厂编号", code(60), ("出厂号", "产品编号", "机身号"), example="", as_text=True),
        Column("registration", "注册代码", code(60), ("使用登记证号", "注册登记号", "特种设备代码", "登记证编号"), example="", as_text=True),
        Column("rescue_code", "救援识别码", code(20), ("电梯救援码", "应急救援码", "96333编号", "救援码"), example="", as_text=True),
        Column("keeper", "维保单位", text(80), ("维保公司", "保养单位", "维护单位"), example="", few=True),
        Column("accepted_on", "验收日期", day(), ("安装验收日期", "竣工验收日期", "监督检验日期"), example="2018-06-01", rule="法定检验年限从这一天起算", few=True),
        Column("in_service_on", "启用日期", day(month_means="first"), ("投用日期", "使用日期", "投入使用日期"), example="2018-06-30", few=True),
        Column("warranty_until", "保修截止", day(month_means="last"), ("保修期至", "质保到期", "保修到期"), example="2028-06-30", few=True),
        Column("inspected_on", "上次检验日期", day(), ("上次年检日期", "最近检验日期", "检验日期", "年检日期"), example="2026-03-10", few=True),
        Column("permit_until", "检验有效期至", day(month_means="last"), ("下次检验日期", "下次年检日期", "检验到期", "年检到期", "有效期至", "检验有效期"), example="2027-03-31", few=True),
        NOTE,
    ),
    names=("设备台账", "设施设备", "设备清单", "设备信息"),
    marks=("code", "name", "category"),
    purpose="设备台账与法定检验日期。",
)  # fmt: skip
