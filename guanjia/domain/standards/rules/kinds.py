"""Kinds of clauses and of evidence, with their labels. Pure."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What sort of promise a clause is; the words of the source table."""

    CADENCE = "cadence", _("周期")
    SLA = "sla", _("时限")
    KPI = "kpi", _("指标")
    THRESHOLD = "threshold", _("限值")
    REPORT = "report", _("报表")
    FORM = "form", _("表单")
    WORKFLOW = "workflow", _("流程")
    NOTIFICATION = "notification", _("告知")
    ROLE = "role", _("职责")
    PERMISSION = "permission", _("权限")
    RULE = "rule", _("规则")
    CONTENT = "content", _("内容")
    PRICE = "price", _("价格")
    INTEGRATION = "integration", _("接口")


class Evidence(TextChoices):
    """What proves that a thing was done."""

    SCAN = "scan", _("扫码")
    PHOTO = "photo", _("照片")
    CHECKLIST = "checklist", _("检查表")
    READING = "reading", _("读数")
    SIGNATURE = "signature", _("签名")
    DOCUMENT = "document", _("文件")
    ROSTER = "roster", _("排班")
    CALL = "call", _("通话")


class DefaultBy(TextChoices):
    """Whose word a value is."""

    DOCUMENT = "document", _("原文")
    GUANJIA = "guanjia", _("管家默认")
    COMPANY = "company", _("公司设定")


CAPABILITIES = {
    "archive": _("档案"),
    "arrears": _("催缴"),
    "assessment": _("考核与会议"),
    "assets": _("设备"),
    "billing": _("收费"),
    "community": _("社区活动"),
    "complaint": _("投诉"),
    "contractors": _("外包"),
    "convenience": _("便民服务"),
    "estate": _("房屋"),
    "facilities_events": _("设施异常"),
    "gate": _("门岗"),
    "handover": _("承接与交付"),
    "incidents": _("突发事件"),
    "integration": _("接口"),
    "keys": _("钥匙"),
    "knowledge": _("知识与话术"),
    "kpi": _("指标"),
    "movein": _("入住"),
    "notices": _("公告"),
    "parking": _("车辆"),
    "parties": _("业主与组织"),
    "portal": _("业主端"),
    "renovation": _("装修"),
    "repair": _("报修"),
    "requests": _("受理"),
    "rounds": _("巡检与保洁"),
    "safety": _("安全"),
    "satisfaction": _("满意度"),
    "shifts": _("排班"),
    "standards": _("服务标准"),
    "training": _("培训"),
    "visit": _("回访"),
}
"""The capabilities of the source table, in words. A plan may name others; they show as they are written."""
