"""What happened to plans and to what they make due. Ids, codes and values; never names of people."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class PlanLoaded:
    """An edition of a plan was kept."""

    said: ClassVar[object] = _("载入服务方案 %(code)s 第 %(edition)s 版，%(clauses)s 条")
    plan_id: int
    code: str
    edition: str
    digest: str
    clauses: int


@dataclass(frozen=True, slots=True)
class PlanAdopted:
    """An estate follows a plan from a day."""

    said: ClassVar[object] = _("自 %(began_on)s 起采用服务方案 %(code)s 第 %(edition)s 版")
    estate_id: int
    plan_id: int
    code: str
    edition: str
    began_on: date


@dataclass(frozen=True, slots=True)
class PlanRetired:
    """A plan may not be adopted any more."""

    said: ClassVar[object] = _("停用服务方案 %(code)s 第 %(edition)s 版")
    plan_id: int
    code: str
    edition: str
    ended_on: date


@dataclass(frozen=True, slots=True)
class ClauseOverridden:
    """An estate promises something else than its plan, from a day; empty values mean the plan's own again."""

    said: ClassVar[object] = _("自 %(began_on)s 起调整 %(code)s：%(reason)s")
    estate_id: int
    code: str
    values: dict[str, Any]
    began_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class DaysDeclared:
    """A company entered days off or made-up working days."""

    said: ClassVar[object] = _("登记 %(count)s 个放假或调休日")
    company_id: int
    count: int
    years: tuple[int, ...]
    notice: str


@dataclass(frozen=True, slots=True)
class OccurrenceDone:
    """Work that a clause demands was done; `state` says whether in time, late or beyond the quota."""

    said: ClassVar[object] = _("完成 %(clause)s 的一次应做（%(state)s）")
    occurrence_id: int
    clause: str
    target: str
    state: str
    done_at: datetime


@dataclass(frozen=True, slots=True)
class OccurrencesDone:
    """A batch of completions was recorded at once (an upload after a time without network)."""

    said: ClassVar[object] = _("一批记录了 %(count)s 次完成")
    count: int
    first_id: int
    last_id: int


@dataclass(frozen=True, slots=True)
class OccurrenceAssigned:
    """Somebody was named to do an occurrence."""

    said: ClassVar[object] = _("把 %(clause)s 的一次应做指派给员工 %(member_id)s")
    occurrence_id: int
    clause: str
    target: str
    member_id: int


@dataclass(frozen=True, slots=True)
class OccurrenceExcused:
    """A supervisor let an occurrence off, and says why."""

    said: ClassVar[object] = _("批准 %(clause)s 的一次应做免做：%(reason)s")
    occurrence_id: int
    clause: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class OccurrenceWithdrawn:
    """A supervisor took an occurrence out of the plan, and says why."""

    said: ClassVar[object] = _("撤销 %(clause)s 的一次应做：%(reason)s")
    occurrence_id: int
    clause: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class BreachNear:
    """A clock asks for attention before or after its deadline; `step` names the rung of the ladder, `role` who is told."""

    said: ClassVar[object] = _("%(clause)s 的时限需要关注（%(step)s）")
    clock_id: int
    clause: str
    case_type: str
    case_id: int
    step: str
    role: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ClockStopped:
    """A clock ended: in time, or late by so many seconds of working time."""

    said: ClassVar[object] = _("%(clause)s 计时结束（%(state)s）")
    clock_id: int
    clause: str
    case_type: str
    case_id: int
    state: str
    late_seconds: int


@dataclass(frozen=True, slots=True)
class CasePaused:
    """The clocks of a case stand still for a reason."""

    said: ClassVar[object] = _("暂停计时：%(reason)s")
    case_type: str
    case_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class CaseResumed:
    """The clocks of a case run again."""

    said: ClassVar[object] = _("恢复计时")
    case_type: str
    case_id: int


@dataclass(frozen=True, slots=True)
class BreachExplained:
    """Somebody wrote down why a clock was late."""

    said: ClassVar[object] = _("%(clause)s 超时原因：%(cause)s")
    clock_id: int
    clause: str
    cause: str


@dataclass(frozen=True, slots=True)
class BreachExcused:
    """A supervisor excused a breach; the breach stays on record."""

    said: ClassVar[object] = _("%(clause)s 的超时予以谅解：%(excuse)s")
    clock_id: int
    clause: str
    excuse: str
