"""Kinds, states and the moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.states import Move


class EstateType(TextChoices):
    """What an estate mostly is (C-002): the same processes serve all of them."""

    RESIDENTIAL = "residential", _("住宅小区")
    COMMERCIAL = "commercial", _("商业综合体")
    OFFICE = "office", _("办公楼")


class PlaceKind(TextChoices):
    """What a node of the tree is."""

    PHASE = "phase", _("期区")
    BUILDING = "building", _("楼栋")
    ENTRANCE = "entrance", _("单元")
    FLOOR = "floor", _("楼层")
    PREMISES = "premises", _("房屋")
    PARKING = "parking", _("车位")
    STORAGE = "storage", _("储藏室")
    COMMON = "common", _("公共区域")
    ROOM = "room", _("设备房")


HELD = (PlaceKind.PREMISES, PlaceKind.PARKING, PlaceKind.STORAGE)
"""Kinds that somebody owns or rents; each has a row of `Premises`."""

UNDER: dict[str, tuple[str, ...]] = {
    "": (PlaceKind.PHASE, PlaceKind.BUILDING, PlaceKind.PARKING, PlaceKind.STORAGE, PlaceKind.COMMON, PlaceKind.ROOM),
    PlaceKind.PHASE: (PlaceKind.BUILDING, PlaceKind.PARKING, PlaceKind.STORAGE, PlaceKind.COMMON, PlaceKind.ROOM),
    PlaceKind.BUILDING: tuple(kind for kind in PlaceKind if kind not in ("phase", "building")),
    PlaceKind.ENTRANCE: tuple(kind for kind in PlaceKind if kind not in ("phase", "building", "entrance")),
    PlaceKind.FLOOR: tuple(kind for kind in PlaceKind if kind not in ("phase", "building", "entrance", "floor")),
}
"""What may stand under what; kinds that are missing here are leaves. "" is the estate itself."""


class BuildingType(TextChoices):
    """What a building is; clauses such as those of lifts and fire pumps depend on it."""

    HIGH_RISE = "high_rise", _("高层")
    MULTI_STOREY = "multi_storey", _("多层")
    VILLA = "villa", _("别墅")
    SHOPS = "shops", _("商铺")
    OFFICE = "office", _("写字楼")
    GARAGE = "garage", _("车库")
    OTHER = "other", _("其他")


class VacancyState(TextChoices):
    """Whether somebody lives or works in the premises."""

    UNSOLD = "unsold", _("未售")
    UNDELIVERED = "undelivered", _("未交付")
    VACANT = "vacant", _("空置")
    FIT_OUT = "fit_out", _("装修中")
    OCCUPIED = "occupied", _("自住")
    LET = "let", _("出租")


EMPTY = (VacancyState.UNSOLD, VacancyState.UNDELIVERED, VacancyState.VACANT)
"""States in which nobody uses the premises: they belong to the file of vacant premises (A-163) and are inspected."""


class Tenure(TextChoices):
    """Whose a parking space is: three owners, three kinds of money (Civil Code 275)."""

    OWNED = "owned", _("产权车位")
    DEVELOPER = "developer", _("开发商车位")
    COMMON = "common", _("公共车位")


class Medium(TextChoices):
    """What a meter counts."""

    WATER = "water", _("水表")
    POWER = "power", _("电表")
    GAS = "gas", _("燃气表")
    HEAT = "heat", _("热量表")


class Bearer(TextChoices):
    """Who carries what a meter counts."""

    HOUSEHOLD = "household", _("本户")
    OWNERS = "owners", _("全体业主")
    BUILDING = "building", _("本楼业主")
    PARKING = "parking", _("车位业主")
    COMPANY = "company", _("物业公司")
    TENANT = "tenant", _("租户")


class Keeper(TextChoices):
    """Who answers for a piece of equipment (A-174)."""

    COMPANY = "company", _("物业公司")
    UTILITY = "utility", _("专业单位")
    DEVELOPER = "developer", _("建设单位")
    CONTRACTOR = "contractor", _("维保单位")


class Category(TextChoices):
    """Categories of the equipment ledger; clauses and statutory rules choose their targets by them."""

    LIFT = "lift", _("电梯")
    WATER_PUMP = "water_pump", _("供水水泵")
    WATER_TANK = "water_tank", _("水箱蓄水池")
    BACKFLOW_PREVENTER = "backflow_preventer", _("倒流防止器")
    SEWAGE_PUMP = "sewage_pump", _("污水泵")
    SEPTIC_TANK = "septic_tank", _("化粪池")
    DRAINAGE = "drainage", _("雨污水管网")
    FIRE_SYSTEM = "fire_system", _("火灾自动报警系统")
    FIRE_PUMP = "fire_pump", _("消防水泵")
    HYDRANT = "hydrant", _("消火栓")
    EXTINGUISHER = "extinguisher", _("灭火器")
    TRANSFORMER = "transformer", _("变配电设备")
    CABINET = "cabinet", _("公共电气柜")
    GENERATOR = "generator", _("发电机")
    LIGHTING = "lighting", _("公共照明")
    LIGHTNING = "lightning", _("防雷装置")
    INTERCOM = "intercom", _("楼宇对讲")
    HOME_ALARM = "home_alarm", _("住户报警")
    PERIMETER = "perimeter", _("周界报警")
    CCTV = "cctv", _("监控系统")
    PATROL = "patrol", _("电子巡更")
    BARRIER = "barrier", _("车辆道闸")
    ACCESS = "access", _("门禁")
    BOILER = "boiler", _("锅炉")
    PRESSURE_VESSEL = "pressure_vessel", _("压力容器")
    HVAC = "hvac", _("空调通风")
    LANDSCAPE = "landscape", _("景观水系")
    PLAY = "play", _("儿童及健身设施")
    WASTE = "waste", _("垃圾收集设施")
    OFFICE = "office", _("办公设施")
    OTHER = "other", _("其他")


class Running(TextChoices):
    """Whether a piece of equipment runs."""

    IN_SERVICE = "in_service", _("在用")
    STOPPED = "stopped", _("停用")
    RETIRED = "retired", _("已报废")


EQUIPMENT_MOVES = {
    "stop": Move({Running.IN_SERVICE}, to=Running.STOPPED),
    "restart": Move({Running.STOPPED}, to=Running.IN_SERVICE),
    "retire": Move({Running.IN_SERVICE, Running.STOPPED}, to=Running.RETIRED),
}


class Result(TextChoices):
    """How an inspection ended."""

    PASSED = "passed", _("合格")
    FAILED = "failed", _("不合格")
