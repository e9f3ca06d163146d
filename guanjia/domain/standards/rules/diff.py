"""What is different between two editions of a plan. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from guanjia.domain.standards.rules.planfile import ClauseDraft, ConflictDraft, ParameterDraft, PlanDraft


@dataclass(frozen=True, slots=True)
class Change:
    """One key of one clause, parameter or conflict, before and after."""

    code: str
    key: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Diff:
    """What the second edition has that the first has not, the other way round, and what both have but not alike."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def diff(before: PlanDraft, after: PlanDraft) -> Diff:
    """Compare two plans by the codes of their clauses, parameters and conflicts, in the order of the plans."""
    first, second = _parts(before), _parts(after)
    return Diff(
        added=tuple(code for code in second if code not in first),
        removed=tuple(code for code in first if code not in second),
        changed=tuple(change for code in second if code in first for change in _changes(code, first[code], second[code])),
    )


def _parts(plan: PlanDraft) -> dict[str, ClauseDraft | ParameterDraft | ConflictDraft]:
    parts: dict[str, ClauseDraft | ParameterDraft | ConflictDraft] = {parameter.code: parameter for parameter in plan.parameters}
    parts.update({conflict.code: conflict for conflict in plan.conflicts})
    return parts | {clause.id: clause for clause in plan.clauses}


def _changes(code: str, before: Any, after: Any) -> list[Change]:
    if before == after or type(before) is not type(after):
        return []
    pairs = ((item.name, getattr(before, item.name), getattr(after, item.name)) for item in fields(before))
    return [Change(code, key, old, new) for key, old, new in pairs if old != new]
