"""What happened to rosters and on duty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class RosterOpened:
    """A roster for some days was begun."""

    said: ClassVar[object] = _("新建排班表")
    roster_id: int


@dataclass(frozen=True, slots=True)
class RosterMoved:
    """A roster was approved, reopened or published."""

    said: ClassVar[object] = _("排班表状态变为 %(state)s")
    roster_id: int
    state: str


@dataclass(frozen=True, slots=True)
class TurnPut:
    """Somebody was put on a station for one turn."""

    said: ClassVar[object] = _("排上一个班次")
    turn_id: int
    member_id: int


@dataclass(frozen=True, slots=True)
class TurnTakenOut:
    """A turn was taken out of a roster that is not published yet."""

    said: ClassVar[object] = _("撤下一个班次")
    turn_id: int
    member_id: int


@dataclass(frozen=True, slots=True)
class TurnPassedOn:
    """Another person stands a turn of a published roster."""

    said: ClassVar[object] = _("换班：%(reason)s")
    turn_id: int
    from_member_id: int
    to_member_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class SignedOn:
    """Somebody began a turn."""

    said: ClassVar[object] = _("签到上岗")
    turn_id: int
    member_id: int
    late_minutes: int


@dataclass(frozen=True, slots=True)
class SignedOff:
    """Somebody ended a turn."""

    said: ClassVar[object] = _("签退下岗")
    turn_id: int
    member_id: int


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A station went from one turn to the next."""

    said: ClassVar[object] = _("交接班完成")
    handover_id: int
    from_turn_id: int
    to_turn_id: int
