"""房屋: the tree by building, the grid of units, the list with filters, the workbook."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from guanjia.domain.estate import queries, states
from guanjia.domain.estate.permissions import EDIT, EXPORT
from guanjia.domain.estate.ports import finders
from guanjia.faces.kit import views as kit
from guanjia.faces.kit.listing import Column, Listing

USES = dict(states.VacancyState.choices)
KINDS = dict(states.PlaceKind.choices)


def columns(names: dict[int, tuple[str, str]]) -> list[Column]:
    """Return the columns of the list and of the workbook."""
    return [
        Column(_("房号"), lambda row: row.label, sort="sort_key"),
        Column(_("类型"), lambda row: KINDS[row.kind], sort="kind"),
        Column(_("使用状态"), lambda row: USES.get(row.use, ""), sort="use"),
        Column(_("住户"), lambda row: names.get(row.pk, ("", ""))[0]),
        Column(_("建筑面积（㎡）"), lambda row: row.area, sort="area", num=True),
        Column(_("套内面积（㎡）"), lambda row: row.inner, num=True),
        Column(_("户型"), lambda row: row.layout),
        Column(_("楼层"), lambda row: row.floor_label, sort="floor_number"),
        Column(_("交付日期"), lambda row: row.delivered, sort="delivered"),
    ]


def chosen(request: HttpRequest, estate: Any) -> tuple[QuerySet[Any], dict[str, str]]:
    """Return the units that the address asks for, and the filters as they were understood."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "building", "kind", "use", "grid")}
    rows: QuerySet[Any] = queries.units(request.actor, estate)
    if asked["kind"] in states.HELD:
        rows = rows.filter(kind=asked["kind"])
    if asked["use"] in USES:
        rows = rows.filter(use=asked["use"])
    elif asked["use"] == "empty":
        rows = rows.filter(use__in=states.EMPTY)
    elif asked["use"] == "unknown":
        rows = rows.filter(use=None)
    if asked["building"].isdecimal():
        building = queries.buildings(request.actor, estate).filter(pk=asked["building"]).first()
        rows = rows.filter(queries.under(building.path)) if building else rows.none()
    if asked["grid"] == "none":
        rows = rows.filter(pk__in=queries.without_grid(request.actor, estate).values("pk"))
    if asked["q"]:
        rows = rows.filter(label__icontains=asked["q"])
    return rows, asked


def names_of(request: HttpRequest, estate: Any, rows: list[Any]) -> dict[int, tuple[str, str]]:
    """Return place id → (name, relation) for the rows of one page."""
    found: dict[int, tuple[str, str]] = {}
    for finder in finders():
        found.update(finder.occupants(request.actor, estate_id=estate.pk, place_ids=[row.pk for row in rows]))
    return found


@kit.signed_in
def places(request: HttpRequest) -> HttpResponse:
    """Show one building as a grid of units, or every unit as a list with filters."""
    estate = kit.chosen_estate(request)
    buildings: list[Any] = list(queries.buildings(request.actor, estate))
    rows, asked = chosen(request, estate)
    listed = request.GET.get("view") == "list" or any(asked[name] for name in ("q", "kind", "use", "grid")) or not buildings
    context: dict[str, Any] = {
        "estate": estate,
        "buildings": buildings,
        "asked": asked,
        "listed": listed,
        "may_edit": request.actor.may(EDIT, estate),
        "may_export": request.actor.may(EXPORT, estate),
        "kinds": [(kind.value, kind.label) for kind in states.HELD],
        "uses": [*states.VacancyState.choices, ("empty", _("空置（含未售、未交付）")), ("unknown", _("未登记"))],
        "homes": sum(building.homes or 0 for building in buildings),
        "empty": sum(building.empty or 0 for building in buildings),
    }
    if listed:
        listing = Listing(request, rows, columns({}), default="sort_key")
        names = names_of(request, estate, list(listing.page.object_list))
        context |= {"listing": listing, "names": names, "uses_by_value": USES, "kinds_by_value": KINDS}
        return kit.panel(request, "console/estate/_places.html", context, within="console/estate/places.html")
    lived_in = next((each for each in buildings if each.homes), buildings[0])
    building = next((each for each in buildings if str(each.pk) == asked["building"]), lived_in)
    held = list(queries.units(request.actor, estate).filter(queries.under(building.path)))
    inside = [unit for unit in held if unit.kind != states.PlaceKind.PARKING] or held
    entrances = list(queries.present(request.actor, estate).filter(queries.under(building.path), kind=states.PlaceKind.ENTRANCE))
    called = {pk: who[0] for pk, who in names_of(request, estate, inside).items()}
    context |= {"building": building, "stacks": queries.stacks(inside, entrances, called), "uses_by_value": USES}
    return kit.page(request, "console/estate/places.html", context)


@kit.signed_in
def workbook(request: HttpRequest) -> HttpResponse:
    """Give the list with its filters as a workbook."""
    estate = kit.chosen_estate(request)
    request.actor.require(EXPORT, estate)
    rows, _asked = chosen(request, estate)
    found = list(rows.order_by("sort_key", "pk"))
    names: dict[int, tuple[str, str]] = {}
    for start in range(0, len(found), 5000):
        names.update(names_of(request, estate, found[start : start + 5000]))
    return Listing(request, found, columns(names)).workbook(_("房屋"))
