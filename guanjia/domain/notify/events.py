"""What happened to messages. Texts and addresses never enter the trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A delivery failed for good."""

    said: ClassVar[object] = _("通知没有送达（%(channel)s）")
    delivery_id: int
    message_id: int
    channel: str
