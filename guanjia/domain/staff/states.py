"""Kinds of posts, reporting lines and certificates."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PostKind(TextChoices):
    """What an entry of the role library is."""

    POST = "post", _("岗位")
    UNIT = "unit", _("部门或机构")
    OUTSIDE = "outside", _("外部各方")


class LineManner(TextChoices):
    """How the source states a reporting line."""

    STATED = "stated", _("写明")
    IMPLIED = "implied", _("由上下文推断")
    APPROVAL = "approval", _("报批")
    RECORDS = "records", _("提交记录")
    OVERSIGHT = "oversight", _("监督")
    CONTRACT = "contract", _("合同")


class CertificateKind(TextChoices):
    """Licences that the work of an estate demands."""

    PROPERTY = "property", _("物业管理上岗证")
    GUARD = "guard", _("保安员证")
    FIRE_CONTROL = "fire_control", _("消防设施操作员证")
    LIFT = "lift", _("电梯安全管理员证")
    ELECTRICIAN = "electrician", _("低压电工作业证")
    BOILER = "boiler", _("锅炉作业证")
    HEIGHT = "height", _("高处作业证")
    WATER = "water", _("二次供水健康证")
    HEALTH = "health", _("健康证")
    DRIVING = "driving", _("驾驶证")
    OTHER = "other", _("其他证书")
