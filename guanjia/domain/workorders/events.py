"""What happened to work orders: ids, states, codes and instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Opened:
    """A work order was written."""

    said: ClassVar[object] = _("开单 %(serial)s")
    order_id: int
    serial: str
    urgency: str


@dataclass(frozen=True, slots=True)
class Dispatched:
    """The order went to a technician."""

    said: ClassVar[object] = _("派给员工 %(member_id)s")
    order_id: int
    member_id: int
    arrive_by: datetime | None


@dataclass(frozen=True, slots=True)
class Offered:
    """The order may be taken by whoever is free and able."""

    said: ClassVar[object] = _("放入抢单池")
    order_id: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """A technician took the order on."""

    said: ClassVar[object] = _("员工 %(member_id)s 接单")
    order_id: int
    member_id: int
    grabbed: bool


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A technician gave the order back, and says why."""

    said: ClassVar[object] = _("员工 %(member_id)s 退回：%(reason)s")
    order_id: int
    member_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Departed:
    """The technician is on the way."""

    said: ClassVar[object] = _("出发")
    order_id: int
    member_id: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """The technician is there; `proof` says how that is known."""

    said: ClassVar[object] = _("到场")
    order_id: int
    member_id: int
    proof: str
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class Quoted:
    """A price was named before paid work."""

    said: ClassVar[object] = _("报价 %(amount_fen)s 分")
    order_id: int
    quote_id: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class PriceSettled:
    """The client agreed to the price or declined it."""

    said: ClassVar[object] = _("业主对报价的答复：%(agreed)s")
    order_id: int
    quote_id: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """The work is done and waits for the client's signature."""

    said: ClassVar[object] = _("完工")
    order_id: int
    member_id: int
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class LeftUnfinished:
    """The work could not be finished: treated for now, reason told, next appointment made where possible."""

    said: ClassVar[object] = _("未完工")
    order_id: int
    member_id: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Signed:
    """The client signed the finished work, or says that it is not."""

    said: ClassVar[object] = _("业主签字确认")
    order_id: int
    signature_id: int


@dataclass(frozen=True, slots=True)
class SlipReturned:
    """The signed slip came back to the service centre."""

    said: ClassVar[object] = _("回单")
    order_id: int


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The order will not be done, and why."""

    said: ClassVar[object] = _("取消：%(reason)s")
    order_id: int
    reason: str
