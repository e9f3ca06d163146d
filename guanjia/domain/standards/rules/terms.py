"""What each clause means for one estate and since when: the plan it adopted, under what the estate changed. Pure.

A term holds in `[began_on, ended_on)`. A change inside a month simply gives two terms; what an occurrence falls under is decided
by its suggested day, so nothing is ever decided again for days gone by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from guanjia.domain.standards.rules.params import Open, effective, still_open
from guanjia.domain.standards.rules.planfile import ClauseDraft, ConflictDraft, PlanDraft
from guanjia.domain.standards.rules.targets import TargetRule


@dataclass(frozen=True)
class Held:
    """A plan that an estate follows in the days `[began_on, ended_on)`."""

    plan: PlanDraft
    began_on: date
    ended_on: date | None = None
    plan_id: int | None = None


@dataclass(frozen=True)
class Change:
    """An override of a clause, a parameter (`{"value": …}`) or a conflict (`{"choice": […]}`)."""

    code: str
    values: Mapping[str, Any]
    began_on: date
    ended_on: date | None = None
    reason: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class Term:
    """One clause as it holds in the days `[began_on, ended_on)`.

    `anchor` is the first day that the estate followed any plan without a break: every-other-day clauses count from it, so that
    a new edition does not shift them. `set_aside` names the conflict that decided against the clause; then it makes nothing due.
    """

    clause: ClauseDraft
    params: Mapping[str, str]
    began_on: date
    ended_on: date | None
    anchor: date
    plan_id: int | None = None
    set_aside: str = ""
    changed_by: tuple[int | None, ...] = ()

    @property
    def code(self) -> str:
        return self.clause.id

    @cached_property
    def target(self) -> TargetRule | None:
        return TargetRule.from_mapping(self.clause.target) if self.clause.target else None

    @property
    def missing(self) -> tuple[Open, ...]:
        """Return the values that nobody has given yet."""
        return tuple(still_open(self.params))

    @property
    def active(self) -> bool:
        return not self.set_aside


def terms(held: Sequence[Held], changes: Sequence[Change], begin: date, end: date) -> list[Term]:
    """Return the terms that touch `[begin, end)`, by clause in the order of the plan, then by day.

    `held` must be in order of time and must not overlap.
    """
    found: list[Term] = []
    for position, adoption in enumerate(held):
        first, last = max(begin, adoption.began_on), min(end, adoption.ended_on or end)
        if first < last:
            found += _of_plan(adoption, changes, begin, end, _anchor(held, position))
    order = {clause.id: number for number, clause in enumerate(clause for adoption in held for clause in adoption.plan.clauses)}
    return sorted(found, key=lambda term: (order[term.code], term.began_on))


def _anchor(held: Sequence[Held], position: int) -> date:
    while position and held[position - 1].ended_on == held[position].began_on:
        position -= 1
    return held[position].began_on


def _of_plan(adoption: Held, changes: Sequence[Change], begin: date, end: date, anchor: date) -> Iterator[Term]:
    plan = adoption.plan
    wide = {item.code for item in plan.parameters} | {item.code for item in plan.conflicts}
    shared = [change for change in changes if change.code in wide]
    own: dict[str, list[Change]] = {}
    for change in changes:
        own.setdefault(change.code, []).append(change)
    plain = _Shared(plan, ())
    for clause in plan.clauses:
        relevant = [*own.get(clause.id, ()), *(change for change in shared if _concerns(plan, change.code, clause.id))]
        whole = _within(adoption, clause)
        if whole is None:
            continue
        if not relevant:
            if _touches(whole, begin, end):
                yield _term(clause, whole, anchor, adoption.plan_id, plain, ())
            continue
        for span in _cut(whole, relevant):
            if _touches(span, begin, end):
                holding = [
                    change for change in relevant if change.began_on <= span[0] and (change.ended_on is None or change.ended_on > span[0])
                ]
                yield _term(clause, span, anchor, adoption.plan_id, _Shared(plan, holding), holding)


def _concerns(plan: PlanDraft, code: str, clause: str) -> bool:
    for parameter in plan.parameters:
        if parameter.code == code:
            return clause in parameter.clauses
    return any(clause in conflict.clauses for conflict in plan.conflicts if conflict.code == code)


Span = tuple[date, date | None]


def _within(adoption: Held, clause: ClauseDraft) -> Span | None:
    began = max(adoption.began_on, clause.began_on or adoption.began_on)
    ends = [day for day in (adoption.ended_on, clause.ended_on) if day is not None]
    ended = min(ends) if ends else None
    return None if ended is not None and ended <= began else (began, ended)


def _cut(whole: Span, changes: Iterable[Change]) -> Iterator[Span]:
    began, ended = whole
    edges = {day for change in changes for day in (change.began_on, change.ended_on) if day is not None}
    inside = sorted(day for day in edges if day > began and (ended is None or day < ended))
    starts = [began, *inside]
    yield from zip(starts, [*inside, ended], strict=True)


def _touches(span: Span, begin: date, end: date) -> bool:
    return span[0] < end and (span[1] is None or span[1] > begin)


class _Shared:
    """Values and choices of the whole plan, as changed."""

    def __init__(self, plan: PlanDraft, changes: Iterable[Change]) -> None:
        changed = {change.code: change.values for change in changes}
        self.values = {item.code: changed.get(item.code, {}).get("value", item.value) for item in plan.parameters}
        self.conflicts = [
            replace(item, choice=tuple(changed[item.code].get("choice", item.choice))) if item.code in changed else item
            for item in plan.conflicts
        ]


def _term(clause: ClauseDraft, span: Span, anchor: date, plan_id: int | None, shared: _Shared, holding: Iterable[Change]) -> Term:
    own = [change for change in holding if change.code == clause.id]
    pairs = effective(clause.params, clause.set, *(change.values for change in own), shared=shared.values)
    aside = next((item.code for item in shared.conflicts if _sets_aside(item, clause.id)), "")
    return Term(clause, pairs, span[0], span[1], anchor, plan_id, aside, tuple(change.pk for change in holding))


def _sets_aside(conflict: ConflictDraft, code: str) -> bool:
    if not conflict.sets_aside:
        return False
    naming = {str(option["key"]) for option in conflict.options if code in option.get("clauses", ())}
    return bool(naming) and not naming & set(conflict.choice)
