"""Which response clauses hold for an estate, and how the clocks of its cases stand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum

from guanjia.domain.standards.models import Adoption, CaseClock, CasePause, Override, Plan
from guanjia.domain.standards.permissions import VIEW
from guanjia.domain.standards.queries.plans import draft_of, workdays_of
from guanjia.domain.standards.rules import clocks as rules
from guanjia.domain.standards.rules import terms as term_rules
from guanjia.domain.standards.rules.cases import Response, hours_of, responses
from guanjia.domain.standards.rules.clocks import Limit, Pause, Standing
from guanjia.domain.standards.rules.terms import Change, Held, Term
from guanjia.domain.standards.states import ClockState
from guanjia.domain.trail.ports import Outcome

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate
    from guanjia.kernel.actor import Actor

EVER = (date(1, 1, 1), date(9999, 12, 31))
SLOT_OR_MINUTES = "K-01b"


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The response clauses of an estate on a day, and whether an agreed time replaces the minutes to arrive."""

    responses: tuple[Response, ...]
    slot_wins: bool


def rulebook(estate: Estate, on: date) -> Rulebook:
    """Return what an estate promises in response times on a day: two small queries, compiled once per process and plan."""
    adopted = Adoption.objects.filter(estate=estate).order_by("began_on", "pk")
    adoptions = tuple(adopted.values_list("plan_id", "plan__digest", "began_on", "ended_on"))
    changes = tuple(
        (code, json.dumps(values, sort_keys=True), began_on, ended_on)
        for code, values, began_on, ended_on in Override.objects.filter(estate=estate)
        .order_by("began_on", "pk")
        .values_list("code", "values", "began_on", "ended_on")
    )
    terms, choices = _compiled(adoptions, changes)
    held = [term for term in terms if term.began_on <= on and (term.ended_on is None or on < term.ended_on)]
    needs_days = any(term.params.get("working_days", "") not in {"", "0"} for term in held)
    chosen = next((choice for began, ended, choice in choices if began <= on and (ended is None or on < ended)), ("slot",))
    return Rulebook(responses(held, workdays_of(estate.company_id) if needs_days else None), "slot" in chosen)


Choice = tuple[date, date | None, tuple[str, ...]]


@lru_cache(maxsize=512)
def _compiled(adoptions: tuple[Any, ...], changes: tuple[Any, ...]) -> tuple[tuple[Term, ...], tuple[Choice, ...]]:
    plans = Plan.objects.in_bulk([plan for plan, *_ in adoptions])
    held = [Held(draft_of(plans[plan]), began, ended, plan) for plan, _digest, began, ended in adoptions if ended is None or ended > began]
    changed = [Change(code, json.loads(values), began, ended) for code, values, began, ended in changes]
    terms = tuple(term for term in term_rules.terms(held, changed, *EVER) if {"from", "to"} & term.params.keys())
    own: list[Choice] = [
        (change.began_on, change.ended_on, tuple(change.values.get("choice", ()))) for change in changed if change.code == SLOT_OR_MINUTES
    ]
    plain: list[Choice] = [
        (item.began_on, item.ended_on, tuple(conflict.choice))
        for item in held
        for conflict in item.plan.conflicts
        if conflict.code == SLOT_OR_MINUTES
    ]
    return terms, (*own, *plain)


def response_of(estate: Estate, clock: CaseClock) -> rules.Clock:
    """Return a stored clock as the pure one: its limit as promised at the start, the pauses of its case, its calendar."""
    return _pure(clock, pauses_of(clock), _calendars(estate, [clock])[clock.pk])


