"""住户: the list with its search and filters, the workbook, somebody new, the options of the name box."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.domain.estate import queries as estates
from guanjia.domain.parties import actions, queries, states
from guanjia.domain.parties.permissions import EDIT, FAMILIARITY, MERGE, VIEW
from guanjia.faces.console.estate.acts import act
from guanjia.faces.console.parties import forms
from guanjia.faces.kit import views as kit
from guanjia.faces.kit.listing import Column, Listing
from guanjia.faces.kit.listing import workbook as sheet

MOST_OPTIONS = 8
MOST_EXPORTED = 20_000


def today(request: HttpRequest) -> date:
    """Return the Shanghai day of the request."""
    return timezone.localtime(request.at).date()


def chosen(request: HttpRequest, estate: Any) -> tuple[QuerySet[Any], dict[str, str]]:
    """Return the parties that the address asks for, and the filters as they were understood."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "kind", "relation", "gone")}
    asked["kind"] = asked["kind"] if asked["kind"] in states.PartyKind.values else ""
    asked["relation"] = asked["relation"] if asked["relation"] in states.Relation.values else ""
    found = queries.parties(
        request.actor,
        estate,
        on=today(request),
        text=asked["q"][:60],
        kind=asked["kind"],
        relation=asked["relation"],
        gone=asked["gone"] == "1",
    )
    return found, asked


COLUMNS = [
    Column(gettext_lazy("姓名"), lambda party: party.name, sort="sort_key"),
    Column(gettext_lazy("类别"), lambda party: party.kind, sort="kind"),
    Column(gettext_lazy("客户类型"), lambda party: party.client_type, sort="client_type"),
]


@kit.signed_in
def parties(request: HttpRequest) -> HttpResponse:
    """List the parties of the chosen estate."""
    estate = kit.chosen_estate(request, VIEW)
    found, asked = chosen(request, estate)
    listing = Listing(request, found, COLUMNS, default="sort_key")
    page = listing.page
    context = {
        "estate": estate,
        "asked": asked,
        "listing": listing,
        "page": page,
        "rows": queries.rows(page.object_list, on=today(request)),
        "kinds": states.PartyKind.choices,
        "relations": states.Relation.choices,
        "may": {
            "edit": request.actor.may(EDIT, estate),
            "merge": request.actor.may(MERGE, estate),
            "familiarity": request.actor.may(FAMILIARITY),
        },
    }
    name = "console/parties/_parties.html" if kit.partial(request) else "console/parties/parties.html"
    return kit.page(request, name, context)


@kit.signed_in
def workbook(request: HttpRequest) -> HttpResponse:
    """Give out the list with its filters; numbers stay masked."""
    estate = kit.chosen_estate(request, VIEW)
    found, _asked = chosen(request, estate)
    rows = queries.rows(found[:MOST_EXPORTED], on=today(request))
    heads = [_("姓名"), _("类别"), _("客户类型"), _("房屋"), _("身份"), _("电话")]
    lines = (
        [
            row.party.name,
            row.party.get_kind_display(),
            row.party.get_client_type_display(),
            "、".join(home.place.label for home in row.homes),
            "、".join(str(home.label) for home in row.homes),
            row.phone,
        ]
        for row in rows
    )
    return sheet(_("住户"), heads, lines)


@kit.signed_in
def options(request: HttpRequest) -> HttpResponse:
    """Answer the name box of the move-in form."""
    place = get_object_or_404(estates.places(request.actor), pk=request.GET.get("place") or 0)
    request.actor.require(EDIT, place)
    text = request.GET.get("party_text", "").strip()[:60]
    found = queries.parties(request.actor, place.estate, on=today(request), text=text)[:MOST_OPTIONS] if text else []
    return kit.page(request, "console/parties/_options.html", {"rows": queries.rows(found, on=today(request)), "text": text})


@kit.signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Register somebody at the chosen estate."""
    estate = kit.chosen_estate(request, VIEW)
    request.actor.require(EDIT, estate)
    form = forms.PartyForm(request.POST or None)
    return act(
        request,
        form,
        actions.register,
        estate,
        title=_("登记住户"),
        crumbs=[(_("住户"), reverse("console:parties"))],
        back=lambda party: reverse("console:party", args=[party.pk]),
        said=_("已登记"),
        button=_("登记"),
    )
