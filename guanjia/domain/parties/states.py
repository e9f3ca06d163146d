"""Relations of people to premises."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartyKind(TextChoices):
    """A natural person or a firm."""

    PERSON = "person", _("个人")
    FIRM = "firm", _("单位")


class Relation(TextChoices):
    """What somebody is to premises."""

    OWNER = "owner", _("业主")
    JOINT_OWNER = "joint_owner", _("共有人")
    TENANT = "tenant", _("租户")
    FAMILY = "family", _("家属")
    OCCUPANT = "occupant", _("使用人")
    EMERGENCY = "emergency", _("紧急联系人")


OWNERS = frozenset({Relation.OWNER, Relation.JOINT_OWNER})
"""Relations that carry a share of the property."""
