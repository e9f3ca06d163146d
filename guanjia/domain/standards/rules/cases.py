"""Which response clauses bind a case. Pure.

A case is whatever somebody asked for or must get done: a request, a work order, a complaint. It has marks (report, dispatch, arrival …),
and each clause that binds it runs one clock from its first mark to its last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from guanjia.domain.standards.rules.clocks import BadLimit, Limit, Step
from guanjia.domain.standards.rules.terms import Term
from guanjia.domain.standards.rules.working_time import ALWAYS, Hours
from guanjia.kernel.workdays import Workdays

ARRIVALS = frozenset({"arrival", "household_entry"})
# Ours: who hears of a clock that runs out, until a plan says otherwise. `share` is the part of the limit that is left, in per cent.
LADDER = (
    Step("warning", "holder", share=20),
    Step("over", "supervisor"),
    Step("over_30", "manager", minutes=30),
)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What decides which clauses bind a case.

    `kinds` are the capabilities whose clauses concern it ("repair", "complaint" …), `priority` is "emergency", "minor" or "",
    `events` name what happened ("lift_entrapment_or_major"), `agreed_at` is the time agreed with the client.
    """

    kinds: frozenset[str]
    priority: str = ""
    events: frozenset[str] = frozenset()
    agreed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """A response clause as it holds for an estate: what it allows, between which marks, on which calendar."""

    term: Term
    limit: Limit
    hours: Hours = ALWAYS

    @property
    def code(self) -> str:
        return self.term.code


def responses(terms: Iterable[Term], workdays: Workdays | None = None) -> tuple[Response, ...]:
    """Return the clauses that set a clock, by the plan's order. Clauses whose number is still open set none and are left out."""
    found = []
    for term in terms:
        if not term.active or not {"from", "to"} & term.params.keys():
            continue
        try:
            limit = Limit.from_params(term.params)
        except BadLimit:
            continue
        if limit.last and (limit.first or limit.agreed or limit.same_day or limit.same_visit):
            found.append(Response(term, limit, hours_of(term.params, workdays)))
    return tuple(found)


def first_mark(limit: Limit) -> str:
    """Return the mark that a clock starts from: its own, else the report."""
    return limit.first or "report"


def binds(response: Response, case: CaseFacts, *, slot_wins: bool = True) -> bool:
    """Tell whether the clause sets a clock on the case.

    With `slot_wins` an agreed time replaces the minutes to arrive (conflict 1b of the source documents).
    """
    params, limit = response.term.params, response.limit
    if response.term.clause.capability not in case.kinds:
        return False
    if "event" in params and params["event"] not in case.events:
        return False
    if limit.agreed:
        return case.agreed_at is not None and limit.last in ARRIVALS
    priority = params.get("priority", "")
    if priority and priority != case.priority:
        return False
    return not (slot_wins and case.agreed_at is not None and limit.last in ARRIVALS and "event" not in params)


def hours_of(params: Mapping[str, str], workdays: Workdays | None) -> Hours:
    """Return the calendar of a clause: `hours=08:30-17:30` narrows the day, `working_days=1` the days; always when it says neither."""
    band = params.get("hours", "")
    windows = (_band(band),) if band else ((0, 1440),)
    if params.get("working_days", "") not in {"", "0"}:
        return Hours((windows,) * 5 + ((),) * 2, workdays)
    return Hours((windows,) * 7) if band else ALWAYS


def _band(text: str) -> tuple[int, int]:
    began, ended = (int(part[:2]) * 60 + int(part[3:]) for part in text.split("-"))
    return began, ended or 1440
