"""Which plan an estate follows, and what each clause means there on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, QuerySet

from guanjia.domain.estate import queries as estate_queries
from guanjia.domain.standards.models import Adoption, Clause, Holiday, Override, Plan
from guanjia.domain.standards.permissions import VIEW
from guanjia.domain.standards.rules import terms as rules
from guanjia.domain.standards.rules.planfile import ClauseDraft, ConflictDraft, ParameterDraft, PlanDraft
from guanjia.domain.standards.rules.terms import Change, Held, Term
from guanjia.domain.trail.ports import Outcome
from guanjia.kernel.workdays import Workdays, calendar

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate
    from guanjia.kernel.actor import Actor


def plans(actor: Actor, permission: str = VIEW) -> QuerySet[Plan]:
    """Return the plans of the companies where the actor holds the permission somewhere, the latest edition first."""
    companies = estate_queries.estates(actor, permission).order_by().values("company_id")
    return Plan.objects.filter(company_id__in=companies).select_related("loaded_by").order_by("-loaded_at", "-pk")


@dataclass(frozen=True)
class Shelved:
    """A loaded plan, how many clauses it has, and which estates within reach follow it or will."""

    plan: Plan
    clauses: int
    estates: tuple[Estate, ...]


def shelf(actor: Actor) -> list[Shelved]:
    """Return the plans within reach, the latest loaded first."""
    rows = list(plans(actor).annotate(number=Count("clauses")))
    users: dict[int, list[Estate]] = defaultdict(list)
    following = Adoption.objects.filter(actor.within(VIEW, path=None), plan__in=rows, ended_on=None)
    for row in following.select_related("estate").order_by("estate__code"):
        users[row.plan_id].append(row.estate)
    return [Shelved(plan, plan.number, tuple(users[plan.pk])) for plan in rows]


def adoptions(actor: Actor, estate: Estate) -> QuerySet[Adoption]:
    """Return which plans the estate followed, follows and will follow, the latest first."""
    return Adoption.objects.filter(actor.within(VIEW, path=None), estate=estate).select_related("plan").order_by("-began_on", "-pk")


def overrides(actor: Actor, estate: Estate, code: str = "") -> QuerySet[Override]:
    """Return what the estate changed, of one clause, parameter or conflict, or of all; the latest first."""
    rows = Override.objects.filter(actor.within(VIEW, path=None), estate=estate).select_related("made_by")
    return (rows.filter(code=code) if code else rows).order_by("-began_on", "-pk")


def adopted(estate: Estate, on: date) -> Plan | None:
    """Return the plan that the estate follows on a day."""
    row = Adoption.objects.filter(_touching(on, on + timedelta(days=1)), estate=estate).select_related("plan").first()
    return row.plan if row else None


def terms(estate: Estate, begin: date, end: date) -> list[Term]:
    """Return what each clause of the estate's plans means in `[begin, end)`: three queries, and the plan only when it is not known yet."""
    held = [
        Held(draft_of(row.plan), row.began_on, row.ended_on, row.plan_id)
        for row in Adoption.objects.filter(estate=estate).select_related("plan").order_by("began_on", "pk")
        if row.ended_on is None or row.ended_on > row.began_on
    ]
    changes = [
        Change(row.code, row.values, row.began_on, row.ended_on, row.reason, row.pk)
        for row in Override.objects.filter(_touching(begin, end), estate=estate).order_by("began_on", "pk")
    ]
    return rules.terms(held, changes, begin, end)


def clauses_in_force(estate: Estate, on: date) -> list[Term]:
    """Return the clauses that hold for the estate on a day, those set aside by a conflict included."""
    return terms(estate, on, on + timedelta(days=1))


def term_of(estate: Estate, code: str, on: date) -> Term | None:
    """Return what one clause means for the estate on a day; None when it does not hold then."""
    return next((term for term in clauses_in_force(estate, on) if term.code == code), None)


