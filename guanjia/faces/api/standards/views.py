"""What is due at an estate, and what became of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema

from guanjia.domain.estate import queries as estates
from guanjia.domain.standards import queries
from guanjia.domain.standards.permissions import VIEW
from guanjia.faces.api.door import REFUSALS
from guanjia.kernel.errors import Refusal

router = Router(tags=["standards"])
LONGEST = timedelta(days=31)


class BadInterval(Refusal):
    code, field = "bad_interval", "end"


class Occurrence(Schema):
    """One thing that a clause makes due; the period is `[began, ended)`."""

    clause: str
    target: str
    target_key: str
    period_began: datetime
    period_ended: datetime
    k: int
    n: int
    suggested_on: date
    state: str


class Due(Schema):
    estate: str
    occurrences: list[Occurrence]


@router.get(
    "/estates/{code}/due", response={200: Due, **REFUSALS}, url_name="due", summary="Occurrences whose suggested day lies in [begin, end)"
)
def due(request: HttpRequest, code: str, begin: date, end: date) -> dict[str, Any]:
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    estate = get_object_or_404(estates.estates(actor, VIEW), code=code)
    if not begin < end <= begin + LONGEST:
        raise BadInterval(_("起止日期要相差 1 到 31 天"))
    ledger = queries.due(actor, estate, begin, end, now=at)
    return {"estate": estate.code, "occurrences": [_occurrence(item) for item in ledger.items]}


def _occurrence(item: queries.Item) -> dict[str, Any]:
    return {
        "clause": item.promise.code,
        "target": item.target.label,
        "target_key": item.target.key,
        "period_began": item.slot.period_began,
        "period_ended": item.slot.period_ended,
        "k": item.slot.k,
        "n": item.slot.n,
        "suggested_on": item.slot.suggested_on,
        "state": item.state.value,
    }
