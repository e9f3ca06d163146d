"""Members of the company, certificates that end, deputies."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.domain.staff import actions, queries
from guanjia.domain.staff.permissions import EDIT, VIEW
from guanjia.domain.staff.rules.scopes import Scope
from guanjia.faces.console.estate.acts import act
from guanjia.faces.console.staff import forms
from guanjia.faces.kit import views as kit
from guanjia.faces.kit.listing import Column, Listing
from guanjia.kernel import masks

COLUMNS = [
    Column(gettext_lazy("姓名"), lambda row: row.name, sort="sort_key"),
    Column(gettext_lazy("工号"), lambda row: row.number, sort="number"),
]


def today(request: HttpRequest) -> date:
    """Return the Shanghai day of the request."""
    return timezone.localtime(request.at).date()


def tabs(current: str) -> list[dict[str, Any]]:
    """Return the tabs of the pages about people."""
    pages = [
        ("people", _("成员")),
        ("posts", _("岗位")),
        ("certificates", _("证书")),
        ("deputies", _("代班")),
    ]
    return [{"label": label, "href": reverse(f"console:{name}"), "current": name == current} for name, label in pages]


def company_of(request: HttpRequest) -> Any:
    """Return the company that the person works for."""
    return queries.companies(request.actor)[0]


@kit.signed_in
def members(request: HttpRequest) -> HttpResponse:
    """List the members whom the person may see."""
    request.actor.require(VIEW)
    day = today(request)
    asked = {"q": request.GET.get("q", "").strip()[:40], "left": request.GET.get("left", "")}
    found = queries.members(request.actor, on=day, text=asked["q"], left=asked["left"] == "1")
    listing = Listing(request, found, COLUMNS, default="sort_key")
    page = listing.page
    context = {
        "tabs": tabs("people"),
        "asked": asked,
        "listing": listing,
        "page": page,
        "rows": queries.member_rows(request.actor, page.object_list, on=day),
        "may_join": request.actor.may(EDIT, Scope(company_of(request).pk)),
    }
    return kit.page(request, "console/staff/_members.html" if kit.partial(request) else "console/staff/members.html", context)


@kit.signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Register a member of the person's company."""
    company = company_of(request)
    request.actor.require(EDIT, Scope(company.pk))
    form = forms.MemberForm(request.POST or None, initial={"hired_on": today(request)})
    return act(
        request,
        form,
        actions.join,
        company,
        title=_("登记员工"),
        crumbs=[(_("人员与岗位"), reverse("console:people"))],
        back=lambda member: reverse("console:member", args=[member.pk]),
        said=_("已登记"),
        button=_("登记"),
    )


@kit.signed_in
def certificates(request: HttpRequest) -> HttpResponse:
    """List certificates that end, managers without one, and the age of guards."""
    request.actor.require(VIEW)
    day = today(request)
    lacking, managers = queries.uncertified_managers(request.actor, on=day)
    context = {
        "tabs": tabs("certificates"),
        "due": queries.due_certificates(request.actor, on=day),
        "lacking": lacking,
        "managers": managers,
    }
    return kit.page(request, "console/staff/certificates.html", context)


@kit.signed_in
def deputies(request: HttpRequest) -> HttpResponse:
    """List present and coming deputyships."""
    request.actor.require(VIEW)
    day = today(request)
    rows = [(each, each.began_on <= day) for each in queries.deputyships(request.actor, on=day)]
    return kit.page(request, "console/staff/deputies.html", {"tabs": tabs("deputies"), "rows": rows})


def masked(member: Any) -> str:
    """Return a member's phone as a page may show it."""
    return masks.phone(member.phone)
