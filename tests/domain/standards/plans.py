"""Small plans for tests of what they make due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from guanjia.domain.standards import actions
from guanjia.domain.standards.rules import library
from guanjia.domain.standards.rules.planfile import ClauseDraft, PlanDraft
from guanjia.kernel.actor import Actor
from guanjia.kernel.periods import midnight

SYSTEM = Actor.system("test")
BUILDINGS = {"of": "place", "name": "楼栋", "kind": ["building"]}
WHOLE = {"of": "estate", "name": "园区"}


def clause(
    code: str, params: str, target: dict[str, Any] | None = None, post: str = "维修人员", evidence: tuple[str, ...] = ()
) -> ClauseDraft:
    words = {
        "section": "试",
        "quote": f"{code} 原文",
        "kind": "cadence",
        "actor": post,
        "subject": f"{code} 应做的事",
        "capability": "rounds",
    }
    return ClauseDraft(id=code, params=params, record="记录", post=post, target=target or WHOLE, evidence=evidence, **words)


def draft(*clauses: ClauseDraft, edition: str = "1") -> PlanDraft:
    return PlanDraft(
        code="test", name="试方案", edition=edition, issued_on=None, note="", sources=(), parameters=(), conflicts=(), clauses=clauses
    )


def adopt(estate: Any, *clauses: ClauseDraft, on: date = date(2026, 1, 1), edition: str = "1") -> Any:
    """Let an estate follow a plan of these clauses from a day."""
    at = midnight(on)
    plan = actions.load(draft(*clauses, edition=edition), estate=estate, actor=SYSTEM, at=at)
    return actions.adopt(estate, plan, began_on=on, actor=SYSTEM, at=at)


def adopt_response_clauses(estate: Any, *, on: date = date(2026, 1, 1)) -> Any:
    """Let an estate follow the built-in plan's response clauses from a day: the whole plan takes a second to load."""
    builtin = library.builtin()
    clauses = tuple(clause for clause in builtin.clauses if {"from", "to"} & {part.split("=")[0] for part in clause.params.split(";")})
    at = midnight(on)
    plan = actions.load(replace(builtin, clauses=clauses), estate=estate, actor=SYSTEM, at=at)
    return actions.adopt(estate, plan, began_on=on, actor=SYSTEM, at=at)
