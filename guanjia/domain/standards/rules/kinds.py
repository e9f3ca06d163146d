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
