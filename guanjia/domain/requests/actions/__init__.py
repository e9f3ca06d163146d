"""Every move of a request. Each marks the case, so that the clocks of the clauses in force follow by themselves."""

from guanjia.domain.requests.actions.handling import grade, judge, note, plan, resolve_complaint, route
from guanjia.domain.requests.actions.holding import Concerned, Incomplete, Unsettled
from guanjia.domain.requests.actions.intake import find_cause, merge, open_request, send_order
from guanjia.domain.requests.actions.settling import answer, close, reopen, withdraw

__all__ = [
    "Concerned",
    "Incomplete",
    "Unsettled",
    "answer",
    "close",
    "find_cause",
    "grade",
    "judge",
    "merge",
    "note",
    "open_request",
    "plan",
    "reopen",
    "resolve_complaint",
    "route",
    "send_order",
    "withdraw",
]
