"""What happened to requests: ids, kinds and codes; never what people said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Opened:
    """A request was registered; the receiver stays responsible until it is closed."""

    said: ClassVar[object] = _("受理登记 %(serial)s")
    request_id: int
    serial: str
    kind: str
    channel: str
    receiver_id: int | None


@dataclass(frozen=True, slots=True)
class Routed:
    """The request went to somebody to handle; the receiver stays responsible."""

    said: ClassVar[object] = _("转给员工 %(member_id)s 处理")
    request_id: int
    member_id: int


@dataclass(frozen=True, slots=True)
class Noted:
    """Something was noted in the course of it."""

    said: ClassVar[object] = _("记录进展（%(kind)s）")
    request_id: int
    note_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class Planned:
    """It cannot be settled now: there is a plan with a date, and the client was told."""

    said: ClassVar[object] = _("制订处理计划，%(until)s 前完成")
    request_id: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Graded:
    """A complaint's severity was set."""

    said: ClassVar[object] = _("定为%(severity)s投诉")
    request_id: int
    severity: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A complaint was found valid or not, by somebody whom it does not concern."""

    said: ClassVar[object] = _("投诉判定：%(validity)s")
    request_id: int
    validity: str
    by_member_id: int | None


@dataclass(frozen=True, slots=True)
class Answered:
    """The client was told the result."""

    said: ClassVar[object] = _("已答复业主")
    request_id: int
    acknowledged: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """The request is settled."""

    said: ClassVar[object] = _("办结")
    request_id: int
    content: bool | None


@dataclass(frozen=True, slots=True)
class Reopened:
    """The client is not content, or it came up again."""

    said: ClassVar[object] = _("重新处理：%(reason)s")
    request_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class MergedInto:
    """The request is about the same as another one."""

    said: ClassVar[object] = _("并入事项 %(into_id)s")
    request_id: int
    into_id: int


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The client does not want it any more, or it was declined with a reason."""

    said: ClassVar[object] = _("撤回：%(reason)s")
    request_id: int
    reason: str
