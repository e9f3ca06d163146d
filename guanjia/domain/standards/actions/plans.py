"""Loading plans, following them, and promising something else than they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guanjia.domain.standards import queries
from guanjia.domain.standards.events import ClauseOverridden, PlanAdopted, PlanLoaded, PlanRetired
from guanjia.domain.standards.models import Adoption, Clause, Override, Plan
from guanjia.domain.standards.permissions import ADOPT
from guanjia.domain.standards.rules import params
from guanjia.domain.standards.rules.cadence import BadCadence, Cadence
from guanjia.domain.standards.rules.planfile import ClauseDraft, PlanDraft
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.periods import business_day

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate


class EditionTaken(Refusal):
    """This edition was loaded before with other content; a loaded edition never changes."""

    code, field = "edition_taken", "edition"


class AlreadyAdopted(Refusal):
    code, field = "already_adopted", "began_on"


class Retroactive(Refusal):
    """The day has passed, and what was due then stays as it was."""

    code, field = "retroactive", "began_on"


class PlanEnded(Refusal):
    code, field = "plan_ended", "plan"


class PlanInUse(Refusal):
    code, field = "plan_in_use", "plan"


class NotOfThisCompany(Refusal):
    code, field = "not_of_this_company", "plan"


class NothingToChange(Refusal):
    code, field = "nothing_to_change", "code"


class BadValues(Refusal):
    code, field = "bad_values", "values"


@transaction.atomic
def load(draft: PlanDraft, *, estate: Estate, actor: Actor, at: datetime) -> Plan:
    """Keep a plan for the company of an estate and return it. Loading the same content again returns the row that is there.

    Raises NotAllowed, EditionTaken.
    """
    actor.require(ADOPT, estate)
    known = Plan.objects.filter(company_id=estate.company_id, code=draft.code, edition=draft.edition).first()
    if known is not None:
        if known.digest == draft.digest:
            return known
        raise EditionTaken(
            _("方案 %(code)s 的 %(edition)s 版已经载入过，内容不同。请换一个版本号") % {"code": draft.code, "edition": draft.edition}
        )
    plan = Plan.objects.create(
        company_id=estate.company_id,
        code=draft.code,
        edition=draft.edition,
        name=draft.name,
        issued_on=draft.issued_on,
        note=draft.note,
        sources=list(draft.sources),
        parameters=[asdict(item) for item in draft.parameters],
        conflicts=[asdict(item) for item in draft.conflicts],
        digest=draft.digest,
        loaded_at=at,
        loaded_by_id=actor.user_id,
    )
    Clause.objects.bulk_create([_row(plan, position, clause) for position, clause in enumerate(draft.clauses)], batch_size=200)
    announce(PlanLoaded(plan.pk, plan.code, plan.edition, plan.digest, len(draft.clauses)), about=plan, actor=actor, at=at)
    return plan


def _row(plan: Plan, position: int, clause: ClauseDraft) -> Clause:
    names = {"id": "code", "set": "settings", "default_by": "settings_by"}
    values: dict[str, Any] = {names.get(item.name, item.name): getattr(clause, item.name) for item in fields(clause)}
    return Clause(plan=plan, position=position, **(values | {"evidence": list(clause.evidence)}))


@transaction.atomic
def adopt(estate: Estate, plan: Plan, *, began_on: date, actor: Actor, at: datetime) -> Adoption:
    """Let the estate follow the plan from a day; what it followed until then ends on that day.

    The first plan of an estate may begin on any day. After that nothing is retroactive: the day is today or later.
    Raises NotAllowed, NotOfThisCompany, PlanEnded, Retroactive, AlreadyAdopted.
    """
    actor.require(ADOPT, estate)
    if plan.company_id != estate.company_id:
        raise NotOfThisCompany(_("这份方案不是本公司的"))
    if plan.ended_on is not None:
        raise PlanEnded(_("这一版方案已停用，不能再采用"))
    followed = list(Adoption.objects.filter(estate=estate).order_by("began_on", "pk"))
    if any(row.plan_id == plan.pk and row.began_on == began_on and row.ended_on is None for row in followed):
        raise AlreadyAdopted(_("%(estate)s 已经从 %(day)s 起采用这一版") % {"estate": estate.name, "day": began_on})
    if followed and began_on < business_day(at):
        raise Retroactive(_("已经在执行方案，新版只能从今天或以后开始，过去的应做不会改变"))
    for row in followed:
        if row.ended_on is None or row.ended_on > began_on:
            row.ended_on = max(row.began_on, began_on)
            row.save(update_fields=["ended_on"])
    adoption = Adoption.objects.create(estate=estate, plan=plan, began_on=began_on, adopted_at=at)
    announce(PlanAdopted(estate.pk, plan.pk, plan.code, plan.edition, began_on), about=estate, actor=actor, at=at)
    return adoption


@transaction.atomic
def retire(plan: Plan, *, estate: Estate, actor: Actor, at: datetime) -> None:
    """Let nobody adopt the plan any more. Refused while an estate follows it or will. `estate` is one of the plan's company.

    Raises NotAllowed, NotOfThisCompany, PlanInUse, PlanEnded.
    """
    actor.require(ADOPT, estate)
    if plan.company_id != estate.company_id:
        raise NotOfThisCompany(_("这份方案不是本公司的"))
    today = business_day(at)
    users = Adoption.objects.filter(plan=plan, ended_on=None).select_related("estate")
    if names := "、".join(row.estate.name for row in users):
        raise PlanInUse(_("%(names)s 还在用这一版，先换成别的方案") % {"names": names})
    if not Plan.objects.filter(pk=plan.pk, ended_on=None).update(ended_on=today):
        raise PlanEnded(_("这一版方案已经停用"))
    plan.ended_on = today
    announce(PlanRetired(plan.pk, plan.code, plan.edition, today), about=plan, actor=actor, at=at)


@transaction.atomic
def override(estate: Estate, code: str, values: Mapping[str, Any], *, began_on: date, reason: str, actor: Actor, at: datetime) -> Override:
    """Promise other values of a clause, another value of a parameter (`{"value": …}`) or another choice in a conflict (`{"choice": […]}`).

    Holds from `began_on`, today or later, until the next change of the same code; it outlives new editions of the plan.
    Raises NotAllowed, Retroactive, NothingToChange, BadValues.
    """
    actor.require(ADOPT, estate)
    if not reason.strip():
        raise BadValues(_("请写明调整的理由"), field="reason")
    if began_on < business_day(at):
        raise Retroactive(_("只能从今天或以后开始调整，过去的应做不会改变"))
    plan = queries.adopted(estate, began_on)
    if plan is None:
        raise NothingToChange(_("%(estate)s 在 %(day)s 没有采用方案") % {"estate": estate.name, "day": began_on})
    _judge(queries.draft_of(plan), code, values)
    _end(estate, code, began_on)
    made = Override.objects.create(
        estate=estate, code=code, values=dict(values), reason=reason.strip(), began_on=began_on, made_at=at, made_by_id=actor.user_id
    )
    announce(ClauseOverridden(estate.pk, code, dict(values), began_on, made.reason), about=made, actor=actor, at=at)
    return made


@transaction.atomic
def restore(estate: Estate, code: str, *, began_on: date, reason: str, actor: Actor, at: datetime) -> None:
    """Return to the plan's own values from a day, today or later. Raises NotAllowed, Retroactive, NothingToChange."""
    actor.require(ADOPT, estate)
    if began_on < business_day(at):
        raise Retroactive(_("只能从今天或以后恢复，过去的应做不会改变"))
    present = Override.objects.filter(estate=estate, code=code, ended_on=None).first()
    if present is None:
        raise NothingToChange(_("%(code)s 没有调整过，用的就是方案的值") % {"code": code})
    _end(estate, code, began_on)
    announce(ClauseOverridden(estate.pk, code, {}, began_on, reason), about=present, actor=actor, at=at)


