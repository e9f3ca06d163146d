"""Kinds, channels and the life of a request."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.states import Move


class Kind(TextChoices):
    """What is asked for."""

    REPAIR = "repair", _("报修")
    COMPLAINT = "complaint", _("投诉")
    ENQUIRY = "enquiry", _("咨询")
    SUGGESTION = "suggestion", _("建议")
    HELP = "help", _("求助")
    PRAISE = "praise", _("表扬")
    SERVICE = "service", _("服务需求")
    DISPUTE = "dispute", _("纠纷")


PREFIXES = {
    Kind.REPAIR: "BX",
    Kind.COMPLAINT: "TS",
    Kind.ENQUIRY: "ZX",
    Kind.SUGGESTION: "JY",
    Kind.HELP: "QZ",
    Kind.PRAISE: "BY",
    Kind.SERVICE: "FW",
    Kind.DISPUTE: "JF",
}


class Channel(TextChoices):
    """How it came in."""

    PHONE = "phone", _("电话")
    COUNTER = "counter", _("前台")
    WECHAT = "wechat", _("微信")
    PORTAL = "portal", _("业主端")
    VISIT = "visit", _("上门拜访")
    BOX = "box", _("意见箱")
    ROUND = "round", _("巡检发现")


class State(TextChoices):
    """Where the request is. `ANSWERED` waits for the return visit or the client's word."""

    REGISTERED = "registered", _("待处理")
    IN_HAND = "in_hand", _("处理中")
    PLANNED = "planned", _("已订计划")
    ANSWERED = "answered", _("待回访")
    CLOSED = "closed", _("已办结")
    MERGED = "merged", _("已并入")
    WITHDRAWN = "withdrawn", _("已撤回")


OPEN = frozenset({State.REGISTERED, State.IN_HAND, State.PLANNED})
WORKING = OPEN | {State.ANSWERED}

MOVES = {
    "take": Move({State.REGISTERED, State.IN_HAND, State.PLANNED}, to=State.IN_HAND),
    "plan": Move({State.REGISTERED, State.IN_HAND}, to=State.PLANNED),
    "answer": Move(OPEN, to=State.ANSWERED),
    "close": Move({State.ANSWERED}, to=State.CLOSED),
    "reopen": Move({State.ANSWERED, State.CLOSED}, to=State.IN_HAND),
    "merge": Move(OPEN, to=State.MERGED),
    "withdraw": Move(OPEN, to=State.WITHDRAWN),
}


class Severity(TextChoices):
    """How grave a complaint is; the graver, the higher it is told at once."""

    ORDINARY = "ordinary", _("一般")
    SERIOUS = "serious", _("较严重")
    MAJOR = "major", _("重大")
    SPECIAL = "special", _("特殊")


class Validity(TextChoices):
    """Whether the complaint is the company's responsibility, judged by somebody whom it does not concern."""

    VALID = "valid", _("有效")
    INVALID = "invalid", _("无效")


class NoteKind(TextChoices):
    """What was noted in the course of a request."""

    RESPONSE = "response", _("首次回应")
    FOLLOW_UP = "follow_up", _("跟进")
    REMEDY = "remedy", _("补救措施")
    CHECK = "check", _("核实情况")
    EXPLAINED = "explained", _("向业主解释")
    ASKED = "asked", _("请求支援")
    REMARK = "remark", _("备注")
