"""设置 → 小区与楼栋: company, branches, estates, their buildings, grids with stewards, and the display template."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guanjia.domain.estate import actions, queries, states
from guanjia.domain.estate.permissions import GRIDS, SETUP, VIEW
from guanjia.domain.estate.rules import labels
from guanjia.domain.staff import queries as staff
from guanjia.faces.console.estate import forms
from guanjia.faces.console.estate.acts import act
from guanjia.faces.console.estate.views.equipment import place_named
from guanjia.faces.kit import views as kit
from guanjia.kernel.errors import Refusal

SAMPLE = {"phase": "1", "building": "3", "entrance": "2", "floor": "15", "room": "1501"}


class BadLine(Refusal):
    """A line names no place."""

    code, field = "bad_line", "places"


def may_open(request: HttpRequest) -> bool:
    """Tell whether the person sets up the whole company."""
    return request.actor.everything or any(grant.company_id is not None for grant in request.actor.holding(SETUP))


@kit.signed_in
def estates(request: HttpRequest) -> HttpResponse:
    """Show the company's branches and estates."""
    request.actor.require(VIEW)
    rows = list(queries.estates(request.actor))
    branches = list(queries.branches(request.actor))
    by_branch = [(branch, [each for each in rows if each.branch_id == branch.pk]) for branch in branches]
    context = {
        "companies": list(queries.companies(request.actor)),
        "groups": [(branch, mine) for branch, mine in by_branch if mine or may_open(request)],
        "direct": [each for each in rows if each.branch_id is None],
        "types": dict(states.EstateType.choices),
        "may_open": may_open(request),
        "show": lambda estate: labels.show(estate.label_form, SAMPLE),
    }
    return kit.page(request, "console/estate/settings.html", context)


def estate_of(request: HttpRequest, pk: int, permission: str = VIEW) -> Any:
    """Return an estate within reach, once the permission is held over the whole of it."""
    estate = get_object_or_404(queries.estates(request.actor, permission), pk=pk)
    request.actor.require(permission, estate)
    return estate


def link(estate: Any) -> str:
    """Return the address of an estate's settings."""
    return reverse("console:estate", args=[estate.pk])


def way(estate: Any | None = None) -> list[tuple[Any, str]]:
    return [(_("小区与楼栋"), reverse("console:estates")), *([(estate.name, link(estate))] if estate else [])]


@kit.signed_in
def estate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one estate: its facts, phases and buildings, grids with stewards, premises in no grid."""
    found = estate_of(request, pk)
    today = timezone.localtime(request.at).date()
    grids = list(queries.grids(request.actor, found))
    context = {
        "estate": found,
        "buildings": list(queries.buildings(request.actor, found)),
        "phases": list(queries.present(request.actor, found).filter(kind=states.PlaceKind.PHASE)),
        "building_types": dict(states.BuildingType.choices),
        "types": dict(states.EstateType.choices),
        "grids": [(grid, staff.steward_of_grid(grid, on=today)) for grid in grids],
        "outside": queries.without_grid(request.actor, found).count(),
        "sample": labels.show(found.label_form, SAMPLE),
        "may": {"setup": request.actor.may(SETUP, found), "grids": request.actor.may(GRIDS, found)},
    }
    return kit.page(request, "console/estate/estate.html", context)


@kit.signed_in
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Change facts of an estate."""
    found = estate_of(request, pk, SETUP)
    known = {name: getattr(found, name) for name in ("name", "type", "address", "hotline", "label_form", "short_order", "began_on")}
    form = forms.EstateFactsForm(request.POST or None, initial={**known, "seen": found.version})
    warn = _("换房号样式会重写全部房号的显示，编号本身不变。")
    title = _("%(name)s 资料") % {"name": found.name}
    return act(
        request,
        form,
        actions.revise_estate,
        found,
        about=found,
        title=title,
        crumbs=way(found),
        back=link(found),
        said=_("已保存"),
        warn=warn,
    )


@kit.signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Take on an estate."""
    request.actor.require(SETUP)
    company = get_object_or_404(queries.companies(request.actor))
    branches = {str(branch.pk): branch for branch in queries.branches(request.actor)}
    form = forms.NewEstateForm(
        request.POST or None, branches=[(pk, branch.name) for pk, branch in branches.items()], initial={"label_form": labels.SHORT}
    )

    def do(*args: Any, branch: str, **facts: Any) -> Any:
        return actions.open_estate(*args, branch=branches.get(branch), **facts)

    return act(request, form, do, company, title=_("新小区"), crumbs=way(), back=link, said=_("已建立"), button=_("建立"))


@kit.signed_in
def branch(request: HttpRequest) -> HttpResponse:
    """Open a branch."""
    request.actor.require(SETUP)
    company = get_object_or_404(queries.companies(request.actor))
    form = forms.BranchForm(request.POST or None)
    back = reverse("console:estates")
    return act(request, form, actions.open_branch, company, title=_("新分支"), crumbs=way(), back=back, said=_("已设立"), button=_("设立"))


@kit.signed_in
def new_grid(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw a grid."""
    found = estate_of(request, pk, GRIDS)
    form = forms.GridForm(request.POST or None)
    back = lambda grid: reverse("console:grid", args=[grid.pk])  # noqa: E731
    return act(
        request,
        form,
        actions.draw_grid,
        found,
        title=_("新网格"),
        crumbs=way(found),
        back=back,
        said=_("已建立，请选范围"),
        button=_("建立"),
    )


def grid_of(request: HttpRequest, pk: int) -> Any:
    """Return a present grid of an estate where the person may draw grids."""
    return get_object_or_404(queries.grids(request.actor, permission=GRIDS), pk=pk)


@kit.signed_in
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which places a grid consists of."""
    found = grid_of(request, pk)
    home = found.estate
    now = "\n".join(row.place.label for row in found.places.all())
    form = forms.GridPlacesForm(request.POST or None, initial={"places": now, "seen": found.version})

    def do(which: Any, *, places: str, **rest: Any) -> Any:
        rows = []
        for line in filter(None, (line.strip() for line in places.splitlines())):
            try:
                rows.append(place_named(request, home, line))
            except Refusal as refusal:
                raise BadLine(str(refusal)) from None
        return actions.fill_grid(which, places=rows, **rest)

    title = _("网格 %(name)s") % {"name": found.name}
    return act(request, form, do, found, about=found, title=title, crumbs=way(home), back=link(home), said=_("已保存"))


@kit.signed_in
def grid_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a grid up."""
    found = grid_of(request, pk)
    form = forms.EndForm(request.POST or None, initial={"on": timezone.localtime(request.at).date(), "seen": found.version})
    title = _("撤销网格 %(name)s") % {"name": found.name}
    return act(
        request, form, actions.end_grid, found, about=found, title=title, crumbs=way(found.estate), back=link(found.estate), said=_("已撤销"),
        button=_("撤销"), danger=True,
    )  # fmt: skip
