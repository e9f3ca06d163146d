"""One place all round (房屋 360), its residents and vehicles, its record."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.domain.estate import queries, states
from guanjia.domain.estate.permissions import EDIT, METERS, OCCUPY
from guanjia.domain.estate.ports import finders
from guanjia.domain.parties import queries as parties
from guanjia.domain.parties.permissions import VIEW as RESIDENTS
from guanjia.domain.staff import queries as staff
from guanjia.domain.trail import queries as trail
from guanjia.faces.console.estate.acts import day_word, lines
from guanjia.faces.console.parties.panels import people_may
from guanjia.faces.kit import views as kit

SHOWN = 30
ICONS = {
    "estate": "home-2",
    "parties": "users",
    "staff": "id-badge-2",
    "standards": "clipboard-check",
    "files": "photo",
    "intake": "database-import",
}
CHIPS = {
    "estate": gettext_lazy("房屋"),
    "parties": gettext_lazy("住户"),
    "standards": gettext_lazy("巡检"),
    "staff": gettext_lazy("管家"),
    "files": gettext_lazy("文件"),
}
USE_TONES = {"occupied": "ok", "let": "info", "fit_out": "soon"}


def place_of(request: HttpRequest, pk: int) -> Any:
    """Return a place that the person may see, ended ones included."""
    return get_object_or_404(queries.places(request.actor).select_related("premises", "parent"), pk=pk)


def crumbs_of(request: HttpRequest, place: Any) -> list[tuple[Any, str]]:
    """Return the way down to the place; what the person may not see is named without a link."""
    above = queries.ancestors(place)
    seen = set(queries.places(request.actor).filter(pk__in=[each.pk for each in above]).values_list("pk", flat=True))
    steps = [(each.name, reverse("console:place", args=[each.pk]) if each.pk in seen else "") for each in above]
    return [(_("房屋"), reverse("console:places")), *steps]


def timeline(request: HttpRequest, place: Any) -> tuple[list[dict[str, str]], list[tuple[str, Any, bool]]]:
    """Return what happened at the place, the latest first, and the chips that filter it: only kinds that occur."""
    entries = trail.timeline(request.actor, place=place)
    kinds = sorted(
        {name.partition(".")[0] for name in trail.timeline(request.actor, place=place).order_by().values_list("name", flat=True).distinct()}
    )
    asked = request.GET.get("of", "")
    if asked in kinds:
        entries = entries.filter(name__startswith=f"{asked}.")
    shown = lines(request, list(entries[:SHOWN]), icon=lambda entry: ICONS.get(entry.name.partition(".")[0], "circle-dot"))
    here = reverse("console:place", args=[place.pk])
    chips = [(here, _("全部"), asked not in kinds), *((f"{here}?of={kind}", CHIPS.get(kind, kind), kind == asked) for kind in kinds)]
    return shown, chips


def head(request: HttpRequest, place: Any, tab: str) -> dict[str, Any]:
    """Return what every tab of the page shows: the head with its facts, buttons and tabs."""
    use = queries.vacancies(place).first() if place.kind in states.HELD else None
    use = use if use is not None and use.ended_on is None else None
    names = {}
    for finder in finders():
        names.update(finder.occupants(request.actor, estate_id=place.estate_id, place_ids=[place.pk]))
    pages = [
        ("", _("概览"), "console:place"),
        ("household", _("住户与车辆"), "console:household"),
        ("history", _("变更记录"), "console:place-history"),
    ]
    meets = place.kind in states.HELD and request.actor.may(RESIDENTS, place)
    shown = [page for page in pages if page[0] != "household" or meets]
    tabs = [{"label": label, "href": reverse(name, args=[place.pk]), "current": tab == key} for key, label, name in shown]
    return {
        "place": place,
        "premises": place.premises if place.kind in states.HELD and hasattr(place, "premises") else None,
        "use": use,
        "use_tone": USE_TONES.get(use.state, "") if use else "",
        "name": names.get(place.pk, ("", ""))[0],
        "crumbs": crumbs_of(request, place),
        "around": queries.neighbours(request.actor, place) if place.kind in states.HELD and place.ended_on is None else None,
        "tabs": tabs,
        "may": {
            "edit": request.actor.may(EDIT, place),
            "occupy": request.actor.may(OCCUPY, place),
            "meters": request.actor.may(METERS, place),
        },
        "held": place.kind in states.HELD,
        "kind_label": states.PlaceKind(place.kind).label,
    }


@kit.signed_in
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a place all round."""
    found = place_of(request, pk)
    shown, chips = timeline(request, found)
    grid = queries.grid_of(found)
    today = timezone.localtime(request.at).date()
    steward = staff.steward_of_grid(grid, on=today) if grid else None
    below = queries.present(request.actor, found.estate).filter(parent=found)
    meters = list(queries.meters(request.actor).filter(place=found, ended_on=None))
    home = parties.household(found, request.actor, on=today)
    latest = trail.timeline(request.actor, place=found).first()
    context = head(request, found, "") | {
        "household": home,
        "people_may": people_may(request.actor, found),
        "latest": day_word(timezone.localtime(latest.at).date(), today) if latest else "",
        "timeline": shown,
        "chips": chips,
        "grid": grid,
        "steward": steward,
        "meters": meters,
        "equipment": list(queries.equipment(request.actor).filter(place=found, ended_on=None)),
        "checkpoints": list(queries.checkpoints(request.actor).filter(place=found, ended_on=None)),
        "below": list(below[:60]),
        "below_count": below.count(),
        "succession": queries.history(request.actor, found),
        "today": today,
    }
    if kit.partial(request):
        return kit.page(request, "console/estate/_timeline.html", context)
    return kit.page(request, "console/estate/place.html", context)


@kit.signed_in
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the place was: its states of use, its splits and mergers, every change on record."""
    found = place_of(request, pk)
    entries = list(trail.timeline(request.actor, about=found)[:200])
    changes = lines(request, entries, icon=lambda entry: "history", more=lambda entry: differences(entry.payload))
    context = head(request, found, "history") | {
        "changes": changes,
        "vacancies": list(queries.vacancies(found)),
        "uses": dict(states.VacancyState.choices),
        "succession": queries.history(request.actor, found),
        "aliases": list(found.aliases.all()),
        "meters": list(queries.meters(request.actor).filter(place=found)),
    }
    return kit.page(request, "console/estate/history.html", context)


def differences(payload: dict[str, Any]) -> str:
    """Return what a change of facts changed: 建筑面积 118.62 → 119.00."""
    labels = {
        "area_m2": _("建筑面积"),
        "inner_area_m2": _("套内面积"),
        "layout": _("户型"),
        "usage": _("用途"),
        "tenure": _("车位权属"),
        "delivered_on": _("交付日期"),
    }
    before, after = payload.get("before"), payload.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return ""
    return "；".join(f"{labels.get(name, name)} {before.get(name) or '—'} → {value or '—'}" for name, value in after.items())