def overrides_on(estate: Estate, code: str, on: date) -> dict[str, Any]:
    """Return what the estate promises instead of one code's values on a day; nothing when it follows the plan."""
    row = Override.objects.filter(_touching(on, on + timedelta(days=1)), estate=estate, code=code).order_by("-began_on", "-pk").first()
    return dict(row.values) if row else {}


@dataclass(frozen=True)
class Values:
    """What a plan leaves to the estate, as it is decided on a day: parameters and conflicts, and which of them the estate changed."""

    parameters: tuple[ParameterDraft, ...]
    conflicts: tuple[ConflictDraft, ...]
    changed: Mapping[str, Override]


def values_on(estate: Estate, on: date) -> Values | None:
    """Return the parameters and conflicts that hold for the estate on a day; None when it follows no plan."""
    plan = adopted(estate, on)
    if plan is None:
        return None
    rows = (
        Override.objects.filter(_touching(on, on + timedelta(days=1)), estate=estate).select_related("made_by").order_by("began_on", "pk")
    )
    changed = {row.code: row for row in rows}

    def given(code: str) -> dict[str, Any]:
        return _tuples(changed[code].values) if code in changed else {}

    draft = draft_of(plan)
    return Values(
        tuple(replace(item, **given(item.code)) for item in draft.parameters),
        tuple(replace(item, **given(item.code)) for item in draft.conflicts),
        changed,
    )


def workdays_of(company_id: int) -> Workdays:
    """Return the working calendar of a company: what is published, under what the company entered."""
    rows = list(Holiday.objects.filter(company_id=company_id).values_list("day", "kind", "notice"))
    return calendar(
        ((day, kind == Holiday.Kind.WORK) for day, kind, _notice in rows),
        {day.year for day, _kind, notice in rows if notice},
    )


def draft_of(plan: Plan) -> PlanDraft:
    """Return a loaded plan as values. A loaded plan never changes, so it is read once per process."""
    return _draft(plan.pk, plan.digest)


@lru_cache(maxsize=64)
def _draft(pk: int, digest: str) -> PlanDraft:
    return _read(Plan.objects.get(pk=pk, digest=digest))


def prove_plans() -> Outcome:
    """Read every plan anew and compare its fingerprint, and see that no estate follows two plans on one day: for `guanjia verify`."""
    checked, wrong, first = 0, 0, ""
    for plan in Plan.objects.order_by("pk"):
        checked += 1
        if _read(plan).digest != plan.digest:
            wrong += 1
            first = first or f"{plan} ({plan.pk})"
    last: Adoption | None = None
    for row in Adoption.objects.exclude(ended_on=F("began_on")).order_by("estate_id", "began_on", "pk"):
        checked += 1
        if last is not None and last.estate_id == row.estate_id and (last.ended_on is None or last.ended_on > row.began_on):
            wrong += 1
            first = first or f"adoption {row.pk}"
        last = row
    return Outcome(checked, wrong, first)


def _read(plan: Plan) -> PlanDraft:
    return PlanDraft(
        code=plan.code,
        name=plan.name,
        edition=plan.edition,
        issued_on=plan.issued_on,
        note=plan.note,
        sources=tuple(plan.sources),
        parameters=tuple(ParameterDraft(**_tuples(item)) for item in plan.parameters),
        conflicts=tuple(ConflictDraft(**_tuples(item)) for item in plan.conflicts),
        clauses=tuple(_clause(row) for row in Clause.objects.filter(plan=plan).order_by("position")),
    )


def _tuples(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in item.items()}


COLUMNS = {"id": "code", "set": "settings", "default_by": "settings_by"}
"""Where a clause's fields are kept under another name."""


def _clause(row: Clause) -> ClauseDraft:
    values: dict[str, Any] = {field.name: getattr(row, COLUMNS.get(field.name, field.name)) for field in fields(ClauseDraft)}
    return ClauseDraft(**(values | {"evidence": tuple(row.evidence)}))


def _touching(begin: date, end: date) -> Q:
    return Q(began_on__lt=end) & (Q(ended_on=None) | Q(ended_on__gt=begin))
