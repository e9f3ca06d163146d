"""The life of a roster, and what a handover checks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.states import Move


class State(TextChoices):
    """A roster is drafted, approved by the supervisor, and published to those who work by it."""

    DRAFT = "draft", _("编排中")
    APPROVED = "approved", _("已审核")
    PUBLISHED = "published", _("已发布")


MOVES = {
    "approve": Move({State.DRAFT}, to=State.APPROVED),
    "reopen": Move({State.APPROVED}, to=State.DRAFT),
    "publish": Move({State.APPROVED}, to=State.PUBLISHED),
}


class Condition(TextChoices):
    """What a handover found of one thing."""

    GOOD = "good", _("完好")
    FAULTY = "faulty", _("有问题")
    MISSING = "missing", _("缺失")
