"""住户与车辆 of one place: who lives there, what to mind, what was confirmed; moving in and out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.domain.estate import queries as estates
from guanjia.domain.parties import actions, queries, states
from guanjia.domain.parties.permissions import EDIT, VIEW
from guanjia.domain.parties.queries import rooms
from guanjia.domain.parties.rules import shares
from guanjia.faces.console.estate.acts import act
from guanjia.faces.console.estate.views.premises import crumbs_of, head
from guanjia.faces.console.parties import forms
from guanjia.faces.console.parties.panels import panels
from guanjia.faces.console.parties.views.people import today
from guanjia.faces.kit import views as kit


def place_of(request: HttpRequest, pk: int, permission: str = VIEW) -> Any:
    """Return a place that the person sees, once the permission is held there: 404 beyond reach, 403 without it."""
    place = get_object_or_404(estates.places(request.actor).select_related("premises", "parent"), pk=pk)
    request.actor.require(permission, place)
    return place


def link(place: Any) -> str:
    """Return the address of a place's household."""
    return reverse("console:household", args=[place.pk])


def way(request: HttpRequest, place: Any) -> list[tuple[Any, str]]:
    """Return the way down to the household."""
    return [*crumbs_of(request, place), (place.label, reverse("console:place", args=[place.pk])), (_("住户与车辆"), link(place))]


@kit.signed_in
def household(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who lives in a place, their vehicles and animals, and how well they are known."""
    place = place_of(request, pk)
    judged = queries.households_of(place.estate, [place.pk], on=today(request))
    context = (
        head(request, place, "household")
        | panels(request, place)
        | {
            "familiar": judged[0] if judged else None,
            "facts_by_value": dict(states.Fact.choices),
        }
    )
    return kit.page(request, "console/parties/household.html", context)


@kit.signed_in
def resident(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody move in: picked from the estate's parties, or registered with the same form."""
    place = place_of(request, pk, EDIT)
    form = forms.ResidentForm(request.POST or None, initial={"began_on": today(request), "relation": "owner"})
    if form.is_valid() and form.attempt(_settle, place, request, actor=request.actor, at=request.at):
        return kit.saved(request, link(place), said=_("已登记入户"))
    context = {"form": form, "place": place, "title": _("登记入户"), "crumbs": way(request, place)}
    return kit.panel(request, "console/parties/_resident_form.html", context, within="console/parties/resident.html")


def _settle(place: Any, request: HttpRequest, *, party: int | None, party_text: str, phone: str, **facts: Any) -> Any:
    return actions.settle(
        place,
        party=get_object_or_404(queries.visible(request.actor), pk=party, estate_id=place.estate_id) if party else None,
        name=party_text,
        phone=phone,
        **facts,
    )


def _of_place(request: HttpRequest, row: Any) -> Any:
    """Return the place of a row, judged anew: 404 when it lies beyond the person's reach."""
    return place_of(request, row.place_id, EDIT)


@kit.signed_in
def occupancy(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(rooms.occupancies(request.actor), pk=pk)
    place = _of_place(request, row)
    initial = {name: getattr(row, name) for name in ("relation", "began_on", "ended_on", "note")}
    form = forms.OccupancyForm(request.POST or None, initial=initial | {"share": shares.shown(row.share), "seen": row.version})
    title = _("%(name)s 的入户登记") % {"name": row.party.name}
    return act(
        request,
        form,
        actions.change_occupancy,
        row,
        about=row,
        title=title,
        crumbs=way(request, place),
        back=link(place),
        said=_("已保存"),
    )


@kit.signed_in
def occupancy_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(rooms.occupancies(request.actor), pk=pk)
    place = _of_place(request, row)
    form = forms.EndForm(request.POST or None, initial={"ended_on": today(request), "seen": row.version})
    title = _("%(name)s 迁出") % {"name": row.party.name}
    return act(
        request,
        form,
        actions.move_out,
        row,
        about=row,
        title=title,
        crumbs=way(request, place),
        back=link(place),
        said=_("已登记迁出"),
        button=_("登记迁出"),
    )


@kit.signed_in
def need(request: HttpRequest, pk: int) -> HttpResponse:
    place = place_of(request, pk, EDIT)
    form = forms.NeedForm(request.POST or None)
    return act(
        request,
        form,
        actions.note_need,
        place,
        title=_("服务提醒"),
        crumbs=way(request, place),
        back=link(place),
        said=_("已登记，上门人员可见"),
        wide=("text",),
    )


@kit.signed_in
def need_facts(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(rooms.needs(request.actor), pk=pk)
    place = _of_place(request, row)
    form = forms.NeedFactsForm(request.POST or None, initial={"kind": row.kind, "text": row.text, "seen": row.version})
    return act(
        request,
        form,
        actions.change_need,
        row,
        about=row,
        title=_("服务提醒"),
        crumbs=way(request, place),
        back=link(place),
        said=_("已保存"),
        wide=("text",),
    )


@kit.signed_in
def need_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(rooms.needs(request.actor), pk=pk)
    place = _of_place(request, row)
    form = forms.EndForm(request.POST or None, initial={"ended_on": today(request), "seen": row.version})
    return act(
        request,
        form,
        actions.end_need,
        row,
        about=row,
        title=_("撤下服务提醒"),
        crumbs=way(request, place),
        back=link(place),
        said=_("已撤下"),
        button=_("撤下"),
    )


@kit.signed_in
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was made sure of."""
    place = place_of(request, pk, EDIT)
    form = forms.ConfirmForm(request.POST or None, initial={"confirmed_on": today(request), "manner": "visit"})
    return act(
        request,
        form,
        actions.confirm,
        place,
        title=_("核实住户情况"),
        crumbs=way(request, place),
        back=link(place),
        said=_("已记下核实"),
        wide=("facts", "manner"),
    )