def _end(estate: Estate, code: str, day: date) -> None:
    for row in Override.objects.filter(estate=estate, code=code):
        if row.ended_on is None or row.ended_on > day:
            row.ended_on = max(row.began_on, day)
            row.save(update_fields=["ended_on"])


def _judge(plan: PlanDraft, code: str, values: Mapping[str, Any]) -> None:
    """Refuse values that could not be followed."""
    clause = next((item for item in plan.clauses if item.id == code), None)
    if clause is not None:
        _judge_clause(plan, clause, values)
    elif parameter := next((item for item in plan.parameters if item.code == code), None):
        if set(values) != {"value"} or not isinstance(values["value"], type(parameter.value)):
            raise BadValues(_("参数「%(label)s」应是%(sort)s") % {"label": parameter.label, "sort": _sort(parameter.value)})
        shared = {item.code: item.value for item in plan.parameters} | {code: values["value"]}
        for concerned in plan.clauses:
            if concerned.id in parameter.clauses:
                _judge_cadence(concerned, params.effective(concerned.params, concerned.set, shared=shared))
    elif conflict := next((item for item in plan.conflicts if item.code == code), None):
        choice, options = values.get("choice"), {str(option["key"]) for option in conflict.options}
        if set(values) != {"choice"} or not isinstance(choice, list) or not choice or set(choice) - options:
            raise BadValues(_("请从给出的选项里选"))
        if conflict.rule == "one" and len(choice) != 1:
            raise BadValues(_("这一项只能选一个"))
    else:
        raise NothingToChange(_("方案里没有 %(code)s") % {"code": code})


def _sort(value: object) -> object:
    return _("整数") if isinstance(value, int) else _("文字")


def _judge_clause(plan: PlanDraft, clause: ClauseDraft, values: Mapping[str, Any]) -> None:
    if not values:
        raise BadValues(_("请填写要调整的值"))
    for key, value in values.items():
        if not params.KEY.match(key) or isinstance(value, bool) or not isinstance(value, str | int) or ";" in str(value) or value == "":
            raise BadValues(_("「%(key)s」应是一个词或一个整数") % {"key": key})
    pairs = params.effective(clause.params, clause.set, values, shared={item.code: item.value for item in plan.parameters})
    _judge_cadence(clause, pairs)


def _judge_cadence(clause: ClauseDraft, pairs: Mapping[str, str]) -> None:
    if clause.target:
        try:
            Cadence.from_params(pairs)
        except BadCadence as error:
            raise BadValues(str(error)) from None
