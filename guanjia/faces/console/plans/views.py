"""服务标准: which plans there are, which one the estate follows, how two differ, and what each estate decides."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.domain.standards import actions, queries
from guanjia.domain.standards.permissions import ADOPT, VIEW
from guanjia.domain.standards.rules import diff as differing
from guanjia.domain.standards.rules import library, planfile
from guanjia.domain.standards.rules.kinds import Kind
from guanjia.faces.console.plans.forms import AdoptForm, LoadForm
from guanjia.faces.console.plans.wording import Wording
from guanjia.faces.console.standards.forms import ConflictForm, ParameterForm
from guanjia.faces.kit import views as kit
from guanjia.faces.kit.forms import Form
from guanjia.kernel.periods import business_day


@kit.signed_in
def plans(request: HttpRequest) -> HttpResponse:
    estate = kit.chosen_estate(request, VIEW)
    form = LoadForm(request.POST, request.FILES) if request.method == "POST" else LoadForm()
    if form.is_bound and form.is_valid() and form.attempt(actions.load, estate=estate, actor=request.actor, at=request.at):
        return kit.saved(request, reverse("console:plan", args=[form.result.pk]), said=_("已载入，下一步选从哪天起采用"))
    shelf = queries.shelf(request.actor)
    context = {
        "estate": estate,
        "shelf": shelf,
        "adoptions": [row for row in queries.adoptions(request.actor, estate) if row.ended_on is None or row.ended_on > row.began_on],
        "form": form,
        "has_builtin": any((item.plan.code, item.plan.edition) == (library.builtin().code, library.builtin().edition) for item in shelf),
        "may_change": request.actor.may(ADOPT, estate),
        "today": business_day(request.at),
    }
    return kit.panel(request, "console/plans/plans.html", context)


@kit.signed_in
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    estate = kit.chosen_estate(request, VIEW)
    shown = get_object_or_404(queries.plans(request.actor), pk=pk)
    today = business_day(request.at)
    form = AdoptForm(request.POST if request.POST.get("act") == "adopt" else None, today=today)
    ending = Form(request.POST if request.POST.get("act") == "retire" else None)
    who = {"actor": request.actor, "at": request.at}
    if form.is_bound and form.is_valid() and form.attempt(actions.adopt, estate, shown, **who):
        return kit.saved(request, reverse("console:plans"), said=_("%(estate)s已采用") % {"estate": estate.name})
    if ending.is_bound and ending.is_valid() and ending.attempt(actions.retire, shown, estate=estate, **who):
        return kit.saved(request, reverse("console:plans"), said=_("已停用"))
    draft = queries.draft_of(shown)
    current = queries.adopted(estate, today)
    kinds = Counter(clause.kind for clause in draft.clauses)
    context = {
        "estate": estate,
        "plan": shown,
        "draft": draft,
        "current": current,
        "figures": [{"label": kind.label, "value": kinds[kind]} for kind in Kind if kinds[kind]],
        "others": [item.plan for item in queries.shelf(request.actor) if item.plan.pk != shown.pk],
        "form": form,
        "ending": ending,
        "may_change": request.actor.may(ADOPT, estate),
    }
    refused = (form.is_bound and form.errors) or (ending.is_bound and ending.errors)
    return kit.page(request, "console/plans/plan.html", context, status=422 if refused else 200)


@kit.signed_in
def file(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(queries.plans(request.actor), pk=pk)
    response = HttpResponse(planfile.write(queries.draft_of(shown)), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{shown.code}-{shown.edition}.toml"'
    return response


@kit.signed_in
def comparison(request: HttpRequest) -> HttpResponse:
    within = queries.plans(request.actor)
    before = get_object_or_404(within, pk=_number(request, "before"))
    after = get_object_or_404(within, pk=_number(request, "after"))
    found = differing.diff(queries.draft_of(before), queries.draft_of(after))
    wording = Wording(queries.draft_of(before), queries.draft_of(after))
    context = {"before": before, "after": after, "diff": found, "wording": wording}
    return kit.page(request, "console/plans/diff.html", context)


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


@kit.signed_in
def values(request: HttpRequest) -> HttpResponse:
    estate = kit.chosen_estate(request, VIEW)
    held = queries.values_on(estate, business_day(request.at))
    context = {"estate": estate, "held": held, "may_change": request.actor.may(ADOPT, estate)}
    return kit.page(request, "console/plans/values.html", context)


@kit.signed_in
def value(request: HttpRequest, code: str) -> HttpResponse:
    estate = kit.chosen_estate(request, VIEW)
    today = business_day(request.at)
    held = queries.values_on(estate, today)
    item: Any = next((item for item in (*held.parameters, *held.conflicts) if item.code == code), None) if held else None
    if item is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    is_conflict = hasattr(item, "options")
    form = ConflictForm(item, item.choice, data, today=today) if is_conflict else ParameterForm(item.value, data, today=today)
    if form.is_bound and form.is_valid() and form.attempt(actions.override, estate, code, actor=request.actor, at=request.at):
        return kit.saved(request, reverse("console:plan-values"), said=_("已调整"))
    context = {
        "estate": estate,
        "item": item,
        "is_conflict": is_conflict,
        "form": form,
        "changes": list(queries.overrides(request.actor, estate, code)),
        "may_change": request.actor.may(ADOPT, estate),
    }
    return kit.panel(request, "console/plans/value.html", context)
