"""条款库: every promise of the estate's plan, searchable, and the page of one."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.domain.standards import actions, queries
from guanjia.domain.standards.permissions import ADOPT, VIEW
from guanjia.domain.standards.rules.kinds import Kind
from guanjia.faces.console.standards.forms import OverrideForm, RestoreForm
from guanjia.faces.console.standards.history import months
from guanjia.faces.console.standards.parts import conflicts_of, layers, targets_of
from guanjia.faces.console.standards.rows import COLUMNS, STATES, Row, capability_word, chosen, row_of
from guanjia.faces.kit import views as kit
from guanjia.faces.kit.listing import Listing
from guanjia.kernel.periods import business_day


@kit.signed_in
def library(request: HttpRequest) -> HttpResponse:
    estate = kit.chosen_estate(request, VIEW)
    today = business_day(request.at)
    rows = [row_of(term) for term in queries.clauses_in_force(estate, today)]
    listing = Listing(request, chosen(rows, request.GET), COLUMNS)
    if request.GET.get("format") == "xlsx":
        return listing.workbook(_("条款库"))
    context = {
        "estate": estate,
        "plan": queries.adopted(estate, today),
        "listing": listing,
        "page": listing.page,
        "sections": Counter(row.clause.section for row in rows),
        "counters": _counters(rows, request),
        "kinds": [(kind.value, kind.label) for kind in Kind if any(row.clause.kind == kind for row in rows)],
        "capabilities": sorted({(row.clause.capability, capability_word(row.clause.capability)) for row in rows}, key=lambda pair: pair[1]),
        "posts": [(post, post) for post, _number in Counter(row.clause.post for row in rows).most_common() if post],
        "states": [(key, label) for key, (label, _test) in STATES.items()],
        "asked": request.GET,
    }
    return kit.panel(request, "console/standards/_clauses.html", context, within="console/standards/clauses.html")


def _counters(rows: list[Row], request: HttpRequest) -> list[dict[str, Any]]:
    here = reverse("console:clauses")

    def counter(label: str, number: int, query: str, note: str = "", tone: str = "") -> dict[str, Any]:
        current = request.GET.urlencode() == query
        return {
            "label": label,
            "value": f"{number:,}",
            "note": note,
            "tone": tone,
            "href": f"{here}?{query}" if query else here,
            "current": current,
        }

    def count(state: str) -> int:
        return sum(map(STATES[state][1], rows))

    cadences = [row for row in rows if row.clause.kind == Kind.CADENCE]
    return [
        counter(_("全部条款"), len(rows), ""),
        counter(_("周期"), len(cadences), "kind=cadence", _("%(n)s 条在排期") % {"n": sum(row.by_plan for row in cadences)}),
        counter(_("时限"), sum(row.clause.kind == Kind.SLA for row in rows), "kind=sla"),
        counter(_("已有兑现"), count("served"), "state=served", tone="ok"),
        counter(_("尚未兑现"), count("unserved"), "state=unserved"),
        counter(_("管家默认值"), count("ours"), "state=ours", _("可以改")),
        counter(_("本小区调整过"), count("changed"), "state=changed"),
        counter(_("还缺数"), count("missing"), "state=missing", tone="soon" if count("missing") else ""),
    ]


@kit.signed_in
def clause(request: HttpRequest, code: str) -> HttpResponse:
    estate = kit.chosen_estate(request, VIEW)
    today = business_day(request.at)
    term = queries.term_of(estate, code, today)
    if term is None:
        raise Http404
    row = row_of(term)
    form = OverrideForm(row, request.POST if request.POST.get("act") == "change" else None, today=today)
    back = RestoreForm(request.POST if request.POST.get("act") == "restore" else None, today=today)
    who = {"actor": request.actor, "at": request.at}
    if form.is_bound and form.is_valid() and form.attempt(actions.override, estate, code, **who):
        return kit.saved(request, reverse("console:clause", args=[code]), said=_("已调整"))
    if back.is_bound and back.is_valid() and back.attempt(actions.restore, estate, code, **who):
        return kit.saved(request, reverse("console:clause", args=[code]), said=_("已恢复为方案的值"))
    context = {
        "estate": estate,
        "row": row,
        "plan": queries.adopted(estate, today),
        "layers": layers(estate, term, today),
        "targets": targets_of(estate, term, today),
        "conflicts": conflicts_of(estate, term, today),
        "changes": list(queries.overrides(request.actor, estate, code)),
        "months": months(request.actor, estate, term, now=request.at),
        "form": form,
        "back": back,
        "may_change": request.actor.may(ADOPT, estate),
        "today": today,
    }
    refused = (form.is_bound and form.errors) or (back.is_bound and back.errors)
    return kit.page(request, "console/standards/clause.html", context, status=422 if refused else 200)