def standing(clocks: Iterable[CaseClock], *, estate: Estate, now: datetime) -> dict[int, tuple[Standing, rules.Clock]]:
    """Return how each clock of one estate stands, by primary key, with two queries for all of them."""
    rows = list(clocks)
    pauses: dict[tuple[str, int], list[Pause]] = {}
    cases = Q(pk__in=[])
    for case_type in {row.case_type for row in rows}:
        cases |= Q(case_type=case_type, case_id__in={row.case_id for row in rows if row.case_type == case_type})
    for pause in CasePause.objects.filter(cases, estate=estate).order_by("began_at"):
        pauses.setdefault((pause.case_type, pause.case_id), []).append(Pause(pause.began_at, pause.ended_at, pause.reason))
    calendars = _calendars(estate, rows)
    found = {}
    for row in rows:
        clock = _pure(row, tuple(pauses.get((row.case_type, row.case_id), ())), calendars[row.pk])
        found[row.pk] = (rules.standing(clock, now), clock)
    return found


def clocks_of(case: Any) -> QuerySet[CaseClock]:
    """Return the clocks of one case, the next deadline first. The case must come from a query that was scoped to the actor."""
    found = CaseClock.objects.filter(estate_id=case.estate_id, case_type=case._meta.label, case_id=case.pk)
    return found.exclude(state=ClockState.WITHDRAWN).order_by("stopped_at", "due_at", "pk")


def running(actor: Actor, estate: Estate) -> QuerySet[CaseClock]:
    """Return the clocks of an estate that run, the next deadline first."""
    return CaseClock.objects.filter(actor.within(VIEW), estate=estate, state=ClockState.RUNNING).order_by("due_at", "pk")


def pauses_of(clock: CaseClock) -> tuple[Pause, ...]:
    """Return the pauses of the clock's case, in order."""
    rows = CasePause.objects.filter(estate_id=clock.estate_id, case_type=clock.case_type, case_id=clock.case_id).order_by("began_at")
    return tuple(Pause(row.began_at, row.ended_at, row.reason) for row in rows)


def timeliness(estate: Estate, begin: date, end: date) -> list[dict[str, Any]]:
    """Return per clause how many clocks that started on the days `[begin, end)` were kept: values of `clause_code`, `on_time`,
    `late`, `excused`, `running`, `late_seconds`."""
    rows = CaseClock.objects.filter(estate=estate, day__gte=begin, day__lt=end).exclude(state=ClockState.WITHDRAWN)
    counted = (
        rows.values("clause_code")
        .annotate(
            on_time=Count("pk", filter=Q(state=ClockState.ON_TIME)),
            late=Count("pk", filter=Q(state=ClockState.LATE)),
            excused=Count("pk", filter=Q(state=ClockState.LATE, excused_at__isnull=False)),
            running=Count("pk", filter=Q(state=ClockState.RUNNING)),
            late_seconds=Sum("late_seconds"),
        )
        .order_by("clause_code")
    )
    return [dict(row) for row in counted]


def prove_clocks() -> Outcome:
    """Compute the deadline of every clock that was not withdrawn anew, and compare: a check of `guanjia verify`."""
    checked, wrong, first = 0, 0, ""
    rows = CaseClock.objects.exclude(state=ClockState.WITHDRAWN).select_related("estate").order_by("estate_id", "pk")
    for estate, group in groupby(rows.iterator(chunk_size=2000), key=lambda row: row.estate):
        while chunk := list(islice(group, 500)):
            by_pk = {row.pk: row for row in chunk}
            for pk, (_standing, clock) in standing(chunk, estate=estate, now=chunk[0].started_at).items():
                checked += 1
                if rules.due_at(clock) != by_pk[pk].due_at:
                    wrong += 1
                    first = first or f"{by_pk[pk]} ({pk})"
    return Outcome(checked, wrong, first)


def _calendars(estate: Estate, rows: Iterable[CaseClock]) -> dict[int, Any]:
    clocks = list(rows)
    needs_days = any(row.params.get("working_days", "") not in {"", "0"} for row in clocks)
    workdays = workdays_of(estate.company_id) if needs_days else None
    return {row.pk: hours_of(row.params, workdays) for row in clocks}


def _pure(row: CaseClock, pauses: tuple[Pause, ...], hours: Any) -> rules.Clock:
    return rules.Clock(row.started_at, Limit.from_params(row.params), hours, pauses, row.agreed_at, row.stopped_at)
