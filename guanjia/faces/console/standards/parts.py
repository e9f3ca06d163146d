"""What the page of one clause says: its values layer by layer, what it is about, where the documents disagree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from guanjia.domain.standards import queries
from guanjia.domain.standards.rules import params
from guanjia.domain.standards.rules.planfile import ConflictDraft
from guanjia.domain.standards.rules.terms import Term
from guanjia.domain.standards.rules.words import label_of, value_word

SHOWN_TARGETS = 12


@dataclass(frozen=True)
class Layer:
    """One value: what the document says, what the plan sets, what the estate changed, what holds."""

    label: str
    document: str
    plan: str
    estate: str
    holds: str
    open: bool


def layers(estate: Any, term: Term, on: date) -> list[Layer]:
    """Return the values of a clause by key, in the order of the document."""
    document = params.parse(term.clause.params)
    plan = {key: str(value) for key, value in term.clause.set.items()}
    holding = queries.overrides_on(estate, term.code, on)
    missing = {item.key for item in term.missing}
    keys = dict.fromkeys([*document, *plan, *holding, *term.params])
    return [
        Layer(
            label=label_of(key),
            document=value_word(key, document.get(key, "")),
            plan=value_word(key, plan.get(key, "")),
            estate=value_word(key, str(holding.get(key, ""))),
            holds=value_word(key, term.params.get(key, "")),
            open=key in missing,
        )
        for key in keys
    ]


@dataclass(frozen=True)
class About:
    """What the clause is about, on a day."""

    shown: list[Any]
    total: int
    stands_for: str

    @property
    def more(self) -> int:
        return self.total - len(self.shown)


def targets_of(estate: Any, term: Term, on: date) -> About | None:
    """Return the targets that are there on the day; None when the clause makes nothing due."""
    if term.target is None:
        return None
    there = [
        target
        for target in queries.targets(estate, [term.target])[term.target]
        if (target.began_on is None or target.began_on <= on) and (target.ended_on is None or target.ended_on > on)
    ]
    return About(there[:SHOWN_TARGETS], len(there), next((target.stands_for for target in there if target.stands_for), ""))


def conflicts_of(estate: Any, term: Term, on: date) -> list[ConflictDraft]:
    """Return the places where the documents disagree about this clause, as the estate decided."""
    values = queries.values_on(estate, on)
    return [item for item in values.conflicts if term.code in item.clauses] if values else []
