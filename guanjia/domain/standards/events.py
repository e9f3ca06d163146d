"""What happened to plans and to what they make due. Ids, codes and values; never names of people."""

from dataclasses import dataclass
from datetime import date
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
