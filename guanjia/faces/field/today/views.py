"""我的一天: what the clauses of my posts make due today, and the record of what I did."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.domain.estate import queries as estate_queries
from guanjia.domain.standards import actions, queries
from guanjia.domain.standards.permissions import RECORD
from guanjia.domain.standards.rules.kinds import Evidence
from guanjia.faces.field.today import day
from guanjia.faces.field.today.forms import PROOFS, DoneForm
from guanjia.faces.kit import views as kit
from guanjia.faces.kit.greetings import greeting
from guanjia.kernel.periods import business_day


@kit.signed_in
def first(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("field:today"))


def mine(request: HttpRequest) -> tuple[Any, Any]:
    """Return the estate that the person works in and the day there; somebody without an estate has an empty day."""
    estate = kit.estate_or_none(request)
    return estate, queries.my_day(request.actor, estate, at=request.at) if estate else queries.MyDay()


@kit.signed_in
def today(request: HttpRequest) -> HttpResponse:
    estate, found = mine(request)
    groups = day.grouped(found.items)
    waiting = [group for group in groups if group.open]
    context = {
        "estate": estate,
        "day": day,
        "greeting": greeting(request.at, request.actor.name),
        "today": business_day(request.at),
        "next": waiting[0] if waiting else None,
        "waiting": waiting[1:],
        "settled": [group for group in groups if not group.open],
        "done": len(found.settled),
        "total": len(found.items),
        "titles": sorted(found.titles),
        "unknown": found.unknown,
    }
    return kit.page(request, "field/today/today.html", context)


@kit.signed_in
def clause(request: HttpRequest, clause: str) -> HttpResponse:
    """Everything that one clause makes due for me today, place by place; back to the day when it is nothing."""
    _estate, found = mine(request)
    group = next((group for group in day.grouped(found.items) if group.promise.code == clause), None)
    if group is None:
        return HttpResponseRedirect(reverse("field:today"))
    return kit.page(request, "field/today/clause.html", {"group": group, "day": day, "today": business_day(request.at)})


@kit.signed_in
def occurrence(request: HttpRequest) -> HttpResponse:
    """One thing that is due for me: what is promised, where, until when, and its record. `ref` names it."""
    estate, found = mine(request)
    ref = request.GET.get("ref", "")
    item = next((item for item in found.items if str(item.ref) == ref), None)
    if item is None:
        return HttpResponseRedirect(reverse("field:today"))
    kinds = [(kind, str(Evidence(kind).label)) for kind in item.promise.evidence or PROOFS if kind in PROOFS]
    may = bool(kinds) and item.state == "due" and request.actor.may(RECORD, estate)
    form = None
    if may:
        points = estate_queries.checkpoints(request.actor).filter(estate=estate)
        form = DoneForm(request.POST or None, request.FILES or None, kinds=kinds, points=points, initial={"key": uuid4()})
        if form.is_valid() and _recorded(form, item, estate, request):
            return kit.saved(request, reverse("field:today"), said=_("已记录：%(what)s") % {"what": item.promise.subject})
    return kit.panel(request, "field/today/occurrence.html", {"item": item, "form": form, "day": day, "ref": ref})


def _recorded(form: DoneForm, item: Any, estate: Any, request: HttpRequest) -> bool:
    def record(**_ignored: Any) -> Any:
        facts: dict[str, Any] = {"done_at": request.at, "evidence": form.evidence(), "key": form.cleaned_data["key"]}
        facts |= {"period": item.slot.began, "k": item.slot.k, "actor": request.actor, "at": request.at}
        photo = form.cleaned_data.get("file")
        if photo is None:
            return actions.record_done(estate, item.promise.code, item.target.key, **facts)
        return actions.record_with_photo(estate, item.promise.code, item.target.key, photo=photo, name=photo.name, **facts)

    return form.attempt(record)
