"""Channels, urgency, and the life of a delivery."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How a message reaches somebody."""

    INBOX = "inbox", _("站内")
    EMAIL = "email", _("邮件")
    SMS = "sms", _("短信")
    ROBOT = "robot", _("群机器人")


class Urgency(TextChoices):
    """Whether quiet hours hold a message back."""

    ROUTINE = "routine", _("一般")
    URGENT = "urgent", _("紧急")


class State(TextChoices):
    """`given_up` is final: a person must look at it."""

    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已发送")
    GIVEN_UP = "given_up", _("发送失败")
    DROPPED = "dropped", _("不再需要")
