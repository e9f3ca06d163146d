"""The life of a work order (维修工作单), from paper to paper."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.states import Move


class State(TextChoices):
    """Where the order is. `UNFINISHED` waits for its next appointment; `DONE` waits for the signature, `SIGNED` for the slip."""

    OPEN = "open", _("待派单")
    POOL = "pool", _("抢单池")
    DISPATCHED = "dispatched", _("已派单")
    ACCEPTED = "accepted", _("已接单")
    ON_THE_WAY = "on_the_way", _("在路上")
    ARRIVED = "arrived", _("已到场")
    QUOTED = "quoted", _("待确认报价")
    UNFINISHED = "unfinished", _("未完工")
    DONE = "done", _("待签字")
    SIGNED = "signed", _("待回单")
    RETURNED = "returned", _("已回单")
    CANCELLED = "cancelled", _("已取消")


HELD = frozenset({State.DISPATCHED, State.ACCEPTED, State.ON_THE_WAY, State.ARRIVED, State.QUOTED})
WAITING = frozenset({State.OPEN, State.POOL, State.UNFINISHED})
OPEN = HELD | WAITING
ENDED = frozenset({State.RETURNED, State.CANCELLED})

MOVES = {
    "dispatch": Move(WAITING | {State.DISPATCHED, State.ACCEPTED, State.ON_THE_WAY}, to=State.DISPATCHED),
    "offer": Move(WAITING | {State.DISPATCHED}, to=State.POOL),
    "grab": Move({State.POOL}, to=State.ACCEPTED),
    "accept": Move({State.DISPATCHED}, to=State.ACCEPTED),
    "give_back": Move({State.DISPATCHED, State.ACCEPTED, State.ON_THE_WAY}, to=State.OPEN),
    "depart": Move({State.ACCEPTED}, to=State.ON_THE_WAY),
    "arrive": Move({State.ACCEPTED, State.ON_THE_WAY}, to=State.ARRIVED),
    "quote": Move({State.ARRIVED}, to=State.QUOTED),
    "agree_price": Move({State.QUOTED}, to=State.ARRIVED),
    "decline_price": Move({State.QUOTED}, to=State.CANCELLED),
    "finish": Move({State.ARRIVED}, to=State.DONE),
    "leave": Move({State.ARRIVED}, to=State.UNFINISHED),
    "sign": Move({State.DONE}, to=State.SIGNED),
    "return": Move({State.SIGNED, State.UNFINISHED}, to=State.RETURNED),
    "cancel": Move(WAITING | {State.DISPATCHED, State.ACCEPTED, State.ON_THE_WAY}, to=State.CANCELLED),
}


class Urgency(TextChoices):
    """How soon: 急修 runs the emergency clocks, 零修 the minor ones, 预约 counts to the agreed time."""

    EMERGENCY = "emergency", _("急修")
    MINOR = "minor", _("零修")
    NORMAL = "normal", _("一般")


class Trade(TextChoices):
    """What a technician is skilled in, and what a job needs."""

    PLUMBING = "plumbing", _("给排水")
    POWER = "power", _("强电")
    WEAK = "weak", _("弱电")
    DOORS = "doors", _("门窗")
    LIFT = "lift", _("电梯")
    FIRE = "fire", _("消防")
    MASONRY = "masonry", _("土建")
    CLEANING = "cleaning", _("保洁")
    GREENING = "greening", _("绿化")
    GENERAL = "general", _("综合")


class Proof(TextChoices):
    """How an arrival is known."""

    SCAN = "scan", _("扫码")
    POSITION = "position", _("定位")
    TOLD = "told", _("本人填报")
