"""Kinds of places and their labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


class Medium(TextChoices):
    """What a meter counts."""

    WATER = "water", _("水表")
    POWER = "power", _("电表")
    GAS = "gas", _("燃气表")
    HEAT = "heat", _("热量表")
